"""Every step of an index file does what its name says; the small index is worked by hand.

Income 10, 20, 30; rent 5, 10, 15 (lower is better); doctors 8, 6, 4; in the districts a, b, c.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy
import polars
import pytest

from donghaeng.index.chain import build
from donghaeng.rules import BadInput

from ..small import FIGURES, built, document, label, table

MIN_MAX = {"normalise": {"method": "min_max"}}
MEAN = {"aggregate": {"method": "arithmetic"}}


def normalised(folder: Path, method: dict[str, Any], **changes: Any) -> dict[str, list[float]]:
    """What each indicator becomes in the districts a, b and c."""
    done = built(folder, steps=[{"normalise": method}, MEAN], **changes).data_set("normalised")
    return {code: done.values[:, place].tolist() for place, code in enumerate(done.columns)}


def test_the_small_index_comes_out_as_worked_by_hand(tmp_path: Path) -> None:
    done = built(tmp_path)
    # min-max: income 0, 50, 100; rent turned round 100, 50, 0; doctors 100, 50, 0.
    assert [done.score(unit, "2024", "living") for unit in "abc"] == [50, 50, 50]
    assert [done.score(unit, "2024", "health") for unit in "abc"] == [100, 50, 0]
    assert [done.score(unit, "2024", "all") for unit in "abc"] == [75, 50, 25]
    assert done.ranks[:, done.tree.top].tolist() == [1, 2, 3]
    assert [each.name for each in done.data_sets] == ["raw", "normalised", "aggregated"]


def test_nothing_is_changed_in_place(tmp_path: Path) -> None:
    done = built(tmp_path, steps=["treat", MIN_MAX, MEAN])
    assert done.data_set("raw").values.tolist() == [[10, 5, 8], [20, 10, 6], [30, 15, 4]]


@pytest.mark.parametrize(
    ("method", "income", "rent"),
    [
        ({"method": "min_max", "low": 1, "high": 11}, [1, 6, 11], [11, 6, 1]),
        ({"method": "z_score"}, [-1, 0, 1], [1, 0, -1]),
        ({"method": "z_score", "mean": 100, "deviation": 10}, [90, 100, 110], [110, 100, 90]),
        # (x - lowest) / (highest - lowest) * 100 on the figure with its sign turned, as COINr has it.
        ({"method": "scaled", "lowest": 0, "highest": 50}, [20, 40, 60], [-10, -20, -30]),
        ({"method": "rank"}, [1, 2, 3], [3, 2, 1]),
        ({"method": "borda"}, [0, 1, 2], [2, 1, 0]),
        ({"method": "percentile_rank"}, [0, 0.5, 1], [1, 0.5, 0]),
        ({"method": "distance_to_maximum"}, [0, 0.5, 1], [1, 0.5, 0]),
        # 1 - (20 - x) / (20 - 10); rent: 1 - (-10 + x) / (-10 + 15).
        ({"method": "distance_to_reference", "reference": "b"}, [0, 1, 2], [2, 1, 0]),
        ({"method": "distance_to_reference", "reference": "b", "cap": True}, [0, 1, 1], [1, 1, 0]),
        ({"method": "fraction_of_maximum"}, [1 / 3, 2 / 3, 1], [1, 2, 3]),
        ({"method": "none"}, [10, 20, 30], [5, 10, 15]),
    ],
)
def test_normalisation(
    tmp_path: Path, method: dict[str, Any], income: list[float], rent: list[float]
) -> None:
    done = normalised(tmp_path, method)
    assert done["income"] == pytest.approx(income, rel=1e-15)
    assert done["rent"] == pytest.approx(rent, rel=1e-15)


def with_indicators(**words: dict[str, Any]) -> dict[str, Any]:
    entries = document()["indicators"]
    for code, added in words.items():
        entries[code] = entries[code] | added
    return {"indicators": entries}


POSTS = with_indicators(
    income={"goalposts": {"lower": 0, "upper": 20}},
    rent={"goalposts": {"lower": 5, "upper": 25}},
    doctors={"goalposts": {"lower": 0, "upper": 10, "high": 10, "truncate": False}},
)


def test_goalposts_are_those_of_each_indicator(tmp_path: Path) -> None:
    done = normalised(tmp_path, {"method": "goalposts"}, **POSTS)
    assert done["income"] == [50, 100, 100]  # 30 lies above the upper post
    assert done["rent"] == [100, 75, 50]  # (25 - x) / 20
    assert done["doctors"] == [8, 6, 4]  # out of 10


def test_goalposts_give_an_output_range_for_a_geometric_mean(tmp_path: Path) -> None:
    steps = [
        {"normalise": {"method": "goalposts", "low": 1, "high": 100}},
        {"aggregate": {"method": "geometric"}},
    ]
    posts = with_indicators(**{code: {"goalposts": {"lower": 0, "upper": 20}} for code in FIGURES})
    done = built(tmp_path, steps=steps, **posts)
    # income of a: 1 + 99 * 10 / 20 = 50.5; rent: 1 + 99 * (20 - 5) / 20 = 75.25
    assert done.score("a", "2024", "living") == pytest.approx(math.sqrt(50.5 * 75.25))


def test_a_target_is_a_place_on_the_way_from_the_worst(tmp_path: Path) -> None:
    targets = with_indicators(income={"target": 50}, rent={"target": 5}, doctors={"target": 6})
    done = normalised(tmp_path, {"method": "distance_to_target"}, **targets)
    assert done["income"] == [0, 0.25, 0.5]
    assert done["rent"] == [1, 0.5, 0]
    assert done["doctors"] == [2, 1, 0]


def test_one_indicator_may_have_a_method_of_its_own(tmp_path: Path) -> None:
    own = with_indicators(doctors={"normalise": {"method": "z_score"}})
    done = normalised(tmp_path, {"method": "min_max"}, **own)
    assert done["income"] == [0, 50, 100]
    assert done["doctors"] == [1, 0, -1]


def years(**by_year: dict[str, dict[str, float | None]]) -> polars.DataFrame:
    return polars.concat([table(figures, year[1:]) for year, figures in by_year.items()])


PANEL = years(
    y2022={"income": {"a": 10, "b": 20}, "rent": {"a": 5, "b": 10}, "doctors": {"a": 4, "b": 8}},
    y2023={"income": {"a": 15, "b": 10}, "rent": {"a": 4, "b": 20}, "doctors": {"a": 4, "b": 6}},
)
TWO = {"units": {"kind": "district", "members": {name: {"label": label(name)} for name in "ab"}}}


@pytest.mark.parametrize(
    ("words", "rent"),
    [
        ({"reversal": "inverse"}, [125, 50]),  # 100 * 5 / 4, 100 * 10 / 20
        ({"reversal": "reflection"}, [120, 0]),  # 200 - 80, 200 - 200
        ({"reversal": "inverse", "cap": 110, "floor": 60}, [110, 60]),
        ({"reversal": "inverse", "base": 1}, [1.25, 0.5]),
    ],
)
def test_a_base_year_ratio_is_in_per_cent_of_the_units_own_base(
    tmp_path: Path, words: dict[str, Any], rent: list[float]
) -> None:
    steps = [{"normalise": {"method": "base_year_ratio", **words}}, MEAN]
    done = built(tmp_path, PANEL, steps=steps, periods={"base": "2022"}, **TWO)
    values = done.data_set("normalised").values
    base = words.get("base", 100)
    assert values[:2].tolist() == [[base] * 3] * 2
    assert values[2:, 1].tolist() == pytest.approx(rent)


def test_a_panel_is_put_on_one_scale_or_each_period_on_its_own(tmp_path: Path) -> None:
    together = built(tmp_path, PANEL, **TWO).data_set("normalised").values[:, 0]
    assert together.tolist() == [0, 100, 50, 0]  # 10 … 20 over both years
    steps = [{"normalise": {"method": "min_max", "over": "period"}}, MEAN]
    # Doctors are 4 and 8, then 4 and 6; income 10 and 20, then 15 and 10.
    apart = built(tmp_path, PANEL, steps=steps, **TWO).data_set("normalised").values
    assert apart[:, 0].tolist() == [0, 100, 100, 0]
    assert apart[:, 2].tolist() == [0, 100, 0, 100]


def test_ranks_are_within_a_period_and_one_unit_alone_has_none(tmp_path: Path) -> None:
    done = built(tmp_path, PANEL, **TWO)
    assert done.ranks[:, done.tree.place("health")].tolist() == [2, 1, 2, 1]
    one = {"units": {"kind": "city", "members": {"a": {"label": label("a")}}}}
    alone = built(
        tmp_path,
        PANEL.filter(polars.col("unit") == "a"),
        steps=[{"normalise": {"method": "none"}}, MEAN],
        **one,
    )
    assert numpy.isnan(alone.ranks).all()


# ---- missing figures ------------------------------------------------------------------------------

GAP = {**FIGURES, "income": {"a": 10.0, "b": None, "c": 30.0}}
GROUPS: dict[str, Any] = {
    "groups": {"side": label("Side")},
    "units": {
        "kind": "district",
        "members": {
            "a": {"label": label("a"), "groups": {"side": "north"}},
            "b": {"label": label("b"), "groups": {"side": "north"}},
            "c": {"label": label("c"), "groups": {"side": "south"}},
        },
    },
}


@pytest.mark.parametrize(
    ("method", "filled"),
    [
        ({"method": "mean"}, 20),
        ({"method": "median"}, 20),
        ({"method": "mean", "group": "side"}, 10),  # the only other one in the north
        ({"method": "unit_mean"}, 20),  # rent stands at half its range: 10 + 0.5 * 20
        ({"method": "none"}, math.nan),
    ],
)
def test_a_gap_is_filled(tmp_path: Path, method: dict[str, Any], filled: float) -> None:
    done = built(tmp_path, table(GAP), steps=[{"impute": method}, MIN_MAX, MEAN], **GROUPS)
    assert done.data_set("imputed").values[1, 0] == pytest.approx(filled, nan_ok=True)
    lines = [entry for entry in done.ledger if entry.step == "impute"]
    if math.isnan(filled):
        assert lines == []
    else:
        (line,) = lines
        assert (line.unit, line.indicator, line.after) == ("b", "income", filled)
        assert math.isnan(line.before)


def test_what_is_missing_is_left_out_of_a_mean(tmp_path: Path) -> None:
    done = built(tmp_path, table(GAP))
    assert done.score("b", "2024", "living") == 50  # of rent alone
    steps = [MIN_MAX, {"aggregate": {"method": "arithmetic", "least_available": 0.6}}]
    strict = built(tmp_path, table(GAP), steps=steps)
    assert math.isnan(strict.score("b", "2024", "living"))
    assert strict.score("b", "2024", "health") == 50


@pytest.mark.parametrize(
    ("method", "filled"),
    [("latest", 10), ("constant", 10), ("linear", 14), ("nearest", 10)],
)
def test_a_gap_is_filled_from_the_units_own_years(
    tmp_path: Path, method: str, filled: float
) -> None:
    figures = years(
        y2020={"income": {"a": 10, "b": 20}, "rent": {"a": 1, "b": 2}, "doctors": {"a": 1, "b": 2}},
        y2022={
            "income": {"a": None, "b": 20},
            "rent": {"a": 1, "b": 2},
            "doctors": {"a": 1, "b": 2},
        },
        y2025={"income": {"a": 20, "b": 20}, "rent": {"a": 1, "b": 2}, "doctors": {"a": 1, "b": 2}},
    )
    done = built(tmp_path, figures, steps=[{"impute": {"method": method}}, MIN_MAX, MEAN], **TWO)
    # A straight line from 10 in 2020 to 20 in 2025 is at 14 in 2022.
    assert done.data_set("imputed").values[2, 0] == filled


def test_bounds_hold_whatever_the_missing_figure_is(tmp_path: Path) -> None:
    steps = [{"impute": {"method": "bounds"}}, MIN_MAX, MEAN]
    done = built(tmp_path, table(GAP), steps=steps)
    assert done.lower is not None
    assert done.upper is not None
    place, row = done.tree.place("living"), done.panel.row("b", "2024")
    assert (done.lower[row, place], done.upper[row, place]) == (25, 75)  # income 0 … 100, rent 50
    assert math.isnan(done.scores[row, place])
    assert done.score("a", "2024", "living") == 50  # known as it is
    for income in numpy.linspace(10, 30, 9):
        sure = built(tmp_path, table({**GAP, "income": {"a": 10.0, "b": income, "c": 30.0}}))
        assert 25 <= sure.score("b", "2024", "living") <= 75


def test_declared_limits_go_before_what_was_observed(tmp_path: Path) -> None:
    steps = [{"impute": {"method": "bounds"}}, MIN_MAX, MEAN]
    limits = with_indicators(income={"limits": [0, 40]})
    done = built(tmp_path, table(GAP), steps=steps, **limits)
    assert done.lower is not None
    assert done.upper is not None
    cell = done.panel.row("b", "2024"), done.tree.place("living")
    # The scale is that of what was observed, 10 … 30: 0 is at -50 and 40 at 150.
    assert (done.lower[cell], done.upper[cell]) == (0, 100)


def test_a_multiple_imputation_is_pooled_with_its_interval(tmp_path: Path) -> None:
    units = [f"u{number:02}" for number in range(30)]
    noise = numpy.random.default_rng(1)
    rent = noise.normal(10, 2, 30)
    figures: dict[str, dict[str, float | None]] = {
        "rent": dict(zip(units, rent.tolist(), strict=True)),
        "income": dict(zip(units, (50 - rent + noise.normal(0, 1, 30)).tolist(), strict=True)),
        "doctors": dict(zip(units, noise.normal(5, 1, 30).tolist(), strict=True)),
    }
    figures["income"]["u07"] = None
    members = {"units": {"kind": "district", "members": {u: {"label": label(u)} for u in units}}}
    steps = [{"impute": {"method": "multiple", "tables": 30, "seed": 4}}, MIN_MAX, MEAN]
    done = built(tmp_path, table(figures), steps=steps, **members)
    assert done.pooled is not None
    low, high = done.pooled.interval()
    row, place = done.panel.row("u07", "2024"), done.tree.top
    assert low[row, place] < done.scores[row, place] < high[row, place]
    tables = done.data_set("imputed").values[:, row, done.panel.columns.index("income")]
    assert len(set(tables.tolist())) == 30
    known = done.panel.row("u08", "2024")
    assert (
        done.data_set("raw").values[known].tolist()
        == done.data_set("imputed").values[3, known].tolist()
    )


# ---- denominators, screening, outliers ------------------------------------------------------------


def test_a_figure_is_divided_by_its_denominator_and_scale(tmp_path: Path) -> None:
    entries = with_indicators(doctors={"denominator": "people", "scale": 1000})
    figures = table({**FIGURES, "people": {"a": 4000, "b": 2000, "c": 1000}})
    done = built(
        tmp_path,
        figures,
        denominators={"people": {"label": label("People")}},
        steps=["denominate", MIN_MAX, MEAN],
        **entries,
    )
    assert done.data_set("denominated").values[:, 2].tolist() == [2, 3, 4]  # per thousand people
    assert [entry.what for entry in done.ledger if entry.step == "denominate"] == [
        "divided by people / 1000"
    ]


def test_a_zero_denominator_is_refused_with_its_unit(tmp_path: Path) -> None:
    entries = with_indicators(doctors={"denominator": "people"})
    figures = table({**FIGURES, "people": {"a": 4000, "b": 0, "c": 1000}})
    with pytest.raises(BadInput, match=r"b 2024: the denominator of doctors is zero"):
        built(
            tmp_path,
            figures,
            denominators={"people": {"label": label("People")}},
            steps=["denominate", MIN_MAX, MEAN],
            **entries,
        )


@pytest.mark.parametrize(
    ("words", "left_out"),
    [
        ({"least_available": 0.6}, []),  # two of three is 0.667
        ({"least_available": 0.7}, ["b"]),
        ({"least_available": 0.7, "keep": ["b"]}, []),
        ({"least_available": 0.1, "drop": ["b"]}, ["b"]),
    ],
)
def test_units_with_too_little_are_left_out(
    tmp_path: Path, words: dict[str, Any], left_out: list[str]
) -> None:
    done = built(tmp_path, table(GAP), steps=[{"screen": words}, MIN_MAX, MEAN])
    gone = [unit for unit in "abc" if math.isnan(done.score(unit, "2024", "all"))]
    assert gone == left_out
    assert [e.unit for e in done.ledger if e.what.startswith("left out")] == left_out


def test_a_unit_that_was_left_out_counts_for_nothing_afterwards(tmp_path: Path) -> None:
    done = built(
        tmp_path, steps=[{"screen": {"drop": ["c"]}}, {"impute": {"method": "mean"}}, MIN_MAX, MEAN]
    )
    assert done.data_set("normalised").values[:2, 0].tolist() == [0, 100]  # 10 … 20, without 30
    assert numpy.isnan(done.data_set("imputed").values[2]).all()


def outlying(folder: Path, **words: Any) -> Any:
    """Income 1 … 10, 30, 100 in twelve districts."""
    units = [f"u{number:02}" for number in range(12)]
    income = dict(zip(units, [*map(float, range(1, 11)), 30.0, 100.0], strict=True))
    figures: dict[str, dict[str, float | None]] = {
        "income": income,
        "rent": {unit: float(place) for place, unit in enumerate(units)},
        "doctors": {unit: float(place % 5) for place, unit in enumerate(units)},
    }
    members = {"kind": "district", "members": {u: {"label": label(u)} for u in units}}
    return built(folder, table(figures), steps=[{"treat": words}, MIN_MAX, MEAN], units=members)


def test_an_outlier_is_drawn_in_to_the_next_value_and_the_ledger_says_so(tmp_path: Path) -> None:
    done = outlying(tmp_path)
    assert done.data_set("treated").values[-2:, 0].tolist() == [30, 30]
    assert done.data_set("raw").values[-2:, 0].tolist() == [30, 100]
    cells = [e for e in done.ledger if e.step == "treat" and e.unit]
    assert [(e.unit, e.indicator, e.before, e.after) for e in cells] == [("u11", "income", 100, 30)]


def test_an_outlier_is_transformed_where_no_point_may_be_drawn_in(tmp_path: Path) -> None:
    done = outlying(tmp_path, most_points=0, then="log_shift")
    values = done.data_set("treated").values[:, 0]
    # ln(x - 1 + 0.01 * 99)
    assert values.tolist() == pytest.approx(
        [math.log(x - 1 + 0.99) for x in [*range(1, 11), 30, 100]]
    )


def test_an_indicator_may_be_left_untreated(tmp_path: Path) -> None:
    own = with_indicators(income={"treat": {"method": "none"}})
    units = [f"u{number:02}" for number in range(12)]
    figures: dict[str, dict[str, float | None]] = {
        code: dict(zip(units, [*map(float, range(1, 11)), 30.0, 100.0], strict=True))
        for code in FIGURES
    }
    members = {"kind": "district", "members": {u: {"label": label(u)} for u in units}}
    done = built(tmp_path, table(figures), steps=["treat", MIN_MAX, MEAN], units=members, **own)
    assert done.data_set("treated").values[-1].tolist() == [100, 30, 30]


# ---- aggregation and weights ------------------------------------------------------------------------

ABOVE = {"normalise": {"method": "min_max", "low": 1, "high": 9}}


@pytest.mark.parametrize(
    ("method", "living_of_a"),
    [
        # income of a is 1, its rent 9
        ({"method": "arithmetic"}, 5),
        ({"method": "geometric"}, 3),
        ({"method": "harmonic"}, 1.8),  # 2 / (1 + 1/9)
        ({"method": "median"}, 5),
        ({"method": "generalised", "power": 2}, math.sqrt(41)),
        ({"method": "ordered_average", "order_weights": [1, 3]}, 3),  # (1 * 9 + 3 * 1) / 4
        # mean 5, lowest 1: 5 - 0.5 * (sqrt(16 + 1) - 1)
        ({"method": "mean_minimum"}, 5 - 0.5 * (math.sqrt(17) - 1)),
        # a beats b on rent and loses on income: a tie; likewise with c
        ({"method": "copeland"}, 0),
        # The best weights of a put all on rent, where it is the best of all.
        ({"method": "benefit_of_doubt"}, 1),
        # 1, 5, 9 have the variance 32/3: 4 below and 4 above become 100 -+ 10 * 4 / sqrt(32/3), which is
        # 100 -+ sqrt(150); less their variance over their mean, 150 / 100
        ({"method": "mazziotta_pareto"}, 100 - 1.5),
        ({"method": "mazziotta_pareto", "penalty": "plus"}, 100 + 1.5),
        # 70 and 130: mean 100, deviation 30; less 900 / 100
        ({"method": "mazziotta_pareto", "adjusted": True}, 100 - 9),
    ],
)
def test_aggregation(tmp_path: Path, method: dict[str, Any], living_of_a: float) -> None:
    nodes = document()["nodes"]
    nodes["living"]["aggregate"] = method
    done = built(tmp_path, steps=[ABOVE, MEAN], nodes=nodes)
    assert done.score("a", "2024", "living") == pytest.approx(living_of_a, abs=1e-12)
    assert done.score("a", "2024", "health") == 9  # the other nodes keep the method of the step


def test_weights_are_shares_of_the_parent(tmp_path: Path) -> None:
    done = built(tmp_path, **with_indicators(income={"weight": 3}))
    assert done.score("a", "2024", "living") == 25  # (3 * 0 + 1 * 100) / 4
    effective = dict(zip(done.tree.codes, done.effective_weights.tolist(), strict=True))
    assert effective["income"] == 0.375
    assert effective["doctors"] == 0.5
    assert effective["all"] == 1


@pytest.mark.parametrize(
    ("how", "income", "rent"),
    [
        ({"method": "equal"}, 0.5, 0.5),
        (
            {
                "method": "budget_allocation",
                "experts": {"x": {"income": 80, "rent": 20}, "y": {"income": 60, "rent": 40}},
            },
            0.7,
            0.3,
        ),
        (
            {
                "method": "analytic_hierarchy",
                "experts": {"x": {"living": {"income": {"rent": 3}}}},
            },
            0.75,
            0.25,
        ),
        ({"method": "entropy", "nodes": ["living"]}, 0.5, 0.5),  # 0, 50, 100 and 100, 50, 0
        ({"method": "critic", "nodes": ["living"]}, 0.5, 0.5),
    ],
)
def test_weights_are_judged_or_found(
    tmp_path: Path, how: dict[str, Any], income: float, rent: float
) -> None:
    entries = with_indicators(income={"weight": 9})
    done = built(tmp_path, steps=[MIN_MAX, {"weigh": how}, MEAN], **entries)
    weights = dict(zip(done.tree.codes, done.weights.tolist(), strict=True))
    share = weights["income"] / (weights["income"] + weights["rent"])
    assert (share, 1 - share) == pytest.approx((income, rent))


def test_a_loading_that_points_the_other_way_is_no_weight(tmp_path: Path) -> None:
    steps = [MIN_MAX, {"weigh": {"method": "principal_component", "nodes": ["living"]}}, MEAN]
    with pytest.raises(BadInput, match=r"nodes\.living: \w+ would weigh -0\.7071"):
        built(tmp_path, steps=steps)


def test_experts_have_to_judge_the_same_nodes(tmp_path: Path) -> None:
    experts = {"x": {"income": 80, "rent": 20}, "y": {"living": 50, "health": 50}}
    steps = [MIN_MAX, {"weigh": {"method": "budget_allocation", "experts": experts}}, MEAN]
    with pytest.raises(BadInput, match=r"experts\.x: says nothing of all, of which others do"):
        built(tmp_path, steps=steps)


def test_a_given_node_takes_its_figure_from_the_table(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    nodes["living"] |= {"given": True, "weight": 3}
    figures = table({**FIGURES, "living": {"a": 40, "b": 50, "c": 60}})
    done = built(tmp_path, figures, nodes=nodes)
    assert done.score("a", "2024", "all") == (3 * 40 + 100) / 4
    assert "income" not in done.tree.codes


# ---- what cannot be built ---------------------------------------------------------------------------


def test_an_indicator_that_is_the_same_everywhere_is_refused(tmp_path: Path) -> None:
    same = table({**FIGURES, "rent": {"a": 5, "b": 5, "c": 5}})
    with pytest.raises(
        BadInput, match=r"indicators\.rent: min_max finds no scale: the figures are the same"
    ):
        built(tmp_path, same)


def test_figures_below_zero_do_not_enter_a_geometric_mean(tmp_path: Path) -> None:
    figures = table({**FIGURES, "doctors": {"a": 8, "b": -1, "c": 4}})
    steps = [{"normalise": {"method": "none"}}, {"aggregate": {"method": "geometric"}}]
    with pytest.raises(
        BadInput, match="b 2024: a geometric mean at health needs values above 0; doctors is -1"
    ):
        built(tmp_path, figures, steps=steps)


def test_a_base_of_zero_is_refused_with_its_unit(tmp_path: Path) -> None:
    cell = (polars.col("unit") == "a") & (polars.col("indicator") == "income")
    at_base = cell & (polars.col("period") == "2022")
    figures = PANEL.with_columns(value=polars.when(at_base).then(0.0).otherwise("value"))
    steps = [{"normalise": {"method": "base_year_ratio", "reversal": "inverse"}}, MEAN]
    with pytest.raises(
        BadInput, match=r"indicators\.income: the ratio to 2022 is not defined for a 2022"
    ):
        built(tmp_path, figures, steps=steps, periods={"base": "2022"}, **TWO)


YEARS = [
    table(
        {"income": {"a": 1.0, "b": 2.0, "c": 3.0}, "rent": {"a": 1.0, "b": 2.0, "c": 3.0}}, "2023"
    ),
    table(
        {"income": {"a": 7.0, "b": 8.0, "c": 9.0}, "rent": {"a": 4.0, "b": 5.0, "c": 6.0}}, "2024"
    ),
]
ONE_AREA = {
    "indicators": {
        "income": {"label": label("Income"), "parent": "all"},
        "rent": {"label": label("Rent"), "parent": "all"},
    },
    "nodes": {"all": {"label": label("All")}},
}


@pytest.mark.parametrize(
    ("over", "scores"),
    [
        # Of three units in each year the last outranks two, the middle one, and is outranked by one.
        ({}, [-2, 0, 2, -2, 0, 2]),
        # Of six rows the last outranks five.
        ({"over": "panel"}, [-5, -3, -1, 1, 3, 5]),
    ],
)
def test_copeland_compares_units_of_the_same_period_unless_asked(
    tmp_path: Path, over: dict[str, Any], scores: list[float]
) -> None:
    steps = [{"normalise": {"method": "rank"}}, {"aggregate": {"method": "copeland"} | over}]
    done = built(tmp_path, polars.concat(YEARS), steps=steps, **ONE_AREA)
    assert done.scores[:, done.tree.top].tolist() == scores


def test_a_mean_too_low_for_a_rule_within_periods_names_its_own_row(tmp_path: Path) -> None:
    # Within 2024 alone the mean of unit b is -1: a Mazziotta-Pareto index has no coefficient of variation.
    low = table(
        {"income": {"a": 1.0, "b": -1.0, "c": 3.0}, "rent": {"a": 1.0, "b": -1.0, "c": 3.0}}
    )
    rule = {"method": "mazziotta_pareto", "standardise": False, "over": "period"}
    with pytest.raises(BadInput, match="b 2024"):
        built(
            tmp_path,
            polars.concat([YEARS[0], low]),
            steps=[{"normalise": {"method": "none"}}, {"aggregate": rule}],
            **ONE_AREA,
        )


@pytest.mark.parametrize(
    ("levels_up", "rent_of_a"),
    [
        # Living: income alone is there, at 0 of its range, so rent is at its worst, 15.
        (1, 15.0),
        # The whole index: income at 0 and doctors at 1 of their ranges, so rent in the middle of 10 and 15.
        (2, 12.5),
    ],
)
def test_a_gap_is_filled_from_the_area_or_from_a_wider_one(
    tmp_path: Path, levels_up: int, rent_of_a: float
) -> None:
    gap = {**FIGURES, "rent": {"b": 10.0, "c": 15.0}}
    impute = {"impute": {"method": "unit_mean", "levels_up": levels_up}}
    done = built(tmp_path, table(gap), steps=[impute, MIN_MAX, MEAN])
    imputed = done.data_set("imputed")
    assert imputed.values[0, imputed.columns.index("rent")] == rent_of_a


def test_a_constant_child_does_not_vanish_from_a_standardised_node(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    nodes["all"]["aggregate"] = {"method": "mazziotta_pareto"}  # living is 50 in every district
    with pytest.raises(BadInput, match=r"nodes\.all: living is the same everywhere"):
        built(tmp_path, nodes=nodes)


@pytest.mark.parametrize("step", ["denominate", "screen", "treat"])
def test_figures_carried_as_bounds_go_straight_to_their_scale(tmp_path: Path, step: str) -> None:
    steps = [{"impute": {"method": "bounds"}}, step, MIN_MAX, MEAN]
    with pytest.raises(BadInput, match=f"carried as bounds, so `{step}` goes before"):
        built(tmp_path, table(GAP), steps=steps)


@pytest.mark.parametrize("method", ["copeland", "mazziotta_pareto", "benefit_of_doubt"])
def test_bounds_are_refused_where_a_better_figure_may_make_it_worse(
    tmp_path: Path, method: str
) -> None:
    steps = [{"impute": {"method": "bounds"}}, MIN_MAX, {"aggregate": {"method": method}}]
    with pytest.raises(BadInput, match=f"{method} does not keep bounds"):
        built(tmp_path, table(GAP), steps=steps)


def test_the_base_period_is_100_whatever_its_figure_is(tmp_path: Path) -> None:
    gap = (polars.col("unit") == "a") & (polars.col("indicator") == "income")
    figures = PANEL.with_columns(
        value=polars.when(gap & (polars.col("period") == "2022")).then(None).otherwise("value")
    )
    steps = [
        {"impute": {"method": "bounds"}},
        {"normalise": {"method": "base_year_ratio", "reversal": "inverse"}},
        MEAN,
    ]
    limits = with_indicators(income={"limits": [5, 20]})
    done = built(tmp_path, figures, steps=steps, periods={"base": "2022"}, **TWO, **limits)
    values = done.data_set("normalised").values
    assert values[:, 0, 0].tolist() == [100, 100]
    assert values[:, 2, 0].tolist() == [75, 300]  # 15 in 2023, from 20 at most to 5 at least


def test_years_do_not_outrank_each_other(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    nodes["living"]["aggregate"] = {"method": "copeland"}
    later = table({code: {u: x * 2 for u, x in by.items()} for code, by in FIGURES.items()}, "2025")
    done = built(tmp_path, polars.concat([table(), later]), nodes=nodes)
    living = done.scores[:, done.tree.place("living")]
    assert living.tolist() == [0, 0, 0, 0, 0, 0]  # a beats b on rent and loses on income, each year


def test_weights_found_in_the_figures_are_those_of_each_completed_table(tmp_path: Path) -> None:
    units = [f"u{number:02}" for number in range(20)]
    noise = numpy.random.default_rng(3)
    figures: dict[str, dict[str, float | None]] = {
        code: dict(zip(units, noise.normal(10, 2, 20).tolist(), strict=True)) for code in FIGURES
    }
    figures["income"]["u03"] = None
    members = {"kind": "district", "members": {u: {"label": label(u)} for u in units}}
    impute = {"impute": {"method": "multiple", "tables": 4}}
    weigh = {"weigh": {"method": "critic", "nodes": ["living"]}}
    done = built(tmp_path, table(figures), units=members, steps=[impute, MIN_MAX, weigh, MEAN])
    place, tops = done.tree.place("living"), done.data_set("aggregated").values
    for number, each in enumerate(done.data_set("imputed").values):
        filled = {
            code: dict(zip(units, each[:, column].tolist(), strict=True))
            for column, code in enumerate(done.panel.columns)
        }
        alone = built(tmp_path, table(filled), units=members, steps=[MIN_MAX, weigh, MEAN])
        assert tops[number, :, place].tolist() == pytest.approx(alone.scores[:, place].tolist())


def lowest(values: numpy.ndarray[Any, Any], weights: numpy.ndarray[Any, Any]) -> Any:
    return values.min(axis=-1)


def test_a_node_may_have_a_function_of_ones_own_from_python(tmp_path: Path) -> None:
    usual = built(tmp_path)
    own = build(usual.index, usual.panel, {"living": lowest})
    # income 0, 50, 100 and rent 100, 50, 0: the lower of the two
    assert [own.score(unit, "2024", "living") for unit in "abc"] == [0, 50, 0]
    assert [own.score(unit, "2024", "health") for unit in "abc"] == [100, 50, 0]
    with pytest.raises(BadInput, match=r"there is no node 'livin' \(did you mean 'living'\?\)"):
        build(usual.index, usual.panel, {"livin": lowest})
