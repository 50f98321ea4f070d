"""Survey files: the same table from every kind of file, and one line for a file that is not right."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from donghaeng.population.reading import read_batches, read_survey
from donghaeng.population.reading import statistics_packages as packages
from donghaeng.rules.faults import BadInput

CITIZENS = pl.DataFrame({"id": [1, 2, 3], "sex": [1, 2, 9], "income": [250.0, None, -3.5]})


def fault(path: Path, **options: str) -> str:
    with pytest.raises(BadInput) as caught:
        read_survey(path, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def numbers(frame: pl.DataFrame) -> list[tuple[float | None, ...]]:
    return frame.cast(pl.Float64).rows()


@pytest.fixture(params=["csv", "csv.gz", "parquet", "xlsx", "sav", "zsav", "dta"])
def citizens(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"citizens.{request.param}"
    if request.param == "csv":
        CITIZENS.write_csv(path)
    elif request.param == "csv.gz":
        path.write_bytes(gzip.compress(CITIZENS.write_csv().encode()))
    elif request.param == "parquet":
        CITIZENS.write_parquet(path)
    elif request.param == "xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active is not None
        for row in [CITIZENS.columns, *map(list, CITIZENS.rows())]:
            book.active.append(row)
        book.save(path)
    elif request.param == "dta":
        pyreadstat.write_dta(CITIZENS, str(path))
    else:
        pyreadstat.write_sav(CITIZENS, str(path), compress=request.param == "zsav")
    return path


def test_every_kind_of_file_gives_the_same_cells(citizens: Path) -> None:
    table = read_survey(citizens)
    assert table.frame.columns == CITIZENS.columns
    assert numbers(table.frame) == numbers(CITIZENS)
    # A file with a line of names counts as a spreadsheet does, any other from 1.
    named = citizens.name.endswith((".csv", ".gz", ".xlsx"))
    assert table.rows.to_list() == ([2, 3, 4] if named else [1, 2, 3])


def test_only_the_columns_asked_for_are_read_in_their_order(citizens: Path) -> None:
    assert read_survey(citizens, columns=["income", "id"]).frame.columns == ["income", "id"]


def test_a_column_that_is_not_there_is_named_with_the_nearest(citizens: Path) -> None:
    with pytest.raises(BadInput, match=r"no column 'incone' \(did you mean 'income'\?\)"):
        read_survey(citizens, columns=["incone"])


def test_a_file_cut_short_is_refused(citizens: Path) -> None:
    if citizens.suffix == ".csv":
        citizens.write_bytes(citizens.read_bytes()[:-6])  # the last line loses its last cell
        assert fault(citizens) == "citizens.csv: R4: 2 cells under 3 names"
        return
    content = citizens.read_bytes()
    citizens.write_bytes(content[: len(content) * 3 // 4])
    assert "cut short" in fault(citizens) or "damaged" in fault(citizens)


def test_an_empty_file_is_said_to_be_empty(citizens: Path) -> None:
    citizens.write_bytes(b"")
    assert fault(citizens) == f"{citizens.name}: is empty"


def test_a_file_under_another_kinds_name_is_recognised(citizens: Path) -> None:
    if citizens.suffix == ".csv":
        wrong = citizens.rename(citizens.with_name("citizens.sav"))
        assert fault(wrong) == "citizens.sav: is no .sav file"
        return
    if citizens.suffix == ".dta":
        wrong = citizens.rename(citizens.with_name("citizens.sav"))
    else:
        wrong = citizens.rename(citizens.with_name("citizens.csv"))
    assert "is named" in fault(wrong)
    assert "name it" in fault(wrong)


@pytest.mark.parametrize("ending", ["csv", "parquet", "sav", "dta"])
def test_batches_together_are_the_file(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"many.{ending}"
    frame = pl.DataFrame({"id": range(1, 8)}, schema={"id": pl.Int32})
    if ending == "csv":
        frame.write_csv(path)
    elif ending == "parquet":
        frame.write_parquet(path)
    else:
        writer = pyreadstat.write_sav if ending == "sav" else pyreadstat.write_dta
        writer(frame, str(path))
    batches = list(read_batches(path, size=3))
    if ending != "csv":  # whose blocks are by bytes
        assert [batch.frame.height for batch in batches] == [3, 3, 1]
    ids = [int(each) for batch in batches for each in batch.frame["id"]]
    rows = [row for batch in batches for row in batch.rows]
    assert ids == list(range(1, 8))
    assert rows == list(range(2, 9)) if ending == "csv" else list(range(1, 8))


# ---- text -----------------------------------------------------------------------------------------


def test_korean_in_another_encoding_is_read_when_named(tmp_path: Path) -> None:
    path = tmp_path / "gu.csv"
    path.write_bytes("자치구,수\n종로구,3\n".encode("cp949"))
    assert fault(path) == "gu.csv: is not utf-8 text (--encoding cp949?)"
    table = read_survey(path, encoding="cp949")
    assert table.frame.to_dicts() == [{"자치구": "종로구", "수": "3"}]
    assert "no encoding 'cp9499'" in fault(path, encoding="cp9499")


def test_korean_below_the_names_in_another_encoding_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "gu.csv"
    path.write_bytes("gu,n\n종로구,3\n".encode("cp949"))
    assert fault(path) == "gu.csv: is not utf-8 text (--encoding cp949?)"


def test_an_empty_line_is_no_row_and_the_next_keeps_its_number(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n\r\n3,4\r\n")
    table = read_survey(path)
    assert table.frame.rows() == [("1", "2"), ("3", "4")]
    assert table.rows.to_list() == [2, 4]


def test_a_line_that_is_wider_than_the_names_is_refused_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("a,b\n1,2\n3,4\n5,6,7\n")
    assert fault(path) == "wide.csv: R4: 3 cells under 2 names"


def test_names_alone_are_a_table_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("a,b\n")
    assert read_survey(path).frame.shape == (0, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,a\n1,2\n", "twice.csv: R1: two columns are named 'a'"),
        ("a,\n1,2\n", "twice.csv: R1:column 2: a column has no name"),
    ],
)
def test_a_column_has_one_name_of_its_own(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "twice.csv"
    path.write_text(text)
    assert fault(path) == message


def test_the_sheet_of_a_workbook_is_named(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["a"])
    book.create_sheet("second").append(["b"])
    book.save(path)
    assert "has several sheets" in fault(path)
    assert "did you mean 'second'?" in fault(path, sheet="secnd")
    assert read_survey(path, sheet="second").frame.columns == ["b"]


# ---- labels and values declared missing -------------------------------------------------------------


def test_labels_and_declared_missing_values_of_spss_stay_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "labelled.sav"
    pyreadstat.write_sav(
        CITIZENS,
        str(path),
        column_labels={"sex": "성별"},
        variable_value_labels={"sex": {1: "남", 2: "여"}},
        missing_ranges={"sex": [9], "income": [{"lo": -9, "hi": -1}]},
    )
    table = read_survey(path)
    assert table.notes["sex"].label == "성별"
    assert table.notes["sex"].values == {1.0: "남", 2.0: "여"}
    assert table.notes["sex"].missing == ((9.0, 9.0),)
    assert table.frame["sex"].to_list() == [1, 2, 9]
    assert table.declared_missing("sex").to_list() == [False, False, True]
    declared = table.declared_missing("income")
    assert table.frame["income"].filter(~declared).drop_nulls().to_list() == [250.0]


def test_lettered_missing_values_of_stata_stay_at_hand(tmp_path: Path) -> None:
    import pandas

    path = tmp_path / "lettered.dta"
    frame = pandas.DataFrame({"answer": pandas.Series([1, "a", 2], dtype=object)})
    pyreadstat.write_dta(
        frame,
        str(path),
        missing_user_values={"answer": ["a"]},
        variable_value_labels={"answer": {"a": "refused"}},
    )
    table = read_survey(path)
    assert table.frame["answer"].to_list() == ["1", ".a", "2"]
    assert table.notes["answer"].values == {".a": "refused"}
    assert table.declared_missing("answer").to_list() == [False, True, False]


def test_without_the_package_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "citizens.sav"
    pyreadstat.write_sav(CITIZENS, str(path))

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(packages.importlib, "import_module", absent)
    assert fault(path).startswith("citizens.sav: needs the package pyreadstat to be read (pip")


def test_a_column_of_lists_is_no_column_of_cells(tmp_path: Path) -> None:
    path = tmp_path / "lists.parquet"
    pl.DataFrame({"id": [1], "incomes": [[1, 2]]}).write_parquet(path)
    assert fault(path).startswith("lists.parquet: incomes: holds ")
    assert read_survey(path, columns=["id"]).frame.height == 1


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert "No such file" in fault(tmp_path / "none.csv")
    assert "is no table that can be read" in fault(tmp_path / "none.txt")
