"""What is compared: the benchmark's configuration and the cells of its matrix."""
