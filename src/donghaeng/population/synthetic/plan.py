"""Who is to be drawn, before anything about money: every household's size, district, kind of family and
replicate.

The plan is whole: the margins are met by it exactly, whatever is drawn afterwards. Households are numbered
size after size, district after district, type after type, and the replicates are dealt out in that order, so
that any two replicates differ by at most one household in every district and size (and, for people alone, in
every age).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from .ages import GROUPS
from .city import LARGEST, City
from .families import STRUCTURES, Types, types_of
from .margins import STATUSES, Targets, reconciled
from .raking import families_of_district

Array = np.ndarray
REPLICATES = 24
BLOCK = 65_536


@dataclass(frozen=True)
class SizePlan:
    """Households of one size: cell after cell, a cell being a district and a family type.

    ``ends`` is the running number of households after each cell; ``status`` is the benefit status of a type
    (0 for all but the elderly who live alone).
    """

    size: int
    first_id: int
    names: tuple[str, ...]
    structure: Array
    groups: Array
    status: Array
    district: Array
    kind: Array
    ends: Array

    @property
    def count(self) -> int:
        return int(self.ends[-1]) if len(self.ends) else 0


@dataclass(frozen=True)
class Block:
    """A run of households of one size, drawn at once from a stream of its own."""

    size: int
    number: int
    first: int
    last: int


@dataclass(frozen=True)
class Plan:
    """Every household of a city, not drawn yet."""

    targets: Targets
    sizes: tuple[SizePlan, ...]
    reference_day: datetime.date
    replicates: int = REPLICATES

    @property
    def households(self) -> int:
        return sum(each.count for each in self.sizes)

    @property
    def persons(self) -> int:
        return sum(each.count * each.size for each in self.sizes)

    def of_size(self, size: int) -> SizePlan:
        return next(each for each in self.sizes if each.size == size)

    def blocks(self, length: int = BLOCK) -> tuple[Block, ...]:
        """All blocks, size after size."""
        return tuple(
            Block(each.size, number, first, min(first + length, each.count))
            for each in self.sizes
            for number, first in enumerate(range(0, each.count, length))
        )


@dataclass(frozen=True)
class Rows:
    """Households of one size as the plan has them, each array (n,); ``groups`` is (size, n)."""

    size: int
    household_id: Array
    district: Array
    replicate: Array
    structure: Array
    groups: Array
    status: Array
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.household_id)


def plan_of(city: City, reference_day: datetime.date | None = None) -> Plan:
    """The plan of a city.

    Raises:
        BadInput: where the margins cannot be met.
    """
    targets = reconciled(city)
    types = [types_of(size, city.file.families) for size in _sizes(targets)]
    counts: list[list[Array]] = [[] for _ in types]
    places = [each.size - 1 for each in types]
    for district in range(len(targets.districts)):
        people = targets.people[district] - targets.alone[district].sum(axis=1)
        found = families_of_district(types, targets.sizes[district, places], people)
        for place, families in enumerate(found):
            counts[place].append(families)
    plans = [_alone(targets)]
    for each, of_districts in zip(types, counts, strict=True):
        first = plans[-1].first_id + plans[-1].count
        plans.append(_together(each, np.stack(of_districts), targets.districts, first))
    return Plan(targets, tuple(plans), reference_day or city.file.reference_day)


def rows_of(plan: Plan, block: Block) -> Rows:
    """The households of a block."""
    return rows_at(plan, block.size, np.arange(block.first, block.last))


def rows_at(plan: Plan, size: int, index: Array) -> Rows:
    """The households of one size that stand at ``index`` (n,)."""
    of_size = plan.of_size(size)
    cell = np.searchsorted(of_size.ends, index, side="right")
    kind = of_size.kind[cell]
    return Rows(
        size,
        of_size.first_id + index,
        of_size.district[cell],
        index % plan.replicates,
        of_size.structure[kind],
        np.ascontiguousarray(of_size.groups[kind].T),
        of_size.status[kind],
        of_size.names,
    )


def _sizes(targets: Targets) -> list[int]:
    return [size for size in range(2, LARGEST + 1) if targets.sizes[:, size - 1].any()]


def _alone(targets: Targets) -> SizePlan:
    kinds = GROUPS * len(STATUSES)
    group, status = np.divmod(np.arange(kinds), len(STATUSES))
    counts = targets.alone.reshape(len(targets.districts), kinds)
    of_types = (np.zeros(kinds, np.int16), group[:, None].astype(np.int8), status.astype(np.int8))
    return _laid_out(1, 1, ("alone",), of_types, counts, targets.districts)


def _together(types: Types, counts: Array, districts: tuple[int, ...], first: int) -> SizePlan:
    status = np.zeros(len(types.prior), np.int8)
    of_types = (types.structure, types.groups, status)
    return _laid_out(types.size, first, types.names, of_types, counts, districts)


def _laid_out(
    size: int,
    first_id: int,
    names: tuple[str, ...],
    of_types: tuple[Array, Array, Array],
    counts: Array,
    districts: tuple[int, ...],
) -> SizePlan:
    place, kind = np.nonzero(counts)
    assert all(name in STRUCTURES for name in names)
    ends = np.cumsum(counts[place, kind])
    district = np.array(districts, np.int32)[place]
    return SizePlan(size, first_id, names, *of_types, district, kind, ends)
