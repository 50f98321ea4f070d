"""Which choice matters where choices depend on each other: Shapley effects with intervals.

The cost of a set of choices is the variance that remains on average when all others are settled,
c(J) = E[Var(Y | choices not in J)]. The effect of a choice is what it adds to the cost, averaged over
every order in which choices can be added (Owen 2014; Song, Nelson and Staum 2016). Effects are never
negative and sum to the variance, also where Sobol indices do neither because choices depend on each
other; with independent choices they lie between the first and the total index.

Up to eight choices the cost of every set is estimated once and all orders are averaged exactly; beyond
that orders are drawn at random. Both are unbiased but for the division by the variance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import factorial

import numpy as np
from scipy import special

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput

from .dependence import Dependence
from .intervals import Bounded
from .outputs import Evaluate, outputs_at, require_everywhere
from .samples import generator
from .sobol_sums import ROUNDING
from .threads import in_order

MOST_EXACT = 8
# Draws within a condition; three are best where there is one condition (Song et al. 2016, section 4).
INNER = 3
# Orders that are drawn and evaluated at once.
ORDERS = 256
# Keeps the numbers that estimate the variance apart from those that estimate costs.
WHOLE_VARIANCE = 2


@dataclass(frozen=True)
class Budget:
    """How many draws: for the variance, and conditions of each set of choices (or orders drawn)."""

    variance_draws: int = 10_000
    conditions: int = 1_000
    orders: int = 2_000

    def __post_init__(self) -> None:
        if min(self.variance_draws, self.conditions, self.orders) < 2:
            raise BadInput("fewer than two draws", remedy="two or more of each kind")


@dataclass(frozen=True)
class ShapleyEffects:
    """Each choice's share of the variance, with intervals: (choices, outputs); NaN without variance.

    ``variance`` has shape (outputs,); ``every_order`` says whether all orders were averaged.
    """

    share: Bounded
    variance: FloatArray
    evaluations: int
    every_order: bool


@dataclass(frozen=True)
class Problem:
    """What is evaluated: the function, how its columns are spread, the columns of each choice, the seed."""

    evaluate: Evaluate
    dependence: Dependence
    groups: tuple[tuple[int, ...], ...]
    seed: int

    def __post_init__(self) -> None:
        columns = sorted(column for group in self.groups for column in group)
        if columns != list(range(self.dependence.columns)) or not all(self.groups):
            raise BadInput(
                f"groups {self.groups} of {self.dependence.columns} columns",
                remedy="each column from 0 on in one group",
            )

    def settled(self, choices: Iterable[int]) -> list[int]:
        """The columns that are settled while only ``choices`` vary."""
        vary = set(choices)
        return [c for place, group in enumerate(self.groups) if place not in vary for c in group]


def shapley_effects(
    evaluate: Evaluate,
    dependence: Dependence,
    groups: tuple[tuple[int, ...], ...],
    *,
    seed: int,
    budget: Budget | None = None,
    level: float = 0.95,
    threads: int = 1,
) -> ShapleyEffects:
    """Shapley effects of each choice (group of columns) on each output of ``evaluate``.

    With d choices, up to eight: variance_draws + (2^d - 2) · conditions · 3 evaluations; beyond:
    variance_draws + orders · (d - 1) · 3. Intervals are normal ones, from independent draws.

    Raises:
        BadInput: where an output is infinite, or has no value in some of the draws but not in all.

    >>> from .dependence import Independent
    >>> linear = lambda points: 3 * points[:, 0] + 4 * points[:, 1]
    >>> found = shapley_effects(linear, Independent(2), ((0,), (1,)), seed=1)
    >>> [round(float(share), 1) for share in found.share.estimate[:, 0]]  # 9/25 and 16/25
    [0.4, 0.6]
    """
    problem, budget = Problem(evaluate, dependence, groups, seed), budget or Budget()
    if not 0 < level < 1:
        raise BadInput(f"an interval of level {level}", remedy="between 0 and 1")
    reach = float(special.ndtri((1 + level) / 2))
    if len(groups) <= MOST_EXACT:
        return by_every_order(problem, budget, reach, threads)
    return by_random_orders(problem, budget, reach, threads)


def whole_variance(problem: Problem, draws: int) -> tuple[FloatArray, FloatArray]:
    """The variance of each output, and the variance of that estimate: both (outputs,)."""
    uniform = generator(problem.seed, 0, WHOLE_VARIANCE).random((draws, problem.dependence.columns))
    outputs = outputs_at(problem.evaluate, problem.dependence.draw(uniform))
    apart = outputs - outputs[0]
    squared = (apart - apart.mean(axis=0)) ** 2
    variance = squared.sum(axis=0) / (draws - 1)
    # What is left of a constant by rounding is no variance.
    varies = variance > ROUNDING * np.abs(outputs).max(axis=0) ** 2
    return np.where(varies, variance, np.nan), squared.var(axis=0, ddof=1) / draws


def conditional_points(
    problem: Problem, choices: Sequence[int], conditions: int, numbers: np.random.Generator
) -> FloatArray:
    """Points in which only ``choices`` vary within a condition: (conditions · INNER, columns)."""
    columns = problem.dependence.columns
    outer = problem.dependence.draw(numbers.random((conditions, columns)))
    within = numbers.random((conditions * INNER, columns))
    settled = problem.settled(choices)
    return problem.dependence.draw_given(settled, np.repeat(outer, INNER, axis=0), within)


def within_conditions(outputs: FloatArray) -> FloatArray:
    """The variance within each condition: (conditions, outputs)."""
    variance: FloatArray = outputs.reshape(-1, INNER, outputs.shape[-1]).var(axis=1, ddof=1)
    return variance


def by_every_order(problem: Problem, budget: Budget, reach: float, threads: int) -> ShapleyEffects:
    """Every set's cost once, weighted by how many orders pass through it."""
    choices = len(problem.groups)
    everything = 2**choices - 1  # a set is a number whose bits are its choices
    variance, doubt = whole_variance(problem, budget.variance_draws)
    costs = np.zeros((everything + 1, len(variance)))
    doubts = np.zeros_like(costs)
    costs[everything], doubts[everything] = variance, doubt
    work = partial(cost_of, problem, budget.conditions)
    for subset, (cost, error) in enumerate(in_order(work, range(1, everything), threads), 1):
        costs[subset], doubts[subset] = cost, error
    require_everywhere(np.isnan(costs[1:everything]) & ~np.isnan(variance))
    weights = order_weights(choices)
    share = (weights @ costs) / variance
    # The variance is the cost of everything and divides all: its error acts through both.
    slope = np.repeat(weights[..., None], len(variance), axis=2)
    slope[:, everything] -= share
    error = np.sqrt((slope**2 * doubts).sum(axis=1)) / variance
    rows = budget.variance_draws + (everything - 1) * budget.conditions * INNER
    bounds = Bounded(share, share - reach * error, share + reach * error)
    return ShapleyEffects(bounds, variance, rows, every_order=True)


