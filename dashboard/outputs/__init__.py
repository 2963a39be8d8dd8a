"""Files that readers take away."""
