"""What is wrong, or odd, with a dataset, found before any model is trained on it."""
