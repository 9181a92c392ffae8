"""Facts of the official datasets: names, numbers of images, licences, sources."""

from iadbe.layouts.facts.counting import check_counts
from iadbe.layouts.facts.official import Counts, Official, official, official_datasets

__all__ = ["Counts", "Official", "check_counts", "official", "official_datasets"]
