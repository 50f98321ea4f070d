"""`policy simulate` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from donghaeng.cli.policy import simulate as command
from donghaeng.policy.runs import this_process
from donghaeng.policy.simulate import simulate

from .program import EXAMPLES, Run, one_line

REFORM = EXAMPLES / "policy" / "safety_income_85.yaml"
TINY = EXAMPLES / "population" / "tiny"
ASKED = ("policy", "simulate", REFORM, "--population", TINY, "--date", "2024-07")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The simulation as the library gives it."""
    question = command.ask(REFORM, TINY, "2024-07")
    found = simulate(question, tmp_path_factory.mktemp("expected") / "run", executors=this_process)
    content: dict[str, Any] = json.loads(json.dumps(found.as_json()))
    return content


def reform(folder: Path, **said: object) -> Path:
    file = folder / "reform.yaml"
    named = {"reform": {"ko": "시험", "en": "A test"}, **said}
    file.write_text(yaml.safe_dump(named, allow_unicode=True), encoding="utf-8")
    return file


def test_json_on_the_terminal_is_the_simulation(run: Run, expected: dict[str, Any]) -> None:
    done = run(*ASKED, "--format", "json")
    assert done.status == 0
    assert done.json == expected
    assert done.json["format"] == "donghaeng-simulation-1"


def test_the_answer_comes_first_in_korean_and_english(run: Run) -> None:
    korean, english = run(*ASKED).out, run(*ASKED, "--lang", "en").out
    assert korean.splitlines()[0] == "안심소득 85% (전 가구) — 모의계산"
    assert english.splitlines()[0].endswith("— simulation")
    assert english.index("What it costs.") < english.index("Benefits and contributions")
    assert "Take-up before: everybody entitled receives" in english
    assert "left out, because their income cannot be determined" in english
    assert "parameters that are not official" in english
    assert "공식이 아닌 매개변수가" in korean


def test_results_are_written_whole_and_the_run_is_put_away(
    run: Run, tmp_path: Path, expected: dict[str, Any]
) -> None:
    out = tmp_path / "out"
    done = run(*ASKED, "-o", out, "--households", "--lang", "en")
    assert done.status == 0
    assert f"Written: {out}" in done.out
    assert json.loads((out / "simulation.json").read_text(encoding="utf-8")) == expected
    names = {each.name for each in out.iterdir()}
    assert names == {
        "simulation.json",
        "tables",
        "households",
        *(f"report.{lang}.{kind}" for lang in ("ko", "en") for kind in ("html", "pdf", "xlsx")),
    }
    kept = pl.scan_parquet(out / "households" / "*.parquet").collect()
    assert len(kept) == expected["households_in"]
    assert list(tmp_path.iterdir()) == [out]
    again = one_line(run(*ASKED, "-o", out))
    assert "holds an earlier simulation (--replace, or name a new folder)" in again


def test_a_stopped_command_says_that_the_same_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(command, "_write", stopped)
        done = run(*ASKED, "-o", tmp_path / "out", "--lang", "en")
    assert done.status == 130
    assert "The same command goes on where this one stopped." in done.err
    records = list((tmp_path / ".out.run" / "columns").glob("*.json"))
    assert len(records) == 4
    before = {file: file.stat().st_mtime_ns for file in records}

    def looked(*_: object, **__: object) -> None:
        assert {file: file.stat().st_mtime_ns for file in records} == before

    monkeypatch.setattr(command, "_write", looked)
    assert run(*ASKED, "-o", tmp_path / "out").status == 0
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_says_what_would_be_computed_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = (*ASKED, "-o", out, "--dry-run")
    plan = run(*words, "--format", "json").json
    assert (plan["kind"], plan["households"], plan["partitions"]) == ("plan", 400, 4)
    assert plan["kernels"] == "short"
    assert plan["changes"] == ["stage = hypothesis"]
    told = run(*words, "--lang", "en").out
    assert "Nothing is computed." in told
    assert "short: the reform is computed on top of the baseline" in told
    assert list(tmp_path.iterdir()) == []


