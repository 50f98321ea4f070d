"""Values of a swept parameter: exact, read as a law file writes them, and written back the same way."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from donghaeng.rules.faults import BadInput, nearest
from donghaeng.rules.law import Law
from donghaeng.rules.parameters import Parameter, read_rate
from donghaeng.rules.terms import Kind

from ..reform_files import Reform

Exact = int | Fraction
Point = Mapping[str, Exact]


def swept_parameter(law: Law, name: str, *, file: str = "", field: str = "parameter") -> Parameter:
    """The parameter of ``law`` that is to take one number after another.

    Raises:
        BadInput: where it is unknown, not in force, a table, or no number.
    """
    parameter = law.parameters.get(name)
    if parameter is None:
        raise BadInput(
            f"unknown parameter {name!r}",
            file=file,
            field=field,
            remedy=nearest(name, law.parameters) or "donghaeng law parameters lists them",
        )
    if name not in law.in_force:
        raise BadInput(f"{name!r} is not in force on {law.day}", file=file, field=field)
    if parameter.axes or parameter.brackets:
        raise BadInput(f"{name!r} is a table, not one number", file=file, field=field)
    if parameter.kind not in (Kind.MONEY, Kind.RATE, Kind.COUNT):
        raise BadInput(
            f"{name!r} is a {parameter.kind.name.lower()}, not a number", file=file, field=field
        )
    return parameter


def exact(
    parameter: Parameter, value: int | str, *, file: str = "", field: str = "parameter"
) -> Exact:
    """A value of ``parameter`` as it is typed: ``85%`` or ``1/3`` for a rate, a whole number otherwise.

    Raises:
        BadInput: for anything else.
    """
    rate = read_rate(value)
    if parameter.kind is Kind.RATE and rate is not None:
        return rate
    if parameter.kind is not Kind.RATE:
        try:
            return int(str(value).replace(",", "").replace("_", ""))
        except ValueError:
            pass
    what = "a rate such as 85% or 1/3" if parameter.kind is Kind.RATE else "a whole number"
    raise BadInput(
        f"{value!r} is no value of {parameter.name!r}", file=file, field=field, remedy=what
    )


def written(value: Exact) -> int | str:
    """A value as a law file has it.

    >>> written(Fraction(17, 20)), written(Fraction(1, 3)), written(500_000)
    ('85%', '1/3', 500000)
    """
    if isinstance(value, int):
        return value
    percent = value * 100
    digits = Decimal(percent.numerator) / Decimal(percent.denominator)
    if Fraction(digits) == percent:
        return f"{digits.normalize():f}%"
    return f"{value.numerator}/{value.denominator}"


def at(reform: Reform, point: Point) -> Reform:
    """The reform with the values of a point among its parameters."""
    values = {name: written(value) for name, value in point.items()}
    changed = {"parameters": {**reform.parameters, **values}, "solve": None}
    return reform.model_copy(update=changed)
