"""A stored population with weights that meet margins, written as a new one.

Only the columns that the margins name are read into tables; everything else is copied partition by
partition, so that the population may be larger than memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from donghaeng.rules.faults import BadInput

from ..methods import Method
from ..schema import HOUSEHOLD_ID, PERSON, WEIGHT, Schema, Table
from ..store import Population, Writer
from ..store.manifest import ColumnOrigin, Manifest, Origin
from .calibrating import Calibration, calibrate_population
from .distances import Bounds
from .margins import Margins
from .report import CalibrationReport

HEAD = "head_"


def calibrate_stored(
    population: Population,
    margins: Margins,
    schema: Schema,
    *,
    method: Method,
    bounds: Bounds | None = None,
) -> Calibration:
    """The weights of a stored population brought to margins; nothing is written.

    Raises:
        BadInput: as :func:`calibrate_population`; for a population that does not fit into memory with the
            columns of the margins.
    """
    try:
        households, persons = population.tables(schema, _columns_of(margins))
        return calibrate_population(households, persons, margins, method=method, bounds=bounds)
    except MemoryError:
        raise BadInput(
            f"{population.households:,} households with the columns of the margins do not fit into memory",
            file=str(population.folder),
            remedy="fewer margins, or more memory",
        ) from None


def store_calibrated(
    population: Population,
    calibration: Calibration,
    margins: Margins,
    margins_file: Path,
    schema: Schema,
    folder: Path,
    *,
    bounds: Bounds | None = None,
    replace: bool = False,
) -> None:
    """Write the population with its new weights; persons have that of their household.

    Raises:
        BadInput: where the folder holds something, or cannot be written.
    """
    weights, first = calibration.households[WEIGHT].to_numpy(), 0
    with Writer(folder, schema, replace=replace) as writer:
        for partition in population.partitions:
            own = weights[first : first + partition.count]
            block = partition.block().with_column(Table.HOUSEHOLDS, WEIGHT, own)
            writer.add_block(block.without_person_column(WEIGHT))
            first += partition.count
        writer.finish(_manifest(population, calibration.report, margins, margins_file, bounds))


def _columns_of(margins: Margins) -> set[str]:
    """The stored columns that the margins and the weights rest on."""
    named = {WEIGHT, HOUSEHOLD_ID, PERSON}
    for margin in margins.margins.values():
        wanted = [column.column for column in margin.by]
        wanted += [margin.sum_of] if margin.sum_of else []
        for name in wanted:
            plain = name.removeprefix(HEAD)
            named |= {name, plain, "birth_date"} if plain == "age" else {name, plain}
    return named


def notes(
    population: Population, report: CalibrationReport, margins: Margins
) -> Iterator[tuple[str, str]]:
    """What a reader must know of the new weights, in Korean and English."""
    yield (
        f"가구 가중치를 '{margins.title.ko}'의 {len(report.lines)}개 총수에 맞추었습니다(방법: {report.method}).",
        f"Household weights were brought to the {len(report.lines)} totals of “{margins.title.en}” "
        f"({report.method}).",
    )
    if margins.reference_day != population.manifest.reference_day:
        days = population.manifest.reference_day, margins.reference_day
        yield (
            f"사람들은 {days[0]} 기준이고 총수는 {days[1]} 기준입니다.",
            f"The people are those of {days[0]}, the totals those of {days[1]}.",
        )
    if any(partition.holds(Table.PERSONS, WEIGHT) for partition in population.partitions):
        yield (
            "가구원 가중치는 두지 않고, 가구의 가중치를 가구원 모두에게 씁니다.",
            "Persons have the weight of their household; their own weights are left out.",
        )
    if population.manifest.replicates:
        yield (
            "총수는 모든 복제를 합한 것에 맞추었고, 복제마다 맞추지는 않았습니다.",
            "The totals are met by all replicates together, not by each of them.",
        )


def as_json(report: CalibrationReport) -> dict[str, Any]:
    """The report in its stable shape: margins asked, before and met; ratios; weights before and after."""
    return {
        "method": report.method,
        "rounds": report.rounds,
        "largest_deviation": report.largest_deviation,
        "margins": [asdict(line) for line in report.lines],
        "ratios": {f"{share:g}": ratio for share, ratio in report.ratios},
        "weights_before": asdict(report.before),
        "weights_after": asdict(report.after),
    }


def _manifest(
    population: Population,
    report: CalibrationReport,
    margins: Margins,
    file: Path,
    bounds: Bounds | None,
) -> Manifest:
    said = list(notes(population, report, margins))
    note = said[0][1]
    columns = [each for each in population.manifest.columns if each.name != WEIGHT]
    columns.insert(
        0,
        ColumnOrigin(table=Table.HOUSEHOLDS, name=WEIGHT, origin=Origin.DERIVED, note=note),
    )
    return population.manifest.derived(
        title=(f"{margins.title.ko}에 맞춤", f"calibrated to {margins.title.en}"),
        approximations=said,
        details={
            "calibration": {
                **as_json(report),
                "bounds": None if bounds is None else [bounds.lower, bounds.upper],
                "sources": {
                    name: f"{margin.source} ({margin.status.value})"
                    for name, margin in margins.margins.items()
                },
            }
        },
        sources={file.name: hashlib.sha256(file.read_bytes()).hexdigest()},
        columns=tuple(columns),
        weight_note=f"{population.manifest.weight_note} {note}",
    )
