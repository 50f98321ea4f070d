"""Which indicators make a score, and which make a change of it: parts that add up to the whole.

For a tree of generalised means (arithmetic, geometric, harmonic …) each part is exact in closed form. A mean S of
power p has f(S) = Σ wᵢ f(xᵢ), f(x) = xᵖ (ln x for p = 0). So the change of S is the sum of

    wᵢ · [f(x¹ᵢ) − f(x⁰ᵢ)] · (S¹ − S⁰) / [f(S¹) − f(S⁰)],

which for p = 1 is wᵢ·Δxᵢ, and for p = 0 the logarithmic-mean Divisia decomposition (B. W. Ang, "Decomposition
analysis for policymaking in energy", Energy Policy 32, 2004), without a residual. Through a tree the factors
multiply. Other rules of aggregation are decomposed in ``shapley``.

**An indicator that is missing at one of the two times** is counted against the others: it leaves from its value
to the mean of those that stay, and enters from the mean of those that stayed. So what leaves adds the
score without it less the score with it, and the three steps — leaving, changing, entering — again add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.rules.faults import BadInput

# Up to this relative step a difference of powers is computed from the step, not from the powers.
NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Mean:
    """A node of an index: the generalised mean of columns (their numbers) and of further means.

    ``power`` 1 is arithmetic, 0 geometric, −1 harmonic. Weights need not sum to one; those of known
    children do after dividing. Below ``least_share`` of known children the mean is missing.
    """

    children: tuple[Mean | int, ...]
    weights: tuple[float, ...]
    power: float = 1.0
    least_share: float = 0.0

    def __post_init__(self) -> None:
        if len(self.weights) != len(self.children):
            raise BadInput(f"{len(self.weights)} weights for {len(self.children)} children")
        if min(self.weights, default=0.0) < 0 or not sum(self.weights) > 0:
            raise BadInput("weights are negative or sum to zero", remedy="weights above zero")

    def columns(self) -> Iterator[int]:
        """The numbers of all columns below this node."""
        for child in self.children:
            if isinstance(child, Mean):
                yield from child.columns()
            else:
                yield child


@dataclass(frozen=True, slots=True)
class Contributions:
    """The parts of a change; ``before`` and ``after`` are (...), the others (..., columns).

    The parts sum to ``after − before`` up to rounding. All are NaN where either score is missing. A column
    that counted at neither time, or is not in the index, has 0. ``standard_error`` is not ``None``
    where the parts were sampled: it is that of the split, never of the sum.
    """

    before: FloatArray
    after: FloatArray
    parts: FloatArray
    counted_before: FlagArray
    counted_after: FlagArray
    standard_error: FloatArray | None = None

    @property
    def change(self) -> FloatArray:
        """What the parts add up to."""
        return self.after - self.before

    @property
    def enters(self) -> FlagArray:
        """Columns that count after but did not before."""
        return self.counted_after & ~self.counted_before

    @property
    def leaves(self) -> FlagArray:
        """Columns that counted before but do not after."""
        return self.counted_before & ~self.counted_after


def tree_score(tree: Mean, values: FloatArray) -> FloatArray:
    """The score of ``values``, (..., columns): shape (...). Missing children lend their weight to the others.

    Raises:
        BadInput: for a value that the mean does not allow: zero or less in a geometric or harmonic one.
    """
    return _mean(tree, _children(tree, values))


def change_contributions(tree: Mean, before: FloatArray, after: FloatArray) -> Contributions:
    """What each column adds to the change from ``before`` to ``after``, two times or two units.

    Args:
        tree: the index; its weights and means hold at both.
        before, after: normalised values, (..., columns).

    Raises:
        BadInput: as ``tree_score``.

    >>> two = Mean(children=(0, 1), weights=(1.0, 3.0))
    >>> found = change_contributions(two, numpy.array([10.0, 20.0]), numpy.array([30.0, 24.0]))
    >>> found.parts.tolist(), float(found.change)
    ([5.0, 3.0], 8.0)
    """
    parts = numpy.zeros(numpy.broadcast_shapes(before.shape, after.shape))
    start, end = _follow(tree, before, after, parts)
    unknown = numpy.isnan(start) | numpy.isnan(end)
    return Contributions(
        before=start,
        after=end,
        parts=numpy.where(unknown[..., None], numpy.nan, parts),
        counted_before=_counted(tree, before),
        counted_after=_counted(tree, after),
    )


def score_contributions(tree: Mean, values: FloatArray) -> Contributions:
    """What each column adds to the score itself: the change from nothing (zero) to ``values``.

    Raises:
        BadInput: when a mean is geometric or harmonic: it has no change from zero. Compare with the
            base year, another unit or the median unit by ``change_contributions``.

    >>> score_contributions(Mean((0, 1), (1.0, 3.0)), numpy.array([10.0, 20.0])).parts.tolist()
    [2.5, 15.0]
    """
    if not _starts_at_zero(tree):
        raise BadInput(
            "a geometric or harmonic score is not a sum that starts at zero",
            remedy="decompose its change from a base year or its difference to another unit",
        )
    known = _counted(tree, values)
    return change_contributions(tree, numpy.where(known, 0.0, numpy.nan), values)


def _starts_at_zero(tree: Mean) -> bool:
    return tree.power > 0 and all(
        _starts_at_zero(child) for child in tree.children if isinstance(child, Mean)
    )


def _children(tree: Mean, values: FloatArray) -> FloatArray:
    """The values of the node's children, (..., children)."""
    known = [
        tree_score(child, values) if isinstance(child, Mean) else values[..., child]
        for child in tree.children
    ]
    return numpy.stack(known, axis=-1)


