"""A column map: where a survey's file holds what a population has, and what was assumed on the way.

One file a survey. It says for each column of a population from which columns of the survey it comes, in
which unit and for which time an amount stands there, what the codes mean, and which codes mean "not known".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from donghaeng.evidence.input_files import Entry, Text
from donghaeng.rules.terms import LARGEST_HOUSEHOLD, Way

MEMBER = "{member}"
Code = int | float | str
Value = bool | int | str


class Unit(StrEnum):
    """How many won one in the survey's column stands for."""

    WON = "won"
    THOUSAND_WON = "thousand_won"
    TEN_THOUSAND_WON = "ten_thousand_won"

    @property
    def won(self) -> int:
        return {Unit.WON: 1, Unit.THOUSAND_WON: 1_000, Unit.TEN_THOUSAND_WON: 10_000}[self]


class Per(StrEnum):
    """For how long the survey's amount stands."""

    MONTH = "month"
    YEAR = "year"


class Blank(StrEnum):
    """What an empty cell of the survey says."""

    MISSING = "missing"  # it is not known, and nor is a sum in which it stands
    ZERO = "zero"  # there is none: the question does not apply
    SKIP = "skip"  # left out of a sum; not known where all its cells are empty


class Negative(StrEnum):
    """What becomes of an amount below zero where a population holds none."""

    REFUSE = "refuse"
    MISSING = "missing"
    ZERO = "zero"


class ColumnOrigin(StrEnum):
    """How sure a column is."""

    RECORDED = "recorded"
    DERIVED = "derived"
    APPROXIMATED = "approximated"
    ASSUMED = "assumed"


# What is not recorded has to be said in a sentence.
UNSURE = (ColumnOrigin.APPROXIMATED, ColumnOrigin.ASSUMED)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Columns = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list, json_schema_input_type=str | tuple[str, ...]),
]
Condition = dict[str, tuple[Code, ...]]


class WithoutHead(StrEnum):
    """What becomes of a household whose head is not among its persons, such as one who works elsewhere."""

    REFUSE = "refuse"
    NEXT = "next"  # the spouse of the head, else the person listed first, stands in


class DayFrom(Entry):
    """A day, such as that of birth, from the year or from the age in completed years on the reference day.

    ``month`` and ``day`` are columns of the survey or numbers; the middle of the year stands for what is
    not recorded.
    """

    year: str = ""
    age: str = ""
    month: str | Annotated[int, Field(ge=1, le=12)] = 7
    day: str | Annotated[int, Field(ge=1, le=28)] = 1

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.year) == bool(self.age):
            raise ValueError("a day comes from `year` or from `age`, one of the two")
        return self

    def columns(self) -> Iterator[str]:
        """The survey's columns that it needs."""
        yield from (
            each
            for each in (self.year, self.age, self.month, self.day)
            if each and isinstance(each, str)
        )


class ColumnSource(Entry):
    """From where one column of a population comes.

    One of ``from`` (one column of the survey, or several that are added up), ``day`` and ``constant``.
    """

    columns: Columns = Field(default=(), alias="from")
    day: DayFrom | None = None
    constant: Value | None = None
    unit: Unit = Unit.WON
    per: Per | None = None
    rounding: Way | None = None
    codes: dict[Code, Value] = Field(default_factory=dict)
    missing: tuple[Code, ...] = ()
    blank: Blank = Blank.MISSING
    negative: Negative = Negative.REFUSE
    where: Condition = Field(default_factory=dict)
    otherwise: Value | None = None
    origin: ColumnOrigin = ColumnOrigin.RECORDED
    approximation: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        given = [bool(self.columns), self.day is not None, self.constant is not None]
        if sum(given) != 1:
            raise ValueError("says one of `from`, `day` and `constant`")
        if self.codes and len(self.columns) != 1:
            raise ValueError("codes belong to one column in `from`")
        if self.otherwise is not None and not self.where:
            raise ValueError("`otherwise` needs `where`")
        if self.constant is not None and self.origin is ColumnOrigin.RECORDED and not self.where:
            raise ValueError("a constant is not recorded: origin derived or assumed")
        if self.origin in UNSURE and self.approximation is None:
            raise ValueError(f"what is {self.origin} needs the sentence `approximation`")
        return self

    @property
    def described(self) -> str:
        """Where it comes from, in short: the survey's columns, or the constant."""
        if self.constant is not None:
            return f"= {self.constant}"
        return " + ".join(self.columns or (self.day.columns() if self.day else ()))

    def needs(self) -> Iterator[str]:
        """The survey's columns that it needs."""
        yield from self.columns
        yield from self.where
        if self.day is not None:
            yield from self.day.columns()


