"""What is written into a spreadsheet is read back as it was, and none of it runs."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.sources.safe_cells import csv_text, read_cell, read_frame, safe_cell, safe_frame
from donghaeng.sources.table_files import read_table, write_table

SIGNS = st.sampled_from(
    [*"=+-@\t\r\n '＝＋－＠\ufeff\u3000\xa0\0", "'=", "''-", "-5", "+1e3", "=1"]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.lists(st.one_of(SIGNS, st.text("ab1,\"'=", max_size=3)), max_size=4).map("".join),
)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula."""
    bare = cell.lstrip(" \t\r\n\0\x0b\x0c\xa0\u200b\u3000\ufeff")
    begins = cell[:1] in ("\t", "\r", "\n") or bare[:1] in tuple("=+-@＝＋－＠")
    return begins and not NUMBER.fullmatch(cell)


@given(TEXTS)
def test_a_cell_is_read_as_it_was_written_and_does_not_run(text: str) -> None:
    assert read_cell(safe_cell(text)) == text
    assert not runs(safe_cell(text))


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_frame_is_made_safe_as_its_cells_are(texts: list[str]) -> None:
    frame = pl.DataFrame({"=name": texts})
    safe = safe_frame(frame)
    assert safe.columns == ["'=name"]
    assert safe["'=name"].to_list() == [safe_cell(text) for text in texts]
    assert read_frame(safe).equals(frame)


@given(
    st.lists(
        st.tuples(TEXTS, st.floats(allow_nan=False, allow_infinity=False) | st.none()), max_size=6
    )
)
def test_csv_is_read_as_it_was_written(rows: list[tuple[str, float | None]]) -> None:
    frame = pl.DataFrame(rows, schema={"@t": pl.String, "v": pl.Float64}, orient="row")
    text = csv_text(frame)
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [[read_cell(row[0]), row[1]] for row in found[1:]] == [
        [text, "" if value is None else row[1]]
        for (text, value), row in zip(rows, found[1:], strict=True)
    ]
    for row, (_, value) in zip(found[1:], rows, strict=True):
        assert value is None or float(row[1]).hex() == value.hex()
    assert not any(runs(cell) for row in found for cell in row)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_in_as_few_digits_as_read_back_the_same(value: float) -> None:
    written = csv_text(pl.DataFrame({"v": [value]})).splitlines()[1]
    assert float(written).hex() == value.hex()

    def digits(text: str) -> str:
        return re.sub(r"[eE].*|[-.]", "", text).strip("0")

    assert digits(written) == digits(repr(value))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@sum(a)", "'@sum(a)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("-", "'-"),
        ("-5-5", "'-5-5"),
        ("'=x", "''=x"),
        ("-5", "-5"),
        ("+82", "+82"),
        ("-1.5e-3", "-1.5e-3"),
        ("'tis", "'tis"),
        ("종로구", "종로구"),
    ],
)
def test_only_what_would_run_gets_an_apostrophe(text: str, written: str) -> None:
    assert safe_cell(text) == written
    assert read_cell(written) == text


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xlsx", ".parquet"])
def test_a_file_of_any_form_gives_back_a_dangerous_text(tmp_path: Path, ending: str) -> None:
    texts = ['=HYPERLINK("http://x")', "+a", "-b", "@c", "'=d", 'e,"f"\ng', "종로구"]
    frame = pl.DataFrame({"name": texts, "+col": ["x"] * len(texts)})
    write_table(frame, tmp_path / f"t{ending}")
    assert read_table(tmp_path / f"t{ending}").frame.equals(frame)


def test_a_workbook_holds_text_and_no_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_table(pl.DataFrame({"n": ["=1+1"], "v": [-0.1]}), tmp_path / "t.xlsx")
    cells = list(load_workbook(tmp_path / "t.xlsx").active.iter_rows())[1]
    assert [(cell.value, cell.data_type) for cell in cells] == [("'=1+1", "s"), (-0.1, "n")]
