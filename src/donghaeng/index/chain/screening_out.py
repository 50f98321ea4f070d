"""The step `screen`: units with too little are left out, in each period by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy

from donghaeng.index.framework.options import Screening
from donghaeng.index.screening import Criterion, Screened, screen

from .context import Context, Figures
from .ledger import Entry, row_entry


def screen_out(step: Screening, figures: Figures, context: Context) -> Figures:
    """The figures without the rows that have too little."""
    kept = _screened(step, figures, context).kept
    if figures.kept is not None:
        kept = kept & figures.kept
    values = numpy.where(kept[..., None], figures.values, numpy.nan)
    return replace(figures, values=values, kept=kept)


def screening_entries(step: Screening, figures: Figures, context: Context) -> list[Entry]:
    """Which rows of figures (rows, columns) are left out, or stay because they were named."""
    found = _screened(step, figures, context)
    entries = []
    for row, (unit, period) in enumerate(context.panel.rows):
        share = f"{found.availability[row]:.4g} of the figures are there"
        if not found.kept[row]:
            named = " (named)" if unit in step.drop else ""
            entries.append(row_entry("screen", unit, period, f"left out{named}: {share}"))
        elif unit in step.keep:
            entries.append(row_entry("screen", unit, period, f"kept (named): {share}"))
    return entries


def _screened(step: Screening, figures: Figures, context: Context) -> Screened:
    units = [unit for unit, _ in context.panel.rows]
    return screen(
        figures.values[..., context.leaves],
        criterion=Criterion(step.by),
        least_available=step.least_available,
        least_nonzero=step.least_nonzero,
        forced_in=numpy.array([unit in step.keep for unit in units]),
        forced_out=numpy.array([unit in step.drop for unit in units]),
    )
