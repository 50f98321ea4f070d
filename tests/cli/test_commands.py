"""The command line: exit status 0, 1 or 2, one line for bad input, and formats that programs read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from donghaeng import cli
from donghaeng.cli.schema import NAMES

from .program import EXAMPLES, HOUSEHOLD, HOUSEHOLDS, JULY, REPOSITORY, Run, one_line, shell

# Every verb of the program, and every command without a noun.
COMMANDS = sorted(
    (group.name or "", command.name or getattr(command.callback, "__name__", ""))
    for group in cli.app.registered_groups
    if group.typer_instance is not None
    for command in group.typer_instance.registered_commands
) + [(command.name or "",) for command in cli.app.registered_commands]


# Help.


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_shows_an_example(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.status == 0
    text = " ".join(done.out.split())
    assert f"Example: donghaeng {' '.join(command)}" in text


def test_an_example_of_the_help_names_a_file_that_is_there(run: Run) -> None:
    for command in COMMANDS:
        for file in re.findall(r"examples/[\w.-]+", run(*command, "--help").out):
            assert (REPOSITORY / file).exists(), (command, file)


def test_the_verbs_of_the_program_are_found() -> None:
    verbs = {("household", "assess"), ("law", "check"), ("index", "build")}
    assert verbs <= set(COMMANDS)
    assert ("schema",) in COMMANDS


def test_the_version(run: Run) -> None:
    done = run("--version")
    assert done.status == 0
    assert re.fullmatch(r"donghaeng \d+\.\d+\.\S+\n", done.out)


# Bad input.


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("household", "assess", "nowhere.yaml", *JULY), "nowhere.yaml: No such file"),
        (("household", "assess", ".", *JULY), "directory"),
        (("household", "assess", HOUSEHOLDS, "--date", "1999-01"), "1999"),
        (("household", "assess", HOUSEHOLDS, "--date", "2028-01"), "2028"),
        (("household", "assess", HOUSEHOLDS, "--date", "July"), "July"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--show", "safety_incom"), "safety_income"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--why", "safety_incom"), "safety_income"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--regime", "no_deductoin"), "no_deduction"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--law", "nowhere.json"), "nowhere.json"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--law", HOUSEHOLDS), "not a bundle"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--reform", "nowhere.yaml"), "nowhere.yaml"),
        (("household", "assess", HOUSEHOLDS, *JULY, "--reform", HOUSEHOLDS), "reform"),
        (("household", "curve", HOUSEHOLDS, *JULY, "--household", "nobody"), "nobody"),
        (("household", "curve", HOUSEHOLDS, *JULY, "--person", "nobody"), "nobody"),
        (("household", "curve", HOUSEHOLDS, *JULY, "--step", "0"), "by 0"),
        (("household", "curve", HOUSEHOLDS, "--date", "2021-12"), "residential_limit_by_class"),
        (("law", "show", "livelihood_benefi"), "livelihood_benefit"),
        (("law", "graph", "livelihood_benefi"), "livelihood_benefit"),
        (("law", "diff", *JULY), "--to"),
        (("law", "test", "nowhere.yaml"), "nowhere.yaml"),
        (("law", "bundle", *JULY, "-o", "nowhere/law.json"), "nowhere/law.json"),
        (("law", "bundle", *JULY, "-o", "."), "."),
        (("schema", "housold"), "household"),
    ],
    ids=lambda value: (
        " ".join(value[:2]) + " " + value[-1][-20:] if isinstance(value, tuple) else ""
    ),
)
def test_bad_input_is_one_line_and_status_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in one_line(run(*words))


@pytest.mark.parametrize(
    "changes",
    [
        {"persons": [{"id": "p1", "earnings": -1}]},
        {"persons": []},
        {"regoin": "seoul"},
        {"assets": {"vehicles": [{"value": 1, "treatment": ["full"]}]}},
        {"line\nbreak": 1},
        {"persons": [{"id": f"p{number}"} for number in range(9_000)]},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_bad_household_is_one_line_and_status_2(
    run: Run, tmp_path: Path, changes: dict[str, Any]
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({"households": [HOUSEHOLD | changes]}), encoding="utf-8")
    assert "bad.json: households[0]" in one_line(run("household", "assess", file, *JULY))


@pytest.mark.parametrize(
    "words", [(), ("household",), ("household", "assess"), ("law", "sho"), ("--nonsense",)], ids=str
)
def test_a_command_that_does_not_exist_has_no_traceback(words: tuple[str, ...]) -> None:
    done = shell(*words)
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr


def test_bad_input_in_a_process_of_its_own() -> None:
    done = shell("household", "assess", "nowhere.yaml", *JULY)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr == b"donghaeng: nowhere.yaml: No such file or directory\n"


def test_text_that_cannot_be_printed_is_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "half.json"
    file.write_text(json.dumps({"households": [HOUSEHOLD | {"id": "\ud800"}]}), encoding="utf-8")
    for form in ("json", "table"):
        done = shell("household", "assess", str(file), *JULY, "--format", form)
        assert b"Traceback" not in done.stderr


def test_standard_input_that_is_not_utf_8_is_bad_input() -> None:
    done = shell("household", "assess", "-", *JULY, "--format", "json", stdin=b"\xff\xfe\n")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -c 'from donghaeng.cli import main; main()' law list | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""


# law


def test_the_rules_in_force_are_listed(run: Run) -> None:
    rules = {rule["name"]: rule for rule in run("law", "list", *JULY, "--format", "json").json}
    assert rules["livelihood_benefit"]["citation"] == "국민기초생활 보장법 §8②, §8③"
    assert rules["livelihood_benefit"]["period"] == "month"
    assert rules["safety_income"]["valid_from"] == "2022-07-01"
    early = run("law", "list", "--date", "2022-06", "--format", "json").json
    assert "safety_income" not in {rule["name"] for rule in early}
    assert "생계급여" in run("law", "list", *JULY).out


def test_a_rule_is_shown_with_its_source(run: Run) -> None:
    done = run("law", "show", "livelihood_benefit", *JULY)
    assert "return livelihood_line - recognised_income" in done.out
    assert "국민기초생활 보장법 §8②, §8③" in done.out
    assert run("law", "show", "earnings", *JULY, "--format", "json").json["name"] == "earnings"


def test_a_parameter_is_shown_with_status_and_source(run: Run) -> None:
    shown = run("law", "show", "median_income_table", "--format", "json").json
    first = {(each["from"], each["key"]): each for each in shown["values"]}["2024-01-01", "1"]
    assert first["value"] == "2,228,445"
    assert first["status"] == "press"
    assert first["source"]


@pytest.mark.parametrize("form", ["numba", "numpy"])
def test_the_generated_code_is_python(run: Run, form: str) -> None:
    done = run("law", "show", "livelihood_benefit", *JULY, "--generated", "--form", form)
    assert done.status == 0
    compile(done.out, form, "exec")
    assert "livelihood" in done.out


def test_the_graph_goes_down_to_facts(run: Run) -> None:
    edges = run("law", "graph", "livelihood_benefit", *JULY, "--format", "json").json["edges"]
    assert ["livelihood_benefit", "recognised_income"] in edges
    assert ["work_income", "earnings"] in edges
    assert "digraph" in run("law", "graph", "livelihood_benefit", *JULY, "--dot").out
    assert "근로소득" in run("law", "graph", "livelihood_benefit", *JULY).out


def test_the_law_is_checked_for_every_year(run: Run) -> None:
    cells = run("law", "check", "--format", "json").json["benefits"]
    found = {(cell["benefit"], cell["year"]): cell for cell in cells}
    assert {year for _, year in found} == set(range(2015, 2028))
    assert found["livelihood_benefit", 2024]["coverage"] == "complete"
    assert found["housing_benefit", 2025]["coverage"] == "partial"
    assert "base_rent_table[1, 5]" in found["housing_benefit", 2025]["missing"]


def test_two_days_differ_in_their_numbers(run: Run) -> None:
    done = run("law", "diff", "--date", "2023-07", "--to", "2024-07", "--format", "json")
    changes = {change["name"]: change for change in done.json}
    assert changes["median_income_table[1]"]["before"].startswith("2,077,892")
    assert changes["median_income_table[1]"]["after"].startswith("2,228,445")
    assert "safety_income_line_ratio" not in changes


def test_a_reform_is_one_difference(run: Run) -> None:
    reform = EXAMPLES / "threshold_75.yaml"
    (change,) = run("law", "diff", *JULY, "--reform", reform, "--format", "json").json
    assert change["name"] == "safety_income_line_ratio"
    assert change["before"].startswith("85%")
    assert change["after"].startswith("75%")


def test_cases_that_hold_have_status_0(run: Run) -> None:
    done = run("law", "test", EXAMPLES / "cases.yaml", "--lang", "en")
    assert done.status == 0
    assert "8 of 8 hold" in done.out


def test_a_case_that_fails_has_status_1(run: Run, tmp_path: Path) -> None:
    text = (EXAMPLES / "cases.yaml").read_text(encoding="utf-8")
    file = tmp_path / "cases.yaml"
    file.write_text(text.replace("947_090", "947_080"), encoding="utf-8")
    done = run("law", "test", file, "--format", "json")
    assert done.status == 1
    (failed,) = [outcome for outcome in done.json if not outcome["holds"]]
    assert (failed["expected"], failed["found"]) == (947_080, 947_090)
    assert "7 of 8 hold" in run("law", "test", file, "--lang", "en").out


def test_a_bundle_answers_as_the_law_that_it_was_made_of(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "law.json"
    written = run("law", "bundle", *JULY, "-o", file)
    assert written.status == 0
    command = ("household", "assess", HOUSEHOLDS, *JULY, "--format", "json")
    plain, bundled = run(*command), run(*command, "--law", file)
    assert plain.out == bundled.out
    assert plain.json["law"] == written.out.strip()
    assert os.listdir(tmp_path) == ["law.json"]


def test_a_bundle_keeps_its_reform(run: Run, tmp_path: Path) -> None:
    file, reform = tmp_path / "law.json", EXAMPLES / "threshold_75.yaml"
    run("law", "bundle", *JULY, "-o", file, "--reform", reform)
    command = ("household", "assess", HOUSEHOLDS, *JULY, "--format", "json")
    assert run(*command, "--reform", reform).out == run(*command, "--law", file).out


def test_a_bundle_that_was_changed_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "law.json"
    run("law", "bundle", *JULY, "-o", file)
    file.write_text(file.read_text("utf-8").replace("326_000_000", "327_000_000"), "utf-8")
    assert "hash" in one_line(run("household", "assess", HOUSEHOLDS, *JULY, "--law", file))


# schema


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_printed(run: Run, name: str) -> None:
    schema = run("schema", name).json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


# What a start costs.

LOADED = "import sys; {}; print([m for m in {} if m in sys.modules])"


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["numpy", "numba", "polars", "pydantic", "yaml", "typer", "rich", "altair"]
    done = shell(code=LOADED.format("import donghaeng", heavy))
    assert done.stdout.decode().strip() == "[]"


def test_one_household_is_answered_without_arrays_or_compiler() -> None:
    code = f"""
import sys
from donghaeng.cli import main
sys.argv = ["donghaeng", "household", "assess", {HOUSEHOLDS!r}, "--date", "2024-07",
            "--format", "json", "--why", "safety_income"]
try:
    main()
finally:
    heavy = ["numpy", "numba", "polars", "pyarrow", "altair"]
    print([name for name in heavy if name in sys.modules], file=sys.stderr)
"""
    done = shell(code=code)
    assert done.stderr.decode().strip() == "[]"
    assert json.loads(done.stdout)["date"] == "2024-07-01"
