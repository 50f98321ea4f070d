"""The column map of one wave: where the survey holds each fact of the law, in which unit, and what is assumed.

It is data (``wave_12.yaml``): another wave is another file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from donghaeng.evidence.input_files import Entry, Text, read_file
from donghaeng.population.store.manifest import Origin
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Way

Word = bool | int | str
Condition = dict[str, tuple[int, ...]]


class Unit(StrEnum):
    """What one in the survey's column stands for, in won (or simply one)."""

    ONE = "one"
    TEN_THOUSAND_WON = "ten_thousand_won"

    @property
    def factor(self) -> int:
        return 10_000 if self is Unit.TEN_THOUSAND_WON else 1


class Per(StrEnum):
    """The time that an amount of the survey is about."""

    POINT = "point"
    MONTH = "month"
    YEAR = "year"


class Blank(StrEnum):
    """What an empty cell says: the question does not apply (nothing), or nobody knows."""

    ZERO = "zero"
    MISSING = "missing"


class Negative(StrEnum):
    """What an amount below zero becomes: the row is refused, or it counts as nothing, or it stays."""

    REFUSE = "refuse"
    ZERO = "zero"
    KEEP = "keep"


class Share(Entry):
    """To which members an amount of the household is given, in equal parts; to the head where there is none."""

    where: Condition = Field(default_factory=dict)
    the_old: bool = False
    only_the_head: bool = False


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class ColumnSource(Entry):
    """Where one column comes from.

    Several columns in ``from`` are added up; with ``codes`` their codes are read together ("2,3").
    ``positive`` asks only whether the sum is above zero, ``any_where`` whether a code is one of those named.
    Rows outside ``where`` get ``otherwise``. ``share`` takes an amount of the household to its members.
    """

    columns: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = Field(default=(), alias="from")
    unit: Unit = Unit.ONE
    per: Per = Per.POINT
    rounding: Way = Way.DOWN
    codes: dict[int | str, Word] = Field(default_factory=dict)
    any_where: Condition = Field(default_factory=dict)
    missing: tuple[int, ...] = ()
    blank: Blank = Blank.ZERO
    negative: Negative = Negative.REFUSE
    positive: bool = False
    where: Condition = Field(default_factory=dict)
    otherwise: Word | None = None
    share: Share | None = None
    middle_of_year: bool = False
    origin: Origin = Origin.RECORDED
    approximation: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if bool(self.columns) == bool(self.any_where):
            raise ValueError("says `from` or `any_where`, one of the two")
        if self.origin is Origin.APPROXIMATED and self.approximation is None:
            raise ValueError("what is approximated needs the sentence `approximation`")
        return self

    def needs(self) -> Iterator[str]:
        """The columns of the survey that it reads."""
        yield from self.columns
        yield from self.any_where
        yield from self.where


class Derived(Entry):
    """A column that is worked out from several rows: what is said of it."""

    origin: Origin
    approximation: Text | None = None


class Relationships(Entry):
    """Who is whose spouse and child, by the survey's codes of the relation to the head.

    ``parents`` names for a code (or a range of codes, "31-39") those of the two parents. A couple counts only
    where both say that they are married, a parent only who is ``least_age_gap`` years older.
    """

    code: str
    head: int
    birth_year: str
    marital_status: str
    married: tuple[int, ...]
    spouses: dict[int, int]
    parents: dict[int | str, tuple[int, ...]]
    least_age_gap: int

    def parents_of(self) -> dict[int, tuple[int, ...]]:
        """The parents' codes for each single code."""
        single: dict[int, tuple[int, ...]] = {}
        for key, codes in self.parents.items():
            first, _, last = str(key).partition("-")
            for code in range(int(first), int(last or first) + 1):
                single[code] = codes
        return single


class Keys(Entry):
    """The columns that identify and weight households and persons."""

    household: str
    person: str
    size: str
    person_weight: str


class ColumnMap(Entry):
    """One wave of the survey. Who was born until ``old_born_until`` is 65 or older on the reference day."""

    survey: Text
    reference_day: datetime.date
    old_born_until: int
    keys: Keys
    weight_note: Text
    design_note: Text
    households: dict[str, ColumnSource]
    persons: dict[str, ColumnSource]
    relationships: Relationships
    derived: dict[str, Derived]
    not_taken: tuple[Text, ...]

    def household_columns(self) -> list[str]:
        """What the household file has to have."""
        shared = [each for each in self.persons.values() if each.share is not None]
        sources = [*self.households.values(), *shared]
        needed = [column for source in sources for column in source.needs()]
        return list(dict.fromkeys([self.keys.household, self.keys.size, *needed]))

    def person_columns(self) -> list[str]:
        """What the file of persons has to have."""
        kin = self.relationships
        needed = [
            *(self.keys.household, self.keys.person, self.keys.person_weight),
            *(kin.code, kin.birth_year, kin.marital_status),
        ]
        for source in self.persons.values():
            needed += source.share.where if source.share is not None else source.needs()
        return list(dict.fromkeys(needed))


WAVES = {"12": Path(__file__).with_name("wave_12.yaml")}


def shipped_map(wave: str = "12") -> ColumnMap:
    """The column map of a wave that ships with the program.

    Raises:
        BadInput: where there is none for it.
    """
    if wave not in WAVES:
        raise BadInput(f"no column map for wave {wave!r}", remedy=f"one of {', '.join(WAVES)}")
    return read_file(WAVES[wave], ColumnMap)
