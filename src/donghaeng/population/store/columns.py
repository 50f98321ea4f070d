"""How columns are named and typed in a partition.

A household column bears its name; a person column is one column a slot, ``earnings.0``, ``earnings.1``, ...;
``known:`` before a name holds the flags of a column in which some value is not known. Whole numbers are kept
in the narrowest type that holds them: reading is the cost, and what is not read from disk is not paid for.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray
KNOWN = "known:"
WHOLE_TYPES = (np.int8, np.int16, np.int32, np.int64)


def slot_name(name: str, slot: int) -> str:
    """The column of one slot of a person column."""
    return f"{name}.{slot}"


def narrowest(values: Array) -> Array:
    """The same numbers in the narrowest type that holds them; floats and flags as they are."""
    if values.dtype.kind != "i" or not len(values):
        return np.ascontiguousarray(values)
    low, high = int(values.min()), int(values.max())
    kind: Any = next(
        each for each in WHOLE_TYPES if np.iinfo(each).min <= low <= high <= np.iinfo(each).max
    )
    return np.ascontiguousarray(values, kind)
