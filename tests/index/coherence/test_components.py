"""Principal components, adequacy of sampling and rotation."""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt
from pathlib import Path

import numpy
import pytest
from scipy import stats
from sklearn.decomposition import PCA
from statsmodels.multivariate.factor_rotation import rotate_factors

from donghaeng.index.coherence.components import principal_components, sampling_adequacy, varimax

from ..asem import read_asem

NAN = numpy.nan


def with_correlation(correlation: numpy.ndarray, rows: int) -> numpy.ndarray:
    """Data whose sample correlation is exactly the one asked for."""
    raw = numpy.random.default_rng(0).normal(size=(rows, len(correlation)))
    flat, _ = numpy.linalg.qr(raw - raw.mean(axis=0))
    return flat @ numpy.linalg.cholesky(correlation).T


def test_components_are_those_of_scikit_learn_on_the_complete_rows() -> None:
    random = numpy.random.default_rng(1)
    values = random.normal(size=(40, 5)) @ random.normal(size=(5, 5))
    values[3, 2] = values[3, 4] = values[7, 0] = NAN
    found = principal_components(values)
    kept = values[~numpy.isnan(values).any(axis=1)]
    oracle = PCA().fit((kept - kept.mean(axis=0)) / kept.std(axis=0, ddof=1))
    assert (found.rows, int(found.rows_kept)) == (40, 38)
    numpy.testing.assert_allclose(found.eigenvalues, oracle.explained_variance_, atol=1e-12)
    numpy.testing.assert_allclose(found.explained, oracle.explained_variance_ratio_, atol=1e-12)
    numpy.testing.assert_allclose(
        numpy.abs(found.vectors), numpy.abs(oracle.components_.T), atol=1e-10
    )
    assert numpy.isnan(found.scores[[3, 7]]).all()
    known = ~numpy.isnan(values).any(axis=1)
    for component in range(5):  # a loading is a correlation
        correlation = numpy.corrcoef(kept.T, found.scores[known, component])[-1, :-1]
        numpy.testing.assert_allclose(found.loadings[:, component], correlation, atol=1e-10)


def test_two_columns_have_eigenvalues_one_plus_and_minus_r_and_a_fixed_sign() -> None:
    found = principal_components(with_correlation(numpy.array([[1.0, -0.6], [-0.6, 1.0]]), 20))
    numpy.testing.assert_allclose(found.eigenvalues, [1.6, 0.4])
    # Equally large loadings: the first one is positive in each component.
    half = 1 / sqrt(2)
    numpy.testing.assert_allclose(found.vectors, [[half, half], [-half, half]])
    assert int(found.kaiser_count) == 1


def test_the_largest_loading_is_positive() -> None:
    random = numpy.random.default_rng(2)
    values = -random.normal(size=(30, 1)) + 0.3 * random.normal(size=(30, 6))
    loadings = principal_components(values).loadings
    largest = numpy.take_along_axis(loadings, numpy.abs(loadings).argmax(axis=0)[None], axis=0)
    assert (largest > 0).all()


def test_draws_are_decomposed_at_once_and_a_constant_has_no_components() -> None:
    values = numpy.random.default_rng(3).normal(size=(3, 12, 3))
    values[1, 5, 0] = NAN
    values[2, :, 1] = 0.1
    found = principal_components(values)
    assert found.rows_kept.tolist() == [12, 11, 12]
    alone = principal_components(values[1])
    numpy.testing.assert_allclose(found.vectors[1], alone.vectors, atol=1e-12)
    assert numpy.isnan(found.eigenvalues[2]).all()


def test_kmo_and_bartlett_of_three_equal_correlations() -> None:
    # r = ½; a partial correlation is r/(1 + r) = 1/3: KMO = ¼ / (¼ + 1/9) = 9/13. Determinant 1 − 3r² + 2r³ = ½:
    # χ² = −(24 − (2·3 + 5)/6) ln ½ with 3 degrees of freedom, 25 rows.
    correlation = numpy.full((3, 3), 0.5) + 0.5 * numpy.eye(3)
    found = sampling_adequacy(with_correlation(correlation, 25))
    assert float(found.kmo) == pytest.approx(9 / 13)
    numpy.testing.assert_allclose(found.kmo_by_column, [9 / 13] * 3)
    chi_square = (24 - 11 / 6) * log(2)
    assert float(found.chi_square) == pytest.approx(chi_square)
    assert (found.freedom, int(found.rows_kept)) == (3, 25)
    assert float(found.p_value) == pytest.approx(stats.chi2.sf(chi_square, 3))


