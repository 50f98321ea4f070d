"""수선유지급여: a cost once in a repair cycle, by scope and income (주거급여법 §8; 고시 §19)."""

import datetime

import pytest

from donghaeng.household import assess
from donghaeng.laws import law_on
from donghaeng.rules import HouseholdFacts, Law, is_missing
from donghaeng.rules.terms import Period

YEARS = range(2015, 2028)


def owner(law: Law, scope: str, size: int = 1, income: int = 0, **facts: object) -> HouseholdFacts:
    words = law.enumerations
    adult = {"birth_date": datetime.date(1984, 3, 2), "earnings": 0}
    persons: list[dict[str, object]] = [dict(adult) for _ in range(size)]
    persons[0]["public_transfers"] = income
    return HouseholdFacts(
        "h",
        {
            "region": words["Region"].from_word("jeonnam"),
            "tenure": words["Tenure"].from_word("owned"),
            "repair_scope": words["RepairScope"].from_word(scope),
            "home_value": 0,
            "general_property": 0,
            "financial_property": 0,
            **facts,
        },
        persons,
    )


def cost(day: str, scope: str, size: int = 1, income: int = 0, **facts: object) -> object:
    law = law_on(day)
    return law.evaluate(owner(law, scope, size, income, **facts), ["repair_benefit"])[
        "repair_benefit"
    ]


@pytest.mark.parametrize(
    ("year", "minor", "medium", "major"),
    [
        (2016, 3_500_000, None, 9_500_000),  # sedaily 1KYUMA7A4Q
        (2017, 3_500_000, None, 9_500_000),
        (2018, None, None, None),
        (2019, None, None, None),
        (2020, 4_570_000, 8_490_000, 12_410_000),  # the greatest: donga 20200101/99047695
        (2022, 4_570_000, 8_490_000, 12_410_000),  # unchanged: news1 4389416
        (2024, 4_570_000, 8_490_000, 12_410_000),
        (2025, 5_900_000, 10_950_000, 16_010_000),  # bookseen.tistory.com/53
        (2026, 5_900_000, 10_950_000, 16_010_000),
        (2027, None, None, None),
    ],
)
def test_costs_by_scope(
    year: int, minor: int | None, medium: int | None, major: int | None
) -> None:
    for scope, amount in (("minor", minor), ("medium", medium), ("major", major)):
        found = cost(f"{year}-07", scope)
        assert is_missing(found) if amount is None else found == amount
    assert cost(f"{year}-07", "none") == 0


@pytest.mark.parametrize(
    ("year", "middle"),
    # 고시 2019-427, 2021-1048, 2022-467: 35 % of the median; 2024-445, 2025-506: 40 %.
    [(2020, 615_017), (2022, 680_684), (2023, 727_262), (2025, 956_805), (2026, 1_025_695)],
)
def test_the_middle_line_parts_90_and_80_percent(year: int, middle: int) -> None:
    whole = cost(f"{year}-07", "major")
    assert isinstance(whole, int)
    assert cost(f"{year}-07", "major", income=middle) == whole * 9 // 10
    assert cost(f"{year}-07", "major", income=middle + 1) == whole * 8 // 10


@pytest.mark.parametrize(
    ("year", "times"),
    [(2016, 10), (2017, 10), (2020, 11), (2026, 11)],  # from 고시 2017-528 on
)
def test_islands_have_a_tenth_more_since_2018(year: int, times: int) -> None:
    plain = cost(f"{year}-07", "major")
    assert isinstance(plain, int)
    assert cost(f"{year}-07", "major", on_island_without_road=True) == plain * times // 10


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_an_owner_has_a_cost_or_the_gap_is_named(year: int, size: int) -> None:
    found = cost(f"{year}-08-01", "major", size)
    if is_missing(found):
        assert year in (2015, 2018, 2019, 2027)
        assert any(name.startswith("parameter:repair_cost") for name in found.blockers)
    else:
        assert found > 0


def test_supporters_count_until_september_2018() -> None:
    assert cost("2018-09-30", "major", supporter_excludes=True) == 0
    assert is_missing(cost("2018-10-01", "major", supporter_excludes=True))


def test_it_stands_with_the_amounts_of_a_year_and_not_of_a_month() -> None:
    law = law_on("2026-07")
    assert law.rules["repair_benefit"].period is Period.YEAR
    facts = owner(law, "major")
    facts.persons[0]["birth_date"] = law.day.replace(year=1950)
    answer = assess(law, [facts])[0]
    assert answer.yearly["repair_benefit"] == 16_010_000
    assert "repair_benefit" not in answer.amounts
