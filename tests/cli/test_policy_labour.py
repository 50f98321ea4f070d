"""`policy labour` and `policy calibrate-take-up` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from donghaeng.policy.labour import read_settings
from donghaeng.policy.take_up import read_take_up

from .program import EXAMPLES, Run

TINY = EXAMPLES / "population" / "tiny"
REFORM = EXAMPLES / "policy" / "safety_income_85.yaml"
CLAIMING = EXAMPLES / "policy" / "take_up" / "claiming.yaml"
ASKED = ("policy", "labour", REFORM, "--population", TINY, "--date", "2024-07")
TAKE_UP = ("policy", "calibrate-take-up", TINY, CLAIMING, "--date", "2024-07")
LIVELIHOOD = ("--benefit", "livelihood_benefit")


def test_without_a_rung_the_names_that_ship_are_said(run: Run) -> None:
    done = run(*ASKED)
    assert done.status == 2
    assert "no rung of labour supply is taken for granted" in done.err
    for name in ("none", "participation", "elasticities_europe", "pilot"):
        assert name in done.err


def test_a_choice_of_hours_says_what_is_missing(run: Run) -> None:
    done = run(*ASKED, "--rung", "discrete_choice")
    assert done.status == 2
    assert "hours of work, which no population records" in done.err


def test_two_rungs_print_side_by_side_and_are_written_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    rungs = ("--rung", "none", "--rung", "participation", "--not-known", "unchanged")
    done = run(*ASKED, *rungs, "--calibrate-to-pilot", "income", "-o", out, "--lang", "en")
    assert done.status == 0, done.err
    assert "Rungs side by side" in done.out
    assert "No response of work" in done.out
    assert "nobody has wages or a business. What they could earn is not known" in done.out
    content = json.loads((out / "labour.json").read_text(encoding="utf-8"))
    assert content["kind"] == "simulation"
    none, participation, calibrated = content["rungs"]
    assert none["cost"] == content["static_cost"]
    assert participation["everyone"]["points"]["value"] < 0
    assert calibrated["treated_heads_points"]["value"] == pytest.approx(-10.4, abs=0.5)
    settings = read_settings(out / "participation_as_in_pilot.yaml")
    assert settings.parameters[-1].status.value == "calibrated"
    for language in ("ko", "en"):
        assert "<svg" in (out / f"labour.{language}.html").read_text(encoding="utf-8")
        assert (out / f"labour.{language}.pdf").read_bytes().startswith(b"%PDF")
    again = run(*ASKED, "--rung", "none", "-o", out)
    assert again.status == 2
    assert "--replace" in again.err


def test_a_simulation_may_have_the_rungs_as_a_section(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ("policy", "simulate", REFORM, "--population", TINY, "--date", "2024-07")
    rungs = ("--labour", "none", "--labour", "pilot", "--not-known", "unchanged")
    done = run(*asked, *rungs, "-o", out, "--lang", "en")
    assert done.status == 0, done.err
    assert "Rungs side by side" in done.out
    assert "What it costs." in done.out
    content = json.loads((out / "labour.json").read_text(encoding="utf-8"))
    static = json.loads((out / "simulation.json").read_text(encoding="utf-8"))
    main = next(each for each in static["readings"] if each["main"])
    assert content["rungs"][0]["cost"]["value"] == main["cost"]["value"]
    assert "노동공급 모형 비교" in (out / "report.ko.html").read_text(encoding="utf-8")
    assert run(*asked, "--labour", "discrete_choice").status == 2


def test_take_up_meets_a_stated_caseload_and_says_where_it_comes_from(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "calibrated.yaml"
    said = ("--caseload", "40000", "--source", "a round number", "-o", out)
    done = run(*TAKE_UP, *LIVELIHOOD, *said, "--format", "json")
    assert done.status == 0, done.err
    assert done.json["claimed_after"] == pytest.approx(40_000)
    assert done.json["claimed_before"] > 40_000
    before, after = read_take_up(CLAIMING), read_take_up(out)
    found = after.of("livelihood_benefit")
    assert found.who == "model"
    assert found.cost.status.value == "calibrated"
    assert found.cost.source == "met a caseload of 40,000: a round number"
    others = [name for name in before.benefits if name != "livelihood_benefit"]
    assert [after.of(name) for name in others] == [before.of(name) for name in others]


def test_a_caseload_that_cannot_be_reached_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "calibrated.yaml"
    done = run(*TAKE_UP, *LIVELIHOOD, "--caseload", "400000", "--source", "too many", "-o", out)
    assert done.status == 2
    assert "who are entitled" in done.err
    assert not out.exists()


def test_an_estimate_that_chance_explains_is_told_and_not_written(run: Run, tmp_path: Path) -> None:
    """Of the made-up households receipt was drawn without looking at the amount."""
    out = tmp_path / "fitted.yaml"
    done = run(*TAKE_UP, *LIVELIHOOD, "--fit", "-o", out, "--lang", "en")
    assert done.status == 1
    assert "Standard error of the cost" in done.out
    assert done.err.count("\n") == 1
    assert "not sure to rise with the amount" in done.err
    assert not out.exists()


def test_take_up_as_recorded_needs_the_record(run: Run, tmp_path: Path) -> None:
    said = {"who": "recorded", "column": "received_basic_pension"}
    title = {"ko": "기록대로", "en": "As recorded"}
    file = tmp_path / "take_up.yaml"
    file.write_text(
        yaml.safe_dump({"title": title, "seed": 1, "benefits": {"basic_pension": said}})
    )
    asked = ("--population", TINY, "--date", "2024-07", "--take-up", file)
    for done in (
        run("policy", "simulate", REFORM, *asked),
        run("policy", "calibrate-take-up", TINY, file, "--date", "2024-07", *LIVELIHOOD, "--fit"),
    ):
        assert done.status == 2
        assert "no column 'received_basic_pension' of persons" in done.err
        assert "by which basic_pension is to be claimed" in done.err


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ((*LIVELIHOOD,), "either a caseload or recorded receipt"),
        ((*LIVELIHOOD, "--caseload", "10"), "where the caseload comes from is not said"),
        (("--benefit", "livelihood", "--fit"), "is no benefit of this law"),
        (("--benefit", "earned_income_credit_year", "--fit"), "is claimed as 'share'"),
        (("--benefit", "basic_pension", "--fit"), "does not record received_basic_pension"),
    ],
)
def test_what_is_missing_is_said_in_one_line(run: Run, said: tuple[str, ...], fault: str) -> None:
    done = run(*TAKE_UP, *said)
    assert done.status == 2
    assert fault in done.err
    assert "Traceback" not in done.err


def test_calibrated_take_up_gives_the_caseload_in_a_simulation(run: Run, tmp_path: Path) -> None:
    """Claims are drawn then: with some 130 households entitled, their number lies near the expected one."""
    out, same = tmp_path / "calibrated.yaml", tmp_path / "same.yaml"
    same.write_text(
        yaml.safe_dump({"reform": {"ko": "그대로", "en": "No change"}}, allow_unicode=True)
    )
    said = ("--caseload", "80000", "--source", "a round number", "-o", out)
    assert run(*TAKE_UP, *LIVELIHOOD, *said).status == 0
    asked = ("--population", TINY, "--date", "2024-07", "--take-up", out, "--format", "json")
    done = run("policy", "simulate", same, *asked)
    amounts = {each["name"]: each for each in done.json["amounts"]}
    recipients = amounts["livelihood_benefit"]["recipients"]["before"]
    assert abs(recipients["value"] - 80_000) < 20_000
