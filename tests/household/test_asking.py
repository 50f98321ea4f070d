"""Which one fact to ask for next."""

from __future__ import annotations

from typing import Any

import pytest

from donghaeng.household import Undetermined
from donghaeng.household.asking import ask_next

from .town import alone, answered, town_on

ANN: dict[str, Any] = {"id": "ann", "birth_date": "1980-03-10", "earnings": 500_000}
BOB: dict[str, Any] = {"id": "bob", "birth_date": "1982-07-01", "earnings": 0}


def without(person: dict[str, Any], fact: str) -> dict[str, Any]:
    return {key: value for key, value in person.items() if key != fact}


def blocked(name: str, *blockers: str, may_ask: tuple[str, ...] = ()) -> Undetermined:
    return Undetermined(name, ("", ""), "", blockers, may_ask)


def test_the_fact_that_settles_most_is_asked_for_in_the_words_of_the_law() -> None:
    nothing_known = alone(persons=[{"id": "ann"}], housing={})
    question = answered(nothing_known).ask_next
    # Her earnings settle three results, her age one, and the rent one.
    assert question is not None
    assert question.as_json() == {
        "fact": "earnings",
        "person": "ann",
        "question_ko": "한 달에 얼마를 버나요?",
        "question_en": "How much is earned in a month?",
        "settles": ["support", "medical_card", "contribution"],
    }


def test_what_is_asked_for_is_about_a_person_only_where_the_fact_is() -> None:
    question = answered(alone(housing={})).ask_next
    assert question is not None
    assert (question.fact, question.person, question.settles) == ("rent", "", ("rent_help",))
    assert "person" not in question.as_json()


def test_a_fact_without_a_question_is_asked_for_by_its_label() -> None:
    question = answered(alone(persons=[without(ANN, "birth_date")])).ask_next
    assert question is not None
    assert (question.fact, question.question, question.label) == (
        "birth_date",
        None,
        ("생년월일", "Date of birth"),
    )
    assert "question_ko" not in question.as_json()


def test_one_fact_does_not_settle_what_two_facts_block() -> None:
    question = answered(
        alone(persons=[without(ANN, "earnings"), without(BOB, "earnings")])
    ).ask_next
    assert question is not None
    assert (question.person, question.settles) == ("ann", ("contribution",))


def test_benefits_count_before_lines_and_findings() -> None:
    law = town_on()
    lines = [blocked(name, "savings") for name in ("line", "age", "child")]
    question = ask_next(law, [*lines, blocked("rent_help", "rent")])
    assert question is not None
    assert question.fact == "rent"
    question = ask_next(law, lines)
    assert question is not None
    assert question.settles == ("line", "age", "child")


def test_an_id_with_a_dot_is_still_a_person() -> None:
    question = answered(alone(persons=[without(ANN, "earnings") | {"id": "a.b"}])).ask_next
    assert question is not None
    assert (question.fact, question.person) == ("earnings", "a.b")


def test_a_gap_of_the_law_is_never_asked() -> None:
    answer = answered(alone(place="hill"), "kept")  # the ceiling of the hill has not been read
    assert [item.blocked_by for item in answer.undetermined] == [
        ("parameter:rent_ceiling[hill]",),
    ]
    assert answer.ask_next is None


def test_a_fact_that_would_only_lead_to_a_gap_is_not_asked() -> None:
    answer = answered(alone(place="hill", housing={}), "kept")
    (item,) = answer.undetermined
    assert item.may_ask == ("rent",)
    assert answer.ask_next is None


def test_an_open_reading_is_never_asked() -> None:
    answer = answered(alone())
    assert [item.name for item in answer.undetermined] == ["rent_help", "winter_grant_year"]
    assert answer.ask_next is None
    law = town_on()
    assert ask_next(law, [blocked("rent_help", "regime:rent_reading")]) is None


@pytest.mark.parametrize("regimes", [("wide", "kept"), ("narrow", "dropped")])
def test_where_all_is_known_nothing_is_asked(regimes: tuple[str, ...]) -> None:
    answer = answered(alone(), *regimes)
    assert answer.undetermined == []
    assert answer.ask_next is None
    assert "ask_next" not in answer.as_json()
