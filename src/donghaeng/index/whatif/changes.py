"""What is changed: a file of changes and stated responses, or one change on the command line."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictInt, model_validator

from donghaeng.index.framework.reading import read_model
from donghaeng.index.framework.vocabulary import Code, Label, Number, Part, Period
from donghaeng.rules.faults import BadInput

Won = Annotated[StrictInt, Field(gt=0, le=10**17)]
_CHANGE = re.compile(
    r"(?P<code>[^=]+)=(?P<sign>[+-]?)(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<percent>%?)"
)


class Change(Part):
    """One indicator, given node or programme, and by how much.

    An indicator takes ``by``, ``by_percent`` or ``to``; a programme ``by_won``, or ``by_percent`` of its
    budget of the period.
    """

    indicator: Code | None = Field(default=None, description="An indicator, or a given node.")
    programme: Code | None = None
    unit: Code | None = None
    period: Period | None = None
    by: Number | None = None
    by_percent: Number | None = None
    to: Number | None = None
    by_won: Won | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> Change:
        if (self.indicator is None) == (self.programme is None):
            raise ValueError("a change names an indicator or a programme, one of the two")
        given = [self.by, self.by_percent, self.to, self.by_won]
        if sum(each is not None for each in given) != 1:
            raise ValueError("a change says one of by, by_percent, to and by_won")
        if self.indicator is not None and self.by_won is not None:
            raise ValueError("by_won is for a programme")
        if self.programme is not None and (self.by is not None or self.to is not None):
            raise ValueError("a programme is changed by_won or by_percent")
        return self


class ResponseKind(StrEnum):
    """On what a stated response rests."""

    ASSUMPTION = "assumption"
    EFFECT = "effect"  # estimated from an assignment, under a protocol
    SIMULATION = "simulation"


class Response(Part):
    """How far an indicator moves with the money of a programme, as somebody states it.

    Every ``per_won`` more moves the indicator by ``by``, in proportion, up to ``up_to_won``; beyond
    that nothing is stated, and nothing moves.
    """

    programme: Code
    indicator: Code
    by: Number
    per_won: Won
    up_to_won: Won
    kind: ResponseKind
    source: str = Field(min_length=1)
    protocol: str | None = Field(default=None, description="Where the kind is `effect`: which.")
    unit: Code | None = None
    period: Period | None = None

    @model_validator(mode="after")
    def _with_protocol(self) -> Response:
        if self.kind is ResponseKind.EFFECT and not self.protocol:
            raise ValueError("a response of the kind effect names its protocol")
        return self

    @property
    def per_one_won(self) -> float:
        """By how much one won moves the indicator."""
        return self.by / self.per_won


class Changes(Part):
    """A file of changes, responses and results of simulations."""

    label: Label | None = None
    unit: Code | None = Field(default=None, description="Where an entry names none.")
    period: Period | None = None
    changes: tuple[Change, ...] = ()
    responses: tuple[Response, ...] = ()
    simulations: tuple[str, ...] = Field(
        default=(), description="Result files (JSON) of policy simulations, beside this file."
    )


def read_changes(path: str | Path) -> Changes:
    """The changes of a YAML or JSON file.

    Raises:
        BadInput: with file and field.
    """
    return read_model(path, Changes)


def parse_change(text: str, programmes: frozenset[str] = frozenset()) -> Change:
    """A change as it is typed: ``CODE=+5%``, ``CODE=+10``, ``CODE=300``; a programme takes won.

    Raises:
        BadInput: where it is none of these.

    >>> parse_change("education=+5%").by_percent, parse_change("rent=300").to
    (5.0, 300.0)
    """
    found = _CHANGE.fullmatch(text.replace(",", ""))
    if found is None or (found["percent"] and not found["sign"]):
        raise BadInput(
            f"{text!r} is no change", field="--change", remedy="CODE=+5%, CODE=+10 or CODE=300"
        )
    code, number = found["code"], float(found["sign"] + found["number"])
    if code in programmes:
        return _of_programme(code, found, text)
    if found["percent"]:
        return Change(indicator=code, by_percent=number)
    return Change(indicator=code, by=number) if found["sign"] else Change(indicator=code, to=number)


def _of_programme(code: str, found: re.Match[str], text: str) -> Change:
    if found["percent"]:
        return Change(programme=code, by_percent=float(found["sign"] + found["number"]))
    if found["sign"] != "+" or not found["number"].isdigit() or not int(found["number"]):
        raise BadInput(
            f"{text!r} is no change of a programme",
            field="--change",
            remedy=f"{code}=+1000000000 (whole won) or {code}=+5%",
        )
    return Change(programme=code, by_won=int(found["number"]))
