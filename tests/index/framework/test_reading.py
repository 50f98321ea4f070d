"""An index file is read whole, or refused with one line that says where and what would be right."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from donghaeng.index.framework import index_text, read_index
from donghaeng.rules import BadInput

from ..small import document, index, label, write

MIN_MAX = {"normalise": {"method": "min_max"}}
MEAN = {"aggregate": {"method": "arithmetic"}}


def refusal(folder: Path, **changes: Any) -> str:
    with pytest.raises(BadInput) as refused:
        index(folder, **changes)
    message = str(refused.value)
    assert "\n" not in message
    assert message.startswith(str(folder))
    return message


def incomes(**changed: Any) -> dict[str, Any]:
    """The indicators of the small index with words added to ``income``."""
    entries = document()["indicators"]
    entries["income"] |= changed
    return dict(entries)


def test_an_index_is_written_and_read_back_the_same(tmp_path: Path) -> None:
    first = index(tmp_path)
    (tmp_path / "again.yaml").write_text(index_text(first))
    again = read_index(tmp_path / "again.yaml")
    assert again == first
    assert again.hash == first.hash


def test_the_hash_does_not_look_at_spelling_but_at_what_is_said(tmp_path: Path) -> None:
    usual = index(tmp_path).hash
    spelt_out = index(tmp_path, indicators=incomes(weight=1.0, better="higher")).hash
    other = index(tmp_path, indicators=incomes(weight=2.0)).hash
    assert spelt_out == usual
    assert other != usual


def test_a_bare_step_and_a_year_without_quotes_are_understood(tmp_path: Path) -> None:
    read = index(
        tmp_path,
        periods={"base": 2022},
        steps=[
            "treat",
            MIN_MAX,
            MEAN,
        ],
    )
    assert [step.step for step in read.steps] == ["treat", "normalise", "aggregate"]
    assert read.periods.base == "2022"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lable": label("x")}, "lable: unknown field 'lable' (did you mean 'label'?)"),
        (
            {"steps": [{"normalize": {"method": "min_max"}}, MEAN]},
            "steps.0: there is no 'normalize' here (did you mean 'normalise'?)",
        ),
        (
            {"steps": [{"normalise": {"method": "minmax"}}, MEAN]},
            "steps.0.normalise: there is no 'minmax' here (did you mean 'min_max'?)",
        ),
        (
            {
                "steps": [
                    {"treat": {"win_max": 3}},
                    MIN_MAX,
                    MEAN,
                ]
            },
            "steps.0.treat.win_max: unknown field 'win_max'",
        ),
        (
            {"steps": [{"normalise": {"method": "min_max", "fn": 1}}, MEAN]},
            "steps.0.normalise.fn: unknown field 'fn'",
        ),
        (
            {"steps": [{"normalise": {"method": "base_year_ratio"}}, MEAN]},
            "steps.0.normalise.reversal: is missing",
        ),
        (
            {"steps": [{"normalise": {"method": "min_max", "low": 5, "high": 5}}, MEAN]},
            "low has to be below high",
        ),
        (
            {"indicators": incomes(parent="livign")},
            "indicators.income.parent: there is no node 'livign' (did you mean 'living'?)",
        ),
        (
            {"indicators": incomes(weight=-1)},
            "indicators.income.weight: has to be 0 or more, not -1",
        ),
        (
            {"indicators": incomes(weight=float("nan"))},
            "indicators.income.weight: is a finite number",
        ),
        (
            {"indicators": incomes(weight=float("inf"))},
            "indicators.income.weight: is a finite number",
        ),
        (
            {"indicators": incomes(better="up")},
            "indicators.income.better: there is no 'up' here (one of higher, lower)",
        ),
        (
            {"indicators": incomes(denominator="people")},
            "indicators.income.denominator: there is no denominator 'people'",
        ),
        (
            {"indicators": incomes(goalposts={"lower": 5, "upper": 1})},
            "lower has to be below upper",
        ),
        (
            {"indicators": incomes(concerns=["youth"])},
            "indicators.income.concerns: there is no group of people 'youth'",
        ),
        (
            {"indicators": incomes(measurement_error={"relative": 0.1, "standard_error": 2})},
            "give exactly one of",
        ),
        ({"indicators": incomes(label={"ko": "소득"})}, "indicators.income.label.en: is missing"),
        ({"version": None}, "version: is a text, not null"),
        ({"steps": [MEAN, MIN_MAX]}, "steps: the last step is `aggregate`, once"),
        ({"steps": [MIN_MAX, "treat", MEAN]}, "before they are normalised"),
        (
            {"steps": [{"impute": {"method": "mean", "group": "gdp"}}, MIN_MAX, MEAN]},
            "steps.0.impute.group: there is no group 'gdp'",
        ),
        (
            {"steps": [{"screen": {"keep": ["a"], "drop": ["a"]}}, MIN_MAX, MEAN]},
            "a cannot be both kept and dropped",
        ),
        ({"steps": [{"normalise": {"method": "goalposts"}}, MEAN]}, "income has no goalposts"),
        (
            {"steps": [{"normalise": {"method": "distance_to_target"}}, MEAN]},
            "income has no target",
        ),
        (
            {"steps": [{"normalise": {"method": "distance_to_reference", "reference": "d"}}, MEAN]},
            "steps.0.normalise.reference: there is no unit 'd'",
        ),
        (
            {"steps": [{"normalise": {"method": "base_year_ratio", "reversal": "inverse"}}, MEAN]},
            "no base period for income",
        ),
        ({"periods": {"mode": "cross_section"}}, "`cross_section` names the period"),
    ],
)
def test_what_is_not_right_is_said_with_its_place(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in refusal(tmp_path, **changes)


def test_a_tree_that_goes_round_in_a_circle_is_refused_with_the_circle(tmp_path: Path) -> None:
    nodes = {
        "living": {"label": label("l"), "parent": "health"},
        "health": {"label": label("h"), "parent": "living"},
        "all": {"label": label("all")},
    }
    assert "goes round in a circle: living → health → living" in refusal(tmp_path, nodes=nodes)


def test_two_tops_and_an_empty_node_are_refused(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    del nodes["health"]["parent"]
    assert "health, all have no parent; an index has one top" in refusal(tmp_path, nodes=nodes)
    nodes = document()["nodes"] | {"idle": {"label": label("Idle"), "parent": "all"}}
    assert "nodes.idle: has nothing under it" in refusal(tmp_path, nodes=nodes)


def test_weights_that_sum_to_zero_are_refused(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["income"]["weight"] = entries["rent"]["weight"] = 0
    message = refusal(tmp_path, indicators=entries)
    assert "nodes.living: the weights of its children (income, rent) sum to zero" in message


def test_one_code_means_one_thing(tmp_path: Path) -> None:
    entries = document()["indicators"] | {"living": {"label": label("x"), "parent": "health"}}
    assert "'living' also stands among the nodes" in refusal(tmp_path, indicators=entries)


@pytest.mark.parametrize(
    ("normalise", "refused"),
    [
        ({"method": "min_max"}, "min_max from 0"),
        ({"method": "min_max", "low": 1}, ""),
        ({"method": "z_score"}, "z_score reaches 0"),
        ({"method": "rank"}, ""),
        ({"method": "percentile_rank"}, "percentile_rank begins at 0"),
        ({"method": "borda"}, "borda begins at 0"),
        ({"method": "distance_to_maximum"}, "distance_to_maximum reaches 0"),
    ],
)
@pytest.mark.parametrize(
    "mean",
    [{"method": "geometric"}, {"method": "harmonic"}, {"method": "generalised", "power": -1}],
)
def test_a_mean_that_cannot_take_zero_is_refused_when_the_chain_can_produce_it(
    tmp_path: Path, normalise: dict[str, Any], refused: str, mean: dict[str, Any]
) -> None:
    steps = [{"normalise": normalise}, {"aggregate": mean}]
    if refused:
        assert refused in refusal(tmp_path, steps=steps)
    else:
        assert index(tmp_path, steps=steps).aggregation.aggregate.method == mean["method"]


def test_one_node_may_have_a_geometric_mean_and_its_children_count(tmp_path: Path) -> None:
    nodes = document()["nodes"]
    nodes["all"]["aggregate"] = {"method": "geometric"}
    assert "nodes.all: a geometric mean cannot take zero or less, and living can be" in refusal(
        tmp_path, nodes=nodes
    )


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"kind": "step", "among": [{"treat": {}}, {"skip": "treat"}]}, "there is no step 'treat'"),
        (
            {"kind": "step", "among": [{"treat": {}}, {"normalise": {"method": "rank"}}]},
            "the forms belong to different steps",
        ),
        (
            {"kind": "step", "among": [MIN_MAX, {"normalise": {"method": "rank"}}], "chances": [1]},
            "give as many chances as there are forms",
        ),
        (
            {"kind": "weight_noise", "factor": 0.2, "children_of": ["helth"]},
            "there is no node 'helth' (did you mean 'health'?)",
        ),
        ({"kind": "weight_noise", "factor": 2}, "factor: has to be 1 or less, not 2"),
        (
            {"kind": "leave_out", "among": ["rents"]},
            "there is no indicator or node 'rents' (did you mean 'rent'?)",
        ),
        (
            {"kind": "wieght_noise", "factor": 0.2},
            "there is no 'wieght_noise' here (did you mean 'weight_noise'?)",
        ),
        (
            {"kind": "step", "among": [MEAN, {"aggregate": {"method": "geometric"}}]},
            "a geometric mean cannot take zero or less",
        ),
    ],
)
def test_an_uncertain_choice_has_to_fit_the_index(
    tmp_path: Path, choice: dict[str, Any], said: str
) -> None:
    assert said in refusal(tmp_path, uncertainty={"choices": {"it": choice}})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is not text in UTF-8"),
        (b"a: [1", "line 2"),
        (b"a: 1\na: 2\n", "'a' stands here twice"),
        (b"[]", "the file: is a mapping, with a name before each entry, not []"),
        (b"", "id: is missing"),
    ],
)
def test_a_file_that_is_no_index_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "index.yaml"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=re.escape(said)):
        read_index(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.yaml: No such file"):
        read_index(tmp_path / "nowhere.yaml")


def test_json_is_read_as_well(tmp_path: Path) -> None:
    import json

    write(tmp_path)
    (tmp_path / "index.json").write_text(json.dumps(document()))
    assert read_index(tmp_path / "index.json") == read_index(tmp_path / "index.yaml")
    assert yaml.safe_load((tmp_path / "index.yaml").read_text())["id"] == "town"
