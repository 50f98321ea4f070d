"""The command line: exit status 0, 1 or 2, one line for bad input, and formats that programs read."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from donghaeng import cli

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
HOUSEHOLDS = str(EXAMPLES / "households.yaml")
JULY = ("--date", "2024-07")
HOUSEHOLD = {
    "id": "hh1",
    "region": "seoul",
    "programmes": ["safety_income"],
    "housing": {"tenure": "monthly_rent", "deposit": 10_000_000, "monthly_rent": 450_000},
    "assets": {"general": 0, "financial": 5_000_000},
    "persons": [{"id": "p1", "birth_date": "1990-05-01", "earnings": 0}],
}
COMMANDS = [
    *(("household", verb) for verb in ("assess", "curve")),
    *(("law", verb) for verb in ("list", "show", "graph", "check", "diff", "test", "bundle")),
    ("schema",),
]


@dataclass
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, as the shell would."""

    def call(*words: str | Path, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["donghaeng", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


@pytest.fixture
def hh1(tmp_path: Path) -> Path:
    file = tmp_path / "hh1.json"
    file.write_text(json.dumps({"households": [HOUSEHOLD]}), encoding="utf-8")
    return file


def one_line(done: Done) -> str:
    """What a person is told who gave bad input."""
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("donghaeng: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    return done.err


def shell(*words: str, stdin: bytes = b"", code: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    start = code or "from donghaeng.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *words], input=stdin, capture_output=True, check=False
    )


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


def test_every_verb_of_the_program_is_tested_here(run: Run) -> None:
    verbs = {group.name: group.typer_instance for group in cli.app.registered_groups}
    found = {
        (noun, command.name or command.callback.__name__)
        for noun, app in verbs.items()
        for command in app.registered_commands
        if command.callback
    } | {(command.name,) for command in cli.app.registered_commands}
    assert found == set(COMMANDS)


def test_the_version(run: Run) -> None:
    done = run("--version")
    assert done.status == 0
    assert re.fullmatch(r"donghaeng \d+\.\d+\.\S+\n", done.out)


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
    assert unknown["undetermined"][0]["blocked_by"] == ["p2.earnings"]


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
        (("household", "curve", HOUSEHOLDS, "--date", "2021-12"), "2022-07"),
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


# household curve


def test_the_curve_is_a_table_and_json(run: Run) -> None:
    command = ("household", "curve", HOUSEHOLDS, *JULY, "--household", "alone")
    command += ("--to", "2000000", "--step", "1000000")
    table = run(*command, "--lang", "en")
    assert table.status == 0
    assert re.search(r"1,000,000 +341,000 +13,102 .* 1,354,102", table.out)
    points = run(*command, "--format", "json").json["points"]
    assert [point["present"] for point in points] == [1_054_102, 1_354_102, 2_000_000]
    assert points[1]["with_safety_income"] == {"lowest": 1_447_090, "highest": 1_597_090}


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


@pytest.mark.parametrize("name", ["household", "cases", "parameters", "reform"])
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
