"""A city as a folder: ``city.yaml``, the tables of ``margins.csv``, the published moments of ``moments.yaml``."""

from __future__ import annotations

import csv
import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from donghaeng.rules.faults import BadInput, LawFault, nearest
from donghaeng.rules.yaml_files import read_yaml

from .ages import GROUPS, name_of

Array = np.ndarray
SIZES = "households_by_size"
ALONE = "one_person_households_by_age"
POPULATION = "population_by_age"
ELDERLY = "elderly_living_alone"
TABLES = (SIZES, ALONE, POPULATION, ELDERLY)
LARGEST = 7


class Entry(BaseModel):
    """A part of a city file; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Margin(Entry):
    """Where one table of margins comes from, and whether it is the control or is scaled to it."""

    role: str
    unit: str
    year: int
    source: str
    agency: str
    via: str = ""
    status: str
    note: str = ""


class SizeSplit(Entry):
    """How a class of sizes is divided into single sizes."""

    shares: dict[int, float]
    year: int
    status: str
    source: str


class SameForAll(Entry):
    """A fact of the law that is the same for everybody in the city."""

    value: str | int | bool
    note: str


class InEducation(Entry):
    """Who goes to college or university: a share of those some school years after entering school."""

    share: float
    from_grade: int
    to_grade: int


class Families(Entry):
    """What families are like, as far as no table says: assumed, and listed so."""

    status: str
    source: str
    by_size: dict[int, dict[str, float]]
    child_at_home: tuple[float, ...]
    spouse_older: float
    spouse_younger: float
    head_is_man_in_couple: float
    lone_parent_is_woman: float
    parent_of_head_is_woman: float
    alone_is_woman: dict[str, float]
    boys_at_birth: float
    in_higher_education: InEducation
    never_married_alone: dict[str, float]
    never_married_single_parent: float


class CityFile(Entry):
    """``city.yaml``."""

    name: str
    label: dict[str, str]
    reference_day: datetime.date
    region: str
    facts: dict[str, SameForAll] = Field(default_factory=dict)
    margins: dict[str, Margin]
    sizes: dict[str, SizeSplit]
    families: Families


class City(Entry):
    """A city: its file and its tables; ``tables[name][category]`` is (districts,)."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    file: CityFile
    folder: Path
    districts: tuple[int, ...]
    tables: dict[str, dict[str, Array]]

    def by_age(self, table: str) -> Array:
        """A table by age as (districts, 18 groups), what is finer above 85 added up."""
        result = np.zeros((len(self.districts), GROUPS), np.int64)
        for category, values in self.tables[table].items():
            result[:, min(first_age(category) // 5, GROUPS - 1)] += values
        return result


def first_age(category: str) -> int:
    """The youngest age of ``"20-24"`` or ``"85+"``."""
    return int(category.rstrip("+").split("-")[0])


def shipped() -> tuple[str, ...]:
    """Names of the cities that come with the program."""
    root = resources.files(__package__) / "cities"
    return tuple(sorted(each.name for each in root.iterdir() if each.is_dir()))


def open_city(name: str) -> City:
    """A city that comes with the program, or one in a folder of one's own.

    Raises:
        BadInput: where there is none, or its files cannot be read.
    """
    if name in shipped():
        return read_city(Path(str(resources.files(__package__) / "cities" / name)))
    if Path(name).is_dir():
        return read_city(Path(name))
    known = ", ".join(shipped())
    raise BadInput(
        f"no city {name!r}",
        field="city",
        remedy=nearest(name, shipped()) or f"one of {known}, or a folder with city.yaml",
    )


def read_city(folder: Path) -> City:
    """The city in ``folder``.

    Raises:
        BadInput: where a file cannot be read, or a table lacks a cell.
    """
    path = folder / "city.yaml"
    file = read_entry(path, CityFile)
    for name in TABLES:
        if name not in file.margins:
            raise BadInput(f"no margin {name!r}", file=str(path), field="margins")
    districts, tables = _tables(folder / "margins.csv")
    city = City(file=file, folder=folder, districts=districts, tables=tables)
    _check(city, folder / "margins.csv")
    return city


def read_entry(path: Path, kind: type[Any]) -> Any:
    """A YAML file read as ``kind``.

    Raises:
        BadInput: where it is not there, no YAML, or not of that form.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content, _ = read_yaml(text, str(path))
        return kind.model_validate(content)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(path)) from None
    except LawFault as fault:
        raise BadInput(str(fault)) from None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInput(str(first["msg"]), file=str(path), field=field) from None


def _tables(path: Path) -> tuple[tuple[int, ...], dict[str, dict[str, Array]]]:
    cells: dict[tuple[str, str, int], int] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                place = f"line {line}"
                if set(row) != {"table", "district", "category", "value"}:
                    wanted = "table,district,category,value"
                    raise BadInput("other columns", file=str(path), field=place, remedy=wanted)
                if row["table"] not in TABLES:
                    remedy = nearest(str(row["table"]), TABLES)
                    unknown = f"unknown table {row['table']!r}"
                    raise BadInput(unknown, file=str(path), field=place, remedy=remedy)
                try:
                    key = (row["table"], row["category"], int(row["district"]))
                    value = int(row["value"])
                except (TypeError, ValueError):
                    raise BadInput("holds no whole number", file=str(path), field=place) from None
                if value < 0 or key in cells:
                    what = "holds a number below zero" if value < 0 else "gives a cell again"
                    raise BadInput(what, file=str(path), field=place)
                cells[key] = value
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(getattr(error, "strerror", None) or "is not UTF-8", file=str(path)) from None
    districts = tuple(sorted({district for _, _, district in cells}))
    tables: dict[str, dict[str, Array]] = {name: {} for name in TABLES}
    for table, category in dict.fromkeys((t, c) for t, c, _ in cells):
        values = [cells.get((table, category, district)) for district in districts]
        if None in values:
            lacking = districts[values.index(None)]
            raise BadInput(
                f"no value of {category!r} in district {lacking}", file=str(path), field=table
            )
        tables[table][category] = np.array(values, np.int64)
    return districts, tables


def _check(city: City, path: Path) -> None:
    for name in TABLES:
        if not city.tables[name]:
            raise BadInput("is not in the file", file=str(path), field=name)
    known = {name_of(group) for group in range(GROUPS)}
    for name in (ALONE, POPULATION):
        for category in city.tables[name]:
            fine = category in known or (category[:1].isdigit() and first_age(category) >= 85)
            if not fine:
                raise BadInput(
                    f"{category!r} is no group of ages",
                    file=str(path),
                    field=name,
                    remedy="0-4, 5-9, ..., 80-84, 85+",
                )
    wanted = {"1", "2", *city.file.sizes}
    if set(city.tables[SIZES]) != wanted:
        raise BadInput(
            f"has the classes {', '.join(city.tables[SIZES])}",
            file=str(path),
            field=SIZES,
            remedy=f"{', '.join(sorted(wanted))}, as city.yaml says",
        )
    if set(city.tables[ELDERLY]) != {"all", "basic_livelihood", "low_income"}:
        raise BadInput(
            "has other categories",
            file=str(path),
            field=ELDERLY,
            remedy="all, basic_livelihood, low_income",
        )
