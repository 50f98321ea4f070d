"""What is not known blocks what needs it, and nothing else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.laws import STATE, answer, body_law, household, law_of, parameter

from donghaeng.rules import BadInput, is_missing


def blocked_by(value: Any) -> set[str]:
    assert is_missing(value), value
    return set(value.blockers)


def test_a_branch_that_is_not_taken_does_not_matter() -> None:
    law = body_law(
        "rent: Money, income: Money, farm: bool", "if farm:\n    return rent\nreturn income"
    )
    assert answer(law, farm=True, rent=7) == 7
    assert answer(law, farm=False, income=9) == 9
    assert blocked_by(answer(law, farm=True, income=9)) == {"rent"}
    assert blocked_by(answer(law, rent=7, income=9)) == {"farm"}


@pytest.mark.parametrize(
    ("body", "facts", "expected"),
    [
        ("farm and city", {"farm": False}, False),
        ("farm and city", {"farm": True}, "city"),
        ("farm and city", {"city": False}, "farm"),
        ("farm or city", {"farm": True}, True),
        ("farm or city", {"farm": False}, "city"),
        ("farm or city", {"city": True}, "farm"),
        ("rooms > 3 and rent > 0 and city", {"rooms": 2}, False),
        ("not farm", {}, "farm"),
        ("rooms in (1, 2)", {}, "rooms"),
        ("colour == Colour.RED", {}, "colour"),
        ("since < assessment_day", {}, "since"),
    ],
)
def test_and_and_or_ask_from_left_to_right(body: str, facts: dict[str, Any], expected: Any) -> None:
    arguments = "farm: bool, city: bool, rooms: Count, rent: Money, colour: Colour, since: Day, "
    arguments += "assessment_day: Day"
    value = answer(body_law(arguments, f"return {body}", "bool"), **facts)
    if isinstance(expected, str):
        assert blocked_by(value) == {expected}
    else:
        assert value is expected


def test_a_local_computed_before_a_branch_counts() -> None:
    body = "total = rent + income\nif farm:\n    return 0\nreturn total"
    law = body_law("rent: Money, income: Money, farm: bool", body)
    assert blocked_by(answer(law, farm=True, rent=1)) == {"income"}
    assert answer(law, farm=True, rent=1, income=2) == 0
    assert answer(law, farm=False, rent=1, income=2) == 3


def test_a_name_given_to_what_is_missing_does_not_count_until_it_is_used() -> None:
    law = body_law("rent: Money, farm: bool", "kept = rent\nif farm:\n    return 0\nreturn kept")
    assert answer(law, farm=True) == 0
    assert blocked_by(answer(law, farm=False)) == {"rent"}


def test_a_default_is_used_and_listed() -> None:
    law = law_of(
        f"""
rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"), default=2)
since = fact(HOUSEHOLD, Day, label=("날", "Day"), default="2020-02-02")
pay = fact(PERSON, Money, period=MONTH, label=("월급", "Pay"), default=0)
total = sum_over(HOUSEHOLD, "pay", label=("합", "Total"))
{STATE}
def answer(rooms: Count, since: Day, total: Money, assessment_day: Day) -> Count:
    return rooms + months_between(since, assessment_day) if total > 0 else rooms
""",
        day="2020-03-01",
    )
    run = law.plan(["answer"]).run(household({"pay": 5}, {}, since=datetime.date(2020, 1, 1)))
    assert run.results() == {"answer": 4}
    assert run.assumed == [("rooms", ""), ("pay", "p2")]
    run = law.plan(["answer"]).run(household({"pay": 0}, rooms=1))
    assert run.results() == {"answer": 1}
    assert run.assumed == [("since", "")]


FAMILY = law_of(
    """
