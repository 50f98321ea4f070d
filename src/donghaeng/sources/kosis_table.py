"""A question to KOSIS: which figures of which table, and the request that asks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from donghaeng.rules.faults import BadInput

from .fetching import KEY, address
from .kosis_codes import SERVICE
from .periods import Frequency, office_period, periods_between, read_office_period

BASE = "https://kosis.kr/openapi"
ALL = ("ALL",)
MOST_CLASSIFICATIONS = 8


@dataclass(frozen=True)
class KosisTable:
    """A question: which figures of which table.

    Args:
        org: code of the organisation (``101`` is the statistics office).
        table: code of the table, ``DT_1B040A3``.
        items: codes of its items, or ``ALL``.
        classes: of each of its classifications, up to eight, the codes, or ``ALL``.
        first, last: periods in our form, ``2024`` or ``2024-Q1``.
        latest: instead of them, the number of newest periods.

    Raises:
        BadInput: where the question is not one.
    """

    org: str
    table: str
    items: tuple[str, ...] = ALL
    classes: tuple[tuple[str, ...], ...] = (ALL,)
    frequency: Frequency = Frequency.YEAR
    first: str = ""
    last: str = ""
    latest: int = 0

    def __post_init__(self) -> None:
        codes = [
            self.org,
            self.table,
            *self.items,
            *(code for codes in self.classes for code in codes),
        ]
        for code in codes:
            if not re.fullmatch(r"[\w.\-]+", code):
                raise BadInput(
                    f"{code!r} is no code", file=SERVICE, remedy="letters, digits, _ - ."
                )
        if not self.items or not all(self.classes) or not self.classes:
            raise BadInput("no items or classes", file=SERVICE, remedy="name codes, or ALL")
        if len(self.classes) > MOST_CLASSIFICATIONS:
            raise BadInput("more than eight classifications", file=SERVICE)
        if self.latest < 0 or bool(self.latest) == bool(self.first or self.last):
            raise BadInput("no span of periods", file=SERVICE, remedy="first and last, or latest")
        if not self.latest:
            self._check_span()

    def _check_span(self) -> None:
        first, last = self.span
        for period, own in ((self.first, first), (self.last, last)):
            if not own:
                raise BadInput(
                    f"{period!r} is no period of frequency {self.frequency}",
                    file=SERVICE,
                    remedy="2024 (Y, F, IR), 2024-S1 (S), 2024-Q1 (Q) or 2024-07 (M)",
                )
        if first > last:
            raise BadInput(
                f"{self.first} is after {self.last}", file=SERVICE, remedy="first ≤ last"
            )

    @property
    def span(self) -> tuple[str, str]:
        """First and last period as KOSIS writes them."""
        return office_period(self.first, self.frequency), office_period(self.last, self.frequency)

    def halves(self) -> tuple[KosisTable, KosisTable] | None:
        """The same question for the first and for the second half of its periods, if it has two."""
        if self.latest:
            return None
        periods = periods_between(*self.span, self.frequency)
        if len(periods) < 2:
            return None
        middle = len(periods) // 2
        before, after = (
            read_office_period(periods[place], self.frequency) for place in (middle - 1, middle)
        )
        return replace(self, last=before), replace(self, first=after)

    def address(self, base: str = BASE) -> str:
        """The request, with ``{KEY}`` for the key."""
        span = (
            {"newEstPrdCnt": str(self.latest)}
            if self.latest
            else dict(zip(("startPrdDe", "endPrdDe"), self.span, strict=True))
        )
        # Codes are put one after another with a plus sign, as the portal's own maker of addresses does.
        levels = {
            f"objL{level}": " ".join(codes) for level, codes in enumerate(self.classes, start=1)
        }
        query = {
            "method": "getList",
            "apiKey": KEY,
            "format": "json",
            "jsonVD": "Y",
            "orgId": self.org,
            "tblId": self.table,
            "itmId": " ".join(self.items),
            **levels,
            "prdSe": self.frequency.value,
            **span,
        }
        return address(base, "Param", "statisticsParameterData.do", query=query)
