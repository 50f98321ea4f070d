"""Make a synthetic city: plan, model, blocks drawn by two processes, written as they come.

Every block has a random stream of its own (Philox, keyed by the seed, the size and the number of the block),
so the result is the same for any number of processes.
"""

from __future__ import annotations

import datetime
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from donghaeng.rules.book import Book
from donghaeng.rules.faults import BadInput

from ..schema import Schema
from ..store import Population, Writer
from ..store.columns import narrowest
from ..store.manifest import Manifest, Origin, PopulationKind
from .ages import GROUPS, OLD_AGE
from .city import LARGEST, City, Families
from .comparison import added, compared, traits_of_drawn
from .drawing import Drawing, Tally
from .facts import Columns, columns_of, origins, same_for_all
from .fitting import fit
from .margins import STATUSES
from .model import Model
from .moments import published, read_moments
from .money import draw_money
from .people import People, draw_people
from .plan import BLOCK, Block, Plan, plan_of, rows_of
from .report import Counts, Report, assumptions, levels_met, margins_met, targets_met
from .respondents import Respondents, respondents_of
from .targets import Standing, measured, standing_by_law

Array = np.ndarray
WORKERS = 2
LOOKED_AT = 40_000  # households of which the law is computed for the targets
AHEAD = 2  # blocks a process may be ahead of the writing
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Making:
    """All that drawing a block needs; it goes to each process once."""

    plan: Plan
    model: Model
    families: Families
    facts: dict[str, int]
    seed: int


@dataclass(frozen=True)
class Drawn:
    """A block: its columns, and what is counted of it."""

    columns: Columns
    counts: Counts
    tallies: dict[str, Tally]
    tables: dict[str, Array]


def prepared(
    city: City,
    book: Book,
    seed: int,
    survey: Respondents | None = None,
    reference_day: datetime.date | None = None,
) -> Making:
    """Plan and model of a city.

    Raises:
        BadInput: where margins cannot be met, or the survey is too small.
    """
    if not 0 <= seed < 2**32:
        raise BadInput(
            f"{seed} is no seed", field="seed", remedy="a whole number from 0 to 4294967295"
        )
    plan = plan_of(city, reference_day)
    model = published(read_moments(city.folder), city, plan, seed)
    if survey is not None:
        model = fit(survey, model, seed)
    return Making(plan, model, city.file.families, same_for_all(city, book), seed)


def draw_block(making: Making, block: Block) -> Drawn:
    """The households of one block; the same whatever was drawn before."""
    key = [making.seed, block.size * 2**32 + block.number]
    drawing = Drawing(making.model, np.random.Generator(np.random.Philox(key=key)))
    rows, day = rows_of(making.plan, block), making.plan.reference_day
    people = draw_people(rows, making.families, day, drawing)
    money = draw_money(people, drawing)
    columns = columns_of(people, money, making.facts, day, drawing.rng)
    narrow = replace(
        columns,
        household={name: narrowest(values) for name, values in columns.household.items()},
        person={name: narrowest(values) for name, values in columns.person.items()},
    )
    tables = traits_of_drawn(people, money).all_counted()
    return Drawn(narrow, _counted(making.plan, people), drawing.tallies, tables)


