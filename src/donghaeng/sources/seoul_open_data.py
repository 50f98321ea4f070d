"""서울 열린데이터광장, the open data of Seoul: all rows of a service, and observations made of them.

The form of a request is ``http://openapi.seoul.go.kr:8088/{KEY}/json/SERVICE/1/1000/…``: the key stands in
the path and the line is open, so anyone on the way can read it. A source cell reads
``Seoul:SERVICE/R12:FIELD``; rows are counted from 1, as the service counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from donghaeng.rules.faults import BadInput

from .cache import Cache, Reply, Retrieval
from .faults import SourceFault
from .fetching import KEY, Fetcher, Limits, address
from .json_replies import read_json, reply_text
from .keys import Key
from .number_text import NumberMarks, read_numbers
from .observations import ObservationStatus, check_observations
from .periods import FORMS, Frequency, is_period, read_office_period
from .sourced import SourcedObservations
from .table_files import Table

SERVICE = "Seoul Open Data"
BASE = "http://openapi.seoul.go.kr:8088"
KEY_VARIABLE = "DONGHAENG_SEOUL_KEY"
ROWS_A_CALL = 1_000
MARKS = NumberMarks(thousands=True)
DONE, NO_DATA = "INFO-000", "INFO-200"

# The portal's table of messages (메시지 설명): what a code means, what to do, whether it may pass.
_MEANINGS: Mapping[str, tuple[str, str, bool]] = {
    "INFO-100": ("the key is not valid", "apply for a key at https://data.seoul.go.kr", False),
    "ERROR-300": ("a required part of the request is missing", "give the service its arguments", False),
    "ERROR-301": ("the type of file is missing or not valid", "json", False),
    "ERROR-310": ("there is no such service", "check the name of the service", False),
    "ERROR-331": ("the first row is not right", "a whole number from 1", False),
    "ERROR-332": ("the last row is not right", "a whole number from 1", False),
    "ERROR-333": ("the rows are no whole numbers", "whole numbers from 1", False),
    "ERROR-334": ("the first row is after the last", "first ≤ last", False),
    "ERROR-335": ("the key 'sample' gives five rows only", "apply for a key of your own", False),
    "ERROR-336": (f"more than {ROWS_A_CALL:,} rows in one call", "ask for fewer rows a call", False),
    "ERROR-500": ("the server of the portal has failed", "try again later", True),
    "ERROR-600": ("the portal cannot reach its database", "try again later", True),
    "ERROR-601": ("the portal's own query is wrong", "check the arguments, or tell the portal", False),
}  # fmt: skip
CODES = (DONE, NO_DATA, *_MEANINGS)
_XML_CODE = re.compile(r"<CODE>\s*([A-Z]+-\d+)\s*</CODE>")


@dataclass(frozen=True)
class Page:
    """A part of a service's rows, and how many rows it says it has in all."""

    rows: list[dict[str, Any]]
    total: int


@dataclass(frozen=True)
class RowMapping:
    """Which fields of a row are the unit, the period, the indicator and the value.

    Args:
        unit: field of the unit.
        values: fields that hold figures, each with the name of its indicator.
        indicator: instead, the field that names the indicator; then ``value`` is the one of the figure.
        period: field of the period, read at ``frequency``: ``202401`` is a month or a quarter.
        all_in: the period of every row, where no field says it.
        only: rows to keep: those in which each of these fields has this text.
    """

    unit: str
    values: Mapping[str, str] = field(default_factory=dict)
    indicator: str = ""
    value: str = ""
    period: str = ""
    frequency: Frequency = Frequency.YEAR
    all_in: str = ""
    only: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        long = bool(self.indicator and self.value)
        if not self.unit or bool(self.values) == long or bool(self.indicator) != bool(self.value):
            raise BadInput(
                "the mapping has no unit, or no figures", file=SERVICE,
                remedy="unit, and either values or indicator with value",
            )  # fmt: skip
        if self.period and self.all_in:
            raise BadInput(
                "a field of periods, and one period for all", file=SERVICE, remedy="either"
            )
        if not is_period(self.all_in):
            raise BadInput(f"{self.all_in!r} is no period", file=SERVICE, remedy=FORMS)

    @property
    def fields(self) -> list[str]:
        """Every field that a row must have."""
        named = (self.unit, self.period, self.indicator, self.value, *self.values, *self.only)
        return list(dict.fromkeys(name for name in named if name))


