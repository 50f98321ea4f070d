"""What the maker of a synthetic city reports: margins and moments asked and met, tables, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .ages import GROUPS, OLD_AGE, name_of
from .city import City
from .comparison import LEVELS, Comparison
from .drawing import Tally
from .margins import STATUSES, Targets
from .model import Model, Source
from .moments import Moments
from .targets import Target

Array = np.ndarray
CLOSE_ENOUGH = 0.005


@dataclass(frozen=True)
class Counts:
    """What was drawn, counted from the finished columns: as :class:`.margins.Targets`, and persons by age and
    sex.
    """

    sizes: Array
    alone: Array
    people: Array
    by_sex: Array

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.sizes + other.sizes,
            self.alone + other.alone,
            self.people + other.people,
            self.by_sex + other.by_sex,
        )


@dataclass(frozen=True)
class MarginMet:
    """One table of margins: cells, asked and met in all, and the largest deviation of a cell (share of it)."""

    name: str
    cells: int
    asked: int
    met: int
    largest: float
    where: str

    @property
    def good(self) -> bool:
        return self.largest <= CLOSE_ENOUGH


@dataclass(frozen=True)
class LevelMet:
    """A published level, and what the city has."""

    name: str
    asked: float
    met: float
    source: str


@dataclass(frozen=True)
class TargetMet:
    """A published figure of the distribution, and what the city has; ``set_by`` names what was moved to it."""

    name: Target
    asked: float
    met: float
    within: float
    source: str
    note: str
    set_by: str

    @property
    def distance(self) -> float:
        return self.met - self.asked

    @property
    def near(self) -> bool:
        return abs(self.distance) <= self.within


@dataclass(frozen=True)
class Report:
    """The whole report."""

    households: int
    persons: int
    margins: tuple[MarginMet, ...]
    levels: tuple[LevelMet, ...]
    tables: tuple[Comparison, ...]
    by_age_and_sex: Array
    source: str
    thinnest: int
    assumed: tuple[str, ...]
    targets: tuple[TargetMet, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON and the manifest."""
        return {
            "households": self.households,
            "persons": self.persons,
            "model": self.source,
            "thinnest_cell": self.thinnest,
            "margins": [
                {
                    "name": each.name,
                    "cells": each.cells,
                    "asked": each.asked,
                    "met": each.met,
                    "largest_deviation": each.largest,
                    "where": each.where,
                }
                for each in self.margins
            ],
            "moments": [
                {"name": each.name, "asked": each.asked, "met": each.met, "source": each.source}
                for each in self.levels
            ],
            "targets": [
                {
                    "name": each.name.value,
                    "asked": each.asked,
                    "met": round(each.met, 5),
                    "distance": round(each.distance, 5),
                    "within": each.within,
                    "near": each.near,
                    "set_by": each.set_by,
                    "source": each.source,
                    "note": each.note,
                }
                for each in self.targets
            ],
            "persons_by_age_and_sex": {
                name_of(group): {"men": int(men), "women": int(women)}
                for group, (men, women) in enumerate(self.by_age_and_sex)
            },
            "tables": [_table(each) for each in self.tables],
            "assumed": list(self.assumed),
            "seconds": round(self.seconds, 1),
        }


def _table(each: Comparison) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "name": each.table.name,
        "rows": list(LEVELS[each.table.row]),
        "columns": list(LEVELS[each.table.column]),
        "city": np.round(each.city, 5).tolist(),
    }
    for key, shares, found in (
        ("survey", each.survey, each.distance),
        ("survey_of_same_people", each.same_people, each.distance_of_same_people),
    ):
        if shares is not None and found is not None:
            plain[key] = {
                "shares": np.round(shares, 5).tolist(),
                "total_variation": round(found.total_variation, 5),
                "hellinger": round(found.hellinger, 5),
                "largest_cell": round(found.largest, 5),
            }
    return plain


def margins_met(targets: Targets, counts: Counts) -> tuple[MarginMet, ...]:
    """Every table of margins, asked and met."""
    districts = [str(each) for each in targets.districts]
    sizes = [str(size + 1) for size in range(targets.sizes.shape[1])]
    ages = [name_of(group) for group in range(GROUPS)]
    old = OLD_AGE // 5
    return (
        _met("households by size and district", targets.sizes, counts.sizes, districts, sizes),
        _met(
            "one-person households by age and district",
            targets.alone.sum(axis=2),
            counts.alone.sum(axis=2),
            districts,
            ages,
        ),
        _met(
            "elderly living alone by benefit status and district",
            targets.alone[:, old:].sum(axis=1),
            counts.alone[:, old:].sum(axis=1),
            districts,
            list(STATUSES),
        ),
        _met("persons by age and district", targets.people, counts.people, districts, ages),
    )


def _met(name: str, asked: Array, met: Array, rows: list[str], columns: list[str]) -> MarginMet:
    filled = asked > 0
    deviation = np.divide(np.abs(met - asked), asked, out=np.zeros(asked.shape), where=filled)
    deviation[~filled & (met > 0)] = np.inf
    row, column = np.unravel_index(int(deviation.argmax()), asked.shape)
    return MarginMet(
        name,
        int(filled.sum()),
        int(asked.sum()),
        int(met.sum()),
        float(deviation.max()),
        f"{rows[row]}, {columns[column]}",
    )


def levels_met(
    moments: Moments, model: Model, tallies: Mapping[str, Tally]
) -> tuple[LevelMet, ...]:
    """The published levels that the model was moved to, and what was drawn."""
    found = []
    for name, (number, source) in moments.levels().items():
        variable = name.split(":")[0]
        if variable in model.published and name in tallies:
            tally = tallies[name]
            met = tally.mean if name.endswith(": amount") else tally.share
            found.append(LevelMet(name, number.value, met, source))
    return tuple(found)


def targets_met(
    moments: Moments, model: Model, found: Mapping[Target, float]
) -> tuple[TargetMet, ...]:
    """The published figures of the distribution that were computed of the city; a survey's model is moved to
    none of them.
    """
    moved = model.source is Source.PUBLISHED
    return tuple(
        TargetMet(
            name,
            each.value,
            float(found[name]),
            each.within,
            moments.words(each),
            each.note,
            each.sets.value if each.sets and moved else "",
        )
        for name, each in moments.targets.items()
        if name in found
    )


def assumptions(city: City, model: Model, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that is assumed: of families, of the model, of single columns."""
    families = city.file.families
    notes = [f"families: {families.source}"] if families.status == "assumed" else []
    for name, split in city.file.sizes.items():
        if split.status == "assumed":
            notes.append(f"households of {name} persons: {split.source}")
    notes += list(model.notes)
    notes += [f"{name}: {note}" for name, note in columns.items()]
    return tuple(notes)
