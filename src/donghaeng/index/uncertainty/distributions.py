"""What an uncertain choice can be: distributions that turn uniform numbers into values.

Every distribution maps as many uniform numbers as it gives values, one draw a row, by inverse
distribution functions. So any sample of the unit cube - independent or a low-discrepancy sequence -
becomes a sample of the choices, and the same point always becomes the same value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from scipy import special

from donghaeng.index.arrays import FloatArray
from donghaeng.rules.faults import BadInput

# A generator may give exactly 0, where an unbounded distribution has no value.
LEAST_UNIFORM = 2.0**-53


class Distribution(ABC):
    """Values of one uncertain choice; ``columns`` is how many uniform numbers one draw of it takes."""

    @property
    def columns(self) -> int:
        return 1

    @abstractmethod
    def values(self, uniform: FloatArray) -> FloatArray:
        """The values at points of the unit cube, both of shape (..., columns)."""


@dataclass(frozen=True)
class Uniform(Distribution):
    """Every value from ``low`` to ``high`` equally likely.

    >>> Uniform(10, 20).values(np.array([[0.25]]))
    array([[12.5]])
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        require_order(self.low, self.high)

    def values(self, uniform: FloatArray) -> FloatArray:
        return self.low + (self.high - self.low) * uniform


@dataclass(frozen=True)
class Triangular(Distribution):
    """Likeliest at ``mode``, falling in a straight line to nothing at ``low`` and ``high``.

    >>> Triangular(0, 1, 4).values(np.array([[0.25]]))
    array([[1.]])
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        require_order(self.low, self.high)
        if not self.low <= self.mode <= self.high or self.low == self.high:
            raise BadInput(
                f"a triangular distribution from {self.low} to {self.high} with its peak"
                f" at {self.mode}",
                remedy="low ≤ mode ≤ high, and low < high",
            )

    def values(self, uniform: FloatArray) -> FloatArray:
        width = self.high - self.low
        rising, falling = self.mode - self.low, self.high - self.mode
        below = self.low + np.sqrt(uniform * width * rising)
        above = self.high - np.sqrt((1 - uniform) * width * falling)
        return np.where(uniform * width < rising, below, above)


@dataclass(frozen=True)
class Normal(Distribution):
    """A measurement ``mean`` with its standard error, cut off at ``low`` and ``high`` where given.

    The cut is by the conditional distribution, not by moving values to the bounds.

    >>> Normal(50, 2).values(np.array([[0.5]]))
    array([[50.]])
    """

    mean: float
    standard_error: float
    low: float = -inf
    high: float = inf

    def __post_init__(self) -> None:
        if not (isfinite(self.mean) and isfinite(self.standard_error) and self.standard_error > 0):
            raise BadInput(
                f"a normal distribution with mean {self.mean} and standard error"
                f" {self.standard_error}",
                remedy="a finite mean and a standard error above 0",
            )
        if not self.low < self.high:
            raise BadInput(f"bounds from {self.low} to {self.high}", remedy="the lower bound first")

    def values(self, uniform: FloatArray) -> FloatArray:
        low = (self.low - self.mean) / self.standard_error
        high = (self.high - self.mean) / self.standard_error
        # In the upper tail 1 - Φ loses its digits: work there on the mirror image.
        if low > 0:
            deviation = -standard_normal_between(1 - uniform, -high, -low)
        else:
            deviation = standard_normal_between(uniform, low, high)
        return np.clip(self.mean + self.standard_error * deviation, self.low, self.high)


def standard_normal_between(uniform: FloatArray, low: float, high: float) -> FloatArray:
    """Quantiles of the standard normal distribution between two bounds, exact in the lower tail."""
    start, end = special.log_ndtr(low), special.log_ndtr(high)
    inside = np.clip(uniform, LEAST_UNIFORM, 1 - LEAST_UNIFORM)
    ratio = np.exp(start - end)  # of the probability below `low` to that below `high`
    probability: FloatArray = end + np.log(ratio + (1 - ratio) * inside)
    deviation: FloatArray = special.ndtri_exp(probability)
    return deviation


@dataclass(frozen=True)
class Discrete(Distribution):
    """One of several alternatives; its value is the alternative's place, from 0.

    The unit interval is cut at the cumulated probabilities. With equal ones the place is
    floor(u x k) over [0, 1] itself, whatever the sample (COINr cuts the range of the sample at hand).

    >>> Discrete.of(4).values(np.array([[0.0], [0.49], [0.5], [0.99]])).ravel()
    array([0., 1., 2., 3.])
    """

    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        share = np.array(self.probabilities, dtype=float)
        if not (share.size and np.all(share >= 0) and abs(share.sum() - 1) < 1e-9):
            raise BadInput(
                f"probabilities {list(self.probabilities)}",
                remedy="one or more, none negative, that sum to 1",
            )

    @classmethod
    def of(cls, alternatives: int) -> Discrete:
        """Alternatives that are all equally likely."""
        if alternatives < 1:
            raise BadInput("a choice among no alternatives", remedy="name at least one")
        return cls((1 / alternatives,) * alternatives)

    def values(self, uniform: FloatArray) -> FloatArray:
        count = len(self.probabilities)
        if len(set(self.probabilities)) == 1:
            place = np.floor(uniform * count)
        else:
            ends = np.cumsum(self.probabilities)
            # An alternative without probability is never drawn, not even by rounding at the end.
            last = np.flatnonzero(self.probabilities)[-1]
            place = np.minimum(np.searchsorted(ends, uniform, side="right"), last)
        return np.minimum(place, count - 1).astype(np.float64)


@dataclass(frozen=True)
class Dirichlet(Distribution):
    """Weights that sum to 1, around given shares; the greater ``concentration``, the closer.

    Each weight is a gamma variable with shape share x concentration divided by the sum of all. The mean
    of a weight is its share s, its variance s(1 - s)/(concentration + 1). Equal shares with a
    concentration of their number make every set of weights equally likely.
    """

    shares: tuple[float, ...]
    concentration: float

    def __post_init__(self) -> None:
        shares = np.array(self.shares, dtype=float)
        if not (shares.size >= 2 and np.all(shares > 0) and np.all(np.isfinite(shares))):
            raise BadInput(f"shares {list(self.shares)}", remedy="two or more, all above 0")
        if not (isfinite(self.concentration) and self.concentration > 0):
            raise BadInput(f"a concentration of {self.concentration}", remedy="a number above 0")

    @property
    def columns(self) -> int:
        return len(self.shares)

    def values(self, uniform: FloatArray) -> FloatArray:
        shape = np.array(self.shares) / np.sum(self.shares) * self.concentration
        inside = np.clip(uniform, LEAST_UNIFORM, 1 - LEAST_UNIFORM)
        gamma = special.gammaincinv(shape, inside)
        # A small shape puts most of its values below the smallest float: there P(a, x) is
        # x^a / Γ(a + 1) to the last digit, so its logarithm can be had all the same.
        tiny = gamma < 1e-280
        logarithm = np.where(
            tiny,
            (np.log(inside) + special.gammaln(shape + 1)) / shape,
            np.log(np.where(tiny, 1.0, gamma)),
        )
        weights: FloatArray = special.softmax(logarithm, axis=-1)
        return weights


@dataclass(frozen=True)
class NoisyWeights(Distribution):
    """Each weight w drawn evenly from w(1 - noise) to w(1 + noise), not made to sum to 1 again.

    >>> NoisyWeights((1.0, 0.5), 0.25).values(np.array([[0.0, 1.0]]))
    array([[0.75 , 0.625]])
    """

    weights: tuple[float, ...]
    noise: float

    def __post_init__(self) -> None:
        weights = np.array(self.weights, dtype=float)
        if not (weights.size and np.all(weights >= 0) and np.isfinite(weights).all()):
            raise BadInput(f"weights {list(self.weights)}", remedy="one or more, none negative")
        if not 0 <= self.noise <= 1:
            raise BadInput(f"noise of {self.noise}", remedy="a share of the weight, from 0 to 1")

    @property
    def columns(self) -> int:
        return len(self.weights)

    def values(self, uniform: FloatArray) -> FloatArray:
        weights = np.array(self.weights)
        return weights + weights * self.noise * (2 * uniform - 1)


@dataclass(frozen=True)
class Choice:
    """One uncertain choice: its name and what it can be."""

    name: str
    distribution: Distribution


@dataclass(frozen=True)
class Choices:
    """The uncertain choices of a study side by side, each with its own columns of uniform numbers.

    >>> study = Choices((Choice("method", Discrete.of(2)), Choice("weights", Dirichlet((1, 1, 1), 3))))
    >>> study.columns, study.groups
    (4, ((0,), (1, 2, 3)))
    """

    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        names = [choice.name for choice in self.choices]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadInput(f"choice {twice[0]!r} stands twice", remedy="one name for each choice")
        if not names:
            raise BadInput("no uncertain choice", remedy="name at least one")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(choice.name for choice in self.choices)

    @property
    def columns(self) -> int:
        """Uniform numbers that one draw of all choices takes."""
        return sum(choice.distribution.columns for choice in self.choices)

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The columns of each choice, in the order of the choices."""
        return grouped([choice.distribution.columns for choice in self.choices])

    def values(self, sample: FloatArray) -> tuple[FloatArray, ...]:
        """The values of each choice at a sample (draws, columns): one array (draws, its columns) each."""
        if sample.shape[-1] != self.columns:
            raise BadInput(
                f"a sample of {sample.shape[-1]} columns", remedy=f"the choices take {self.columns}"
            )
        return tuple(
            choice.distribution.values(sample[..., list(group)])
            for choice, group in zip(self.choices, self.groups, strict=True)
        )


def grouped(widths: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Columns numbered through, in groups of the given widths."""
    ends = np.cumsum(widths)
    return tuple(
        tuple(range(int(end) - width, int(end))) for width, end in zip(widths, ends, strict=True)
    )


def require_order(low: float, high: float) -> None:
    """Refuse bounds that are not finite or stand the wrong way round."""
    if not (isfinite(low) and isfinite(high) and low <= high):
        raise BadInput(f"bounds from {low} to {high}", remedy="two numbers, the lower first")
