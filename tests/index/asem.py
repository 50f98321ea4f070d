"""The 49 indicators of the ASEM example of COINr, as collected."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy

DENOMINATORS = ["Area", "Energy", "GDP", "Population"]


@dataclass(frozen=True)
class Asem:
    values: numpy.ndarray
    names: list[str]
    areas: list[str]
    denominators: numpy.ndarray

    def of(self, area: str) -> numpy.ndarray:
        """The indicators of one area."""
        return self.values[:, [own == area for own in self.areas]]


def read_asem(folder: Path) -> Asem:
    """The raw table in the order of the indicators' metadata."""
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8") as file:
        indicators = [row for row in csv.DictReader(file) if row["Type"] == "Indicator"]
    with (folder / "ASEM_iData.csv").open(encoding="utf-8") as file:
        units = list(csv.DictReader(file))
    names = [row["iCode"] for row in indicators]
    areas = [row["Parent"] for row in indicators]

    def table(columns: list[str]) -> numpy.ndarray:
        return numpy.array(
            [[unit[column].replace("NA", "nan") for column in columns] for unit in units], float
        )

    return Asem(table(names), names, areas, table(DENOMINATORS))
