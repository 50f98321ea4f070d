"""Text that a spreadsheet would run as a formula, made harmless in what is written, whole again when read.

A program that opens a CSV file takes a cell as a formula that begins with ``=``, ``+``, ``-`` or ``@``
(https://owasp.org/www-community/attacks/CSV_Injection); a tab, a line end or a space before the sign is
thrown away by some of them, and East Asian ones take the full-width sign as well. Such text is written
with an apostrophe before it, the sign with which a spreadsheet itself marks text. Text that begins with
apostrophes followed by such a sign gets one more, so that reading takes away exactly what writing added:
``read_cell(safe_cell(text)) == text`` for every text. A number keeps its sign: ``-5`` stays ``-5``.

A file from elsewhere loses the apostrophe too that its own spreadsheet put before a sign: ``'=A1`` is
read as ``=A1``, which is what the spreadsheet showed.
"""

from __future__ import annotations

import re

import polars as pl

# Written out, so that Python and Polars mean the same by it.
_SPACE = r"[ \t\r\n\x00\x0b\x0c\x{00A0}\x{200B}\x{3000}\x{FEFF}]"
_SIGN = rf"{_SPACE}*[=+\-@＝＋－＠\t\r\n]"
_DANGEROUS = rf"\A'*{_SIGN}"
_WRITTEN_SAFELY = rf"\A'+{_SIGN}"
_PLAIN_NUMBER = r"\A[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z"


def _for_python(pattern: str) -> re.Pattern[str]:
    r"""The same pattern for Python: Polars writes a code point as ``\x{FEFF}`` and the end as ``\z``."""
    return re.compile(re.sub(r"\\x\{(\w+)\}", r"\\u\1", pattern).replace(r"\z", r"\Z"))


_dangerous, _written_safely, _plain_number = map(
    _for_python, (_DANGEROUS, _WRITTEN_SAFELY, _PLAIN_NUMBER)
)


def safe_cell(text: str) -> str:
    """``text`` as it may stand in a spreadsheet.

    >>> safe_cell('=HYPERLINK("http://a.example")')
    '\\'=HYPERLINK("http://a.example")'
    >>> safe_cell("-5"), safe_cell("종로구")
    ('-5', '종로구')
    """
    if _dangerous.match(text) and not _plain_number.match(text):
        return f"'{text}"
    return text


def read_cell(text: str) -> str:
    """The text that :func:`safe_cell` was given.

    >>> read_cell(safe_cell("@sum"))
    '@sum'
    """
    return text[1:] if _written_safely.match(text) else text


def safe_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with every text cell, and every name of a column, as :func:`safe_cell` writes it."""
    text = pl.selectors.string()
    written = frame.with_columns(
        pl.when(text.str.contains(_DANGEROUS) & ~text.str.contains(_PLAIN_NUMBER))
        .then(pl.lit("'") + text)
        .otherwise(text)
        .name.keep()
    )
    return written.rename({name: safe_cell(name) for name in frame.columns})


def read_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with every text cell, and every name of a column, as :func:`read_cell` reads it."""
    text = pl.selectors.string()
    read = frame.with_columns(
        pl.when(text.str.contains(_WRITTEN_SAFELY))
        .then(text.str.slice(1))
        .otherwise(text)
        .name.keep()
    )
    return read.rename({name: read_cell(name) for name in frame.columns})


def csv_text(frame: pl.DataFrame) -> str:
    r"""``frame`` as CSV that no spreadsheet runs: numbers in the shortest form that reads back the same.

    Every table that the program exports goes through here.

    >>> csv_text(pl.DataFrame({"name": ["=1+1", "a"], "value": [-0.1, None]}))
    "name,value\n'=1+1,-0.1\na,\n"
    """
    return safe_frame(frame).write_csv()
