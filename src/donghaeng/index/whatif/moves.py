"""Changes of a file brought down to figures of the panel: which cell becomes what, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework.index_file import Index
from donghaeng.index.panel import Panel
from donghaeng.index.plan.register import Register
from donghaeng.rules.faults import BadInput, nearest

from .changes import Change, Changes, Response
from .recomputing import Cells
from .simulations import SimulatedFigure, read_simulation


@dataclass(frozen=True)
class Move:
    """One figure that changes, with the lowest and highest that a simulation gives where it does."""

    row: int
    column: int
    before: float
    after: float
    lower: float
    upper: float
    why: str
    """``change`` (by so much), ``set`` (to a figure), ``simulation``, or the kind of the response
    through which a programme moves it."""

    source: str = ""
    programme: str = ""
    won: int = 0


def place_of(index: Index, panel: Panel, unit: str | None, period: str | None) -> int:
    """The row that is meant: the only unit and the latest period where none is named.

    Raises:
        BadInput: where there is no such unit or period, or several units and none is named.
    """
    if unit is None:
        if len(panel.units) > 1:
            raise BadInput(
                f"the index has {len(panel.units)} units: which one changes?",
                field="unit",
                remedy=f"--unit {panel.units[0]}",
            )
        unit = panel.units[0]
    _check(unit, panel.units, "unit")
    period = panel.periods[-1] if period is None else period
    _check(period, panel.periods, "period")
    return panel.row(unit, period)


def column_of(index: Index, panel: Panel, code: str) -> int:
    """The column of an indicator or given node that the index is computed from.

    Raises:
        BadInput: where ``code`` is none, or changes nothing because its area is given.
    """
    if code in index.leaves:
        return panel.columns.index(code)
    if code in index.indicators and index.is_optional(code):
        area = next(node for node in index.ancestors(code) if index.nodes[node].given)
        raise BadInput(
            f"{code} changes nothing: the figures of {area} are given, not computed",
            field=code,
            remedy=f"change {area}",
        )
    known = list(index.leaves)
    remedy = nearest(code, known) or f"one of {', '.join(known[:12])}"
    raise BadInput(f"there is no indicator {code!r} to change", field=code, remedy=remedy)


def within_limits(index: Index, code: str, value: FloatArray) -> FloatArray:
    """``value`` held within what the indicator can be, where the index says so."""
    low, high = limits_of(index, code)
    return numpy.clip(value, low, high)


def limits_of(index: Index, code: str) -> tuple[float, float]:
    """The lowest and highest figure that an indicator can have; infinite where it is not said."""
    given = index.indicators[code].limits if code in index.indicators else None
    low, high = given or (None, None)
    return (-numpy.inf if low is None else low), (numpy.inf if high is None else high)


def moves_of(
    changes: Changes, index: Index, panel: Panel, register: Register | None, folder: Path
) -> tuple[Move, ...]:
    """Every figure that changes; several changes of one figure are added.

    Args:
        folder: where files of simulations are looked for.

    Raises:
        BadInput: a name that is not known, a figure that is missing, a change that cannot be.
    """
    found = []
    for place, change in enumerate(changes.changes):
        try:
            if change.programme is not None:
                found += _of_programme(change, changes, index, panel, register)
            else:
                found.append(_of_indicator(change, changes, index, panel))
        except BadInput as fault:
            field = f"changes.{place}" + (f".{fault.field}" if fault.field else "")
            raise BadInput(fault.message, field=field, remedy=fault.remedy) from None
    for file in changes.simulations:
        result = read_simulation(folder / file)
        found += [_of_simulation(each, index, panel) for each in result.figures]
    _check_once(found, index, panel)
    return tuple(found)


def cells_of(moves: Iterable[Move]) -> tuple[Cells, FloatArray]:
    """The cells that move, and what they become: (3, cells), as moved, and with every lower and upper end."""
    together: dict[tuple[int, int], FloatArray] = {}
    for move in moves:
        key = (move.row, move.column)
        ends = numpy.array([move.after, move.lower, move.upper])
        together[key] = together[key] + ends - move.before if key in together else ends
    rows, columns = zip(*together, strict=True)
    return Cells(numpy.array(rows), numpy.array(columns)), numpy.array(list(together.values())).T


def _of_indicator(change: Change, changes: Changes, index: Index, panel: Panel) -> Move:
    assert change.indicator is not None
    row = place_of(index, panel, change.unit or changes.unit, change.period or changes.period)
    column = column_of(index, panel, change.indicator)
    before = float(panel.values[row, column])
    if change.to is not None:
        after = change.to
    else:
        _refuse_missing(before, row, change.indicator, panel)
        percent = 0.0 if change.by_percent is None else change.by_percent
        after = before + (before * percent / 100 if change.by is None else change.by)
    _refuse_outside(index, change.indicator, after)
    why = "change" if change.to is None else "set"
    return Move(row, column, before, after, after, after, why, change.note or "")


def _of_programme(
    change: Change, changes: Changes, index: Index, panel: Panel, register: Register | None
) -> list[Move]:
    """What the money of a programme moves, through every response that is stated for it."""
    code = change.programme or ""
    responses = [each for each in changes.responses if each.programme == code]
    if not responses:
        raise BadInput(
            f"nothing is stated about what the money of {code} moves",
            field="programme",
            remedy="an entry under `responses`, with its kind and source",
        )
    won = _won(change, changes, panel, register)
    if won > max(each.up_to_won for each in responses):
        raise BadInput(
            f"nothing is stated beyond {max(each.up_to_won for each in responses)} won of {code}",
            field="by_won",
        )
    found = []
    for response in responses:
        row, column = response_cell(response, changes, index, panel)
        before = float(panel.values[row, column])
        end = before + response.per_one_won * min(won, response.up_to_won)
        after = float(within_limits(index, response.indicator, numpy.array(end)))
        found.append(
            Move(
                row,
                column,
                before,
                after,
                after,
                after,
                response.kind.value,
                response.protocol or response.source,
                code,
                won,
            )
        )
    return found


def response_cell(
    response: Response, changes: Changes, index: Index, panel: Panel
) -> tuple[int, int]:
    """The figure that a response moves."""
    unit, period = response.unit or changes.unit, response.period or changes.period
    row = place_of(index, panel, unit, period)
    column = column_of(index, panel, response.indicator)
    _refuse_missing(float(panel.values[row, column]), row, response.indicator, panel)
    return row, column


def _won(change: Change, changes: Changes, panel: Panel, register: Register | None) -> int:
    if change.by_won is not None:
        return change.by_won
    code, period = change.programme or "", change.period or changes.period or panel.periods[-1]
    amount = None
    if register is not None and code in register.programmes:
        amount = register.programmes[code].budget.get(period)
    if amount is None:
        raise BadInput(
            f"the budget of {code} in {period} is not known", field="by_percent", remedy="by_won"
        )
    won = round(amount.won * (change.by_percent or 0.0) / 100)
    if won <= 0:
        raise BadInput(
            "a response says what more money does; nothing is stated about less",
            field="by_percent",
            remedy="a figure above zero, or a change of the indicator",
        )
    return won


def _of_simulation(figure: SimulatedFigure, index: Index, panel: Panel) -> Move:
    row = place_of(index, panel, figure.unit, figure.period)
    column = column_of(index, panel, figure.indicator)
    for end in (figure.lower, figure.value, figure.upper):
        if end is not None:
            _refuse_outside(index, figure.indicator, end)
    return Move(
        row,
        column,
        float(panel.values[row, column]),
        figure.value,
        figure.value if figure.lower is None else figure.lower,
        figure.value if figure.upper is None else figure.upper,
        "simulation",
        figure.source or "",
    )


def _refuse_missing(value: float, row: int, code: str, panel: Panel) -> None:
    if numpy.isnan(value):
        unit, period = panel.rows[row]
        raise BadInput(
            f"there is no figure of {code} for {unit} {period} to start from",
            field=code,
            remedy="a change `to` a figure",
        )


def _refuse_outside(index: Index, code: str, value: float) -> None:
    low, high = limits_of(index, code)
    if not low <= value <= high:
        raise BadInput(f"{code} cannot be {value:g}: it lies from {low:g} to {high:g}", field=code)


def _check_once(moves: list[Move], index: Index, panel: Panel) -> None:
    """A figure that is set cannot be changed a second time; what is added can be added to."""
    seen: dict[tuple[int, int], Move] = {}
    for move in moves:
        first = seen.setdefault((move.row, move.column), move)
        if first is not move and {first.why, move.why} & {"set", "simulation"}:
            code = panel.columns[move.column]
            unit, period = panel.rows[move.row]
            raise BadInput(f"{code} is changed twice for {unit} {period}", field=code)


def _check(name: str, known: tuple[str, ...], what: str) -> None:
    if name not in known:
        # One year looks like any other: near in spelling is not what was meant.
        near = nearest(name, known) if what == "unit" else ""
        remedy = near or f"one of {', '.join(known[:12])}"
        raise BadInput(f"there is no {what} {name!r}", field=what, remedy=remedy)
