"""``donghaeng index``: lint, build, trace and COINr's tables as a person types them."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from donghaeng.index.framework import read_index

from ..index.small import document, label, write
from .program import EXAMPLES, Run, one_line, shell

INDICES = EXAMPLES / "index"
FIGURES = """unit,period,indicator,value
a,2024,income,10
b,2024,income,20
c,2024,income,30
a,2024,rent,5
b,2024,rent,10
c,2024,rent,15
a,2024,doctors,8
b,2024,doctors,6
c,2024,doctors,4
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A small index of three districts."""
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "figures.csv").write_text(FIGURES)
    return write(folder)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# ---- build ---------------------------------------------------------------------------------------


def test_a_build_leaves_every_data_set_and_says_where(run: Run, town: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "built"
    done = run("index", "build", town, "-o", out, "--lang", "en")
    assert done.status == 0
    assert done.out.splitlines()[-1] == f"Written: {out}"
    assert {file.name for file in out.iterdir()} >= {
        *("raw.csv", "normalised.csv", "aggregated.csv", "scores.csv", "weights.csv"),
        *("ledger.csv", "index.yaml", "build.json"),
    }
    # a: living (0 + 100) / 2, health 100; so 75
    top = [row for row in rows(out / "scores.csv") if row["node"] == "all"]
    assert [(row["unit"], row["score"], row["rank"]) for row in top] == [
        ("a", "75.0", "1"),
        ("b", "50.0", "2"),
        ("c", "25.0", "3"),
    ]


def test_the_table_of_a_build_is_in_order_of_rank_in_both_languages(
    run: Run, town: Path, tmp_path: Path
) -> None:
    english = run("index", "build", town, "-o", tmp_path / "en", "--lang", "en").out.split()
    assert english[:5] == ["All", "Rank", "Unit", "Period", "Score"]
    assert english[5:17] == [
        "1",
        "a",
        "2024",
        "75.00",
        "2",
        "b",
        "2024",
        "50.00",
        "3",
        "c",
        "2024",
        "25.00",
    ]
    korean = run("index", "build", town, "-o", tmp_path / "ko").out
    assert "순위" in korean
    assert "저장함" in korean


def test_a_build_for_programs(run: Run, town: Path, tmp_path: Path) -> None:
    (town.parent / "figures.csv").write_text(FIGURES + "a,2024,incme,3\n")
    said = run("index", "build", town, "-o", tmp_path / "out", "--format", "json").json
    assert said["top"] == "all"
    assert said["scores"][0] == {
        "unit": "a", "period": "2024", "node": "all", "score": 75.0, "rank": 1,
    }  # fmt: skip
    assert said["not_used"] == ["incme"]
    assert said["files"] == sorted(path.name for path in (tmp_path / "out").iterdir())


def test_data_that_the_index_does_not_name_are_said(run: Run, town: Path, tmp_path: Path) -> None:
    (town.parent / "figures.csv").write_text(FIGURES + "a,2024,incme,3\n")
    done = run("index", "build", town, "-o", tmp_path / "out", "--lang", "en")
    assert "In the data, but not in the index: incme" in done.out


def test_a_build_is_the_same_every_time_and_from_anywhere(
    run: Run, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", "build", town, "-o", tmp_path / "one")
    monkeypatch.chdir(town.parent)
    run("index", "build", "index.yaml", "-o", "../two")
    run("index", "build", "./index.yaml", "-o", "../two")  # in place of an earlier one
    first = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}
    second = {file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()}
    assert first == second


def test_a_folder_with_other_things_in_it_is_left_alone(
    run: Run, town: Path, tmp_path: Path
) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "to_a_friend.txt").write_text("…")
    said = one_line(run("index", "build", town, "-o", letters))
    assert "is not empty and was not written by this command (name a new folder)" in said
    assert [file.name for file in letters.iterdir()] == ["to_a_friend.txt"]
    file = letters / "to_a_friend.txt"
    assert "is a file (name a folder)" in one_line(run("index", "build", town, "-o", file))
    one_line(run("index", "build", town, "-o", file / "below"))
    one_line(run("index", "build", town, "-o", "/proc/nowhere"))


def test_an_index_that_is_refused_leaves_the_earlier_build(
    run: Run, town: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("index", "build", town, "-o", out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    (town.parent / "figures.csv").write_text(FIGURES.replace("income,10", "income,ten"))
    said = one_line(run("index", "build", town, "-o", out))
    assert f"{town.parent}/figures.csv: R2:value: 'ten' is not a number" in said
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "town"]


@pytest.mark.parametrize("name", ["cities_europe", "cities_us", "districts", "seoul", "tutorial"])
def test_the_examples_are_built(run: Run, tmp_path: Path, name: str) -> None:
    assert run("index", "build", INDICES / name / "index.yaml", "-o", tmp_path / "o").status == 0


def test_one_city_has_scores_and_no_ranks(run: Run, tmp_path: Path) -> None:
    done = run(
        "index", "build", INDICES / "seoul" / "index.yaml", "-o", tmp_path / "o", "--format", "json"
    )
    by_year = {row["period"]: (round(row["score"], 2), row["rank"]) for row in done.json["scores"]}
    assert by_year == {"2022": (100.0, None), "2023": (111.24, None), "2024": (130.58, None)}


def test_an_interrupted_build_leaves_nothing(tmp_path: Path) -> None:
    codes = [f"i{k}" for k in range(3000)]
    content = document(
        indicators={code: {"label": label(code), "parent": "all"} for code in codes},
        nodes={"all": {"label": label("All")}},
    )
    (tmp_path / "index.yaml").write_text(yaml.safe_dump(json.loads(json.dumps(content))))
    lines = [f"{u},2024,{c},{len(c) + k}" for c in codes for k, u in enumerate("abc")]
    (tmp_path / "figures.csv").write_text("unit,period,indicator,value\n" + "\n".join(lines))
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    start += "from donghaeng.cli import main; main()"
    words = ["index", "build", str(tmp_path / "index.yaml"), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(
        [sys.executable, "-c", start, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1.0)  # it reads, builds or writes; a whole build takes longer on any machine
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    if process.returncode == 0:
        pytest.fail("the build was done before it could be interrupted: make it larger")
    assert process.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.csv", "index.yaml"]


def test_a_reader_that_goes_away_is_no_error(town: Path) -> None:
    code = "from donghaeng.cli import main; main()"
    for words in (["lint", town], ["trace", town, "a.2024.all"]):
        process = subprocess.Popen(
            [sys.executable, "-c", code, "index", *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate()
        assert b"Traceback" not in err
        assert process.returncode in (0, 1)


# ---- lint ----------------------------------------------------------------------------------------


def test_findings_end_with_status_1_and_their_number(run: Run, town: Path) -> None:
    done = run("index", "lint", town, "--lang", "en")
    assert done.status == 1
    assert "27 findings; 3 indicators with a name, 0 without; 0 inputs" in " ".join(
        done.out.split()
    )
    said = run("index", "lint", town, "--format", "json").json
    assert len(said["findings"]) == 27
    assert said["findings"][0] == {
        "rule": "missing-threshold",
        "code": "income",
        "text": "says no threshold: from which figure on somebody counts (or `no_threshold: true`)",
    }
    assert said["kinds"] == {"input": 0, "output": 0, "outcome": 0, "": 3}
    assert "점검 결과 27건" in run("index", "lint", town).out


def test_an_index_that_says_everything_ends_with_status_0(run: Run, tmp_path: Path) -> None:
    complete = {
        "label": label("Places in day care"),
        "parent": "all",
        "unit": "places",
        "kind": "output",
        "source": {"agency": "The city"},
        "measurement_error": "none",
        "definition": {
            "numerator": "Places",
            "no_threshold": True,
            "population": "Children under 6",
            "scope": "City",
            "as_of": "2024",
        },
    }
    file = write(tmp_path, indicators={"care": complete}, nodes={"all": {"label": label("All")}})
    done = run("index", "lint", file, "--lang", "en")
    assert done.status == 0
    assert done.out.startswith("0 findings")


# ---- trace ---------------------------------------------------------------------------------------


def test_a_figure_is_printed_with_its_steps_and_cells(run: Run, town: Path) -> None:
    done = run("index", "trace", town, "a.2024.living", "--lang", "en")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "a.2024.living  Living  50.0"
    assert lines[1] == "  = put together: (1 × 0 + 1 × 100) / 2"
    assert "      ← source: figures.csv!R2:value" in lines
    assert lines[-1] == "Every step was evaluated again and gives the same figure."
    korean = run("index", "trace", town, "a.2024.living").out.splitlines()
    assert korean[1] == "  = 합산: (1 × 0 + 1 × 100) / 2"


def test_a_trace_may_be_cut_and_is_there_for_programs(run: Run, town: Path) -> None:
    short = run("index", "trace", town.parent, "a.2024.all", "--depth", "1").out.splitlines()
    assert len(short) == 3
    said = run("index", "trace", town, "a.2024.all", "--format", "json").json
    assert (said["address"], said["value"], said["equal"]) == ("a.2024.all", 75.0, True)
    assert said["formula"] == "(1 × 50 + 1 × 100) / 2"
    assert [part["address"] for part in said["parts"]] == ["a.2024.living", "a.2024.health"]
    assert "--depth" in one_line(run("index", "trace", town, "a.2024.all", "--depth", "0"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_missing_or_filled_in_is_said_in_words(run: Run, town: Path, language: str) -> None:
    (town.parent / "figures.csv").write_text(FIGURES.replace("a,2024,income,10", "a,2024,income,"))
    steps = {
        "none": [],
        "mean": [{"impute": {"method": "mean"}}],
        "bounds": [{"impute": {"method": "bounds"}}],
    }
    for first in (*steps.values(), [{"impute": {"method": "multiple", "tables": 2}}]):
        write(town.parent, steps=[*first, *document()["steps"]])
        done = run("index", "trace", town, "a.2024.all", "--lang", language)
        assert done.status == 0, done.err


def test_an_address_that_is_not_there_is_answered_with_the_nearest(run: Run, town: Path) -> None:
    said = one_line(run("index", "trace", town, "a.2024.helth"))
    assert "there is no figure 'a.2024.helth' (did you mean 'a.2024.health'?)" in said
    empty = town.parent / "empty"
    empty.mkdir()
    assert "holds no index.yaml" in one_line(run("index", "trace", empty, "a.2024.all"))
    one_line(run("index", "trace", "nowhere", "a.2024.all"))


# ---- COINr's tables ------------------------------------------------------------------------------

META = """Level,iCode,iName,Direction,Weight,Unit,Parent,Type
1,x,First,1,1,points,Index,Indicator
1,y,Second,-1,2,points,Index,Indicator
2,Index,The index,1,1,Score,NA,Aggregate
"""
DATA = """uCode,uName,Time,x,y
A,Alpha,2020,1,9
B,Beta,2020,2,8
C,Gamma,2020,4,NA
"""


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, ...]:
    """COINr's two tables, and the words that name them."""
    (tmp_path / "meta.csv").write_text(META)
    (tmp_path / "data.csv").write_text(DATA)
    return "--structure", str(tmp_path / "meta.csv"), "--data", str(tmp_path / "data.csv")


