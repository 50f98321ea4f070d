"""Weights from principal components, against the OECD Handbook's example and scikit-learn."""

import numpy
import pytest
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from donghaeng.index.weighting import (
    factor_weights,
    first_component,
    weights_from_loadings,
)
from donghaeng.rules.faults import BadInput

NAN = numpy.nan

# The Technology Achievement Index, 23 countries from Finland to Slovenia, as the OECD Handbook on Constructing
# Composite Indicators (2008) uses it: patents, royalties, internet, exports, telephones (log), electricity
# (log), schooling, university. The figures are printed rounded.
TECHNOLOGY = numpy.array(
    [
        [187, 125.6, 200.2, 50.7, 3.08, 4.15, 10.0, 27.4],
        [289, 130.0, 179.1, 66.2, 3.00, 4.07, 12.0, 13.9],
        [271, 156.6, 125.8, 59.7, 3.10, 4.14, 11.4, 15.3],
        [994, 64.6, 49.0, 80.8, 3.00, 3.86, 9.5, 10.0],
        [779, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2],
        [189, 151.2, 136.0, 50.9, 3.02, 3.77, 9.4, 9.5],
        [82, 134.0, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9],
        [31, 38.6, 108.0, 48.7, 2.94, 4.18, 11.6, 14.2],
        [75, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3],
        [8, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2],
        [235, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4],
        [103, 20.2, 193.6, 19.0, 3.12, 4.39, 11.9, 11.2],
        [106, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3],
        [72, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6],
        [103, 13.0, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1],
        [165, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6],
        [205, 33.6, 36.4, 58.9, 2.97, 3.80, 7.9, 12.6],
        [74, 43.6, 43.2, 45.0, 2.96, 3.74, 9.6, 11.0],
        [42, 8.6, 21.0, 53.4, 2.86, 3.62, 7.3, 15.6],
        [13, 9.8, 30.4, 51.0, 3.00, 3.65, 7.2, 13.0],
        [28, 4.2, 25.0, 51.7, 2.75, 3.68, 9.5, 8.2],
        [26, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7],
        [105, 4.0, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6],
    ]
)

# The rotated loadings that the Handbook prints for them, four factors.
PRINTED_LOADINGS = numpy.array(
    [
        [0.07, 0.97, 0.06, 0.06],
        [0.13, 0.07, -0.07, 0.93],
        [0.79, -0.21, 0.21, 0.42],
        [-0.64, 0.56, -0.04, 0.36],
        [0.37, 0.17, 0.38, 0.68],
        [0.82, -0.04, 0.25, 0.35],
        [0.88, 0.23, -0.09, 0.09],
        [0.08, 0.04, 0.96, 0.04],
    ]
)


def test_rotated_loadings_are_those_of_the_handbook() -> None:
    found = factor_weights(TECHNOLOGY, factors=4)
    order = [int(numpy.abs(found.loadings.T @ printed).argmax()) for printed in PRINTED_LOADINGS.T]
    loadings = found.loadings[:, order]
    loadings = loadings * numpy.sign((loadings * PRINTED_LOADINGS).sum(axis=0))
    assert numpy.abs(loadings - PRINTED_LOADINGS).max() < 0.015  # the data are rounded
    assert found.explained[order].round(2).tolist() == [0.38, 0.20, 0.17, 0.26]  # printed .25


def test_the_step_from_loadings_to_weights_by_the_handbook() -> None:
    weights, factors = weights_from_loadings(PRINTED_LOADINGS)
    # exports belong to patents: 0.56²/1.39 = 0.23 of that factor, but only 0.64²/2.65 = 0.15 of the first
    assert factors.tolist() == [1, 3, 0, 1, 3, 0, 0, 2]
    squares = [0.97, 0.93, 0.79, 0.56, 0.68, 0.82, 0.88, 0.96]
    raw = numpy.array(squares) ** 2  # (l² / variance) · variance
    assert weights == pytest.approx(raw / raw.sum())


def test_factors_are_those_with_an_eigenvalue_above_one_unless_said() -> None:
    found = factor_weights(TECHNOLOGY)
    assert found.eigenvalues[:4].round(1).tolist() == [3.4, 1.7, 1.0, 0.9]
    assert found.loadings.shape == (8, 2)  # the third is 0.98
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.rows_used == 23
    with pytest.raises(BadInput, match="9 factors of 8"):
        factor_weights(TECHNOLOGY, factors=9)


def test_the_first_component_is_that_of_scikit_learn() -> None:
    theirs = PCA().fit(StandardScaler().fit_transform(TECHNOLOGY))
    mine = first_component(TECHNOLOGY)
    numpy.testing.assert_allclose(
        numpy.abs(mine.loadings), numpy.abs(theirs.components_[0]), atol=1e-10
    )
    assert mine.explained == pytest.approx(theirs.explained_variance_ratio_[0])
    assert mine.loadings.sum() > 0.0


def test_rows_that_lack_a_value_are_left_out() -> None:
    holed = numpy.vstack([TECHNOLOGY, numpy.full(8, NAN), [NAN, *TECHNOLOGY[0, 1:]]])
    mine = first_component(holed)
    assert int(mine.rows_used) == 23
    numpy.testing.assert_allclose(mine.loadings, first_component(TECHNOLOGY).loadings, atol=1e-12)


def test_batches_of_tables_are_each_by_itself() -> None:
    holed = TECHNOLOGY.copy()
    holed[3, 2] = NAN
    both = first_component(numpy.stack([TECHNOLOGY, holed]))
    assert both.rows_used.tolist() == [23, 22]
    for table, loadings in zip((TECHNOLOGY, holed), both.loadings, strict=True):
        numpy.testing.assert_allclose(loadings, first_component(table).loadings, atol=1e-12)


def test_a_constant_column_or_too_few_rows_are_refused() -> None:
    constant = TECHNOLOGY.copy()
    constant[:, 5] = 0.1
    with pytest.raises(BadInput, match="column 5 does not vary"):
        first_component(constant)
    with pytest.raises(BadInput, match="2 rows without a missing value"):
        factor_weights(TECHNOLOGY[:2])
