"""What is different between two laws: rules, parameters and facts, each with both states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .canonical import meaning_of_rule
from .declarations import Declaration, Rule
from .missing import is_missing
from .parameters import GAP, Dated, Parameter

if TYPE_CHECKING:
    from .law import Law


@dataclass(frozen=True)
class Change:
    """One difference. ``before`` and ``after`` are empty where there is nothing on that side."""

    kind: str
    name: str
    label: tuple[str, str]
    before: str
    after: str


def difference(before: Law, after: Law) -> list[Change]:
    """Every difference between two laws, parameters cell by cell."""
    return [*_parameters(before, after), *_variables(before, after)]


def _parameters(before: Law, after: Law) -> list[Change]:
    changes = []
    for name in sorted({*before.in_force, *after.in_force}):
        left, right = before.in_force.get(name), after.in_force.get(name)
        label = (after.parameters.get(name) or before.parameters[name]).label
        if name in before.parameters and name in after.parameters:
            changes += _described(before.parameters[name], after.parameters[name])
        cells = dict.fromkeys([*(left.cells if left else ()), *(right.cells if right else ())])
        for key in cells:
            old, new = _cell(left, key), _cell(right, key)
            if old != new:
                place = f"{name}[{', '.join(map(str, key))}]" if key else name
                changes.append(Change("parameter", place, label, old, new))
    return changes


def _described(before: Parameter, after: Parameter) -> list[Change]:
    """A changed citation, label or unit of a parameter."""
    spelled = [
        f"{p.label[0]} | {p.label[1]} | {p.kind.value} | {p.period} | {p.citation}"
        for p in (before, after)
    ]
    if spelled[0] == spelled[1]:
        return []
    return [Change("parameter", before.name, after.label, *spelled)]


def _cell(dated: Dated | None, key: tuple[Any, ...]) -> str:
    if dated is None or key not in dated.cells:
        return ""
    value = dated.cells[key]
    if is_missing(value) and not dated.regimes:
        return GAP
    return f"{spell_value(value)} ({dated.status_at(key).value})"


def spell_value(value: Any) -> str:
    """A parameter value as an official writes it: 2,228,445; 32%; 1/300; a regime's name."""
    if is_missing(value):
        return "open"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        percent = value * 100
        exact = Decimal(percent.numerator) / Decimal(percent.denominator)
        if Fraction(exact) == percent:
            return f"{exact.normalize():f}%"
        return str(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _variables(before: Law, after: Law) -> list[Change]:
    changes = []
    for name in sorted({*before.variables, *after.variables}):
        left, right = before.variables.get(name), after.variables.get(name)
        if meaning_of_rule(left) != meaning_of_rule(right):
            declaration = right or left
            assert declaration is not None
            kind = "rule" if isinstance(declaration, Rule) else "declaration"
            changes.append(Change(kind, name, declaration.label, _where(left), _where(right)))
    return changes


def _where(declaration: Declaration | None) -> str:
    if declaration is None:
        return ""
    place = f"{declaration.place.file}:{declaration.place.line}"
    return f"{declaration.citation} ({place})" if declaration.citation else place
