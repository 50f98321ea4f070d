"""The base-year ratio: 100 in the base year, reversal and caps as declared."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given

from donghaeng.index.arrays import FloatArray
from donghaeng.index.normalisation import Reversal, base_values, base_year_ratio
from donghaeng.rules.faults import BadInput
from tests.index.tables import NAN, assert_batch_is_a_loop, batches, column, signs

UP, DOWN = numpy.array([1]), numpy.array([-1])
BASE = column(40, 40, 40, 40)
VALUES = column(40, 50, 20, NAN)


@pytest.mark.parametrize(
    ("direction", "reversal", "expected"),
    [
        (UP, Reversal.INVERSE, [100, 125, 50, NAN]),  # 100 x / 40
        (DOWN, Reversal.INVERSE, [100, 80, 200, NAN]),  # 100 · 40 / x
        (DOWN, Reversal.REFLECTION, [100, 75, 150, NAN]),  # 200 - 100 x / 40
    ],
)
def test_a_ratio_by_hand(direction: FloatArray, reversal: Reversal, expected: list[float]) -> None:
    done = base_year_ratio(VALUES, base=BASE, direction=direction, reversal=reversal)
    numpy.testing.assert_array_equal(done.values[:, 0], expected)
    assert not done.undefined.any()


def test_ratios_of_what_seoul_printed() -> None:
    # Homes of 주거상향 지원 and 주거환경 개선, 2022 to 2024, as the city's releases of 2024 and 2025
    # were reported: 100 · 4969 / 3001, 100 · 2694 / 1937 and 100 · 2157 / 1937.
    years = numpy.array([[3_001.0, 1_937.0], [4_969.0, 2_694.0], [NAN, 2_157.0]])
    done = base_year_ratio(years, base=years[:1], direction=numpy.array([1, 1]))
    numpy.testing.assert_allclose(
        done.values, [[100, 100], [165.58, 139.08], [NAN, 111.36]], atol=0.005
    )


@pytest.mark.parametrize("base", [0.0, -40.0, NAN])
@pytest.mark.parametrize("direction", [UP, DOWN])
@pytest.mark.parametrize("reversal", Reversal)
def test_a_base_that_is_zero_negative_or_missing_gives_no_ratio_and_is_recorded(
    base: float, direction: FloatArray, reversal: Reversal
) -> None:
    done = base_year_ratio(
        column(50, NAN), base=column(base, base), direction=direction, reversal=reversal
    )
    assert numpy.isnan(done.values).all()
    assert done.undefined[:, 0].tolist() == [True, False]


def test_the_inverse_of_zero_is_recorded_and_not_infinite() -> None:
    done = base_year_ratio(column(0, 10), base=column(40, 40), direction=DOWN)
    numpy.testing.assert_array_equal(done.values[:, 0], [NAN, 400])
    assert done.undefined[:, 0].tolist() == [True, False]
    reflected = base_year_ratio(
        column(0), base=column(40), direction=DOWN, reversal=Reversal.REFLECTION
    )
    assert reflected.values[0, 0] == 200


def test_a_cap_holds_a_ratio_and_says_so() -> None:
    done = base_year_ratio(VALUES, base=BASE, direction=UP, least=60.0, most=120.0)
    numpy.testing.assert_array_equal(done.values[:, 0], [100, 120, 60, NAN])
    assert done.held_at_most[:, 0].tolist() == [False, True, False, False]
    assert done.held_at_least[:, 0].tolist() == [False, False, True, False]
    by_column = base_year_ratio(
        numpy.array([[90.0, 90.0]]),
        base=numpy.array([[40.0, 40.0]]),
        direction=numpy.array([1, 1]),
        most=numpy.array([200.0, numpy.inf]),
    )
    assert by_column.values.tolist() == [[200, 225]]


def test_the_base_of_a_panel_is_the_row_of_the_same_unit() -> None:
    # Two units over two years, rows in any order; the third unit has no base year.
    values = numpy.array([[6.0, 1.0], [3.0, 2.0], [8.0, 4.0], [2.0, 8.0], [9.0, 9.0]])
    units = numpy.array([1, 0, 1, 0, 2])
    years = numpy.array([2023, 2022, 2022, 2023, 2023])
    base = base_values(values, units=units, periods=years, base_period=2022)
    numpy.testing.assert_array_equal(base, [[8, 4], [3, 2], [8, 4], [3, 2], [NAN, NAN]])
    each = base_values(values, units=units, periods=years, base_period=numpy.array([2022, 2023]))
    numpy.testing.assert_array_equal(each[:, 1], [1, 8, 1, 8, 9])
    ratio = base_year_ratio(values, base=base, direction=numpy.array([1, -1]))
    # Unit 1 in 2023: 100 · 6 / 8 and 100 · 4 / 1.
    numpy.testing.assert_array_equal(ratio.values[0], [75, 400])
    assert ratio.undefined[4].all()


def test_a_base_period_that_nobody_has_leaves_everything_without_a_base() -> None:
    base = base_values(
        column(1, 2), units=numpy.array([0, 1]), periods=numpy.array([2023, 2023]), base_period=2022
    )
    assert numpy.isnan(base).all()


def test_a_unit_with_two_base_years_is_refused() -> None:
    with pytest.raises(BadInput, match="two rows of the base period 2022"):
        base_values(
            column(1, 2),
            units=numpy.array([0, 0]),
            periods=numpy.array([2022, 2022]),
            base_period=2022,
        )


@given(batches())
def test_a_batch_is_a_loop(batch: FloatArray) -> None:
    units = numpy.arange(batch.shape[1]) // 2
    years = numpy.arange(batch.shape[1]) % 2

    def ratio(table: FloatArray) -> FloatArray:
        base = base_values(table, units=units, periods=years, base_period=0)
        return base_year_ratio(table, base=base, direction=signs(table), most=300.0).values

    assert_batch_is_a_loop(ratio, batch)
