"""``donghaeng index audit``: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import polars
import pytest

from .program import EXAMPLES, Run, one_line

SEOUL = EXAMPLES / "index" / "seoul" / "index.yaml"
TUTORIAL = EXAMPLES / "index" / "tutorial" / "index.yaml"
FEW = ("--draws", "256", "--lang", "en")


def test_the_answer_is_printed_with_its_caution(run: Run) -> None:
    done = run("index", "audit", SEOUL, *FEW)
    assert done.status == 0
    text = " ".join(done.out.split())
    assert "What holds. From 2022 to 2024 the index rose in 100.0 % of all draws" in text
    assert "Correlations need not be influence." in text
    assert done.err == ""


def test_it_is_printed_in_korean(run: Run) -> None:
    done = run("index", "audit", SEOUL, "--draws", "256")
    assert "「약자동행지수」 감사 보고서" in done.out
    assert "확실한 것." in done.out


def test_json_holds_every_section(run: Run) -> None:
    told = run("index", "audit", TUTORIAL, "--format", "json", "--draws", "256").json
    assert told["uncertainty"]["draws"] == 256
    assert told["uncertainty"]["failures"] == 0
    assert told["period"]
    assert {"data", "coherence", "sensitivity", "left_out", "added_value", "significance"} <= set(
        told
    )


def test_the_same_seed_gives_the_same_numbers_for_any_threads(run: Run) -> None:
    first, second = (
        run("index", "audit", TUTORIAL, "--format", "json", "--draws", "5000", *more).out
        for more in (("--seed", "7"), ("--seed", "7", "--threads", "2"))
    )
    assert first == second
    other = run("index", "audit", TUTORIAL, "--format", "json", "--draws", "5000", "--seed", "8")
    assert other.out != first


def test_the_folder_holds_the_result_and_both_languages(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "audit"
    done = run("index", "audit", SEOUL, *FEW, "--out", out)
    assert done.out.splitlines()[-1] == f"Written: {out}"
    assert {file.name for file in out.iterdir()} == {
        "audit.json",
        *(f"audit.{lang}.{kind}" for lang in ("ko", "en") for kind in ("html", "pdf", "docx")),
    }
    assert json.loads((out / "audit.json").read_text())["index"] == "seoul_going_together"
    assert (out / "audit.ko.html").read_text().startswith('<!DOCTYPE html>\n<html lang="ko">')


def test_a_folder_with_something_else_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "was not written by this command" in one_line(
        run("index", "audit", SEOUL, *FEW, "--out", tmp_path)
    )
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_the_ledger_has_a_line_for_every_draw(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draws.parquet"
    run("index", "audit", SEOUL, *FEW, "--draw-ledger", file)
    ledger = polars.read_parquet(file)
    assert ledger.height == 256
    assert set(ledger["mean"]) == {"arithmetic", "geometric"}
    bounds = ledger["rounding[seoul.2024.housing]"]
    assert 120.25 <= bounds.min() < bounds.max() < 120.35  # type: ignore[operator]


def test_a_saved_run_is_taken_up_and_another_one_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "run.npz"
    first = run("index", "audit", SEOUL, *FEW, "--resume", file)
    assert file.is_file()
    assert run("index", "audit", SEOUL, *FEW, "--resume", file).out == first.out
    refused = run("index", "audit", SEOUL, *FEW, "--resume", file, "--seed", "5")
    assert "another seed, index or choice" in one_line(refused)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--draws", "1"), "1 draws"),
        (("--period", "2050"), "no figures of '2050'"),
        (("--threads", "0"), "0 threads"),
        (("--draw-ledger", "draws.xlsx"), "neither .csv nor .parquet"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    assert said in one_line(run("index", "audit", SEOUL, *words))


def test_a_choice_that_cannot_be_carried_out_is_named(run: Run, tmp_path: Path) -> None:
    for name in ("index.yaml", "figures.csv"):
        content = (TUTORIAL.parent / name).read_text()
        (tmp_path / name).write_text(
            content.replace(
                "    weights: {kind: weight_noise, factor: 0.25}",
                "    points: {kind: parameter, of: treat.most_points, low: 1, high: 3, whole: true}",
            )
        )
    fault = one_line(run("index", "audit", tmp_path / "index.yaml", *FEW))
    assert "uncertainty.choices.points" in fault
    assert "there is no step 'treat'" in fault
