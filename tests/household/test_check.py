"""How completely the law is known, benefit by benefit and year by year."""

from __future__ import annotations

import pytest

from donghaeng.household.check import Cell, Coverage, check
from donghaeng.laws import book

YEARS = range(2015, 2028)
BENEFITS = ["livelihood_benefit", "housing_benefit"]
PILOT = ["safety_income", "safety_income_make_up", "safety_income_line"]
LINES = [f"{name}_line" for name in ("livelihood", "medical", "housing", "education")]


@pytest.fixture(scope="module")
def cells() -> dict[tuple[str, int], Cell]:
    return {(cell.benefit, cell.year): cell for cell in check(book())}


def test_every_benefit_stands_in_every_year_of_the_law(
    cells: dict[tuple[str, int], Cell],
) -> None:
    national = {(name, year) for name in (*BENEFITS, *LINES, "median_income") for year in YEARS}
    of_the_city = {(name, year) for name in PILOT for year in range(2022, 2028)}
    assert set(cells) == national | of_the_city


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
        assert "basic_property[gyeonggi]" in cell.missing
        assert "living_reserve" in cell.missing
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
        assert len(cells["housing_benefit", year].missing) == 24


def test_numbers_that_must_be_checked_are_named(cells: dict[tuple[str, int], Cell]) -> None:
    assert "base_rent_table[1, 6]" in cells["housing_benefit", 2024].unverified
    assert cells["livelihood_benefit", 2024].unverified == (
        "elderly_deduction_age",
        "elderly_flat_deduction",
    )


def test_open_choices_of_the_pilot_are_named_and_are_no_gap(
    cells: dict[tuple[str, int], Cell],
) -> None:
    cell = cells["safety_income", 2024]
    assert cell.open == (
        "safety_income_asset_rise",
        "safety_income_earnings",
        "safety_income_rounding",
    )
    assert cell.coverage is Coverage.COMPLETE


def test_a_cell_has_its_stable_shape(cells: dict[tuple[str, int], Cell]) -> None:
    assert cells["livelihood_benefit", 2024].as_json() == {
        "benefit": "livelihood_benefit",
        "year": 2024,
        "coverage": "complete",
        "missing": [],
        "open": [],
        "unverified": ["elderly_deduction_age", "elderly_flat_deduction"],
    }
