"""A study takes each draw through the same steps that a build by hand would take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
from numpy.testing import assert_allclose

from donghaeng.index.framework.uncertain import Uncertainty
from donghaeng.index.panel import panel_of
from donghaeng.index.uncertainty.samples import independent_block
from donghaeng.index.uncertainty.silent import largest_changes
from donghaeng.index.uncertainty.study import Study, study_of
from donghaeng.index.uncertainty.threads import in_order
from donghaeng.rules.faults import BadInput

from ..small import FIGURES, built, document, index, table

STEPS = [
    {"normalise": {"method": "min_max", "low": 1, "high": 100}},
    {"aggregate": {"method": "arithmetic"}},
]
GEOMETRIC = [STEPS[0], {"aggregate": {"method": "geometric"}}]
WIDE = {
    "income": {"a": 10.0, "b": 20.0, "c": 30.0, "d": 400.0},
    "rent": {"a": 5.0, "b": 10.0, "c": 15.0, "d": None},
    "doctors": {"a": 8.0, "b": 6.0, "c": 4.0, "d": 5.0},
}
FOUR = {
    "kind": "district",
    "members": {name: {"label": {"ko": name, "en": name}} for name in "abcd"},
}


def study(
    folder: Path,
    choices: dict[str, Any],
    figures: dict[str, dict[str, float | None]] | None = None,
    **changes: Any,
) -> Study:
    read = index(folder, **{"steps": STEPS, **changes}, uncertainty={"choices": choices})
    return study_of(read, panel_of(read, table(figures), "figures.csv"))


def step(*among: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "step", "among": list(among)}


def scores(folder: Path, steps: list[Any], **changes: Any) -> Any:
    """All nodes of a build with these steps."""
    return built(folder, steps=steps, **changes).scores


def at(*points: float) -> Any:
    """One draw at points of the unit cube."""
    return numpy.array([points])


# ---- each kind of choice against a build with that form ------------------------------------------------


def test_the_drawn_form_of_aggregation_is_carried_out(tmp_path: Path) -> None:
    found = study(tmp_path, {"mean": step(STEPS[1], GEOMETRIC[1])})
    assert_allclose(found.scores(at(0.25))[0], scores(tmp_path, STEPS))
    assert_allclose(found.scores(at(0.75))[0], scores(tmp_path, GEOMETRIC))


def test_the_drawn_form_of_normalisation_is_carried_out(tmp_path: Path) -> None:
    rank = {"normalise": {"method": "rank"}}
    found = study(tmp_path, {"scale": step(STEPS[0], rank)})
    assert_allclose(found.scores(at(0.75))[0], scores(tmp_path, [rank, STEPS[1]]))


def test_the_drawn_form_of_weighing_is_carried_out(tmp_path: Path) -> None:
    nominal, equal = {"weigh": {"method": "nominal"}}, {"weigh": {"method": "equal"}}
    nodes = document()["nodes"]
    nodes["living"] = {**nodes["living"], "weight": 3.0}
    found = study(
        tmp_path,
        {"weights": step(nominal, equal)},
        steps=[STEPS[0], nominal, STEPS[1]],
        nodes=nodes,
    )
    # Scaled to 1..100, a has income 1, rent 100 (lower is better) and doctors 100: living 50.5, health 100.
    # The index weighs living three times, (3 * 50.5 + 100) / 4 = 62.875, or once, 75.25.
    assert found.top_scores(at(0.25))[0, 0] == pytest.approx(62.875)
    assert found.top_scores(at(0.75))[0, 0] == pytest.approx(75.25)
    assert found.executed.forms == {("weights", "nominal"): 1, ("weights", "equal"): 1}


def test_weights_found_in_the_figures_are_found_where_the_step_stands(tmp_path: Path) -> None:
    nominal, entropy = {"weigh": {"method": "nominal"}}, {"weigh": {"method": "entropy"}}
    found = study(
        tmp_path, {"weights": step(nominal, entropy)}, steps=[STEPS[0], nominal, STEPS[1]]
    )
    by_hand = scores(tmp_path, [STEPS[0], entropy, STEPS[1]])
    assert_allclose(found.scores(at(0.75))[0], by_hand)


def test_a_step_that_is_skipped_is_left_out(tmp_path: Path) -> None:
    treat = {"treat": {"most_points": 1, "then": "none", "skewness": 1.0, "kurtosis": 1.0}}
    steps = [treat, *STEPS]
    found = study(
        tmp_path, {"outliers": step(treat, {"skip": "treat"})}, WIDE, steps=steps, units=FOUR
    )
    figures = table(WIDE)
    treated = built(tmp_path, figures, steps=steps, units=FOUR).scores
    untreated = built(tmp_path, figures, steps=STEPS, units=FOUR).scores
    assert_allclose(found.scores(at(0.25))[0], treated)
    assert_allclose(found.scores(at(0.75))[0], untreated)
    assert not numpy.allclose(treated, untreated)


def test_the_drawn_form_of_imputation_is_carried_out(tmp_path: Path) -> None:
    mean, median = {"impute": {"method": "mean"}}, {"impute": {"method": "median"}}
    figures = {**WIDE, "income": {"a": 10.0, "b": None, "c": 30.0, "d": 400.0}}
    found = study(
        tmp_path, {"missing": step(mean, median)}, figures, steps=[mean, *STEPS], units=FOUR
    )
    by_hand = built(tmp_path, table(figures), steps=[median, *STEPS], units=FOUR).scores
    assert_allclose(found.scores(at(0.75))[0], by_hand)


def test_a_whole_parameter_takes_each_number(tmp_path: Path) -> None:
    def treat(points: int) -> dict[str, Any]:
        told = {"most_points": points, "then": "none", "skewness": 0.001, "kurtosis": 0.001}
        return {"treat": told}

    choice = {"kind": "parameter", "of": "treat.most_points", "low": 1, "high": 2, "whole": True}
    found = study(tmp_path, {"points": choice}, WIDE, steps=[treat(1), *STEPS], units=FOUR)
    for place, points in ((0.25, 1), (0.75, 2)):
        by_hand = built(tmp_path, table(WIDE), steps=[treat(points), *STEPS], units=FOUR).scores
        assert_allclose(found.scores(at(place))[0], by_hand)
    assert set(found.executed.forms) == {
        ("points", "treat.most_points 1"),
        ("points", "treat.most_points 2"),
    }


def test_a_parameter_from_an_interval_is_carried_out(tmp_path: Path) -> None:
    choice = {"kind": "parameter", "of": "normalise.low", "low": 1.0, "high": 11.0}
    found = study(tmp_path, {"low": choice})
    moved = [{"normalise": {"method": "min_max", "low": 6, "high": 100}}, STEPS[1]]
    assert_allclose(found.scores(at(0.5))[0], scores(tmp_path, moved))
    assert found.executed.forms == {("low", "drawn"): 1}


def test_numbers_from_an_interval_are_not_kept_in_memory(tmp_path: Path) -> None:
    choice = {"kind": "parameter", "of": "normalise.low", "low": 1.0, "high": 11.0}
    found = study(tmp_path, {"low": choice})
    found.top_scores(independent_block(1, 0, 1, 64))
    assert len(found._memory) == 0


def test_noise_on_the_weights_is_each_weight_times_its_own_number(tmp_path: Path) -> None:
    noise = {"kind": "weight_noise", "factor": 0.5, "children_of": ["all"]}
    found = study(tmp_path, {"weights": noise})
    # Living is drawn at u = 0, so 1 - 0.5; health at u = 0.5, so 1: a = (0.5 * 50.5 + 100) / 1.5.
    assert found.top_scores(at(0.0, 0.5))[0, 0] == pytest.approx((0.5 * 50.5 + 100) / 1.5)


def test_shares_of_the_weights_add_up_and_are_symmetric(tmp_path: Path) -> None:
    shares = {"kind": "weight_shares", "concentration": 2.0, "children_of": ["all"]}
    found = study(tmp_path, {"weights": shares})
    drawn = found.top_scores(independent_block(3, 0, found.choices.columns, 4096))[:, 0]
    # Two equal weights with a concentration of two: every share from 0 to 1 is as likely as any other, so
    # the index of a is even between its health (100) and its living (50.5).
    assert drawn.min() >= 50.5
    assert drawn.max() <= 100
    assert drawn.mean() == pytest.approx(75.25, abs=0.7)
    assert numpy.quantile(drawn, 0.25) == pytest.approx(62.875, abs=1.2)


def test_each_expert_is_taken_by_itself(tmp_path: Path) -> None:
    weigh = {
        "weigh": {
            "method": "budget_allocation",
            "experts": {"one": {"living": 100, "health": 0}, "two": {"living": 25, "health": 75}},
        }
    }
    found = study(
        tmp_path, {"experts": {"kind": "weight_experts"}}, steps=[STEPS[0], weigh, STEPS[1]]
    )
    assert found.top_scores(at(0.25))[0, 0] == pytest.approx(50.5)
    assert found.top_scores(at(0.75))[0, 0] == pytest.approx(0.25 * 50.5 + 0.75 * 100)


def test_an_area_that_is_left_out_counts_nothing(tmp_path: Path) -> None:
    found = study(tmp_path, {"without": {"kind": "leave_out", "among": ["living", "rent"]}})
    # Three outcomes: without living only health is left; without rent living is income (1 for a).
    assert found.top_scores(at(0.1))[0, 0] == pytest.approx(100.0)
    assert found.top_scores(at(0.5))[0, 0] == pytest.approx((1 + 100) / 2)
    assert found.top_scores(at(0.9))[0, 0] == pytest.approx(75.25)


def test_a_normal_error_moves_the_figure_by_its_standard_errors(tmp_path: Path) -> None:
    indicators = document()["indicators"]
    indicators["income"] = {**indicators["income"], "measurement_error": {"standard_error": 2.0}}
    found = study(tmp_path, {"errors": {"kind": "data_error"}}, indicators=indicators)
    # The three incomes, b one standard error up (u = Phi(1)): 22 between 10 and 30, so 1 + 99 * 0.6.
    drawn = found.scores(at(0.5, 0.8413447460685429, 0.5))[0]
    assert drawn[1, 0] == pytest.approx(1 + 99 * 0.6)
    assert_allclose(drawn[[0, 2], 0], [1.0, 100.0])


def test_between_bounds_every_value_is_as_likely(tmp_path: Path) -> None:
    read = index(tmp_path, steps=STEPS, uncertainty={"choices": {"e": {"kind": "data_error"}}})
    frame = table()
    bounded = frame.with_columns(
        lower=frame["value"] - 1.0, upper=frame["value"] + 1.0
    ).with_columns(  # of income only
        lower=_where(frame, "lower"), upper=_where(frame, "upper")
    )
    found = study_of(read, panel_of(read, bounded, "figures.csv"))
    # a at its lower bound 9, b at 20.5, c at its middle 30: b is 11.5 of 21 up.
    drawn = found.scores(at(0.0, 0.75, 0.5))[0]
    assert drawn[1, 0] == pytest.approx(1 + 99 * 11.5 / 21)


def _where(frame: Any, side: str) -> Any:
    import polars

    shift = -1.0 if side == "lower" else 1.0
    own = polars.col("value") + shift
    return polars.when(polars.col("indicator") == "income").then(own).otherwise(None)


def test_each_draw_takes_one_table_of_a_multiple_imputation(tmp_path: Path) -> None:
    impute = {"impute": {"method": "multiple", "tables": 3, "seed": 5}}
    noise = {"kind": "weight_noise", "factor": 0.5, "children_of": ["all"]}
    steps = [impute, *STEPS]
    found = study(tmp_path, {"weights": noise}, WIDE, steps=steps, units=FOUR)
    tables = built(tmp_path, table(WIDE), steps=steps, units=FOUR).data_set("aggregated").values
    assert found.choices.names == ("weights", "imputed_table")
    for number in range(3):
        drawn = found.scores(at(0.5, 0.5, (number + 0.5) / 3))[0]
        assert_allclose(drawn, tables[number])
    assert found.executed.forms["imputed_table", "table 2"] == 1


def test_figures_with_errors_go_through_every_form_by_themselves(tmp_path: Path) -> None:
    indicators = document()["indicators"]
    indicators["rent"] = {**indicators["rent"], "measurement_error": {"half_width": 1.0}}
    choices = {
        "errors": {"kind": "data_error"},
        "mean": step(STEPS[1], GEOMETRIC[1]),
        "weights": step({"weigh": {"method": "nominal"}}, {"weigh": {"method": "entropy"}}),
    }
    steps = [STEPS[0], {"weigh": {"method": "nominal"}}, STEPS[1]]
    found = study(tmp_path, choices, indicators=indicators, steps=steps)
    drawn = found.scores(at(0.75, 0.5, 0.5, 0.75, 0.75))[0]
    moved = {**FIGURES, "rent": {"a": 5.5, "b": 10.0, "c": 15.0}}
    by_hand = built(
        tmp_path,
        table(moved),
        indicators=indicators,
        steps=[STEPS[0], {"weigh": {"method": "entropy"}}, GEOMETRIC[1]],
    ).scores
    assert_allclose(drawn, by_hand)


# ---- many draws at once ---------------------------------------------------------------------------------


def everything(folder: Path) -> Study:
    indicators = document()["indicators"]
    indicators["rent"] = {**indicators["rent"], "measurement_error": {"half_width": 1.0}}
    rank = {"normalise": {"method": "rank"}}
    choices = {
        "errors": {"kind": "data_error"},
        "scale": step(STEPS[0], rank),
        "weights": {"kind": "weight_noise", "factor": 0.5},
        "without": {"kind": "leave_out", "among": ["rent", "health"]},
        "mean": step(STEPS[1], GEOMETRIC[1]),
    }
    return study(folder, choices, indicators=indicators)


def test_many_draws_at_once_are_the_same_as_one_by_one(tmp_path: Path) -> None:
    found = everything(tmp_path)
    sample = independent_block(11, 0, found.choices.columns, 96)
    together = found.scores(sample)
    apart = numpy.concatenate([found.scores(draw[None]) for draw in sample])
    assert_allclose(together, apart, rtol=1e-13)
    assert_allclose(found.top_scores(sample), together[..., -1], rtol=1e-13)


@pytest.mark.parametrize("threads", [2, 3])
def test_any_number_of_threads_gives_the_same_scores(tmp_path: Path, threads: int) -> None:
    def run(count: int) -> list[Any]:
        found = everything(tmp_path)

        def block(number: int) -> Any:
            return found.scores(independent_block(5, number, found.choices.columns, 64))

        return [*in_order(block, range(6), count), dict(found.executed.forms)]

    one, several = run(1), run(threads)
    assert one[-1] == several[-1]
    for first, second in zip(one[:-1], several[:-1], strict=True):
        assert numpy.array_equal(first, second)


def test_every_form_that_was_carried_out_is_counted(tmp_path: Path) -> None:
    found = everything(tmp_path)
    # Columns: three rents, scale, four weights and one of doctors, without, mean.
    sample = numpy.full((10, found.choices.columns), 0.5)
    names = dict(zip(found.choices.names, found.choices.groups, strict=True))
    sample[:3, names["scale"][0]] = 0.1  # three draws by min_max, seven by rank
    sample[:4, names["mean"][0]] = 0.1
    sample[:, names["without"][0]] = [0.1] * 5 + [0.5] * 2 + [0.9] * 3
    found.scores(sample)
    forms = found.executed.forms
    assert forms["errors", "drawn"] == forms["weights", "drawn"] == 10
    assert forms["scale", "min_max, low 1.0"] == 3
    assert forms["scale", "rank"] == 7
    assert forms["mean", "arithmetic"] == 4
    assert forms["mean", "geometric"] == 6
    assert [forms["without", each] for each in ("rent", "health", "none")] == [5, 2, 3]
    assert sum(forms.values()) == 50


# ---- nothing is skipped in silence ----------------------------------------------------------------------


def test_a_choice_that_cannot_be_carried_out_stops_with_its_name(tmp_path: Path) -> None:
    # Ranks from 1 can be treated geometrically, z-scores cannot; the file is refused when it is read if that
    # can be foreseen, so the fault here is one that only figures show: a loading that points the other way.
    nominal = {"weigh": {"method": "nominal"}}
    component = {"weigh": {"method": "principal_component"}}
    against = {**FIGURES, "rent": {"a": 5.0, "b": 10.0, "c": 15.0}}
    found = study(
        tmp_path,
        {"weights": step(nominal, component)},
        against,
        steps=[STEPS[0], nominal, STEPS[1]],
    )
    assert found.top_scores(at(0.25)).shape == (1, 3)
    with pytest.raises(BadInput) as fault:
        found.top_scores(at(0.75))
    assert fault.value.field == "uncertainty.choices.weights"
    assert "principal_component could not be carried out in a draw" in fault.value.message


def test_a_choice_about_a_step_that_is_not_there_stops(tmp_path: Path) -> None:
    choice = {"kind": "parameter", "of": "treat.most_points", "low": 1, "high": 3, "whole": True}
    with pytest.raises(BadInput, match="there is no step 'treat'"):
        study(tmp_path, {"points": choice})
    # Also where nobody looked at the file: a choice that no step carries out does not pass in silence.
    uncertain = Uncertainty.model_validate({"choices": {"points": choice}})
    unread = index(tmp_path).model_copy(update={"uncertainty": uncertain})
    found = study_of(unread, panel_of(unread, table(), "figures.csv"))
    with pytest.raises(BadInput, match="0 times in 1 draws") as fault:
        found.top_scores(at(0.5))
    assert fault.value.field == "uncertainty.choices.points"


def test_two_choices_about_one_step_are_refused(tmp_path: Path) -> None:
    one = step(STEPS[1], GEOMETRIC[1])
    with pytest.raises(BadInput, match="is about aggregate, as mean is"):
        study(tmp_path, {"mean": one, "other": one})


def test_a_parameter_of_a_step_that_the_draw_leaves_out_is_counted_so(tmp_path: Path) -> None:
    treat = {"treat": {"most_points": 1, "then": "none"}}
    choices = {
        "points": {
            "kind": "parameter",
            "of": "treat.most_points",
            "low": 1,
            "high": 2,
            "whole": True,
        },
        "outliers": step(treat, {"skip": "treat"}),
    }
    found = study(tmp_path, choices, WIDE, steps=[treat, *STEPS], units=FOUR)
    found.top_scores(at(0.5, 0.9))
    assert found.executed.forms == {
        ("outliers", "skip"): 1,
        ("points", "left out with its step"): 1,
    }


def test_missing_figures_carried_as_bounds_cannot_be_drawn(tmp_path: Path) -> None:
    bounds = {"impute": {"method": "bounds"}}
    choices = {"missing": step({"impute": {"method": "mean"}}, bounds)}
    found = study(
        tmp_path, choices, WIDE, steps=[{"impute": {"method": "mean"}}, *STEPS], units=FOUR
    )
    with pytest.raises(BadInput, match="bounds"):
        found.top_scores(at(0.75))


def test_a_choice_that_changes_nothing_is_found(tmp_path: Path) -> None:
    # Nothing is missing, so how missing figures are filled in makes no difference.
    choices = {
        "missing": step({"impute": {"method": "mean"}}, {"impute": {"method": "median"}}),
        "mean": step(STEPS[1], GEOMETRIC[1]),
    }
    found = study(tmp_path, choices, steps=[{"impute": {"method": "mean"}}, *STEPS])
    changed = largest_changes(found, seed=1)
    assert changed["missing"] == 0.0
    # The largest difference of the two means: of 1 and 100, 50.5 against 10.
    assert changed["mean"] >= 40.5 - 1e-9


def test_a_unit_that_appears_in_some_draws_only_is_a_change_without_limit(tmp_path: Path) -> None:
    choices = {
        "screened": step({"screen": {"least_available": 0.9}}, {"skip": "screen"}),
    }
    found = study(
        tmp_path, choices, WIDE, steps=[{"screen": {"least_available": 0.9}}, *STEPS], units=FOUR
    )
    assert largest_changes(found, seed=1)["screened"] == numpy.inf
