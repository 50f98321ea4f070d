"""The figures of an index as arrays, each with its bounds, status and source cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

from donghaeng.rules.faults import BadInput, nearest

from .arrays import FloatArray, WholeArray
from .framework.index_file import Index
from .framework.vocabulary import LARGEST

if TYPE_CHECKING:
    import polars


@dataclass(frozen=True)
class Panel:
    """Rows are units at a period, sorted by period and then by unit; columns are ``index.columns``.

    ``values``, ``lower``, ``upper`` and ``denominators`` have the shape (rows, columns), with NaN where
    there is nothing; a denominator stands in the column of the indicator that it divides, and in
    ``denominator_figures`` (rows, denominators) in its own.
    ``cells``, ``denominator_cells`` and ``statuses`` are arrays of text of the same shape.
    """

    units: tuple[str, ...]
    periods: tuple[str, ...]
    columns: tuple[str, ...]
    values: FloatArray
    lower: FloatArray
    upper: FloatArray
    denominators: FloatArray
    cells: Any
    denominator_cells: Any
    statuses: Any
    denominator_figures: FloatArray
    not_used: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Unit and period of each row."""
        return tuple((u, p) for p in self.periods for u in self.units)

    @cached_property
    def period_slices(self) -> tuple[slice, ...]:
        """The rows of each period."""
        size = len(self.units)
        return tuple(slice(k * size, (k + 1) * size) for k in range(len(self.periods)))

    def row(self, unit: str, period: str) -> int:
        """The number of the row of a unit at a period."""
        return self.periods.index(period) * len(self.units) + self.units.index(unit)

    def group_codes(self, index: Index, group: str) -> WholeArray:
        """The group of each row as a number; -1 for a unit without one."""
        members = index.units.members
        names = sorted({unit.groups[group] for unit in members.values() if group in unit.groups})
        numbers = {name: number for number, name in enumerate(names)}
        one = [numbers.get(members[unit].groups.get(group, ""), -1) for unit in self.units]
        return numpy.array(one * len(self.periods), dtype=numpy.int64)


def read_panel(index: Index, folder: str | Path) -> Panel:
    """The figures of the data file that ``index`` names, looked for in ``folder``.

    Raises:
        BadInput: where the file cannot be read, holds a unit or period that the index does not know,
            has nothing for an indicator, or mixes periods that are not declared.
    """
    from donghaeng.sources.observations import read_observations, read_wide

    path = Path(folder) / index.data.file
    try:
        if index.data.layout == "wide":
            columns = [*index.columns, *index.denominators]
            frame = read_wide(
                path, unit=index.data.unit, period=index.data.period or "", indicators=columns
            )
        else:
            frame = read_observations(path)
    except BadInput as fault:  # which names the file without its folder, as a source cell does
        raise BadInput(
            fault.message, file=str(path), field=fault.field, remedy=fault.remedy
        ) from None
    return panel_of(index, frame, str(path))


def panel_of(index: Index, figures: polars.DataFrame, file: str) -> Panel:
    """The arrays of a long table (``donghaeng.sources.observations``).

    Raises:
        BadInput: as :func:`read_panel`.
    """
    import polars

    units = tuple(sorted(index.units.members))
    _check_known(figures["unit"].unique(), units, "unit", "units.members", file)
    wanted = _wanted(index)
    known = figures.filter(polars.col("indicator").is_in(list(wanted)))
    periods = _periods(index, known, file)
    keys = _keys(index, wanted, periods)
    placed = known.join(keys, on=["indicator", "period"], how="inner", maintain_order="left")
    unit_rows = polars.DataFrame(
        {"unit": list(units), "unit_row": list(range(len(units)))},
        schema={"unit": polars.String, "unit_row": polars.Int64},
    )
    placed = placed.join(unit_rows, on="unit", how="left", maintain_order="left")
    row = (placed["period_row"] * len(units) + placed["unit_row"]).to_numpy()
    column = placed["column"].to_numpy()
    columns = (*index.columns, *index.denominators)
    shape = (len(units) * len(periods), len(columns))
    numbers = {name: numpy.full(shape, numpy.nan) for name in ("value", "lower", "upper")}
    texts = {name: numpy.full(shape, "", dtype=object) for name in ("source_cell", "status")}
    for name, array in numbers.items():
        array[row, column] = placed[name].fill_null(numpy.nan).to_numpy()
    for name, texts_of in texts.items():
        texts_of[row, column] = placed[name].to_list()
    _check_size(numbers["value"], units, periods, columns, file)
    _check_filled(index, numbers["value"], known, figures, file)
    return _assembled(index, units, periods, numbers, texts, _not_used(figures, wanted))


