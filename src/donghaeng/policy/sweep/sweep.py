"""Many reforms of one population that differ in a few numbers: what these do not decide is computed once.

The baseline of every partition, what the reform does apart from the swept parameters, and the same with the main
earner of each household not working, are computed and kept. At each point only the swept part of the law is run
again (``staging.tail``), on columns that are laid out already, into memory that is there already. The figures are
those of ``simulate`` for the reform of the point, under its main reading.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np

from donghaeng.population.schema import WEIGHT, Table
from donghaeng.population.store import Partition, Population
from donghaeng.rules.faults import BadInput

from ..design_keys import Sampling, design_columns
from ..households import Households
from ..sample import Sample
from ..tally import Estimate
from ..tax_rates import EARNINGS, main_earner, participation_rate, with_earnings
from .again import Results, Room
from .distributions import Distributions
from .figure_names import DISTRIBUTION, EVERY_FIGURE, Figure, Figures
from .stages import Family, Stages
from .totals import Totals
from .values import Point

Array = np.ndarray


class Sweep:
    """One population under every reform of a family.

    Args:
        start: the swept parameters, each with one of its values.
        wanted: figures; those of distributions and participation tax rates take longest.
        form: of the kernels; ``auto`` compiles for large populations only.

    Raises:
        BadInput: for an unknown parameter, one that decides nothing of income, or a partition that cannot be
            read.
    """

    def __init__(
        self,
        population: Population,
        family: Family,
        start: Point,
        *,
        wanted: frozenset[Figure] = EVERY_FIGURE,
        form: str = "auto",
    ) -> None:
        self.wanted = wanted
        self.stages = Stages(population, family, start, form)
        self.sampling = self.stages.sampling
        self.population = population
        self._own, self._idle = self.stages.kept(), self.stages.kept()
        parts = [self._read(partition) for partition in population.partitions]
        names = [name for name in parts[0] if all(name in part for part in parts)]
        columns = {name: np.concatenate([part[name] for part in parts]) for name in names}
        self._prepare(columns, str(population.folder))
        self._rooms = threading.local()

    # What is computed once

    def _read(self, partition: Partition) -> dict[str, Array]:
        """Compute and keep one partition; the columns by which its households are counted."""
        stored = Households(partition, self.stages.before.assumed)
        before = self.stages.keep(self._own, stored)
        columns = {
            "weight": partition.household(WEIGHT),
            "persons": np.full(partition.count, partition.size, np.int8),
            "income": before.result(self.stages.income)[0],
            "known": self.stages.known(stored, before),
        }
        for name in design_columns(self.sampling):
            if name and partition.holds(Table.HOUSEHOLDS, name):
                columns[name] = partition.household(name).astype(np.int64)
        if Figure.PARTICIPATION_TAX_RATE in self.wanted:
            columns["earnings"], columns["surely_idle"] = self._keep_idle(stored)
        return columns

    def _keep_idle(self, stored: Households) -> tuple[Array, Array]:
        """Keep the households of a main earner as if nobody earned there; earnings, and where that is known."""
        earnings = stored.fact(self.stages.before.law, EARNINGS)
        earner = main_earner(earnings)
        works = earner.known & (earner.earnings > 0)
        idle = with_earnings(stored, earnings, earner, np.zeros_like(earner.earnings))
        before = self.stages.keep(self._idle, idle, np.flatnonzero(works))
        known = before.result(self.stages.income)[1]
        return np.where(works, earner.earnings, 0), works if known is None else works & known

    def _prepare(self, columns: dict[str, Array], folder: str) -> None:
        stratum, unit = (columns.get(name) for name in design_columns(self.sampling))
        self._totals = Totals(self.sampling, columns["weight"], stratum, unit)
        self._income: Array = columns["income"]
        self._known: Array = columns["known"]
        if not self._known.any():
            raise BadInput("the income of no household is known", file=folder)
        if "earnings" in columns:
            self._earners = np.flatnonzero(columns["earnings"])
            self._earnings = columns["earnings"][self._earners]
            self._compared = columns["surely_idle"][self._earners]
        kept = {
            name: values
            for name, values in columns.items()
            if name in ("weight", "persons", *design_columns(self.sampling))
        }
        self._columns = kept
        self._whole = self._counted(np.flatnonzero(self._known))

    def _counted(self, rows: Array) -> tuple[Array, Sample, Distributions | None]:
        """The households of ``rows`` as a sample."""
        columns = {name: values[rows] for name, values in self._columns.items()}
        lost = float(self._columns["weight"].sum() - columns["weight"].sum())
        left_out = (len(self._known) - len(rows), lost)
        sample = Sample(columns, {}, {}, (), self.sampling, left_out)
        wanted = [figure for figure in DISTRIBUTION if figure in self.wanted]
        measuring = Distributions(sample, self._income[rows], wanted) if wanted else None
        return rows, sample, measuring

    # What is computed at each point

    def figures(self, point: Point) -> Figures:
        """The figures of the reform at ``point``.

        Raises:
            BadInput: for a value with which the law cannot be computed exactly.
        """
        variant = self.stages.variant(point)
        own, idle = self._room()
        results = self._own.run(variant, own)
        known = self._known & results.known
        change = np.where(known, results.income - self._income, 0)
        of = self._of_all(change)
        rows, sample, measuring = self._whole
        if not np.array_equal(
            known, self._known
        ):  # at this value the law asks for what is not known
            if not known.any():
                raise BadInput("the income of no household is known", field=str(dict(point)))
            rows, sample, measuring = self._counted(np.flatnonzero(known))
        if measuring is not None:
            of |= measuring.measured(results.income[rows])
        if Figure.PARTICIPATION_TAX_RATE in self.wanted:
            without = self._idle.run(variant, idle)
            of[Figure.PARTICIPATION_TAX_RATE] = self._rate(results, without, known, sample)
        recipients = {
            name: self._totals.total(results.receiving[place])
            for place, name in enumerate(self.stages.benefits)
        }
        ordered = {figure: of[figure] for figure in Figure if figure in of}
        return Figures(ordered, recipients, sample.left_out[1])

    def _of_all(self, change: Array) -> dict[Figure, Estimate]:
        columns = {Figure.COST: change, Figure.GAINING: change > 0, Figure.LOSING: change < 0}
        return {
            figure: self._totals.total(column)
            for figure, column in columns.items()
            if figure in self.wanted
        }

    def _rate(self, own: Results, idle: Results, known: Array, sample: Sample) -> Estimate:
        """The mean participation tax rate of households in which somebody earns."""
        rate = participation_rate(own.income[self._earners], idle.income, self._earnings)
        there = known[self._earners] & idle.known & self._compared
        weight = np.where(there, self._columns["weight"][self._earners], 0.0)
        if self.sampling is Sampling.REPLICATES:
            values, counted = np.zeros(len(known)), np.zeros(len(known))
            values[self._earners], counted[self._earners] = rate, weight
            return sample.mean(values[known], counted[known])
        total = float(weight.sum())
        return Estimate(float(np.einsum("h,h->", rate, weight)) / total if total else float("nan"))

    def _room(self) -> tuple[Room, Room]:
        """The memory of this thread."""
        if not hasattr(self._rooms, "pair"):
            self._rooms.pair = self._own.room(), self._idle.room()
        pair: tuple[Room, Room] = self._rooms.pair
        return pair

    def over(
        self, points: Sequence[Point], threads: int | None = None
    ) -> Iterator[tuple[int, Figures]]:
        """The number and the figures of every point, as they are done."""
        if not points:
            return
        pool = ThreadPoolExecutor(threads or os.cpu_count() or 1)
        try:
            waiting = {
                pool.submit(self.figures, point): number for number, point in enumerate(points)
            }
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        finally:  # nothing more is begun once the results are no longer wanted
            pool.shutdown(wait=True, cancel_futures=True)
