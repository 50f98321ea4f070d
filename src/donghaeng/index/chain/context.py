"""What every step needs to know beside the figures: directions, groups of rows, methods by column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

import numpy

from donghaeng.index.aggregation.user_function import Rule
from donghaeng.index.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.indicators import Indicator
from donghaeng.index.framework.options import Over
from donghaeng.index.framework.vocabulary import Better
from donghaeng.index.panel import Panel

Method = TypeVar("Method", bound=Hashable)
PARTS_OF_YEAR = {"S": 2, "Q": 4}


@dataclass(frozen=True)
class Figures:
    """What one step hands to the next: ``values`` (..., rows, columns), columns as in the panel.

    ``observed`` is set while missing figures are carried as bounds: then the leading axis of
    ``values`` holds the worst and the best case, and every scale is found on what was observed.
    """

    values: FloatArray
    observed: FloatArray | None = None
    kept: FlagArray | None = None
    """(..., rows): which rows were not screened out; all where nothing was screened."""

    def with_values(self, values: FloatArray) -> Figures:
        """The same figures with other values."""
        return replace(self, values=values)


@dataclass(frozen=True)
class Context:
    """An index and its panel, and what follows from both."""

    index: Index
    panel: Panel
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """Functions of the user's own for nodes, by code; a file cannot name any."""

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators, in the order of the first columns; given nodes stand after them."""
        known = self.index.indicators
        return tuple(known[code] for code in self.index.columns if code in known)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the indicators."""
        return self.index.columns[: len(self.indicators)]

    @property
    def indicator_columns(self) -> slice:
        """Where the indicators stand; steps leave given nodes as they are."""
        return slice(0, len(self.indicators))

    @cached_property
    def direction(self) -> FloatArray:
        """+1 where higher is better, -1 where lower is; (indicators,)."""
        return numpy.array(
            [1.0 if each.better is Better.HIGHER else -1.0 for each in self.indicators]
        )

    @cached_property
    def period_of_row(self) -> WholeArray:
        """The number of the period of each row."""
        return numpy.repeat(numpy.arange(len(self.panel.periods)), len(self.panel.units))

    @cached_property
    def unit_of_row(self) -> WholeArray:
        """The number of the unit of each row."""
        return numpy.tile(numpy.arange(len(self.panel.units)), len(self.panel.periods))

    @cached_property
    def period_numbers(self) -> WholeArray:
        """The place in time of the period of each row: years, or the parts of a year counted on."""
        return numpy.array([_number(period) for period in self.panel.periods])[self.period_of_row]

    @cached_property
    def leaves(self) -> WholeArray:
        """Columns from which the index is computed."""
        return numpy.array([self.index.columns.index(code) for code in self.index.leaves])

    def groups_of_rows(self, over: Over) -> WholeArray | None:
        """The rows over which a method finds its parameters: those of a period, or all together."""
        alone = over is Over.PANEL or len(self.panel.periods) == 1
        return None if alone else self.period_of_row

    def rows_of_peers(self, peers: str) -> FlagArray:
        """Which rows are those of the units of a named set of peers; (rows,)."""
        units = set(self.index.peers[peers].units)
        return numpy.array([unit in units for unit, _ in self.panel.rows])

    def by_method(
        self, method_of: Callable[[Indicator], Method]
    ) -> list[tuple[Method, WholeArray]]:
        """Each method with the columns of the indicators that it is for."""
        found: dict[Method, list[int]] = {}
        for column, indicator in enumerate(self.indicators):
            found.setdefault(method_of(indicator), []).append(column)
        return [(method, numpy.array(columns)) for method, columns in found.items()]


def _number(period: str) -> int:
    """2024 is 2024, 2024-S2 is 2 * 2024 + 1, 2024-Q2 is 4 * 2024 + 1, 2024-07 is 12 * 2024 + 6, and a day is
    the number of that day; nothing is 0.
    """
    year, _, part = period.partition("-")
    if not part:
        return int(year or 0)
    if "-" in part:
        return date.fromisoformat(period).toordinal()
    if part[0] in PARTS_OF_YEAR:
        return PARTS_OF_YEAR[part[0]] * int(year) + int(part[1:]) - 1
    return 12 * int(year) + int(part) - 1
