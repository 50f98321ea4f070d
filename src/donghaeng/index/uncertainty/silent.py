"""Which choices change nothing: found by looking, not assumed.

An uncertainty analysis whose choices never reach the figures still gives intervals, only too narrow ones
(users of COINr met exactly that, issue 60). So every choice is tried on pairs of draws that differ in it
alone.
"""

from __future__ import annotations

import numpy

from .samples import independent_block
from .study import Study

PAIRS = 64
# What is left by adding up in another order, as a share of the greatest score.
ROUNDING = 1e-12
# Keeps these draws apart from those of the study.
STREAM = 5


def largest_changes(study: Study, *, seed: int, pairs: int = PAIRS) -> dict[str, float]:
    """The largest change of any score of any node that each choice alone made; 0 where it made none.

    A node that has a score in one draw of a pair and none in the other has changed without limit
    (infinity).
    """
    columns = study.choices.columns
    first = independent_block(seed, 0, columns, pairs, stream=STREAM)
    other = independent_block(seed, 1, columns, pairs, stream=STREAM)
    before = study.drawn(first).scores
    size = float(numpy.nanmax(numpy.abs(before), initial=0.0))
    found = {}
    for name, group in zip(study.choices.names, study.choices.groups, strict=True):
        exchanged = first.copy()
        exchanged[:, list(group)] = other[:, list(group)]
        after = study.drawn(exchanged).scores
        apart = numpy.abs(after - before)
        appeared = numpy.isnan(after) != numpy.isnan(before)
        largest = float(numpy.nanmax(numpy.where(appeared, numpy.inf, apart), initial=0.0))
        found[name] = largest if largest > ROUNDING * size else 0.0
    return found
