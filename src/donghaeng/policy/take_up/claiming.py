"""Who of those entitled claims: the probability, and the claim itself under common random numbers.

신청주의, that a benefit is paid only on application, is the cost of claiming. Where a benefit is determined
without application the cost is nothing and nobody needs to know: everybody entitled receives.

Source: Pudney, Hancock and Sutherland (2006), "Simulating the reform of means-tested benefits with
endogenous take-up and claim costs", Oxford Bulletin of Economics and Statistics 68(2), 135–166: take-up is
a probit in the amount, its draws are kept between baseline and reform, and the cost is an amount of money.
"""

from __future__ import annotations

import numpy
from numpy.typing import NDArray
from scipy import special

from donghaeng.rules.faults import BadInput

from .keyed_draws import FloatArray, WholeArray, uniform_pairs
from .settings import Claiming, Everyone, Model, Recorded, Share

FlagArray = NDArray[numpy.bool_]


def probability(
    claiming: Claiming, amounts: FloatArray, received: FloatArray | None = None
) -> FloatArray:
    """The probability of a claim, shape (n,): 0 where nothing is due.

    Args:
        claiming: how the benefit is claimed.
        amounts: shape (n,), what each row (household or person) is entitled to, won per period.
        received: shape (n,), what the survey recorded; only ``recorded`` reads it.

    Raises:
        BadInput: where an amount is missing, negative or no number, naming the first row.

    >>> from donghaeng.policy.take_up import model
    >>> probability(model(information=0.8, cost=50_000, spread=1.0), numpy.array([0, 50_000]))
    array([0. , 0.4])
    """
    amounts = checked_amounts(amounts)
    entitled = amounts > 0
    if claiming.without_application or isinstance(claiming, Everyone):
        return entitled.astype(numpy.float64)
    if isinstance(claiming, Recorded):
        return (entitled & (_recorded(claiming, amounts, received) > 0)).astype(numpy.float64)
    if isinstance(claiming, Share):
        return numpy.where(entitled, claiming.share.value, 0.0)
    if claiming.cost.value == 0:
        return numpy.where(entitled, claiming.information.value, 0.0)
    excess = log_of(amounts) - numpy.log(claiming.cost.value)
    chance: FloatArray = claiming.information.value * special.ndtr(excess / claiming.spread.value)
    return chance


def claims(
    claiming: Claiming,
    amounts: FloatArray,
    household_id: WholeArray,
    *,
    seed: int,
    benefit: str,
    person: WholeArray | None = None,
    received: FloatArray | None = None,
) -> FlagArray:
    """Who claims, shape (n,). Only rows with an amount above 0 do.

    A row's two draws hang on ``seed``, household, person and benefit alone. A lower cost, a larger amount
    or more information therefore only ever adds claimants, and the same household decides alike in the
    baseline and in the reform, in any partition and any order.

    Raises:
        BadInput: as ``probability`` does.

    >>> from donghaeng.policy.take_up import model
    >>> amounts, households = numpy.full(4, 60_000), numpy.arange(4)
    >>> claims(model(information=1.0, cost=50_000, spread=1.0), amounts, households, seed=1, benefit="aid")
    array([False, False,  True, False])
    >>> claims(model(information=1.0, cost=0, spread=1.0), amounts, households, seed=1, benefit="aid")
    array([ True,  True,  True,  True])
    """
    amounts = checked_amounts(amounts)
    entitled = amounts > 0
    if claiming.without_application or isinstance(claiming, Everyone):
        return entitled
    if isinstance(claiming, Recorded):
        taken: FlagArray = entitled & (_recorded(claiming, amounts, received) > 0)
        return taken
    known, cost = _draws(claiming, benefit, household_id, seed, person)
    _same_rows(amounts, known)
    if isinstance(claiming, Share):
        return entitled & (known < claiming.share.value)
    informed = entitled & (known < claiming.information.value)
    if claiming.cost.value == 0:
        return informed
    limit = numpy.log(claiming.cost.value) + claiming.spread.value * cost
    worthwhile: FlagArray = informed & (log_of(amounts) > limit)
    return worthwhile


def critical_draws(
    claiming: Model,
    amounts: FloatArray,
    household_id: WholeArray,
    *,
    seed: int,
    benefit: str,
    person: WholeArray | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Where each row changes its mind, both of shape (n,).

    The least information with which it knows of the benefit, and the logarithm of the highest median cost
    at which it claims (−∞ where nothing is due).
    """
    known, cost = _draws(claiming, benefit, household_id, seed, person)
    return known, log_of(checked_amounts(amounts)) - claiming.spread.value * cost


def checked_amounts(amounts: FloatArray, what: str = "amount") -> FloatArray:
    """``amounts`` as floats, each a number from 0 up."""
    given = numpy.asarray(amounts, dtype=numpy.float64)
    if given.ndim != 1:
        raise BadInput(f"an array of shape {given.shape}", field=what, remedy="one number a row")
    wrong = numpy.flatnonzero(~((given >= 0) & numpy.isfinite(given)))
    if len(wrong):
        value = given[wrong[0]]
        raise BadInput(
            f"{len(wrong)} of {len(given)} rows have none, the first is row {wrong[0]}"
            if numpy.isnan(value)
            else f"row {wrong[0]} is {value}",
            field=what,
            remedy="rows that are not determined are counted apart, before claiming",
        )
    return given


def log_of(amounts: FloatArray) -> FloatArray:
    """The natural logarithm; −∞ of nothing."""
    with numpy.errstate(divide="ignore"):
        return numpy.log(amounts)


def _draws(
    claiming: Model | Share,
    benefit: str,
    household_id: WholeArray,
    seed: int,
    person: WholeArray | None,
) -> tuple[FloatArray, FloatArray]:
    """A uniform number for knowing, and a standard normal one for the cost."""
    purpose = f"take-up {claiming.application or benefit}"
    known, cost = uniform_pairs(household_id, seed=seed, purpose=purpose, person=person)
    return known, special.ndtri(cost)


def _recorded(claiming: Recorded, amounts: FloatArray, received: FloatArray | None) -> FloatArray:
    if received is None:
        raise BadInput(
            "is not recorded here", field=claiming.column, remedy="another way of take-up"
        )
    recorded = checked_amounts(received, claiming.column)
    _same_rows(amounts, recorded)
    return recorded


def _same_rows(amounts: FloatArray, others: FloatArray) -> None:
    if len(amounts) != len(others):
        raise BadInput(f"{len(amounts)} amounts for {len(others)} rows", remedy="one of each a row")
