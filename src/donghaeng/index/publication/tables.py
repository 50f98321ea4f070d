"""A table of a publication: its key, what its columns mean, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars

POINTS = "index points"
OWN_UNIT = "the unit of the indicator"


@dataclass(frozen=True)
class Reference:
    """Columns whose values stand in the columns of another table (in the same one where it is empty)."""

    columns: tuple[str, ...]
    table: str
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its file, its figures, its key, the unit of each figure, and what it refers to."""

    path: str
    title: str
    frame: polars.DataFrame
    key: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()

    @property
    def name(self) -> str:
        """The name of the table: its path with dots, without the ending."""
        return self.path.removesuffix(".csv").replace("/", ".").lower()


OF_UNIT = Reference(("unit",), "data.units", ("unit",))
OF_CODE = Reference(("indicator",), "data.indicators", ("code",))
OF_NODE = Reference(("node",), "data.nodes", ("code",))


def rows_of(
    rows: Iterable[Sequence[object]],
    *,
    texts: Sequence[str] = (),
    figures: Sequence[str] = (),
    counts: Sequence[str] = (),
) -> polars.DataFrame:
    """Rows as a frame with their columns in this order; NaN is missing."""
    schema: dict[str, polars.DataType] = {name: polars.String() for name in texts}
    schema |= {name: polars.Float64() for name in figures}
    schema |= {name: polars.Int64() for name in counts}
    frame = polars.DataFrame(list(rows), schema=schema, orient="row")
    return frame.with_columns(polars.selectors.float().fill_nan(None))
