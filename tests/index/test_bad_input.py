"""Whatever is wrong with an index file or its table: one line, nothing else, and nothing left behind."""

from __future__ import annotations

import copy
import math
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghaeng.index.chain import Build, build
from donghaeng.index.chain.tables import files_of
from donghaeng.index.framework import read_index
from donghaeng.index.panel import read_panel
from donghaeng.index.trace import addresses, trace
from donghaeng.rules import BadInput
from donghaeng.sources.observations import read_observations
from donghaeng.sources.whole_folders import write_folder

from .small import FIGURES, document, label, yaml_text

HEAD = "unit,period,indicator,value"
ROWS = [
    f"{unit},2024,{code},{value:g}" for code, by in FIGURES.items() for unit, value in by.items()
]
MIN_MAX = {"normalise": {"method": "min_max"}}
MEAN = {"aggregate": {"method": "arithmetic"}}


def placed(folder: Path, rows: list[str] | None = None, head: str = HEAD, **changes: Any) -> Path:
    """The small index as two files in ``folder``."""
    content = "\n".join([head, *(ROWS if rows is None else rows)]) + "\n"
    (folder / "figures.csv").write_text(content, encoding="utf-8")
    (folder / "index.yaml").write_text(yaml_text(document(**changes)), encoding="utf-8")
    return folder / "index.yaml"


def done(file: Path) -> Build:
    """The index read, built and written, as the command does it."""
    index = read_index(file)
    of = build(index, read_panel(index, file.parent))
    write_folder(file.parent / "out", files_of(of), mark="build.json")
    return of


def refusal(file: Path) -> str:
    """The line with which it is refused; nothing was written."""
    before = sorted(path.name for path in file.parent.iterdir())
    with pytest.raises(BadInput) as refused:
        done(file)
    assert sorted(path.name for path in file.parent.iterdir()) == before
    said = str(refused.value)
    assert said.splitlines() == [said]
    return said


def row(code: str, value: str, unit: str = "a", period: str = "2024") -> str:
    return f"{unit},{period},{code},{value}"


def with_income(value: str) -> list[str]:
    """The rows with another income of a."""
    return [row("income", value) if each.startswith("a,2024,income") else each for each in ROWS]


# ---- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-inf", "Infinity", "1e999", "-1e999"])
def test_what_is_no_number_is_refused_in_the_table(tmp_path: Path, text: str) -> None:
    said = refusal(placed(tmp_path, with_income(text)))
    assert f"{tmp_path}/figures.csv: R2:value: '{text}' is not a number (a finite number" in said


@pytest.mark.parametrize(
    "text", ["=1+1", "1,000", "5%", "0x10", "1_000", "１２", "½", "TRUE", "#N/A"]
)
def test_what_only_looks_like_a_number_is_refused(tmp_path: Path, text: str) -> None:
    cell = f'"{text}"' if "," in text else text
    assert f"R2:value: '{text}' is not a number" in refusal(placed(tmp_path, with_income(cell)))


def test_a_figure_that_would_run_over_is_refused(tmp_path: Path) -> None:
    said = refusal(placed(tmp_path, with_income("1e60")))
    assert "unit a, period 2024, indicator income: 1e+60 is larger than any figure" in said


