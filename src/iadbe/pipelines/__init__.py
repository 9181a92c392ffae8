"""The stages: each a template that the registry multiplies over the matrix."""
