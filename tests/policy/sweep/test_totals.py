"""Totals have the value and the error of the tally that a simulation adds up."""

from __future__ import annotations

import numpy as np
import pytest

from donghaeng.policy.design_keys import Sampling
from donghaeng.policy.sweep.totals import Totals
from donghaeng.policy.tally import Tally

Array = np.ndarray
RANDOM = np.random.default_rng(1)
WEIGHT = RANDOM.uniform(0.5, 2.0, 60)
VALUES = RANDOM.integers(-5, 9, 60).astype(float)
STRATUM = np.repeat([3, 7, 9], 20)
CLUSTER = np.tile(np.repeat([1, 2, 3, 4], 5), 3)  # numbered anew in each stratum
REPLICATE = np.tile(np.arange(6), 10)


@pytest.mark.parametrize(
    ("sampling", "stratum", "unit"),
    [
        (Sampling.HOUSEHOLDS, None, None),
        (Sampling.HOUSEHOLDS, STRATUM, None),
        (Sampling.CLUSTERS, None, CLUSTER),
        (Sampling.CLUSTERS, STRATUM, CLUSTER),
        (Sampling.REPLICATES, None, REPLICATE),
    ],
)
def test_a_total_is_that_of_the_tally(
    sampling: Sampling, stratum: Array | None, unit: Array | None
) -> None:
    tally = Tally(sampling, ("value",))
    tally.add([VALUES], WEIGHT, stratum, unit)
    expected = tally.estimate(value=1)
    found = Totals(sampling, WEIGHT, stratum, unit).total(VALUES)
    assert found.value == pytest.approx(expected.value, rel=1e-12)
    assert found.standard_error == pytest.approx(expected.standard_error, rel=1e-9)
    assert found.freedom == expected.freedom
