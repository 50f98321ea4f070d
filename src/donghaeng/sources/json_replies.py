"""The JSON in a reply, or what was sent instead: half of it, a web page, or a file of another kind."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from .cache import Reply
from .faults import SourceFault

# A whole string, or a bare word before a colon: a string is passed over, so nothing in it is changed.
_BARE_NAME = re.compile(r'("(?:[^"\\]|\\.)*")|([A-Za-z_]\w*)(?=\s*:)')
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def read_json(reply: Reply, service: str) -> Any:
    """The document in ``reply``. Numbers stay as they were written, as text.

    Names without quotation marks are understood, as KOSIS writes them without ``jsonVD=Y``.

    Raises:
        SourceFault: where there is none.

    >>> read_json(Reply(b'[{DT:"1,234", C1: "A:b"}]'), "KOSIS")
    [{'DT': '1,234', 'C1': 'A:b'}]
    """
    text = reply_text(reply, service).strip()
    if not text:
        raise SourceFault("an empty body", code="half body", service=service, passing=True)
    if text[0] == "<":
        _refuse_page(text, service)
    try:
        return _parsed(text)
    except ValueError:
        pass
    try:
        return _parsed(_BARE_NAME.sub(lambda m: m[1] or f'"{m[2]}"', text))
    except json.JSONDecodeError as error:
        closing = {"[": "]", "{": "}"}.get(text[0])
        cut = closing is not None and (text[-1] != closing or error.pos >= len(error.doc))
    except ValueError:
        cut = False
    if cut:
        raise SourceFault(
            "the reply ends in the middle", code="half body", service=service, passing=True
        )
    kind = reply.content_type or "of no stated kind"
    raise SourceFault(
        f"the reply is no JSON ({kind}): {text[:60]}", code="no JSON", service=service
    )


def reply_text(reply: Reply, service: str) -> str:
    """The text of ``reply``, in the encoding that it states, or UTF-8.

    Raises:
        SourceFault: where it is no text.
    """
    stated = re.search(r"charset=\"?([\w-]+)", reply.content_type, re.IGNORECASE)
    for encoding in ("utf-8-sig", stated[1] if stated else "utf-8"):
        try:
            text = reply.body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    kind = reply.content_type or "of no stated kind"
    raise SourceFault(f"the reply is no text ({kind})", code="no JSON", service=service)


def _parsed(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _refuse_page(text: str, service: str) -> NoReturn:
    title = _TITLE.search(text)
    named = f": {title[1].strip()}" if title else ""
    raise SourceFault(
        f"sent a web page, no data{named}",
        code="web page",
        service=service,
        remedy="the service may be under maintenance; try again later",
        passing=True,
    )
