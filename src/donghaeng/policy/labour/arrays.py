"""The arrays of labour supply: one row a person (or a household's main earner)."""

from __future__ import annotations

import numpy
from numpy.typing import NDArray

FloatArray = NDArray[numpy.float64]
FlagArray = NDArray[numpy.bool_]
WholeArray = NDArray[numpy.int64]
