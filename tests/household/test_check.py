"""How completely the law is known, benefit by benefit and year by year."""

from __future__ import annotations

import pytest

from donghaeng.household.check import Cell, Coverage, check
from donghaeng.laws import book
from donghaeng.rules.terms import Role

from .town import town

YEARS = range(2015, 2028)
BENEFITS = ["livelihood_benefit", "housing_benefit"]
PILOT = ["safety_income", "safety_income_make_up", "safety_income_line"]
LINES = [f"{name}_line" for name in ("livelihood", "medical", "housing", "education")]


@pytest.fixture(scope="module")
def cells() -> dict[tuple[str, int], Cell]:
    return {(cell.benefit, cell.year): cell for cell in check(book())}


def test_every_benefit_contribution_and_line_stands_in_every_year_in_which_it_is_in_force(
    cells: dict[tuple[str, int], Cell],
) -> None:
    law = book()
    in_force = {
        (rule.name, year)
        for versions in law.declared.rules.values()
        for rule in versions
        if rule.role in (Role.BENEFIT, Role.CONTRIBUTION, Role.LINE)
        for year in YEARS
        if (rule.valid_from or law.first_day).year
        <= year
        <= (rule.valid_until or law.last_day).year
    }
    assert set(cells) == in_force
    always = (*BENEFITS, *LINES, "median_income")
    assert {(name, year) for name in always for year in YEARS} <= in_force
    assert [year for name, year in cells if name == PILOT[0]] == list(range(2022, 2028))


@pytest.mark.parametrize("name", [*LINES, "median_income"])
def test_the_lines_are_complete(cells: dict[tuple[str, int], Cell], name: str) -> None:
    assert {cells[name, year].coverage for year in YEARS} == {Coverage.COMPLETE}


@pytest.mark.parametrize("name", BENEFITS)
@pytest.mark.parametrize("year", [2024, 2026])
def test_2024_and_2026_are_complete(
    cells: dict[tuple[str, int], Cell], name: str, year: int
) -> None:
    assert cells[name, year].coverage is Coverage.COMPLETE
    assert cells[name, year].missing == ()


def test_property_of_the_years_before_2023_is_a_named_gap(
    cells: dict[tuple[str, int], Cell],
) -> None:
    for year in range(2015, 2023):
        cell = cells["livelihood_benefit", year]
        assert cell.coverage is Coverage.PARTIAL
        assert "living_reserve" in cell.missing
    assert "basic_property_by_class[large_city]" in cells["livelihood_benefit", 2015].missing
    assert cells["livelihood_benefit", 2023].coverage is Coverage.COMPLETE


def test_base_rents_that_were_not_read_are_named_cell_by_cell(
    cells: dict[tuple[str, int], Cell],
) -> None:
    assert cells["housing_benefit", 2025].missing == (
        "base_rent_table[1, 5]",
        "base_rent_table[2, 5]",
        "base_rent_table[3, 5]",
        "base_rent_table[4, 3]",
        "base_rent_table[4, 5]",
    )
    for year in (2023, 2027):  # tables that are images: 4 zones of 6 sizes
        missing = cells["housing_benefit", year].missing
        assert len([name for name in missing if name.startswith("base_rent_table[")]) == 24


def test_numbers_that_must_be_checked_are_named(cells: dict[tuple[str, int], Cell]) -> None:
    assert "base_rent_table[1, 6]" in cells["housing_benefit", 2024].unverified
    assert "base_rent_table[1, 1]" not in cells["housing_benefit", 2024].unverified
    assert "elderly_deduction_age" in cells["livelihood_benefit", 2027].unverified


def test_open_choices_of_the_pilot_are_named(cells: dict[tuple[str, int], Cell]) -> None:
    assert {"safety_income_asset_rise", "safety_income_earnings", "safety_income_rounding"} <= set(
        cells["safety_income", 2024].open
    )


# On a small law the whole table can be read.


@pytest.fixture(scope="module")
def of_the_town() -> dict[tuple[str, int], Cell]:
    return {(cell.benefit, cell.year): cell for cell in check(town())}


def test_a_cell_has_its_stable_shape(of_the_town: dict[tuple[str, int], Cell]) -> None:
    assert of_the_town["rent_help", 2024].as_json() == {
        "benefit": "rent_help",
        "year": 2024,
        "coverage": "partial",  # the ceiling of the hill has not been read
        "missing": ["rent_ceiling[hill]"],
        "open": ["rent_reading"],
        "unverified": [],
    }


def test_an_open_choice_is_no_gap(of_the_town: dict[tuple[str, int], Cell]) -> None:
    cell = of_the_town["winter_grant_year", 2025]
    assert (cell.open, cell.missing, cell.coverage) == (("winter_rest",), (), Coverage.COMPLETE)


def test_benefits_and_contributions_of_persons_are_checked_too(
    of_the_town: dict[tuple[str, int], Cell],
) -> None:
    for name in ("pension", "parent_grant", "contribution"):
        assert of_the_town[name, 2026].coverage is Coverage.COMPLETE


def test_a_benefit_stands_only_in_the_years_in_which_it_is_in_force(
    of_the_town: dict[tuple[str, int], Cell],
) -> None:
    assert [year for name, year in of_the_town if name == "new_grant"] == [2025, 2026]
    assert [year for name, year in of_the_town if name == "old_grant"] == [2024, 2025]
