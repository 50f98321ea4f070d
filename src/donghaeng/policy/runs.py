"""Running every partition on an executor: local processes or a cluster; killed runs go on where they stopped.

A partition that is done leaves its columns and, last, a record of what was counted. A run that starts again
finds the records of the same plan on the same population and computes only what is missing. A worker that is
killed takes its partition with it; the partition is given to another.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import donghaeng
from donghaeng.population.store import Population
from donghaeng.rules.faults import BadInput

from .design_keys import Sampling
from .partition_run import Counted
from .portable import PortablePlan, Task, run_task
from .tally import Tally

# A partition during which workers die so many times is not given to another one.
ATTEMPTS = 3
PLAN, COLUMNS = "plan.json", "columns"
PACKAGE = Path(donghaeng.__file__).parent
Progress = Callable[[int, int], None]
Executors = Callable[[], AbstractContextManager[Executor]]


@dataclass(frozen=True)
class Done:
    """Every partition of a run: the totals, the readings, and the files of columns in order.

    ``same`` gives for each reading the first with the same incomes everywhere, ``same_in`` the same for each
    partition: where a partition's columns of a reading stand.
    """

    tally: Tally
    same: tuple[int, ...]
    same_in: tuple[tuple[int, ...], ...]
    kernel_seconds: float
    files: tuple[Path, ...]
    resumed: int


@contextlib.contextmanager
def processes(count: int | None = None) -> Iterator[Executor]:
    """An executor of local processes, one a core; they start afresh, so that no state is shared."""
    workers = count or os.cpu_count() or 1
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextlib.contextmanager
def this_process() -> Iterator[Executor]:
    """An executor that computes here, one partition after the other."""
    yield _Here()


class _Here(Executor):
    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


def run(
    plan: PortablePlan,
    population: Population,
    folder: Path,
    executors: Executors = processes,
    progress: Progress | None = None,
) -> Done:
    """Compute every partition of ``population`` under ``plan``.

    Args:
        folder: where columns and records stand until the results are written.
        executors: opens an executor; it is opened again where its workers died.
        progress: told how many partitions of how many are done.

    Raises:
        BadInput: for a partition that cannot be read, a disk that is full, or workers that keep dying.
    """
    return _Run(plan, population, folder, executors, progress).run()


class _Run:
    def __init__(
        self,
        plan: PortablePlan,
        population: Population,
        folder: Path,
        executors: Executors,
        progress: Progress | None,
    ) -> None:
        self.folder, self.executors, self.progress = folder, executors, progress
        self.prepare(plan, population)
        self.tasks = [
            Task(plan, str(population.folder.resolve()), entry, str(self.columns(number)))
            for number, entry in enumerate(population.manifest.partitions)
        ]
        self.attempts = [0] * len(self.tasks)
        self.counted: dict[int, Counted] = {}

    def prepare(self, plan: PortablePlan, population: Population) -> None:
        """Start anew unless the folder holds a run of this plan on this population."""
        entries = [entry.model_dump() for entry in population.manifest.partitions]
        said = {"plan": plan.key, "program": program_key(), "partitions": entries}
        name = json.dumps(said, sort_keys=True)
        file = self.folder / PLAN
        try:
            if not file.is_file() or file.read_bytes() != name.encode():
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(parents=True)
                file.write_text(name, encoding="utf-8")
            (self.folder / COLUMNS).mkdir(exist_ok=True)
        except OSError as error:
            raise BadInput(str(error.strerror), file=str(self.folder)) from None

    def columns(self, number: int) -> Path:
        return (self.folder / COLUMNS / f"{number:05d}.arrow").resolve()

    def record(self, number: int) -> Path:
        return self.folder / COLUMNS / f"{number:05d}.json"

    def run(self) -> Done:
        for number in range(len(self.tasks)):
            counted = _read_counted(self.record(number), self.columns(number))
            if counted is not None:
                self.counted[number] = counted
        resumed = len(self.counted)
        self.tell()
        while len(self.counted) < len(self.tasks):
            self.round()
        results = [self.counted[number] for number in range(len(self.tasks))]
        tally = Tally(results[0].tally.sampling, results[0].tally.names)
        for result in results:
            tally.merge(result.tally)
        return Done(
            tally,
            _joined([result.same for result in results]),
            tuple(result.same for result in results),
            sum(result.kernel_seconds for result in results),
            tuple(self.columns(number) for number in range(len(self.tasks))),
            resumed,
        )

    def round(self) -> None:
        """Give out what is missing, until all is there or the workers die."""
        missing = [number for number in range(len(self.tasks)) if number not in self.counted]
        with self.executors() as executor:
            waiting: dict[Future[Counted], int] = {}
            ahead = 4 * (os.cpu_count() or 1)
            try:
                while missing or waiting:
                    while missing and len(waiting) < ahead:
                        number = missing.pop(0)
                        waiting[executor.submit(run_task, self.tasks[number])] = number
                    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    ended = {waiting.pop(future): future for future in done}
                    for number, future in ended.items():
                        if future.exception() is None:
                            self.keep(number, future.result())
                    # What is done is kept before the first that failed ends the round.
                    for number in sorted(set(ended) - set(self.counted)):
                        waiting[ended[number]] = number
                        ended[number].result()
            except Exception as error:
                if not died(error):
                    raise
                self.lost(sorted(waiting.values()))

    def keep(self, number: int, counted: Counted) -> None:
        partial = self.record(number).with_suffix(".partial")
        try:
            with partial.open("w", encoding="utf-8") as file:
                file.write(_counted_text(counted, self.columns(number).stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.record(number))
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise BadInput(
                str(error.strerror),
                file=str(self.record(number)),
                remedy="free some space, and run it again: it goes on where it stopped",
            ) from None
        self.counted[number] = counted
        self.tell()

    def lost(self, numbers: Sequence[int]) -> None:
        """Workers died: their partitions are given out again, but not for ever."""
        for number in numbers:
            self.attempts[number] += 1
        worst = max(numbers, key=lambda number: self.attempts[number], default=None)
        if worst is not None and self.attempts[worst] >= ATTEMPTS:
            raise BadInput(
                f"the workers died {ATTEMPTS} times",
                file=self.tasks[worst].entry.file,
                remedy="fewer workers need less memory (--workers 1); what is done is kept",
            )

    def tell(self) -> None:
        if self.progress is not None:
            self.progress(len(self.counted), len(self.tasks))


def died(error: Exception) -> bool:
    """Whether it says that workers died, here or on a cluster, and not that something is wrong."""
    if isinstance(error, (BrokenExecutor, CancelledError)):
        return True
    if "distributed" not in sys.modules:
        return False
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


@cache
def program_key() -> str:
    """A hash of the program's own text: what another version computed is not gone on with."""
    digest = hashlib.sha256()
    for room in ("kernel", "population", "policy", "rules"):
        for file in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _joined(sames: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """For each reading, the first that is the same in every partition."""
    readings = list(zip(*sames, strict=True))
    firsts: dict[tuple[int, ...], int] = {}
    return tuple(firsts.setdefault(column, number) for number, column in enumerate(readings))


def _counted_text(counted: Counted, length: int) -> str:
    """A record: what was counted, and how many bytes of columns belong to it."""
    tally = counted.tally
    return json.dumps(
        {
            "sampling": tally.sampling.value,
            "names": tally.names,
            "sums": [[*key, values.tolist()] for key, values in tally.sums.items()],
            "squares": [[key, values.tolist()] for key, values in tally.squares.items()],
            "rows": list(tally.rows.items()),
            "same": counted.same,
            "kernel_seconds": counted.kernel_seconds,
            "households": counted.households,
            "bytes": length,
        }
    )


def _read_counted(record: Path, columns: Path) -> Counted | None:
    """What a partition counted; ``None`` where it is not done, or its files are not whole."""
    try:
        content = json.loads(record.read_bytes())
        whole = columns.stat().st_size == content["bytes"]
        return _counted(content) if whole else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _counted(content: Mapping[str, Any]) -> Counted:
    tally = Tally(
        Sampling(content["sampling"]),
        tuple(content["names"]),
        {(stratum, unit): np.array(values) for stratum, unit, values in content["sums"]},
        {stratum: np.array(values) for stratum, values in content["squares"]},
        dict(content["rows"]),
    )
    return Counted(tally, tuple(content["same"]), content["kernel_seconds"], content["households"])
