"""What a new edition changes of old figures, and whether that comes from the data or from the rules.

With two sets of figures and two sets of rules there are four results. What new data do is the mean of what they
do under the old rules and under the new; what new rules do is the mean of what they do to the old data and to
the new. The two add up to the revision (Shapley's value of two players; L. S. Shapley, 1953).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import polars

from donghaeng.index.chain.build import Build, build
from donghaeng.index.framework.index_file import Index
from donghaeng.index.panel import panel_of
from donghaeng.rules.faults import BadInput

from .material import Material
from .nodes import published_nodes
from .tables import OF_NODE, OF_UNIT, OWN_UNIT, POINTS, Table, rows_of

# Two floats of the same figure by another order of additions are no revision.
SAME = 1e-9
CELL = ["unit", "period", "indicator"]


@dataclass(frozen=True)
class Revision:
    """One old figure that has changed; the parts are None where data and rules cannot be told apart."""

    unit: str
    period: str
    node: str
    before: float
    after: float
    of_data: float | None
    of_rules: float | None

    @property
    def size(self) -> float:
        """How much it was revised."""
        return self.after - self.before


@dataclass(frozen=True)
class ChangedRule:
    """A part of the index file that says something else now; None where it was not, or is no more."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Revisions:
    """Everything that two editions differ in.

    ``compared`` is how many figures both have; ``not_separated`` says why data and rules could not be told
    apart, and is empty where they were. ``cells`` has the columns unit, period, indicator, before, after.
    """

    earlier: str
    compared: int
    figures: tuple[Revision, ...]
    rules: tuple[ChangedRule, ...]
    cells: polars.DataFrame
    not_separated: str = ""


def revisions_of(material: Material) -> Revisions | None:
    """What the material changes against the edition before; None where none is given.

    Raises:
        BadInput: where the earlier edition cannot be built.
    """
    earlier = material.earlier
    if earlier is None:
        return None
    old = build(earlier.index, panel_of(earlier.index, earlier.figures, "previous/figures.csv"))
    new = material.build
    fault = ""
    crossed: tuple[Build, Build] | None = None
    try:
        crossed = (
            _crossed(earlier.index, material.figures),
            _crossed(material.index, earlier.figures),
        )
    except BadInput as reason:
        fault = str(reason)
    figures = _figures(old, new, crossed)
    compared = len(_scores(old).keys() & _scores(new).keys())
    return Revisions(
        earlier=earlier.edition,
        compared=compared,
        figures=figures,
        rules=_rules(earlier.index, material.index),
        cells=_cells(earlier.figures, material.figures),
        not_separated=fault,
    )


def _crossed(index: Index, figures: polars.DataFrame) -> Build:
    """The rules of one edition on the data of the other; units that the rules do not know stay out."""
    known = figures.filter(polars.col("unit").is_in(list(index.units.members)))
    return build(index, panel_of(index, known, "figures"))


def _scores(built: Build) -> dict[tuple[str, str, str], float]:
    return {
        (unit, period, code): float(built.scores[row, place])
        for row, (unit, period) in enumerate(built.panel.rows)
        for code, place in published_nodes(built).items()
    }


def _figures(old: Build, new: Build, crossed: tuple[Build, Build] | None) -> tuple[Revision, ...]:
    before, after = _scores(old), _scores(new)
    new_data, new_rules = ({}, {}) if crossed is None else map(_scores, crossed)
    found = []
    for key in before:
        if key not in after or _same(before[key], after[key]):
            continue
        of_data = of_rules = None
        if key in new_data and key in new_rules:
            data = (new_data[key] - before[key] + after[key] - new_rules[key]) / 2
            rules = (new_rules[key] - before[key] + after[key] - new_data[key]) / 2
            if data == data and rules == rules:
                of_data, of_rules = data, rules
        found.append(Revision(*key, before[key], after[key], of_data, of_rules))
    return tuple(found)


def _same(one: float, other: float) -> bool:
    if one != one or other != other:
        return one != one and other != other
    return abs(one - other) <= SAME * max(1.0, abs(one))


def _rules(old: Index, new: Index) -> tuple[ChangedRule, ...]:
    """The parts of the index file that differ; its version and its files are no rules."""
    leave_out = {"version", "data", "published", "programmes", "publication"}
    before = _flat(old.model_dump(mode="json", exclude_defaults=True, exclude=leave_out))
    after = _flat(new.model_dump(mode="json", exclude_defaults=True, exclude=leave_out))
    paths = dict.fromkeys([*before, *after])
    return tuple(
        ChangedRule(path, before.get(path), after.get(path))
        for path in paths
        if before.get(path) != after.get(path)
    )


def _flat(said: Any, path: str = "") -> dict[str, str]:
    """A nested document as one line for each of its ends."""
    if isinstance(said, dict):
        parts = said.items()
    elif isinstance(said, list):
        parts = {str(number): each for number, each in enumerate(said)}.items()
    else:
        return {path: said if isinstance(said, str) else json.dumps(said)}
    found: dict[str, str] = {}
    for name, each in parts:
        found |= _flat(each, f"{path}.{name}" if path else name)
    return found


def _cells(old: polars.DataFrame, new: polars.DataFrame) -> polars.DataFrame:
    """Figures that both editions have and that differ, and those that only one has."""
    columns = [*CELL, "value"]
    joined = old.select(columns).join(
        new.select(columns), on=CELL, how="full", coalesce=True, suffix="_after"
    )
    differs = ~polars.col("value").eq_missing(polars.col("value_after"))
    return (
        joined.filter(differs)
        .rename({"value": "before", "value_after": "after"})
        .sort(CELL)
        .select(*CELL, "before", "after")
    )


def revision_tables(found: Revisions) -> list[Table]:
    """The revised figures, the changed cells and the changed rules."""
    numbers = ("before", "after", "revision", "of_data", "of_rules")
    rows = [
        (r.unit, r.period, r.node, r.before, r.after, r.size, r.of_data, r.of_rules)
        for r in found.figures
    ]
    rules = [(each.path, each.before, each.after) for each in found.rules]
    return [
        Table(
            "results/revisions.csv",
            "Figures of the earlier edition that have changed",
            rows_of(rows, texts=("unit", "period", "node"), figures=numbers),
            ("unit", "period", "node"),
            dict.fromkeys(numbers, POINTS),
            (OF_UNIT, OF_NODE),
        ),
        Table(
            "results/revised_cells.csv",
            "Source figures that have changed since the earlier edition",
            found.cells,
            tuple(CELL),
            dict.fromkeys(("before", "after"), OWN_UNIT),
        ),
        Table(
            "results/revised_rules.csv",
            "Parts of the index file that have changed since the earlier edition",
            rows_of(rules, texts=("part", "before", "after")),
            ("part",),
        ),
    ]


def revisions_json(found: Revisions) -> str:
    """The revisions for programs."""

    def number(value: float | None) -> float | None:
        return None if value is None or value != value else value

    said = {
        "earlier_edition": found.earlier,
        "figures_compared": found.compared,
        "figures_revised": [
            {
                "unit": each.unit,
                "period": each.period,
                "node": each.node,
                "before": number(each.before),
                "after": number(each.after),
                "of_data": number(each.of_data),
                "of_rules": number(each.of_rules),
            }
            for each in found.figures
        ],
        "rules_changed": [
            {"part": each.path, "before": each.before, "after": each.after} for each in found.rules
        ],
        "cells_changed": found.cells.height,
        "not_separated": found.not_separated or None,
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
