"""Weights from comparisons by pairs: the analytic hierarchy process.

Source: Saaty (1980), The Analytic Hierarchy Process; Saaty (1990), European Journal of Operational Research
48, 9-26. Several experts: geometric mean of the judgements (Aczel and Saaty 1983).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FloatArray
from .experts import PanelWeights

# Mean consistency index of random reciprocal matrices of size 1, 2, 3, ... (Saaty 1980).
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip

LARGEST_RATIO = 0.10


@dataclass(frozen=True)
class PairwiseWeights(PanelWeights):
    """Weights, and how consistent the judgements behind them are."""

    consistency_ratio: float
    """Of the panel's judgements taken together; 0 is perfectly consistent."""

    expert_ratios: FloatArray
    """(experts,): of each expert's own judgements."""

    largest_eigenvalue: float
    """Of the panel's matrix; the number of children where it is perfectly consistent."""


def pairwise_weights(
    judgements: FloatArray,
    *,
    largest_ratio: float = LARGEST_RATIO,
    allow_inconsistent: bool = False,
) -> PairwiseWeights:
    """The principal eigenvector of judgements "child i matters a times as much as child j".

    Args:
        judgements: (children, children), or (experts, children, children). What stands below the diagonal
            may be missing; it is then one over what stands above.
        largest_ratio: the consistency ratio up to which judgements are accepted.
        allow_inconsistent: accept them all; the ratio still says how inconsistent they are.

    Raises:
        BadInput: a judgement that is not above zero, pairs that contradict each other, more children than
            Saaty's table has (15), or a consistency ratio above the largest (the expert is named).

    >>> pairwise_weights(numpy.array([[1.0, 3.0], [1 / 3, 1.0]])).weights.round(12).tolist()
    [0.75, 0.25]
    """
    judgements = numpy.asarray(judgements, dtype=numpy.float64)
    stack = judgements[None] if judgements.ndim == 2 else judgements
    children = stack.shape[-1]
    if stack.ndim != 3 or stack.shape[-2] != children or not stack.size:
        raise BadInput("the judgements are not a square matrix for each expert")
    if children > len(RANDOM_INDEX):
        raise BadInput(
            f"{children} children to compare by pairs",
            remedy=f"at most {len(RANDOM_INDEX)}: group them",
        )
    stack = _completed(stack)
    eigenvalues, experts = _principal(stack)
    ratios = _consistency_ratios(eigenvalues, children)
    poor = numpy.flatnonzero(ratios > largest_ratio)
    if poor.size and not allow_inconsistent:
        raise BadInput(
            f"the consistency ratio of expert {poor[0]} is {ratios[poor[0]]:.3f}",
            remedy=f"at most {largest_ratio:g}: let the expert look at the judgements again",
        )
    eigenvalue, together = _principal(numpy.exp(numpy.log(stack).mean(axis=0))[None])
    return PairwiseWeights(
        weights=together[0],
        experts=experts,
        consistency_ratio=float(_consistency_ratios(eigenvalue, children)[0]),
        expert_ratios=ratios,
        largest_eigenvalue=float(eigenvalue[0]),
    )


def _completed(stack: FloatArray) -> FloatArray:
    """The matrices with the diagonal and what is missing below it filled in; refused where not reciprocal."""
    children = stack.shape[-1]
    below = numpy.tril(numpy.ones((children, children), dtype=bool), -1)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        mirrored = 1.0 / numpy.swapaxes(stack, -1, -2)
        full = numpy.where(below & numpy.isnan(stack), mirrored, stack)
    diagonal = numpy.arange(children)
    full[:, diagonal, diagonal] = numpy.where(
        numpy.isnan(full[:, diagonal, diagonal]), 1.0, full[:, diagonal, diagonal]
    )
    wrong = numpy.argwhere(~(numpy.isfinite(full) & (full > 0.0)))
    if wrong.size:
        expert, row, column = wrong[0]
        raise BadInput(
            f"expert {expert}: the judgement of child {row} over child {column} is not above 0"
        )
    product = full * numpy.swapaxes(full, -1, -2)
    wrong = numpy.argwhere(numpy.abs(product - 1.0) > 1e-6)
    if wrong.size:
        expert, row, column = wrong[0]
        raise BadInput(
            f"expert {expert}: child {row} over child {column} is {full[expert, row, column]:g}, "
            f"and the other way round {full[expert, column, row]:g}",
            remedy="one over the other, or only what stands above the diagonal",
        )
    return full


def _principal(stack: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The largest eigenvalue of each matrix and its vector, summing to one (Perron: all positive)."""
    values, vectors = numpy.linalg.eig(stack)
    largest = values.real.argmax(axis=-1)
    every = numpy.arange(len(stack))
    vector = vectors[every, :, largest].real
    return values[every, largest].real, vector / vector.sum(axis=-1, keepdims=True)


def _consistency_ratios(eigenvalues: FloatArray, children: int) -> FloatArray:
    """((largest eigenvalue - n) / (n - 1)) / random index; zero for one or two children."""
    if children < 3:
        return numpy.zeros(eigenvalues.shape)
    index = (eigenvalues - children) / (children - 1)
    ratios: FloatArray = numpy.maximum(index, 0.0) / RANDOM_INDEX[children - 1]
    return ratios
