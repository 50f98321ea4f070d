"""Computed entitlement against recorded receipt: who gets what is due, and what cannot be said."""

from .blockers import Blocker, BlockerKind, find_blockers
from .comparing import BenefitComparison, Group, Tally, Unit, compare, recorded_benefits
from .hindrances import Hindrance, find_hindrances

__all__ = [
    "BenefitComparison",
    "Blocker",
    "BlockerKind",
    "Group",
    "Hindrance",
    "Tally",
    "Unit",
    "compare",
    "find_blockers",
    "find_hindrances",
    "recorded_benefits",
]
