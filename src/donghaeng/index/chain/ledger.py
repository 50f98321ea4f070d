"""The ledger: what each step did to which cell, in the order in which it was done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray

from .context import Context


@dataclass(frozen=True)
class Entry:
    """One thing that was done.

    ``unit`` and ``period`` are empty where it was done to a whole column, ``indicator`` where it was done
    to a whole row. ``before`` and ``after`` are NaN where there is no single figure.
    """

    step: str
    unit: str
    period: str
    indicator: str
    before: float
    after: float
    what: str


def changed_cells(
    step: str, what: str, before: FloatArray, after: FloatArray, context: Context
) -> list[Entry]:
    """An entry for every cell (rows, columns) whose figure is another one afterwards.

    Args:
        step: name of the step.
        what: what was done to these cells.
        before, after: (rows, columns); NaN and NaN are the same.
    """
    same = (before == after) | (numpy.isnan(before) & numpy.isnan(after))
    entries = []
    rows = context.panel.rows
    for row, column in numpy.argwhere(~same).tolist():
        unit, period = rows[row]
        entries.append(
            Entry(
                step,
                unit,
                period,
                context.index.columns[column],
                float(before[row, column]),
                float(after[row, column]),
                what,
            )
        )
    return entries


def column_entry(step: str, indicator: str, what: str) -> Entry:
    """An entry for a whole column."""
    return Entry(step, "", "", indicator, numpy.nan, numpy.nan, what)


def row_entry(step: str, unit: str, period: str, what: str) -> Entry:
    """An entry for a whole row."""
    return Entry(step, unit, period, "", numpy.nan, numpy.nan, what)
