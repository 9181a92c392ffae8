"""A plugin whose import brings a deep learning library; a stand-in is enough to be noticed."""

import sys
import types

from testing.subjects import Good

sys.modules.setdefault("tensorflow", types.ModuleType("tensorflow"))


class Heavy(Good):
    pass
