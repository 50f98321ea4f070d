"""When there are enough draws.

Three different questions, with three answers:

- *A probability or a rank* from n independent draws. The standard error of a share p is
  sqrt(p(1 - p)/n), at most 0.5/sqrt(n): 1,000 draws give it within 0.031 and 10,000 within 0.0098 (95 %).
  `draws_for_share` says how many a wanted precision takes, before anything is run.
- *A Sobol index*. Its error depends on the function, so it is found by looking: draws are doubled until
  every interval is narrow enough (`Stop`), and the result says whether that was reached. First-order
  indices need far more draws than total ones: 100 draws leave them uninformative.
- *A Shapley effect*. Unbiased at any number of draws; the interval says how far to trust it.

Doubling keeps what was computed: N draws of a scrambled Sobol sequence are the first half of 2N.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from scipy import special

from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class Stop:
    """Double the draws until no interval reaches further than ``tolerance`` to either side.

    ``least_draws`` and ``most_draws`` are rows of the design, powers of two; each is evaluated
    (choices + 2) times.
    """

    tolerance: float = 0.05
    least_draws: int = 1_024
    most_draws: int = 65_536

    def __post_init__(self) -> None:
        for draws in (self.least_draws, self.most_draws):
            if draws < 2 or draws & (draws - 1):
                raise BadInput(f"{draws} draws", remedy="a power of two, such as 1024")
        if self.least_draws > self.most_draws:
            raise BadInput(
                f"at least {self.least_draws} and at most {self.most_draws} draws",
                remedy="the smaller number first",
            )
        if not self.tolerance >= 0:
            raise BadInput(f"a tolerance of {self.tolerance}", remedy="0 or more")

    @classmethod
    def at(cls, draws: int, tolerance: float = 0.05) -> Stop:
        """Exactly so many draws; whether the intervals are narrow enough is only said."""
        return cls(tolerance, draws, draws)


@dataclass(frozen=True)
class Round:
    """What a number of draws gave: the widest half of any interval of first and of total indices."""

    draws: int
    first_half_width: float
    total_half_width: float


def draws_for_share(half_width: float, level: float = 0.95) -> int:
    """Independent draws that give any probability to within ``half_width`` at the given level.

    >>> draws_for_share(0.01)
    9604
    """
    if not 0 < half_width < 1 or not 0 < level < 1:
        raise BadInput(
            f"a half-width of {half_width} at level {level}", remedy="both between 0 and 1"
        )
    deviate = float(special.ndtri((1 + level) / 2))
    return ceil((deviate / (2 * half_width)) ** 2)