def test_two_tables_become_an_index_and_go_back(
    run: Run, tables: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "index.yaml"
    done = run("index", "import-coinr", *tables, "-o", file, "--lang", "en")
    assert done.out.splitlines() == [
        f"Written: {file}",
        f"Written: {tmp_path / 'index.data.csv'}",
    ]
    read = read_index(file)
    assert [step.step for step in read.steps] == [
        *("denominate", "impute", "screen", "treat", "normalise", "aggregate")
    ]
    back = ("--structure", str(tmp_path / "m.csv"), "--data", str(tmp_path / "d.csv"))
    assert run("index", "export-coinr", file, *back).status == 0
    assert [row["iCode"] for row in rows(tmp_path / "m.csv")] == ["x", "y", "Index"]
    assert [row["y"] for row in rows(tmp_path / "d.csv")] == ["9.0", "8.0", "NA"]
    run("index", "import-coinr", *back, "-o", tmp_path / "again.yaml")
    again = read_index(tmp_path / "again.yaml")
    assert again.indicators.keys() == read.indicators.keys()
    assert again.indicators["y"] == read.indicators["y"]


def test_a_table_of_several_years_is_a_panel(
    run: Run, tables: tuple[str, ...], tmp_path: Path
) -> None:
    later = DATA.splitlines()[1:]
    (tmp_path / "data.csv").write_text(DATA + "\n".join(later).replace("2020", "2021") + "\n")
    run("index", "import-coinr", *tables, "-o", tmp_path / "index.yaml")
    assert read_index(tmp_path / "index.yaml").periods.mode == "panel"
    done = run("index", "build", tmp_path / "index.yaml", "-o", tmp_path / "o", "--format", "json")
    assert {row["period"] for row in done.json["scores"]} == {"2020", "2021"}


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        (
            "meta",
            "Indicator",
            "Indicater",
            "there is no type 'Indicater' (did you mean 'Indicator'?)",
        ),
        ("meta", "1,y", "1,z", "has no column 'z'"),
        ("meta", "-1,2", "0,2", "'0' is no direction (1 or -1)"),
        ("meta", "-1,2", "-1,inf", "y, Weight: 'inf' is not a number (a number or NA)"),
        ("meta", "Index,Indicator", "Idx,Indicator", "indicators.x.parent: there is no node 'Idx'"),
        ("data", ",9", ",nine", "A, y: 'nine' is not a number (a number or NA)"),
        ("data", "B,Beta", "A,Beta", "A 2020 stands in rows 2 and 3"),
        ("data", "1,9", "1,9,5", "row 2: has 6 cells where the head has 5"),
        ("data", "uCode", "code", "has no column 'uCode'"),
    ],
)
def test_tables_that_do_not_fit_are_refused(
    run: Run, tables: tuple[str, ...], tmp_path: Path, table: str, old: str, new: str, said: str
) -> None:
    file = tmp_path / f"{table}.csv"
    file.write_text(file.read_text().replace(old, new))
    out = tmp_path / "index.yaml"
    assert said in one_line(run("index", "import-coinr", *tables, "-o", out))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "meta.csv"]


