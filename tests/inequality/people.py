"""People for the tests: drawn, bootstrapped, and described to hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from donghaeng.inequality.sums import FloatArray, IndexArray

# Multiples of 1/8 are exact in binary, so that ties are ties.
incomes = st.integers(0, 400).map(lambda n: n / 8)
weights = st.integers(1, 40).map(lambda n: n / 8)
people = st.lists(st.tuples(incomes, weights), min_size=2, max_size=14).filter(
    lambda each: len({y for y, _ in each}) > 1
)
earners = st.lists(
    st.tuples(st.integers(1, 400).map(lambda n: n / 8), weights), min_size=2, max_size=14
).filter(lambda each: len({y for y, _ in each}) > 1)


def columns(rows: list[tuple[float, float]]) -> tuple[FloatArray, FloatArray]:
    return np.array([y for y, _ in rows]), np.array([w for _, w in rows])


@dataclass(frozen=True)
class Households:
    """A sample of households: income each, weight and persons; and what a reform pays them."""

    income: FloatArray
    reform: FloatArray
    weight: FloatArray
    persons: IndexArray

    @property
    def of_persons(self) -> IndexArray:
        """For each person the household's number."""
        return np.repeat(np.arange(len(self.persons)), self.persons)


def sample(count: int, seed: int = 1) -> Households:
    """Log-normal incomes with a median of 1,097, and a reform that fills half of what most lack of 1,500."""
    random = np.random.Generator(np.random.Philox(key=seed))
    income = np.exp(7 + 0.6 * random.normal(size=count))
    paid = 0.5 * np.maximum(1_500 - income, 0) * (random.random(count) < 0.8)
    return Households(
        income, income + paid, random.uniform(0.5, 1.5, count), random.integers(1, 6, count)
    )


def bootstrap(
    count: int, draws: int, statistic: Callable[[FloatArray], FloatArray | float], seed: int = 2
) -> FloatArray:
    """The deviation of a statistic when ``count`` households are drawn again with replacement.

    ``statistic`` is given how often each household was drawn.
    """
    random = np.random.Generator(np.random.Philox(key=seed))
    even = np.full(count, 1 / count)
    found = [statistic(random.multinomial(count, even).astype(float)) for _ in range(draws)]
    # A household that is compared with the mean of others loses one degree of freedom, as the formula has it.
    return np.std(np.array(found), axis=0) * np.sqrt(count / (count - 1))
