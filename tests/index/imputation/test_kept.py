"""A row that takes no part is not filled, gives nothing to the others and keeps what it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy
import pytest

from donghaeng.index.arrays import FloatArray
from donghaeng.index.imputation import (
    Filling,
    bounds,
    impute_chained,
    impute_column,
    impute_group,
    impute_multiple,
    impute_neighbours,
    impute_panel,
    impute_row,
)
from tests.index.tables import NAN

TABLE = numpy.array(
    [[1.0, 5.0, 9.0], [2.0, NAN, 4.0], [3.0, 7.0, NAN], [NAN, 2.0, 1.0], [6.0, 1.0, 3.0]]
)
KEPT = numpy.array([True, True, True, True, True, False])
ROWS = numpy.arange(6)

METHODS: list[Callable[..., object]] = [
    impute_column,
    partial(impute_group, groups=ROWS % 2),
    partial(impute_row, direction=numpy.ones(3)),
    partial(impute_panel, units=ROWS % 2, periods=ROWS // 2, filling=Filling.LINEAR),
    impute_neighbours,
    impute_chained,
    partial(impute_multiple, imputations=2, seed=1),
    bounds,
]


@pytest.mark.parametrize("method", METHODS)
def test_what_a_row_that_is_out_holds_does_not_matter(method: Callable[..., object]) -> None:
    def filled(last: list[float]) -> FloatArray:
        done = method(numpy.vstack([TABLE, last]), kept=KEPT)
        values = getattr(done, "values", None)
        return getattr(done, "lowest") if values is None else values  # noqa: B009

    far, empty = filled([1e3, -1e3, NAN]), filled([NAN, NAN, NAN])
    numpy.testing.assert_array_equal(far[..., :5, :], empty[..., :5, :])
    assert not numpy.isnan(far[..., :5, :]).all()
    expected = numpy.broadcast_to([1e3, -1e3, NAN], far[..., 5, :].shape)
    numpy.testing.assert_array_equal(far[..., 5, :], expected)
