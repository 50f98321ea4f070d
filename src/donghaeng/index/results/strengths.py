"""The indicators in which a unit stands best and worst among the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.coherence.description import describe
from donghaeng.rules.faults import BadInput

from .ranks import rank


class Measure(StrEnum):
    """What makes an indicator a strength or a weakness."""

    RANK = "rank"  # the unit's rank among those that have the indicator
    MEDIAN = "median"  # its distance to the median of the units, in the unit of ``values``


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the unit stands in one indicator; rank 1 is best, of ``of`` units.

    ``shared_with`` other units have the same value. ``distance`` is that to the median, positive when better.
    """

    indicator: str
    value: float
    rank: int
    of: int
    shared_with: int
    distance: float


@dataclass(frozen=True, slots=True)
class Strengths:
    """Best standings first, worst standings first, and who stands level with the last one listed.

    ``level_with_strengths`` and ``level_with_weaknesses`` name indicators that were left out although they are
    equal to the last one listed: the cut through such a tie follows the order of the indicators.
    ``listed_twice`` names those in both lists, because there are fewer than two full lists take.
    """

    measure: Measure
    strengths: tuple[Standing, ...]
    weaknesses: tuple[Standing, ...]
    level_with_strengths: tuple[str, ...]
    level_with_weaknesses: tuple[str, ...]
    listed_twice: tuple[str, ...]


def strengths_and_weaknesses(
    values: FloatArray,
    row: int,
    names: Sequence[str],
    *,
    direction: FloatArray | None = None,
    count: int = 5,
    measure: Measure = Measure.RANK,
    least_distinct: float = 0.0,
) -> Strengths:
    """The ``count`` best and worst indicators of the unit in ``row``; fewer if there are fewer.

    Missing indicators are in neither list. COINr's ``get_str_weak`` also drops the indicators in which the unit
    stands last; they are kept here, because they are its weaknesses.

    Args:
        values: (rows, indicators).
        direction: +1 or −1 per indicator; leave it out when the values already point one way.
        measure: by distance to the median, give values on one scale (normalised).
        least_distinct: leave out indicators with this share of distinct values or less.

    Raises:
        BadInput: for an unknown row, or names that do not fit the columns.
    """
    units, indicators = values.shape
    if len(names) != indicators:
        raise BadInput(f"{len(names)} names for {indicators} columns", field="names")
    if not 0 <= row < units:
        raise BadInput(f"there is no row {row}", field="row", remedy=f"one of 0 to {units - 1}")
    if count < 1:
        raise BadInput(f"{count} indicators asked for", field="count", remedy="at least 1")
    better = values if direction is None else values * direction
    about = describe(better)
    ranks = rank(better)
    distance = better[row] - about.median
    with numpy.errstate(invalid="ignore", divide="ignore"):
        varied = about.distinct / about.known > least_distinct
    usable: list[int] = numpy.flatnonzero(~numpy.isnan(better[row]) & varied).tolist()
    key = ranks[row] if measure is Measure.RANK else -distance
    # Sorting is stable: of equal indicators the first comes first, in both lists.
    best = sorted(usable, key=lambda column: float(key[column]))[:count]
    worst = sorted(usable, key=lambda column: -float(key[column]))[:count]

    def standing(column: int) -> Standing:
        same = int((better[:, column] == better[row, column]).sum())
        return Standing(
            indicator=names[column],
            value=float(values[row, column]),
            rank=int(ranks[row, column]),
            of=int(about.known[column]),
            shared_with=same - 1,
            distance=float(distance[column]),
        )

    def level_with(chosen: list[int]) -> tuple[str, ...]:
        left_out = [column for column in usable if column not in chosen]
        return tuple(names[column] for column in left_out if key[column] == key[chosen[-1]])

    return Strengths(
        measure=measure,
        strengths=tuple(standing(column) for column in best),
        weaknesses=tuple(standing(column) for column in worst),
        level_with_strengths=level_with(best),
        level_with_weaknesses=level_with(worst),
        listed_twice=tuple(names[column] for column in best if column in worst),
    )