class Relationship(Entry):
    """The relationship to the head, from which spouses and parents follow.

    Each field lists the survey's codes; every other code is a relationship from which nothing follows.
    """

    column: str = Field(alias="from")
    head: tuple[Code, ...] = Field(min_length=1)
    spouse: tuple[Code, ...] = ()
    child: tuple[Code, ...] = ()
    parent: tuple[Code, ...] = ()
    parent_of_spouse: tuple[Code, ...] = ()
    without_head: WithoutHead = WithoutHead.REFUSE

    @property
    def says_of_relatives(self) -> bool:
        """Whether a spouse or parent can follow from it."""
        return any((self.spouse, self.child, self.parent, self.parent_of_spouse))

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        codes = [*self.head, *self.spouse, *self.child, *self.parent, *self.parent_of_spouse]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            raise ValueError(f"the code {twice!r} stands for two relationships")
        return self


class HouseholdsMap(Entry):
    """The household file: the column of the id, which rows are taken, and the columns."""

    id: str
    only: Condition = Field(default_factory=dict)
    columns: dict[str, ColumnSource]


class PersonsMap(Entry):
    """The persons: rows of a file of their own (``household`` is its id column), or wide columns.

    Wide: ``members`` is the largest number of members, ``{member}`` in the name of a column runs from 1
    to it, and a member is there where the column ``present`` is not empty. The first person listed is the
    head where ``relationship`` says nothing else. Rows that ``only`` leaves out are no persons here.
    """

    household: str = ""
    members: int = Field(default=0, ge=0, le=LARGEST_HOUSEHOLD)
    present: str = ""
    only: Condition = Field(default_factory=dict)
    relationship: Relationship | None = None
    columns: dict[str, ColumnSource]

    @property
    def wide(self) -> bool:
        return self.members > 0

    @model_validator(mode="after")
    def _long_or_wide(self) -> Self:
        if bool(self.household) == self.wide:
            raise ValueError("says `household` (a file of persons) or `members` (wide columns)")
        if self.wide and MEMBER not in self.present:
            raise ValueError(f"`present` names a column with {MEMBER} in it")
        return self


class Survey(Entry):
    """What was asked, by whom, and of which day it tells."""

    name: Text
    source: str
    reference_day: datetime.date
    not_known: tuple[Text, ...] = ()


class ColumnMap(Entry):
    """A column map (YAML)."""

    survey: Survey
    households: HouseholdsMap
    persons: PersonsMap

    def household_columns(self) -> list[str]:
        """The columns that the household file has to have."""
        numbers = range(1, self.persons.members + 1)
        wide = self.member_columns() if self.persons.wide else []
        spread = [of_member(name, number) for number in numbers for name in wide]
        return list(dict.fromkeys([self.households.id, *_needed(self.households), *spread]))

    def member_columns(self) -> list[str]:
        """The columns that are needed of each person, with ``{member}`` in the names of wide ones."""
        return list(dict.fromkeys(_needed(self.persons)))

    def person_columns(self) -> list[str]:
        """The columns that the file of persons has to have; none where there is no such file."""
        if self.persons.wide:
            return []
        return list(dict.fromkeys([self.persons.household, *self.member_columns()]))


def of_member(name: str, number: int) -> str:
    """The survey's column of one member, where it has columns member after member.

    >>> of_member("age_{member}", 3)
    'age_3'
    """
    return re.sub(re.escape(MEMBER), str(number), name)


def _needed(part: HouseholdsMap | PersonsMap) -> Iterator[str]:
    yield from part.only
    for source in part.columns.values():
        yield from source.needs()
    if isinstance(part, PersonsMap):
        if part.present:
            yield part.present
        if part.relationship is not None:
            yield part.relationship.column
