"""서울런: ages, lines by date, groups, and the step of 2026 that may or may not be in force."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from donghaeng.rules import is_missing

from .households import found

NAME = "seoul_learn_eligible"


def learner(date: str, income: int = 0, born: str = "2012-03-01", **facts: Any) -> Any:
    """A couple and one child, without parents named: no single-parent family."""
    child = {
        "birth_date": datetime.date.fromisoformat(born),
        **{name: facts.pop(name) for name in list(facts) if name in GROUPS},
    }
    return found(date, NAME, income=income, persons=[{}, {}, child], **facts)[NAME][2]


GROUPS = (
    *("out_of_school_youth", "multicultural_family_child", "north_korean_youth"),
    *("north_korean_parent", "veterans_family", "left_care"),
    *("veterans_grandchild", "local_children_centre"),
)


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2021-09", 1_991_975),  # three persons: 50 % of 3,983,950
        ("2022-07", 2_097_351),  # 50 % of 4,194,701, the line of 교육급여
        ("2024-06-30", 2_357_329),  # 50 % of 4,714,657
        ("2024-07-01", 2_828_794),  # 60 %
        ("2025-12", 3_015_212),  # 60 % of 5,025,353
    ],
)
def test_income_up_to_the_line_of_the_day(date: str, line: int) -> None:
    assert learner(date, line - 1) is True
    assert learner(date, line) is True
    assert learner(date, line + 1) is False


@pytest.mark.parametrize(
    ("born", "there"),
    [
        ("2018-07-01", True),
        ("2018-07-02", False),
        ("1999-07-02", True),
        ("1999-07-01", False),
    ],
)
def test_from_six_to_twenty_four(born: str, there: bool) -> None:
    assert learner("2024-07-01", born=born) is there


def test_only_in_seoul() -> None:
    assert learner("2024-07", region="gyeonggi") is False


@pytest.mark.parametrize(
    ("group", "before", "first"),
    [
        ("north_korean_youth", "2022-02-24", "2022-02-25"),
        ("north_korean_parent", "2024-06-30", "2024-07-01"),
        ("veterans_family", "2024-06-30", "2024-07-01"),
        ("left_care", "2024-06-30", "2024-07-01"),
    ],
)
def test_groups_without_a_line_from_their_day(group: str, before: str, first: str) -> None:
    assert learner(before, 9_000_000, **{group: True}) is False
    assert learner(first, 9_000_000, **{group: True}) is True


@pytest.mark.parametrize("group", ["out_of_school_youth", "multicultural_family_child"])
def test_groups_from_the_beginning(group: str) -> None:
    assert learner("2021-08-27", 9_000_000, **{group: True}) is True


# 2026: median of three 5,359,036; 60 % 3,215,421.6; 80 % 4,287,228.8.


def in_2026(income: int, step: str, **facts: Any) -> Any:
    return learner("2026-07", income, readings={"seoul_learn_step": step}, **facts)


def test_in_2026_it_turns_on_whether_the_step_is_in_force() -> None:
    for step in ("sixty_percent", "eighty_percent"):
        assert in_2026(3_215_422, step) is True
        assert in_2026(4_287_230, step) is False
    assert in_2026(3_215_423, "sixty_percent") is False
    assert in_2026(4_287_229, "eighty_percent") is True
    assert is_missing(learner("2026-07", 4_000_000))


@pytest.mark.parametrize("group", ["veterans_grandchild", "local_children_centre"])
def test_the_groups_announced_with_the_step(group: str) -> None:
    assert in_2026(9_000_000, "sixty_percent", **{group: True}) is False
    assert in_2026(9_000_000, "eighty_percent", **{group: True}) is True


def test_large_families_announced_with_the_step() -> None:
    def children(count: int, step: str) -> Any:
        child = {"birth_date": datetime.date(2014, 3, 1)}
        persons = [{}, {}, *[child for _ in range(count)]]
        readings = {"seoul_learn_step": step}
        return found("2026-07", NAME, income=9_000_000, persons=persons, readings=readings)[NAME][2]

    assert children(1, "eighty_percent") is False
    assert is_missing(children(2, "eighty_percent"))  # whether two make a large family: not printed
    assert children(3, "eighty_percent") is True
    assert children(3, "sixty_percent") is False
