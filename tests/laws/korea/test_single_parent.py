"""한부모가족: who is one, the line, the family's own income, the amounts."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.household.reading import read_household
from donghaeng.laws import law_on
from donghaeng.rules import Law, is_missing

ALLOWANCE, ADDITION, LINE = (
    "single_parent_allowance",
    "single_parent_addition",
    "single_parent_line",
)
FLAG = "single_parent_family"


@cache
def law_of(month: str) -> Law:
    return law_on(month)


def answer(
    month: str, persons: list[dict[str, Any]], *, law: Law | None = None, **home: Any
) -> Any:
    """The amounts of the persons, added up, and the household's flag and line."""
    law = law or law_of(month)
    plain = {
        "id": "h",
        "region": "seoul",
        "housing": {"tenure": "jeonse"},
        "assets": {"general": 0, "financial": 0},
    }
    people = [{"earnings": 0} | person for person in persons]
    facts = read_household(law, plain | home | {"persons": people}, "test", "h")
    names = [name for name in (ALLOWANCE, ADDITION, LINE, FLAG) if name in law.variables]
    found = law.evaluate(facts, names)
    for name in (ALLOWANCE, ADDITION):
        if name in found:
            unknown = [value for value in found[name] if is_missing(value)]
            found[name] = unknown[0] if unknown else sum(found[name])
    return found


def mother(**facts: Any) -> dict[str, Any]:
    return {"id": "mother", "birth_date": "1986-03-14"} | facts


def child(name: str = "child", **facts: Any) -> dict[str, Any]:
    return {"id": name, "birth_date": "2014-09-02", "parents": ["mother"]} | facts


# The line.


@pytest.mark.parametrize(
    ("month", "size", "line"),
    [
        # open transcription of the guide of 2026, p. 3
        ("2026-07", 2, 2_729_540),
        ("2026-07", 3, 3_483_373),
        ("2026-07", 4, 4_221_580),
        ("2026-07", 5, 4_911_867),
        ("2026-07", 6, 5_561_369),
        # 60 % × 3,456,155
        ("2023-07", 2, 2_073_693),
        # 58 % and 52 % × 3,260,085 = 1,890,849.3 and 1,695,244.2
        ("2022-12", 2, 1_890_849),
        ("2022-09", 2, 1_695_244),
        # 65 % × (9,515,150 + 959,198) = 6,808,326.2
        ("2026-07", 8, 6_808_326),
    ],
)
def test_the_lines(month: str, size: int, line: int) -> None:
    persons = [mother(), *(child(f"c{number}") for number in range(size - 1))]
    assert answer(month, persons)[LINE] == line


def test_the_line_of_2027_is_not_known_and_there_is_none_before_2022() -> None:
    assert is_missing(answer("2027-07", [mother(), child()])[LINE])
    assert LINE not in law_of("2021-07").rules


@given(income=st.integers(0, 4_000_000), size=st.sampled_from([2, 3, 4, 5]))
@settings(max_examples=60, deadline=None)
def test_the_allowance_is_paid_up_to_the_line_for_each_child(income: int, size: int) -> None:
    median = {2: 4_199_292, 3: 5_359_036, 4: 6_494_738, 5: 7_556_719}[size]
    line = int(Fraction(65, 100) * median + Fraction(1, 2))
    persons = [mother(public_transfers=income), *(child(f"c{n}") for n in range(size - 1))]
    expected = 230_000 * (size - 1) if income <= line else 0
    assert answer("2026-07", persons)[ALLOWANCE] == expected


# Who is a single parent.


@pytest.mark.parametrize("year", range(2015, 2028))
def test_a_couple_with_children_is_none_and_is_asked_nothing(year: int) -> None:
    law = law_of(f"{year}-08")
    facts = read_household(
        law,
        {
            "id": "h",
            "persons": [
                {"id": "father", "birth_date": "1984-01-01", "spouse": "mother"},
                {"id": "mother", "birth_date": "1986-03-14"},
                {"id": "a", "birth_date": "2010-05-01", "parents": ["father", "mother"]},
                {"id": "b", "birth_date": "2013-05-01", "parents": ["mother", "father"]},
            ],
        },
        "test",
        "h",
    )
    found = law.evaluate(facts, [ALLOWANCE, FLAG, "single_parent"])
    assert found[ALLOWANCE] == [0, 0, 0, 0]
    assert found[FLAG] is False
    assert found["single_parent"] == [False] * 4


