"""What can go wrong, in words a user can act on.

Every message says what is wrong, where (file, cell, configuration key) and what to do next.
"""


class IadbeError(Exception):
    """Base of all errors that IADBE raises on purpose; shown without a traceback."""


class ConfigError(IadbeError):
    """A configuration file says something that cannot be run."""


class DataError(IadbeError):
    """Raw images or masks are missing, unreadable or contradictory."""


class AbsentCategoryError(DataError):
    """A category is not there, though its dataset is: the other categories can be used."""


class PluginError(IadbeError):
    """A model plugin is unknown, broken, outdated or registered twice."""


class WeightsError(IadbeError):
    """Pretrained weights that a model needs are not on this machine."""


class ContractError(IadbeError):
    """A model broke the contract: missing, non-finite or misshapen predictions."""


class LimitError(IadbeError):
    """A cell took more memory or time than the benchmark allows, and was ended."""


class CellsFailedError(IadbeError):
    """At least one cell of the matrix failed; everything else was finished."""


class DownloadError(IadbeError):
    """A dataset could not be downloaded or unpacked; nothing was put in its place."""
