"""From a number of the report down to the cell, its images, and single pixels."""
