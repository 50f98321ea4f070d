"""What a column looks like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from scipy import stats

from donghaeng.index.coherence.description import describe

from ..asem import read_asem

NAN = numpy.nan


def test_a_column_worked_by_hand() -> None:
    # 0, 0, 2, 6 and one missing: mean 2, squares about it 4 + 4 + 0 + 16 = 24, sd √(24/3); quartiles at
    # h = 0.75 → 0, 1.5 → 1, 2.25 → 2 + ¼·4 = 3.
    found = describe(numpy.array([[2.0], [0.0], [NAN], [6.0], [0.0]]))
    assert (found.known.tolist(), found.missing.tolist(), found.distinct.tolist()) == (
        [4],
        [1],
        [3],
    )
    assert (found.minimum[0], found.maximum[0], found.mean[0], found.median[0]) == (0, 6, 2, 1)
    assert found.deviation[0] == pytest.approx(8**0.5)
    assert found.quantiles.ravel().tolist() == [0.0, 1.0, 3.0]
    assert (found.zero_share[0], found.commonest_share[0]) == (0.5, 0.5)


def test_statistics_are_those_of_numpy_and_scipy_in_every_draw() -> None:
    random = numpy.random.default_rng(0)
    values = random.gamma(2.0, size=(2, 11, 3))
    values[0, 3, 1] = values[1, 0, 2] = NAN
    found = describe(values, probabilities=(0.05, 0.5, 0.9))
    for at in numpy.ndindex(2, 3):
        known = values[at[0], :, at[1]]
        known = known[~numpy.isnan(known)]
        assert found.skewness[at] == pytest.approx(stats.skew(known, bias=False))
        assert found.kurtosis[at] == pytest.approx(stats.kurtosis(known, bias=False))
        assert found.deviation[at] == pytest.approx(known.std(ddof=1))
        numpy.testing.assert_allclose(
            found.quantiles[at[0], :, at[1]], numpy.quantile(known, (0.05, 0.5, 0.9)), rtol=1e-14
        )


def test_a_constant_has_a_spread_of_zero_and_no_shape() -> None:
    found = describe(numpy.full((5, 1), 0.1))
    assert (found.deviation[0], found.distinct[0], found.commonest_share[0]) == (0, 1, 1)
    assert numpy.isnan(found.skewness[0])
    assert numpy.isnan(found.kurtosis[0])


def test_shape_needs_three_and_four_values() -> None:
    found = describe(numpy.array([[1.0, 1.0], [2.0, 2.0], [NAN, 4.0], [NAN, NAN]]))
    assert numpy.isnan(found.skewness).tolist() == [True, False]
    assert numpy.isnan(found.kurtosis).all()


def test_nothing_known_is_counted_and_otherwise_missing() -> None:
    found = describe(numpy.full((3, 1), NAN))
    assert (found.known[0], found.missing[0], found.distinct[0]) == (0, 3, 0)
    for statistic in (
        found.mean,
        found.median,
        found.deviation,
        found.zero_share,
        found.commonest_share,
    ):
        assert numpy.isnan(statistic[0])


def test_asem_is_described_as_by_coinr(shared_data: Callable[[str], Path]) -> None:
    # get_stats(coin, dset = "Raw") in COINr's vignette "Analysis", three figures: LPI, Flights, Ship, Bord, Elec.
    asem = read_asem(shared_data("asem"))
    columns = [asem.names.index(name) for name in ("LPI", "Flights", "Ship", "Bord", "Elec")]
    found = describe(asem.values[:, columns])
    published = {
        "minimum": [2.07, 0.99, 0.00, 0.00, 0.00],
        "maximum": [4.23, 211.0, 21.20, 122.0, 110.0],
        "mean": [3.41, 38.60, 12.00, 23.60, 16.20],
        "median": [3.42, 25.60, 12.70, 18.00, 6.91],
        "deviation": [0.538, 46.7, 6.84, 24.8, 22.7],
        "skewness": [-0.304, 2.10, -0.576, 2.15, 2.23],
        "kurtosis": [-0.657, 4.51, -0.681, 5.79, 5.79],
        "commonest_share": [0.0196, 0.0196, 0.176, 0.118, 0.0784],
    }
    for statistic, expected in published.items():
        figures = [float(f"{value:.3g}") for value in getattr(found, statistic)]
        assert figures == expected, statistic
    assert found.distinct.tolist() == [51, 51, 43, 30, 46]
    zeros = [round(1 - share, 3) for share in found.zero_share.tolist()]
    assert zeros == [1.0, 1.0, 0.824, 0.882, 0.922]
