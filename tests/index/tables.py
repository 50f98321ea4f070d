"""Small tables for the tests of array functions, and the rule that a batch is a loop."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy
from hypothesis import strategies
from hypothesis.extra import numpy as arrays

from donghaeng.index.arrays import FloatArray

NAN = numpy.nan

# Few distinct values, so that ties, constant columns and empty rows come up often.
CELLS = strategies.sampled_from([NAN, NAN, 0.0, 1.0, 1.0, 2.0, 3.5, -4.0, 10.0, 250.0, 1e6])


def batches(
    least_rows: int = 1, most_rows: int = 12, most_columns: int = 4
) -> strategies.SearchStrategy[FloatArray]:
    """Arrays (leading, rows, columns) with missing values, ties and far points."""
    shapes = strategies.tuples(
        strategies.integers(1, 3),
        strategies.integers(least_rows, most_rows),
        strategies.integers(1, most_columns),
    )
    return shapes.flatmap(lambda shape: arrays.arrays(numpy.float64, shape, elements=CELLS))


def column(*values: float) -> FloatArray:
    """A table of one column."""
    return numpy.array([[value] for value in values], dtype=numpy.float64)


def signs(values: FloatArray) -> FloatArray:
    """Directions that alternate from column to column."""
    return numpy.where(numpy.arange(values.shape[-1]) % 2 == 0, 1.0, -1.0)


def assert_batch_is_a_loop(
    function: Callable[[FloatArray], FloatArray], batch: FloatArray, **close: float
) -> None:
    """What a function makes of all tables at once is what it makes of each."""
    whole = function(batch)
    for i, table in enumerate(batch):
        numpy.testing.assert_allclose(
            whole[i], function(table), **({"rtol": 1e-10, "atol": 1e-10} | close)
        )


def asem(folder: Path) -> tuple[list[str], FloatArray]:
    """Names and values (51, 49) of the indicators of the ASEM example."""
    with (folder / "ASEM_iData.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])[11:]
    return names, numpy.array(
        [[NAN if row[name] == "NA" else float(row[name]) for name in names] for row in rows]
    )
