"""Computed entitlement against recorded receipt: who gets what is due, and what cannot be said."""

from .blockers import Blocker, BlockerKind, OpenInput, find_blockers, find_open_inputs
from .comparing import BenefitComparison, Group, Tally, Unit, compare, recorded_benefits
from .hindrances import Hindrance, find_hindrances

__all__ = [
    "BenefitComparison",
    "Blocker",
    "BlockerKind",
    "Group",
    "Hindrance",
    "OpenInput",
    "Tally",
    "Unit",
    "compare",
    "find_blockers",
    "find_hindrances",
    "find_open_inputs",
    "recorded_benefits",
]
