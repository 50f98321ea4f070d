"""The key with which an office knows who asks. It goes into a request and nowhere else."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from donghaeng.rules.faults import BadInput

HIDDEN = "(key)"
SHORTEST = 8
# With this key anybody may try Seoul's interface, so it is no secret.
PUBLIC = "sample"


class Key:
    """An office's key. It shows itself nowhere: not when printed, logged, compared or pickled.

    >>> Key("0123456789abcdef")
    Key((key))
    """

    __slots__ = ("_forms", "_text")

    def __init__(self, text: str) -> None:
        if text != PUBLIC and not re.fullmatch(rf"[\x21-\x7e]{{{SHORTEST},}}", text):
            raise BadInput(
                "is no key", remedy=f"{SHORTEST} or more letters, digits and signs, without spaces"
            )
        self._text = text
        self._forms = None if text == PUBLIC else re.compile("".join(map(_forms, text)))

    def __repr__(self) -> str:
        return f"Key({HIDDEN})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not written down")

    def in_address(self) -> str:
        """The key as a part of an address. Only what sends a request asks for it."""
        return quote(self._text, safe="")

    def hide(self, text: str) -> str:
        """``text`` without the key, in whatever way it is written there.

        >>> Key("0123456789abcd=/").hide("GET /0123456789abcd%3d%2F/json")
        'GET /(key)/json'
        """
        return self._forms.sub(HIDDEN, text) if self._forms else text

    def hide_in(self, body: bytes) -> bytes:
        """``body`` without the key. A key is ASCII, so the bytes around it stay as they are."""
        return self.hide(body.decode("latin-1")).encode("latin-1")


def _forms(sign: str) -> str:
    """A pattern for one sign: itself, or escaped as an address, JSON or HTML escapes it (even twice)."""
    code = f"{ord(sign):02x}"
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': r'&quot;|\\"', "/": r"\\/", "\\": r"\\\\"}
    forms = [
        *([named[sign]] if sign in named else ()),
        rf"%(?:25)*(?i:{code})",
        rf"\\u00(?i:{code})",
        rf"&#(?:0*{ord(sign)}|[xX]0*(?i:{code}));",
        re.escape(sign),  # last: the sign may itself begin one of the others
    ]
    return f"(?:{'|'.join(forms)})"


def read_key(variable: str, file: Path | None = None) -> Key:
    """The key in ``file``, or else in the environment variable ``variable``.

    Raises:
        BadInput: where there is none. What is found is never quoted.
    """
    if file is not None:
        try:
            text = file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise BadInput("holds no key that can be read", file=file.name) from None
        place = file.name
    else:
        text, place = os.environ.get(variable, "").strip(), variable
        if not text:
            raise BadInput(
                "no key",
                field=variable,
                remedy=f"set {variable}, or name a file that holds the key",
            )
    try:
        return Key(text)
    except BadInput as fault:
        raise BadInput(fault.message, field=place, remedy=fault.remedy) from None