def test_everybody_entitled_receiving_costs_more_than_a_model_of_claiming(run: Run) -> None:
    reforms = EXAMPLES / "policy"
    said = run(
        *("policy", "simulate", reforms / "everybody_entitled_receives.yaml"),
        *("--population", TINY, "--date", "2024-07", "--format", "json"),
        *("--take-up", reforms / "take_up" / "claiming.yaml"),
    ).json
    assert said["take_up_before"] == ["신청의 모형", "A model of claiming"]
    assert said["take_up_after"][1] == "everybody entitled receives"
    assert said["budget"]["cost"]["value"] > 0
    assert said["budget"]["losing"]["value"] == 0


@pytest.mark.parametrize("name", ["safety_income_65", "safety_income_75", "safety_income_share_30"])
def test_a_lower_line_or_share_costs_less(run: Run, expected: dict[str, Any], name: str) -> None:
    file = EXAMPLES / "policy" / f"{name}.yaml"
    said = run("policy", "simulate", file, *ASKED[3:], "--format", "json").json
    assert 0 < said["budget"]["cost"]["value"] < expected["budget"]["cost"]["value"]


def test_assumptions_are_listed_with_their_reasons(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "overlay.yaml"
    overlay = {
        "assumptions": {"ko": "가정", "en": "Assumptions"},
        "facts": {"debts": 0},
        "parameters": {"safety_income_asset_limit": 300_000_000},
        "reasons": {"safety_income_asset_limit": "for this test"},
    }
    file.write_text(yaml.safe_dump(overlay, allow_unicode=True), encoding="utf-8")
    said = run(*ASKED, "--assume", file, "--format", "json").json
    listed = {
        each["name"]: (each["status"], each["value"], each["reason"]) for each in said["assumed"]
    }
    assert listed == {
        "debts": ("assumed", "0", ""),
        "safety_income_asset_limit": ("assumed", "300000000", "for this test"),
    }


# Bad input: one line each.


def test_an_unknown_parameter_is_named_with_the_nearest(run: Run, tmp_path: Path) -> None:
    file = reform(tmp_path, parameters={"safety_income_line_rate": "75%"})
    said = one_line(run("policy", "simulate", file, *ASKED[3:]))
    assert "safety_income_line_rate" in said
    assert "safety_income_line_ratio" in said


def test_a_date_out_of_range_is_refused(run: Run) -> None:
    assert "1950-07-01" in one_line(run(*ASKED[:-1], "1950-07"))


def test_a_folder_without_population_is_refused(run: Run, tmp_path: Path) -> None:
    said = one_line(run(*ASKED[:4], tmp_path, "--date", "2024-07"))
    assert "holds no population" in said


def test_a_folder_that_holds_other_things_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    assert "was not written by this command" in one_line(run(*ASKED, "-o", tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["diary.txt"]


def test_an_income_that_is_none_is_refused(run: Run) -> None:
    assert "income" in one_line(run(*ASKED, "--income", "birth_date"))


def test_a_take_up_file_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    assert "nowhere.yaml" in one_line(run(*ASKED, "--take-up", tmp_path / "nowhere.yaml"))


def test_household_figures_need_a_folder(run: Run) -> None:
    assert "-o OUT" in one_line(run(*ASKED, "--households"))


def test_two_runs_do_not_write_the_same_results(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is refused while the first computes, and the first is none the worse."""
    out, said = tmp_path / "out", []
    whole = command._write

    def second_comes(*given: Any) -> None:
        said.append(one_line(run(*ASKED, "-o", out)))
        whole(*given)

    with monkeypatch.context() as patched:
        patched.setattr(command, "_write", second_comes)
        assert run(*ASKED, "-o", out).status == 0
    assert len(said) == 1
    assert "another run is writing these results" in said[0]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    assert run(*ASKED, "-o", out, "--replace").status == 0
