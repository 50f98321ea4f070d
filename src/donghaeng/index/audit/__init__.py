"""Is an index sound? Its figures, its coherence, how uncertain it is, and what that comes from."""

from .audit import Audit, audit, draws_of
from .document import audit_document, audit_files, audit_json
from .drawing import Draws

__all__ = [
    "Audit",
    "Draws",
    "audit",
    "audit_document",
    "audit_files",
    "audit_json",
    "draws_of",
]
