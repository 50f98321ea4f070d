"""Computed against recorded: the four groups by hand, nobody dropped, errors between households."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.policy.take_up import compare_receipt
from donghaeng.policy.take_up.receipt import Group
from donghaeng.rules.faults import BadInput

NAN = numpy.nan


def test_every_row_stands_in_one_group_with_its_weight_and_amounts():
    found = compare_receipt(
        numpy.array([100.0, 100.0, 0.0, 0.0, NAN, 50.0]),
        numpy.array([80.0, 0.0, 30.0, 0.0, 10.0, NAN]),
        numpy.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
    )
    rows = {c.group: (c.rows, c.weight, c.entitlement, c.received) for c in found.cells}
    assert rows == {
        Group.RECEIVING: (1, 1.0, 100.0, 80.0),
        Group.NOT_RECEIVING: (1, 2.0, 200.0, 0.0),
        Group.UNEXPECTED: (1, 3.0, 0.0, 90.0),
        Group.NEITHER: (1, 4.0, 0.0, 0.0),
        Group.UNDETERMINED: (2, 11.0, 300.0, 50.0),
    }
    assert found.take_up.value == pytest.approx(1 / 3)
    assert found.unexpected.value == pytest.approx(3 / 4)


def test_errors_are_those_of_households_drawn_with_replacement():
    # Three households, weights 1; entitled and receiving: 2 persons of the first, none elsewhere.
    # Totals by household 2, 0, 0: mean 2/3, Σ(z − z̄)² = 16/9 + 2·4/9 = 24/9; V = 3/2 · 24/9 = 4.
    found = compare_receipt(
        numpy.array([9.0, 9.0, 9.0, 0.0]),
        numpy.array([9.0, 9.0, 0.0, 0.0]),
        numpy.ones(4),
        household_id=numpy.array([5, 5, 6, 7]),
    )
    assert found.clusters == 3
    assert found[Group.RECEIVING].weight_error == pytest.approx(2.0)
    # Share 2/3 of total 3; linearised by household: 2(1 − 2/3)/3 = 2/9, −2/9, 0; V = 3/2 · 8/81.
    assert found.take_up.error == pytest.approx((3 / 2 * 8 / 81) ** 0.5)


def test_where_nobody_is_entitled_there_is_no_share():
    found = compare_receipt(numpy.zeros(2), numpy.zeros(2), numpy.ones(2))
    assert numpy.isnan(found.take_up.value)
    assert found[Group.NEITHER].rows == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 5.0, NAN]),
            st.sampled_from([0.0, 7.0, NAN]),
            st.floats(0.5, 9),
        ),
        max_size=30,
    )
)
def test_nobody_is_dropped(rows):
    columns = numpy.array(rows, dtype=float).reshape(-1, 3).T
    found = compare_receipt(*columns)
    assert sum(cell.rows for cell in found.cells) == found.rows == len(rows)
    assert sum(cell.weight for cell in found.cells) == pytest.approx(columns[2].sum())


def test_columns_that_do_not_fit_are_refused():
    with pytest.raises(BadInput, match="received: 1 rows of receipt for 2 entitlements"):
        compare_receipt(numpy.ones(2), numpy.ones(1), numpy.ones(2))
    with pytest.raises(BadInput, match=r"entitlement: row 0 is -1\.0"):
        compare_receipt(-numpy.ones(2), numpy.ones(2), numpy.ones(2))
