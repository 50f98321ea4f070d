"""Figures reach the index in order, each with its cell, or are refused with what is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy
import polars
import pytest

from donghaeng.index.framework import read_index
from donghaeng.index.panel import panel_of, read_panel
from donghaeng.rules import BadInput
from donghaeng.sources.observations import write_observations

from .small import FIGURES, document, index, label, table, write


def test_rows_are_periods_and_then_units_and_keep_their_cells(tmp_path: Path) -> None:
    figures = polars.concat([table(period="2024"), table(period="2023")])
    panel = panel_of(index(tmp_path), figures, "figures.csv")
    assert panel.rows == tuple((unit, year) for year in ("2023", "2024") for unit in "abc")
    assert panel.values[:3, 1].tolist() == [5, 10, 15]
    assert panel.cells[4, 2] == "table!doctors:b:2024"
    assert panel.statuses[4, 2] == "official"
    assert panel.row("b", "2024") == 4


def test_the_order_of_the_table_does_not_matter(tmp_path: Path) -> None:
    shuffled = table().sample(fraction=1, shuffle=True, seed=3)
    first, again = (panel_of(index(tmp_path), each, "f") for each in (table(), shuffled))
    assert numpy.array_equal(first.values, again.values)
    assert (first.cells == again.cells).all()


def test_a_file_is_read_from_beside_the_index(tmp_path: Path) -> None:
    write_observations(table(), tmp_path / "figures.csv")
    panel = read_panel(index(tmp_path), tmp_path)
    assert panel.values.tolist() == [[10, 5, 8], [20, 10, 6], [30, 15, 4]]


def test_a_wide_file_is_read_as_well(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text(
        "district,income,rent,doctors\na,10,5,8\nb,NA,10,6\nc,30,15,4\n"
    )
    file = write(
        tmp_path, data={"file": "wide.csv", "layout": "wide", "unit": "district", "period": None}
    )
    panel = read_panel(read_index(file), tmp_path)
    assert numpy.isnan(panel.values[1, 0])
    assert panel.values[2].tolist() == [30, 15, 4]
    assert "wide.csv" in panel.cells[2, 1]


def renamed(figures: polars.DataFrame, column: str, old: str, new: str) -> polars.DataFrame:
    return figures.with_columns(polars.col(column).replace(old, new))


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (renamed(table(), "unit", "b", "bb"), "holds the unit 'bb', which the index does not"),
        (table().filter(polars.col("indicator") != "rent"), "rent: has no figure at all"),
        (
            renamed(table(), "indicator", "rent", "rents"),
            "no figure at all (did you mean 'rents'?)",
        ),
        (
            polars.concat([table(), table(period="2024-Q1")]),
            "mixes periods of different length: 2024, 2024-Q1",
        ),
    ],
)
def test_what_does_not_fit_the_index_is_refused(
    tmp_path: Path, figures: polars.DataFrame, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        panel_of(index(tmp_path), figures, "figures.csv")
    assert said in str(refused.value)
    assert str(refused.value).startswith("figures.csv: ")


def test_a_column_that_the_index_does_not_name_is_told_of(tmp_path: Path) -> None:
    figures = table({**FIGURES, "trees": {"a": 1, "b": 2, "c": 3}})
    assert panel_of(index(tmp_path), figures, "f").not_used == ("trees",)


# ---- one period, mixed only where that is declared -------------------------------------------------

SECTION = {"mode": "cross_section", "cross_section": "2024"}


def mixed() -> polars.DataFrame:
    """Everything of 2024 but rent, which is of 2022 and 2023."""
    rent = polars.col("indicator") == "rent"
    later = table(period="2023").filter(rent).with_columns(value=polars.col("value") + 1)
    return polars.concat([table().filter(~rent), table(period="2022").filter(rent), later])


def test_mixed_years_are_refused_unless_they_are_declared(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        panel_of(index(tmp_path, periods=SECTION), mixed(), "f.csv")
    assert "rent: has no figure of 2024, but of 2022, 2023" in str(refused.value)
    assert 'indicators.rent.period: "2023"' in str(refused.value)


def test_a_declared_year_is_taken(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["rent"]["period"] = "2023"
    panel = panel_of(index(tmp_path, periods=SECTION, indicators=entries), mixed(), "f.csv")
    assert panel.periods == ("2024",)
    assert panel.values[:, 1].tolist() == [6, 11, 16]
    assert panel.cells[0, 1] == "table!rent:a:2023"


def test_a_placeholder_needs_no_figure_and_takes_no_part(tmp_path: Path) -> None:
    entries = document()["indicators"] | {
        "unknown": {"label": label("not known"), "parent": "health", "naming": "placeholder"}
    }
    panel = panel_of(index(tmp_path, indicators=entries), table(), "f.csv")
    assert panel.columns == ("income", "rent", "doctors")


def test_a_denominator_stands_beside_the_indicator_that_it_divides(tmp_path: Path) -> None:
    entries = document()["indicators"]
    entries["doctors"]["denominator"] = "people"
    read = index(
        tmp_path,
        indicators=entries,
        denominators={"people": {"label": label("People")}},
        steps=["denominate", *document()["steps"]],
    )
    panel = panel_of(read, table({**FIGURES, "people": {"a": 4, "b": 2, "c": 1}}), "f.csv")
    assert panel.denominators[:, 2].tolist() == [4, 2, 1]
    assert numpy.isnan(panel.denominators[:, 0]).all()
    assert panel.denominator_cells[1, 2] == "table!people:b:2024"
