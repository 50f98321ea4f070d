"""The arrays of the index: rows are units at a period, columns are indicators or nodes.

Every function of the numeric core works along the second axis from the end and takes any number of
leading axes, so that the same function builds one index and a thousand draws of it at once.
"""

from __future__ import annotations

import numpy
from numpy.typing import NDArray

FloatArray = NDArray[numpy.float64]
FlagArray = NDArray[numpy.bool_]
WholeArray = NDArray[numpy.int64]

# The axis of rows, counted from the end.
ROWS = -2
