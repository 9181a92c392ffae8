"""Console logs of others as runs of a benchmark that is named for their source."""

from iadbe.importing.report import write_report
from iadbe.importing.run import Imported, import_logs

__all__ = ["Imported", "import_logs", "write_report"]
