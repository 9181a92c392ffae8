"""A plugin whose import fails."""

import a_library_that_is_not_installed  # noqa: F401
