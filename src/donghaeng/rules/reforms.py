"""Reforms: a law file that changes other law files, kept beside them so that a bundle holds both.

A YAML reform states new values::

    reform: {ko: 기준선 75%, en: Threshold at 75 %}
    parameters:
      safety_income_line_ratio: 75%
      median_income_table: {1: 2400000}          # some cells of a table
      livelihood_ratio: {from: 2024-01-01, value: 35%}
    new_parameters:                              # as in a parameter file, for rules of the reform
      child_supplement: {label: {ko: 자녀 가산, en: Child supplement}, unit: money, ...}

A Python reform holds rules; a rule replaces every version of the rule of that name.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from .declarations import Place
from .faults import BadInput, LawFault, nearest
from .missing import is_missing
from .parameters import GAP, Dated, Key, Parameter, new_parameter, parameter_cells
from .source import Declared, read_sources
from .terms import Status
from .yaml_files import read_yaml

FIELDS = ("reform", "parameters", "new_parameters")
BEGINNING = datetime.date(1900, 1, 1)


def reform_path(sources: Mapping[str, str], source: str | Path | ModuleType) -> tuple[str, str]:
    """Path inside the book and text of a reform file (or of the file of a module).

    Raises:
        BadInput: where the file cannot be read or is neither YAML nor Python.
    """
    file = Path(str(source.__file__)) if isinstance(source, ModuleType) else Path(source)
    if file.suffix not in (".yaml", ".yml", ".py"):
        raise BadInput(
            "is neither .yaml nor .py", file=str(file), remedy="a reform is one of the two"
        )
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise BadInput(str(reason), file=str(file)) from None
    suffix = ".py" if file.suffix == ".py" else ".yaml"
    return numbered(sources, f"{file.stem}{suffix}"), text


def numbered(sources: Mapping[str, str], name: str) -> str:
    """Path inside the book of the next reform: they hold in the order in which they were added."""
    number = sum(path.startswith("reforms/") for path in sources)
    return f"reforms/{number:02d}_{name}"


def apply_reforms(
    declared: Declared, base: Mapping[str, str], reforms: Mapping[str, str]
) -> Declared:
    """``declared`` after the reforms, one after the other in the order of their paths.

    Raises:
        LawFault: where a reform names what the law does not have, or does not fit it.
    """
    for path, text in reforms.items():
        if path.endswith(".yaml"):
            _change_parameters(declared, path, text)
        else:
            _change_rules(declared, base, path, text)
    return declared


def _change_rules(declared: Declared, base: Mapping[str, str], path: str, text: str) -> None:
    known = {name: file for name, file in base.items() if name.endswith(".py")}
    reform = read_sources({**known, path: text}, only=path)
    for kind in ("facts", "relations", "aggregations", "rules", "enumerations"):
        getattr(declared, kind).update(getattr(reform, kind))


def _change_parameters(declared: Declared, path: str, text: str) -> None:
    document, lines = read_yaml(text, path)
    given = document if isinstance(document, dict) else {}
    parts = [given[key] for key in ("parameters", "new_parameters") if key in given]
    if not parts or not all(isinstance(part, dict) for part in parts):
        raise LawFault(
            "a reform is a mapping with parameters",
            file=path,
            line=1,
            remedy="parameters: {livelihood_ratio: 35%}",
        )
    for key in document:
        if key not in FIELDS:
            raise LawFault(
                f"unknown field {key!r}",
                file=path,
                line=lines.get(key, 1),
                remedy=nearest(str(key), FIELDS),
            )
    place = Place(path, lines.get("parameters", 1))
    for name, entry in document.get("new_parameters", {}).items():
        if name in declared.parameters or name in declared.facts or name in declared.rules:
            raise LawFault(
                f"{name!r} is in the law already",
                file=path,
                line=lines.get("new_parameters", 1),
                remedy="change it under parameters",
            )
        declared.parameters[name] = new_parameter(
            str(name), entry, Place(path, lines["new_parameters"])
        )
    for name, change in document.get("parameters", {}).items():
        if name not in declared.parameters:
            raise LawFault(
                f"unknown parameter {name!r}",
                file=place.file,
                line=place.line,
                remedy=nearest(str(name), declared.parameters),
            )
        parameter = declared.parameters[name]
        start, value = BEGINNING, change
        if isinstance(change, dict) and set(change) == {"from", "value"}:
            start, value = change["from"], change["value"]
            if type(start) is not datetime.date:
                raise LawFault(
                    f"{name!r}: from {start!r} is not a day", file=place.file, line=place.line
                )
        declared.parameters[name] = _changed(parameter, start, value, place)


def _changed(parameter: Parameter, start: datetime.date, value: Any, place: Place) -> Parameter:
    """The parameter with ``value`` in every entry that holds on ``start`` or later."""
    values: list[Dated] = []
    governing = max(
        (dated.start for dated in parameter.values if dated.start <= start), default=None
    )
    for dated in parameter.values:
        if dated.start < start and dated.start != governing:
            values.append(dated)
            continue
        if dated.start < start:
            values.append(dated)
        begin = max(dated.start, start)
        cells = parameter_cells(parameter, _whole(parameter, dated, value), begin, place)
        values.append(
            dataclasses.replace(
                dated,
                start=begin,
                cells=cells,
                status=Status.UNVERIFIED,
                status_of={},
                source=f"reform: {place.file}",
                regimes=(),
                default="",
            )
        )
    return dataclasses.replace(parameter, values=tuple(values))


def _whole(parameter: Parameter, dated: Dated, value: Any) -> Any:
    """For a table, the old cells with the new ones laid over them."""
    if not parameter.axes or not isinstance(value, dict):
        return value
    old: dict[Any, Any] = {}
    for key, cell in dated.cells.items():
        _place(old, key, GAP if is_missing(cell) else cell)
    return _laid_over(old, value)


def _place(target: dict[Any, Any], key: tuple[Key, ...], cell: Any) -> None:
    for part in key[:-1]:
        target = target.setdefault(part, {})
    target[key[-1]] = cell


def _laid_over(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _laid_over(old.get(key), value) for key, value in new.items()}}
    return new