@pytest.mark.parametrize("size", [1, 2, 4, 8])
@pytest.mark.parametrize("year", range(2015, 2028))
def test_households_without_children_get_nothing_in_every_year(year: int, size: int) -> None:
    persons = [{"id": f"p{n}", "birth_date": "1980-01-01"} for n in range(size)]
    found = answer(f"{year}-08", persons)
    assert found[ALLOWANCE] == 0
    assert found.get(ADDITION, 0) == 0
    assert found[FLAG] is False


@pytest.mark.parametrize("size", [2, 4, 8])
@pytest.mark.parametrize(
    ("year", "each"), [(2023, 200_000), (2024, 210_000), (2025, 230_000), (2026, 230_000)]
)
def test_it_is_computed_for_every_size_in_every_year_that_is_known(
    year: int, size: int, each: int
) -> None:
    persons = [mother(), *(child(f"c{n}") for n in range(size - 1))]
    found = answer(f"{year}-08", persons)
    assert found[ALLOWANCE] == each * (size - 1)
    assert found[FLAG] is True


@pytest.mark.parametrize("month", ["2015-08", "2021-12", "2022-01", "2027-01"])
def test_where_line_or_amount_was_not_found_it_is_not_zero(month: str) -> None:
    assert is_missing(answer(month, [mother(), child()])[ALLOWANCE])


@pytest.mark.parametrize(
    ("absence", "single"),
    [
        ("detained", True),  # §4 1호 다목
        ("military", True),
        ("missing_person", True),  # 시행규칙 §2
        ("abroad", False),
        ("separate", False),
        ("none", False),
    ],
)
def test_a_spouse_who_is_away(absence: str, single: bool) -> None:
    father = {"id": "father", "birth_date": "1984-01-01", "absence": absence}
    both = ["mother", "father"]
    found = answer("2026-07", [mother(spouse="father"), father, child(parents=both)])
    assert found[FLAG] is single
    assert found[ALLOWANCE] == (230_000 if single else 0)


def test_a_partner_who_is_not_the_other_parent_ends_it() -> None:
    partner = {"id": "partner", "birth_date": "1984-01-01"}
    assert answer("2026-07", [mother(spouse="partner"), partner, child()])[ALLOWANCE] == 0


def test_the_second_parent_may_be_the_single_one() -> None:
    father = {"id": "father", "birth_date": "1984-01-01", "absence": "separate"}
    persons = [mother(), father, child(parents=["father", "mother"])]
    assert answer("2026-07", persons)[ALLOWANCE] == 230_000


@pytest.mark.parametrize(("unable", "amount"), [(True, 230_000), (False, 0)])
def test_a_spouse_who_cannot_work(unable: bool, amount: int) -> None:
    father = {"id": "father", "birth_date": "1984-01-01", "severe_disability": True}
    father["lasting_loss_of_work_capacity"] = unable
    for parents in (["mother", "father"], ["father", "mother"]):
        persons = [mother(spouse="father"), father, child(parents=parents)]
        assert answer("2026-07", persons)[ALLOWANCE] == amount


def test_a_child_who_lives_elsewhere_is_not_paid_for() -> None:
    assert answer("2026-07", [mother(), child(absence="separate")])[ALLOWANCE] == 0


def test_a_child_without_parents_in_the_file_is_no_single_parent_family() -> None:
    persons = [mother(), {"id": "child", "birth_date": "2014-09-02"}]
    assert answer("2026-07", persons)[FLAG] is False


# The family and the household.


def test_a_young_mother_and_her_own_mother_are_two_families() -> None:
    # Each family has two persons; the grandmother's income is above the line of two, the mother has none.
    persons = [
        {"id": "grandmother", "birth_date": "1975-01-01", "public_transfers": 2_729_541},
        mother(birth_date="2008-08-01", parents=["grandmother"]),
        child(birth_date="2025-09-02"),
    ]
    found = answer("2026-07", persons)
    assert found[ALLOWANCE] == 400_000  # the baby of a mother of 17; nothing for the mother herself


