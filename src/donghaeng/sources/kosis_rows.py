"""From the rows of KOSIS to observations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from .cache import Retrieval
from .faults import SourceFault
from .kosis_codes import SERVICE
from .kosis_table import KosisTable
from .number_text import NumberMarks, read_numbers
from .observations import ObservationStatus, check_observations
from .periods import Frequency, read_office_period
from .sourced import SourcedObservations, rename_indicators

# Yearly rows may come back as A (annual), half-yearly ones as H.
_SAME_FREQUENCY = {"A": Frequency.YEAR.value, "H": Frequency.HALF.value}
# Without these a row cannot be placed; UNIT_NM and DT may be absent.
_PLACED_BY = ("ORG_ID", "TBL_ID", "ITM_ID", "PRD_SE", "PRD_DE")


def text_frame(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame of texts, with every name that occurs in any of them."""
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame(
        {
            name: [None if row.get(name) is None else str(row[name]) for row in rows]
            for name in names
        },
        schema=dict.fromkeys(names, pl.String),
    )


def observations_of(
    rows: Sequence[Mapping[str, Any]],
    asked: KosisTable,
    unit_class: int,
    names: Mapping[str, str],
    marks: NumberMarks,
    retrievals: tuple[Retrieval, ...],
) -> SourcedObservations:
    """The rows that answer ``asked`` as observations; see :meth:`donghaeng.sources.kosis.Kosis.figures`."""
    frame = _placed(text_frame(rows), asked, unit_class)
    codes = frame["indicator"]
    frame = frame.with_columns(rename_indicators(codes, names, SERVICE).alias("indicator"))
    value = read_numbers(frame["DT"], _place(frame), marks)
    missing, official = ObservationStatus.MISSING.value, ObservationStatus.OFFICIAL.value
    long = frame.select(
        "unit",
        "period",
        "indicator",
        value.alias("value"),
        pl.lit(None, pl.Float64).alias("lower"),
        pl.lit(None, pl.Float64).alias("upper"),
        pl.when(value.is_null()).then(pl.lit(missing)).otherwise(pl.lit(official)).alias("status"),
        "source_cell",
    )
    return SourcedObservations(
        check_observations(long, SERVICE),
        frame.select("unit", pl.col("unit_name").alias("name")).unique("unit", maintain_order=True),
        _indicators(frame),
        retrievals,
    )


def _placed(frame: pl.DataFrame, asked: KosisTable, unit_class: int) -> pl.DataFrame:
    """Each row with its unit, period, indicator and source cell."""
    levels = [f"C{level}" for level in range(1, len(asked.classes) + 1)]
    for name in (*_PLACED_BY, *levels):
        if name not in frame.columns or frame[name].null_count():
            raise SourceFault(
                f"a row has no {name}",
                code="unknown reply",
                service=SERVICE,
                remedy="is the table right?",
            )
    frame = frame.with_columns(
        pl.lit(None, pl.String).alias(name)
        for name in ("DT", "UNIT_NM", "ITM_NM", *(f"{level}_NM" for level in levels))
        if name not in frame.columns
    )
    _check_asked(frame, asked)
    others = [level for level in levels if level != f"C{unit_class}"]
    frequency = asked.frequency
    periods = {text: read_office_period(text, frequency) for text in frame["PRD_DE"].unique()}
    for text, period in periods.items():
        if not period:
            raise SourceFault(
                f"{text!r} is no period of frequency {frequency}",
                code="unknown reply",
                service=SERVICE,
            )
    return frame.with_columns(
        pl.col(f"C{unit_class}").alias("unit"),
        pl.col(f"C{unit_class}_NM").fill_null("").alias("unit_name"),
        pl.col("PRD_DE").replace_strict(periods).alias("period"),
        pl.concat_str(["TBL_ID", "ITM_ID", *others], separator=".").alias("indicator"),
        pl.concat_str(
            [pl.col(name).fill_null("") for name in ("ITM_NM", *(f"{level}_NM" for level in others))],
            separator=", ",
        ).alias("indicator_name"),
    ).with_columns(
        pl.concat_str(
            [pl.lit("KOSIS:") + pl.col("ORG_ID"), "TBL_ID", "ITM_ID", *levels, "period"], separator="/"
        ).alias("source_cell")
    )  # fmt: skip


def _check_asked(frame: pl.DataFrame, asked: KosisTable) -> None:
    """Check that the rows are of the table and of the frequency that were asked for."""
    sent = frame.select("ORG_ID", "TBL_ID", pl.col("PRD_SE").replace(_SAME_FREQUENCY)).unique()
    for row in sent.iter_rows():
        if row != (asked.org, asked.table, asked.frequency.value):
            raise SourceFault(
                f"sent {'/'.join(row)} for {asked.org}/{asked.table}/{asked.frequency}",
                code="unknown reply",
                service=SERVICE,
            )


def _place(frame: pl.DataFrame) -> Callable[[int], tuple[str, str]]:
    cells = frame["source_cell"]
    return lambda row: (SERVICE, cells[row])


def _indicators(frame: pl.DataFrame) -> pl.DataFrame:
    """Each indicator with its name and the measure of its figures; some rows may not state one."""
    stated = pl.col("UNIT_NM").filter(pl.col("UNIT_NM").fill_null("") != "").unique()
    found = frame.group_by("indicator", maintain_order=True).agg(
        pl.col("indicator_name").first().alias("name"), stated.sort().alias("measures")
    )
    for indicator, measures in found.select("indicator", "measures").iter_rows():
        if len(measures) > 1:
            raise SourceFault(
                f"indicator {indicator} is in {' and in '.join(measures)}",
                code="two measures",
                service=SERVICE,
                remedy="ask for fewer items or classes",
            )
    return found.select(
        "indicator", "name", pl.col("measures").list.first().fill_null("").alias("measured_in")
    )