def _assembled(
    index: Index,
    units: tuple[str, ...],
    periods: tuple[str, ...],
    numbers: dict[str, FloatArray],
    texts: dict[str, Any],
    not_used: tuple[str, ...],
) -> Panel:
    """The arrays with each denominator beside the indicator that it divides."""
    count = len(index.columns)
    places = list(index.denominators)
    denominators = numpy.full(numbers["value"][:, :count].shape, numpy.nan)
    cells = numpy.full(denominators.shape, "", dtype=object)
    for column, code in enumerate(index.columns):
        indicator = index.indicators.get(code)
        if indicator is not None and indicator.denominator is not None:
            source = count + places.index(indicator.denominator)
            denominators[:, column] = numbers["value"][:, source]
            cells[:, column] = texts["source_cell"][:, source]
    return Panel(
        units=units,
        periods=periods,
        columns=index.columns,
        values=numbers["value"][:, :count],
        lower=numbers["lower"][:, :count],
        upper=numbers["upper"][:, :count],
        denominators=denominators,
        cells=texts["source_cell"][:, :count],
        denominator_cells=cells,
        statuses=texts["status"][:, :count],
        denominator_figures=numbers["value"][:, count:],
        not_used=not_used,
    )


def _wanted(index: Index) -> dict[str, str]:
    """Every code to read, with the period that it declares for a cross-section."""
    declared = {
        code: index.indicators[code].period for code in index.columns if code in index.indicators
    }
    declared |= {code: each.period for code, each in index.denominators.items()}
    usual = index.periods.cross_section or ""
    return {code: declared.get(code) or usual for code in (*index.columns, *index.denominators)}


def _check_known(
    found: Iterable[str], known: Iterable[str], what: str, field: str, file: str
) -> None:
    known = set(known)
    for name in sorted(set(found) - known):
        raise BadInput(
            f"holds the {what} {name!r}, which the index does not declare",
            file=file,
            field=field,
            remedy=nearest(name, known),
        )


def _periods(index: Index, figures: polars.DataFrame, file: str) -> tuple[str, ...]:
    """The periods of the rows."""
    if index.periods.mode == "cross_section":
        return (str(index.periods.cross_section),)
    found = sorted(set(figures["period"]))
    if len(found) > 1 and index.periods.mode is None and index.periods.base is None:
        raise BadInput(
            f"holds figures of {', '.join(found[:6])}{', …' if len(found) > 6 else ''}, and the index "
            "does not say which it is about",
            file=file,
            field="period",
            remedy=f'periods: {{mode: panel}}, or {{mode: cross_section, cross_section: "{found[-1]}"}}',
        )
    lengths = {_length(period): period for period in found}
    if len(lengths) > 1:
        raise BadInput(
            f"mixes periods of different length: {', '.join(sorted(lengths.values()))}",
            file=file,
            field="period",
            remedy="one length for all, or periods: {mode: cross_section}",
        )
    return tuple(found)


def _length(period: str) -> str:
    """What kind of period a text is: the text with its figures left out."""
    return "".join("0" if letter.isdigit() else letter for letter in period)


def _keys(index: Index, wanted: dict[str, str], periods: tuple[str, ...]) -> polars.DataFrame:
    """Which (indicator, period) of the data goes to which column, and to the rows of which period."""
    import polars

    single = index.periods.mode == "cross_section"
    rows = [
        (code, wanted[code] if single else period, column, place)
        for column, code in enumerate((*index.columns, *index.denominators))
        for place, period in enumerate(periods)
    ]
    schema = {
        "indicator": polars.String,
        "period": polars.String,
        "column": polars.Int64,
        "period_row": polars.Int64,
    }
    return polars.DataFrame(rows, schema=schema, orient="row")


def _check_size(
    values: FloatArray,
    units: tuple[str, ...],
    periods: tuple[str, ...],
    columns: tuple[str, ...],
    file: str,
) -> None:
    """Refuse what cannot be squared, multiplied and added without running over."""
    for row, column in numpy.argwhere(numpy.abs(values) > LARGEST):
        period, unit = divmod(int(row), len(units))
        raise BadInput(
            f"{values[row, column]:g} is larger than any figure",
            file=file,
            field=f"unit {units[unit]}, period {periods[period]}, indicator {columns[column]}",
            remedy=f"at most {LARGEST:g}",
        )


def _check_filled(
    index: Index,
    values: FloatArray,
    known: polars.DataFrame,
    figures: polars.DataFrame,
    file: str,
) -> None:
    """Refuse an indicator without a single figure, and a period that nobody declared."""
    import polars

    empty = numpy.logical_and.reduce(numpy.isnan(values), axis=0)
    for column, code in enumerate((*index.columns, *index.denominators)):
        if not empty[column] or index.is_optional(code):
            continue
        others = sorted(set(known.filter(polars.col("indicator") == code)["period"]))
        kind = "denominators" if code in index.denominators else "indicators"
        if others and index.periods.mode == "cross_section":
            raise BadInput(
                f"has no figure of {index.periods.cross_section}, but of {', '.join(others)}: "
                "periods are mixed only where that is declared",
                file=file,
                field=code,
                remedy=f'{kind}.{code}.period: "{others[-1]}"',
            )
        codes = set(figures["indicator"]) - set(index.columns) - set(index.denominators)
        raise BadInput("has no figure at all", file=file, field=code, remedy=nearest(code, codes))


def _not_used(figures: polars.DataFrame, wanted: dict[str, str]) -> tuple[str, ...]:
    """Codes in the data that the index does not name."""
    return tuple(sorted(set(figures["indicator"]) - set(wanted)))
