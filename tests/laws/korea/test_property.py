"""재산의 소득환산액 (시행령 §5의3, §5의4): classes of region, the order of deduction, cars."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, is_missing

YEARS = range(2015, 2028)
WORDS = {"region": "Region", "tenure": "Tenure", "car_kind": "CarKind"}
NOTHING: dict[str, Any] = {
    "region": "seoul",
    "tenure": "free_use",
    "general_property": 0,
    "financial_property": 0,
}


def value(date: str, name: str, size: int = 1, **facts: Any) -> Any:
    law = law_on(date)
    household = {
        key: law.enumerations[WORDS[key]].from_word(fact) if key in WORDS else fact
        for key, fact in (NOTHING | facts).items()
    }
    persons = [{"birth_date": datetime.date(1980, 1, 1), "earnings": 0} for _ in range(size)]
    found = law.evaluate(HouseholdFacts("h", household, persons), [name])[name]
    return found if is_missing(found) else getattr(found, "word", found)


def converted(date: str, **facts: Any) -> Any:
    return value(date, "converted_property", **facts)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_who_owns_nothing_has_no_income_from_property_in_any_year(year: int, size: int) -> None:
    assert value(f"{year}-08", "recognised_income", size) == 0


@pytest.mark.parametrize("year", range(2023, 2028))
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_the_basic_amount_does_not_depend_on_the_number_of_persons(year: int, size: int) -> None:
    # 고시 제2025-204호 §4; 10,000,000 above it at 4.17 %
    assert value(f"{year}-08", "converted_property", size, general_property=109_000_000) == 417_000


@pytest.mark.parametrize(
    ("region", "county", "word"),
    [
        ("seoul", False, "large_city"),
        ("busan", True, "large_city"),  # 기장군: 도·농 복합군 of a 광역시
        ("gyeonggi", False, "city"),
        ("gyeonggi", True, "rural"),
        ("gyeongnam", False, "city"),  # 창원 is a 시 of a 도
        ("jeju", False, "city"),
        ("jeonnam", True, "rural"),
    ],
)
def test_three_classes_of_region_until_2022(region: str, county: bool, word: str) -> None:
    # 고시 제2013-172호 2가
    assert value("2022-12", "property_class", region=region, rural_county=county) == word


def test_what_sejong_was_until_2022_is_not_known() -> None:
    assert is_missing(value("2022-12", "property_class", region="sejong"))
    assert value("2023-01", "property_region", region="sejong") == "metropolitan"


@pytest.mark.parametrize(
    ("date", "facts", "amount"),
    [
        ("2017-07", {"region": "seoul"}, 54_000_000),  # seniortimes
        ("2017-07", {"region": "gyeonggi"}, 34_000_000),  # the same
        ("2017-07", {"region": "gyeonggi", "rural_county": True}, 29_000_000),  # the same
        ("2022-12", {"region": "seoul"}, 69_000_000),
        ("2022-12", {"region": "gyeonggi"}, 42_000_000),
        ("2022-12", {"region": "jeonnam", "rural_county": True}, 35_000_000),
        ("2023-01", {"region": "seoul"}, 99_000_000),  # 고시 제2025-204호 별표 3
        ("2023-01", {"region": "gyeonggi", "rural_county": True}, 80_000_000),
        ("2023-01", {"region": "busan"}, 77_000_000),
        ("2023-01", {"region": "gyeongnam", "in_special_city": True}, 77_000_000),
        ("2023-01", {"region": "gyeongnam"}, 53_000_000),
    ],
)
def test_basic_property_amount(date: str, facts: dict[str, Any], amount: int) -> None:
    assert value(date, "basic_property_amount", **facts) == amount


@pytest.mark.parametrize("year", [2015, 2016, 2018, 2019])
def test_basic_property_amounts_that_were_not_read(year: int) -> None:
    assert is_missing(value(f"{year}-08", "basic_property_amount"))


def test_the_example_of_the_states_law_guide() -> None:
    # 찾기쉬운 생활법령정보, copied by gov.jjyu.co.kr: Sejong, home 166,000,000, other 30,000,000.
    # 69,000,000 at 1.04 % and 20,000,000 + 30,000,000 at 4.17 %
    found = converted(
        "2026-08", region="sejong", home_value=166_000_000, general_property=30_000_000
    )
    assert found == 717_600 + 2_085_000


def test_from_2020_to_2022_general_property_and_cars_are_converted() -> None:
    # 69,000,000 unverified; the rates by 고시 제2019-188호 since 2019-09-01
    assert converted("2020-01", general_property=79_000_000) == 417_000
    assert converted("2019-09", vehicles_at_full_value=3_000_000) == 3_000_000
    assert is_missing(converted("2019-08", vehicles_at_full_value=3_000_000))
    for unknown in ("home_value", "deposit", "financial_property"):
        assert is_missing(converted("2022-12", **{unknown: 1}))


def test_savings_of_the_asset_building_support_are_taken_off_financial_property() -> None:
    # §5의4①2; 5,000,000 living reserve
    saved = {"deposit": 99_000_000, "financial_property": 9_000_000}
    assert converted("2024-07", **saved) == 250_400
    assert converted("2024-07", **saved, asset_building_savings=3_000_000) == 62_600
    assert converted("2024-07", **saved, asset_building_savings=9_000_000) == 0


def test_a_car_that_is_not_described_is_not_asked_about() -> None:
    assert converted("2024-07") == 0


def test_a_car_is_asked_for_its_engine_first() -> None:
    found = converted("2024-07", car_value=3_000_000)
    assert is_missing(found)
    assert "car_engine_cc" in repr(found)
    # Too large an engine: how old it is does not matter any more.
    assert converted("2024-07", car_value=3_000_000, car_engine_cc=1_998) == 3_000_000


@pytest.mark.parametrize(
    ("date", "kind", "engine", "since", "price", "general"),
    [
        ("2016-07", "passenger", 1_600, "2006-07-01", 9_000_000, True),  # 고시 제2013-172호
        ("2016-07", "passenger", 1_601, "1996-07-01", 100_000, False),
        ("2016-07", "small_van_or_truck", 1_000, "2006-07-01", 9_000_000, True),
        ("2016-07", "small_van_or_truck", 1_001, "1996-07-01", 100_000, False),
        ("2024-12", "passenger", 1_600, "2020-01-01", 1_999_999, True),
        ("2024-12", "passenger", 1_600, "2020-01-01", 2_000_000, False),
        ("2025-01", "passenger", 1_999, "2020-01-01", 4_999_999, True),
        ("2025-01", "passenger", 1_999, "2020-01-01", 5_000_000, False),
        ("2025-01", "passenger", 1_999, "2015-01-01", 5_000_000, True),
        ("2025-01", "passenger", 1_999, "2015-01-02", 5_000_000, False),
        ("2025-01", "passenger", 2_000, "2005-01-01", 4_999_999, False),
        ("2025-12", "small_van_or_truck", 2_497, "2005-01-01", 1_000_000, False),
        ("2026-01", "small_van_or_truck", 2_497, "2020-01-01", 4_999_999, True),
        ("2026-01", "small_van_or_truck", 2_497, "2020-01-01", 5_000_000, False),
        ("2026-01", "small_van_or_truck", 2_497, "2016-01-01", 5_000_000, True),
    ],
)
def test_which_car_counts_as_general_property(
    date: str, kind: str, engine: int, since: str, price: int, general: bool
) -> None:
    car = {
        "car_kind": kind,
        "car_engine_cc": engine,
        "car_age_from": datetime.date.fromisoformat(since),
        "car_value": price,
    }
    assert value(date, "car_as_general_property", **car) is general
    in_full = value(date, "vehicles_converted_in_full", **car, vehicles_at_full_value=7)
    as_general = value(
        date, "vehicles_like_general_property", **car, vehicles_as_general_property=5
    )
    assert (in_full, as_general) == ((7, 5 + price) if general else (7 + price, 5))


def test_the_low_value_of_a_car_was_not_read_for_the_years_before_2023() -> None:
    car = {"car_engine_cc": 998, "car_age_from": datetime.date(2015, 1, 1), "car_value": 1}
    assert is_missing(value("2022-12", "car_as_general_property", **car))


OWNED = st.fixed_dictionaries(
    {
        "home_value": st.integers(0, 300_000_000),
        "deposit": st.integers(0, 300_000_000),
        "general_property": st.integers(0, 300_000_000),
        "financial_property": st.integers(0, 300_000_000),
        "debts": st.integers(0, 300_000_000),
        "vehicles_at_full_value": st.integers(0, 10_000_000),
    }
)


KINDS = ("home_value", "deposit", "general_property", "financial_property", "debts")


@given(owned=OWNED, kind=st.sampled_from(KINDS), more=st.integers(1, 10**7))
@settings(max_examples=100, deadline=None)
def test_more_property_never_lowers_and_more_debt_never_raises_what_is_imputed(
    owned: dict[str, int], kind: str, more: int
) -> None:
    before = converted("2026-08", **owned)
    after = converted("2026-08", **owned | {kind: owned[kind] + more})
    assert after <= before if kind == "debts" else after >= before


@given(owned=OWNED)
@settings(max_examples=100, deadline=None)
def test_nothing_is_taken_off_cars(owned: dict[str, int]) -> None:
    assert converted("2026-08", **owned) >= owned["vehicles_at_full_value"]
