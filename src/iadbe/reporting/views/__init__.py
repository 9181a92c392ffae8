"""What the original's web frontend showed, from any benchmark: a table and a figure a view."""
