"""An answer in the order in which people read it."""

from __future__ import annotations

from typing import Any

import pytest

from donghaeng.household import Assessor
from donghaeng.household.sections import (
    Row,
    Section,
    cell,
    defaults,
    not_official,
    open_questions,
    readings_of,
    regime_text,
    sections,
    totals,
    undetermined,
)
from donghaeng.language import Words
from donghaeng.rules import Book

from .town import FILES, NUMBERS, alone, answered, read, town_on

LAW = town_on()
ENGLISH, KOREAN = Words("en"), Words("ko")
READ = ("wide", "kept")


def told(
    household: dict[str, Any], *regimes: str, show: tuple[str, ...] = ()
) -> dict[str, Section]:
    law = LAW.under_regimes(regimes)
    found = sections(law, answered(household, *regimes), ENGLISH, show)
    assert len({section.title for section in found}) == len(found)
    return {section.title: section for section in found}


def amounts(section: Section) -> dict[str, str]:
    return {row.label: row.amount for row in section.rows}


def old(*names: str) -> list[dict[str, Any]]:
    return [{"id": name, "birth_date": "1950-01-01", "earnings": 0} for name in names]


def test_what_comes_in_is_told_before_what_goes_out_and_the_small_print_last() -> None:
    assert list(told(alone())) == [
        "Each month",
        "Each year",
        "Entitlements other than money",
        "Social insurance and tax that the household pays",
        "Lines",
    ]


def test_a_row_has_a_name_an_amount_and_its_article() -> None:
    assert told(alone())["Each month"].rows[0] == Row("Support", "200,000 won", "조례 §4")
    korean = sections(LAW, answered(alone()), KOREAN)
    assert korean[0].rows[0] == Row("생계지원", "200,000원", "조례 §4")


def test_what_comes_to_nothing_is_named_in_one_line() -> None:
    month = told(alone(), *READ)["Each month"]
    assert amounts(month) == {
        "Support": "200,000 won",
        "Rent help": "200,000 won",
        "Trial": "55,000 won",
        "Old grant": "20,000 won",
    }
    assert month.nothing == ("Pension", "Parents' grant")


def test_an_entitlement_that_does_not_hold_comes_to_nothing() -> None:
    rich = [{"id": "ann", "birth_date": "1980-03-10", "earnings": 900_001}]
    title = "Entitlements other than money"
    assert amounts(told(alone())[title]) == {"Medical card": "yes"}
    assert told(alone(persons=rich))[title] == Section(title, (), ("Medical card",))


def test_what_is_undetermined_is_not_nothing() -> None:
    month = told(alone(place="hill"))["Each month"]
    assert amounts(month)["Rent help"] == "Undetermined"
    assert "Rent help" not in month.nothing


def test_an_open_amount_has_its_bounds() -> None:
    assert amounts(told(alone())["Each month"])["Rent help"] == "100,000 – 200,000 won"
    assert amounts(told(alone())["Each year"])["Winter grant"] == "150,000 – 150,500 won"


def test_each_persons_part_stands_with_the_sum_where_there_are_several() -> None:
    pension = told(alone(persons=old("ann", "bob")))["Each month"].rows[0]
    assert (pension.label, pension.amount) == ("Pension", "600,000 won")
    assert pension.persons == (("ann", "300,000 won"), ("bob", "300,000 won"))
    single = told(alone(persons=old("ann")))["Each month"].rows[0]
    assert (single.amount, single.persons) == ("300,000 won", ())


def test_a_person_whose_part_is_nothing_is_left_out_of_the_parts() -> None:
    young = {"id": "kid", "birth_date": "2015-01-01", "earnings": 0}
    pension = told(alone(persons=[*old("ann"), young]))["Each month"].rows[0]
    assert pension.persons == (("ann", "300,000 won"),)


def test_a_persons_part_that_is_not_known_is_told() -> None:
    pension = told(alone(persons=[*old("ann"), {"id": "bob", "earnings": 0}]))["Each month"].rows[0]
    assert pension.amount == "Undetermined"
    assert pension.persons == (("ann", "300,000 won"), ("bob", "Undetermined"))


def test_what_belongs_to_the_household_has_no_parts() -> None:
    rows = told(alone(persons=old("ann", "bob")))["Each month"].rows
    assert {row.label: row.persons for row in rows}["Support"] == ()


def test_what_was_asked_for_comes_last_for_the_household_and_each_person() -> None:
    names = ("income", "age", "child", "place")
    law = LAW.under_regimes(READ)
    answer = Assessor(law, show=names).answer(read(alone()))
    last = sections(law, answer, ENGLISH, names)[-1]
    assert last.title == "Asked for"
    assert [(row.label, row.amount) for row in last.rows] == [
        ("Income", "500,000 won"),
        ("Age of ann", "44"),
        ("Child of ann", "no"),
        ("Part of town", "River side"),
    ]


