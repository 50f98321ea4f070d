"""Figures as a reader sees them: units, signs, intervals."""

from __future__ import annotations

import pytest

from donghaeng.language import Words, large_money_text
from donghaeng.policy.report.reader import OF_SHARES, Reader
from donghaeng.policy.results import Simulation
from donghaeng.policy.tally import Estimate


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (0, "0원", "0 won"),
        (-35_000, "−35,000원", "−35,000 won"),
        (999_999, "999,999원", "999,999 won"),
        (12_345_678, "1,235만 원", "12.3 million won"),
        (1_042_331_266, "10억 4,233만 원", "1.04 billion won"),
        (99_999_999_999, "1,000억 원", "100 billion won"),
        (999_999_999_999, "1조 원", "1.00 trillion won"),
        (1_238_827_900_000, "1조 2,388억 원", "1.24 trillion won"),
    ],
)
def test_large_amounts_are_said_in_their_units(won: int, korean: str, english: str) -> None:
    assert large_money_text(won, "ko") == korean
    assert large_money_text(won, "en") == english


@pytest.fixture
def reader(survey: Simulation) -> Reader:
    return Reader(survey, Words("en"))


def test_a_change_bears_its_sign_and_its_interval_does_not(reader: Reader) -> None:
    # 100 ± 1.96 × 10 at many degrees of freedom
    told = reader.change(Estimate(100.0, 10.0, 10**6), reader.count)
    assert told == "+100 (80 to 120)"
    assert reader.change(Estimate(-0.134, 0.01, 10**6), reader.percent) == "−13.4 (−15.4 to −11.4)"


def test_a_figure_that_nothing_moves_has_no_interval(reader: Reader) -> None:
    assert reader.full(Estimate(0.0, 0.0, 10), reader.percent) == "0.0"
    assert reader.full(Estimate(0.25), reader.share) == "25.0 %"


def test_what_there_is_none_of_is_a_sign_and_not_zero(reader: Reader) -> None:
    assert reader.full(Estimate(float("nan")), reader.count) == "–"


def test_zero_has_no_sign(reader: Reader) -> None:
    assert reader.change(Estimate(0.0004), reader.percent) == "0.0"
    assert reader.percent(-0.0001) == "0.0"


def test_the_interval_of_a_share_ends_where_a_share_does(reader: Reader) -> None:
    # 0.97 ± 1.96 × 0.03 would reach 1.0288
    told = reader.full(Estimate(0.97, 0.03, 10**6), reader.percent, OF_SHARES)
    assert told == "97.0 (91.1 to 100.0)"