pay = fact(PERSON, Money, period=MONTH, label=("월급", "Pay"))
born = fact(PERSON, Day, label=("생일", "Born"))
inside = fact(PERSON, bool, label=("안", "Inside"))
group = fact(PERSON, Count, label=("무리", "Group"))
spouse = relation(label=("배우자", "Spouse"), symmetric=True)
parent = relation(label=("부모", "Parent"))
members = unit(member="inside")
groups = unit(number="group")
size = count_over(HOUSEHOLD, label=("수", "Size"))
total = sum_over(HOUSEHOLD, "pay", label=("합", "Total"))
highest = max_over(HOUSEHOLD, "pay", period=MONTH, label=("최고", "Highest"))
lowest = min_over(members, "pay", period=MONTH, label=("최저", "Lowest"))
member_count = count_over(members, label=("수", "Members"))
member_pay = sum_over(members, "pay", label=("합", "Pay of members"))
inside_count = count_over(HOUSEHOLD, "inside", label=("수", "Inside"))
anyone = any_over(HOUSEHOLD, "inside", label=("있음", "Anyone"))
oldest_pay = of_oldest(members, "pay", born="born", otherwise=-1, period=MONTH, label=("월급", "Oldest"))
spouse_pay = of(spouse, "pay", otherwise=0, period=MONTH, label=("월급", "Pay of spouse"))
children = count_over(children_by("parent"), label=("자녀", "Children"))
child_pay = sum_over(children_by("parent"), "pay", label=("자녀", "Pay of children"))
group_pay = sum_over(groups, "pay", label=("무리", "Pay of group"))
group_size = count_over(groups, label=("무리", "Size of group"))
"""
)


def person(pay: int | None = 0, year: int | None = 1990, **facts: Any) -> dict[str, Any]:
    found = {"pay": pay, "born": year and datetime.date(year, 1, 1), "inside": True, "group": 0}
    return {name: value for name, value in {**found, **facts}.items() if value is not None}


def family(name: str, *persons: dict[str, Any]) -> Any:
    return answer(FAMILY, *persons, name=name)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.booleans(), st.integers(0, 3)), min_size=1, max_size=9
    )
)
def test_aggregations_are_what_their_names_say(people: list[tuple[int, bool, int]]) -> None:
    persons = [person(pay, inside=inside, group=group) for pay, inside, group in people]
    pays = [pay for pay, _, _ in people]
    members = [pay for pay, inside, _ in people if inside]
    groups = [[pay for pay, _, other in people if other == own] for _, _, own in people]
    expected = {
        "size": len(people),
        "total": sum(pays),
        "highest": max(pays),
        "lowest": min(members, default=0),
        "member_count": len(members),
        "member_pay": sum(members),
        "inside_count": len(members),
        "anyone": bool(members),
        "oldest_pay": members[0] if members else -1,
        "group_pay": [sum(group) for group in groups],
        "group_size": [len(group) for group in groups],
    }
    assert FAMILY.evaluate(household(*persons), expected) == expected


def test_a_relation_gives_the_value_of_the_other_person() -> None:
    persons = [person(10, spouse=1), person(20, spouse=0), person(30)]
    assert family("spouse_pay", *persons) == [20, 10, 0]
    persons = [person(10, spouse=1), person(None, spouse=0), person(30)]
    first, second, third = family("spouse_pay", *persons)
    assert blocked_by(first) == {"p2.pay"}
    assert (second, third) == (10, 0)


def test_children_are_those_who_name_their_parent() -> None:
    persons = [person(1), person(2, parent=0), person(4, parent=0), person(8, parent=1)]
    assert family("children", *persons) == [2, 1, 0, 0]
    assert family("child_pay", *persons) == [6, 8, 0, 0]


def test_the_oldest_is_born_first_and_the_first_listed_of_equals() -> None:
    assert family("oldest_pay", person(1, 1980), person(2, 1970), person(3, 1970)) == 2
    assert family("oldest_pay", person(1, 1960, inside=False), person(2, 1970)) == 2
    assert blocked_by(family("oldest_pay", person(1, None), person(2, 1970))) == {"p1.born"}
    assert blocked_by(family("oldest_pay", person(1), person(None, 1970))) == {"p2.pay"}
    assert family("oldest_pay", person(None, 1980), person(2, 1970)) == 2


def test_any_holds_of_one_whatever_is_unknown_of_the_others() -> None:
    assert family("anyone", person(inside=None), person()) is True
    unknown = family("anyone", person(inside=None), person(inside=False), person(inside=None))
    assert blocked_by(unknown) == {"p1.inside", "p3.inside"}
    assert family("anyone", person(inside=False)) is False


def test_every_unknown_value_of_an_aggregation_is_named() -> None:
    persons = [person(None), person(5), person(None, inside=False)]
    assert blocked_by(family("total", *persons)) == {"p1.pay", "p3.pay"}
    assert blocked_by(family("member_pay", *persons)) == {"p1.pay"}
    assert blocked_by(family("highest", *persons)) == {"p1.pay", "p3.pay"}
    assert family("size", *persons) == 3
    assert blocked_by(family("member_pay", person(1), person(2, inside=None))) == {"p2.inside"}
    first, second = family("group_pay", person(1), person(2, group=None))
    assert blocked_by(first) == blocked_by(second) == {"p2.group"}


@pytest.mark.parametrize(
    ("day", "age"), [("2023-02-28", 22), ("2023-03-01", 23), ("2024-02-28", 23), ("2024-02-29", 24)]
)
def test_age_of_who_was_born_on_29_february(day: str, age: int) -> None:
    law = law_of(
        f"""
