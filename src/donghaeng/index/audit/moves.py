"""How far another way of building the index moves it: places of units, or the change of one unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.results.ranks import rank

from .subject import Subject


@dataclass(frozen=True)
class Moved:
    """What another score of every row moves, against the build.

    Of several units, in the period of the audit: the mean and the largest number of places, whose that is,
    and the mean size of the difference of scores. ``compared`` units have a rank both times. Of one unit:
    the index in each period (``index``) and its changes (``changes``), in the order of the pairs of periods.
    """

    compared: int
    mean_places: float
    most_places: float
    who: str
    mean_score: float
    index: tuple[float, ...] = ()
    changes: tuple[float, ...] = ()


def moved(subject: Subject, scores: FloatArray) -> Moved:
    """What ``scores``, (rows,) or (draws, rows), move; over draws the mean, and the largest of any."""
    scores = numpy.atleast_2d(scores)
    before = subject.top_scores
    apart = numpy.abs(scores - before)[:, subject.rows]
    known = ~numpy.isnan(apart)
    mean_score = float(apart[known].mean()) if known.any() else float("nan")
    if subject.one_unit:
        middle = numpy.median(scores, axis=0)
        changes = tuple(float(middle[b] - middle[a]) for a, b in subject.pairs_of_periods)
        index = tuple(float(each) for each in middle)
        return Moved(1, float("nan"), float("nan"), "", mean_score, index, changes)
    nominal = rank(before[subject.rows][:, None])[:, 0]
    places = numpy.abs(rank(scores[:, subject.rows, None])[..., 0] - nominal)
    compared = ~numpy.isnan(places)
    if not compared.any():
        return Moved(0, float("nan"), float("nan"), "", mean_score)
    most = float(places[compared].max())
    unit = int(numpy.argwhere(compared & (places == most))[0][1])
    return Moved(
        int(compared.sum(axis=1).min()),
        float(places[compared].mean()),
        most,
        subject.panel.units[unit] if most else "",
        mean_score,
    )
