"""The example indices can be built, and come out as reckoned by hand."""

from __future__ import annotations

import csv

import numpy
import pytest

from donghaeng.index.chain import Build, DataSet, build
from donghaeng.index.framework import read_index
from donghaeng.index.panel import read_panel

from .source_cells import EXAMPLES

DOCUMENTS = EXAMPLES.parents[1] / "docs"


def built(name: str) -> Build:
    folder = EXAMPLES / name
    index = read_index(folder / "index.yaml")
    return build(index, read_panel(index, folder))


def cell(made: Build, data_set: str, unit: str, period: str, column: str) -> float:
    found = made.data_set(data_set)
    return float(found.values[made.panel.row(unit, period), found.columns.index(column)])


def test_seoul_is_111_24_in_2023_and_130_578_in_2024_from_the_printed_areas() -> None:
    seoul = built("seoul")
    assert seoul.score("seoul", "2022", "composite") == pytest.approx(100, abs=1e-12)
    assert seoul.score("seoul", "2023", "composite") == pytest.approx(111.24, abs=1e-12)
    assert seoul.score("seoul", "2024", "composite") == pytest.approx(130.578, abs=1e-12)


def test_an_indicator_under_a_printed_area_has_a_ratio_where_its_base_is_printed() -> None:
    seoul = built("seoul")
    moves = cell(seoul, "normalised", "seoul", "2023", "housing_moves")
    assert moves == pytest.approx(100 * 4969 / 3001)
    # 122 young carers of 2023 have no figure of 2022 to be compared with.
    assert numpy.isnan(cell(seoul, "normalised", "seoul", "2023", "young_carers"))


def test_a_rate_of_a_district_is_its_count_by_the_people_of_the_same_year() -> None:
    districts = built("districts")
    rate = cell(districts, "denominated", "11110", "2023", "older_on_basic_livelihood")
    assert rate == pytest.approx(100 * 2906 / 29574)  # Jongno-gu, both of 2024


def test_theft_and_violence_together_count_as_one_indicator_of_safety() -> None:
    districts = built("districts")
    index = districts.index
    weights = {c: index.indicators[c].weight for c in index.children("safety")}
    row = districts.panel.row("11110", "2023")
    normalised = districts.data_set("normalised")
    mean = sum(
        weight * normalised.values[row, normalised.columns.index(code)]
        for code, weight in weights.items()
    ) / sum(weights.values())
    assert sum(weights.values()) == 4
    assert districts.score("11110", "2023", "safety") == pytest.approx(mean)


def test_a_city_without_a_figure_is_judged_by_the_others_of_the_area() -> None:
    europe = built("cities_europe")
    # Sofia's income is not known: its area is its rate of poverty alone.
    poverty = cell(europe, "normalised", "BG001C", "2016", "poverty_risk")
    assert europe.score("BG001C", "2016", "income") == pytest.approx(poverty)


def test_rent_in_new_york_is_2_2_per_cent_of_a_years_income_a_month() -> None:
    rent = cell(built("cities_us"), "denominated", "Q60", "2023", "rent_to_income")
    assert rent == pytest.approx(100 * 1779 / 79713)


def test_the_reckoning_by_hand_in_the_tutorial_is_right() -> None:
    six = built("tutorial")
    share = cell(six, "denominated", "11110", "2023", "living_alone_40_64")
    assert round(share, 3) == 16.185  # 8,806 of 54,409
    assert round(cell(six, "normalised", "11110", "2023", "living_alone_40_64"), 1) == 41.6


def test_the_tutorial_and_its_example_are_the_same() -> None:
    page = (DOCUMENTS / "index_tutorial.md").read_text(encoding="utf-8")
    for name in ("figures.csv", "index.yaml"):
        example = (EXAMPLES / "tutorial" / name).read_text(encoding="utf-8")
        assert f'title="{name}"\n{example}```' in page


def test_the_figures_of_the_tutorial_are_those_of_the_districts() -> None:
    with (EXAMPLES / "districts" / "figures.csv").open(encoding="utf-8", newline="") as file:
        known = {(r["unit"], r["indicator"]): float(r["value"]) for r in csv.DictReader(file)}
    with (EXAMPLES / "tutorial" / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column, value in row.items():
                if column not in ("unit", "period"):
                    code = f"{column}_2023" if column.startswith("residents") else column
                    assert float(value) == known[row["unit"], code]


def test_the_correlations_of_the_district_pages_are_those_of_the_figures() -> None:
    districts = built("districts")
    rates = districts.data_set("denominated")
    scores = districts.data_set("aggregated")

    def correlation(data: DataSet, first: str, second: str) -> float:
        pair = [data.values[:, data.columns.index(code)] for code in (first, second)]
        return round(float(numpy.corrcoef(pair)[0, 1]), 2)

    told = {
        ("violence", "theft"): 0.92,
        ("older_on_basic_livelihood", "living_alone_65_79"): 0.90,
        ("living_alone_65_79", "living_alone_80_over"): 0.89,
        ("older_on_basic_livelihood", "living_alone_80_over"): 0.88,
        ("elementary_class", "middle_school_class"): 0.76,
        ("middle_school_class", "high_school_class"): 0.75,
        ("elementary_class", "high_school_class"): 0.71,
    }
    assert {pair: correlation(rates, *pair) for pair in told} == told
    told_of_areas = {
        ("education_culture", "livelihood"): -0.58,
        ("education_culture", "inclusion"): -0.02,
        ("facilities", "safety"): -0.44,
    }
    assert {pair: correlation(scores, *pair) for pair in told_of_areas} == told_of_areas