def cost_of(problem: Problem, conditions: int, subset: int) -> tuple[FloatArray, FloatArray]:
    """The cost of one set of choices, and the variance of that estimate: both (outputs,)."""
    choices = [choice for choice in range(len(problem.groups)) if subset >> choice & 1]
    numbers = generator(problem.seed, subset)
    points = conditional_points(problem, choices, conditions, numbers)
    within = within_conditions(outputs_at(problem.evaluate, points))
    return within.mean(axis=0), within.var(axis=0, ddof=1) / conditions


def order_weights(choices: int) -> FloatArray:
    """What each set's cost counts for each choice, averaged over every order: (choices, sets)."""
    weights = np.zeros((choices, 2**choices))
    for subset in range(2**choices):
        size = subset.bit_count()
        for choice in range(choices):
            if subset >> choice & 1:  # the choice came last into this set
                orders = factorial(size - 1) * factorial(choices - size)
                weights[choice, subset] = orders / factorial(choices)
            else:  # the choice comes next
                orders = factorial(size) * factorial(choices - size - 1)
                weights[choice, subset] = -orders / factorial(choices)
    return weights


def by_random_orders(
    problem: Problem, budget: Budget, reach: float, threads: int
) -> ShapleyEffects:
    """Orders drawn at random, each set on the way estimated from one condition."""
    choices = len(problem.groups)
    variance, doubt = whole_variance(problem, budget.variance_draws)
    blocks = -(-budget.orders // ORDERS)
    orders = blocks * ORDERS
    total, squares = np.zeros((choices, len(variance))), np.zeros((choices, len(variance)))
    added_total = np.zeros_like(total)
    for added, last in in_order(partial(costs_added, problem), range(blocks), threads):
        require_everywhere(np.isnan(added) & ~np.isnan(variance))
        # Who comes last takes all that is left of the variance.
        share = added / variance + last[..., None]
        total += share.sum(axis=0)
        squares += (share**2).sum(axis=0)
        added_total += added.sum(axis=0)
    share = total / orders
    among_orders = (squares / orders - share**2) / (orders - 1)
    from_variance = (added_total / orders / variance**2) ** 2 * doubt
    error = np.sqrt(among_orders + from_variance)
    rows = budget.variance_draws + orders * (choices - 1) * INNER
    bounds = Bounded(share, share - reach * error, share + reach * error)
    return ShapleyEffects(bounds, variance, rows, every_order=False)


def costs_added(problem: Problem, block: int) -> tuple[FloatArray, FloatArray]:
    """What each choice adds to the cost in each order of a block, and which choice came last.

    Shapes (orders, choices, outputs) and (orders, choices); the variance of everything is left out.
    """
    choices = len(problem.groups)
    numbers = generator(problem.seed, block)
    orders = numbers.permuted(np.tile(np.arange(choices), (ORDERS, 1)), axis=1)
    steps: dict[frozenset[int], list[int]] = {}
    for place, order in enumerate(orders.tolist()):
        for size in range(1, choices):
            step = place * (choices - 1) + size - 1
            steps.setdefault(frozenset(order[:size]), []).append(step)
    points = [
        conditional_points(problem, sorted(subset), len(at), numbers)
        for subset, at in steps.items()
    ]
    within = within_conditions(outputs_at(problem.evaluate, np.concatenate(points)))
    costs = np.zeros(
        (ORDERS, choices + 1, within.shape[-1])
    )  # of nothing, of each set, of everything
    at = np.concatenate([np.array(places) for places in steps.values()])
    costs[at // (choices - 1), at % (choices - 1) + 1] = within
    added = np.zeros((ORDERS, choices, within.shape[-1]))
    np.put_along_axis(added, orders[..., None], np.diff(costs, axis=1), axis=1)
    return added, (np.arange(choices) == orders[:, -1:]).astype(np.float64)
