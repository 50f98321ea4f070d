"""A reform against the present system, for everybody in a population: from files to every figure."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from time import perf_counter, process_time

from .portable import PortablePlan
from .question import Question, plan_of
from .results import (
    Simulation,
)
from .runs import Executors, Progress, processes, run
from .sample import Sample
from .telling import Telling


def simulate(
    question: Question,
    folder: Path,
    *,
    executors: Executors = processes,
    progress: Progress | None = None,
) -> Simulation:
    """Compute the baseline and the reform, and every figure of their comparison.

    Args:
        folder: where columns and records stand; a run that was stopped goes on there.
        executors: opens the executor of the partitions.
        progress: told how many partitions of how many are done.

    Raises:
        BadInput: for a population, a law or a reform that does not fit.
    """
    plan = plan_of(question)
    started, started_cpu = perf_counter(), process_time()
    portable = PortablePlan.of(plan)
    done = run(portable, question.population, folder, executors, progress)
    computed = perf_counter()
    sample = Sample.of(done, plan.sampling)
    result = Telling(question, plan, done, sample).simulation()
    seconds = {
        "partitions": computed - started,
        "kernel_cpu": done.kernel_seconds,
        "measures": perf_counter() - computed,
        "own_cpu": process_time() - started_cpu,
    }
    return dataclasses.replace(result, seconds=seconds)