born = fact(PERSON, Day, label=("생일", "Born"))
{STATE.replace("HOUSEHOLD", "PERSON")}
def answer(born: Day, assessment_day: Day) -> Count:
    return age_in_years(born, assessment_day)
""",
        day=day,
    )
    assert answer(law, {"born": datetime.date(2000, 2, 29)}, {})[0] == age
    assert blocked_by(answer(law, {"born": datetime.date(2000, 2, 29)}, {})[1]) == {"p2.born"}


def test_a_gap_blocks_what_uses_it_and_is_named() -> None:
    gap = parameter("number", "count", "gap", "gap")
    law = body_law(
        "farm: bool, number: Count", "return number + 1 if farm else 0", "Count", numbers=gap
    )
    assert blocked_by(answer(law, farm=True)) == {"parameter:number"}
    assert answer(law, farm=False) == 0


def test_a_gap_in_one_cell_blocks_that_cell_only() -> None:
    table = parameter("table", "count", "{1: 10, 2: gap}", extra="keys: {rooms: [1, 2]}, ")
    law = body_law(
        "rooms: Count, table: Table", "return table[min(rooms, 2)] + 1", "Count", numbers=table
    )
    assert answer(law, rooms=1) == 11
    assert blocked_by(answer(law, rooms=2)) == {"parameter:table[2]"}
    assert blocked_by(answer(law)) == {"rooms"}


def tones(default: str = "") -> str:
    entry = f"regimes: [red, blue]{default}"
    return parameter("tone", "choice", status="secondary").replace("value: 1", entry)


TONE = (
    "tone: Colour, farm: bool",
    "if farm:\n    return 0\nreturn 1 if tone == Colour.RED else 2",
    "Count",
)


def test_an_open_regime_blocks_until_one_is_chosen() -> None:
    law = body_law(*TONE, numbers=tones())
    assert blocked_by(answer(law, farm=False)) == {"regime:tone"}
    assert answer(law, farm=True) == 0
    assert law.open_choices(["answer"]) == {"tone": ("red", "blue")}
    assert answer(law.under(tone="red"), farm=False) == 1
    assert answer(law.under_regimes(["blue"]), farm=False) == 2
    assert answer(law.under(tone="red").under(tone="blue"), farm=False) == 2
    assert law.under(tone="red").open_choices(["answer"]) == {}
    assert blocked_by(answer(law, farm=False)) == {"regime:tone"}


def test_a_default_regime_is_taken_and_can_be_changed() -> None:
    law = body_law(*TONE, numbers=tones(", default: blue"))
    assert answer(law, farm=False) == 2
    assert answer(law.under(tone="red"), farm=False) == 1
    assert law.under_regimes([]) is law


def test_an_unknown_regime_is_named() -> None:
    law = body_law(*TONE, numbers=tones())
    with pytest.raises(
        BadInput, match=r"'tone' has no regime 'green' on 2024-07-01 \(one of red, blue\)"
    ):
        law.under(tone="green")
    with pytest.raises(BadInput, match=r"no regime is named 'bleu' \(did you mean 'blue'\?\)"):
        law.under_regimes(["bleu"])
    with pytest.raises(BadInput, match=r"did you mean 'tone'\?"):
        law.under(tones="red")
