"""Printed figures: how they are read, and what each may have been before it was rounded."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.evidence.ranges import Range
from donghaeng.evidence.rounding import (
    Rounded,
    fixed_text,
    range_text,
    read_printed,
    round_to,
    short_text,
)
from donghaeng.rules import BadInput


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("130.6", "130.55", "130.65", ""),
        ("111", "110.5", "111.5", ""),
        ("111.0", "110.95", "111.05", ""),
        ("3,001호", "3000.5", "3001.5", "호"),
        ("17.7 %", "17.65", "17.75", "%"),
        ("+65.9%", "65.85", "65.95", "%"),
        ("−26 %", "-26.5", "-25.5", "%"),
        ("약 3.5배", "3.45", "3.55", "배"),
        ("₩14.7655 tn", "14765450000000", "14765550000000", ""),
        ("14조 7655억원", "14765450000000", "14765550000000", "원"),
        ("1조 883억원", "1088250000000", "1088350000000", "원"),
        ("3만 6,500명", "36499.5", "36500.5", "명"),
        ("505k", "504500", "505500", ""),
        ("0.83 %", "0.825", "0.835", "%"),
        # A word such as 약 says that zeros at the end were not counted, beyond two digits.
        ("약 34,000명", "33500", "34500", "명"),
        ("약 10 %", "9.5", "10.5", "%"),
        ("34,000명", "33999.5", "34000.5", "명"),
    ],
)
def test_a_printed_figure_may_have_been_half_a_unit_of_its_last_digit_off(
    text: str, low: str, high: str, unit: str
) -> None:
    printed = read_printed(text)
    assert printed.range() == Range(Fraction(low), Fraction(high))
    assert printed.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "배",
        "5 of 6",
        "67.6:1",
        "1,2,3",
        "12,34",
        "▲3",
        "1.5조 3억",
        "3억 2조",
        "nan",
        "1e5",
        "٣",
    ],
)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not one number"):
        read_printed(text)


@pytest.mark.parametrize(
    ("text", "rounded", "inside", "outside"),
    [
        # A half goes up: 2.5 was printed 3. So 2.5 belongs to 3 and 3.5 does not.
        ("3", Rounded.HALF_UP, ["2.5", "3.4999"], ["3.5", "2.4999"]),
        ("-3", Rounded.HALF_UP, ["-2.5", "-3.4999"], ["-3.5"]),
        # A half goes to the even digit: 2.5 and 1.5 were printed 2, and 3 has neither end.
        ("2", Rounded.HALF_EVEN, ["1.5", "2.5"], ["1.4999", "2.5001"]),
        ("3", Rounded.HALF_EVEN, ["2.5001"], ["2.5", "3.5"]),
        # Nobody said: both ends may belong.
        ("3", Rounded.NEAREST, ["2.5", "3.5"], ["2.4999", "3.5001"]),
        # Digits cut off (절사), toward zero.
        ("9.7", Rounded.DOWN, ["9.7", "9.7999"], ["9.8", "9.6999"]),
        ("-9.7", Rounded.DOWN, ["-9.7", "-9.7999"], ["-9.8"]),
        ("0", Rounded.DOWN, ["0.9", "-0.9"], ["1", "-1"]),
        # Raised (올림), away from zero.
        ("9.7", Rounded.UP, ["9.7", "9.6001"], ["9.6", "9.7001"]),
        ("0", Rounded.UP, ["0"], ["0.1"]),
        ("461명", Rounded.EXACT, ["461"], ["460.9", "461.1"]),
    ],
)
def test_the_ends_follow_the_convention(
    text: str, rounded: Rounded, inside: list[str], outside: list[str]
) -> None:
    found = read_printed(text).range(rounded)
    assert all(Fraction(each) in found for each in inside)
    assert not any(Fraction(each) in found for each in outside)


DECIMAL_WORDS = {
    Rounded.HALF_UP: decimal.ROUND_HALF_UP,
    Rounded.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounded.DOWN: decimal.ROUND_DOWN,
    Rounded.UP: decimal.ROUND_UP,
}
TRUE = st.decimals(-10_000, 10_000, places=4)


@given(TRUE, TRUE, st.integers(0, 3), st.sampled_from(list(DECIMAL_WORDS)))
def test_a_value_lies_in_the_range_of_its_print_and_of_no_other(
    true: Decimal, other: Decimal, places: int, rounded: Rounded
) -> None:
    # Python's decimal module rounds independently of ours.
    step = Decimal(1).scaleb(-places)

    def printed(value: Decimal) -> Decimal:
        return value.quantize(step, DECIMAL_WORDS[rounded])

    found = read_printed(str(printed(true))).range(rounded)
    assert Fraction(true) in found
    assert (Fraction(other) in found) == (printed(other) == printed(true))
    if rounded in (Rounded.HALF_UP, Rounded.HALF_EVEN):
        assert Fraction(true) in read_printed(str(printed(true))).range()


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("+65.9 %", Fraction(6558, 100), "+65.6 %"),
        ("+65.9 %", Fraction(-1, 2), "−0.5 %"),
        ("약 3.5배", Fraction(431, 122), "약 3.5배"),
        ("₩14.7655 tn", Fraction(13_677_200_000_000), "₩13.6772 tn"),
        ("−₩256k", Fraction(-250_400), "−₩250k"),
        ("14조 7655억원", Fraction(13_677_200_000_000), "136,772억원"),
        ("3,001호", Fraction(4969), "4,969호"),
        ("약 34,000명", Fraction(33_800), "약 34,000명"),
    ],
)
def test_another_value_is_written_as_the_figure_was(
    text: str, value: Fraction, written: str
) -> None:
    assert read_printed(text).like(value) == written


@given(TRUE, st.integers(0, 4))
def test_a_number_is_written_as_python_rounds_it_half_up(true: Decimal, places: int) -> None:
    text = fixed_text(Fraction(true), places).replace(",", "").replace("−", "-")
    quantized = true.quantize(Decimal(1).scaleb(-places), decimal.ROUND_HALF_UP)
    assert Decimal(text) == quantized
    assert Decimal(text).as_tuple().exponent == -places


def test_rounding_to_a_step_takes_a_half_away_from_zero() -> None:
    assert round_to(Fraction(15), Fraction(10)) == 20
    assert round_to(Fraction(-15), Fraction(10)) == -20


def test_a_range_is_written_outward() -> None:
    assert range_text(Range(Fraction(1, 3), Fraction(2, 3)), 2) == "[0.33, 0.67]"
    assert range_text(Range(Fraction(-2, 3), Fraction(-1, 3)), 2) == "[−0.67, −0.33]"
    assert short_text(Fraction(1305), 2) == "1,305"
