"""The audit says what the figures are like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from donghaeng.rules.faults import BadInput

from ..small import FIGURES
from .indices import asem, audited, seoul, town


def test_coverage_counts_figures_of_units_and_of_indicators(tmp_path: Path) -> None:
    figures = {**FIGURES, "income": {"a": 10.0, "b": None, "c": 30.0}}
    data = audited(town(tmp_path, figures=figures)).data
    assert [(each.code, each.known, each.asked) for each in data.units] == [
        ("a", 3, 3),
        ("b", 2, 3),
        ("c", 3, 3),
    ]
    assert [(each.code, each.known) for each in data.indicators] == [
        ("income", 2),
        ("rent", 3),
        ("doctors", 3),
    ]


def test_filled_in_figures_are_listed_with_their_method(tmp_path: Path) -> None:
    figures = {**FIGURES, "income": {"a": 10.0, "b": None, "c": 30.0}}
    steps = [
        {"impute": {"method": "mean"}},
        {"normalise": {"method": "min_max"}},
        {"aggregate": {"method": "arithmetic"}},
    ]
    (filled,) = audited(town(tmp_path, figures=figures, steps=steps)).data.imputed
    assert (filled.unit, filled.indicator, filled.value, filled.how) == (
        "b",
        "income",
        20.0,
        "mean",
    )


def test_what_is_not_official_stays_marked() -> None:
    data = audited(seoul(), 64).data
    assert ("official", 13) in data.statuses
    marked = {(each.indicator, each.status): each.figures for each in data.not_official}
    assert marked["livelihood", "press"] == 1
    assert not any(status == "official" for _, status in marked)
    assert len(data.gaps) == 9


def test_an_older_indicator_has_its_age() -> None:
    ages = {each.indicator: each for each in audited(seoul(), 64).data.ages}
    assert (ages["housing_moves"].period, ages["housing_moves"].years) == ("2023", 1)
    assert ages["livelihood"].years == 0


def test_treated_points_of_asem_are_counted(shared_data: Callable[[str], Path]) -> None:
    data = audited(asem(shared_data("asem"))).data
    treated = [each for each in data.outliers if each.values]
    # Each winsorised indicator: as many figures differ as points are counted.
    for each in treated:
        if not each.transformed:
            differ = sum(
                value.before != value.after
                for value in each.values
                if not numpy.isnan(value.before)
            )
            assert differ == each.points
        assert abs(each.skewness_before) >= 2
        assert each.kurtosis_before >= 3.5
    assert len(treated) == 15
    assert len(data.outliers) == 49


def test_without_a_step_that_treats_outliers_are_still_named(tmp_path: Path) -> None:
    members = {name: {"label": {"ko": name, "en": name}} for name in "abcdefgh"}
    extreme = {name: float(place) for place, name in enumerate("abcdefgh")} | {"h": 1000.0}
    figures = {
        "income": extreme,
        "rent": {name: float(place) for place, name in enumerate("abcdefgh")},
        "doctors": {name: float(place % 3) for place, name in enumerate("abcdefgh")},
    }
    units = {"kind": "district", "members": members}
    data = audited(town(tmp_path, figures=figures, units=units)).data
    assert not data.treated
    outlying = [each.indicator for each in data.outliers if each.outcome == "not treated"]
    assert outlying == ["income"]


def test_a_period_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no figures of '1999'"):
        audited(town(tmp_path), period="1999")
