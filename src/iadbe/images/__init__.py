"""Reading images: the one place where pixels are decoded, resized and checked."""