def test_neither_file_stands_there_without_the_other(
    run: Run, tables: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "index.yaml").mkdir()
    one_line(run("index", "import-coinr", *tables, "-o", tmp_path / "index.yaml"))
    assert not (tmp_path / "index.data.csv").exists()
    assert "is not a YAML file" in one_line(
        run("index", "import-coinr", *tables, "-o", tmp_path / "index.txt")
    )
    file = tmp_path / "town.yaml"
    run("index", "import-coinr", *tables, "-o", file)
    same = ("--structure", tmp_path / "s.csv", "--data", tmp_path / "s.csv")
    assert "is named for both tables" in one_line(run("index", "export-coinr", file, *same))


def test_asem_is_imported_built_and_traced(
    run: Run, shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = shared_data("asem")
    for data, periods in (
        ("ASEM_iData", {"2018"}),
        ("ASEM_iData_p", {"2018", "2019", "2020", "2021", "2022"}),
    ):
        file = tmp_path / f"{data}.yaml"
        words = ("--structure", folder / "ASEM_iMeta.csv", "--data", folder / f"{data}.csv")
        assert run("index", "import-coinr", *words, "-o", file).status == 0
        out = tmp_path / data
        done = run("index", "build", file, "-o", out, "--format", "json")
        assert {row["period"] for row in done.json["scores"]} == periods
        assert run("index", "trace", file, "KOR.2018.Index", "--depth", "1").status == 0


# ---- what it costs -------------------------------------------------------------------------------


def test_a_schema_is_printed_without_arrays() -> None:
    code = """
import sys
from donghaeng.cli import main
try:
    main()
finally:
    print([name for name in ("numpy", "polars", "scipy") if name in sys.modules], file=sys.stderr)
"""
    for name in ("household", "index", "claims", "reproduction"):
        done = shell("schema", name, code=code)
        assert done.stderr.decode().strip() == "[]", name
        assert json.loads(done.stdout)["type"] == "object"


def test_help_of_the_noun_loads_nothing_heavy() -> None:
    code = """
import sys
sys.argv = ["donghaeng", "index", "--help"]
from donghaeng.cli import main
try:
    main()
finally:
    print([name for name in ("numpy", "polars", "scipy") if name in sys.modules], file=sys.stderr)
"""
    assert shell(code=code).stderr.decode().strip() == "[]"
