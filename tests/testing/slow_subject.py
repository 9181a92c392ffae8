"""A plugin whose import computes for more than a second."""

import time

from testing.subjects import Good

start = time.process_time()
while time.process_time() < start + 1.2:
    pass


class Slow(Good):
    pass
