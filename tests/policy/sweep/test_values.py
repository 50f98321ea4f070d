"""Values of a parameter are exact, however they are typed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from donghaeng.laws import law_on
from donghaeng.policy.sweep import exact, swept_parameter, written
from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.parameters import read_rate


@pytest.fixture(scope="module")
def law() -> Law:
    return law_on("2024-07")


@pytest.mark.parametrize("text", ["85%", "85.25%", "1/3", "0%", "100%", "4.17%"])
def test_a_rate_is_written_as_it_is_read(text: str) -> None:
    rate = read_rate(text)
    assert rate is not None
    assert read_rate(written(rate)) == rate


def test_money_is_a_whole_number(law: Law) -> None:
    limit = swept_parameter(law, "safety_income_asset_limit")
    assert exact(limit, 326_000_000) == exact(limit, "326,000,000") == 326_000_000
    with pytest.raises(BadInput, match="'85%' is no value of 'safety_income_asset_limit'"):
        exact(limit, "85%")


def test_a_rate_is_not_taken_for_money(law: Law) -> None:
    ratio = swept_parameter(law, "safety_income_line_ratio")
    assert exact(ratio, "85%") == Fraction(17, 20)
    with pytest.raises(BadInput, match="a rate such as 85%"):
        exact(ratio, "much")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("safety_income_line_ration", "did you mean 'safety_income_line_ratio'"),
        ("median_income_table", "is a table, not one number"),
        ("safety_income_rounding", "is a choice, not a number"),
    ],
)
def test_what_cannot_be_swept_is_refused(law: Law, name: str, fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        swept_parameter(law, name)