def test_a_quotient_that_would_run_over_is_refused(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["income"]["denominator"] = "people"
    people = [row("people", "1e-300", unit) for unit in "abc"]
    file = placed(
        tmp_path,
        [*ROWS, *people],
        indicators=entries,
        denominators={"people": {"label": label("People")}},
        steps=["denominate", MIN_MAX, MEAN],
    )
    assert "steps.denominate: income a 2024 becomes 1e+301, larger than any figure" in refusal(file)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [*ROWS, row("income", "3")],
            "indicator income: stands twice: figures.csv!R2:value and figures.csv!R11:value",
        ),
        ([*ROWS, row("income", "3", unit="d")], "holds the unit 'd', which the index does not"),
        (["a,2024", *ROWS], "R2: 2 cells under 4 names"),
        ([*ROWS, '"a,2024,income,3'], "line 11: is no CSV"),
        ([each.replace("income", "incme") for each in ROWS], "(did you mean 'incme'?)"),
        ([each.replace("2024", "24") for each in ROWS], "period '24' is in no known form (2024, "),
        ([], "income: has no figure at all"),
        ([row(code, "", unit) for code in FIGURES for unit in "abc"], "income: has no figure at all"),
        (
            [row("income", "7", unit) if ",income," in each else each
             for each, unit in zip(ROWS, "abcabcabc", strict=True)],
            "indicators.income: min_max finds no scale: the figures are the same everywhere",
        ),
        ([each for each in ROWS if each.startswith("a,")], "min_max finds no scale"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_is_refused(tmp_path: Path, rows: list[str], said: str) -> None:
    assert said in refusal(placed(tmp_path, rows))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no names of columns in the first row"),
        (bytes(range(256)), "is not utf-8 text"),
        ("unit,period,indicator,value\na,2024,소득,1\n".encode("cp949"), "(encoding cp949?)"),
        (b"unit;period;indicator;value\n", "unknown column 'unit;period;indicator;value' (a long"),
        (b"unit,period,income\na,2024,1\n", "unknown column 'income' (a long table has unit, "),
        (b"unit,period,indicater,value\na,2024,x,1\n", "(did you mean 'indicator'?)"),
        (b"unit,unit,indicator,value\n", "two columns are named 'unit'"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = placed(tmp_path)
    (tmp_path / "figures.csv").write_bytes(content)
    assert said in refusal(file)


@pytest.mark.parametrize("name", ["nowhere.csv", "", ".", "x\0y.csv", "a" * 500 + ".csv", "f.txt"])
def test_a_table_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    file = placed(tmp_path, data={"file": name})
    if "\0" in name:
        file.write_text(file.read_text().replace(r'"x\0y.csv"', '"x\\0y.csv"'))
    refusal(file)


@pytest.mark.parametrize(
    "change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")]
)
def test_marks_and_ends_of_lines_of_other_systems_are_read(tmp_path: Path, change: Any) -> None:
    plain = done(placed(tmp_path))
    for name in ("index.yaml", "figures.csv"):
        file = tmp_path / name
        file.write_bytes(change(file.read_text(encoding="utf-8")).encode())
    numpy.testing.assert_array_equal(done(tmp_path / "index.yaml").scores, plain.scores)


def test_several_periods_are_refused_unless_they_are_declared(tmp_path: Path) -> None:
    rows = [*ROWS, row("income", "3", period="2023")]
    said = refusal(placed(tmp_path, rows, periods={}))
    assert "period: holds figures of 2023, 2024, and the index does not say which" in said
    assert '(periods: {mode: panel}, or {mode: cross_section, cross_section: "2024"})' in said
    section = {"mode": "cross_section", "cross_section": "2024"}
    assert done(placed(tmp_path, rows, periods=section)).panel.periods == ("2024",)
    assert done(placed(tmp_path, rows, periods={"mode": "panel"})).panel.periods == ("2023", "2024")


def test_an_indicator_of_another_year_is_refused_unless_it_says_so(tmp_path: Path) -> None:
    rows = [each.replace("2024,rent", "2022,rent") for each in ROWS]
    section = {"mode": "cross_section", "cross_section": "2024"}
    said = refusal(placed(tmp_path, rows, periods=section))
    assert "rent: has no figure of 2024, but of 2022" in said
    entries = document()["indicators"]
    entries["rent"]["period"] = "2022"
    done(placed(tmp_path, rows, periods=section, indicators=entries))


@pytest.mark.parametrize(
    ("first", "second"), [("2023-S1", "2023-S2"), ("2023-Q4", "2024-Q1"), ("2023-12", "2024-02"),
                          ("2023-12-31", "2024-01-01")],
)  # fmt: skip
def test_gaps_are_filled_from_halves_quarters_months_and_days(
    tmp_path: Path, first: str, second: str
) -> None:
    rows = [each.replace("2024", first) for each in ROWS]
    rows += [each.replace("2024", second) for each in with_income("")]
    of = done(placed(tmp_path, rows, steps=[{"impute": {"method": "latest"}}, MIN_MAX, MEAN]))
    assert of.data_set("imputed").values[3, 0] == 10


def test_a_table_with_holes_is_built_and_what_is_missing_stays_missing(tmp_path: Path) -> None:
    rows = [*ROWS, row("income", "3", period="2023"), row("rent", "2", "b", "2023")]
    of = done(placed(tmp_path, rows))
    assert math.isnan(of.score("c", "2023", "all"))
    assert math.isnan(of.score("a", "2023", "health"))
    # income of a in 2023: the lowest of 3 to 30, and all there is
    assert of.score("a", "2023", "all") == 0


