"""What a model costs, measured the same way for all, through `predict`, the door that all have."""
