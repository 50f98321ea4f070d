"""One household: read from a file, answered, explained, followed along its earnings."""

from .answer import Answer, Assumption, Claim, Question, Undetermined
from .assess import Assessor, assess
from .reading import read_households, stream_households

__all__ = [
    "Answer",
    "Assessor",
    "Assumption",
    "Claim",
    "Question",
    "Undetermined",
    "assess",
    "read_households",
    "stream_households",
]
