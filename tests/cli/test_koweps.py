"""The welfare panel at the command line: imported, and compared with what the law gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from donghaeng.cli.policy.compare import compare
from donghaeng.cli.population.import_koweps import import_koweps
from donghaeng.rules.faults import BadInput

ASSUMPTIONS = Path(__file__).parents[2] / "examples" / "policy" / "koweps_2016_assumptions.yaml"


def call(*words: str | Path) -> Result:
    app = typer.Typer()
    app.command("import-koweps")(import_koweps)
    app.command("compare")(compare)
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "150"})


@pytest.fixture(scope="module")
def files(shared_data: Callable[[str], Path]) -> tuple[Path, Path]:
    folder = shared_data("koweps_2017_w12")
    return folder / "households.csv.gz", folder / "persons.csv.gz"


@pytest.fixture(scope="module")
def panel(files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("panel") / "koweps"
    assert call("import-koweps", *files, "-o", folder, "--lang", "en").exit_code == 0
    return folder


def test_the_import_prints_rows_weights_and_every_approximation(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    done = call("import-koweps", *files, "-o", tmp_path / "koweps", "--lang", "en")
    assert "6,581" in done.output
    assert "18,470,817" in done.output
    assert "51,245,707" in done.output
    assert "The files have no household weights" in done.output
    manifest = json.loads((tmp_path / "koweps" / "population.json").read_text(encoding="utf-8"))
    printed = " ".join(done.output.split())
    assert all(" ".join(each.split()) in printed for each in manifest["approximations"])


def test_the_import_in_korean_and_as_json(files: tuple[Path, Path], tmp_path: Path) -> None:
    korean = call("import-koweps", *files, "-o", tmp_path / "one")
    assert "가구주의 개인 가중치" in korean.output
    document = json.loads(
        call("import-koweps", *files, "-o", tmp_path / "two", "--format", "json").output
    )
    households = document["households"]
    assert households["in"] == households["out"] + households["refused"] == 6_581
    origins = {each["name"]: each["origin"] for each in document["columns"]}
    assert (origins["financial_property"], origins["region"]) == ("recorded", "approximated")


def test_a_folder_that_holds_something_is_left_alone(panel: Path, files: tuple[Path, Path]) -> None:
    done = call("import-koweps", *files, "-o", panel)
    assert isinstance(done.exception, BadInput)
    assert "is there already" in str(done.exception)
    assert call("import-koweps", *files, "-o", panel, "--replace").exit_code == 0


def test_the_comparison_says_what_is_undetermined_and_why(panel: Path) -> None:
    done = call(
        "compare", panel, "--date", "2016-07", "--benefit", "livelihood_benefit", "--lang", "en"
    )
    assert "Undetermined because this is not known" in done.output
    assert "residential_limit_by_class[large_city]" in done.output


def test_the_comparison_with_assumptions_prints_each_with_its_reason(panel: Path) -> None:
    words: list[str | Path] = ["compare", panel, "--date", "2016-07", "--assume", ASSUMPTIONS]
    words += ["--benefit", "basic_pension", "--why", "--lang", "en"]
    done = call(*words)
    assert "general_conversion_rate = 4.17%: the rate in force since 2019-09-01" in done.output
    assert "Business income (business_income)" in done.output  # keeps out who receives


def test_the_comparison_as_json_is_a_simulation_of_a_day(panel: Path) -> None:
    words: list[str | Path] = [
        "compare",
        panel,
        "--date",
        "2016-07",
        "--assume",
        ASSUMPTIONS,
        "--format",
        "json",
    ]
    document = json.loads(call(*words, "--benefit", "housing_benefit").output)
    assert (document["kind"], document["day"]) == ("simulation", "2016-07-01")
    (housing,) = document["benefits"]
    assert sum(each["rows"] for each in housing["groups"].values()) == 6_581
    assert document["kept_out_by"] is None


def test_the_comparison_in_korean(panel: Path) -> None:
    done = call("compare", panel, "--date", "2016-07", "--benefit", "basic_pension")
    assert "모의계산한 수급 자격과 조사된 수급" in done.output


def test_without_a_date_the_day_of_the_population_is_meant(panel: Path) -> None:
    words: list[str | Path] = ["compare", panel, "--benefit", "basic_pension", "--format", "json"]
    assert json.loads(call(*words).output)["day"] == "2016-07-01"
