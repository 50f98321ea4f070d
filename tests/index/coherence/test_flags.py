"""Correlations that deserve a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from donghaeng.index.coherence.correlation import Method
from donghaeng.index.coherence.flags import (
    Finding,
    Limits,
    flag_areas,
    flag_denominators,
    flag_indicators,
)
from donghaeng.language import Words
from donghaeng.rules.faults import BadInput

from ..asem import DENOMINATORS, read_asem

UP = numpy.arange(1.0, 9.0)
WIGGLE = numpy.array([1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0, 1.0])  # uncorrelated with UP
NAMES, AREAS = ["jobs", "work", "debt", "rooms"], ["labour", "labour", "labour", "housing"]
# work almost repeats jobs, debt falls as they rise, rooms goes its own way.
TABLE = numpy.column_stack([UP, UP + 0.3 * WIGGLE, WIGGLE - UP, WIGGLE])


def test_near_duplicates_and_indicators_against_their_siblings() -> None:
    flags = flag_indicators(TABLE, NAMES, AREAS)
    found = {(flag.finding, flag.indicator, flag.other) for flag in flags}
    assert found == {
        (Finding.NEAR_DUPLICATE, "jobs", "work"),
        (Finding.AGAINST_SIBLING, "jobs", "debt"),
        (Finding.AGAINST_SIBLING, "work", "debt"),
    }
    duplicate = next(flag for flag in flags if flag.finding is Finding.NEAR_DUPLICATE)
    # r = 42/√(42·(42 + 8·0.09)) = √(42/42.72)
    assert duplicate.correlation == pytest.approx((42 / 42.72) ** 0.5)
    assert (duplicate.rows, duplicate.limit) == (8, 0.92)


def test_a_negative_correlation_that_may_be_chance_is_flagged_only_if_asked() -> None:
    chance = numpy.column_stack([UP, -UP + 6 * WIGGLE])
    assert flag_indicators(chance, ["a", "b"], ["x", "x"]) == ()
    (flag,) = flag_indicators(chance, ["a", "b"], ["x", "x"], limits=Limits(level=1.0))
    assert flag.p_value > 0.05


def test_indicators_that_do_not_fit_their_area() -> None:
    scores = numpy.column_stack([UP + 0.5 * WIGGLE, WIGGLE - 0.1 * UP])
    flags = flag_areas(TABLE, NAMES, AREAS, scores, ["labour", "housing"])
    found = [(flag.finding, flag.indicator, flag.other) for flag in flags]
    assert found == [
        (Finding.AGAINST_AREA, "debt", "labour"),
        (Finding.CLOSER_ELSEWHERE, "debt", "housing"),
    ]
    closer = flags[1]
    assert closer.correlation > 0 > closer.limit


def test_a_weak_indicator_names_its_area() -> None:
    (flag,) = flag_areas(WIGGLE[:, None], ["rooms"], ["labour"], UP[:, None], ["labour"])
    assert (flag.finding, flag.indicator, flag.other) == (Finding.WEAK_IN_AREA, "rooms", "labour")
    assert flag.correlation == pytest.approx(0.0, abs=1e-12)


def test_an_area_without_scores_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="did you mean 'labour'"):
        flag_areas(TABLE[:, :1], ["jobs"], ["labor"], UP[:, None], ["labour"])


def test_a_denominator_is_followed_upwards_or_downwards() -> None:
    people = (UP**2)[:, None]
    flags = flag_denominators(TABLE, NAMES, people, ["people"], method=Method.SPEARMAN)
    assert [flag.indicator for flag in flags] == ["jobs", "work", "debt"]
    assert [flag.correlation > 0 for flag in flags] == [True, True, False]


def test_every_finding_is_a_sentence() -> None:
    words = Words("en")
    flags = flag_indicators(TABLE, NAMES, AREAS)
    assert next(flag.reason(words) for flag in flags) == (
        "jobs and work say almost the same: r = 0.99 ≥ 0.92, n = 8"
    )
    scores = numpy.column_stack([UP + 0.5 * WIGGLE, WIGGLE - 0.1 * UP])
    flags += flag_areas(TABLE, NAMES, AREAS, scores, ["labour", "housing"])
    flags += flag_areas(WIGGLE[:, None], ["rooms"], ["labour"], UP[:, None], ["labour"])
    flags += flag_denominators(TABLE, NAMES, UP[:, None], ["people"])
    assert {flag.finding for flag in flags} == set(Finding)
    assert all(flag.indicator in flag.reason(words) for flag in flags)


def test_names_must_fit_the_columns() -> None:
    with pytest.raises(BadInput, match="3 names for 4 columns"):
        flag_indicators(TABLE, NAMES[:3], AREAS)


def test_the_denominators_of_asem_flag_the_pairs_of_coinr(
    shared_data: Callable[[str], Path],
) -> None:
    # get_denom_corr(coin, dset = "Raw", cor_thresh = 0.7) in COINr's vignette "Analysis".
    published = {
        ("CultGood", "Energy"): 0.71, ("CultGood", "GDP"): 0.85, ("FDI", "Energy"): 0.74,
        ("FDI", "GDP"): 0.85, ("Goods", "GDP"): 0.80, ("PRemit", "GDP"): 0.71,
        ("Research", "GDP"): 0.78, ("Services", "GDP"): 0.77, ("StMob", "Energy"): 0.73,
        ("StMob", "GDP"): 0.84,
    }  # fmt: skip
    asem = read_asem(shared_data("asem"))
    flags = flag_denominators(
        asem.values, asem.names, asem.denominators, DENOMINATORS, limits=Limits(denominator=0.7)
    )
    found = {(flag.indicator, flag.other): round(flag.correlation, 2) for flag in flags}
    assert found == published
