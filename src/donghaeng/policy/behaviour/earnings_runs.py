"""Incomes under the reform at other earnings: the law run again where the response changes what people earn.

Like a partition run, each is a pure function of paths, so that any executor can run it, and what is done is
found again by a run that goes on.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from donghaeng.population.store import Partition, Population
from donghaeng.population.store.columns import read_columns, write_columns
from donghaeng.population.store.manifest import PartitionEntry
from donghaeng.rules.faults import BadInput

from ..households import Households
from ..portable import PortablePlan
from ..runs import ATTEMPTS, Done, Executors, died
from ..tax_rates import EARNINGS, main_earner, with_earnings

Array = np.ndarray
FOLDER = "at_other_earnings"


@dataclass(frozen=True)
class EarningsTask:
    """One partition: ``earnings`` is the file of what its main earners earn, one column a point."""

    plan: PortablePlan
    folder: str
    entry: PartitionEntry
    earnings: str
    target: str


def run_at_earnings(task: EarningsTask) -> None:
    """Write disposable income under the reform at each point, NaN where it is not known.

    Raises:
        BadInput: where a file cannot be read or written.
    """
    kernels, partition = task.plan.kernels(), Partition(Path(task.folder), task.entry)
    plan = kernels.plan
    stored = Households(partition, plan.before.assumed)
    earnings = stored.fact(plan.before.law, EARNINGS)
    earner = main_earner(earnings)
    incomes: dict[str, Array] = {}
    for point, amount in read_columns(Path(task.earnings)).items():
        changed = with_earnings(stored, earnings, earner, amount.astype(np.int64))
        before = kernels.before.run(changed, plan.readings[0])
        income, known = kernels.after.run(changed, before, plan.readings[0]).result(plan.income)
        sure = earner.known if known is None else earner.known & known
        incomes[point] = np.where(sure, income.astype(np.float64), np.nan)
    write_columns(Path(task.target), incomes)


@dataclass(frozen=True)
class EarningsRuns:
    """The partitions of a run that is done, to be computed again at other earnings."""

    plan: PortablePlan
    population: Population
    done: Done
    folder: Path
    executors: Executors

    def incomes(self, earnings: Array) -> Array:
        """Disposable income under the reform in won a month, (points, households).

        Args:
            earnings: of the main earners in whole won a month, (points, households of the sample).

        Raises:
            BadInput: for partitions that cannot be read, a disk that is full, or workers that keep dying.
        """
        known = [read_columns(file)["known"] for file in self.done.files]
        everyone = np.zeros((len(earnings), sum(map(len, known))), np.int64)
        inside = np.concatenate(known)
        everyone[:, inside] = earnings
        key = hashlib.sha256(f"{self.plan.key} {earnings.shape}".encode())
        key.update(everyone.tobytes())
        tasks = self.tasks(everyone, [len(flags) for flags in known], key.hexdigest()[:24])
        self.compute(tasks)
        parts = [read_columns(Path(task.target)) for task in tasks]
        points = [str(point) for point in range(len(earnings))]
        return np.stack([np.concatenate([part[point] for part in parts]) for point in points])[
            :, inside
        ]

    def tasks(self, earnings: Array, counts: list[int], key: str) -> list[EarningsTask]:
        """One task a partition, its earnings written."""
        place = (self.folder / FOLDER / key).resolve()
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(str(error.strerror), file=str(place)) from None
        tasks = []
        edges = np.cumsum([0, *counts])
        for number, entry in enumerate(self.population.manifest.partitions):
            stated, target = (
                place / f"{number:05d}.{kind}.arrow" for kind in ("earnings", "incomes")
            )
            if not _is_whole(target):
                rows = earnings[:, edges[number] : edges[number + 1]]
                write_columns(stated, {str(point): row for point, row in enumerate(rows)})
            folder = str(self.population.folder.resolve())
            tasks.append(EarningsTask(self.plan, folder, entry, str(stated), str(target)))
        return tasks

    def compute(self, tasks: list[EarningsTask]) -> None:
        """Run what is missing; where workers die, what they left is given to others."""
        for _ in range(ATTEMPTS):
            missing = [task for task in tasks if not Path(task.target).is_file()]
            if not missing:
                return
            try:
                with self.executors() as executor:
                    for future in as_completed(
                        [executor.submit(run_at_earnings, task) for task in missing]
                    ):
                        future.result()
            except Exception as error:
                if not died(error):
                    raise
        if not all(Path(task.target).is_file() for task in tasks):
            raise BadInput(
                f"the workers died {ATTEMPTS} times",
                remedy="fewer workers need less memory (--workers 1); what is done is kept",
            )


def _is_whole(file: Path) -> bool:
    """Whether columns stand there; what was cut short is taken away and computed again."""
    try:
        read_columns(file)
    except BadInput:
        file.unlink(missing_ok=True)
        return False
    return True
