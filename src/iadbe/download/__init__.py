"""Download the official datasets.

`fetch` gets one, `ensure` does unless it is there, `downloads` lists them. The address, the licence
and the size are for the caller to show first; `iadbe datasets download` does.
"""

from iadbe.download.catalogue import Download, downloads, find
from iadbe.download.fetch import Fetched, Source, ensure, fetch

__all__ = ["Download", "Fetched", "Source", "downloads", "ensure", "fetch", "find"]
