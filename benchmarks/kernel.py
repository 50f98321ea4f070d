"""How fast the compiled law is on many households, beside its peers and beside the memory.

    python benchmarks/kernel.py [--quick] [--format json]

Every engine runs in a process of its own. Before it is timed it must return the same won as the
explained evaluation on 10,000 households.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from support.measuring import Timing, against, best, in_a_process, peak_above, table, triad
from support.workload import COMPARED, OUTPUTS, Array, Households, households, law, one_by_one

SIZES = (1_000_000, 5_000_000)
QUICK = (100_000,)
REPEATS = {"numba": 15, "numpy": 3}
PEER_REPEATS = 3
NS_PER_HOUSEHOLD = 20.0
TIMES_TRIAD = 3.0
MEMORY_ABOVE_OUTPUTS = 50e6


class Engine(Protocol):
    """Something that computes the six outputs."""

    def run(self) -> Any: ...


class Donghaeng:
    """The kernel on a batch; the columns it was made of are given back before it runs.

    With ``again`` each run writes over the outputs of the one before, as in a sweep of reforms (and
    as the triad does); without it each run asks the system for new memory.
    """

    def __init__(self, given: Households, form: str, threads: int, again: bool = False) -> None:
        from donghaeng.kernel import Batch, Kernel

        self.batch = Batch.from_columns(law(), given.sizes, given.household, given.person)
        self.kernel = Kernel(law(), OUTPUTS, form=form)
        self.kernel.compile()
        self.threads = threads
        self.outputs: Any = None

    def run(self) -> Any:
        # As in a sweep of reforms: the results of a run are written over those of the last.
        self.outputs = self.kernel.run(self.batch, threads=self.threads, into=self.outputs)
        return self.outputs


def _openfisca(given: Households) -> Engine:
    from support.openfisca_peer import OpenFisca

    engine: Engine = OpenFisca(given)
    return engine


def _polars(given: Households) -> Engine:
    from support.table_peers import Polars

    return Polars(given)


def _duckdb(given: Households, threads: int) -> Engine:
    from support.table_peers import DuckDB

    return DuckDB(given, threads)


ENGINES: dict[str, Callable[[Households], Engine]] = {
    "Donghaeng, Numba, 1 thread": lambda given: Donghaeng(given, "numba", 1),
    "Donghaeng, Numba, 1 thread, again": lambda given: Donghaeng(given, "numba", 1, again=True),
    "Donghaeng, Numba, 2 threads": lambda given: Donghaeng(given, "numba", 2),
    "Donghaeng, NumPy": lambda given: Donghaeng(given, "numpy", 1),
    "openfisca-core": _openfisca,
    "Polars, 2 threads": _polars,
    "DuckDB, 1 thread": lambda given: _duckdb(given, 1),
    "DuckDB, 2 threads": lambda given: _duckdb(given, 2),
}
SERIAL = ("Donghaeng, Numba, 1 thread", "Donghaeng, Numba, 1 thread, again")


def columns(result: Any) -> dict[str, Array]:
    """The outputs by name in the order of the households."""
    if isinstance(result, dict):
        return {name: np.asarray(result[name]) for name in OUTPUTS}
    return {name: result.column(name)[0] for name in OUTPUTS}


def agreeing(name: str, truth: Path) -> int:
    """Of how many households every output is the same won."""
    expected = np.load(truth)
    found = columns(ENGINES[name](households(COMPARED)).run())
    same = np.ones(COMPARED, bool)
    for output in OUTPUTS:
        same &= found[output] == expected[output]
    return int(same.sum())


def measure(name: str, count: int, truth: Path) -> dict[str, Any]:
    """One engine on ``count`` households, in this process."""
    same = agreeing(name, truth)
    if same < COMPARED:
        return {"agrees": same}
    given = households(count)
    cells = sum(len(column) for column in (*given.household.values(), *given.person.values()))
    moved = 8 * (cells + count * len(OUTPUTS))
    engine = ENGINES[name](given)
    del given
    peak = peak_above(engine.run)
    ours = name.startswith("Donghaeng")
    repeats = REPEATS["numba" if "Numba" in name else "numpy"] if ours else PEER_REPEATS
    found: dict[str, Any] = {"agrees": same, "peak": peak}
    if name in SERIAL:  # beside it, in turn, what the memory needs for the same bytes
        timing, bandwidth = best(engine.run, 3), triad(moved, 3)
        for _ in range(repeats // 3):
            timing = _faster(timing, best(engine.run, 3))
            bandwidth = _faster(bandwidth, triad(moved, 3))
        found |= {"triad": bandwidth.cpu, "moved": moved}
    else:
        timing = best(engine.run, repeats)
    return found | {"cpu": timing.cpu, "wall": timing.wall}


def _faster(one: Timing, other: Timing) -> Timing:
    return Timing(min(one.cpu, other.cpu), min(one.wall, other.wall))


def row(name: str, count: int, found: dict[str, Any]) -> list[str]:
    """One line of the table."""
    who = [f"{count:,}", name]
    if "fault" in found:
        return [*who, found["fault"]]
    agrees = f"{found['agrees']:,} of {COMPARED:,}"
    if "cpu" not in found:
        return [*who, agrees, "not timed"]
    nanoseconds = found["cpu"] / count * 1e9
    cpu, ratio, peak = f"{nanoseconds:.1f}", "", f"{found['peak'] / 1e6:,.0f}"
    if name in SERIAL:
        times = found["cpu"] / found["triad"]
        ratio = f"{times:.2f}"
        if count in SIZES:  # the bounds are for these
            cpu += f" (20: {against(nanoseconds, NS_PER_HOUSEHOLD)})"
            ratio += f" (3: {against(times, TIMES_TRIAD)})"
    if "Numba" in name:
        outputs = 8 * count * len(OUTPUTS)
        bound = outputs + MEMORY_ABOVE_OUTPUTS
        peak += f" ({bound / 1e6:,.0f}: {against(found['peak'], bound)})"
    return [*who, agrees, f"{found['wall'] * 1e3:,.1f}", cpu, ratio, peak]


HEAD = (
    "households",
    "engine",
    "agrees",
    "wall ms",
    "CPU ns a household",
    "times triad",
    "MB above the data",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="100,000 households only")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--only", default="", help="engines whose name contains this")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        name, count, truth = options.one
        print(json.dumps(measure(name, int(count), Path(truth))))
        return
    names = [name for name in ENGINES if options.only.lower() in name.lower()]
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder) / "truth.npz"
        np.savez(truth, **one_by_one(households(COMPARED)))  # type: ignore[arg-type]
        for count in QUICK if options.quick else SIZES:
            for name in names:
                found = in_a_process(__file__, "--one", name, str(count), str(truth))
                results.append({"engine": name, "households": count, **found})
    if options.format == "json":
        print(json.dumps(results, indent=1))
    else:
        print(table(HEAD, [row(each["engine"], each["households"], each) for each in results]))
    if any(each.get("agrees") != COMPARED for each in results):
        sys.exit("an engine failed or returned other won: it was not timed")


if __name__ == "__main__":
    main()
