"""What KOSIS answers where it has no figures: HTTP 200 with ``{"err": "30", "errMsg": ...}``.

The codes are those of its developers' guide, https://kosis.kr/openapi/ (개발가이드, 에러메시지).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .cache import Reply
from .faults import SourceFault
from .json_replies import read_json, reply_text

SERVICE = "KOSIS"
TOO_MANY_CODES = ("31", "41")
MOST_CELLS = 40_000
CALLS_A_MINUTE = 1_000

# Of each code: what it means, what to do, and whether the same question may be answered later.
_MEANINGS: Mapping[str, tuple[str, str, bool]] = {
    "10": ("the key is missing", "set DONGHAENG_KOSIS_KEY", False),
    "11": ("the key has expired", "renew it at https://kosis.kr/openapi/", False),
    "20": (
        "a required part of the question is missing",
        "name as many classifications as the table has",
        False,
    ),
    "21": (
        "a part of the question is wrong",
        "check organisation, table, items, number of classifications and the form of periods",
        False,
    ),
    "30": ("no figures for this question", "check items, classifications and periods", False),
    "31": ("too many figures", f"ask for fewer: at most {MOST_CELLS:,} cells a call", False),
    "40": (
        f"more calls than are allowed, {CALLS_A_MINUTE:,} a minute",
        "wait a minute and ask again",
        False,
    ),
    "41": ("too many rows", f"ask for fewer: at most {MOST_CELLS:,} cells a call", False),
    "42": ("the use of this key is restricted", "ask KOSIS why", False),
    "50": ("the server of KOSIS has failed", "try again later", True),
}
CODES = tuple(_MEANINGS)
_XML_CODE = re.compile(r"<err(?:Code)?>\s*(\d+)\s*</err(?:Code)?>")


def read_rows(reply: Reply) -> list[dict[str, Any]]:
    """The rows in a reply of KOSIS.

    Raises:
        SourceFault: for each of KOSIS's own codes, and for whatever is no list of rows.
    """
    xml = _XML_CODE.search(reply_text(reply, SERVICE)) if reply.body.lstrip()[:1] == b"<" else None
    document = {"err": xml[1]} if xml else read_json(reply, SERVICE)
    if isinstance(document, list) and all(isinstance(row, dict) for row in document):
        return document
    if isinstance(document, dict):
        code = document.get("err") or document.get("errCode")
        if isinstance(code, str):
            raise fault_of(code, str(document.get("errMsg") or ""))
    raise SourceFault(
        "neither rows nor an error that KOSIS documents", code="unknown reply", service=SERVICE
    )


def fault_of(code: str, said: str = "") -> SourceFault:
    """The fault that a code of KOSIS stands for, with KOSIS's own words."""
    unknown = ("a code that is not documented", "see https://kosis.kr/openapi/", False)
    meaning, remedy, passing = _MEANINGS.get(code, unknown)
    quoted = f" (“{said}”)" if said else ""
    return SourceFault(meaning + quoted, code=code, service=SERVICE, remedy=remedy, passing=passing)