# ---- the file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [math.nan, math.inf, -1, 1e60, True, "1", "NaN", 10**400])
def test_a_weight_is_a_number_of_zero_or_more(tmp_path: Path, weight: Any) -> None:
    entries = document()["indicators"]
    entries["income"]["weight"] = weight
    assert "indicators.income.weight: " in refusal(placed(tmp_path, indicators=entries))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 1.10}, "version: put it in quotes: without them 1.10 is the number 1.1"),
        ({"units": {"kind": "city", "members": {}}}, "units.members: is empty"),
        ({"periods": {"base": "2022-13"}}, "periods.base: is no period: 2024, 2024-S1, 2024-Q1"),
        ({"steps": []}, "steps: is empty"),
        ({"steps": "treat"}, "steps: is a list"),
        ({"nodes": 3}, "nodes: is a mapping"),
        ({"id": "a/b"}, "id: is no code"),
        ({"label": {"ko": "\x1b[31m", "en": "x"}}, "label.ko: holds a sign that no text has"),
        ({"label": {"ko": "", "en": "x"}}, "label.ko: is empty"),
        (
            {"steps": [{"weigh": {"method": "entropy"}}, MIN_MAX, MEAN]},
            "steps: figures are normalised before they are weighed",
        ),
        (
            {"steps": [{"normalise": {"method": "scaled", "lowest": 1, "highest": 1}}, MEAN]},
            "lowest has to be below highest",
        ),
        (
            {"steps": [{"normalise": {"method": "goalposts", "low": 9, "high": 1}}, MEAN]},
            "low has to be below high",
        ),
        (
            {
                "steps": [
                    {
                        "normalise": {
                            "method": "base_year_ratio",
                            "reversal": "inverse",
                            "floor": 200,
                            "cap": 100,
                        }
                    },
                    MEAN,
                ]
            },
            "floor has to be below cap",
        ),
        (
            {"steps": [{"treat": {"most_points": 2.5}}, MIN_MAX, MEAN]},
            "steps.0.treat.most_points: is a whole number, not 2.5",
        ),
        (
            {"nodes": document()["nodes"] | {"all": {"label": label("All"), "given": True}}},
            "nodes.all.given: is the index itself",
        ),
    ],
)
def test_a_word_of_the_wrong_kind_is_refused(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in refusal(placed(tmp_path, **changes))


def indicator(**changes: Any) -> dict[str, Any]:
    entries = document()["indicators"]
    entries["income"] |= changes
    return dict(entries)


def test_what_stands_beside_an_indicator_has_to_be_used(tmp_path: Path) -> None:
    people = {"people": {"label": label("People")}}
    said = refusal(
        placed(tmp_path, indicators=indicator(denominator="people"), denominators=people)
    )
    assert "indicators.income.denominator: names a denominator, but no step divides" in said


def test_limits_are_in_order(tmp_path: Path) -> None:
    said = refusal(placed(tmp_path, indicators=indicator(limits=[5, 1])))
    assert "indicators.income.limits: the lowest possible value has to be below" in said


@pytest.mark.parametrize("target", [10, 5])
def test_a_target_that_all_have_reached_makes_no_scale(tmp_path: Path, target: float) -> None:
    own = {"method": "distance_to_target"}
    said = refusal(placed(tmp_path, indicators=indicator(target=target, normalise=own)))
    assert f"no figure is worse than its target of {target} (another target, or goalposts)" in said


def test_an_index_of_placeholders_only_has_no_figures(tmp_path: Path) -> None:
    entries = document()["indicators"]
    for entry in entries.values():
        entry["naming"] = "placeholder"
    assert "no indicator has a name" in refusal(placed(tmp_path, indicators=entries))


def test_units_of_one_name_are_told_apart(tmp_path: Path) -> None:
    members = {unit: {"label": {"ko": "고성군", "en": unit}} for unit in "abc"}
    said = refusal(placed(tmp_path, units={"kind": "district", "members": members}))
    assert "units.members.b.label.ko: a and b have the same name '고성군'" in said


@pytest.mark.parametrize("code", ["unit", "period", "table", "case"])
def test_a_code_is_no_name_of_a_column(tmp_path: Path, code: str) -> None:
    entries = dict(zip((code, "b", "c"), indicator().values(), strict=True))
    assert f"indicators.{code}: '{code}' is the name of a column" in refusal(
        placed(tmp_path, indicators=entries)
    )


@pytest.mark.parametrize(
    "code", ["aggregated", "scores", "소득 지표", "a.b", "2024", "node", "nan"]
)
def test_other_codes_are_codes(tmp_path: Path, code: str) -> None:
    entries = indicator()
    entries[code] = entries.pop("income")
    rows = [each.replace("income", code) for each in ROWS]
    of = done(placed(tmp_path, rows, indicators=entries))
    assert of.score("a", "2024", "living") == 50


@pytest.mark.parametrize(
    "code", ["=1+1", "+1", "-1", "@x", "a,b", 'a"b', "a\nb", "a ", " a", "a;b"]
)
def test_a_code_that_a_spreadsheet_would_run_is_refused(tmp_path: Path, code: str) -> None:
    entries = indicator()
    entries[code] = entries.pop("income")
    assert "is no code" in refusal(placed(tmp_path, indicators=entries))
    members = {unit: {"label": label(unit)} for unit in ("a", "b", code)}
    said = refusal(placed(tmp_path, units={"kind": "district", "members": members}))
    assert "is no code" in said


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(A1)"])
def test_a_text_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path, name: str) -> None:
    """The only text of a stranger that reaches a table of a build: the codes of data that are not used."""
    rows = [*ROWS, row(f'"{name}"', "3")]
    of = done(placed(tmp_path, rows))
    assert of.panel.not_used == (name,)
    ledger = (tmp_path / "out" / "ledger.csv").read_text(encoding="utf-8")
    assert f"'{name}" in ledger
    for file in (tmp_path / "out").glob("*.csv"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert not any(cell.startswith(("=", "+", "@")) for cell in line.split(","))


@pytest.mark.parametrize(
    ("word", "remedy"), [("NO", "(put it in quotes)"), ("2024-01-01", "(put it in quotes)")]
)
def test_a_code_that_yaml_reads_as_something_else_is_put_in_quotes(
    tmp_path: Path, word: str, remedy: str
) -> None:
    file = placed(tmp_path)
    text = file.read_text()
    file.write_text(text.replace("    a:\n", f"    {word}:\n", 1))
    assert file.read_text() != text
    said = refusal(file)
    assert "units.members" in said
    assert remedy in said


def chain(length: int) -> dict[str, Any]:
    nodes: dict[str, Any] = {"n0": {"label": label("n0")}}
    for k in range(1, length):
        nodes[f"n{k}"] = {"label": label(f"n{k}"), "parent": f"n{k - 1}"}
    return nodes


def test_a_tree_may_be_a_hundred_levels_deep(tmp_path: Path) -> None:
    for length, refused in ((100, False), (101, True), (5000, True)):
        entries = {
            code: entry | {"parent": f"n{length - 1}"} for code, entry in indicator().items()
        }
        file = placed(tmp_path, nodes=chain(length), indicators=entries)
        if refused:
            assert "stands more than 100 levels deep" in refusal(file)
        else:
            of = done(file)
            assert of.score("b", "2024", "n0") == of.score("b", "2024", "n99")


def test_two_thousand_indicators_are_no_trouble(tmp_path: Path) -> None:
    codes = [f"i{k}" for k in range(2000)]
    entries = {code: {"label": label(code), "parent": "all"} for code in codes}
    rows = [row(code, str(k % 7 + place), unit) for k, code in enumerate(codes)
            for place, unit in enumerate("abc")]  # fmt: skip
    of = done(placed(tmp_path, rows, indicators=entries, nodes={"all": {"label": label("All")}}))
    assert of.score("c", "2024", "all") == pytest.approx(100)


# ---- anything else -------------------------------------------------------------------------------

SEED = document(
    periods={"mode": "panel", "base": "2023"},
    indicators={
        code: entry | {"goalposts": {"lower": 0, "upper": 50}, "target": 60, "limits": [0, 100]}
        for code, entry in document()["indicators"].items()
    },
    groups={"zone": {"ko": "권역", "en": "Zone"}},
    peers={"two": {"label": label("Two"), "units": ["a", "b"]}},
    steps=["denominate", {"impute": {"method": "mean"}}, "screen", "treat", MIN_MAX, MEAN],
)
JUNK = st.one_of(
    st.sampled_from(
        [None, True, "", "x", [], {}, -1, 0, 1, 2.5, 1e30, 1e308, math.nan, math.inf, "=1", "2024", "a", "all",
         "living", "income", "mean", "min_max", "geometric", "copeland", "two", "panel", 10**400]
    ),
    st.integers(-5, 3000),
    st.floats(),
    st.text(max_size=6),
)  # fmt: skip
NORMALISATIONS = st.sampled_from(
    [
        {"method": "min_max", "low": 1},
        {"method": "min_max", "peers": "two"},
        {"method": "z_score", "over": "period"},
        {"method": "scaled"},
        {"method": "goalposts"},
        {"method": "rank"},
        {"method": "percentile_rank"},
        {"method": "distance_to_maximum"},
        {"method": "distance_to_reference", "reference": "b"},
        {"method": "distance_to_target"},
        {"method": "fraction_of_maximum"},
        {"method": "base_year_ratio", "reversal": "inverse"},
        {"method": "none"},
    ]
)
AGGREGATIONS = st.sampled_from(
    [
        {"method": "geometric"},
        {"method": "harmonic"},
        {"method": "median"},
        {"method": "generalised", "power": 3},
        {"method": "mazziotta_pareto"},
        {"method": "mean_minimum"},
        {"method": "copeland"},
        {"method": "ordered_average", "order_weights": [2, 1]},
        {"method": "arithmetic", "least_available": 0.7},
    ]
)
IMPUTATIONS = st.sampled_from(
    [
        {"method": "none"},
        {"method": "latest"},
        {"method": "linear"},
        {"method": "nearest_neighbours"},
        {"method": "iterative"},
        {"method": "multiple", "tables": 2, "rounds": 2},
        {"method": "bounds"},
        {"method": "unit_median"},
    ]
)
WEIGHTS = st.sampled_from(
    [
        {"method": method}
        for method in ("equal", "principal_component", "entropy", "critic", "factor")
    ]
)


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every part of a document."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(content, dict):
        inside = list(content.items())
    elif isinstance(content, list):
        inside = list(enumerate(content))
    found = [path] if path else []
    for key, each in inside:
        found += places(each, (*path, key))
    return found


@st.composite
def documents(draw: st.DrawFn) -> Any:
    """A valid index with other methods, and some of its parts changed, removed, doubled or renamed."""
    content = copy.deepcopy(SEED)
    steps = content["steps"]
    for place, (name, options) in enumerate(
        [("impute", IMPUTATIONS), ("normalise", NORMALISATIONS), ("aggregate", AGGREGATIONS)]
    ):
        if draw(st.booleans()):
            steps[(1, 4, 5)[place]] = {name: copy.deepcopy(draw(options))}
    if draw(st.integers(0, 3)) == 0:
        steps.insert(5, {"weigh": dict(draw(WEIGHTS))})
    for _ in range(draw(st.integers(0, 3))):
        known = places(content)
        if not known:
            break
        path = draw(st.sampled_from(known))
        here = content
        for key in path[:-1]:
            here = here[key]
        action = draw(st.sampled_from(["change", "remove", "rename"]))
        if action == "change":
            here[path[-1]] = copy.deepcopy(draw(JUNK))
        elif action == "remove":
            del here[path[-1]]
        elif isinstance(here, dict):
            here[draw(st.text(max_size=4) | st.sampled_from(["a", "all", "unit", "of"]))] = (
                here.pop(path[-1])
            )
    return content


CELL = st.sampled_from(
    ["", "NA", "0", "1", "5", "5", "7", "-3", "1e9", "1e49", "NaN", "inf", "=1", "x", "2024", "a", '"', ";"]
) | st.text(max_size=4)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """A valid table of two years, and some of its cells changed, lines removed or doubled, bytes put in."""
    lines = [[*each.split(",")] for each in (HEAD, *ROWS)]
    lines += [[unit, "2023", code, value] for unit, _, code, value in lines[1:]]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        action = draw(
            st.sampled_from(["cell", "cell", "cell", "value", "value", "remove", "double"])
        )
        if action == "remove" and len(lines) > 1:
            del lines[place]
        elif action == "double":
            lines.append(list(lines[place]))
        else:
            column = 3 if action == "value" else draw(st.integers(0, 3))
            lines[place][column] = draw(CELL)
    content = "\n".join(",".join(line) for line in lines).encode("utf-8", "replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at:]
    return content


def attempted(file: Path) -> Build | None:
    """What was built, or nothing where it was refused; any other exception is a failure of the test."""
    try:
        return done(file)
    except BadInput as refused:
        said = str(refused)
    assert said.splitlines() == [said]
    return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=documents(), figures=tables())
def test_any_file_builds_or_is_refused_with_one_line(
    tmp_path: Path, content: Any, figures: bytes
) -> None:
    file = tmp_path / "index.yaml"
    file.write_text(yaml_text(content), encoding="utf-8", errors="replace")
    (tmp_path / "figures.csv").write_bytes(figures)
    there = {"index.yaml", "figures.csv"}
    of = attempted(file)
    if of is not None:
        # What was built is a number or missing, can be read back, and leads back to its cells.
        assert not numpy.isinf(of.scores).any()
        again = read_index(tmp_path / "out" / "index.yaml")
        assert again.hash == of.index.hash
        assert trace(of, addresses(of)[0]).equal
        shutil.rmtree(tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == there


@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused_with_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("index.yaml", "figures.csv"):
        (folder / name).write_bytes(content)
    assert attempted(folder / "index.yaml") is None
    with suppress(BadInput):
        assert read_observations(folder / "figures.csv").is_empty()
