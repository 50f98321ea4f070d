"""Raking: iterative proportional fitting of household weights to several margins of categories.

Each margin in turn multiplies the weights of a category by what is asked over what is there (Deming and
Stephan 1940). It converges to the weights nearest to the old ones by the exponential distance, and so keeps
the odds ratios of every table of the old weights that the margins do not state.
"""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from .constraints import Constraints, WholeArray
from .distances import Distance, FloatArray
from .infeasible import explain_infeasible
from .newton import Solution, checked_weights

ROUNDS = 1_000
TOLERANCE = 1e-9


def rake(
    constraints: Constraints,
    weights: FloatArray,
    *,
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Solution:
    """Weights raked to the margins.

    Args:
        constraints: margins in which a household counts once, in one category or in none.
        weights: shape (households,), above 0.
        tolerance: largest deviation from a total, as a share of it.
        rounds: through all margins.

    Raises:
        BadInput: for a margin that counts persons or sums (the exponential distance rakes these), for margins
            that cannot be met, naming one and the nearest figure that can, and for weights that are none.
    """
    old = checked_weights(weights, constraints.parts.shape[0])
    margins = _margins(constraints)
    # Households with the same categories keep the same ratio, so they are raked as one.
    codes, together = _together(margins)
    there = numpy.bincount(together, old).astype(numpy.float64)
    cells = there.copy()
    pairs = [(code, totals) for code, (_, totals) in zip(codes, margins, strict=True)]
    for done in range(rounds + 1):
        if max(_deviation(code, totals, cells) for code, totals in pairs) <= tolerance:
            return Solution(old * (cells / there)[together], done)
        for code, totals in pairs:
            counted = _counted(code, totals, cells)
            with numpy.errstate(invalid="ignore", divide="ignore"):
                factor = numpy.where(counted > 0, totals / counted, 1.0)
            cells *= numpy.append(factor, 1.0)[code]
    raise explain_infeasible(constraints, old, Distance.EXPONENTIAL, None, rounds)


def _together(
    margins: list[tuple[WholeArray, FloatArray]],
) -> tuple[list[WholeArray], WholeArray]:
    """The different combinations of categories, and which of them each household has."""
    first = numpy.zeros(1, dtype=numpy.int64)
    together = numpy.zeros(len(margins[0][0]), dtype=numpy.int64)
    for code, totals in margins:
        combined = together * (len(totals) + 1) + code + 1
        _, first, together = numpy.unique(combined, return_index=True, return_inverse=True)
    return [code[first] for code, _ in margins], together


def _margins(constraints: Constraints) -> list[tuple[WholeArray, FloatArray]]:
    """For each margin the category of each household (−1: none) and the totals."""
    found = []
    names = [target.margin for target in constraints.targets]
    parts = constraints.parts.tocsc()
    for name in dict.fromkeys(names):
        columns = [place for place, each in enumerate(names) if each == name]
        block = parts[:, columns].tocsr()
        block.sum_duplicates()
        each_once = numpy.diff(block.indptr) <= 1
        if not each_once.all() or (block.data != 1).any():
            raise BadInput(
                f"{name} counts persons or sums, and raking takes margins of households only",
                field=f"margins.{name}",
                remedy=f"the {Distance.EXPONENTIAL} distance rakes such margins too",
            )
        code = numpy.full(block.shape[0], -1, dtype=numpy.int64)
        code[numpy.diff(block.indptr) == 1] = block.indices
        found.append((code, constraints.totals[columns]))
    return found


def _counted(code: WholeArray, totals: FloatArray, weights: FloatArray) -> FloatArray:
    counted = numpy.bincount(code + 1, weights, minlength=len(totals) + 1)
    return counted[1:].astype(numpy.float64)


def _deviation(code: WholeArray, totals: FloatArray, weights: FloatArray) -> float:
    apart = numpy.abs(_counted(code, totals, weights) - totals)
    return float((apart / numpy.where(totals > 0, totals, 1.0)).max())
