"""The figures of a published folder by their addresses, as they stand there."""

from __future__ import annotations

import json
import math
from pathlib import Path

from donghaeng.rules.faults import BadInput

from .comparison import Difference, said_of, same_cell

ADDRESSES = "results/addresses.json"


def differs_from_published(folder: Path, address: str, value: float) -> Difference | None:
    """What a published folder says of a figure, where that is not ``value``; None where it is.

    A folder that is no publication, and a figure without a published address (an indicator), say nothing.

    Raises:
        BadInput: where the published figures cannot be read.
    """
    file = folder / ADDRESSES
    if not file.is_file():
        return None
    try:
        published = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise BadInput("is not JSON", file=str(file)) from None
    if not isinstance(published, dict) or address not in published:
        return None
    stands, comes_out = published[address], value if math.isfinite(value) else None
    if same_cell(stands, comes_out):
        return None
    return Difference(ADDRESSES, address, said_of(stands), said_of(comes_out))
