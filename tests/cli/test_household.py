"""`donghaeng household assess` and `curve`: answers for people and for programs."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.household.town import alone, saved_town

from .program import EXAMPLES, HOUSEHOLD, HOUSEHOLDS, JULY, Run, one_line

# household assess


def test_assess_answers_in_the_shape_of_the_issue(run: Run, hh1: Path) -> None:
    done = run("household", "assess", hh1, *JULY, "--format", "json")
    assert (done.status, done.err) == (0, "")
    answer = done.json
    assert list(answer) == ["date", "law", "households"]
    assert answer["date"] == "2024-07-01"
    assert re.fullmatch(r"(sha256:)?[0-9a-f]{16,64}", answer["law"])
    (household,) = answer["households"]
    assert household["id"] == "hh1"
    assert household["amounts"]["safety_income"] == 947_090  # Korea Herald 2024-09-05
    assert household["amounts"]["livelihood_benefit"] == 713_102
    assert household["amounts"]["housing_benefit"] == 341_000
    assert household["flags"]["programme_ended"] is False


def test_null_is_undetermined(run: Run) -> None:
    done = run("household", "assess", HOUSEHOLDS, *JULY, "--format", "json")
    unknown = {each["id"]: each for each in done.json["households"]}["not-all-known"]
    assert unknown["amounts"]["safety_income"] is None
    assert unknown["total"]["present"] is None
    blocked = {each["name"]: each["blocked_by"] for each in unknown["undetermined"]}
    assert blocked["safety_income"] == ["p2.earnings"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["안심소득", "947,090원", "713,102원", "모의계산이며 결정이 아닙니다"]),
        ("en", ["Safety Income", "947,090 won", "713,102 won", "a simulation, not a decision"]),
    ],
)
def test_assess_prints_a_table_in_both_languages(
    run: Run, hh1: Path, language: str, words: list[str]
) -> None:
    done = run("household", "assess", hh1, *JULY, "--lang", language, "--why", "safety_income")
    assert done.status == 0
    for word in words:
        assert word in done.out


def test_a_scenario_is_called_one(run: Run, hh1: Path) -> None:
    after = run("household", "assess", hh1, "--date", "2026-07", "--lang", "en")
    before = run("household", "assess", hh1, *JULY, "--lang", "en")
    assert "A scenario: the programme had ended on this day." in after.out
    assert "A scenario" not in before.out


def test_why_gives_sentences_and_a_tree(run: Run, hh1: Path) -> None:
    done = run(
        *("household", "assess", hh1, *JULY, "--format", "json", "--lang", "en"),
        *("--why", "livelihood_benefit", "--show", "rent_zone"),
    )
    (household,) = done.json["households"]
    (why,) = household["why"]["livelihood_benefit"]
    assert "livelihood benefit is 713,102 won" in why["sentences"][0]
    assert why["tree"]["value"] == 713_102
    assert why["tree"]["citation"] == "국민기초생활 보장법 §8②, §8③"
    assert household["flags"]["rent_zone"] == 1


def test_a_regime_gives_one_number(run: Run, tmp_path: Path) -> None:
    earning = HOUSEHOLD | {"persons": [{"birth_date": "1990-05-01", "earnings": 1_000_000}]}
    file = tmp_path / "earning.json"
    file.write_text(json.dumps({"households": [earning]}), encoding="utf-8")
    command = ("household", "assess", file, *JULY, "--format", "json")
    for options, amount in (
        ((), None),
        (("--regime", "no_deduction"), 447_090),
        (("--regime", "basic_livelihood_deduction,up_to_10_won"), 597_090),
    ):
        (household,) = run(*command, *options).json["households"]
        assert household["amounts"]["safety_income"] == amount


def test_lines_in_lines_out(run: Run) -> None:
    lines = [json.dumps(HOUSEHOLD | {"id": f"h{number}"}) for number in range(3)]
    done = run("household", "assess", "-", *JULY, "--format", "json", stdin="\n".join(lines))
    assert done.status == 0
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["h0", "h1", "h2"]
    assert {answer["amounts"]["safety_income"] for answer in answers} == {947_090}
    assert {answer["date"] for answer in answers} == {"2024-07-01"}


def test_a_broken_line_is_named_after_the_answers_before_it(run: Run) -> None:
    lines = [json.dumps(HOUSEHOLD), json.dumps(HOUSEHOLD | {"id": "hh2"}), "{"]
    done = run("household", "assess", "-", *JULY, "--format", "json", stdin="\n".join(lines))
    assert done.status == 2
    assert len(done.out.splitlines()) == 2
    assert done.err == "donghaeng: standard input: line 3: is not JSON\n"


def test_a_reform_changes_the_answer(run: Run, hh1: Path) -> None:
    # 75 % of 2,228,445, half of it: 835,666.875, to ten won either way 835,670.
    reform = EXAMPLES / "threshold_75.yaml"
    done = run("household", "assess", hh1, *JULY, "--format", "json", "--reform", reform)
    assert done.json["households"][0]["amounts"]["safety_income"] == 835_670
    plain = run("household", "assess", hh1, *JULY, "--format", "json")
    assert done.json["law"] != plain.json["law"]


# household curve


def test_the_curve_is_a_table_and_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # so that no cell is broken
    command = ("household", "curve", HOUSEHOLDS, *JULY, "--household", "alone")
    command += ("--to", "2000000", "--step", "1000000")
    table = run(*command, "--lang", "en")
    assert table.status == 0
    points = run(*command, "--format", "json").json["points"]
    assert [point["earnings"] for point in points] == [0, 1_000_000, 2_000_000]
    # 713,102 − 700,000 of the earnings that count, and the base rent.
    amounts = {name: bounds["lowest"] for name, bounds in points[1]["benefits"].items()}
    assert (amounts["livelihood_benefit"], amounts["housing_benefit"]) == (13_102, 341_000)
    assert re.search(rf"1,000,000 +341,000 +13,102 .* {points[1]['present']:,}", table.out)
    assert "Child" not in table.out  # a benefit that is paid nowhere on the curve has no column


def test_a_curve_of_a_law_without_a_pilot_leaves_its_columns_empty(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "town.json"
    file.write_text(json.dumps({"households": [alone()]}), encoding="utf-8")
    command = ("household", "curve", file, *JULY, "--law", saved_town(tmp_path), "--lang", "en")
    command += ("--regime", "wide", "--to", "1000000", "--step", "500000")
    table = run(*command)
    assert (table.status, table.err) == (0, "")
    # 500,000 earned: 200,000 of support and as much for the rent, less 25,000.
    assert re.search(r"^ *500,000 .* 875,000", table.out, re.MULTILINE)
    points = run(*command, "--format", "json").json["points"]
    assert [point["present"] for point in points] == [900_000, 875_000, 1_150_000]
    assert {point["with_safety_income"] for point in points} == {None}
    svg = tmp_path / "curve.svg"
    assert run(*command, "--svg", svg).status == 0
    ElementTree.fromstring(svg.read_text(encoding="utf-8"))


def test_the_chart_is_written_whole(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "curve.svg"
    done = run(
        *("household", "curve", HOUSEHOLDS, *JULY, "--lang", "en", "--svg", file),
        *("--to", "2000000", "--step", "1000000"),
    )
    assert done.status == 0
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert "alone" in (root[0].text or "")
    assert "1e+06" in (root[2].text or "") or "1000000" in (root[2].text or "")
    assert os.listdir(tmp_path) == ["curve.svg"]


def test_a_chart_that_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    command = ("household", "curve", HOUSEHOLDS, *JULY, "--to", "200000")
    one_line(run(*command, "--svg", tmp_path / "nowhere" / "curve.svg"))
    (tmp_path / "folder").mkdir()
    one_line(run(*command, "--svg", tmp_path / "folder"))
    assert os.listdir(tmp_path) == ["folder"]
