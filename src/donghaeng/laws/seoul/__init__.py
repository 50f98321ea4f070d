"""What the city of Seoul adds to national law."""
