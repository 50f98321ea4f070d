"""Measures of a picture in pixels, worked out from the text and not from the fonts of the machine.

So a chart is the same wherever it is drawn, and no label is cut off.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

TEXT, SMALL, HEADING = 12, 11, 16
LINE = 15  # from one line of text to the next
EDGE = 14  # white space around everything
NARROWEST = 280
SOFT_HYPHEN = "\xad"
BREAKS = re.compile(rf"{SOFT_HYPHEN}|(?<=-)")


@dataclass(frozen=True)
class Sheet:
    """What every chart is drawn on: title, the reader's words, title of the axis, width, decimal places.

    The picture is ``width`` pixels wide: 360 for a phone, 720 for a page.

    :raises BadInput: for a width in which no chart can be read, or fewer than no decimal places.
    """

    title: str
    words: Words
    axis: str = ""
    width: int = 720
    digits: int = 1

    def __post_init__(self) -> None:
        if self.width < NARROWEST:
            raise BadInput(
                f"a chart cannot be {self.width} pixels wide",
                field="width",
                remedy=f"at least {NARROWEST}; a phone shows 360",
            )
        if not 0 <= self.digits <= 10:
            raise BadInput(f"{self.digits} decimal places", field="digits", remedy="from 0 to 10")


@dataclass(frozen=True)
class Page:
    """Measures of one picture: whole width, what stands beside and under the plot, height of the plot."""

    width: int
    height: float
    left: float = EDGE
    right: float = EDGE
    bottom: float = EDGE
    above: float = 0  # space under title and legend, for what stands on top of the plot

    @property
    def plot(self) -> float:
        """Width of the plot."""
        return self.width - self.left - self.right

    def place(self, value: float, domain: tuple[float, float]) -> float:
        """How far from the left ``value`` stands, when the plot is as wide as ``domain``."""
        low, high = domain
        return (value - low) / (high - low) * self.plot

    def rise(self, value: float, domain: tuple[float, float]) -> float:
        """How far from the top ``value`` stands, when the plot is as high as ``domain``."""
        low, high = domain
        return (high - value) / (high - low) * self.height


def text_width(text: str, size: float = TEXT) -> float:
    """Width of a line of text, as wide as any usual font would set it.

    >>> text_width("동행", 10), text_width("abc", 10)
    (20.0, 17.4)
    """
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in " .,:;'|!()ijl":
        return 0.34
    return 0.72 if letter.isupper() or letter in "mw%" else 0.58


def wrapped(text: str, width: float, size: float = TEXT) -> tuple[str, ...]:
    """``text`` in lines of at most ``width`` pixels, broken between words and at soft hyphens.

    A piece that is still too long is broken between letters, so that nothing is ever cut off.

    >>> wrapped("지역사회 정신건강 등록관리율", 110), wrapped("Seo\\xaddae\\xadmun", 60)
    (('지역사회 정신건강', '등록관리율'), ('Seodae-', 'mun'))
    """
    lines = [""]
    for word in text.split():
        pieces = _pieces(word, width, size)
        joined = f"{lines[-1]} {pieces[0]}".strip()
        if text_width(joined, size) <= width or not lines[-1]:
            lines[-1:] = [joined, *pieces[1:]]
        else:
            lines += pieces
    return tuple(lines)


def _pieces(word: str, width: float, size: float) -> list[str]:
    """A word whole if it fits, else broken at its hyphens, else between letters."""
    whole = word.replace(SOFT_HYPHEN, "")
    if text_width(whole, size) <= width:
        return [whole]
    pieces = [""]
    syllables = BREAKS.split(word)
    for index, syllable in enumerate(syllables):
        is_last = index == len(syllables) - 1
        needed = syllable if is_last or syllable.endswith("-") else syllable + "-"
        if pieces[-1] and text_width(pieces[-1] + needed, size) > width:
            pieces[-1] += "" if pieces[-1].endswith("-") else "-"
            pieces.append("")
        for letter in syllable:
            if pieces[-1] and text_width(pieces[-1] + letter, size) > width:
                pieces.append("")
            pieces[-1] += letter
    return pieces
