"""Reform files of a policy, and overlays of assumptions: YAML, a few lines each.

A reform::

    reform: {ko: 안심소득 75%, en: Safety Income at 75 %}
    parameters: {safety_income_line_ratio: 75%}   # as in a reform of the law
    facts: {stage: hypothesis}                    # what it decides for every household
    take_up: everyone                             # or a file of take-up settings; as the baseline where absent
    rules: basic_income.py                        # new or changed rules
    solve: {parameter: basic_income_amount, between: [0, 2000000], cost_of: safety_income_85.yaml}

An overlay of assumptions holds for the baseline and the reform alike::

    assumptions: {ko: 2016년의 가정, en: Assumptions for 2016}
    parameters: {general_conversion_rate: 4.17%}
    facts: {supporters_exist: false}              # only where the population does not know the fact
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field

from donghaeng.evidence.input_files import Entry, Text, read_file
from donghaeng.population.coding import coded_value
from donghaeng.population.schema import Meaning, Schema, Table, schema_of
from donghaeng.rules.book import REFORMS
from donghaeng.rules.declarations import Fact
from donghaeng.rules.faults import BadInput, LawFault, nearest
from donghaeng.rules.law import Law

Change = Any  # what a parameter of the law may be changed to; the law itself checks it


class SolveFor(Entry):
    """A parameter that is found rather than stated: where the reform meets a budget or brings down poverty.

    Attributes:
        between: both ends of where to look.
        digits: decimal places of a rate in per cent; money goes in steps of a won.
        cost_of: another reform, of which it is to cost as much.
        budget: won a month.
        poverty_rate, poverty_gap: what it is to be at most, such as ``10%``.
    """

    parameter: str
    between: tuple[int | str, int | str]
    digits: Annotated[int, Field(strict=True, ge=0, le=6)] = 1
    cost_of: str | None = None
    budget: Annotated[int, Field(strict=True)] | None = None
    poverty_rate: str | None = None
    poverty_gap: str | None = None


class Reform(Entry):
    """What a policy changes."""

    reform: Text
    note: Text | None = None
    parameters: dict[str, Change] = Field(default_factory=dict)
    new_parameters: dict[str, Change] = Field(default_factory=dict)
    rules: str | None = None
    facts: dict[str, Change] = Field(default_factory=dict)
    take_up: str | None = None
    income: str | None = None
    solve: SolveFor | None = None


class Assumptions(Entry):
    """What is taken to hold where the law file or the population says nothing."""

    assumptions: Text
    parameters: dict[str, Change] = Field(default_factory=dict)
    facts: dict[str, Change] = Field(default_factory=dict)
    reasons: dict[str, str] = Field(default_factory=dict)


def read_reform(file: str | Path) -> Reform:
    """The reform in ``file``.

    Raises:
        BadInput, LawFault: with file, field or line, for the first thing that is not right.
    """
    return read_file(Path(file), Reform)


def read_assumptions(file: str | Path) -> Assumptions:
    """The overlay in ``file``.

    Raises:
        BadInput, LawFault: with file, field or line, for the first thing that is not right.
    """
    return read_file(Path(file), Assumptions)


def changed_law(
    law: Law,
    parameters: Mapping[str, Change],
    new_parameters: Mapping[str, Change] | None = None,
    rules: Path | None = None,
    *,
    name: str = "reform",
    file: str = "",
) -> Law:
    """``law`` with rules and numbers changed.

    Args:
        file: in which the changes are stated.

    Raises:
        BadInput: for an unknown parameter, or a rules file that cannot be read.
        LawFault: where the changed law does not hold together, with the file in which the change is stated.
    """
    try:
        return _changed_law(law, parameters, new_parameters, rules, name, file)
    except LawFault as fault:
        # Within the law a change of numbers stands under a name and in lines that nobody has written.
        if not fault.file.startswith(REFORMS) or not file:
            raise
        of_rules = rules is not None and fault.file.endswith(f"_{rules.name}")
        place, line = (str(rules), fault.line) if of_rules else (file, 0)
        raise LawFault(fault.message, file=place, line=line, remedy=fault.remedy) from None


def _changed_law(
    law: Law,
    parameters: Mapping[str, Change],
    new_parameters: Mapping[str, Change] | None,
    rules: Path | None,
    name: str,
    file: str,
) -> Law:
    content = {"new_parameters": dict(new_parameters or {}), "parameters": dict(parameters)}
    stated = {key: part for key, part in content.items() if part}
    for parameter in parameters:
        if parameter not in law.parameters and parameter not in (new_parameters or {}):
            raise BadInput(
                f"unknown parameter {parameter!r}",
                file=file,
                field="parameters",
                remedy=nearest(parameter, law.parameters) or "donghaeng law parameters lists them",
            )
    if rules is not None:
        law = _with_rules(law, rules, stated, name)
    elif stated:
        law = law.with_parameters(yaml.safe_dump(stated, allow_unicode=True), name)
    return law


def _with_rules(law: Law, rules: Path, stated: Mapping[str, Any], name: str) -> Law:
    """Rules and their new parameters come together: one does not stand without the other."""
    new = {key: part for key, part in stated.items() if key == "new_parameters"}
    if new:
        law = law.with_parameters(yaml.safe_dump(new, allow_unicode=True), f"{name}_new")
    law = law.with_reform(rules)
    changed = {key: part for key, part in stated.items() if key == "parameters"}
    if changed:
        law = law.with_parameters(yaml.safe_dump(changed, allow_unicode=True), name)
    return law


def coded_facts(law: Law, facts: Mapping[str, Change], file: str) -> dict[str, int]:
    """Stated facts as the numbers of the tables.

    Raises:
        BadInput: for a name that is no fact of the law, or a value that the fact does not have.
    """
    schema = schema_of(law.book)
    return {name: _coded_fact(law, schema, name, value, file) for name, value in facts.items()}


def _coded_fact(law: Law, schema: Schema, name: str, value: Change, file: str) -> int:
    declaration = law.facts.get(name)
    if not isinstance(declaration, Fact):
        raise BadInput(
            f"unknown fact {name!r}", file=file, field="facts", remedy=nearest(name, law.facts)
        )
    table = next(table for table in Table if name in schema.of(table))
    column = schema.column(table, name)
    assert column.meaning is Meaning.FACT
    try:
        return coded_value(column, value)
    except BadInput as error:
        raise BadInput(
            f"{name} cannot be {value!r}", file=file, field=f"facts.{name}", remedy=error.remedy
        ) from None
