"""Many households as columns, laid out as the kernel reads them.

Households are sorted by size; in each size the persons stand slot after slot, each slot's households
side by side. Whoever lacks a fact that has no default stands in a bucket of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from donghaeng.rules.declarations import Fact, Relation
from donghaeng.rules.evaluation import HouseholdFacts
from donghaeng.rules.faults import BadInput, nearest
from donghaeng.rules.law import Law
from donghaeng.rules.linking import number
from donghaeng.rules.missing import is_missing
from donghaeng.rules.terms import LARGEST_HOUSEHOLD, Entity, Kind

Array = np.ndarray


@dataclass(frozen=True)
class Bucket:
    """Households of one size.

    ``household`` is (columns, households), ``person`` (columns, size, households); the two ``known``
    arrays have the same shapes and are there only where a fact is missing. ``index`` gives each
    household's place in the order in which it was handed in.
    """

    size: int
    index: Array
    household: Array
    person: Array
    household_known: Array | None = None
    person_known: Array | None = None

    @property
    def count(self) -> int:
        return len(self.index)


@dataclass(frozen=True)
class Batch:
    """Buckets of households, with the names of their columns.

    Made by :meth:`from_columns` (arrays) or :meth:`from_households` (single households).
    """

    household_columns: dict[str, int]
    person_columns: dict[str, int]
    buckets: tuple[Bucket, ...]
    count: int
    persons: int
    starts: Array = field(repr=False)

    @classmethod
    def from_columns(
        cls,
        law: Law,
        sizes: Array,
        household: Mapping[str, Array],
        person: Mapping[str, Array],
        known: Mapping[str, Array] | None = None,
        names: Iterable[str] | None = None,
    ) -> Batch:
        """A batch of columns in the order of the households.

        Args:
            law: declares the facts.
            sizes: persons of each household, (households,).
            household: column of each household fact, (households,); whole numbers: won, days as
                20240701, the place of a choice in its enumeration, flags as 0 and 1.
            person: column of each person fact or relation, (persons,), household after household.
            known: flags of the columns in which a fact may be missing.
            names: facts to lay out; all that the law declares where ``None``.

        Raises:
            BadInput: for a column of another name or length, or a value outside its declared range.
        """
        return _Layout(law, sizes, household, person, known or {}, names).batch()

    @classmethod
    def from_households(
        cls, law: Law, households: Sequence[HouseholdFacts], names: Iterable[str] | None = None
    ) -> Batch:
        """A batch of single households, as explained evaluation takes them."""
        sizes = np.array([len(each.persons) for each in households], np.int64)
        people = [person for each in households for person in each.persons]
        columns: dict[Entity, dict[str, Array]] = {Entity.HOUSEHOLD: {}, Entity.PERSON: {}}
        known: dict[str, Array] = {}
        for name in _names(law, names):
            declaration = law.variables[name]
            rows: list[dict[str, Any]] = (
                people
                if declaration.entity is Entity.PERSON
                else [each.household for each in households]
            )
            default = -1 if isinstance(declaration, Relation) else None
            values = [_number(row.get(name, default), declaration) for row in rows]
            known[name] = np.array([value is not None for value in values], bool)
            columns[declaration.entity][name] = np.array(
                [0 if value is None else value for value in values], np.int64
            )
        return cls.from_columns(
            law, sizes, columns[Entity.HOUSEHOLD], columns[Entity.PERSON], known, names
        )


def _number(value: Any, declaration: Any) -> int | None:
    if value is None or is_missing(value):
        value = declaration.default if isinstance(declaration, Fact) else None
    return None if value is None else int(number(value))


def _whole(values: Any, name: str) -> Array:
    array = np.asarray(values)
    if array.dtype.kind not in "iub":
        raise BadInput(f"holds {array.dtype}", field=name, remedy="whole numbers (int64)")
    return array.astype(np.int64)


def _check_days(values: Array, sure: Array, name: str) -> None:
    """Refuse 20240230: every number must be a day of the calendar."""
    year, month, day = values // 10_000, values // 100 % 100, values % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    longest = lengths[np.clip(month, 0, 12)] + (leap & (month == 2))
    wrong = np.flatnonzero(sure & ((month < 1) | (month > 12) | (day < 1) | (day > longest)))
    if len(wrong):
        raise BadInput(
            f"row {wrong[0]} holds {values[wrong[0]]}, which is no day",
            field=name,
            remedy="a day such as 20240701",
        )


def _names(law: Law, names: Iterable[str] | None) -> list[str]:
    return list(dict.fromkeys(names)) if names is not None else [*law.facts, *law.relations]


class _Layout:
    def __init__(
        self,
        law: Law,
        sizes: Array,
        household: Mapping[str, Array],
        person: Mapping[str, Array],
        known: Mapping[str, Array],
        names: Iterable[str] | None,
    ) -> None:
        self.law = law
        self.sizes = _whole(sizes, "sizes")
        self.given = {**household, **person}
        self.known = dict(known)
        self.names = _names(law, names)
        declared = [*law.facts, *law.relations]
        for name in (*self.given, *self.known, *self.names):
            if name not in declared:
                raise BadInput(f"unknown column {name!r}", remedy=nearest(name, declared))
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])
        self.check_sizes()
        self.check_known()

    def check_sizes(self) -> None:
        wrong = np.flatnonzero((self.sizes < 1) | (self.sizes > LARGEST_HOUSEHOLD))
        if len(wrong):
            raise BadInput(
                f"household {wrong[0]} has {self.sizes[wrong[0]]} persons",
                field="sizes",
                remedy=f"1 to {LARGEST_HOUSEHOLD}",
            )

    def check_known(self) -> None:
        for name, flags in self.known.items():
            flags = np.asarray(flags)
            if flags.dtype != bool or flags.shape != (self.length(name),):
                raise BadInput(
                    "whether it is known is no flag a row",
                    field=name,
                    remedy=f"an array of {self.length(name)} flags",
                )
            self.known[name] = flags

    def batch(self) -> Batch:
        households = [n for n in self.names if self.law.variables[n].entity is Entity.HOUSEHOLD]
        persons = [n for n in self.names if self.law.variables[n].entity is Entity.PERSON]
        columns = {name: self.column(name) for name in self.names}
        incomplete = self.incomplete()
        buckets = []
        for size in np.unique(self.sizes):
            for lacking in (False, True):
                index = np.flatnonzero((self.sizes == size) & (incomplete == lacking))
                if len(index):
                    buckets.append(
                        self.bucket(int(size), index, lacking, households, persons, columns)
                    )
        return Batch(
            {name: place for place, name in enumerate(households)},
            {name: place for place, name in enumerate(persons)},
            tuple(buckets),
            len(self.sizes),
            int(self.starts[-1]),
            self.starts,
        )

    def length(self, name: str) -> int:
        of_person = self.law.variables[name].entity is Entity.PERSON
        return int(self.starts[-1]) if of_person else len(self.sizes)

    def column(self, name: str) -> Array:
        """The column as whole numbers inside the declared range; defaults where it is absent."""
        declaration = self.law.variables[name]
        length = self.length(name)
        if name not in self.given:
            default = -1 if isinstance(declaration, Relation) else _number(None, declaration)
            if default is None:
                self.known[name] = np.zeros(length, bool)
            return np.full(length, default or 0, np.int64)
        values = np.asarray(self.given[name])
        if values.shape != (length,):
            raise BadInput(
                f"has {values.shape[0] if values.ndim else 'no'} rows",
                field=name,
                remedy=f"{length} are needed",
            )
        values = _whole(values, name)
        low, high = (-1, LARGEST_HOUSEHOLD - 1)
        if isinstance(declaration, Fact):
            low, high = declaration.range
        sure = self.known.get(name, np.ones(length, bool))
        wrong = np.flatnonzero(sure & ((values < low) | (values > high)))
        if len(wrong):
            raise BadInput(
                f"row {wrong[0]} holds {values[wrong[0]]}", field=name, remedy=f"{low} to {high}"
            )
        if declaration.kind is Kind.DAY:
            _check_days(values, sure, name)
        return np.where(sure, values, 0).astype(np.int64)

    def incomplete(self) -> Array:
        lacking = np.zeros(len(self.sizes), bool)
        for name in self.names:
            if name in self.known and not self.known[name].all():
                missing = ~self.known[name]
                if self.law.variables[name].entity is Entity.PERSON:
                    missing = np.logical_or.reduceat(missing, self.starts[:-1])
                lacking |= missing
        return lacking

    def bucket(
        self,
        size: int,
        index: Array,
        lacking: bool,
        households: Sequence[str],
        persons: Sequence[str],
        columns: Mapping[str, Array],
    ) -> Bucket:
        rows = self.starts[index][None, :] + np.arange(size)[:, None]

        def stack(source: Mapping[str, Array], kind: Any) -> tuple[Array, Array]:
            of_household = np.empty((len(households), len(index)), kind)
            for place, name in enumerate(households):
                of_household[place] = source[name][index]
            of_person = np.empty((len(persons), size, len(index)), kind)
            for place, name in enumerate(persons):
                of_person[place] = source[name][rows]
            return of_household, of_person

        household, person = stack(columns, np.int64)
        if not lacking:
            return Bucket(size, index, household, person)
        sure = {name: self.known.get(name, np.ones(self.length(name), bool)) for name in self.names}
        household_known, person_known = stack(sure, bool)
        return Bucket(size, index, household, person, household_known, person_known)


def day_number(day: datetime.date) -> int:
    """A day as it stands in a column: 20240701."""
    return int(number(day))
