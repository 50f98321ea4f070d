"""COINr's two tables become an index file with the chain of its example, and come back as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from donghaeng.index.chain import build
from donghaeng.index.framework.coinr_tables import data_table, read_coinr, structure_table
from donghaeng.index.framework.vocabulary import Better
from donghaeng.index.panel import panel_of
from donghaeng.rules import BadInput
from donghaeng.sources.observations import SCHEMA

STRUCTURE = """\
Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,ScaleFactor,goalpost_lower,goalpost_upper,Parent,Type
1,x,Ex,1,2,km,30,pop,10,0,50,area,Indicator
1,y,Why,-1,1,NA,NA,NA,NA,NA,NA,area,Indicator
2,area,Area,1,1,Score,NA,NA,NA,NA,NA,top,Aggregate
3,top,Top,1,1,Score,NA,NA,NA,NA,NA,NA,Aggregate
NA,size,Size,NA,NA,NA,NA,NA,NA,NA,NA,NA,Group
NA,pop,People,NA,NA,NA,NA,NA,NA,NA,NA,NA,Denominator
"""
DATA = """\
uName,uCode,Time,size,pop,x,y
Bee,B,2020,L,10,4,1
Ay,A,2020,S,20,8,NA
"""


def read(folder: Path, structure: str = STRUCTURE, data: str = DATA):  # type: ignore[no-untyped-def]
    (folder / "iMeta.csv").write_text(structure)
    (folder / "iData.csv").write_text(data)
    return read_coinr(folder / "iMeta.csv", folder / "iData.csv", figures="i.data.csv")


def test_both_tables_are_understood(tmp_path: Path) -> None:
    imported = read(tmp_path)
    index = imported.index
    x, y = index.indicators["x"], index.indicators["y"]
    assert (x.weight, x.unit, x.target, x.denominator, x.scale) == (2, "km", 30, "pop", 10)
    assert x.goalposts is not None
    assert (x.goalposts.lower, x.goalposts.upper) == (0, 50)
    assert (y.better, y.unit, y.denominator) == (Better.LOWER, None, None)
    assert list(index.units.members) == ["A", "B"]
    assert index.units.members["A"].groups == {"size": "S"}
    assert index.top == "top"
    assert imported.figures[0] == ("B", "2020", "pop", 10.0, "iData.csv!R2:pop")
    assert ("A", "2020", "y", None, "iData.csv!R3:y") in imported.figures


def test_the_chain_is_that_of_the_example(tmp_path: Path) -> None:
    steps = read(tmp_path).index.steps
    assert [step.step for step in steps] == [
        "denominate",
        "impute",
        "screen",
        "treat",
        "normalise",
        "aggregate",
    ]
    assert steps[1].options.model_dump()["group"] == "size"
    assert steps[2].options.model_dump()["least_available"] == 0.9


def test_the_tables_come_back(tmp_path: Path) -> None:
    import polars

    imported = read(tmp_path)
    rows = [(*figure[:4], None, None, "unverified", figure[4]) for figure in imported.figures]
    panel = panel_of(imported.index, polars.DataFrame(rows, schema=SCHEMA, orient="row"), "f")
    text = data_table(
        imported.index, panel.rows, panel.columns, panel.values, panel.denominator_figures
    )
    again = read(tmp_path, structure_table(imported.index), text)
    assert again.index.indicators == imported.index.indicators
    assert again.index.nodes == imported.index.nodes
    assert sorted(figure[:4] for figure in again.figures if figure[3]) == sorted(
        figure[:4] for figure in imported.figures if figure[3]
    )


@pytest.mark.parametrize(
    ("structure", "data", "said"),
    [
        (
            STRUCTURE.replace("iCode", "icode"),
            DATA,
            "iMeta.csv: has no column 'iCode' (did you mean 'icode'?)",
        ),
        (STRUCTURE.replace("Why,-1", "Why,2"), DATA, "iMeta.csv: y: '2' is no direction (1 or -1)"),
        (
            STRUCTURE.replace(",Group", ",Grupo"),
            DATA,
            "row 6: there is no type 'Grupo' (did you mean 'Group'?)",
        ),
        (STRUCTURE.replace("1,y,", "1,x,"), DATA, "row 3: 'x' stands here twice"),
        (
            STRUCTURE.replace(",area,Ind", ",aera,Ind"),
            DATA,
            "there is no node 'aera' (did you mean 'area'?)",
        ),
        (
            STRUCTURE,
            DATA.replace(",y\n", ",yy\n"),
            "iData.csv: has no column 'y' (did you mean 'yy'?)",
        ),
        (
            STRUCTURE,
            DATA.replace("8,NA", "8;0,NA"),
            "iData.csv: A, x: '8;0' is not a number (a number or NA)",
        ),
        (STRUCTURE, DATA.replace("8,NA", "inf,NA"), "A, x: 'inf' is not a number"),
        (STRUCTURE, DATA.replace("Ay,A", "Ay,B"), "B 2020 stands in rows 2 and 3"),
        (STRUCTURE, DATA.replace("8,NA", "8"), "row 3: has 6 cells where the head has 7"),
        (STRUCTURE, "uCode\n", "iData.csv: has no rows"),
    ],
)
def test_a_table_that_is_not_right_is_refused_with_its_place(
    tmp_path: Path, structure: str, data: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, structure, data)
    assert said in str(refused.value)


def test_a_column_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    lines = DATA.splitlines()
    data = "\n".join([lines[0] + ",extra", *(line + ",1" for line in lines[1:])]) + "\n"
    with pytest.raises(BadInput, match="the column 'extra' is not declared"):
        read(tmp_path, data=data)


def test_asem_comes_out_as_its_authors_print_it(
    tmp_path: Path, shared_data: Callable[[str], Path]
) -> None:
    """The head of the results table in COINr's vignettes (Becker 2022), to its two decimals."""
    import polars

    folder = shared_data("asem")
    imported = read_coinr(folder / "ASEM_iMeta.csv", folder / "ASEM_iData.csv", figures="f")
    rows = [(*figure[:4], None, None, "unverified", figure[4]) for figure in imported.figures]
    figures = polars.DataFrame(rows, schema=SCHEMA, orient="row")
    done = build(imported.index, panel_of(imported.index, figures, "f"))
    top = {unit: round(done.score(unit, "2018", "Index"), 2) for unit in done.panel.units}
    assert sorted(top, key=lambda unit: -top[unit])[:6] == [
        "CHE",
        "NLD",
        "DNK",
        "NOR",
        "BEL",
        "SWE",
    ]
    assert (top["CHE"], top["NLD"], top["DNK"], top["NOR"]) == (68.38, 64.82, 64.80, 64.47)


def test_asem_is_written_as_it_was_read(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("asem")
    imported = read_coinr(folder / "ASEM_iMeta.csv", folder / "ASEM_iData.csv", figures="f")
    written = list(csv.DictReader(io.StringIO(structure_table(imported.index))))
    with (folder / "ASEM_iMeta.csv").open() as file:
        read_again = {row["iCode"]: row for row in csv.DictReader(file)}
    assert len(written) == len(read_again)
    for row in written:
        for column in ("Level", "iName", "Parent", "Type", "Denominator"):
            assert row[column] == read_again[row["iCode"]][column], (row["iCode"], column)
