"""Whether the index says more than its parts: how far its ranks lie from those of each area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.results.ranks import rank

from .subject import Subject

PLACES = 10
# With fewer units than this ten places are much, so a fifth of the units is looked at too.
FEW_UNITS, PART = 50, 5


@dataclass(frozen=True)
class AreaRanks:
    """One area: the share of units whose rank in the index is ``PLACES`` or more from that in the area.

    ``fifth`` is the same for a fifth of the units, where there are fewer than fifty; NaN otherwise.
    ``compared`` units have both ranks.
    """

    node: str
    compared: int
    places: int
    share: float
    fifth_places: int
    fifth: float


def added_value(subject: Subject) -> tuple[AreaRanks, ...]:
    """The section on added value; empty where there is one unit."""
    if subject.one_unit:
        return ()
    ranks = rank(subject.scores[subject.rows])
    found = []
    for node in subject.areas:
        apart = numpy.abs(ranks[:, node] - ranks[:, subject.tree.top])
        apart = apart[~numpy.isnan(apart)]
        few = 0 < len(apart) < FEW_UNITS
        fifth = -(-len(apart) // PART)
        found.append(
            AreaRanks(
                subject.tree.codes[node],
                len(apart),
                PLACES,
                float((apart >= PLACES).mean()) if len(apart) else float("nan"),
                fifth if few else 0,
                float((apart >= fifth).mean()) if few else float("nan"),
            )
        )
    return tuple(found)
