"""A value that is not known is passed on freely, and whoever uses it learns that it is missing."""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from donghaeng.rules import (
    Enumeration,
    Missing,
    Schedule,
    age_in_months,
    age_in_years,
    by_brackets,
    is_missing,
    months_between,
    per_month,
    round_down,
    round_nearest,
    round_up,
)
from donghaeng.rules.missing import MissingValue


class Side(Enumeration):
    LEFT = "left", "왼쪽", "Left"


DAY = datetime.date(2024, 2, 29)
OTHERS = [3, Fraction(1, 3), DAY, Side.LEFT, True]
ARITHMETIC = [operator.add, operator.sub, operator.mul, operator.truediv]
COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne]


@pytest.mark.parametrize("other", OTHERS, ids=repr)
@pytest.mark.parametrize("operate", [*ARITHMETIC, *COMPARISONS, max, min])
def test_every_operator_on_a_missing_value_names_what_is_missing(
    operate: Callable[[Any, Any], Any], other: Any
) -> None:
    missing = Missing("p1.earnings")
    for pair in ((missing, other), (other, missing), (missing, missing)):
        with pytest.raises(MissingValue) as caught:
            operate(*pair)
        assert caught.value.blockers == {"p1.earnings"}


@pytest.mark.parametrize(
    "use",
    [
        bool,
        operator.not_,
        operator.neg,
        abs,
        hash,
        math.floor,
        round_down,
        round_up,
        round_nearest,
        per_month,
        lambda missing: age_in_years(missing, DAY),
        lambda missing: age_in_years(DAY, missing),
        lambda missing: age_in_months(missing, DAY),
        lambda missing: age_in_months(DAY, missing),
        lambda missing: months_between(missing, DAY),
        lambda missing: months_between(DAY, missing),
        lambda missing: by_brackets(missing, Schedule([0], [Fraction(1, 10)])),
        lambda missing: by_brackets(10, missing),
        lambda missing: missing[1],
        lambda missing: {1: 2}[missing],
        lambda missing: missing in (1, 2),
        lambda missing: range(3)[missing],
    ],
)
def test_every_use_of_a_missing_value_raises(use: Callable[[Any], Any]) -> None:
    with pytest.raises(MissingValue):
        use(Missing("fact"))


def test_a_missing_value_answers_one_question_and_remembers_every_name() -> None:
    missing = Missing("b", "a", "b")
    assert is_missing(missing)
    assert missing.blockers == {"a", "b"}
    assert repr(missing) == "Missing(a, b)"


@pytest.mark.parametrize("value", [0, False, None, Fraction(0), DAY, Side.LEFT, "", MissingValue])
def test_nothing_else_is_missing(value: object) -> None:
    assert not is_missing(value)
