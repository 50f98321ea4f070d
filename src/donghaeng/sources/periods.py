"""The time that a figure is about: a year, a half, a quarter, a month or a day, written in one way."""

from __future__ import annotations

import re
from datetime import date

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
