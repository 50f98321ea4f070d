"""KOSIS, the statistics portal of Korea: find a table, read what it holds, fetch its figures.

Documented at https://kosis.kr/openapi/ and https://www.data.go.kr/data/15057519/openapi.do . What is
fetched becomes the long table; a source cell reads ``KOSIS:101/DT_1B040A3/T20/11110/2024``: organisation,
table, item, the code of each classification, period.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from math import prod
from typing import Any

import polars as pl

from donghaeng.rules.faults import BadInput

from .cache import Cache, Retrieval
from .faults import SourceFault
from .fetching import KEY, Fetcher, Limits, address
from .keys import Key
from .kosis_codes import CALLS_A_MINUTE, MOST_CELLS, SERVICE, TOO_MANY_CODES, read_rows
from .kosis_rows import observations_of, text_frame
from .kosis_table import ALL, BASE, KosisTable
from .number_text import NumberMarks
from .sourced import SourcedObservations
from .throttle import Throttle

KEY_VARIABLE = "DONGHAENG_KOSIS_KEY"
MARKS = NumberMarks(thousands=True)


class MetaKind(StrEnum):
    """What a table can be asked about itself."""

    TABLE = "TBL"
    ITEMS = "ITM"
    CLASSIFICATIONS = "OBJ"


def kosis_fetcher(
    key: Key | None, cache: Cache | None = None, limits: Limits | None = None
) -> Fetcher:
    """What asks KOSIS: with its key, and no faster than it allows."""
    return Fetcher(SERVICE, key, cache=cache, limits=limits, throttle=Throttle(CALLS_A_MINUTE))


class Kosis:
    """KOSIS, asked through ``fetcher``. ``base`` is another address for a copy of it."""

    def __init__(self, fetcher: Fetcher, base: str = BASE) -> None:
        self._fetcher = fetcher
        self._base = base

    def search(self, words: str, *, first: int = 1, count: int = 20) -> pl.DataFrame:
        """Tables whose names hold ``words``: ORG_ID, TBL_ID, TBL_NM, STAT_NM and more, as text."""
        return self._table(
            "statisticsSearch.do",
            {"method": "getList", "searchNm": words, "startCount": str(first), "resultCount": str(count)},
        )  # fmt: skip

    def catalogue(self, parent: str = "", *, view: str = "MT_ZTITLE") -> pl.DataFrame:
        """What stands under a heading of the portal's catalogue (``MT_ZTITLE``: by subject)."""
        return self._table(
            "statisticsList.do", {"method": "getList", "vwCd": view, "parentListId": parent}
        )

    def meta(self, org: str, table: str, kind: MetaKind = MetaKind.ITEMS) -> pl.DataFrame:
        """What a table says of itself; of ``ITEMS``, its items and the codes of its classifications."""
        return self._table(
            "statisticsData.do",
            {"method": "getMeta", "type": kind.value, "orgId": org, "tblId": table},
        )

    def figures(
        self,
        asked: KosisTable,
        *,
        unit_class: int = 1,
        indicators: Mapping[str, str] | None = None,
        marks: NumberMarks = MARKS,
    ) -> SourcedObservations:
        """The figures of a table as observations.

        A question that is too large is put in parts, by periods. The indicator of a figure is its table,
        item and the codes of all classifications but the unit's, ``DT_1B040A3.T20``.

        Args:
            unit_class: the classification that is the unit, counted from 1 (``objL1``).
            indicators: names of your own for some of these codes.
            marks: what stands for a missing figure; ``-`` means nought in some tables.

        Raises:
            SourceFault: for KOSIS's own codes, and for figures in two measures under one indicator.
            BadInput: where the figures make no long table.
        """
        if not 1 <= unit_class <= len(asked.classes):
            raise BadInput(
                f"no classification {unit_class}", remedy=f"1 to {len(asked.classes)}", file=SERVICE
            )
        rows, retrievals = self._rows(asked)
        return observations_of(rows, asked, unit_class, indicators or {}, marks, tuple(retrievals))

    def _table(self, page: str, query: Mapping[str, str]) -> pl.DataFrame:
        terms = {**query, "apiKey": KEY, "format": "json", "jsonVD": "Y"}
        rows, _ = self._fetcher.fetch(address(self._base, page, query=terms), read_rows)
        return text_frame(rows)

    def _rows(self, asked: KosisTable) -> tuple[list[dict[str, Any]], list[Retrieval]]:
        """The rows that answer ``asked``, in as many calls as they need."""
        try:
            rows, retrieval = self._fetcher.fetch(asked.address(self._base), read_rows)
            return rows, [retrieval]
        except SourceFault as fault:
            if fault.code not in TOO_MANY_CODES:
                raise
            halves = asked.halves()
            if halves is None:
                raise self._too_many(asked, fault.code) from None
        early, late = (self._part(half) for half in halves)
        if not early[1] and not late[1]:
            raise SourceFault("no figures for this question", code="30", service=SERVICE)
        return early[0] + late[0], early[1] + late[1]

    def _part(self, asked: KosisTable) -> tuple[list[dict[str, Any]], list[Retrieval]]:
        """As :meth:`_rows`; a part of the periods may be without figures."""
        try:
            return self._rows(asked)
        except SourceFault as fault:
            if fault.code != "30":
                raise
            return [], []

    def _too_many(self, asked: KosisTable, code: str) -> SourceFault:
        cells = self._cells_in_a_period(asked)
        count = f"up to {cells:,}" if cells else "an unknown number of"
        span = f"{asked.latest} newest periods" if asked.latest else asked.first
        return SourceFault(
            f"{count} cells for each period are asked for ({span}); a call gives {MOST_CELLS:,}",
            code=code,
            service=SERVICE,
            remedy="name items or classes"
            + (", or a first and last period" if asked.latest else ""),
        )

    def _cells_in_a_period(self, asked: KosisTable) -> int:
        """How many cells the question has in one period at most; 0 where KOSIS does not say."""
        try:
            codes = self.meta(asked.org, asked.table)
        except SourceFault:
            return 0
        if not {"OBJ_ID", "ITM_ID"} <= set(codes.columns):
            return 0
        counts = dict(codes.group_by("OBJ_ID", maintain_order=True).len().iter_rows())
        wanted = [asked.items, *asked.classes]
        known = [counts.pop("ITEM", 0), *counts.values()]
        if len(known) != len(wanted):
            return 0
        return prod(
            count if codes == ALL else len(codes)
            for count, codes in zip(known, wanted, strict=True)
        )
