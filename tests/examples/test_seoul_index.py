"""Seoul's index holds what is published and nothing else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import yaml

from donghaeng.index.framework import Index, read_index

from .source_cells import EXAMPLES, Figure, figures

SEOUL = EXAMPLES / "seoul"
AREAS = ("livelihood", "housing", "health", "education", "safety", "cohesion")


def seoul() -> Index:
    return read_index(SEOUL / "index.yaml")


def cells() -> dict[tuple[str, str], Figure]:
    return {(f.indicator, f.period): f for f in figures(SEOUL / "figures.csv")}


def test_fifty_places_in_six_areas_of_which_27_have_a_name() -> None:
    index = seoul()
    counts = [sum(each.parent == area for each in index.indicators.values()) for area in AREAS]
    assert counts == [12, 6, 10, 8, 9, 5]
    assert [int(index.nodes[area].weight) for area in AREAS] == counts
    named = [
        sum(each.parent == area and each.naming == "named" for each in index.indicators.values())
        for area in AREAS
    ]
    assert named == [6, 5, 6, 3, 4, 3]


def test_a_place_without_a_name_says_so_and_claims_nothing() -> None:
    for code, each in seoul().indicators.items():
        if each.naming == "placeholder":
            assert "이름 미확인" in each.label.ko
            assert "name not known" in each.label.en
            assert (each.unit, each.source, each.kind) == (None, None, None), code


def test_the_printed_areas_by_their_counts_give_130_578_and_111_24() -> None:
    index, found = seoul(), cells()
    composite = {
        year: sum(
            Fraction(int(index.nodes[area].weight), 50) * Fraction(found[area, year].value)
            for area in AREAS
        )
        for year in ("2022", "2023", "2024")
    }
    # 2024: (12 × 127.8 + 6 × 120.3 + 10 × 156.5 + 8 × 111.3 + 9 × 148.9 + 5 × 95.6) / 50 = 6528.9 / 50
    assert composite["2024"] == Fraction("130.578")
    # 2023: (12 × 100.8 + 6 × 125.1 + 10 × 120.1 + 8 × 98.4 + 9 × 124.9 + 5 × 97.9) / 50 = 5562 / 50
    assert composite["2023"] == Fraction("111.24")
    assert composite["2022"] == 100


def test_the_printed_raw_figures_give_the_printed_ratios() -> None:
    found = cells()

    def ratio(code: str, first: str, then: str) -> Decimal:
        return round(100 * found[code, then].value / found[code, first].value, 2)

    assert ratio("housing_moves", "2022", "2023") == Decimal("165.58")  # 4,969 / 3,001
    assert ratio("homes_improved", "2022", "2023") == Decimal("139.08")  # 2,694 / 1,937
    assert ratio("homes_improved", "2022", "2024") == Decimal("111.36")  # 2,157 / 1,937
    assert ratio("young_carers", "2023", "2024") == Decimal("353.28")  # 431 / 122


def test_eight_indicators_have_printed_figures_and_a_year_that_is_read_so_is_unverified() -> None:
    found = cells()
    raw = {code for code, _ in found} - set(AREAS)
    assert len(raw) == 8
    unverified = {code for (code, _), each in found.items() if each.status == "unverified"}
    assert unverified == {
        "young_carers",
        "mental_health_support",
        "dementia_case_management",
        "mental_health_registration",
    }
    assert raw <= set(seoul().indicators)


def test_the_register_knows_the_indicators_and_areas_that_it_names() -> None:
    index = seoul()
    register = yaml.safe_load((SEOUL / "programmes.yaml").read_text(encoding="utf-8"))
    for code, programme in register["programmes"].items():
        assert set(programme["indicators"]) <= set(index.indicators), code
        assert programme["area"] is None or programme["area"] in index.nodes, code
        assert set(programme["concerns"]) <= set(index.people), code
        for year, entry in programme["budget"].items():
            assert entry is None or (isinstance(entry["won"], int) and entry["source"]), year
    used = {each.programme for each in index.indicators.values()} - {None}
    assert used <= set(register["programmes"])
