"""What an evaluation must give: a value for every output in every draw, or never one for that output."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from donghaeng.index.arrays import FlagArray, FloatArray
from donghaeng.rules.faults import BadInput

# Outputs (draws,) or (draws, outputs) at points (draws, columns) of the unit cube.
Evaluate = Callable[[FloatArray], FloatArray]


def outputs_at(evaluate: Evaluate, points: FloatArray) -> FloatArray:
    """Outputs of shape (draws, outputs), none infinite, and none missing in some of the draws only.

    An output that no draw can have - a unit that is screened out - stays NaN. One that only some draws
    can have would make a share of variance mean something else, so the run stops and says which.

    Raises:
        BadInput: for such an output, and where the number of rows is not that of the draws.
    """
    outputs = np.asarray(evaluate(points), dtype=np.float64)
    if not outputs.ndim or len(outputs) != len(points):
        raise BadInput(
            f"outputs of shape {outputs.shape} for {len(points)} draws", remedy="one row a draw"
        )
    outputs = outputs.reshape(len(outputs), -1)
    missing = np.isnan(outputs)
    require_everywhere(np.isinf(outputs) | (missing != missing[0]))
    return outputs


def require_everywhere(faulty: FlagArray) -> None:
    """Refuse outputs, in the last axis, that are faulty anywhere."""
    where = np.flatnonzero(faulty.any(axis=tuple(range(faulty.ndim - 1))))
    if len(where):
        raise BadInput(
            f"output {where[0]} has no finite value in some draws",
            remedy="settle the choices so that every draw can be computed",
        )
