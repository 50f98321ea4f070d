"""Is an index sound? Its figures, its coherence, how uncertain it is, and what that comes from."""

from .audit import Audit, audit, draws_of
from .drawing import Draws

__all__ = ["Audit", "Draws", "audit", "draws_of"]