def _counted(plan: Plan, people: People) -> Counts:
    districts = len(plan.targets.districts)
    place = np.searchsorted(plan.targets.districts, people.rows.district)
    sizes = np.zeros((districts, LARGEST), np.int64)
    sizes[:, people.rows.size - 1] = np.bincount(place, minlength=districts)
    group = np.minimum(people.age // 5, GROUPS - 1).astype(np.int64)
    persons = np.zeros(districts * GROUPS, np.int64)
    for slot in range(people.rows.size):
        persons += np.bincount(place * GROUPS + group[slot], minlength=len(persons))
    alone = np.zeros((districts, GROUPS, len(STATUSES)), np.int64)
    if people.rows.size == 1:
        # the status of the elderly as it was drawn: receipt by the finished column, low income by the plan
        old = people.age[0] >= OLD_AGE
        status = np.where(people.rows.status == 2, 2, np.where(old & people.recipient, 1, 0))
        cell = (place * GROUPS + group[0]) * len(STATUSES) + status
        alone = np.bincount(cell, minlength=alone.size).reshape(alone.shape)
    sexes = np.bincount((group * 2 + people.woman).ravel(), minlength=GROUPS * 2)
    return Counts(sizes, alone, persons.reshape(districts, GROUPS), sexes.reshape(GROUPS, 2))


def drawn_blocks(making: Making, workers: int = WORKERS, length: int = BLOCK) -> Iterator[Drawn]:
    """All blocks in order, drawn by ``workers`` processes; in this process where it is one."""
    blocks = making.plan.blocks(length)
    if workers <= 1 or len(blocks) == 1:
        yield from (draw_block(making, block) for block in blocks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (making,)) as pool:
        waiting: deque[Future[Drawn]] = deque()
        try:
            for block in blocks:
                waiting.append(pool.submit(_draw, block))
                if len(waiting) > workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_making: Making | None = None


def _start(making: Making) -> None:
    global _making
    _making = making


def _draw(block: Block) -> Drawn:
    assert _making is not None
    return draw_block(_making, block)


def synthesize(
    city: City,
    book: Book,
    schema: Schema,
    folder: Path,
    *,
    seed: int,
    survey: Population | None = None,
    reference_day: datetime.date | None = None,
    workers: int = WORKERS,
    replace_folder: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Make the city and write it to ``folder`` as a population.

    Args:
        survey: people who were asked, to whom the model is fitted; the city's published moments where there
        is none. progress: called with the households drawn and those to be drawn.

    Returns:
        What was asked and met; the same stands in the manifest under ``details``.

    Raises:
        BadInput: for margins that cannot be met, a survey without what the model needs, a folder that is
            there already.
    """
    started = time.perf_counter()
    asked = None if survey is None else respondents_of(survey, schema, city.file.region)
    with Writer(folder, schema, replace=replace_folder) as writer:
        making = prepared(city, book, seed, asked, reference_day)
        counts: Counts | None = None
        tallies: dict[str, Tally] = {}
        tables: dict[str, Array] = {}
        done = 0
        every = max(making.plan.households // LOOKED_AT, 1)
        standing: list[Standing] = []
        law = book.on(making.plan.reference_day)
        for drawn in drawn_blocks(making, workers):
            columns = drawn.columns
            writer.add(columns.size, columns.household, columns.person)
            counts = drawn.counts if counts is None else counts.plus(drawn.counts)
            tables = added((tables, drawn.tables))
            for name, tally in drawn.tallies.items():
                tallies.setdefault(name, Tally()).add(tally)
            if looked_at := _some(columns, every):
                standing.append(standing_by_law(looked_at, law))
            done += columns.count
            if progress is not None:
                progress(done, making.plan.households)
        assert counts is not None
        report = _report(city, making, counts, tallies, tables, asked)
        found = measured(Standing.joined(standing))
        near = targets_met(read_moments(city.folder), making.model, found)
        report = replace(report, targets=near, seconds=time.perf_counter() - started)
        writer.finish(_manifest(city, making, report, survey))
    return report


def _some(columns: Columns, every: int) -> Columns | None:
    """One household of ``every``; none where there are fewer."""
    if columns.count < every:
        return None
    return Columns(
        columns.size,
        {name: values[::every] for name, values in columns.household.items()},
        {name: values[:, ::every] for name, values in columns.person.items()},
    )


def _report(
    city: City,
    making: Making,
    counts: Counts,
    tallies: dict[str, Tally],
    tables: dict[str, Array],
    survey: Respondents | None,
) -> Report:
    assumed = {
        f"{each.table}.{each.name}": each.note
        for each in origins(city)
        if each.origin is Origin.ASSUMED
    }
    moments = read_moments(city.folder)
    return Report(
        making.plan.households,
        making.plan.persons,
        margins_met(making.plan.targets, counts),
        levels_met(moments, making.model, tallies),
        compared(tables, survey),
        counts.by_sex,
        making.model.source.value,
        making.model.thinnest,
        assumptions(city, making.model, assumed),
    )


def _manifest(city: City, making: Making, report: Report, survey: Population | None) -> Manifest:
    sources = {
        name: f"{each.source}; {each.agency}; {each.year}; {each.status}; {each.role}"
        for name, each in city.file.margins.items()
    }
    if survey is not None:
        sources["survey"] = survey.manifest.title
    label = city.file.label.get("en", city.file.name)
    return Manifest(
        title=f"{label}, synthetic (seed {making.seed})",
        kind=PopulationKind.SYNTHETIC,
        reference_day=making.plan.reference_day,
        households=report.households,
        persons=report.persons,
        weight_note="Every household of the city is there once.",
        design_note=(
            f"{making.plan.replicates} replicates, each drawn from a model of its own: the variance of a "
            "figure is (1 + 1/R) times its variance between the replicates."
        ),
        columns=origins(city),
        approximations=report.assumed,
        sources=sources,
        replicates=making.plan.replicates,
        details=report.as_json(),
    )
