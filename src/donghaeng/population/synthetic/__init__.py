"""A synthetic city."""
