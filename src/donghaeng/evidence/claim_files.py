"""The file of claims: sentences of a press text, each with the numbers that it rests on.

A number without quotes is an exact count (3001); a figure in quotes is what was printed ("111.0") and is
known to its last digit only; ``null`` is a gap, which the check reports.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from .input_files import Entry, Number, Text, printed
from .rounding import Rounded


class ClaimKind(StrEnum):
    """What a sentence says of its numbers."""

    PERCENT_CHANGE = "percent_change"
    RATIO = "ratio"
    DIFFERENCE = "difference"
    PERCENTAGE_POINT = "percentage_point"
    SHARE = "share"
    LEVEL = "level"
    SUM = "sum"
    COMPARISON = "comparison"


# The fields that hold the numbers of each kind. A change may stand for one of from and to.
PAIR = ("from", "to", "change")
FIELDS = {
    ClaimKind.PERCENT_CHANGE: PAIR,
    ClaimKind.RATIO: PAIR,
    ClaimKind.DIFFERENCE: ("from", "to"),
    ClaimKind.PERCENTAGE_POINT: ("from", "to"),
    ClaimKind.SHARE: ("numerator", "denominator"),
    ClaimKind.LEVEL: ("value",),
    ClaimKind.SUM: ("parts",),
    ClaimKind.COMPARISON: ("from", "to"),
}
ALL_FIELDS = ("from", "to", "change", "numerator", "denominator", "value", "parts")


class Reading(StrEnum):
    """As what a sentence is read, and what its numbers are."""

    EFFECT = "effect"
    ASSOCIATION = "association"
    DESCRIPTION = "description"
    SIMULATION = "simulation"


class Order(StrEnum):
    """What a comparison says of ``to`` against ``from``."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"


class Verdict(StrEnum):
    """What can be said of a claim. ``label`` is its name in the catalogue."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    NOT_CHECKABLE = "not_checkable"
    CAUSAL_WITHOUT_ASSIGNMENT = "causal_without_assignment"
    ANOTHER_KIND = "another_kind"
    NOT_COMPARABLE = "not_comparable"

    @property
    def label(self) -> str:
        return VERDICT_LABELS[self]


VERDICT_LABELS = {
    Verdict.HOLDS: "holds",
    Verdict.DOES_NOT_HOLD: "does not hold",
    Verdict.NOT_CHECKABLE: "not checkable",
    Verdict.CAUSAL_WITHOUT_ASSIGNMENT: "causal wording without an assignment",
    Verdict.ANOTHER_KIND: "read as another kind of evidence than it is",
    Verdict.NOT_COMPARABLE: "compared with a group that is not comparable",
}


class Status(StrEnum):
    """How well the claim's numbers are documented."""

    OFFICIAL = "official"
    PRESS = "press"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Numbers(Entry):
    """The numbers that a sentence rests on; which of them it needs is said by its kind."""

    from_: Number | None = Field(None, alias="from")
    to: Number | None = None
    change: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    value: Number | None = None
    parts: tuple[Number | None, ...] | None = None

    def number(self, field: str) -> int | str | None:
        """The number in ``field``; None where it is a gap."""
        found: int | str | None = getattr(self, "from_" if field == "from" else field)
        return found


class Group(Numbers):
    """The group with which a sentence compares, with the same numbers about it where they are known."""

    group: Text
    comparable: bool = True
    why: Text | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _say_why(self) -> Self:
        if not self.comparable and self.why is None:
            raise ValueError("a group that is not comparable says why")
        return self


class Claim(Numbers):
    """One sentence. ``text`` quotes it and is a gap where its wording is not confirmed."""

    id: str = Field(min_length=1, max_length=80)
    about: Text
    text: str | None = Field(max_length=300)
    kind: ClaimKind
    stated: str | None
    rounding: Rounded = Rounded.NEAREST
    counted: Text | None = None
    comparison: Group | Literal["none"]
    claimed: Reading | None
    supported: Reading
    assignment: str | None = None
    source: str | None
    date: datetime.date | None
    status: Status
    note: Text | None = None
    expected: Verdict | None = None

    @model_validator(mode="before")
    @classmethod
    def _check_fields(cls, data: Any) -> Any:
        """The numbers are those of the claim's kind; a share says whom it counts."""
        if not isinstance(data, dict) or data.get("kind") not in list(ClaimKind):
            return data
        kind = ClaimKind(data["kind"])
        group = data.get("comparison")
        for numbers in (data, group if isinstance(group, dict) else {}):
            given = [field for field in ALL_FIELDS if numbers.get(field) is not None]
            for field in given:
                if field not in FIELDS[kind]:
                    raise ValueError(f"{kind.value} takes {', '.join(FIELDS[kind])}, not {field}")
            if len(given) == len(PAIR) and given == list(PAIR):
                raise ValueError("give two of from, to and change; the third follows")
        if kind is ClaimKind.SHARE and "counted" not in data:
            raise ValueError("a share says who is counted: counted: {ko, en}, or null for a gap")
        return data

    @model_validator(mode="after")
    def _check_units(self) -> Self:
        numbers = [self.from_, self.to, *(self.parts or ())]
        units = sorted({printed(each).unit for each in numbers if isinstance(each, str)} - {""})
        if len(units) > 1:
            raise ValueError(f"{' and '.join(units)} are not put side by side")
        return self

    @model_validator(mode="after")
    def _check_stated(self) -> Self:
        if self.stated is None:
            return self
        if self.kind is ClaimKind.COMPARISON:
            if self.stated not in list(Order):
                raise ValueError(f"a comparison states one of {', '.join(Order)}")
            return self
        figure = printed(self.stated)
        if self.kind is ClaimKind.PERCENT_CHANGE and not figure.is_percent:
            raise ValueError(f"a percent change is stated in %, not {self.stated!r}")
        if self.kind is ClaimKind.PERCENTAGE_POINT and not (figure.is_points or figure.is_percent):
            raise ValueError(f"percentage points are stated in %p, not {self.stated!r}")
        return self

    @model_validator(mode="after")
    def _check_evidence(self) -> Self:
        """An effect has an assignment and a comparison group; a share among those treated has neither."""
        if self.supported is not Reading.EFFECT:
            return self
        if not self.assignment:
            raise ValueError(
                "an effect names the protocol of its assignment: assignment: … "
                "(without one it is an association or a description)"
            )
        if self.comparison == "none" or self.kind is ClaimKind.SHARE:
            raise ValueError(
                "a share or change among those treated is never an effect "
                "(supported: description, or name the comparison group and the difference)"
            )
        return self


class ClaimFile(Entry):
    """Claims of one text."""

    title: Text
    publisher: Text | None = None
    released: datetime.date | None = None
    note: Text | None = None
    claims: tuple[Claim, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        seen: set[str] = set()
        for claim in self.claims:
            if claim.id in seen:
                raise ValueError(f"the id {claim.id!r} stands there twice")
            seen.add(claim.id)
        return self
