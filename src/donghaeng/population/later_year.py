"""A stored population moved to a later year, partition by partition, and written as a new one."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Kind

from .coding import coded
from .schema import Schema, Table
from .store import Partition, Population, Writer
from .store.blocks import Block
from .store.manifest import ColumnOrigin, Manifest, Origin
from .store.tables import tables_of
from .uprating import Factors, Step, Uprated, uprate

Array = np.ndarray


def uprated_partitions(
    population: Population, factors: Factors, schema: Schema
) -> Iterator[tuple[Partition, Uprated]]:
    """Each partition with its columns of money and its days in the later year; nothing is written.

    Raises:
        BadInput: as :func:`~donghaeng.population.uprating.uprate`; for factors that begin in another year
            than that of the population.
    """
    day = population.manifest.reference_day
    if factors.from_year != day.year:
        raise BadInput(
            f"the factors lead from {factors.from_year}, the population is of {day}",
            field="from_year",
            remedy=f"{day.year}",
        )
    moving = frozenset(
        name
        for table in Table
        for name, column in schema.of(table).items()
        if column.kind in (Kind.MONEY, Kind.DAY)
    )
    for partition in population.partitions:
        households, persons = tables_of(partition, schema, moving)
        yield (
            partition,
            uprate(households, persons, factors, schema=schema, reference_day=day),
        )


@dataclass(frozen=True)
class LaterYear:
    """The new reference day, and what was done to each column over all partitions."""

    reference_day: datetime.date
    steps: tuple[Step, ...]


def later_year(parts: Iterable[Uprated]) -> LaterYear:
    """The partitions together: one step for each column, with the sums of its parts."""
    found: dict[tuple[Table, str], Step] = {}
    day = datetime.date.min
    for uprated in parts:
        day = uprated.reference_day
        for step in uprated.steps:
            key = step.table, step.column
            if key in found:
                before, after = found[key].before + step.before, found[key].after + step.after
                step = replace(step, before=before, after=after)
            found[key] = step
    return LaterYear(day, tuple(found.values()))


def store_uprated(
    population: Population,
    factors: Factors,
    factors_file: Path,
    schema: Schema,
    folder: Path,
    *,
    replace: bool = False,
) -> LaterYear:
    """Write the population in the later year.

    Raises:
        BadInput: as :func:`uprated_partitions`; where the folder holds something, or cannot be written.
    """
    with Writer(folder, schema, replace=replace) as writer:

        def written() -> Iterator[Uprated]:
            for partition, uprated in uprated_partitions(population, factors, schema):
                writer.add_block(_moved(partition, uprated, schema))
                yield uprated

        done = later_year(written())
        writer.finish(_manifest(population, factors, factors_file, done))
    return done


def notes(population: Population, factors: Factors) -> Iterator[tuple[str, str]]:
    """What was assumed of the later year, in Korean and English: one sentence a factor."""
    for name, factor in factors.factors.items():
        years = f"{factor.from_year}–{factor.to_year}"
        said = f"{factor.factor} ({factor.status.value}: {factor.source})"
        yield (
            f"{name}: {', '.join(factor.columns)} × {said}, {years}년.",
            f"{name}: {', '.join(factor.columns)} times {said}, {years}.",
        )
    for name, kept in factors.not_uprated.items():
        yield (
            f"{name}: 그대로 둔 항목은 {', '.join(kept.columns)}입니다({kept.reason}).",
            f"{name}: {', '.join(kept.columns)} stay as they are ({kept.reason}).",
        )
    if factors.dates.value == "move":
        yield (
            f"나이가 그대로이도록 날짜를 {factors.years}년 옮겼습니다.",
            f"Dates moved by {factors.years} years, so that ages stay.",
        )
    else:
        yield (
            f"날짜는 그대로이고 모두 {factors.years}살 더 많습니다. 태어나거나 죽은 사람은 없습니다.",
            f"Dates stay and everybody is {factors.years} years older; nobody was born or died.",
        )
    if population.manifest.synthetic:
        yield (
            "합성 인구를 옮긴 것으로, 그해의 총수에 맞춘 것이 아닙니다.",
            "These are synthetic people moved to another year; they were not made for its totals.",
        )


def _moved(partition: Partition, uprated: Uprated, schema: Schema) -> Block:
    """The block with the columns that were moved; all others as they are stored."""
    block = partition.block()
    for step in uprated.steps:
        frame = uprated.households if step.table is Table.HOUSEHOLDS else uprated.persons
        values, known = _arrays(schema, step.table, frame[step.column], partition.size)
        block = block.with_column(step.table, step.column, values, None if known.all() else known)
    return block


def _arrays(schema: Schema, table: Table, series: pl.Series, size: int) -> tuple[Array, Array]:
    values, known = coded(schema.column(table, series.name), series)
    if table is Table.HOUSEHOLDS:
        return values, known
    return values.reshape(-1, size).T, known.reshape(-1, size).T


def as_json(factors: Factors, done: LaterYear) -> dict[str, Any]:
    """What was done, in its stable shape."""
    return {
        "title": factors.title.model_dump(),
        "from_year": factors.from_year,
        "to_year": factors.to_year,
        "reference_day": done.reference_day.isoformat(),
        "dates": factors.dates.value,
        "columns": [asdict(step) | {"table": step.table.value} for step in done.steps],
    }


def _manifest(
    population: Population,
    factors: Factors,
    file: Path,
    done: LaterYear,
) -> Manifest:
    moved = {(step.table.value, step.column) for step in done.steps if step.status != "not uprated"}
    columns = tuple(
        ColumnOrigin(
            table=each.table,
            name=each.name,
            origin=_weaker(each.origin),
            note=f"{each.note} Moved to {factors.to_year}.".strip(),
        )
        if (each.table, each.name) in moved
        else each
        for each in population.manifest.columns
    )
    return population.manifest.derived(
        title=(factors.title.ko, factors.title.en),
        approximations=notes(population, factors),
        details={"uprating": as_json(factors, done)},
        sources={file.name: hashlib.sha256(file.read_bytes()).hexdigest()},
        columns=columns,
        reference_day=done.reference_day,
    )


def _weaker(origin: Origin) -> Origin:
    """What was recorded or derived is an approximation in another year; a model or assumption stays one."""
    return Origin.APPROXIMATED if origin in (Origin.RECORDED, Origin.DERIVED) else origin
