"""Merging those who moved gives the distribution that sorting everybody gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from donghaeng.inequality import Distribution, gini, poverty_gap, relative_line, wolfson
from donghaeng.policy.sweep.ordering import KnownOrder

ROWS = 40
INCOMES = arrays(np.float64, ROWS, elements=st.integers(1, 30).map(float))
WEIGHTS = arrays(np.float64, ROWS, elements=st.floats(0.5, 3.0))


@given(INCOMES, INCOMES, WEIGHTS, st.integers(0, ROWS))
def test_the_measures_are_those_of_a_fresh_distribution(
    before: np.ndarray, other: np.ndarray, people: np.ndarray, moved: int
) -> None:
    after = before.copy()
    after[:moved] = other[:moved]
    merged = KnownOrder(before, people).distribution(after)
    fresh = Distribution.of(after, people)
    assert np.array_equal(merged.income, fresh.income)
    assert np.array_equal(after[merged.order], merged.income)
    assert sorted(merged.order) == list(range(ROWS))
    for measure in (gini, wolfson):
        assert measure(merged).value == pytest.approx(measure(fresh).value, abs=1e-12)
    line = relative_line(fresh, 0.5)
    assert poverty_gap(merged, line).value == pytest.approx(
        poverty_gap(fresh, line).value, abs=1e-12
    )
