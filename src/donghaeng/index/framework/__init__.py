"""An index as a file: its tree, its indicators with their definitions, and the method of each step."""

from .index_file import Index
from .reading import index_text, read_index

__all__ = ["Index", "index_text", "read_index"]
