"""One household: read from a file, answered, explained, followed along its earnings."""

from .assess import Answer, Assessor, Assumption, Undetermined, assess
from .reading import read_households, stream_households

__all__ = [
    "Answer",
    "Assessor",
    "Assumption",
    "Undetermined",
    "assess",
    "read_households",
    "stream_households",
]