def test_the_totals_are_one_amount_or_bounds() -> None:
    rows = totals(LAW, answered(alone()), ENGLISH)
    assert [(row.label, row.amount) for row in rows] == [
        ("Total", "300,000 – 400,000 won"),
        ("Disposable", "775,000 – 875,000 won"),
    ]
    law = LAW.under_regimes(READ)
    assert [row.amount for row in totals(law, answered(alone(), *READ), KOREAN)] == [
        "400,000원",
        "875,000원",
    ]
    assert totals(LAW, answered(alone(place="hill")), ENGLISH)[0].amount == "Undetermined"


@pytest.mark.parametrize(
    ("name", "value", "english", "korean"),
    [
        ("support", 0, "0 won", "0원"),
        ("support", -1_234_567, "-1,234,567 won", "-1,234,567원"),
        ("support", (0, 1_000), "0 – 1,000 won", "0 – 1,000원"),
        ("support", None, "Undetermined", "판단할 수 없음"),
        ("medical_card", True, "yes", "예"),
        ("medical_card", False, "no", "아니오"),
        ("place", "hill", "Hill side", "언덕"),
        ("age", 44, "44", "44"),
        ("birth_date", "1980-03-10", "1980-03-10", "1980-03-10"),
    ],
)
def test_a_value_as_people_write_it(name: str, value: Any, english: str, korean: str) -> None:
    declaration = LAW.variables[name]
    assert cell(value, declaration, ENGLISH) == english
    assert cell(value, declaration, KOREAN) == korean


def test_amounts_that_rest_on_a_reading_are_told_by_reading() -> None:
    assert readings_of(LAW, answered(alone()), ENGLISH) == [
        ("Rent help", {"Narrow": "100,000 won", "Wide": "200,000 won"}),
        ("Winter grant", {"Dropped": "150,000 won", "Kept": "150,500 won"}),
        ("Total", {"Narrow": "300,000 won", "Wide": "400,000 won"}),
        ("Disposable", {"Narrow": "775,000 won", "Wide": "875,000 won"}),
    ]
    law = LAW.under_regimes(READ)
    assert readings_of(law, answered(alone(), *READ), ENGLISH) == []


def test_the_questions_that_are_open_are_told_with_their_readings() -> None:
    assert open_questions(LAW, answered(alone()), ENGLISH) == [
        ("How the rent is read", ["Narrow", "Wide"]),
        ("The rest", ["Dropped", "Kept"]),
    ]
    half = LAW.under_regimes(["wide"])
    assert open_questions(half, answered(alone(), "wide"), ENGLISH) == [
        ("The rest", ["Dropped", "Kept"])
    ]
    # Who pays no rent is not concerned by how the rent is read.
    rentless = open_questions(LAW, answered(alone(housing={"rent": 0})), ENGLISH)
    assert [question for question, _ in rentless] == ["The rest"]


def test_a_line_of_nothing_does_not_concern_the_household() -> None:
    assert amounts(told(alone())["Lines"]) == {"Line": "700,000 won"}
    numbers = NUMBERS.replace("value: 700_000", "value: 0")
    law = Book({**FILES, "town/numbers.yaml": numbers}).on("2024-07-01")
    titles = [each.title for each in sections(law, answered(alone(), law=law), ENGLISH)]
    assert "Lines" not in titles


def test_a_reading_has_a_name_for_people() -> None:
    assert regime_text(LAW, "narrow + kept", ENGLISH) == "Narrow + Kept"
    assert regime_text(LAW, "narrow + kept", KOREAN) == "좁게 + 둠"
    assert regime_text(LAW, "all", ENGLISH) == "all"


def test_what_is_undetermined_is_gathered_by_what_would_settle_it() -> None:
    nothing_known = alone(persons=[{"id": "ann"}], housing={})
    assert undetermined(LAW, answered(nothing_known), ENGLISH) == [
        ("“Earnings” of ann", "Support, Medical card, Contribution"),
        ("“Rent”", "Rent help"),
        ("“Date of birth” of ann", "Pension"),
    ]
    gap = undetermined(LAW, answered(alone(place="hill")), ENGLISH)
    assert gap == [("the published value of “Ceiling”", "Rent help")]


def test_usual_values_that_were_taken_are_gathered_by_value() -> None:
    assert defaults(LAW, answered(alone()), ENGLISH) == [("0 won", "Savings")]
    assert defaults(LAW, answered(alone(assets={"savings": 0})), ENGLISH) == []


def test_values_that_are_not_official_are_gathered_by_status() -> None:
    law = LAW.under_regimes(READ)
    assert not_official(law, answered(alone(), *READ), ENGLISH) == [
        ("not verified", "How the rent is read Wide, The rest Kept")
    ]
    later = town_on("2025-07-01").under_regimes(READ)
    found = dict(not_official(later, answered(alone(), *READ, law=later), ENGLISH))
    assert found["from the press"] == "Amount of the line 760,000"
