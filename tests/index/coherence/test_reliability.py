"""Cronbach's alpha."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy
import pytest

from donghaeng.index.coherence.reliability import Deletion, cronbach_alpha

from ..asem import read_asem

NAN = numpy.nan
# a = 1, 2, 3; b = 1, 3, 2; c = 3, 1, 2: variances 1; covariances ab ½, ac −½, bc −1.
TABLE = numpy.array([[1.0, 1.0, 3.0], [2.0, 3.0, 1.0], [3.0, 2.0, 2.0]])


def test_alpha_after_turning_round_what_points_the_other_way() -> None:
    # With c turned: covariances ½, ½, 1, mean 2/3; sum of all 3 + 4 = 7; 9 · (2/3)/7 = 6/7.
    found = cronbach_alpha(TABLE, direction=numpy.array([1.0, 1.0, -1.0]))
    assert float(found.alpha) == pytest.approx(6 / 7)
    assert found.reversed_columns == (2,)
    # Without a: 4·1/4 = 1; without b or c: 4·½/3 = 2/3.
    numpy.testing.assert_allclose(found.without, [1.0, 2 / 3, 2 / 3])


def test_alpha_as_collected_can_mean_nothing() -> None:
    # Covariances ½, −½, −1, mean −1/3; sum of all 3 − 2 = 1: 9 · (−1/3)/1 = −3.
    assert float(cronbach_alpha(TABLE).alpha) == pytest.approx(-3.0)


def test_alpha_is_the_classical_one_where_nothing_is_missing() -> None:
    values = numpy.random.default_rng(0).normal(size=(30, 4)) + numpy.arange(30.0)[:, None] / 10
    total = values.sum(axis=1).var(ddof=1)
    classical = 4 / 3 * (1 - values.var(axis=0, ddof=1).sum() / total)
    for deletion in Deletion:
        assert float(cronbach_alpha(values, deletion=deletion).alpha) == pytest.approx(classical)


def test_pairwise_and_listwise_rest_on_different_rows_and_say_so() -> None:
    values = numpy.random.default_rng(1).normal(size=(12, 3)) + numpy.arange(12.0)[:, None] / 3
    values[0, 0] = values[1, 1] = values[2, 1] = NAN
    pairwise, listwise = (cronbach_alpha(values, deletion=deletion) for deletion in Deletion)
    covariance = numpy.empty((3, 3))
    for i, j in product(range(3), repeat=2):
        both = values[~numpy.isnan(values[:, [i, j]]).any(axis=1)]
        covariance[i, j] = numpy.cov(both[:, i], both[:, j])[0, 1]
    between = covariance.sum() - numpy.trace(covariance)
    assert float(pairwise.alpha) == pytest.approx(9 * between / 6 / covariance.sum())
    assert (int(pairwise.fewest_rows), int(pairwise.most_rows)) == (9, 12)
    assert float(listwise.alpha) == pytest.approx(float(cronbach_alpha(values[3:]).alpha))
    assert (int(listwise.fewest_rows), int(listwise.most_rows)) == (9, 9)
    assert listwise.deletion is Deletion.LISTWISE


def test_the_standardised_alpha_does_not_depend_on_units() -> None:
    scaled = TABLE * numpy.array([1.0, 1000.0, -1.0])
    first, second = cronbach_alpha(scaled), cronbach_alpha(TABLE * numpy.array([1.0, 1.0, -1.0]))
    assert float(first.standardised) == pytest.approx(float(second.standardised))
    assert float(first.alpha) != pytest.approx(float(second.alpha))


def test_one_indicator_has_no_alpha() -> None:
    assert numpy.isnan(cronbach_alpha(TABLE[:, :1]).alpha)
    assert numpy.isnan(cronbach_alpha(TABLE[:, :2]).without).all()


def test_alpha_of_people_to_people_of_asem_is_that_of_coinr(
    shared_data: Callable[[str], Path],
) -> None:
    # get_cronbach(coin, dset = "Raw", iCodes = "P2P", Level = 1) prints 0.05126659 (COINr, vignette "Analysis").
    area = read_asem(shared_data("asem")).of("P2P")
    assert round(float(cronbach_alpha(area).alpha), 8) == 0.05126659
