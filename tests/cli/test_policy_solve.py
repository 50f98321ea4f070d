"""``donghaeng policy solve`` and ``donghaeng policy frontier`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from donghaeng.cli import app
from donghaeng.rules.faults import BadInput
from tests.policy import people

EXAMPLES = Path(__file__).parents[2] / "examples" / "policy"
LINE = "safety_income_line_ratio"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("town") / "people"
    people.population(folder, 120)
    return str(folder)


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["policy", *words, "--date", "2024-07", "--lang", "en"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def solve(town: str, *words: str) -> str:
    reform = str(EXAMPLES / "safety_income_85.yaml")
    return run("solve", reform, "--population", town, *words)


def test_the_question_of_the_file_is_answered(town: str) -> None:
    reform = str(EXAMPLES / "basic_income_of_equal_cost.yaml")
    said = json.loads(run("solve", reform, "--population", town, "--format", "json"))
    assert said["parameter"] == "basic_income_amount"
    assert said["solution"]["figure"] <= said["target"] < said["neighbour"]["figure"]
    assert said["neighbour"]["value"] == said["value"] + 1


def test_options_ask_in_place_of_the_file(town: str) -> None:
    words = ("--parameter", LINE, "--between", "50%", "100%", "--digits", "0")
    printed = solve(town, *words, "--cost-of", str(EXAMPLES / "safety_income_85.yaml"))
    assert "85%" in printed
    assert "Target, at most" in printed


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "solve.parameter: is not stated"),
        (("--parameter", LINE), "solve.between: is not stated"),
        (("--parameter", LINE, "--between", "50%", "90%"), "0 targets are stated"),
        (
            ("--parameter", LINE, "--between", "50%", "90%", "--budget", "1"),
            "it goes from",
        ),
    ],
)
def test_what_is_missing_is_said(town: str, words: tuple[str, ...], fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        solve(town, *words)


def test_a_frontier_is_planned_written_and_taken_up_again(town: str, tmp_path: Path) -> None:
    sweep = tmp_path / "sweep.yaml"
    sweep.write_text(
        "frontier: {ko: 선, en: Line}\n"
        f"reform: {EXAMPLES / 'safety_income_85.yaml'}\n"
        f"parameters: {{{LINE}: [50%, 70%, 90%]}}\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    words = ("frontier", str(sweep), "--population", town, "-o", str(out))
    assert "3 reforms on 120 households; 0 are done already." in run(*words, "--dry-run")
    assert not out.exists()
    assert "3 reforms, of which" in run(*words, "--budget", "30000000")
    assert sorted(file.name for file in out.iterdir()) == [
        "frontier.csv",
        "frontier.en.html",
        "frontier.json",
        "frontier.ko.html",
        "frontier.parquet",
        "points.jsonl",
    ]
    assert "3 of them done before" in run(*words)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    reform = tmp_path / "reform.yaml"
    reform.write_text(
        "reform: {ko: 안, en: Plan}\nfacts: {stage: hypothesis}\nparameters: {safety_income_share: 40%}\n"
    )
    asked = sweep.read_text()
    sweep.write_text(asked.replace(str(EXAMPLES / "safety_income_85.yaml"), str(reform)))
    with pytest.raises(BadInput, match=r"holds another sweep.*--replace"):
        run(*words)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert ", 0 of them done before" in run(*words, "--replace")
    sweep.write_text(asked)
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(BadInput, match="was not written by this command"):
        run("frontier", str(sweep), "--population", town, "-o", str(other))
