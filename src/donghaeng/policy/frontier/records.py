"""Points that are done, one a line, so that a run that was stopped goes on where it was.

The first line names what was computed: laws, settings and partitions. A file of anything else is begun anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput
from donghaeng.version import __version__

from ..scenario import Scenario
from ..sweep import Family, Figure, Figures, Point, written
from ..tally import Estimate

POINTS = "points.jsonl"


def key_of(population: Population, family: Family) -> str:
    """A name for everything that the figures of a point depend on apart from its values."""
    reform = family.reform.model_dump(mode="json", exclude={"solve", "reform", "note"})
    beside = [name for name in (family.reform.rules, family.reform.take_up) if name]
    files = {
        name: (family.file.parent / name).read_text(encoding="utf-8")
        for name in beside
        if (family.file.parent / name).is_file()
    }
    content = {
        "before": _scenario(family.before),
        "reform": reform,
        "files": files,
        "partitions": [entry.model_dump() for entry in population.manifest.partitions],
        "engine": __version__,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _scenario(scenario: Scenario) -> dict[str, Any]:
    take_up = scenario.take_up
    return {
        "law": scenario.law.hash,
        "day": scenario.law.day.isoformat(),
        "choices": scenario.law.choices,
        "facts": dict(scenario.facts),
        "assumed": dict(scenario.assumed),
        "take_up": None if take_up is None else take_up.model_dump(mode="json"),
    }


class Records:
    """The points of one file.

    Args:
        key: names what is computed (:func:`key_of`).
        keep: whether points are to be added; else nothing is written.

    Raises:
        BadInput: where the folder cannot be written.
    """

    def __init__(self, folder: Path, key: str, *, keep: bool = True) -> None:
        self.file, self.key = folder / POINTS, key
        self.done: dict[str, Figures] = {}
        head = json.dumps({"sweep": key})
        lines = _lines(self.file)
        kept = [head]
        for line in lines[1:] if lines[:1] == [head] else ():
            with contextlib.suppress(ValueError, TypeError, LookupError):  # cut short, or damaged
                content = json.loads(line)
                self.done[_name(content["point"])] = _figures(content)
                kept.append(line)
        if keep:
            self._write("\n".join([*kept, ""]))

    def _write(self, text: str) -> None:
        """The whole file, beside it and then in its place: what stood there is not lost on the way."""
        partial = self.file.with_suffix(".partial")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.file)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise BadInput(str(error.strerror), file=str(self.file)) from None

    def of(self, point: Point) -> Figures | None:
        """The figures of a point that is done."""
        return self.done.get(_name(_written(point)))

    def keep(self, point: Point, figures: Figures) -> None:
        """Add a point.

        Raises:
            BadInput: where it cannot be written.
        """
        values = _written(point)
        self.done[_name(values)] = figures
        content = {
            "point": values,
            "of": {name.value: _numbers(found) for name, found in figures.of.items()},
            "recipients": {name: _numbers(found) for name, found in figures.recipients.items()},
            "undetermined": figures.undetermined,
        }
        try:
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(content) + "\n")
                file.flush()
        except OSError as error:
            raise BadInput(
                str(error.strerror),
                file=str(self.file),
                remedy="free some space, and run it again: it goes on where it stopped",
            ) from None


def holds_another_sweep(folder: Path, key: str) -> bool:
    """Whether the points of ``folder`` are not those of the sweep that ``key`` names."""
    return _lines(folder / POINTS)[:1] != [json.dumps({"sweep": key})]


def _lines(file: Path) -> list[str]:
    """The lines of a file; none where it is not there, and of other bytes what can be read as text.

    Raises:
        BadInput: where it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None


def _written(point: Point) -> dict[str, int | str]:
    return {name: written(value) for name, value in point.items()}


def _name(values: Mapping[str, int | str]) -> str:
    return json.dumps(dict(values), sort_keys=True)


def _numbers(found: Estimate) -> list[float | None]:
    return [found.value, found.standard_error, found.freedom]


def _figures(content: Mapping[str, Any]) -> Figures:
    return Figures(
        {Figure(name): Estimate(*numbers) for name, numbers in content["of"].items()},
        {name: Estimate(*numbers) for name, numbers in content["recipients"].items()},
        content["undetermined"],
    )
