"""How fast a frontier of 1,000 reforms is, beside simulating each of them from the start.

    python benchmarks/policy_frontier.py [--households 200000] [--format json]

Made-up households of which every fact is given. The naive way is a whole simulation of each reform here;
five are run and a thousand extrapolated. Both ways must give the same cost before anything is told.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from law import columns, law
from support.measuring import against, table

from donghaeng import law_on
from donghaeng.laws import book
from donghaeng.policy.frontier.frontier import Asked, trace
from donghaeng.policy.frontier.sweep_file import Plan
from donghaeng.policy.question import Question
from donghaeng.policy.runs import this_process
from donghaeng.policy.scenario import baseline
from donghaeng.policy.simulate import simulate
from donghaeng.policy.sweep import Figure
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, Writer
from donghaeng.population.store.manifest import Manifest, PopulationKind

PROJECT = Path(__file__).parent.parent
SWEEP = PROJECT / "examples" / "policy" / "frontier.yaml"
DATE = "2024-07"
HOUSEHOLDS, NAIVE, BOUND = 200_000, 5, 90.0


def population(folder: Path, count: int) -> Population:
    """Made-up households as a stored population."""
    sizes, household, person = columns(law(), count)
    household["stage"][:] = 0
    person["absence"][:] = 0
    random = np.random.default_rng(1)
    starts = np.cumsum(sizes) - sizes
    with Writer(folder, schema_of(book()), replace=True) as writer:
        for size in np.unique(sizes):
            index = np.flatnonzero(sizes == size)
            rows = starts[index][None, :] + np.arange(size)[:, None]
            own = {name: values[index] for name, values in household.items()}
            own |= {"household_id": index, "weight": random.uniform(0.5, 2, len(index))}
            writer.add(int(size), own, {name: values[rows] for name, values in person.items()})
        writer.finish(
            Manifest(
                title="made-up households",
                kind=PopulationKind.SURVEY,
                reference_day="2024-06-30",
                households=0,
                persons=0,
                weight_note="made up",
                design_note="each household is drawn by itself",
                columns=(),
            )
        )
    return Population.open(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        people = population(folder / "people", options.households)
        before = baseline(law_on(DATE))
        asked = Asked(Plan.read(SWEEP), people, before)
        family = asked.plan.family(before)
        trace(asked, folder / "first")  # compiles
        at, cpu = perf_counter(), process_time()
        found = trace(asked, folder / "out")
        swept = {"wall": perf_counter() - at, "cpu": process_time() - cpu}
        points = [
            found.reforms[n] for n in range(0, len(found.reforms), len(found.reforms) // NAIVE)
        ]
        naive = dict.fromkeys(("wall", "cpu"), 0.0)
        for number, reform in enumerate(points[:NAIVE]):
            question = Question(people, before, family.at(reform.point))
            simulate(question, folder / f"warm_{number}", executors=this_process)
            at, cpu = perf_counter(), process_time()
            whole = simulate(question, folder / f"naive_{number}", executors=this_process)
            naive["wall"] += perf_counter() - at
            naive["cpu"] += process_time() - cpu
            if abs(whole.budget.cost.value - reform.value(Figure.COST)) > 1:
                sys.exit(f"sweep and simulation differ at {reform.point}")
    count = len(found.reforms)
    each = {key: value / NAIVE for key, value in naive.items()}
    if options.format == "json":
        print(json.dumps({"reforms": count, "sweep": swept, "naive_each": each}, indent=1))
        return
    rows = [
        [f"frontier of {count:,} reforms", f"{swept['wall']:.1f}", f"{swept['cpu']:.1f}",
         against(swept["wall"], BOUND)],
        [f"a whole simulation, x {count:,} (of {NAIVE})", f"{each['wall'] * count:,.0f}",
         f"{each['cpu'] * count:,.0f}", ""],
    ]  # fmt: skip
    title = (f"{options.households:,} households", "wall s", "CPU s", f"bound {BOUND:g} s")
    print(table(title, rows))


if __name__ == "__main__":
    main()
