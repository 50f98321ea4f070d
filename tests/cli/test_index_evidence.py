"""`donghaeng index claims` and `index reproduce`, as a person and as a program read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .program import EXAMPLES, Run, one_line

SEOUL = EXAMPLES / "index" / "seoul"


def test_the_published_series_of_seoul(run: Run) -> None:
    done = run("index", "reproduce", SEOUL / "reproduction.yaml", "--lang", "en")
    assert done.status == 1  # 2023 is not reproduced
    lines = done.out.splitlines()
    row = next(line for line in lines if "130.6 (2025-08-04)" in line)
    assert "130.578  [130.528, 130.628]  reproduced" in row
    assert any("111.0 (2025-08-04)" in line and "not reproduced" in line for line in lines)
    assert any("off by at least 0.14" in line for line in lines)
    assert any("(assumed, not published)" in line for line in lines)


def test_the_series_for_programs(run: Run) -> None:
    done = run("index", "reproduce", SEOUL / "reproduction.yaml", "--format", "json")
    figures = {(each["figure"], each["printed"]): each for each in done.json["figures"]}
    found = figures["2024.composite", "130.6"]
    assert found["verdict"] == "reproduced"
    assert found["exact"] == "65289/500"
    assert found["interval"] == {
        "low": 130.528,
        "high": 130.628,
        "exact": ["16316/125", "32657/250"],
        "open": [False, False],
        "about": "rounding",
    }
    assert [each["status"] for each in found["rests_on"]] == ["published", "assumed", "assumed"]
    assert figures["2023.composite", "111.0"]["verdict"] == "not_reproduced"
    assert figures["2023.composite", "111"]["verdict"] == "reproduced"


def test_sentences_about_the_index(run: Run) -> None:
    done = run("index", "claims", SEOUL / "claims_index.yaml", "--lang", "en")
    assert done.status == 1
    assert "off by at least 0.272; the numbers give +65.6 %" in done.out
    assert "not known: the denominator" in done.out


def test_sentences_for_programs(run: Run) -> None:
    done = run("index", "claims", SEOUL / "claims_2023-09-26.yaml", "--format", "json")
    answer = done.json
    assert answer["released"] == "2023-09-26"
    found = {each["id"]: each for each in answer["claims"]}
    assert found["admissions"]["correct"] == "462명"
    assert found["exit_interim"]["verdict"] == "causal_without_assignment"
    assert found["exit_interim"]["arithmetic"] == "holds"
    assert found["work_year_1"]["denominators"] == [476, 478]


def test_what_holds_is_no_finding(run: Run, tmp_path: Path) -> None:
    text = (SEOUL / "claims_index.yaml").read_text(encoding="utf-8")
    file = tmp_path / "claims.yaml"
    file.write_text(
        text.replace('"+65.9 %"', '"+65.6 %"').replace("does_not_hold", "holds"), encoding="utf-8"
    )
    done = run("index", "claims", file, "--lang", "en")
    assert done.status == 0
    assert "does not hold" not in done.out


@pytest.mark.parametrize("command", ["claims", "reproduce"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_both_languages(run: Run, command: str, lang: str) -> None:
    name = "reproduction.yaml" if command == "reproduce" else "claims_2023-09-26.yaml"
    done = run("index", command, SEOUL / name, "--lang", lang)
    assert done.status == 1
    assert ("판정" in done.out) == (lang == "ko")


@pytest.mark.parametrize("command", ["claims", "reproduce"])
def test_a_file_of_another_kind_is_bad_input(run: Run, command: str) -> None:
    name = "reproduction.yaml" if command == "claims" else "claims_index.yaml"
    done = run("index", command, SEOUL / name)
    assert name in one_line(done)
