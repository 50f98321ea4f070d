"""An explanation holds what was really used, and nothing else."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from tests.rules.laws import FACTS, MONTHLY, ROUNDED, STATE, household, law_of, parameter

from donghaeng import law_on
from donghaeng.rules import BadInput, Explanation
from donghaeng.rules.expressions import Arithmetic, Compare, Name
from donghaeng.rules.terms import Status

NUMBERS = (
    parameter("share", "rate", "1/3", status="press")
    + parameter(
        "table",
        "money/month",
        "{1: 10, 2: 20}",
        extra="keys: {n: [1, 2]}, ",
        entry=", status_of: {2: derived}",
    )
    + parameter("line", "money/month", 100)
)
LAW = law_of(
    f"""
{FACTS}
{ROUNDED}
def part(income: Money, share: Rate) -> Money:
    return income * share
{MONTHLY}
def answer(part: Money, rent: Money, farm: bool, city: bool, rooms: Count, table: Table, line: Money) -> Money:
    if farm and not city:
        return table[min(rooms, 2)] + rent
    if part > line:
        return 0
    return part
{STATE}
def rich(wealth: Money, farm: bool) -> bool:
    return wealth > 0 or farm
""",
    NUMBERS,
)


def explain(name: str = "answer", **facts: object) -> Explanation:
    return LAW.explain(household(**facts), name)


def names(node: Explanation) -> list[str]:
    return [each.name for each in node.inputs]


def test_only_what_was_used_is_explained() -> None:
    farm = explain(farm=True, city=False, rooms=5, rent=7, income=90)
    assert farm.value == 27
    assert names(farm) == ["farm", "city", "rooms", "rent"]
    assert [(use.name, use.key, use.value) for use in farm.parameters] == [("table", (2,), 20)]
    other = explain(farm=False, city=False, rooms=5, rent=7, income=90)
    assert other.value == 30
    assert names(other) == ["farm", "part"]
    assert [(use.name, use.key, use.value) for use in other.parameters] == [("line", (), 100)]


def test_every_node_says_where_it_comes_from() -> None:
    top = explain(farm=False, income=90)
    assert [(node.name, node.value) for node in top.walk()] == [
        ("answer", 30),
        ("farm", False),
        ("part", 30),
        ("income", 90),
    ]
    part = top.inputs[1]
    assert (part.citation, part.person) == ("Act §1", "")
    (use,) = part.parameters
    assert (use.value, use.status, use.source) == (Fraction(1, 3), Status.PRESS, "gazette")
    assert (use.citation, use.start) == ("Act §2", datetime.date(2020, 1, 1))
    assert use.label == ("수", "Number")


def test_decisions_are_the_conditions_that_decided() -> None:
    path = explain(farm=True, city=True, income=900).path
    assert path is not None
    first, second = path.decisions
    assert (first.held, second.held) == (False, True)
    assert isinstance(second.condition, Compare)
    assert isinstance(second.condition.left, Name)
    assert second.condition.left.name == "part"


def test_the_formula_is_the_rule_with_its_branches_taken() -> None:
    path = explain(farm=True, city=False, rooms=1, rent=7).path
    assert path is not None
    assert isinstance(path.formula, Arithmetic)
    assert path.formula.operator == "+"
    assert path.values[id(path.formula)] == 17
    assert [path.values[id(part)] for part in path.formula.parts()] == [10, 7]


def test_what_is_not_official_is_listed_with_its_status() -> None:
    uses = explain(farm=True, city=True, income=9).not_official()
    assert [(use.name, use.key, use.status) for use in uses] == [("share", (), Status.PRESS)]
    uses = explain(farm=True, city=False, rooms=2, rent=7).not_official()
    assert [(use.name, use.key, use.status) for use in uses] == [("table", (2,), Status.DERIVED)]
    assert explain(farm=True, city=False, rooms=1, rent=7).not_official() == ()


def test_an_undetermined_value_names_what_blocks_it_and_what_may_be_asked_next() -> None:
    top = explain(farm=True)
    assert top.blockers() == ("city",)
    assert top.may_ask() == ("income", "rent", "rooms")
    top = explain(farm=True, city=False, rooms=1)
    assert top.blockers() == ("rent",)
    assert top.may_ask() == ("income",)
    assert explain(farm=False, income=3).blockers() == ()


def test_what_is_reached_through_other_rules_blocks_by_its_own_name() -> None:
    top = explain(farm=False)
    assert top.blockers() == ("income",)
    assert [node.name for node in top.walk() if node.name == "income"] == ["income"]


def test_a_flag_is_explained_by_what_settled_it() -> None:
    assert names(explain("rich", wealth=5)) == ["wealth"]
    assert names(explain("rich", wealth=0, farm=True)) == ["wealth", "farm"]


PEOPLE = law_of(
    f"""
pay = fact(PERSON, Money, period=MONTH, label=("월급", "Pay"), default=3)
total = sum_over(HOUSEHOLD, "pay", label=("합", "Total"))
{MONTHLY.replace("HOUSEHOLD", "PERSON")}
def rest(pay: Money, total: Money) -> Money:
    return total - pay
"""
)


def test_a_persons_value_is_explained_for_that_person() -> None:
    top = PEOPLE.explain(household({"pay": 10}, {}), "rest", "p2")
    assert (top.value, top.person) == (10, "p2")
    total, pay = top.inputs
    assert (total.name, total.person, total.value) == ("total", "", 13)
    assert (pay.name, pay.person, pay.value, pay.assumed) == ("pay", "p2", 3, True)
    assert [(node.name, node.person, node.assumed) for node in total.inputs] == [
        ("pay", "p1", False),
        ("pay", "p2", True),
    ]
    assert total.inputs[1] is pay


@pytest.mark.parametrize("person", ["", "p3"])
def test_a_persons_value_needs_a_person(person: str) -> None:
    with pytest.raises(BadInput) as caught:
        PEOPLE.explain(household({}, {}), "rest", person)
    assert (
        str(caught.value)
        == f"'rest' is a person's, and {person!r} is nobody in 'hh' (one of p1, p2)"
    )


def test_an_unknown_name_is_named_with_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"unknown variable 'answr' \(did you mean 'answer'\?\)"):
        explain("answr")


def test_a_persons_result_is_explained_for_a_person_only() -> None:
    shipped = law_on("2024-07")
    with pytest.raises(BadInput, match="'basic_pension' is a person's"):
        shipped.explain_all(household({}, region=None), ["livelihood_line", "basic_pension"])