def test_kmo_holds_the_other_columns_fixed_by_regression() -> None:
    random = numpy.random.default_rng(4)
    values = random.normal(size=(50, 4)) @ random.normal(size=(4, 4))
    correlation, partial = numpy.corrcoef(values.T), numpy.eye(4)
    for i in range(4):
        for j in range(4):
            rest = [column for column in range(4) if column not in (i, j)]
            design = numpy.column_stack([numpy.ones(50), values[:, rest]])
            left = [
                values[:, column] - design @ numpy.linalg.lstsq(design, values[:, column])[0]
                for column in (i, j)
            ]
            partial[i, j] = numpy.corrcoef(left)[0, 1]
    apart = ~numpy.eye(4, dtype=bool)
    plain, held = (correlation[apart] ** 2).sum(), (partial[apart] ** 2).sum()
    assert float(sampling_adequacy(values).kmo) == pytest.approx(plain / (plain + held))


def test_a_duplicate_leaves_no_inverse_and_no_adequacy() -> None:
    values = numpy.random.default_rng(5).normal(size=(20, 3))
    doubled = numpy.column_stack([values, 2 * values[:, 0]])
    found = sampling_adequacy(doubled)
    assert numpy.isnan(found.kmo)
    assert numpy.isnan(found.chi_square)
    assert numpy.isnan(found.p_value)


@pytest.mark.parametrize("normalise", [True, False])
def test_varimax_turns_back_to_simple_structure(normalise: bool) -> None:
    # Two pairs of columns, each on one component, turned by 30 degrees: the rotation of least mixture undoes it.
    simple = numpy.array([[0.9, 0.0], [0.8, 0.0], [0.0, 0.7], [0.0, 0.6]])
    turn = numpy.array([[sqrt(3) / 2, -0.5], [0.5, sqrt(3) / 2]])
    rotated, rotation = varimax(simple @ turn, normalise=normalise)
    numpy.testing.assert_allclose(rotated, simple, atol=1e-7)
    numpy.testing.assert_allclose(rotation, turn.T, atol=1e-7)


def test_varimax_is_that_of_statsmodels() -> None:
    random = numpy.random.default_rng(6)
    loadings = principal_components(
        random.normal(size=(60, 6)) @ random.normal(size=(6, 6))
    ).loadings
    rotated, rotation = varimax(loadings[:, :3], normalise=False)
    oracle, _ = rotate_factors(loadings[:, :3], "varimax", tol=1e-6)
    match = numpy.abs(rotated.T @ oracle).argmax(axis=1)
    numpy.testing.assert_allclose(numpy.abs(rotated), numpy.abs(oracle[:, match]), atol=1e-5)
    numpy.testing.assert_allclose(rotation.T @ rotation, numpy.eye(3), atol=1e-12)


def test_a_rotation_changes_no_communality_and_is_at_rest_when_repeated() -> None:
    loadings = numpy.random.default_rng(1).normal(size=(9, 3))
    turned, _ = varimax(loadings)
    numpy.testing.assert_allclose(turned @ turned.T, loadings @ loadings.T, atol=1e-12)
    again, _ = varimax(turned)
    numpy.testing.assert_allclose(numpy.abs(again), numpy.abs(turned), atol=1e-9)


def test_varimax_of_draws_is_that_of_each() -> None:
    loadings = numpy.random.default_rng(7).normal(size=(3, 6, 2))
    together, _ = varimax(loadings)
    for draw in range(3):
        numpy.testing.assert_allclose(together[draw], varimax(loadings[draw])[0], atol=1e-5)


def test_the_components_of_the_social_area_of_asem_are_those_of_r(
    shared_data: Callable[[str], Path],
) -> None:
    # summary(prcomp) in COINr's vignette "Analysis": 14 of 51 rows are removed.
    asem = read_asem(shared_data("asem"))
    found = principal_components(asem.of("Social"))
    assert (found.rows, int(found.rows_kept)) == (51, 37)
    published = [2.2042, 1.1256, 0.9788, 0.78834, 0.77153, 0.56836, 0.42463, 0.36068, 0.25760]
    numpy.testing.assert_allclose(numpy.sqrt(found.eigenvalues), published, atol=5e-5)
    # The first vector of the environmental area, by indicator in alphabetical order; R leaves its sign open.
    environment = principal_components(asem.of("Environ")).vectors[:, 0]
    names = [name for name, area in zip(asem.names, asem.areas, strict=True) if area == "Environ"]
    by_name = [abs(environment[names.index(name)]) for name in sorted(names)]
    numpy.testing.assert_allclose(by_name, [0.581, 0.214, 0.543, 0.313, 0.473], atol=5e-4)
