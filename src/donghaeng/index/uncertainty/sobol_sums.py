"""The sums from which Sobol indices are computed, so that no draw needs to be kept.

For each output, over the rows of A, B and the exchanged samples AB_i (all less a fixed origin, so that
no digits are lost): A; B; A² + B²; and for each choice AB_i - A; B(AB_i - A); (AB_i - A)²; (B - AB_i)².
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from donghaeng.index.arrays import FloatArray

# Sums of an output itself, and of each choice.
OWN, EACH = 3, 4
# A variance below this share of the output's squared size is rounding, not variance.
ROUNDING = 1e-26


class FirstOrder(StrEnum):
    """How the first index is estimated."""

    SALTELLI = "saltelli"  # outputs less their mean, which takes a needless error away (as SALib)
    SALTELLI_UNCENTRED = "saltelli-uncentred"  # outputs as they are (as COINr 1.1.14)
    JANSEN = "jansen"


def batch_sums(outputs: FloatArray, origin: FloatArray, batches: int) -> FloatArray:
    """Sums over the rows of each batch: (batches, outputs, 3 + 4 · choices).

    Args:
        outputs: shape (2 + choices, rows, outputs): of A, of B, of each exchanged sample.
        origin: shape (outputs,), near the mean of each output.
    """
    centred = outputs - origin
    a, b, exchanged = centred[0], centred[1], centred[2:]
    change = exchanged - a
    own = np.stack([a, b, a * a + b * b], axis=-1)
    each = np.stack([change, b * change, change * change, (b - exchanged) ** 2], axis=-1)
    rows, count = a.shape
    features = np.concatenate([own, each.transpose(1, 2, 0, 3).reshape(rows, count, -1)], axis=-1)
    summed: FloatArray = features.reshape(batches, rows // batches, count, -1).sum(axis=1)
    return summed


def coalesced(sums: FloatArray, most: int) -> FloatArray:
    """Neighbouring batches put together until there are at most ``most``, a power of two."""
    while len(sums) > most:
        sums = sums[0::2] + sums[1::2]
    return sums


def mean_and_variance(
    sums: FloatArray, draws: float, origin: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mean and variance (n - 1) of each output over A and B: both (..., outputs)."""
    total = sums[..., 0] + sums[..., 1]
    mean = total / (2 * draws)
    variance = (sums[..., 2] - total * mean) / (2 * draws - 1)
    return origin + mean, variance


def indices(
    sums: FloatArray, draws: float, origin: FloatArray, first_order: FirstOrder
) -> FloatArray:
    """First and total index of each choice, and their sums: (..., 2, choices + 1, outputs).

    The last row of choices is the sum over them. NaN where an output has no variance. Variances have
    the divisor n - 1 over A and B, as in COINr 1.1.14.
    """
    mean, variance = mean_and_variance(sums, draws, origin)
    each = np.moveaxis(sums[..., OWN:].reshape(*sums.shape[:-1], -1, EACH), -3, -2)
    change, product, squared, apart = np.moveaxis(each, -1, 0)  # each (..., choices, outputs)
    if first_order is FirstOrder.JANSEN:
        first = variance[..., None, :] - apart / (2 * draws)
    else:
        centre = -origin  # what was taken off is put on again
        if first_order is FirstOrder.SALTELLI:
            choices = change.shape[-2]
            everything = (choices + 1) * sums[..., 0] + sums[..., 1] + change.sum(axis=-2)
            centre = everything / ((choices + 2) * draws)
        first = (product - centre[..., None, :] * change) / draws
    explained = np.stack([first, squared / (2 * draws)], axis=-3)
    varies = variance > ROUNDING * np.maximum(origin**2, mean**2)
    share = explained / np.where(varies, variance, np.nan)[..., None, None, :]
    return np.concatenate([share, share.sum(axis=-2, keepdims=True)], axis=-2)