def _shares(tree: Mean, known: FlagArray) -> FloatArray:
    """The weights of the known children, divided by their sum; NaN where the mean is missing."""
    weights = numpy.where(known, numpy.asarray(tree.weights), 0.0)
    total = weights.sum(axis=-1, keepdims=True)
    enough = known.mean(axis=-1, keepdims=True) >= tree.least_share
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(enough & (total > 0), weights / total, numpy.nan)


def _mean(tree: Mean, children: FloatArray, among: FlagArray | None = None) -> FloatArray:
    """The mean of the known children, or of those ``among`` them whatever their share."""
    known = ~numpy.isnan(children) if among is None else among
    shares = _shares(tree, known) if among is None else _shares(_any_share(tree), known)
    _check(children, tree.power)
    filled = numpy.where(known, children, 1.0)
    if tree.power == 0:
        return numpy.asarray(numpy.exp((shares * numpy.log(filled)).sum(axis=-1)))
    if tree.power == 1:
        return numpy.asarray((shares * filled).sum(axis=-1))
    powers = _power(filled, tree.power)
    return numpy.asarray(_power((shares * powers).sum(axis=-1), 1 / tree.power))


def _any_share(tree: Mean) -> Mean:
    return Mean(tree.children, tree.weights, tree.power)


def _follow(
    tree: Mean, before: FloatArray, after: FloatArray, parts: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Add the parts of the node's change to ``parts``; the node's score before and after."""
    first, last = _children(tree, before), _children(tree, after)
    start, end = _mean(tree, first), _mean(tree, last)
    weighty = numpy.asarray(tree.weights) > 0
    here, there = ~numpy.isnan(first) & weighty, ~numpy.isnan(last) & weighty
    stays = here & there
    alone = ~stays.any(axis=-1)  # nothing stays: both sides are counted against the middle
    middle = (start + end) / 2
    left = numpy.where(alone, middle, _mean(tree, first, stays))
    kept = numpy.where(alone, middle, _mean(tree, last, stays))
    steps = (  # the children that move in each step, and the node's score before and after it
        (stays, _shares(_any_share(tree), stays), left, kept),
        (here & ~there, _shares(tree, ~numpy.isnan(first)), start, left),
        (there & ~here, _shares(tree, ~numpy.isnan(last)), kept, end),
    )
    for position, child in enumerate(tree.children):
        moves = [step[0][..., position] for step in steps]
        source = numpy.where(moves[2], kept, first[..., position])
        target = numpy.where(moves[1], left, last[..., position])
        factor = numpy.zeros(source.shape)
        for move, (_, shares, low, high) in zip(moves, steps, strict=True):
            with numpy.errstate(divide="ignore", invalid="ignore"):  # where nothing moves at all
                ratio = _slope(source, target, tree.power) / _slope(low, high, tree.power)
                factor = numpy.where(move, shares[..., position] * ratio, factor)
        if isinstance(child, Mean):
            inner = numpy.zeros(parts.shape)
            _follow(child, *_ends(child, before, after, moves, left, kept), inner)
            columns = list(child.columns())
            parts[..., columns] += _known(factor[..., None] * inner[..., columns])
        else:
            parts[..., child] += _known(factor * (target - source))
    return start, end


def _known(parts: FloatArray) -> FloatArray:
    """Nothing where a child takes no part in the change."""
    return numpy.where(numpy.isnan(parts), 0.0, parts)


def _ends(
    child: Mean,
    before: FloatArray,
    after: FloatArray,
    moves: list[FlagArray],
    left: FloatArray,
    kept: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """The values between which a node below moves: its own, or the mean of its neighbours in every column."""
    _, leaves, enters = (move[..., None] for move in moves)
    standing_in = numpy.where(_counted(child, after), kept[..., None], numpy.nan)
    source = numpy.where(enters, standing_in, before)
    standing_in = numpy.where(_counted(child, before), left[..., None], numpy.nan)
    return source, numpy.where(leaves, standing_in, after)


def _counted(tree: Mean, values: FloatArray) -> FlagArray:
    """Whether each column counts in the score: it is known, and so is every node above it."""
    counted = numpy.zeros(values.shape, bool)
    exists = ~numpy.isnan(tree_score(tree, values))
    for child, weight in zip(tree.children, tree.weights, strict=True):
        if weight > 0 and isinstance(child, Mean):
            counted |= _counted(child, values) & exists[..., None]
        elif weight > 0 and not isinstance(child, Mean):
            counted[..., child] |= ~numpy.isnan(values[..., child]) & exists
    return counted


def _power(values: FloatArray, power: float) -> FloatArray:
    return numpy.asarray(values**power)


def _slope(low: FloatArray, high: FloatArray, power: float) -> FloatArray:
    """[f(high) − f(low)] / (high − low), f(x) = xᵖ or ln x; its limit f′(low) where both are equal."""
    if power == 1:
        return numpy.ones(low.shape)
    step = high - low
    with numpy.errstate(divide="ignore", invalid="ignore"):
        relative = step / low
        if power == 0:
            far = (numpy.log(high) - numpy.log(low)) / step
            near, same = numpy.log1p(relative) / step, 1 / low
        else:
            far = (_power(high, power) - _power(low, power)) / step
            near = _power(low, power) * numpy.expm1(power * numpy.log1p(relative)) / step
            same = power * _power(low, power - 1)
    sloped = numpy.where(numpy.abs(relative) < NEAR, near, far)
    return numpy.where(step == 0, same, sloped)


def _check(children: FloatArray, power: float) -> None:
    """Refuse what a mean of this power does not allow."""
    if power == 1:
        return
    allowed = numpy.isnan(children) | (children > 0 if power <= 0 else children >= 0)
    if not allowed.all():
        name = {0.0: "geometric", -1.0: "harmonic"}.get(power, "generalised")
        raise BadInput(
            f"a {name} mean of {float(children[~allowed].min()):g}",
            remedy="normalise to values above zero, or take an arithmetic mean",
        )