def read_page(reply: Reply, service: str) -> Page:
    """The rows in a reply; none where the portal says that there is no data (INFO-200).

    The key of the envelope may differ from the service's name (``bikeList`` answers ``rentBikeStatus``).

    Raises:
        SourceFault: for each of the portal's codes, and for whatever is no page of rows.
    """
    xml = _XML_CODE.search(reply_text(reply, SERVICE)) if reply.body.lstrip()[:1] == b"<" else None
    document = {"RESULT": {"CODE": xml[1]}} if xml else read_json(reply, SERVICE)
    envelope = _envelope(document, service)
    result = envelope.get("RESULT")
    said = result if isinstance(result, dict) else {}
    code = str(said.get("CODE") or said.get("RESULT.CODE") or DONE)
    if code == NO_DATA:
        return Page([], 0)
    if code != DONE:
        raise fault_of(code, str(said.get("MESSAGE") or said.get("RESULT.MESSAGE") or ""))
    rows, total = envelope.get("row"), str(envelope.get("list_total_count", ""))
    if (
        not total.isdigit()
        or not isinstance(rows, list)
        or not all(isinstance(r, dict) for r in rows)
    ):
        raise SourceFault(
            "neither rows nor an error that the portal documents",
            code="unknown reply",
            service=SERVICE,
            remedy="services of real-time data have another form",
        )
    return Page(rows, int(total))


