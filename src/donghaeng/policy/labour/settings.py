"""A settings file: which rungs of labour supply are stood on, with every value, its source and its gaps.

There is no default rung and no default value: a simulation names a file, and the file states everything.
The files that ship are read by ``read_shipped``.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from donghaeng.evidence.input_files import Entry, Text, read_file
from donghaeng.rules.faults import BadInput, LawFault, nearest

from .parameters import Name, Parameter, Positive, Real

SHIPPED = Path(__file__).parent / "shipped"
# Hours points of a discrete choice: fewer do not show part-time work, more are not told apart in a survey.
FEWEST_POINTS, MOST_POINTS = 3, 12


class Rung(StrEnum):
    """A step of the ladder, from no response to what a pilot published."""

    NONE = "none"
    ELASTICITIES = "elasticities"
    PARTICIPATION = "participation"
    DISCRETE_CHOICE = "discrete_choice"
    PILOT = "pilot"

    @property
    def label(self) -> str:
        return RUNG_LABELS[self]


RUNG_LABELS = {
    Rung.NONE: "No response of work",
    Rung.ELASTICITIES: "Hours by elasticities",
    Rung.PARTICIPATION: "Taking part by participation tax rate",
    Rung.DISCRETE_CHOICE: "Choice of hours, estimated",
    Rung.PILOT: "As published for the pilot",
}


class NotKnown(StrEnum):
    """What is done with a row of which a figure is not known."""

    REFUSE = "refuse"
    UNCHANGED = "unchanged"


class Bounds(Entry):
    """What keeps a response finite. Every bound is stated, and the rows that it touches are counted.

    Attributes:
        net_of_tax_floor: the least that is kept of one more won (1 - effective marginal tax rate), and of
            the earnings from working at all (1 - participation tax rate). Benefits with full withdrawal
            leave 0, of which there is no logarithm.
        income_floor: won a month; a relative change of income is taken of at least this much.
        largest_change: a change of the logarithm of what is kept, or a relative change of income, counts as
            at most this much, either way: elasticities are estimated on small changes.
        largest_factor: hours become at most this many times what they are.
        maximum_hours: hours a week that nobody passes by responding.
        not_known: whether a row with unknown figures is refused, or stays as it is and is counted.
    """

    net_of_tax_floor: Annotated[float, Field(strict=True, gt=0, le=1)]
    income_floor: Positive
    largest_change: Positive
    largest_factor: Annotated[float, Field(strict=True, ge=1, le=10)]
    maximum_hours: Annotated[float, Field(strict=True, gt=0, le=168)]
    not_known: NotKnown


class Elasticities(Entry):
    """Hours of those who work: elasticities to what is kept of one more won, and to income."""

    substitution: tuple[Parameter, ...]
    income: tuple[Parameter, ...]


class Participation(Entry):
    """Whether people work: elasticities to what is kept of the earnings from working, and to income.

    ``cells`` are the labels by which the present share of people at work is taken.
    """

    participation: tuple[Parameter, ...]
    income: tuple[Parameter, ...]
    cells: tuple[Name, ...]


class Pilot(Entry):
    """Difference between treatment and control in heads' work, in percentage points; others stay."""

    differences: tuple[Parameter, ...]
    cells: tuple[Name, ...]


class DiscreteChoice(Entry):
    """A conditional logit over points of hours, to be estimated from the user's survey.

    Attributes:
        hours: points a week, rising, the first 0.
        time: hours a week that are divided between work and leisure.
        income_unit: won; income enters the utility in this unit.
        income_exponent, leisure_exponent: Box-Cox exponents, 1 for a quadratic utility in the amounts, 0
            for one in their logarithms (van Soest 1995).
        leisure_shifters, fixed_cost_shifters: covariates that shift the taste for leisure and the fixed
            cost of working.
    """

    hours: Annotated[tuple[Real, ...], Field(min_length=FEWEST_POINTS, max_length=MOST_POINTS)]
    time: Positive
    income_unit: Positive
    income_exponent: Annotated[float, Field(strict=True, ge=0, le=2)]
    leisure_exponent: Annotated[float, Field(strict=True, ge=0, le=2)]
    leisure_shifters: tuple[Name, ...]
    fixed_cost_shifters: tuple[Name, ...]

    @model_validator(mode="after")
    def _hours_rise_from_nought(self) -> Self:
        rising = all(a < b for a, b in zip(self.hours, self.hours[1:], strict=False))
        if self.hours[0] != 0 or not rising or self.hours[-1] >= self.time:
            raise ValueError("hours rise from 0 and leave some of the time for leisure")
        return self


class Settings(Entry):
    """What a settings file holds. ``left_out`` says what is not modelled, and so is in no interval."""

    name: Name
    label: Text
    rungs: tuple[Rung, ...]
    left_out: tuple[Text, ...] = ()
    bounds: Bounds | None = None
    elasticities: Elasticities | None = None
    participation: Participation | None = None
    pilot: Pilot | None = None
    discrete_choice: DiscreteChoice | None = None

    @model_validator(mode="after")
    def _rungs_have_their_sections(self) -> Self:
        wanted = set(self.rungs) - {Rung.NONE}
        given = {rung for rung in Rung if getattr(self, rung.value, None) is not None}
        if not self.rungs or len(set(self.rungs)) < len(self.rungs):
            raise ValueError("rungs names each rung once; `rungs: [none]` for no response")
        if len(self.rungs) > 1 and set(self.rungs) != {Rung.ELASTICITIES, Rung.PARTICIPATION}:
            raise ValueError("only elasticities and participation can be combined")
        if wanted != given:
            both = ", ".join(sorted(wanted)) or "none", ", ".join(sorted(given)) or "none"
            raise ValueError(f"the rungs are {both[0]}, but the sections are {both[1]}")
        if (self.bounds is None) == bool(wanted & {Rung.ELASTICITIES, Rung.PARTICIPATION}):
            raise ValueError("bounds are stated for elasticities and participation, for no other")
        return self

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter, in the order of the file."""
        hours, work, pilot = self.elasticities, self.participation, self.pilot
        return (
            *(hours.substitution + hours.income if hours else ()),
            *(work.participation + work.income if work else ()),
            *(pilot.differences if pilot else ()),
        )

    @property
    def gaps(self) -> tuple[str, ...]:
        """What was not published; while there is a gap, no interval is given."""
        return tuple(dict.fromkeys(each.gap for each in self.parameters if each.gap))


def read_settings(path: str | Path) -> Settings:
    """The settings that a file states.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
    """
    try:
        return read_file(Path(path), Settings)
    except LawFault as fault:
        raise BadInput(f"line {fault.line}: {fault.message}", file=str(path)) from None


def shipped_names() -> tuple[str, ...]:
    """The names of the settings that ship.

    >>> "pilot" in shipped_names()
    True
    """
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.yaml")))


def read_shipped(name: str) -> Settings:
    """Settings that ship, by name.

    Raises:
        BadInput: for a name that is not one of them.
    """
    names = shipped_names()
    if name not in names:
        raise BadInput(
            f"there are no settings {name!r}",
            field="labour supply",
            remedy=nearest(name, names) or f"one of {', '.join(names)}, or a file",
        )
    return read_settings(SHIPPED / f"{name}.yaml")
