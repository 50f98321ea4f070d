"""Colours of all charts: parts that touch differ by 3:1, text by 4.5:1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

PAPER = "#ffffff"
INK = "#1e2124"  # text, axes, whiskers
QUIET = "#5a6069"  # text and marks that stand back
OTHERS = "#8a9099"  # lines of which none stands out
GRID = "#d9dde3"  # decoration: no reading depends on it

# Two tones that can touch: 3:1 to each other and to the paper.
DARK = "#12346b"
BRIGHT = "#d9772b"
# Neighbours in a stack take these in turn; which part is which is told by its printed number.
STACK = (DARK, "#5b8def")
# Lines cross but do not touch; each has its own dash and its own point too.
SERIES = ("#256ef4", "#c2410c", "#0f766e", "#7c3aed")
# Classes from low to high; each place also has an outline and a printed figure or letter.
CLASSES = ("#e8effb", "#b9d0f5", "#5b8def", "#12346b")
# From strongly negative to strongly positive, under printed figures.
DIVERGING = ("#d9772b", "#f6d3b3", "#ffffff", "#b9d0f5", "#5b8def")


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 (black) to 1 (white) (WCAG 2.2, glossary)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, glossary).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """Ink or paper, whichever reads better on ``colour``.

    >>> text_on("#12346b"), text_on("#e8effb")
    ('#ffffff', '#1e2124')
    """
    return max((INK, PAPER), key=lambda text: contrast(text, colour))
