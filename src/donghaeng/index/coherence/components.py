"""Principal components of the indicators: how many dimensions they have, and which go together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy
from scipy import special

from donghaeng.index.arrays import ROWS, FloatArray, WholeArray

from .covariance import complete_rows

# Numbers that differ by less than this share are the same: rounding must not choose a sign or a count.
SAME_SIZE = 1e-9
# Below this ratio of the smallest to the largest eigenvalue a correlation matrix has no inverse.
SINGULAR = 1e-12


@dataclass(frozen=True, slots=True)
class Components:
    """Principal components of standardised columns, the one of most variance first.

    ``rows_kept`` of ``rows`` miss nothing; the others are left out. ``eigenvalues`` and ``explained``
    (shares of the variance, that sum to 1) are (..., components). ``vectors`` and ``loadings`` are
    (..., columns, components): a vector has length one (R's ``rotation``), a loading is the correlation of the
    column with the component. ``scores`` is (..., rows, components), NaN in rows left out. Each
    component points so that its largest loading is positive (of several equally large, the first).
    """

    rows: int
    rows_kept: WholeArray
    eigenvalues: FloatArray
    explained: FloatArray
    vectors: FloatArray
    loadings: FloatArray
    scores: FloatArray

    @property
    def kaiser_count(self) -> WholeArray:
        """How many components have an eigenvalue above 1 (H. F. Kaiser, 1960)."""
        return numpy.asarray((self.eigenvalues > 1 + SAME_SIZE).sum(axis=-1))


def principal_components(values: FloatArray) -> Components:
    """Components of ``values``, (..., rows, columns), centred and scaled with n − 1.

    Rows that miss anything are left out, as COINr's ``get_PCA`` does; say ``rows_kept`` with the result. All
    is NaN where a column is constant or fewer than two rows are complete.

    >>> found = principal_components(numpy.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]))
    >>> found.eigenvalues.round(6).tolist(), found.loadings[:, 0].round(6).tolist()
    ([2.0, 0.0], [1.0, 1.0])
    """
    standard, kept = _standardised(values)
    correlation = _correlation(standard, kept)
    eigenvalues, vectors = _eigen(correlation)
    vectors = _signed(vectors)
    eigenvalues = numpy.maximum(eigenvalues, 0.0)
    missing = numpy.isnan(values).any(axis=-1, keepdims=True)
    return Components(
        rows=values.shape[ROWS],
        rows_kept=kept,
        eigenvalues=eigenvalues,
        explained=eigenvalues / eigenvalues.sum(axis=-1, keepdims=True),
        vectors=vectors,
        loadings=vectors * numpy.sqrt(eigenvalues)[..., None, :],
        scores=numpy.where(missing, numpy.nan, standard @ vectors),
    )


@dataclass(frozen=True, slots=True)
class Adequacy:
    """Whether the correlations are worth a search for components.

    ``kmo`` is (...), ``kmo_by_column`` (..., columns); Bartlett's ``chi_square``, with ``freedom`` degrees of
    freedom, and its ``p_value`` are (...). NaN where the correlation matrix has no inverse, as with
    duplicates or with as many columns as complete rows.
    """

    kmo: FloatArray
    kmo_by_column: FloatArray
    chi_square: FloatArray
    freedom: int
    p_value: FloatArray
    rows_kept: WholeArray


def sampling_adequacy(values: FloatArray) -> Adequacy:
    """The measure of Kaiser, Meyer and Olkin, and Bartlett's test of sphericity.

    KMO = Σr² / (Σr² + Σp²) over different columns, r their correlations and p their correlations with all
    other columns held fixed (H. F. Kaiser, J. Rice, "Little jiffy, mark IV", Educational and Psychological
    Measurement 34, 1974). Bartlett: −(n − 1 − (2k + 5)/6) · ln|R| is χ² with k(k − 1)/2 degrees of freedom when
    nothing is correlated (M. S. Bartlett, 1950, 1951). Rows that miss anything are left out.
    """
    standard, kept = _standardised(values)
    correlation = _correlation(standard, kept)
    eigenvalues, vectors = _eigen(correlation)
    columns = values.shape[-1]
    regular = eigenvalues[..., -1] > SINGULAR * eigenvalues[..., 0]
    eigenvalues = numpy.where(regular[..., None], eigenvalues, numpy.nan)
    inverse = (vectors / eigenvalues[..., None, :]) @ numpy.swapaxes(vectors, -1, ROWS)
    scale = numpy.sqrt(numpy.diagonal(inverse, axis1=ROWS, axis2=-1))
    partial = inverse / (scale[..., None] * scale[..., None, :])
    apart = 1 - numpy.eye(columns)
    plain, held = (correlation**2 * apart).sum(axis=-1), (partial**2 * apart).sum(axis=-1)
    freedom = columns * (columns - 1) // 2
    chi_square = -(kept - 1 - (2 * columns + 5) / 6) * numpy.log(eigenvalues).sum(axis=-1)
    with numpy.errstate(invalid="ignore"):
        return Adequacy(
            kmo=plain.sum(axis=-1) / (plain.sum(axis=-1) + held.sum(axis=-1)),
            kmo_by_column=plain / (plain + held),
            chi_square=chi_square,
            freedom=freedom,
            p_value=numpy.asarray(special.chdtrc(freedom, chi_square)),
            rows_kept=kept,
        )


def varimax(
    loadings: FloatArray, *, normalise: bool = True, tolerance: float = 1e-10, rounds: int = 1_000
) -> tuple[FloatArray, FloatArray]:
    """Rotate components so that each column loads on few of them (H. F. Kaiser, Psychometrika 23, 1958).

    Every two components are turned in their plane by Kaiser's angle, which is the best there, until none turns.

    Args:
        loadings: (..., columns, components), of the components that are kept.
        normalise: give each column the same say, whatever share of it the components explain (Kaiser's
            normalisation, R's default).

    Returns:
        Rotated loadings, and the rotation (..., components, components) that leads to them. Each component
        points so that its largest loading is positive.
    """
    size = numpy.sqrt((loadings**2).sum(axis=-1, keepdims=True)) if normalise else 1.0
    rotated = loadings / numpy.where(size == 0, 1.0, size)
    components = loadings.shape[-1]
    rotation = numpy.zeros((*loadings.shape[:ROWS], components, components))
    rotation[...] = numpy.eye(components)
    for _ in range(rounds):
        largest = 0.0
        for pair in combinations(range(components), 2):
            angle = _kaiser_angle(rotated[..., pair[0]], rotated[..., pair[1]])
            largest = max(largest, float(numpy.abs(angle).max()))
            _turn(rotated, pair, angle)
            _turn(rotation, pair, angle)
        if largest <= tolerance:
            break
    sign = _signs(rotated)
    return loadings @ rotation * sign, rotation * sign


def _kaiser_angle(x: FloatArray, y: FloatArray) -> FloatArray:
    """The angle that makes the squares of two components' loadings, (..., columns), vary most."""
    difference, product = x**2 - y**2, 2 * x * y
    sums, products = difference.sum(axis=-1), product.sum(axis=-1)
    count = x.shape[-1]
    sine = 2 * ((difference * product).sum(axis=-1) - sums * products / count)
    cosine = (difference**2 - product**2).sum(axis=-1) - (sums**2 - products**2) / count
    # Where nothing can be gained both are rounding, and any angle would do: stay.
    flat = numpy.hypot(sine, cosine) <= SAME_SIZE * ((difference**2 + product**2).sum(axis=-1))
    return numpy.where(flat, 0.0, numpy.arctan2(sine, cosine) / 4)


def _turn(table: FloatArray, pair: tuple[int, int], angle: FloatArray) -> None:
    """Turn two columns of ``table``, (..., rows, columns), in place."""
    first, second = pair
    cosine, sine = numpy.cos(angle)[..., None], numpy.sin(angle)[..., None]
    x, y = table[..., first].copy(), table[..., second].copy()
    table[..., first] = x * cosine + y * sine
    table[..., second] = y * cosine - x * sine


def _standardised(values: FloatArray) -> tuple[FloatArray, WholeArray]:
    """Complete rows centred and scaled with n − 1, zero elsewhere; and how many are complete."""
    complete = complete_rows(values)
    used = ~numpy.isnan(complete)
    kept = used.any(axis=-1).sum(axis=-1)
    count = kept[..., None, None]
    with numpy.errstate(divide="ignore", invalid="ignore"):
        mean = numpy.where(used, complete, 0.0).sum(axis=ROWS, keepdims=True) / count
        centred = numpy.where(used, complete - mean, 0.0)
        deviation = numpy.sqrt((centred**2).sum(axis=ROWS, keepdims=True) / (count - 1))
        lowest = numpy.fmin.reduce(complete, axis=ROWS, keepdims=True)
        constant = lowest == numpy.fmax.reduce(complete, axis=ROWS, keepdims=True)
        return centred / numpy.where(constant | (count < 2), numpy.nan, deviation), kept


def _correlation(standard: FloatArray, kept: WholeArray) -> FloatArray:
    return (
        numpy.swapaxes(standard, -1, ROWS) @ standard / numpy.maximum(kept - 1, 1)[..., None, None]
    )


def _eigen(correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues, largest first, and eigenvectors; NaN where a correlation is undefined."""
    undefined = numpy.asarray(numpy.isnan(correlation).any(axis=(ROWS, -1), keepdims=True))
    safe = numpy.where(undefined, numpy.eye(correlation.shape[-1]), correlation)
    values, vectors = numpy.linalg.eigh(safe)
    values = numpy.where(undefined[..., 0], numpy.nan, values[..., ::-1])
    return values, numpy.where(undefined, numpy.nan, vectors[..., ::-1])


def _signed(vectors: FloatArray) -> FloatArray:
    return vectors * _signs(vectors)


def _signs(vectors: FloatArray) -> FloatArray:
    """+1 or −1 per component, (..., 1, components), that make the first largest entry positive."""
    size = numpy.abs(vectors)
    largest = size >= size.max(axis=ROWS, keepdims=True) * (1 - SAME_SIZE)
    first = numpy.argmax(largest, axis=ROWS)[..., None, :]
    return numpy.where(numpy.take_along_axis(vectors, first, axis=ROWS) < 0, -1.0, 1.0)
