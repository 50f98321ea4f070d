"""The time that a figure is about: a year, a half, a quarter, a month or a day, written in one way."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

FORMS = "2024, 2024-S1, 2024-Q1, 2024-07 or 2024-07-15"
_FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-S[12]|-Q[1-4]|-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?)?"
)


def is_period(text: str) -> bool:
    """Whether ``text`` is a period. Empty text is one too: the source does not say when.

    >>> [is_period(text) for text in ("2024", "2024-Q1", "2024-07", "", "2024-13", "July")]
    [True, True, True, True, False, False]
    """
    if not text:
        return True
    found = _FORM.fullmatch(text)
    if found is None or found["year"] == "0000":
        return False
    if found["day"] is None:
        return True
    try:
        date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True


def point_in_time(period: str) -> float:
    """The beginning of a period in years; nothing is 0.

    >>> [point_in_time(text) for text in ("2024", "2024-S2", "2024-Q2", "2024-07", "2024-01-01", "")]
    [2024.0, 2024.5, 2024.25, 2024.5, 2024.0, 0.0]
    """
    year, _, part = period.partition("-")
    if not part:
        return float(year or 0)
    if "-" in part:
        first, last = (date(int(year), month, day) for month, day in ((1, 1), (12, 31)))
        passed = date.fromisoformat(period) - first
        return int(year) + passed.days / ((last - first).days + 1)
    parts = {"S": 2, "Q": 4}.get(part[0], 12)
    return int(year) + (int(part.lstrip("SQ")) - 1) / parts


class Frequency(StrEnum):
    """How often an office publishes a figure, in KOSIS's letters (``prdSe``)."""

    YEAR = "Y"
    HALF = "S"
    QUARTER = "Q"
    MONTH = "M"
    SEVERAL_YEARS = "F"
    IRREGULAR = "IR"


# Of each frequency that divides a year: the sign in a period of ours, and the parts of a year.
_PARTS = {Frequency.HALF: ("-S", 2), Frequency.QUARTER: ("-Q", 4), Frequency.MONTH: ("-", 12)}


def read_office_period(text: str, frequency: Frequency) -> str:
    """An office's period, ``202401``, as ours; empty where it is none at this frequency.

    >>> read_office_period("202401", Frequency.QUARTER), read_office_period("202401", Frequency.MONTH)
    ('2024-Q1', '2024-01')
    >>> read_office_period("2024.07", Frequency.MONTH), read_office_period("202413", Frequency.MONTH)
    ('2024-07', '')
    """
    digits = re.sub(r"[.\-/]", "", text.strip())
    if not re.fullmatch(r"[0-9]{4}(?:[0-9]{2}(?:[0-9]{2})?)?", digits):
        return ""
    year, part, day = digits[:4], digits[4:6], digits[6:]
    if frequency in _PARTS and part and not day:
        sign, parts = _PARTS[frequency]
        number = part if frequency is Frequency.MONTH else f"{int(part)}"
        period = f"{year}{sign}{number}" if 1 <= int(part) <= parts else ""
    elif frequency is Frequency.IRREGULAR:
        period = "-".join(piece for piece in (year, part, day) if piece)
    else:
        period = "" if part or frequency in _PARTS else year
    return period if period and is_period(period) else ""


def office_period(period: str, frequency: Frequency) -> str:
    """Our period as an office writes it at this frequency; empty where it is of another one.

    >>> office_period("2024-Q1", Frequency.QUARTER), office_period("2024-Q1", Frequency.MONTH)
    ('202401', '')
    """
    if not period or not is_period(period):
        return ""
    year, _, rest = period.partition("-")
    if frequency not in _PARTS:
        digits = period.replace("-", "")
        plain = digits.isdigit() and (not rest or frequency is Frequency.IRREGULAR)
        return digits if plain else ""
    sign, _ = _PARTS[frequency]
    part = period[4:].removeprefix(sign)
    return f"{year}{int(part):02d}" if period[4:].startswith(sign) and part.isdigit() else ""


def periods_between(first: str, last: str, frequency: Frequency) -> list[str]:
    """The periods from ``first`` to ``last``, as an office writes them; years where it is irregular.

    >>> periods_between("202303", "202402", Frequency.QUARTER)
    ['202303', '202304', '202401', '202402']
    """
    if frequency not in _PARTS:
        return [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    parts = _PARTS[frequency][1]
    start, end = (int(text[:4]) * parts + int(text[4:]) - 1 for text in (first, last))
    return [f"{place // parts}{place % parts + 1:02d}" for place in range(start, end + 1)]
