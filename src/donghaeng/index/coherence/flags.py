"""Correlations that a reader of the index should know of, each with its numbers and its reason.

A flag is a question to the authors of the index, not a verdict: correlation is no proof of influence,
and a sound index may hold two indicators that go apart. Values and scores must already point one way
(normalised, or multiplied by direction); otherwise negative correlations mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput, nearest

from .correlation import Correlations, Method, correlate


class Finding(StrEnum):
    """What a correlation says of an indicator."""

    AGAINST_SIBLING = "against_sibling"
    NEAR_DUPLICATE = "near_duplicate"
    AGAINST_AREA = "against_area"
    WEAK_IN_AREA = "weak_in_area"
    CLOSER_ELSEWHERE = "closer_elsewhere"
    FOLLOWS_DENOMINATOR = "follows_denominator"


REASONS = {
    Finding.AGAINST_SIBLING: "{indicator} goes against {other} of the same area: r = {r}, p = {p}, n = {n}",
    Finding.NEAR_DUPLICATE: "{indicator} and {other} say almost the same: r = {r} ≥ {limit}, n = {n}",
    Finding.AGAINST_AREA: "{indicator} goes against its own area {other}: r = {r}, p = {p}, n = {n}",
    Finding.WEAK_IN_AREA: "{indicator} hardly counts in its own area {other}: r = {r} < {limit}, n = {n}",
    Finding.CLOSER_ELSEWHERE: (
        "{indicator} is closer to {other} (r = {r}) than to its own area (r = {limit}), n = {n}"
    ),
    Finding.FOLLOWS_DENOMINATOR: (
        "{indicator} follows {other}, so it may measure size: |r| = {r} > {limit}, n = {n}"
    ),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding: which indicator, with what, how strong, against which limit.

    ``limit`` is the threshold, or for ``CLOSER_ELSEWHERE`` the correlation with the indicator's own area.
    """

    finding: Finding
    indicator: str
    other: str
    correlation: float
    p_value: float
    rows: int
    limit: float

    def reason(self, words: Words) -> str:
        """The finding as one sentence."""
        size = self.correlation
        if self.finding is Finding.FOLLOWS_DENOMINATOR:
            size = abs(size)
        return words(
            REASONS[self.finding],
            indicator=self.indicator,
            other=self.other,
            r=f"{size:.2f}",
            p=f"{self.p_value:.3f}",
            n=self.rows,
            limit=f"{self.limit:.2f}",
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a correlation becomes a finding.

    ``duplicate``: at or above. ``weak``: below. ``against``: below, and with p at most ``level`` (a level of 1
    flags every negative correlation). ``denominator``: above in size, 0.6 as in COINr's ``get_denom_corr``.
    """

    duplicate: float = 0.92
    weak: float = 0.3
    against: float = 0.0
    level: float = 0.05
    denominator: float = 0.6


def flag_indicators(
    values: FloatArray,
    names: Sequence[str],
    areas: Sequence[str],
    *,
    method: Method = Method.PEARSON,
    limits: Limits | None = None,
) -> tuple[Flag, ...]:
    """Siblings that go against each other, and near-duplicates anywhere in the index.

    Args:
        values: (rows, indicators), all pointing one way.
        names, areas: of each indicator its name and the area it belongs to.

    >>> table = numpy.array([[1.0, 2.0], [2.0, 4.1], [3.0, 6.0], [4.0, 8.2]])
    >>> flag, = flag_indicators(table, ["jobs", "work"], ["labour", "labour"])
    >>> flag.reason(Words("en"))
    'jobs and work say almost the same: r = 1.00 ≥ 0.92, n = 4'
    """
    limits = limits or Limits()
    _check_length(names, values, "indicators")
    _check_length(areas, values, "areas")
    table = correlate(values, method)
    found = []
    for i, j in combinations(range(len(names)), 2):
        pair = (table, (i, j), (names[i], names[j]))
        if areas[i] == areas[j] and _against(table, (i, j), limits):
            found.append(_flag(Finding.AGAINST_SIBLING, *pair, limits.against))
        if table.coefficients[i, j] >= limits.duplicate:
            found.append(_flag(Finding.NEAR_DUPLICATE, *pair, limits.duplicate))
    return tuple(found)


def flag_areas(
    values: FloatArray,
    names: Sequence[str],
    areas: Sequence[str],
    scores: FloatArray,
    area_names: Sequence[str],
    *,
    method: Method = Method.PEARSON,
    limits: Limits | None = None,
) -> tuple[Flag, ...]:
    """Indicators (or areas) that go against, hardly count in, or do not belong in the node above them.

    Args:
        values: (rows, indicators), all pointing one way.
        areas: the area of each indicator, one of ``area_names``.
        scores: (rows, areas), the scores of the areas. An area's score contains the indicator itself, as in
            the audits of the JRC.

    Raises:
        BadInput: when an area has no scores.
    """
    limits = limits or Limits()
    _check_length(names, values, "indicators")
    _check_length(areas, values, "areas")
    _check_length(area_names, scores, "scores")
    for area in areas:
        if area not in area_names:
            raise BadInput(f"no scores for the area {area!r}", remedy=nearest(area, area_names))
    table = correlate(numpy.concatenate([values, scores], axis=-1), method)
    found = []
    for i, (name, area) in enumerate(zip(names, areas, strict=True)):
        own = len(names) + area_names.index(area)
        if _against(table, (i, own), limits):
            found.append(_flag(Finding.AGAINST_AREA, table, (i, own), (name, area), limits.against))
        elif table.coefficients[i, own] < limits.weak:
            found.append(_flag(Finding.WEAK_IN_AREA, table, (i, own), (name, area), limits.weak))
        found += _closer_elsewhere(table, i, own, name, area_names)
    return tuple(found)


def _closer_elsewhere(
    table: Correlations, indicator: int, own: int, name: str, area_names: Sequence[str]
) -> list[Flag]:
    """A flag if another area correlates more with the indicator than its own: the strongest one."""
    start = table.coefficients.shape[-1] - len(area_names)
    with_areas = table.coefficients[indicator, start:]
    if numpy.isnan(table.coefficients[indicator, own]):
        return []
    strongest = int(numpy.nanargmax(with_areas))
    if not with_areas[strongest] > table.coefficients[indicator, own]:
        return []
    pair = (indicator, start + strongest)
    limit = float(table.coefficients[indicator, own])
    return [_flag(Finding.CLOSER_ELSEWHERE, table, pair, (name, area_names[strongest]), limit)]


def flag_denominators(
    values: FloatArray,
    names: Sequence[str],
    denominators: FloatArray,
    denominator_names: Sequence[str],
    *,
    method: Method = Method.PEARSON,
    limits: Limits | None = None,
) -> tuple[Flag, ...]:
    """Indicators that rise or fall with a denominator (population, area …) and may need dividing by it.

    Args:
        values: (rows, indicators), as collected; direction does not matter.
        denominators: (rows, denominators).
    """
    limits = limits or Limits()
    _check_length(names, values, "indicators")
    _check_length(denominator_names, denominators, "denominators")
    table = correlate(numpy.concatenate([values, denominators], axis=-1), method)
    found = []
    for i, name in enumerate(names):
        for j, other in enumerate(denominator_names, start=len(names)):
            if abs(table.coefficients[i, j]) > limits.denominator:
                pair = (table, (i, j), (name, other))
                found.append(_flag(Finding.FOLLOWS_DENOMINATOR, *pair, limits.denominator))
    return tuple(found)


def _against(table: Correlations, pair: tuple[int, int], limits: Limits) -> bool:
    against = table.coefficients[pair] < limits.against
    # With two rows there is no p-value; it counts as 1.
    return bool(against and numpy.nan_to_num(table.p_values[pair], nan=1.0) <= limits.level)


def _flag(
    finding: Finding,
    table: Correlations,
    pair: tuple[int, int],
    names: tuple[str, str],
    limit: float,
) -> Flag:
    return Flag(
        finding,
        *names,
        correlation=float(table.coefficients[pair]),
        p_value=float(table.p_values[pair]),
        rows=int(table.rows[pair]),
        limit=limit,
    )


def _check_length(names: Sequence[str], values: FloatArray, what: str) -> None:
    if len(names) != values.shape[-1]:
        raise BadInput(f"{len(names)} names for {values.shape[-1]} columns", field=what)
