"""Incomes of zero or less: what is done with them is chosen by name, and what was done is counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NonPositive(StrEnum):
    """A rule for incomes of zero or less. ``label`` is its name in the catalogue."""

    AS_IS = "as_is"
    SET_TO_ZERO = "set_to_zero"
    LEAVE_OUT = "leave_out"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        return RULE_LABELS[self]


RULE_LABELS = {
    NonPositive.AS_IS: "incomes of zero or less are taken as they are",
    NonPositive.SET_TO_ZERO: "negative incomes are set to zero",
    NonPositive.LEAVE_OUT: "incomes of zero or less are left out",
    NonPositive.REFUSE: "incomes of zero or less are refused",
}


class Incomes(StrEnum):
    """Which incomes a measure is defined for."""

    ANY = "any"
    NOT_NEGATIVE = "not negative"
    ABOVE_ZERO = "above zero"

    @property
    def rules(self) -> tuple[NonPositive, ...]:
        """The rules under which a measure of such incomes can be computed whatever the incomes are."""
        if self is Incomes.ANY:
            return tuple(NonPositive)
        if self is Incomes.NOT_NEGATIVE:
            return NonPositive.SET_TO_ZERO, NonPositive.LEAVE_OUT, NonPositive.REFUSE
        return NonPositive.LEAVE_OUT, NonPositive.REFUSE


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a rule did: how many rows it changed or left out, and how many people they stand for."""

    rule: NonPositive
    rows: int = 0
    weight: float = 0.0
