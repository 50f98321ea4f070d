"""The second rung: whether people work, by the participation tax rate.

The share P of a cell that is at work has the elasticity e to what is kept of earnings from working,
1 - participation tax rate (Saez 2002, QJE 117(3), equation of the extensive margin; Immervoll, Kleven,
Kreiner and Saez 2007, Economic Journal 117(516)). With a constant elasticity, and one to income i,

    P1 = P0 x [max(1 - t1, f) / max(1 - t0, f)]^e x exp(i x (y1 - y0) / max(y0, m)),   cut to 0 .. 1,

each change, of the logarithm and of income, counting as at most the stated largest one, either way.

P0 is the weighted share at work of the row's cell, as the labels of the settings cut it. For the person,
observed at work or not, it is turned into a probability with the fewest moves that give P1: where P1 < P0
those at work stay with P1 / P0 and nobody enters; where P1 > P0 nobody leaves and the others enter with
(P1 - P0) / (1 - P0). Over a cell, both give P1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from .arrays import FlagArray, FloatArray, WholeArray
from .intensive import log_change, passes, relative_change_of_income, term
from .settings import Bounds, Participation
from .workers import Workers


@dataclass(frozen=True)
class WorkResponse:
    """Probability of working under the reform, (n,), and the rows that a bound touched, each (n,)."""

    work_after: FloatArray
    at_net_of_tax_floor: FlagArray
    at_income_floor: FlagArray
    at_largest_change: FlagArray
    at_probability_bound: FlagArray
    not_known: FlagArray


def work_response(workers: Workers, settings: Participation, bounds: Bounds) -> WorkResponse:
    """Whether people work under the reform; rows of which a figure is not known stay as they are."""
    elasticity = workers.values_of(settings.participation, "participation.participation")
    income = workers.values_of(settings.income, "participation.income")
    before = 1 - workers.participation_tax_baseline
    after = 1 - workers.participation_tax_reform
    kept = log_change(before, after, bounds)
    richer = relative_change_of_income(workers, bounds)
    exponent = term(elasticity, kept, bounds) + term(income, richer, bounds)
    # Who enters needs earnings to enter with.
    not_known = numpy.isnan(exponent) | (~workers.works & (exponent > 0) & ~(workers.earnings > 0))
    factor = numpy.exp(numpy.clip(numpy.where(not_known, 0.0, exponent), -700, 700))
    share = share_at_work(workers, workers.cells(settings.cells))
    floor = bounds.net_of_tax_floor
    return WorkResponse(
        work_after=moved(workers.works, share, share * factor),
        at_net_of_tax_floor=~not_known & (elasticity != 0) & ((before < floor) | (after < floor)),
        at_income_floor=~not_known
        & (income != 0)
        & (workers.income_baseline < bounds.income_floor),
        at_largest_change=~not_known
        & (passes(elasticity, kept, bounds) | passes(income, richer, bounds)),
        at_probability_bound=share * factor > numpy.maximum(share, 1),
        not_known=not_known,
    )


def share_at_work(workers: Workers, cells: WholeArray) -> FloatArray:
    """The weighted share at work of every row's cell, (n,)."""
    people = numpy.bincount(cells, workers.weight)
    at_work = numpy.bincount(cells, workers.weight * workers.works)
    # A cell in which nobody is has no share, and no row asks for it.
    shares = numpy.divide(at_work, people, out=numpy.zeros(people.size), where=people > 0)
    return shares[cells]


def moved(works: FlagArray, share: FloatArray, target: FloatArray) -> FloatArray:
    """Probability of working for each observed row so that a cell's ``share`` becomes ``target``.

    >>> moved(numpy.array([True, False]), numpy.array([0.5, 0.5]), numpy.array([0.4, 0.4])).tolist()
    [0.8, 0.0]
    >>> moved(numpy.array([True, False]), numpy.array([0.5, 0.5]), numpy.array([0.75, 0.75])).tolist()
    [1.0, 0.5]
    """
    with numpy.errstate(divide="ignore", invalid="ignore"):
        stay = numpy.where(works, target / share, 0.0)
        enter = numpy.where(works, 0.0, (target - share) / (1 - share))
    return numpy.clip(numpy.where(works, stay, enter), 0.0, 1.0)
