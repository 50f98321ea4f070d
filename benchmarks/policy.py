"""How fast a policy is tried: a whole city with its report, a survey from its files, five million households.

    python benchmarks/policy.py [--quick] [--format json]

The city is synthetic Seoul, 4,141,659 households; the survey is the user's copy of the welfare panel, where it is
there; the five million are made up, with every fact of the law. Bounds are for wall time on two cores, as a
person waits; processor seconds of all processes stand beside. The kernel's share is the processor time of the
compiled law with laying out what it reads. Kernels are compiled before (the first run of a law on a machine
compiles it, see the whole law).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from law import columns as made_up_columns
from law import law as whole_law
from law import outputs
from support.measuring import against, table
from support.population import write_population

from donghaeng.laws import book, law_on
from donghaeng.policy.evaluation import Evaluation
from donghaeng.policy.households import Households
from donghaeng.policy.question import Question
from donghaeng.policy.reform_files import read_reform
from donghaeng.policy.report import simulation_files
from donghaeng.policy.runs import processes, this_process
from donghaeng.policy.scenario import baseline, reformed
from donghaeng.policy.simulate import simulate
from donghaeng.population.koweps import import_survey, read_survey, shipped_map, store
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Partition, Population
from donghaeng.population.synthetic import open_city, synthesize
from donghaeng.sources.whole_folders import write_folder

ROOT = Path(__file__).resolve().parent.parent
REFORM = ROOT / "examples" / "policy" / "safety_income_85.yaml"
PANEL = ROOT.parent / "shared" / "data" / "koweps_2017_w12"
WORKERS = 2
MILLION, MILLIONS = 1_000_000, 5


@dataclass(frozen=True)
class Found:
    """One line: seconds of the wall clock and of all processors, a bound for the first, what else was seen."""

    what: str
    households: int
    wall: float
    cpu: float
    bound: float | None = None
    seen: str = ""


def cpu_of_all() -> float:
    """Processor time of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What ``work`` gives, and its wall and processor time."""
    wall, cpu = time.perf_counter(), cpu_of_all()
    result = work()
    time.sleep(0.2)  # processes that end are counted when they are gone
    return result, time.perf_counter() - wall - 0.2, cpu_of_all() - cpu


def question(population: Population) -> Question:
    before = baseline(law_on("2024-07"))
    return Question(population, before, reformed(before, read_reform(REFORM), REFORM))


def from_partitions_to_report(folder: Path, run: Path, out: Path) -> Any:
    asked = question(Population.open(folder))
    found = simulate(asked, run, executors=partial(processes, WORKERS))
    write_folder(out, simulation_files(found, processes=True), mark="simulation.json")
    return found


def city(place: Path) -> list[Found]:
    """Synthetic Seoul made, and tried."""
    folder = place / "seoul"
    make = partial(
        synthesize, open_city("seoul"), book(), schema_of(book()), folder, seed=1, workers=WORKERS
    )
    _, wall, cpu = timed(make)
    count = Population.open(folder).households
    lines = [Found("a synthetic Seoul, written", count, wall, cpu, 90)]
    # Once to compile; a second time to be measured.
    from_partitions_to_report(folder, place / "first", place / "report_first")
    found, wall, cpu = timed(
        lambda: from_partitions_to_report(folder, place / "run", place / "report")
    )
    parts = found.seconds
    share = f"kernel {parts['kernel_cpu']:.1f} of {cpu:.1f} CPU s ({parts['kernel_cpu'] / cpu:.0%})"
    stages = f"partitions {parts['partitions']:.1f} s, measures {parts['measures']:.1f} s"
    lines.append(
        Found(
            "baseline, Safety Income, all readings and measures, report",
            count,
            wall,
            cpu,
            40,
            f"{share}; {stages}",
        )
    )
    return lines


def survey(place: Path) -> list[Found]:
    """The welfare panel from its files to a report's figures."""
    if not PANEL.is_dir():
        return []
    schema = schema_of(book())

    def imported_and_tried() -> Any:
        columns = shipped_map()
        tables = read_survey(PANEL / "households.csv.gz", PANEL / "persons.csv.gz", columns)
        store(
            import_survey(tables, columns, schema), columns, schema, place / "panel", replace=True
        )
        asked = question(Population.open(place / "panel"))
        return simulate(asked, place / "panel_run", executors=this_process)

    found, wall, cpu = timed(imported_and_tried)
    return [Found("KOWEPS imported and tried", found.households_in, wall, cpu, 5)]


def five_million(place: Path) -> list[Found]:
    """Every result of the whole law for made-up households, read from partitions by two processes."""
    columns = made_up_columns(whole_law(), MILLION)
    stored = [write_population(place / f"million_{n}", *columns) for n in range(MILLIONS)]
    parts = [each for population in stored for each in population.partitions]
    compiled, plain = (one_partition(parts[len(parts) // 2], form) for form in ("numba", "numpy"))

    def run() -> int:
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
            return sum(pool.map(whole_law_of, parts, chunksize=4))

    total, wall, cpu = timed(run)
    assert total == MILLIONS * MILLION
    beside = f"one partition: {compiled:,.0f} ns a household, NumPy form {plain:,.0f}"
    return [Found("the whole law, with reading, pool of 2", total, wall, cpu, 15, beside)]


def evaluation(form: str = "numba") -> Evaluation:
    law = whole_law()
    return Evaluation(baseline(law), tuple(outputs(law)), form)


_EVALUATIONS: dict[str, Evaluation] = {}


def whole_law_of(partition: Partition, form: str = "numba") -> int:
    """Compute a partition; the sums of all results are taken, as a run takes them."""
    if form not in _EVALUATIONS:
        _EVALUATIONS[form] = evaluation(form)
    found = _EVALUATIONS[form].run(Households(partition))
    for values, _ in found.households.columns.values():
        values.sum()
    return partition.count


def one_partition(partition: Partition, form: str) -> float:
    """Nanoseconds a household, after a first run."""
    whole_law_of(partition, form)
    at = time.process_time()
    count = whole_law_of(partition, form)
    return (time.process_time() - at) / count * 1e9


HEAD = ("what", "households", "wall s", "CPU s", "bound, wall s", "seen")


def row(line: Found) -> list[str]:
    limit = "" if line.bound is None else f"{line.bound:g}: {against(line.wall, line.bound)}"
    return [
        line.what,
        f"{line.households:,}",
        f"{line.wall:.1f}",
        f"{line.cpu:.1f}",
        limit,
        line.seen,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="without the five million")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        lines = [*survey(place), *city(place)]
        if not options.quick:
            lines += five_million(place)
    if options.format == "json":
        print(json.dumps([asdict(line) for line in lines], indent=1))
        return
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(table(HEAD, [row(line) for line in lines]))


if __name__ == "__main__":
    main()
