"""Labels are wrapped where a reader would break them, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.charts.measures import Page, Sheet, text_width, wrapped
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput


@given(st.text(st.sampled_from("가나다 abcW-·"), max_size=40), st.floats(20, 300))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line) <= width for line in lines)


def test_a_soft_hyphen_shows_only_where_a_name_is_broken() -> None:
    name = "Yeong\xaddeung\xadpo-gu"
    assert wrapped(name, 200) == ("Yeongdeungpo-gu",)
    assert wrapped(name, 60) == ("Yeong-", "deungpo-", "gu")
    assert wrapped(name, 45) == ("Yeong-", "deung-", "po-gu")


def test_a_letter_too_wide_for_a_line_stands_on_it_alone() -> None:
    assert wrapped("동행", 5) == ("동", "행")


def test_a_place_in_the_plot() -> None:
    page = Page(width=720, height=100, left=100, right=20)  # a plot of 600
    assert page.place(25, (0, 100)) == 150
    assert page.rise(25, (0, 100)) == 75


@pytest.mark.parametrize("digits", [-1, 11])
def test_decimal_places_that_make_no_sense_are_refused(digits: int) -> None:
    with pytest.raises(BadInput, match="decimal places"):
        Sheet("t", Words("en"), digits=digits)