def _envelope(document: Any, service: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        return {}
    inner = [
        part for part in document.values() if isinstance(part, dict) and "list_total_count" in part
    ]
    if isinstance(document.get(service), dict):
        inner = [document[service]]
    return inner[0] if len(inner) == 1 else document


def fault_of(code: str, said: str = "") -> SourceFault:
    """The fault that a code of the portal stands for, with the portal's own words."""
    unknown = ("a code that is not documented", "see https://data.seoul.go.kr", False)
    meaning, remedy, passing = _MEANINGS.get(code, unknown)
    quoted = f" (“{said}”)" if said else ""
    return SourceFault(meaning + quoted, code=code, service=SERVICE, remedy=remedy, passing=passing)


def address_of(
    service: str, arguments: tuple[str, ...] = (), first: int = 1, *, base: str = BASE
) -> str:
    """The request for the rows from ``first`` on, with ``{KEY}`` for the key."""
    rows = (str(first), str(first + ROWS_A_CALL - 1))
    return address(base, KEY, "json", service, *rows, *arguments)


def seoul_fetcher(
    key: Key | None, cache: Cache | None = None, limits: Limits | None = None
) -> Fetcher:
    """What asks the portal, with its key."""
    return Fetcher(SERVICE, key, cache=cache, limits=limits)


class SeoulOpenData:
    """The portal, asked through ``fetcher``. ``base`` is another address for a copy of it."""

    def __init__(self, fetcher: Fetcher, base: str = BASE) -> None:
        self._fetcher = fetcher
        self._base = base

    def rows(self, service: str, *arguments: str) -> tuple[pl.DataFrame, tuple[Retrieval, ...]]:
        """All rows of a service as texts, page by page, and where each page came from.

        Args:
            arguments: what follows the row numbers in the path, such as a year.

        Raises:
            SourceFault: for each of the portal's codes but INFO-200, which means that there are no rows;
                and where the number of rows changes while they are read, or a page is not full.
        """
        if not service or not all(arguments):
            raise BadInput("no service, or an empty argument", file=SERVICE, remedy="name it")
        rows: list[dict[str, Any]] = []
        retrievals: list[Retrieval] = []
        total = 0
        while not retrievals or len(rows) < total:
            page, retrieval = self._fetcher.fetch(
                address_of(service, arguments, len(rows) + 1, base=self._base),
                lambda reply: read_page(reply, service),
            )
            if retrievals and page.total != total:
                raise self._changed(f"{total:,} rows at first, then {page.total:,}")
            total = page.total
            due = min(ROWS_A_CALL, total - len(rows))
            if len(page.rows) != due:
                raise self._changed(f"{len(page.rows):,} rows on a page of {due:,}")
            rows += page.rows
            retrievals.append(retrieval)
        names = dict.fromkeys(name for row in rows for name in row)
        texts = {name: [_text(row.get(name)) for row in rows] for name in names}
        return pl.DataFrame(texts, schema=dict.fromkeys(names, pl.String)), tuple(retrievals)

    def _changed(self, told: str) -> SourceFault:
        return SourceFault(
            f"the data changed while they were read: {told}",
            code="changed",
            service=SERVICE,
            remedy="ask again, without what was kept before",
        )

    def figures(
        self, service: str, mapping: RowMapping, *arguments: str, marks: NumberMarks = MARKS
    ) -> SourcedObservations:
        """The rows of a service as observations; an empty table where the portal has no data.

        Raises:
            SourceFault: as :meth:`rows`.
            BadInput: for a field that is not there, a figure that is no number, and whatever
                :func:`~donghaeng.sources.observations.check_observations` finds.
        """
        frame, retrievals = self.rows(service, *arguments)
        source = "/".join(("Seoul:" + service, *arguments))
        if frame.is_empty():
            frame = pl.DataFrame(schema=dict.fromkeys(mapping.fields, pl.String))
        table = Table(source, frame, pl.int_range(1, frame.height + 1, eager=True))
        table.require(mapping.fields)
        long = _long(_kept(table, mapping), mapping, marks)
        indicators = long.select("indicator").unique(maintain_order=True)
        return SourcedObservations(
            check_observations(long, SERVICE),
            long.select("unit", pl.col("unit").alias("name")).unique(maintain_order=True),
            indicators.with_columns(
                pl.col("indicator").alias("name"), pl.lit("").alias("measured_in")
            ),
            retrievals,
        )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _kept(table: Table, mapping: RowMapping) -> Table:
    """The rows that the mapping keeps.

    Raises:
        BadInput: where it keeps none of them, which is a misspelt text more often than not.
    """
    kept = pl.Series([True], dtype=pl.Boolean).new_from_index(0, table.frame.height)
    for name, text in mapping.only.items():
        kept &= table.frame[name] == text
        if table.frame.height and not kept.any():
            seen = ", ".join(table.frame[name].unique(maintain_order=True).head(5))
            raise BadInput(
                f"no row has {text!r}", file=table.name, field=name, remedy=f"it has {seen}"
            )
    return Table(table.name, table.frame.filter(kept), table.rows.filter(kept))


def _long(table: Table, mapping: RowMapping, marks: NumberMarks) -> pl.DataFrame:
    frame = table.frame
    parts = []
    for column, name in (mapping.values or {mapping.value: ""}).items():
        value = read_numbers(frame[column], table.place(column), marks)
        missing, official = ObservationStatus.MISSING.value, ObservationStatus.OFFICIAL.value
        parts.append(
            frame.select(
                pl.col(mapping.unit).alias("unit"),
                _periods(table, mapping).alias("period"),
                (pl.lit(name) if name else pl.col(mapping.indicator)).alias("indicator"),
                value.alias("value"),
                pl.lit(None, pl.Float64).alias("lower"),
                pl.lit(None, pl.Float64).alias("upper"),
                pl.when(value.is_null()).then(pl.lit(missing)).otherwise(pl.lit(official)).alias("status"),
                pl.format("{}/R{}:{}", pl.lit(table.name), table.rows, pl.lit(column)).alias("source_cell"),
            )
        )  # fmt: skip
    return pl.concat(parts)


def _periods(table: Table, mapping: RowMapping) -> pl.Series:
    if not mapping.period:
        return pl.Series([mapping.all_in], dtype=pl.String).new_from_index(0, table.frame.height)
    texts = table.frame[mapping.period]
    periods = {text: read_office_period(text, mapping.frequency) for text in texts.unique()}
    for row, text in enumerate(texts):
        if not periods[text]:
            file, cell = table.place(mapping.period)(row)
            raise BadInput(
                f"{text!r} is no period of frequency {mapping.frequency}", file=file, field=cell,
                remedy="2024 (Y), 202401 (S, Q, M)",
            )  # fmt: skip
    return texts.replace_strict(periods, return_dtype=pl.String)
