"""Which points are not dominated, against comparing every pair."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from donghaeng.policy.frontier.pareto import not_dominated

# Few different values, so that ties are frequent; and some that are missing.
VALUES = st.one_of(st.integers(0, 6).map(float), st.just(float("nan")))


def by_pairs(objectives: np.ndarray) -> list[bool]:
    """The definition, read aloud."""
    found = []
    for mine in objectives:
        beaten = any(
            all(a <= b for a, b in zip(other, mine, strict=True))
            and any(a < b for a, b in zip(other, mine, strict=True))
            for other in objectives
        )
        found.append(not beaten and not np.isnan(mine).any())
    return found


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=12), elements=VALUES))
def test_it_is_what_comparing_every_pair_gives(objectives: np.ndarray) -> None:
    complete = objectives.copy()
    complete[np.isnan(objectives).any(axis=1)] = np.nan  # compared with nobody
    assert not_dominated(objectives).tolist() == by_pairs(complete)


def test_equal_points_do_not_dominate_each_other() -> None:
    assert not_dominated(np.array([[1.0, 1.0], [1.0, 1.0]])).tolist() == [True, True]
