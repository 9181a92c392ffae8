"""Imported once by the fork server, so that cells start with the heavy libraries loaded.

`IADBE_PRELOAD` names the modules. What they print while they load goes nowhere; a module that
fails to load here fails again, and is reported, in the cell that needs it.
"""

import contextlib
import importlib
import io
import os
import warnings

with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
    warnings.simplefilter("ignore")
    for _module in filter(None, os.environ.get("IADBE_PRELOAD", "").split(",")):
        with contextlib.suppress(Exception, SystemExit):
            importlib.import_module(_module)
