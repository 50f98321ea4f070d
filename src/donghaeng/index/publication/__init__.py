"""An index as a folder that anyone can serve, read and compute again."""
