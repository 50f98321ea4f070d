"""A parameter of take-up chosen so that the number of claimants is a stated one.

The caseload falls as the cost rises and rises with information, so there is at most one parameter that
gives a stated expected caseload. A realised caseload moves in steps of one household; the parameter is then
the middle of an interval in which it does not move, and what is still missing is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy
from scipy import optimize, special

from donghaeng.evidence.standing import Standing
from donghaeng.rules.faults import BadInput

from .claiming import checked_amounts, claims, critical_draws, probability
from .keyed_draws import FloatArray, WholeArray
from .settings import Model, SourcedCost, SourcedShare

Parameter = Literal["cost", "information"]
TOLERANCE = 1e-9  # of the caseload; sums of weights are no more exact than that
FAR = 40.0  # standard deviations beyond which the normal distribution is 0 or 1 in float64


@dataclass(frozen=True)
class Draws:
    """What the draws of a realised caseload hang on, as ``claims`` takes it."""

    household_id: WholeArray
    seed: int
    benefit: str
    person: WholeArray | None = None


@dataclass(frozen=True)
class Calibrated:
    """The model that meets the caseload.

    ``between`` are the values of the parameter that give the same caseload: one value where the caseload is
    an expected one. ``reachable`` are the least and greatest caseloads that the parameter can give.
    """

    model: Model
    parameter: Parameter
    value: float
    between: tuple[float, float]
    asked: float
    met: float
    reachable: tuple[float, float]

    @property
    def missing(self) -> float:
        """Asked less met."""
        return self.asked - self.met


def calibrate(
    model: Model,
    amounts: FloatArray,
    weights: FloatArray,
    caseload: float,
    *,
    parameter: Parameter,
    source: str,
    realised: Draws | None = None,
) -> Calibrated:
    """``model`` with the cost, or the information, at which ``caseload`` rows (weighted) claim.

    Args:
        model: what is not calibrated stays as it stands there.
        amounts: shape (n,), won per period of the model; 0 where not entitled.
        weights: shape (n,), above 0.
        caseload: weighted number of claimants, above 0.
        parameter: which one is found.
        source: where the caseload comes from; it is noted beside the parameter.
        realised: the draws, where the claims themselves are to add up rather than their expectation.

    Raises:
        BadInput: for a caseload that the parameter cannot give, with what it can; or a model without
            application, where everybody receives whatever the parameter.

    By hand: two households of weight 100, amounts e² and e⁴, spread 1, everybody informed. At a cost of e³
    they claim with Φ(−1) and Φ(1), together 100.

    >>> from donghaeng.policy.take_up import model
    >>> start = model(information=1.0, cost=1.0, spread=1.0)
    >>> amounts, weights = numpy.exp([2.0, 4.0]), numpy.array([100.0, 100.0])
    >>> found = calibrate(start, amounts, weights, 100, parameter="cost", source="a sum by hand")
    >>> round(math.log(found.value), 9)
    3.0
    """
    amounts, weights = checked_amounts(amounts), checked_weights(weights, len(amounts))
    if model.without_application:
        raise BadInput(
            "without application everybody entitled receives, so nothing can be calibrated",
            remedy="without_application: false",
        )
    if realised is None:
        value, between, reachable = _expected(model, amounts, weights, caseload, parameter)
    else:
        value, between, reachable = _realised(
            model, amounts, weights, caseload, parameter, realised
        )
    found = _with(model, parameter, value, f"met a caseload of {caseload:,.0f}: {source}")
    met = (
        float(weights @ probability(found, amounts))
        if realised is None
        else _caseload_at(found, amounts, weights, realised)
    )
    return Calibrated(found, parameter, value, between, float(caseload), met, reachable)


def _expected(
    model: Model, amounts: FloatArray, weights: FloatArray, caseload: float, parameter: Parameter
) -> tuple[float, tuple[float, float], tuple[float, float]]:
    entitled = amounts > 0
    everyone = float(weights[entitled].sum())
    if parameter == "information":
        informed = float(weights @ probability(_with(model, parameter, 1.0, ""), amounts))
        reachable = (0.0, informed)
        _require_within(caseload, reachable, everyone, parameter)
        value = min(caseload / informed, 1.0)
        return value, (value, value), reachable
    reachable = (0.0, model.information.value * everyone)
    _require_within(caseload, reachable, everyone, parameter)
    if math.isclose(caseload, reachable[1], rel_tol=TOLERANCE):
        return 0.0, (0.0, 0.0), reachable
    logs, own = numpy.log(amounts[entitled]), weights[entitled]
    spread = model.spread.value

    def excess(log_cost: float) -> float:
        chance = special.ndtr((logs - log_cost) / spread)
        return float(own @ chance) * model.information.value - caseload

    low, high = float(logs.min()) - FAR * spread, float(logs.max()) + FAR * spread
    value = math.exp(optimize.brentq(excess, low, high, xtol=1e-13, rtol=1e-14))
    return value, (value, value), reachable


def _realised(
    model: Model,
    amounts: FloatArray,
    weights: FloatArray,
    caseload: float,
    parameter: Parameter,
    draws: Draws,
) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """Rows in the order in which the parameter wins them; the cut nearest to the caseload."""
    known, worthwhile = critical_draws(
        model,
        amounts,
        draws.household_id,
        seed=draws.seed,
        benefit=draws.benefit,
        person=draws.person,
    )
    entitled = amounts > 0
    everyone = float(weights[entitled].sum())
    by_cost = parameter == "cost"
    if by_cost:
        possible, order_by = entitled & (known < model.information.value), -worthwhile
    else:
        free = model.cost.value == 0
        possible = entitled if free else entitled & (worthwhile > math.log(model.cost.value))
        order_by = known
    order = numpy.argsort(order_by[possible], kind="stable")
    turning = order_by[possible][order]
    won = numpy.cumsum(weights[possible][order])
    reachable = (0.0, float(won[-1]) if len(won) else 0.0)
    _require_within(caseload, reachable, everyone, parameter)
    last = int(numpy.abs(won - caseload).argmin())
    if by_cost:
        inner = math.exp(-turning[last])
        outer = math.exp(-turning[last + 1]) if last + 1 < len(turning) else 0.0
        value = math.sqrt(inner * outer)
        between = (outer, inner)
    else:
        outer = float(turning[last + 1]) if last + 1 < len(turning) else 1.0
        between = (float(turning[last]), outer)
        value = sum(between) / 2
    return value, between, reachable


def _caseload_at(model: Model, amounts: FloatArray, weights: FloatArray, draws: Draws) -> float:
    taken = claims(
        model,
        amounts,
        draws.household_id,
        seed=draws.seed,
        benefit=draws.benefit,
        person=draws.person,
    )
    return float(weights[taken].sum())


def _require_within(
    caseload: float, reachable: tuple[float, float], everyone: float, parameter: Parameter
) -> None:
    if not math.isfinite(caseload) or caseload <= reachable[0]:
        raise BadInput(
            f"a caseload of {caseload:,.0f} is met by no {parameter}",
            field="caseload",
            remedy=f"above {reachable[0]:,.0f}, up to {reachable[1]:,.0f}",
        )
    if caseload > everyone * (1 + TOLERANCE):
        raise BadInput(
            f"a caseload of {caseload:,.0f} is more than the {everyone:,.0f} who are entitled",
            field="caseload",
            remedy=f"the {parameter} gives up to {reachable[1]:,.0f}",
        )
    if caseload > reachable[1] * (1 + TOLERANCE):
        other = "information" if parameter == "cost" else "cost"
        raise BadInput(
            f"a caseload of {caseload:,.0f} is met by no {parameter}: with this {other} it gives "
            f"at most {reachable[1]:,.0f} of the {everyone:,.0f} who are entitled",
            field="caseload",
            remedy=f"up to {reachable[1]:,.0f}, or another {other}",
        )


def _with(model: Model, parameter: Parameter, value: float, source: str) -> Model:
    kept = getattr(model, parameter)
    kind = SourcedCost if parameter == "cost" else SourcedShare
    found = kind(
        value=value,
        source=source or kept.source,
        status=Standing.CALIBRATED if source else kept.status,
    )
    return model.model_copy(update={parameter: found})


def checked_weights(weights: FloatArray, rows: int) -> FloatArray:
    """``weights`` as floats, each a number above 0."""
    given = numpy.asarray(weights, dtype=numpy.float64)
    if given.shape != (rows,):
        raise BadInput(f"{given.size} weights for {rows} rows", field="weight")
    wrong = numpy.flatnonzero(~((given > 0) & numpy.isfinite(given)))
    if len(wrong):
        raise BadInput(
            f"row {wrong[0]} is {given[wrong[0]]}", field="weight", remedy="a number above 0"
        )
    return given
