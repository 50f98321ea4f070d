"""The first rung: hours of those who work, by elasticities.

Hours of a person at work are multiplied by

    exp(substitution x [ln max(k1, f) - ln max(k0, f)] + income x (y1 - y0) / max(y0, m)),

each change counting as at most the stated largest one, either way. k is what is kept of one more won
(1 - effective marginal tax rate) and y disposable income, before (0) and under the reform (1), both at
unchanged earnings; f is the stated floor of k and m that of income. For small changes these are the usual
elasticities: the compensated one of hours to the net wage, and that of hours to income. Withdrawal at 100 %
or more leaves nothing of one more won and has no logarithm; the floor stands in its place, and the rows that
it touches are counted. Wages stay, so that earnings change as hours do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from .arrays import FlagArray, FloatArray
from .settings import Bounds, Elasticities
from .workers import Workers


@dataclass(frozen=True)
class HoursResponse:
    """By what hours at work are multiplied, (n,), and the rows that a bound touched, each (n,)."""

    factor: FloatArray
    at_net_of_tax_floor: FlagArray
    at_income_floor: FlagArray
    at_largest_change: FlagArray
    at_most_hours: FlagArray
    not_known: FlagArray


def hours_response(workers: Workers, elasticities: Elasticities, bounds: Bounds) -> HoursResponse:
    """The factor of hours; 1 for those who do not work and for rows of which a figure is not known."""
    substitution = workers.values_of(elasticities.substitution, "elasticities.substitution")
    income = workers.values_of(elasticities.income, "elasticities.income")
    kept = log_change(workers.net_of_tax_baseline, workers.net_of_tax_reform, bounds)
    richer = relative_change_of_income(workers, bounds)
    exponent = term(substitution, kept, bounds) + term(income, richer, bounds)
    not_known = workers.works & numpy.isnan(exponent)
    answers = workers.works & ~not_known
    wanted = numpy.exp(numpy.clip(numpy.where(answers, exponent, 0.0), -700, 700))
    most = most_factor(workers.hours, bounds)
    floor = bounds.net_of_tax_floor
    return HoursResponse(
        factor=numpy.minimum(wanted, most),
        at_net_of_tax_floor=answers
        & (substitution != 0)
        & ((workers.net_of_tax_baseline < floor) | (workers.net_of_tax_reform < floor)),
        at_income_floor=answers & (income != 0) & (workers.income_baseline < bounds.income_floor),
        at_largest_change=answers
        & (passes(substitution, kept, bounds) | passes(income, richer, bounds)),
        at_most_hours=wanted > most,
        not_known=not_known,
    )


def log_change(before: FloatArray, after: FloatArray, bounds: Bounds) -> FloatArray:
    """Change of the logarithm of what is kept, floored.

    >>> from donghaeng.policy.labour.settings import read_shipped
    >>> bounds = read_shipped("elasticities").bounds
    >>> log_change(numpy.array([0.5, 0.0]), numpy.array([0.5, -3.0]), bounds).tolist()
    [0.0, 0.0]
    """
    floor = bounds.net_of_tax_floor
    change: FloatArray = numpy.log(numpy.maximum(after, floor) / numpy.maximum(before, floor))
    return change


def relative_change_of_income(workers: Workers, bounds: Bounds) -> FloatArray:
    """(y1 - y0) / y0 at unchanged earnings, of a y0 that is not below the stated floor."""
    base = numpy.maximum(workers.income_baseline, bounds.income_floor)
    return (workers.income_reform - workers.income_baseline) / base


def term(elasticity: FloatArray, change: FloatArray, bounds: Bounds) -> FloatArray:
    """Elasticity times change, bounded; an elasticity of 0 needs no change to be known."""
    bounded = numpy.clip(change, -bounds.largest_change, bounds.largest_change)
    return numpy.where(elasticity == 0, 0.0, elasticity * bounded)


def passes(elasticity: FloatArray, change: FloatArray, bounds: Bounds) -> FlagArray:
    """Rows whose change is larger than the largest that counts, and matters."""
    larger: FlagArray = (elasticity != 0) & (numpy.abs(change) > bounds.largest_change)
    return larger


def most_factor(hours: FloatArray, bounds: Bounds) -> FloatArray:
    """By what hours may be multiplied: nobody is brought below their present hours by the bound."""
    by_week = bounds.maximum_hours / numpy.where(hours > 0, hours, numpy.nan)
    most: FloatArray = numpy.maximum(numpy.fmin(by_week, bounds.largest_factor), 1.0)
    return most