def test_others_income_does_not_count_and_their_property_is_asked_about() -> None:
    uncle = {"id": "uncle", "birth_date": "1980-01-01", "public_transfers": 9_000_000}
    persons = [mother(), uncle, child()]
    assert answer("2026-07", persons)[ALLOWANCE] == 230_000
    rich = {"general": 2_000_000_000, "financial": 0}
    assert is_missing(answer("2026-07", persons, assets=rich)[ALLOWANCE])
    persons = [mother(family_property_income=2_729_540), uncle, child()]
    assert answer("2026-07", persons, assets=rich)[ALLOWANCE] == 230_000
    persons = [mother(family_property_income=2_729_541), uncle, child()]
    assert answer("2026-07", persons, assets=rich)[ALLOWANCE] == 0


def test_property_that_fits_under_the_line_is_not_asked_about() -> None:
    # 120,000,000 general − 99,000,000 basic amount of Seoul = 21,000,000; × 4.17 % = 875,700 at most.
    uncle = {"id": "uncle", "birth_date": "1980-01-01"}
    assets = {"general": 120_000_000, "financial": 0}
    assert answer("2026-07", [mother(), uncle, child()], assets=assets)[ALLOWANCE] == 230_000


def test_an_income_that_the_office_has_assessed_can_be_taken(tmp_path: Path) -> None:
    file = tmp_path / "assessed.yaml"
    file.write_text("parameters: {single_parent_assessment: as_assessed}\n", encoding="utf-8")
    law = law_of("2026-07").with_reform(file)
    for income, amount in ((2_729_540, 230_000), (2_729_541, 0)):
        persons = [mother(single_parent_assessed_income=income), child()]
        assert answer("2026-07", persons, law=law)[ALLOWANCE] == amount


# The amounts by age.


@pytest.mark.parametrize(
    ("born", "amount"),
    [
        ("2001-07-02", 400_000),
        ("2001-07-01", 330_000),
        ("1991-07-02", 330_000),
        ("1991-07-01", 230_000),
    ],
)
def test_by_the_parents_age(born: str, amount: int) -> None:
    # 24, 25, 34 and 35 years on the first of July 2026; the last was married.
    persons = [mother(birth_date=born, never_married=False), child(birth_date="2025-09-02")]
    found = answer("2026-07", persons)
    assert found[ALLOWANCE] + found[ADDITION] == amount


@given(birth=st.dates(datetime.date(2003, 1, 1), datetime.date(2026, 6, 30)), school=st.booleans())
@settings(max_examples=60, deadline=None)
def test_by_the_childs_age(birth: datetime.date, school: bool) -> None:
    months = 12 * (2026 - birth.year) + 7 - birth.month
    entitled = months < 12 * 18 or (school and months < 12 * 22)
    facts = {"birth_date": birth.isoformat(), "school": "high" if school else "none"}
    found = answer("2026-07", [mother(birth_date="1980-01-01", never_married=True), child(**facts)])
    assert found[ALLOWANCE] == (230_000 if entitled else 0)
    assert found[ADDITION] == (100_000 if months < 72 else 0)
    assert found[FLAG] is entitled


@pytest.mark.parametrize(
    ("month", "born"),
    [("2024-07", "2021-01-01"), ("2025-07", "2024-09-01"), ("2023-07", "2022-09-01")],
)
def test_youth_single_parents_where_line_or_amount_is_not_known(month: str, born: str) -> None:
    persons = [mother(birth_date="2002-01-01"), child(birth_date=born)]
    assert is_missing(answer(month, persons)[ALLOWANCE])


def test_the_addition_before_2026_is_not_known() -> None:
    persons = [mother(birth_date="1995-01-01"), child(birth_date="2021-01-01")]
    assert is_missing(answer("2025-07", persons)[ADDITION])
    assert answer("2025-07", persons)[ALLOWANCE] == 230_000
