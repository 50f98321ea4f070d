"""Observations as an office's interface gave them: the long table, what its codes mean, where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from donghaeng.rules.faults import BadInput, nearest

from .cache import Retrieval


@dataclass(frozen=True)
class SourcedObservations:
    """What was fetched.

    Args:
        observations: the long table (:mod:`donghaeng.sources.observations`).
        units: columns ``unit`` and ``name``.
        indicators: columns ``indicator``, ``name`` and ``measured_in`` (명, %, 천원).
        retrievals: each reply that a figure comes from: address without key, moment and hash.
    """

    observations: pl.DataFrame
    units: pl.DataFrame
    indicators: pl.DataFrame
    retrievals: tuple[Retrieval, ...]


def rename_indicators(codes: pl.Series, names: Mapping[str, str], service: str) -> pl.Series:
    """``codes`` with the names that the user has given to some of them.

    Raises:
        BadInput: for a name given to a code that does not occur.
    """
    known: Sequence[str] = codes.unique(maintain_order=True).to_list()
    for code in names:
        if code not in known:
            raise BadInput(
                f"no indicator {code!r} among those that were sent",
                file=service,
                remedy=nearest(code, known) or f"for example {', '.join(known[:5])}",
            )
    return codes.replace(dict(names))
