"""Parts that touch differ by 3:1 and text by 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3)."""

from __future__ import annotations

from itertools import combinations

import pytest

from donghaeng.charts.palette import (
    BRIGHT,
    CLASSES,
    DARK,
    DIVERGING,
    INK,
    OTHERS,
    PAPER,
    QUIET,
    SERIES,
    STACK,
    contrast,
    text_on,
)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # Known pairs: WebAIM's contrast checker prints 4.54, 4.48 and 21.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#000000", "#ffffff", 21.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize(
    "pair", [*combinations((DARK, BRIGHT, PAPER), 2), *combinations((*STACK, PAPER), 2)]
)
def test_parts_that_touch_differ(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 3


@pytest.mark.parametrize("colour", [*SERIES, OTHERS, QUIET, INK])
def test_lines_differ_from_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 3


@pytest.mark.parametrize("colour", CLASSES)
def test_a_place_differs_from_the_line_around_it(colour: str) -> None:
    # Ink, in a map on a rim of paper: one of them stands out from every class.
    assert max(contrast(colour, INK), contrast(colour, PAPER)) >= 3
    assert contrast(INK, PAPER) >= 3


@pytest.mark.parametrize("colour", DIVERGING)
def test_a_cell_differs_from_the_ink_around_it(colour: str) -> None:
    assert contrast(colour, INK) >= 4.5


@pytest.mark.parametrize("colour", [*CLASSES, *STACK, DARK, PAPER])
def test_text_can_be_read_on_every_part(colour: str) -> None:
    assert contrast(text_on(colour), colour) >= 4.5


@pytest.mark.parametrize("colour", [INK, QUIET])
def test_text_can_be_read_on_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


def test_no_more_than_four_categories_have_a_colour_of_their_own() -> None:
    assert len(SERIES) == len(CLASSES) == 4
