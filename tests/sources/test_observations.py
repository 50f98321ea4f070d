"""The long table: what is in it, and what is not let into it."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from donghaeng.rules import BadInput
from donghaeng.rules.terms import Status
from donghaeng.sources.number_text import NumberMarks
from donghaeng.sources.observations import (
    SCHEMA,
    ObservationStatus,
    check_observations,
    read_observations,
    read_wide,
    wide_to_long,
    write_observations,
)
from donghaeng.sources.periods import (
    Frequency,
    is_period,
    office_period,
    periods_between,
    read_office_period,
)

ROW: dict[str, Any] = {
    "unit": "11110",
    "period": "2024",
    "indicator": "a",
    "value": 1.5,
    "lower": None,
    "upper": None,
    "status": "official",
    "source_cell": "t.csv!R2:a",
}


def table(*changes: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([ROW | change for change in changes], schema=SCHEMA)


def refused(call: Callable[..., Any], *arguments: Any, **options: Any) -> str:
    with pytest.raises(BadInput) as raised:
        call(*arguments, **options)
    return str(raised.value)


def file(folder: Path, text: str, name: str = "t.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder / name


# What a long table is


def test_a_right_table_is_given_back_in_the_order_of_its_columns() -> None:
    right = table(
        {},
        {"period": "", "value": None, "status": "missing"},
        {"lower": 1.0, "upper": 2.0, "unit": "x"},
    )
    assert check_observations(right.select(reversed(right.columns)), "t").equals(right)


def test_the_statuses_of_the_law_are_statuses_of_a_figure() -> None:
    assert {status.value for status in Status} - {"gap"} <= set(ObservationStatus)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"unit": " "}, "unit is empty"),
        ({"indicator": ""}, "indicator is empty"),
        ({"unit": None}, "no unit"),
        ({"period": "2024-13"}, "period '2024-13' is in no known form (2024, "),
        ({"period": "last year"}, "period 'last year'"),
        ({"status": "sure"}, "no status 'sure' (one of official, "),
        ({"value": float("inf")}, "value inf is not finite"),
        ({"value": float("nan")}, "value nan is not finite (null for missing)"),
        ({"upper": float("-inf")}, "upper -inf is not finite"),
        ({"lower": 3.0, "upper": 2.0, "value": None}, "lower 3.0 is above upper 2.0"),
        ({"lower": 2.0, "upper": 3.0}, "value 1.5 is outside 2.0 to 3.0"),
        ({"lower": 1.6}, "value 1.5 is outside 1.6 to None"),
        ({"status": "missing"}, "status is missing, but the value is 1.5"),
    ],
)
def test_a_wrong_row_is_named(change: dict[str, Any], told: str) -> None:
    message = refused(check_observations, table({"unit": "first"}, change), "t.csv")
    assert message.startswith("t.csv: unit ")
    assert told in message


def test_a_cell_that_stands_twice_is_named_with_both_sources() -> None:
    twice = table({}, {"unit": "x"}, {"source_cell": "u.csv!R9:a", "value": 2.0})
    assert refused(check_observations, twice, "t") == (
        "t: unit 11110, period 2024, indicator a: stands twice: t.csv!R2:a and u.csv!R9:a"
        " (one figure for each cell)"
    )


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (table({}).drop("lower"), "no column 'lower'"),
        (table({}).rename({"value": "valeu"}), "no column 'value' (did you mean 'valeu'?)"),
        (table({}).with_columns(pl.lit("1").alias("value")), "value: holds String (Float64)"),
        (table({}).with_columns(pl.lit(2024).alias("period")), "period: holds Int32 (String)"),
    ],
)
def test_columns_are_of_their_names_and_types(frame: pl.DataFrame, told: str) -> None:
    assert told in refused(check_observations, frame, "t")


# Reading and writing

VALUES = st.floats(allow_nan=False, allow_infinity=False) | st.none()
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=6)


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "parquet"])
@given(rows=st.dictionaries(st.tuples(NAMES, NAMES), VALUES, max_size=6))
def test_what_is_written_is_read_back_equal(
    tmp_path_factory: pytest.TempPathFactory, ending: str, rows: dict[tuple[str, str], float | None]
) -> None:
    frame = table(
        *(
            {"unit": unit, "indicator": name, "value": value, "source_cell": f"={unit}"}
            for (unit, name), value in rows.items()
        )
    )
    path = tmp_path_factory.mktemp("t") / f"t.{ending}"
    write_observations(frame, path)
    assert read_observations(path).equals(frame)


def test_a_workbook_is_read_back_equal_in_every_digit(tmp_path: Path) -> None:
    values = [467.95526735685604, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, 1e22, None]
    frame = table(*({"unit": f"u{place}", "value": value} for place, value in enumerate(values)))
    write_observations(frame, tmp_path / "t.xlsx")
    assert read_observations(tmp_path / "t.xlsx").equals(frame)


def test_a_long_file_may_leave_out_what_can_be_said_for_it(tmp_path: Path) -> None:
    path = file(tmp_path, "unit,indicator,value\n종로구,a,1.5\n\n중구,a,NA\n")
    assert read_observations(path, status=ObservationStatus.PRESS).equals(
        table(
            {"unit": "종로구", "period": "", "status": "press", "source_cell": "t.csv!R2:value"},
            {
                "unit": "중구",
                "period": "",
                "value": None,
                "status": "missing",
                "source_cell": "t.csv!R4:value",  # the empty line is a line
            },
        )
    )


def test_columns_of_other_names_are_read_as_ours_and_the_rest_is_left(tmp_path: Path) -> None:
    path = file(tmp_path, "code,year,what,unit,value\n11110,2024,a,persons,3\n")
    columns = {"code": "unit", "year": "period", "what": "indicator", "value": "value"}
    found = read_observations(path, columns=columns)
    assert found.select("unit", "period", "indicator", "value").rows() == [
        ("11110", "2024", "a", 3.0)
    ]
    assert "unknown column 'code'" in refused(read_observations, path)
    assert "no column 'cod' (did you mean 'code'?)" in refused(
        read_observations, path, columns={"cod": "unit"}
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unit,indicator,value\na,b,c,d\n", "R2: 4 cells under 3 names"),
        ("unit,indicator,value\na,b\n", "R2: 2 cells under 3 names"),
        ("unit,indicator,value,\na,b,1,\n", "R1:column 4: a column has no name"),
        ("unit,unit,value\na,b,1\n", "two columns are named 'unit'"),
        ('unit,indicator,value\na,"b,1\n', "is no CSV"),
        ("", "no names of columns"),
        ("unit,indicator,valu\na,b,1\n", "unknown column 'valu' (did you mean 'value'?)"),
        ("unit,value\na,1\n", "no column 'indicator'"),
        ("unit,indicator,value\na,b,NaN\n", "R2:value: 'NaN' is not a number"),
        ("unit,indicator,value\na,b,inf\n", "R2:value: 'inf' is not a number"),
        ("unit,indicator,value\na,b,1e999\n", "R2:value: '1e999' is not a number"),
        ("unit,indicator,value\na,b,#DIV/0!\n", "R2:value: '#DIV/0!' is not a number"),
        ('unit,indicator,value\na,b,"1,5"\n', "R2:value: '1,5' is not a number (write 1234.5, or "),
        ("unit,indicator,value\na,b,１\n", "R2:value: '１' is not a number"),
    ],
)
def test_a_file_that_is_not_right_says_where(tmp_path: Path, text: str, told: str) -> None:
    assert refused(read_observations, file(tmp_path, text)).startswith("t.csv: ")
    assert told in refused(read_observations, file(tmp_path, text))


@pytest.mark.parametrize("mark", ["", "NA", "-", "…", "...", "X"])
def test_the_marks_of_offices_mean_that_there_is_no_figure(tmp_path: Path, mark: str) -> None:
    path = file(tmp_path, f"unit,indicator,value\na,b,{mark}\n")
    assert read_observations(path).select("value", "status").row(0) == (None, "missing")


def test_a_mark_may_mean_nought_and_commas_may_part_thousands(tmp_path: Path) -> None:
    path = file(tmp_path, 'unit,indicator,value\na,x,-\nb,x,"1,234.5"\nc,x,"-12,345"\n')
    marks = NumberMarks(missing=frozenset({""}), zero=frozenset({"-"}), thousands=True)
    assert read_observations(path, marks=marks)["value"].to_list() == [0.0, 1234.5, -12345.0]
    path = file(tmp_path, 'unit,indicator,value\nb,x,"1,23"\n')
    assert "'1,23' is not a number" in refused(read_observations, path, marks=marks)


def test_an_older_korean_encoding_is_read_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("unit,indicator,value\n종로구,a,1\n".encode("cp949"))
    assert "t.csv: line 2: is not utf-8 text (encoding cp949?)" in refused(
        read_observations, tmp_path / "t.csv"
    )
    assert read_observations(tmp_path / "t.csv", encoding="cp949")["unit"].to_list() == ["종로구"]
    assert "no encoding 'x'" in refused(read_observations, tmp_path / "t.csv", encoding="x")


@pytest.mark.parametrize("name", ["t.csv.gz", "t.xlsx", "t.parquet"])
def test_a_file_cut_short_is_told_and_nothing_of_it_is_read(tmp_path: Path, name: str) -> None:
    write_observations(table({}, {"unit": "x"}), tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert refused(read_observations, tmp_path / name).startswith(f"{name}: is damaged")


def test_an_error_names_the_file_and_not_the_folder(tmp_path: Path) -> None:
    assert refused(read_observations, tmp_path / "no.csv") == "no.csv: No such file or directory"
    assert "is no table" in refused(read_observations, tmp_path / "t.txt")


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    wrong = table({}, {})
    refused(write_observations, wrong, tmp_path / "t.csv")
    (tmp_path / "d.csv").mkdir()
    assert "is a folder" in refused(write_observations, table({}), tmp_path / "d.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["d.csv"]


# Wide tables


def test_a_wide_table_becomes_long_with_the_cell_of_each_figure() -> None:
    wide = pl.DataFrame(
        {"code": ["AUT", "BEL"], "year": [2018, 2019], "LPI": [4.1, None], "Gas": [1, 2]}
    )
    found = wide_to_long(wide, unit="code", period="year", file="a.csv")
    assert found.drop("lower", "upper").rows() == [
        ("AUT", "2018", "LPI", 4.1, "unverified", "a.csv!R2:LPI"),
        ("BEL", "2019", "LPI", None, "missing", "a.csv!R3:LPI"),
        ("AUT", "2018", "Gas", 1.0, "unverified", "a.csv!R2:Gas"),
        ("BEL", "2019", "Gas", 2.0, "unverified", "a.csv!R3:Gas"),
    ]


def test_an_indicator_may_be_called_as_a_column_of_ours() -> None:
    wide = pl.DataFrame(
        {"code": ["A"], "value": [1.0], "unit": [2.0], "row": [3.0], "period": [4.0]}
    )
    found = wide_to_long(wide, unit="code", all_in="2024")
    assert found.select("indicator", "value").rows() == [
        ("value", 1.0), ("unit", 2.0), ("row", 3.0), ("period", 4.0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"unit": "cod"}, "no column 'cod' (did you mean 'code'?)"),
        ({"unit": "code", "indicators": ["LP"]}, "no column 'LP'"),
        ({"unit": "code", "indicators": ["name"]}, "R3:name: 'Belgium' is not a number"),
        ({"unit": "group", "indicators": ["LPI"]}, "stands twice: table!R2:LPI and table!R3:LPI"),
        ({"unit": "code", "period": "group", "indicators": ["LPI"]}, "period 'L'"),
        ({"unit": "code", "period": "group", "all_in": "2018"}, "one period for all"),
        ({"unit": "LPI", "indicators": ["LPI"]}, "holds Float64, not text"),
    ],
)
def test_a_wide_table_that_is_not_right_says_where(options: dict[str, Any], told: str) -> None:
    wide = pl.DataFrame(
        {"code": ["A", "B"], "group": ["L", "L"], "name": ["1", "Belgium"], "LPI": [1.0, 2.0]}
    )
    assert told in refused(wide_to_long, wide, **options)


def test_the_example_of_the_field_is_read_to_the_last_digit(
    shared_data: Callable[[str], Path],
) -> None:
    path = shared_data("asem") / "ASEM_iData.csv"
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    found = read_wide(path, unit="uCode", period="Time", indicators=names[7:])
    assert found.height == 51 * 53
    assert found["value"].null_count() == 63 + 1  # the README of the data set counts them
    cell = found.row(
        by_predicate=(pl.col("unit") == "AUT") & (pl.col("indicator") == "Renew"), named=True
    )
    assert cell["value"] == 34.3949917477854
    assert cell["source_cell"] == "ASEM_iData.csv!R2:Renew"


# Workbooks


def workbook(folder: Path, rows: list[list[Any]], *, sheets: int = 1) -> tuple[Path, Workbook]:
    book = Workbook()
    for number in range(sheets):
        sheet = book.active if number == 0 else book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx", book


ROWS = [
    ["unit", "period", "indicator", "value"],
    ["a", 2024, "x", 1.5],
    ["b", datetime.date(2024, 7, 15), "x", "-"],
]


def test_a_workbook_is_read_as_people_fill_it(tmp_path: Path) -> None:
    found = read_observations(workbook(tmp_path, ROWS)[0])
    assert found.select("unit", "period", "value").rows() == [
        ("a", "2024", 1.5),
        ("b", "2024-07-15", None),
    ]
    assert found["source_cell"].to_list() == ["t.xlsx!R2:value", "t.xlsx!R3:value"]


def test_of_several_sheets_one_is_named(tmp_path: Path) -> None:
    path, _ = workbook(tmp_path, ROWS, sheets=2)
    assert "has several sheets (name one of Sheet, S1)" in refused(read_observations, path)
    assert read_observations(path, sheet="S1").height == 2
    assert "no filled sheet 'S2' (one of Sheet, S1)" in refused(read_observations, path, sheet="S2")


def test_a_formula_that_was_never_calculated_is_no_missing_figure(tmp_path: Path) -> None:
    path, _ = workbook(tmp_path, [*ROWS, ["c", 2024, "x", "=1+1"]])
    assert "t.xlsx: Sheet!D4: holds a formula that was never calculated" in refused(
        read_observations, path
    )


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    path, book = workbook(tmp_path, ROWS)
    book.active.merge_cells("A2:A3")
    book.save(path)
    assert "t.xlsx: A2:A3: cells are merged" in refused(read_observations, path)


def test_a_truth_is_no_number(tmp_path: Path) -> None:
    path, _ = workbook(tmp_path, [ROWS[0], ["a", 2024, "x", True]])
    assert "R2:value: 'True' is not a number" in refused(read_observations, path)


def test_a_packed_file_of_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"\xff\xfe\x00"))
    assert "is not utf-8 text" in refused(read_observations, tmp_path / "t.csv.gz")


# Periods


@pytest.mark.parametrize("text", ["2024", "2024-S2", "2024-Q4", "2024-12", "2024-02-29", ""])
def test_a_period_is_written_in_one_way(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize(
    "text",
    ["24", "0000", "2024-Q5", "2024-00", "2023-02-29", "2024Q1", "202401", "2024-S3", "２０２４"],
)
def test_anything_else_is_no_period(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    ("theirs", "frequency", "ours"),
    [
        ("2024", Frequency.YEAR, "2024"),
        ("2024", Frequency.SEVERAL_YEARS, "2024"),
        ("202401", Frequency.HALF, "2024-S1"),
        ("202404", Frequency.QUARTER, "2024-Q4"),
        ("202412", Frequency.MONTH, "2024-12"),
        ("2024", Frequency.IRREGULAR, "2024"),
        ("20240715", Frequency.IRREGULAR, "2024-07-15"),
    ],
)
def test_an_offices_period_is_ours_and_back(theirs: str, frequency: Frequency, ours: str) -> None:
    assert read_office_period(theirs, frequency) == ours
    assert office_period(ours, frequency) == theirs


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("202405", Frequency.QUARTER),
        ("202401", Frequency.YEAR),
        ("2024", Frequency.MONTH),
        ("합계", Frequency.YEAR),
    ],
)
def test_a_period_of_another_frequency_is_none(text: str, frequency: Frequency) -> None:
    assert read_office_period(text, frequency) == ""


def test_periods_between_pass_the_turn_of_a_year() -> None:
    assert periods_between("202311", "202402", Frequency.MONTH) == [
        "202311",
        "202312",
        "202401",
        "202402",
    ]
    assert periods_between("202302", "202402", Frequency.HALF) == ["202302", "202401", "202402"]
    assert periods_between("2023", "2024", Frequency.YEAR) == ["2023", "2024"]
