"""The step `denominate`: each indicator with a denominator is divided by it."""

from __future__ import annotations

import numpy

from donghaeng.index.denomination import denominate
from donghaeng.rules.faults import BadInput

from .context import Context, Figures
from .ledger import Entry, column_entry


def divide(figures: Figures, context: Context) -> Figures:
    """The figures after x / (denominator / scale).

    Raises:
        BadInput: where a denominator is zero.
    """
    columns = context.indicator_columns
    done = denominate(
        figures.values[..., columns],
        denominators=context.panel.denominators[:, columns],
        denominated=numpy.array([each.denominator is not None for each in context.indicators]),
        scale=numpy.array([each.scale for each in context.indicators]),
    )
    if done.zero_denominator.any():
        *_, row, column = numpy.argwhere(done.zero_denominator)[0]
        unit, period = context.panel.rows[row]
        raise BadInput(
            f"the denominator of {context.codes[column]} is zero",
            field=f"{unit} {period}".strip(),
            remedy="a figure above zero, or none where it is not known",
        )
    values = figures.values.copy()
    values[..., columns] = done.values
    return figures.with_values(values)


def denomination_entries(context: Context) -> list[Entry]:
    """Which indicator is divided by what."""
    return [
        column_entry(
            "denominate",
            code,
            f"divided by {each.denominator}" + (f" / {each.scale:g}" if each.scale != 1 else ""),
        )
        for code, each in zip(context.codes, context.indicators, strict=True)
        if each.denominator is not None
    ]
