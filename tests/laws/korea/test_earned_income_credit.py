"""근로장려금: every version of the law from 2015 to 2027, at the won where something changes."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .credit_households import (
    BANDS,
    EARNED,
    FAMILIES,
    MAN,
    YEARS,
    credit,
    earned_income_credit,
    family,
    household,
    law_of,
    person,
    since,
)

NAME = "earned_income_credit_year"
HALF_BAND = 10_000 * MAN


def paid(year: int, persons: list[dict[str, Any]], assets: int | None = 0, **more: Any) -> Any:
    return credit(NAME, year, persons, assets, **more)


def value(year: int, name: str, persons: list[dict[str, Any]]) -> Any:
    return law_of(year).evaluate(household(persons), [name])[name]


def kinds(year: int, persons: list[dict[str, Any]]) -> list[str]:
    return [kind.name.lower() for kind in value(year, "credit_family", persons)]


# The largest amounts that were published.


@pytest.mark.parametrize(
    ("year", "amounts"),
    [
        (2015, (700_000, 1_700_000, 2_100_000)),  # https://m.tf.co.kr/amp/life/1521418.htm
        (2017, (770_000, 1_850_000, 2_300_000)),  # 법률 14390
        (2018, (850_000, 2_000_000, 2_500_000)),  # Korea JoongAng Daily 2018, aid=3053470
        (2019, (1_500_000, 2_600_000, 3_000_000)),  # 법률 16009
        (2022, (1_500_000, 2_600_000, 3_000_000)),  # 법률 18634
        (2023, (1_650_000, 2_850_000, 3_300_000)),  # 법률 19199
        (2027, (1_650_000, 2_850_000, 3_300_000)),  # 법률 20617
    ],
)
def test_the_largest_amount_of_each_family(year: int, amounts: tuple[int, ...]) -> None:
    # 900, 1,200 and 1,300 만원 less one won lie on the level part of every version.
    for kind, wages, most in zip(FAMILIES, (900, 1200, 1300), amounts, strict=True):
        assert paid(year, family(kind, year, wages * MAN - 1)) == most


# One won below, at and above each turn, in each version.


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kind", FAMILIES)
def test_every_turn_of_the_formula(year: int, kind: str) -> None:
    rise, level, end, _ = since(EARNED, year)[FAMILIES.index(kind)]
    for turn in (rise, level, end):
        for wages in (turn * MAN - 1, turn * MAN, turn * MAN + 1):
            expected = earned_income_credit(year, kind, wages)
            assert paid(year, family(kind, year, wages)) == expected, wages


@pytest.mark.parametrize("year", range(2020, 2028))
@pytest.mark.parametrize("kind", FAMILIES)
def test_small_credits_are_nothing_or_lifted(year: int, kind: str) -> None:
    # §100의7③: below 15,000 won nothing; rising up to 100,000 won, falling up to 30,000 won.
    rise, level, end, most = (MAN * part for part in since(EARNED, year)[FAMILIES.index(kind)])
    first = -(-15_000 * rise // most)  # the smallest earnings that give 15,000 won
    last = level + (most - 15_000) * (end - level) // most  # the largest that do
    if kind != "dual_earner":  # two earners have 6,000,000 won at least
        assert paid(year, family(kind, year, first - 1)) == 0
        assert paid(year, family(kind, year, first)) == 100_000
        assert paid(year, family(kind, year, 100_000 * rise // most)) == 100_000
    assert paid(year, family(kind, year, last)) == 30_000
    assert paid(year, family(kind, year, last + 1)) == 0


def test_the_legal_tail_lifts_and_then_ends() -> None:
    # One person, 2026: 165만 − (x − 900만) × 165/1300. At x = 2,188만: 165만 − 163.4769만 = 15,230 won.
    assert paid(2026, family("single", 2026, 21_880_000)) == 30_000
    # At 2,189만: 13,961 won, which is below 15,000 won.
    assert paid(2026, family("single", 2026, 21_890_000)) == 0
    # At 2,180만: 165만 − 1,280만 × 165/1300 = 165만 − 1,624,615.4 = 25,384 won, lifted to 30,000 won.
    assert paid(2026, family("single", 2026, 21_800_000)) == 30_000
    # At 2,170만: 165만 − 1,611,923.08 = 38,076 won.
    assert paid(2026, family("single", 2026, 21_700_000)) == 38_076


def test_more_earnings_can_lower_the_credit_by_more_than_themselves() -> None:
    # Where the credit ends, one won more of earnings costs 30,000 won: 조세특례제한법 §100의7③.
    last = 9_000_000 + (1_650_000 - 15_000) * 13_000_000 // 1_650_000
    assert paid(2026, family("single", 2026, last)) - paid(
        2026, family("single", 2026, last + 1)
    ) == (30_000)


def test_before_2020_a_reduced_credit_is_30_000_won_at_least() -> None:
    # 2019, one person: 70,000 × 150/400 = 26,250 won as it is; half of it is lifted.
    persons = family("single", 2019, 70_000)
    assert paid(2019, persons) == 26_250
    assert paid(2019, persons, assets=140_000_000) == 30_000
    assert paid(2016, family("single", 2016, 200_000), assets=HALF_BAND) == 11_666  # 23,333 / 2


@pytest.mark.parametrize("kind", FAMILIES)
@given(
    year=st.sampled_from([*YEARS]),
    wages=st.integers(min_value=6_000_000, max_value=45_000_000),
    assets=st.sampled_from([0, 99_999_999, 100_000_000, 139_999_999, 140_000_000, 200_000_000]),
    other=st.sampled_from([0, 1, 3_000_000]),
    late=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_the_law_agrees_with_fractions(
    kind: str, year: int, wages: int, assets: int, other: int, late: bool
) -> None:
    if year in (2017, 2018) and assets >= HALF_BAND:
        assets = HALF_BAND - 1  # the limit of these two years is a gap
    persons = family(kind, year, wages)
    persons[0]["last_year_other_income"] = other
    found = paid(year, persons, assets, late_application=late)
    assert found == earned_income_credit(year, kind, wages, assets, other, late)


# Property.


@pytest.mark.parametrize("year", [year for year in YEARS if year not in (2017, 2018)])
def test_property_on_1_june(year: int) -> None:
    half, limit = (MAN * part for part in since(BANDS, year))
    most = paid(year, family("single_earner", year, 10_000_000))
    for assets, share in ((half - 1, 2), (half, 1), (limit - 1, 1), (limit, 0), (limit + 1, 0)):
        assert paid(year, family("single_earner", year, 10_000_000), assets) == most * share // 2


@pytest.mark.parametrize("year", [2017, 2018])
def test_the_limit_of_2017_and_2018_is_not_known(year: int) -> None:
    persons = family("single_earner", year, 10_000_000)
    assert paid(year, persons, HALF_BAND - 1) is not None
    assert paid(year, persons, HALF_BAND) is None


def test_until_2016_nobody_may_own_two_homes() -> None:
    persons = family("single_earner", 2016, 10_000_000)
    assert paid(2016, persons) == 1_700_000
    assert paid(2016, persons, owned_two_homes=True) == 0
    assert paid(2017, family("single_earner", 2017, 10_000_000), owned_two_homes=True) == 1_850_000


def test_property_is_asked_for_only_after_the_income_test() -> None:
    assert paid(2026, family("single", 2026, 22_000_000), assets=None) == 0
    assert paid(2026, family("single", 2026, 0), assets=None) == 0
    assert paid(2026, family("single", 2026, 21_000_000), assets=None) is None


# The kind of family, §100의3⑤.


@pytest.mark.parametrize(
    ("wages", "kind"),
    [(2_999_999, "single_earner"), (3_000_000, "dual_earner"), (3_000_001, "dual_earner")],
)
def test_two_earners_have_3_000_000_won_each(wages: int, kind: str) -> None:
    persons = [person(wages=12_000_000, spouse=1), person(wages=wages, spouse=0)]
    assert kinds(2026, persons) == [kind, kind]
    assert paid(2026, persons) == earned_income_credit(2026, kind, 12_000_000 + wages)


def test_a_child_makes_a_family_with_one_earner() -> None:
    parent = person(1985, 5_000_000)
    child = person(2015, None, first_parent=0)
    # 5,000,000 × 285/700 = 2,035,714.28
    assert paid(2026, [parent, child]) == 2_035_714
    assert paid(2026, [parent]) == 1_650_000


@pytest.mark.parametrize(
    ("born", "kind"),
    # 18세 미만 on one day of 2025: who was born on 2 January 2007 was 17 on 1 January 2025.
    [
        ((2007, 1, 1), "single"),
        ((2007, 1, 2), "single_earner"),
        ((2025, 12, 31), "single_earner"),
        ((2026, 1, 1), "single"),
    ],
)
def test_the_age_of_a_child_by_the_tax_year(born: tuple[int, int, int], kind: str) -> None:
    child = person(wages=0, first_parent=0) | {"birth_date": datetime.date(*born)}
    assert kinds(2026, [person(1980, 5_000_000), child])[0] == kind


def test_a_severe_disability_stands_in_place_of_the_age_of_a_child() -> None:
    child = person(1990, 0, first_parent=0, severe_disability=True)
    assert kinds(2026, [person(1965, 5_000_000), child])[0] == "single_earner"


@pytest.mark.parametrize(
    ("wages", "dependent"), [(3_333_333, True), (3_333_334, False), (5_000_000, False)]
)
def test_a_child_of_16_with_wages(wages: int, dependent: bool) -> None:
    # 30 % of the wages is left after 근로소득공제 (소득세법 §47①): 1,000,000 won at most.
    persons = [person(1980, 5_000_000), person(2009, wages, first_parent=0)]
    assert value(2026, "dependent_child", persons)[1] is dependent


def test_the_certified_income_is_asked_for_only_where_it_decides() -> None:
    parent = person(1980, 5_000_000)
    child = person(2009, 0, first_parent=0, last_year_other_income=1_000_001)
    assert paid(2026, [parent, child]) is None
    assert paid(2026, [parent, child | {"last_year_income_amount": 0}]) == 2_035_714
    assert paid(2026, [parent, child | {"last_year_other_income": 1_000_000}]) == 2_035_714
    # Too much with it: the parent is a single person and gets 1,650,000 won.
    assert paid(2026, [parent, child | {"last_year_income_amount": 1_000_001}]) == 1_650_000


@pytest.mark.parametrize(("born", "kind"), [(1955, "single_earner"), (1956, "single")])
def test_a_parent_of_70_makes_a_family_with_one_earner(born: int, kind: str) -> None:
    persons = [person(born, 0), person(1985, 5_000_000, first_parent=0)]
    assert kinds(2026, persons)[1] == kind


def test_a_grandparent_counts_as_a_parent_does() -> None:
    persons = [
        person(1945, 0),
        person(1970, 5_000_000, first_parent=0),
        person(1995, 0, first_parent=1),
    ]
    assert kinds(2026, persons) == ["single", "single_earner", "single_earner"]


def test_a_parent_of_70_counts_since_2018_and_is_a_gap_in_2017() -> None:
    for year, kind in ((2016, "single"), (2018, "single_earner"), (2019, "single_earner")):
        persons = [person(1940, 0), person(1960, 5_000_000, first_parent=0)]
        assert kinds(year, persons)[1] == kind
    assert paid(2017, [person(1940, 0), person(1960, 5_000_000, first_parent=0)]) is None


def test_a_disabled_parent_of_any_age_since_2021() -> None:
    for year, kind in ((2020, "single"), (2021, "single_earner")):
        persons = [person(1960, 0, severe_disability=True), person(1985, 5_000_000, first_parent=0)]
        assert kinds(year, persons)[1] == kind


@pytest.mark.parametrize(("year", "age"), [(2015, 60), (2016, 50), (2017, 40), (2018, 30)])
def test_a_single_person_had_to_have_an_age_until_2018(year: int, age: int) -> None:
    # Press of 2015, 2016 and 2018; counted on 31 December of the year before.
    assert paid(year, [person(year - 1 - age, 8_000_000)]) > 0
    assert paid(year, [person(year - age, 8_000_000)]) == 0
    couple = [person(year - age, 8_000_000, spouse=1), person(year - age, 0, spouse=0)]
    assert paid(year, couple) > 0


def test_no_age_since_2019() -> None:
    assert paid(2019, [person(2000, 8_000_000)]) == 1_500_000
    assert paid(2018, [person(2000, 8_000_000, severe_disability=True)]) == 850_000
    assert paid(2016, [person(2000, 8_000_000, severe_disability=True)]) is None


# Who applies, and for whom nothing is asked.


def test_other_income_counts_for_the_test_and_not_for_the_amount() -> None:
    persons = [person(wages=10_000_000, last_year_other_income=11_999_999)]
    assert paid(2026, persons) == earned_income_credit(2026, "single", 10_000_000)
    assert paid(2026, [person(wages=10_000_000, last_year_other_income=12_000_000)]) == 0


def test_business_income_counts_as_wages_do() -> None:
    assert paid(2026, [person(wages=0, last_year_business_income=8_000_000)]) == 1_650_000


def test_income_of_grown_children_does_not_count_for_their_parents() -> None:
    parents = [person(1965, 10_000_000, spouse=1), person(1966, 0, spouse=0)]
    son = person(1995, 60_000_000, first_parent=0, second_parent=1)
    assert paid(2026, [*parents, son]) == 2_850_000


def test_one_applicant_a_household() -> None:
    # The parents would get 2,850,000, the son 1,650,000 won: they agree on the larger.
    parents = [person(1965, 10_000_000, spouse=1), person(1966, 0, spouse=0)]
    son = person(1995, 8_000_000, first_parent=0, second_parent=1)
    assert paid(2026, [*parents, son]) == 2_850_000


def test_a_dependent_child_does_not_apply() -> None:
    # The child alone would get 3,000,000 × 165/400 = 1,237,500 won; the parent has no earnings.
    child = person(2008, 3_000_000, first_parent=0)
    assert paid(2026, [person(1980, 0), child]) == 0
    # With 3,400,000 won nobody's dependent child any more: 3,400,000 × 165/400.
    assert paid(2026, [person(1980, 0), person(2008, 3_400_000, first_parent=0)]) == 1_402_500


def test_a_listed_profession_excludes_both_spouses() -> None:
    persons = [
        person(wages=8_000_000, spouse=1),
        person(wages=0, spouse=0, professional_practice=True),
    ]
    assert paid(2026, persons) == 0


def test_without_last_years_wages_it_is_undetermined() -> None:
    assert paid(2026, [person(1980, None)]) is None


@pytest.mark.parametrize(("born", "asked"), [(2011, False), (2010, True)])
def test_nothing_is_asked_of_a_child_below_15(born: int, asked: bool) -> None:
    persons = [person(1980, 8_000_000), person(born, None, first_parent=0)]
    assert (paid(2026, persons) is None) is asked


@pytest.mark.parametrize(("year", "share"), [(2016, 90), (2023, 90), (2024, 95), (2026, 95)])
def test_a_late_application(year: int, share: int) -> None:
    most = since(EARNED, year)[1][3] * MAN
    persons = family("single_earner", year, 10_000_000)
    assert paid(year, persons, late_application=True) == most * share // 100


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_it_computes_for_every_size_in_every_year(year: int, size: int) -> None:
    kind = "single" if size == 1 else "single_earner"
    persons = family(kind, year, 10_000_000, max(size - 2, 0))
    assert len(persons) == size
    assert paid(year, persons) == earned_income_credit(year, kind, 10_000_000)
