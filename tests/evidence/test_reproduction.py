"""A published series: what follows from its printed parts, and what does not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from donghaeng.evidence.input_files import read_file
from donghaeng.evidence.ranges import Range
from donghaeng.evidence.reproduction import Alternative, Reproduced, Verdict, reproduce
from donghaeng.evidence.reproduction_files import Series, Standing
from donghaeng.evidence.rounding import fixed_text

SEOUL = Path(__file__).resolve().parents[2] / "examples" / "index" / "seoul" / "reproduction.yaml"


@pytest.fixture(scope="module")
def seoul() -> Series:
    return read_file(SEOUL, Series)


@pytest.fixture(scope="module")
def figures(seoul: Series) -> dict[tuple[str, str], Reproduced]:
    return {
        (each.figure, each.published.printed if each.published else ""): each
        for each in reproduce(seoul)
    }


# The published index of Seoul.


def test_2024_is_reproduced(figures: dict[tuple[str, str], Reproduced]) -> None:
    # 12×127.8 + 6×120.3 + 10×156.5 + 8×111.3 + 9×148.9 + 5×95.6 = 6528.9; 6528.9 / 50 = 130.578.
    found = figures["2024.composite", "130.6"]
    assert found.verdict is Verdict.REPRODUCED
    assert found.exact == Fraction("130.578")
    assert found.recomputed == Range(Fraction("130.528"), Fraction("130.628"))
    assert found.as_printed


def test_the_2023_figure_of_111_0_is_not_reproduced(
    figures: dict[tuple[str, str], Reproduced],
) -> None:
    # 12×100.8 + 6×125.1 + 10×120.1 + 8×98.4 + 9×124.9 + 5×97.9 = 5562; 5562 / 50 = 111.24.
    found = figures["2023.composite", "111.0"]
    assert found.verdict is Verdict.NOT_REPRODUCED
    assert found.exact == Fraction("111.24")
    assert found.recomputed == Range(Fraction("111.19"), Fraction("111.29"))
    assert found.off_by == Fraction("111.05") - Fraction("111.19")


def test_the_first_print_of_2023_is_compatible(figures: dict[tuple[str, str], Reproduced]) -> None:
    assert figures["2023.composite", "111"].verdict is Verdict.REPRODUCED


def test_no_other_mean_gives_111_0_but_a_reprint_would(
    figures: dict[tuple[str, str], Reproduced],
) -> None:
    tried = {each.alternative: each for each in figures["2023.composite", "111.0"].tried}
    assert [each for each, how in tried.items() if how.fits] == [Alternative.REPRINT]
    assert tried[Alternative.EQUAL_ARITHMETIC].found.middle == Fraction("111.2")  # 667.2 / 6
    assert float(tried[Alternative.WEIGHTED_GEOMETRIC].found.middle) == pytest.approx(
        110.60, abs=0.005
    )


def test_equal_weights_of_areas_do_not_give_2024(
    figures: dict[tuple[str, str], Reproduced],
) -> None:
    tried = {each.alternative: each for each in figures["2024.composite", "130.6"].tried}
    equal = tried[Alternative.EQUAL_ARITHMETIC]
    assert float(equal.found.middle) == pytest.approx(126.73, abs=0.005)  # 760.4 / 6
    assert not equal.fits


@pytest.mark.parametrize(
    ("figure", "index"),
    [
        ("2023.housing_moves", "165.58"),
        ("2023.homes_improved", "139.08"),
        ("2024.homes_improved", "111.36"),
    ],
)
def test_ratios_of_published_values(
    figures: dict[tuple[str, str], Reproduced], figure: str, index: str
) -> None:
    found = figures[figure, ""]
    assert found.exact is not None
    assert fixed_text(found.exact, 2) == index
    assert found.verdict is Verdict.NOT_CHECKABLE  # no index of an indicator was printed


def test_an_area_tells_what_its_unpublished_indicators_would_have_to_be(
    figures: dict[tuple[str, str], Reproduced],
) -> None:
    # (6 × 125.1 − 165.578 − 139.081) / 4 = 111.485.
    found = figures["2023.housing", "125.1"]
    assert (found.verdict, found.missing_count) == (Verdict.NOT_CHECKABLE, 4)
    assert found.implied is not None
    known = 100 * (Fraction(4969, 3001) + Fraction(2694, 1937))
    assert found.implied.middle == (6 * Fraction("125.1") - known) / 4


def test_an_indicator_without_its_base_value_is_a_gap(
    figures: dict[tuple[str, str], Reproduced],
) -> None:
    found = figures["2024.young_carers", ""]
    assert (found.verdict, found.missing) == (Verdict.NOT_CHECKABLE, ("2022",))


def test_each_verdict_stands_beside_the_elements_of_the_rule_and_where_they_are_from(
    figures: dict[tuple[str, str], Reproduced],
) -> None:
    rests_on = [each.status for each in figures["2024.composite", "130.6"].rests_on]
    assert rests_on == [Standing.PUBLISHED, Standing.ASSUMED, Standing.ASSUMED]


# Files of other series.


def file(**changes: Any) -> dict[str, Any]:
    text = {"ko": "글", "en": "text"}
    return {
        "title": text,
        "base": 2022,
        "areas": [
            {"id": "a", "label": text, "indicators": 2},
            {"id": "b", "label": text, "indicators": 1},
        ],
        "rule": {
            "counts": {"text": text, "status": "published", "source": "city"},
            "weights": {"text": text, "status": "assumed", "values": "by_count"},
            "aggregation": {"text": text, "status": "assumed", "method": "arithmetic"},
            "indicators": {
                "text": text,
                "status": "published",
                "source": "city",
                "method": "base_year_ratio",
            },
        },
        "series": [
            {
                "period": 2023,
                "areas": {"a": "110.0", "b": "104.0"},
                "source": "city",
                "composite": [{"printed": "108.0", "released": None, "source": "city"}],
            }
        ],
    } | changes


def series(**changes: Any) -> Series:
    return Series.model_validate(file(**changes))


def rule(**changes: Any) -> dict[str, Any]:
    return {**file()["rule"], **changes}


def edition(printed: str, **changes: Any) -> list[dict[str, Any]]:
    prints = [{"printed": printed, "released": None, "source": None}]
    return [{**file()["series"][0], "composite": prints, **changes}]


def weights(values: Any, **changes: Any) -> dict[str, Any]:
    return {"text": {"ko": "글", "en": "text"}, "status": "assumed", "values": values} | changes


INFERRED = {"status": "inferred", "inferred_from": ["2023.composite"]}


def test_a_figure_from_which_the_weights_were_inferred_is_only_consistent() -> None:
    found = reproduce(series(rule=rule(weights=weights("by_count", **INFERRED))))[0]
    assert found.verdict is Verdict.CONSISTENT_WITH_INFERRED_RULE


def test_another_figure_under_inferred_weights_is_reproduced() -> None:
    later = {**file()["series"][0], "period": 2024}
    found = reproduce(
        series(
            rule=rule(weights=weights("by_count", **INFERRED)),
            series=[*file()["series"], later],
        )
    )
    assert [each.verdict for each in found] == [
        Verdict.CONSISTENT_WITH_INFERRED_RULE,
        Verdict.REPRODUCED,
    ]


def test_a_figure_that_an_inferred_rule_does_not_give_is_not_reproduced() -> None:
    found = reproduce(
        series(rule=rule(weights=weights("by_count", **INFERRED)), series=edition("109.0"))
    )
    assert found[0].verdict is Verdict.NOT_REPRODUCED


def test_weights_may_be_fractions_that_were_rounded_too() -> None:
    # (0.665×109.95 + 0.335×103.95) is the least with the lightest a; weights need not sum to one.
    found = reproduce(series(rule=rule(weights=weights({"a": "0.67", "b": "0.33"}))))[0]
    assert found.verdict is Verdict.REPRODUCED
    assert found.recomputed is not None
    a, b = Fraction("0.665"), Fraction("0.335")
    assert found.recomputed.low == (a * Fraction("109.95") + b * Fraction("103.95")) / (a + b)


def test_a_missing_area_makes_the_composite_not_checkable() -> None:
    found = reproduce(series(series=edition("108.0", areas={"a": "110.0", "b": None})))[0]
    assert (found.verdict, found.missing) == (Verdict.NOT_CHECKABLE, ("b",))


def test_digits_cut_off_are_tried() -> None:
    # (2×110.4 + 104.5) / 3 = 108.43: not 108.3 rounded to one digit, within [108.38, 108.48].
    found = reproduce(series(series=edition("108.3", areas={"a": "110.4", "b": "104.5"})))[0]
    assert found.verdict is Verdict.NOT_REPRODUCED
    assert Alternative.CUT_OFF in {each.alternative for each in found.tried if each.fits}


def test_an_area_whose_indicators_are_all_published_is_tried() -> None:
    text = {"ko": "글", "en": "text"}
    one = {
        "id": "homes",
        "label": text,
        "area": "b",
        "unit": "호",
        "values": {2022: 100, 2023: 104},
        "printed": {2023: [{"printed": "104.0", "released": None, "source": "city"}]},
        "source": "city",
    }
    found = {each.figure: each.verdict for each in reproduce(series(indicators=[one]))}
    assert found == {
        "2023.composite": Verdict.REPRODUCED,
        "2023.b": Verdict.REPRODUCED,
        "2023.homes": Verdict.REPRODUCED,
    }


def test_a_base_value_of_zero_gives_no_ratio() -> None:
    text = {"ko": "글", "en": "text"}
    one = {
        "id": "homes",
        "label": text,
        "area": "b",
        "unit": "호",
        "values": {2022: 0, 2023: 104},
        "source": "city",
    }
    found = reproduce(series(indicators=[one]))[-1]
    assert (found.verdict, found.recomputed, found.missing) == (Verdict.NOT_CHECKABLE, None, ())


PART = st.integers(500, 2000)


@given(PART, PART, st.integers(-60, 60), st.sampled_from(["arithmetic", "geometric", "harmonic"]))
def test_a_verdict_of_reproduced_needs_ranges_that_meet(
    a: int, b: int, off: int, method: str
) -> None:
    parts = [Fraction(a, 10), Fraction(b, 10)]
    true = (2 * parts[0] + parts[1]) / 3
    printed = fixed_text(true + Fraction(off, 100), 1).replace(",", "")
    aggregation = {"text": {"ko": "글", "en": "text"}, "status": "assumed", "method": method}
    areas = {"a": fixed_text(parts[0], 1), "b": fixed_text(parts[1], 1)}
    found = reproduce(
        series(rule=rule(aggregation=aggregation), series=edition(printed, areas=areas))
    )[0]
    assert found.recomputed is not None
    low, high = Fraction(printed) - Fraction(1, 20), Fraction(printed) + Fraction(1, 20)
    meets = found.recomputed.low <= high and low <= found.recomputed.high
    assert (found.verdict is Verdict.REPRODUCED) == meets
    if method == "arithmetic":
        assert true in found.recomputed


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rule": rule(weights=weights({"a": 1}))}, "b has no weight"),
        ({"rule": rule(weights=weights({"a": 1, "b": -1}))}, "not negative"),
        ({"rule": rule(weights=weights({"a": 0, "b": 0}))}, "not all zero"),
        ({"rule": rule(weights=weights({"a": 1, "b": 1, "c": 1}))}, "no area 'c'"),
        ({"rule": rule(counts=None)}, "say where the counts are from"),
        ({"rule": rule(weights=weights("by_count", status="inferred"))}, "chosen to fit"),
        (
            {
                "rule": rule(
                    weights=weights("by_count", **INFERRED | {"inferred_from": ["2023.composit"]})
                )
            },
            "did you mean '2023.composite'",
        ),
        ({"rule": rule(weights=weights("by_count", status="published"))}, "names its source"),
        ({"series": edition("108.0", areas={"a": "110.0", "hous": "1.0"})}, "no area 'hous'"),
        ({"series": [*file()["series"], *file()["series"]]}, "'2023' stands there twice"),
        ({"areas": [*file()["areas"], file()["areas"][0]]}, "'a' stands there twice"),
        (
            {
                "rule": rule(aggregation=file()["rule"]["aggregation"] | {"method": "geometric"}),
                "series": edition("0.0", areas={"a": "0.0", "b": "1.0"}),
            },
            "above zero",
        ),
        ({"series": edition("about a hundred")}, "not one number"),
    ],
)
def test_a_file_that_is_not_right_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        series(**changes)
