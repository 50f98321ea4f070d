"""How fast the whole law is: one household, and a million, beside the nearest peer in size.

    python benchmarks/law.py [--quick] [--format json]

The peer, taxcalc, is the income tax and the benefits of the United States on its own 280,005 records: a
different law, about as large. It stands beside ours to show an order of magnitude, not a race.
Households are made up; explained evaluation must return the same as the kernel on 1,000 of them before
anything is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from support.measuring import against, best, in_a_process, table
from support.workload import SHARES

from donghaeng import law_on, read_households
from donghaeng.household import Assessor
from donghaeng.rules import Law, is_missing
from donghaeng.rules.declarations import Fact
from donghaeng.rules.terms import Entity, Kind, Role

PROJECT = Path(__file__).parent.parent
EXAMPLES = PROJECT / "examples" / "households.yaml"
DATE = "2026-07"
SEED = 20260701
COMPARED, COUNT, QUICK, FEW = 1_000, 1_000_000, 100_000, 10
INNER, REPEATS = 20, 5
# Bounds: nanoseconds a household on one thread, seconds to compile, milliseconds for one household.
BULK, COLD, CACHED, UNTRACED, TRACED, COMMAND = 1_500.0, 30.0, 1.5, 1.0, 8.0, 1_000.0
RESULTS = (Role.BENEFIT, Role.CONTRIBUTION, Role.LINE, Role.TOTAL)

Array = np.ndarray


def law() -> Law:
    """The shipped law with every open choice made: the first reading of each."""
    shipped = law_on(DATE)
    names = list(shipped.rules)
    return shipped.under(**{name: words[0] for name, words in shipped.open_choices(names).items()})


def outputs(of_day: Law) -> list[str]:
    """Everything that an answer shows: benefits, contributions, lines and totals."""
    return [rule.name for rule in of_day.rules.values() if rule.role in RESULTS]


def columns(of_day: Law, count: int) -> tuple[Array, dict[str, Array], dict[str, Array]]:
    """Sizes and the columns of ``count`` made-up households in which every fact is given.

    Ages, earnings, property, rents and families are drawn; what few households have (a disability, a
    special kind of income) is drawn rarely; other facts take their usual value.
    """
    random = np.random.default_rng(SEED)
    sizes = random.choice(list(SHARES), count, p=list(SHARES.values())).astype(np.int64)
    persons = int(sizes.sum())
    slot = np.arange(persons) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    couple = np.repeat((sizes >= 2) & (random.random(count) < 0.7), sizes)
    age = np.where(slot < 2, random.integers(20, 92, persons), random.integers(0, 25, persons))
    born = (
        (2025 - age) * 10_000
        + random.integers(1, 13, persons) * 100
        + random.integers(1, 29, persons)
    )
    works = (age >= 19) & (random.random(persons) < 0.6)

    def won(mean: float, spread: float, length: int, most: int) -> Array:
        return np.minimum(np.exp(random.normal(mean, spread, length)), most).astype(np.int64)

    wage = np.where(works, won(14.6, 0.7, persons, 50_000_000), 0)
    drawn = {
        "birth_date": born,
        "earnings": wage,
        "wages_year": wage * 12,
        "last_year_wages": wage * 12,
        "national_pension_received": np.where(
            (age >= 63) & (random.random(persons) < 0.5), won(13.2, 0.5, persons, 2_500_000), 0
        ),
        "spouse": np.where(couple & (slot < 2), 1 - slot, -1),
        "first_parent": np.where(slot >= 2, 0, -1),
        "second_parent": np.where(couple & (slot >= 2), 1, -1),
        "general_property": won(16.5, 1.6, count, 3_000_000_000),
        "financial_property": won(15.5, 1.6, count, 3_000_000_000),
        "assets_on_june_1": won(18.2, 1.2, count, 5_000_000_000),
        "deposit": won(17.0, 0.8, count, 900_000_000),
        "monthly_rent": won(12.8, 0.5, count, 3_000_000),
    }
    household, person = {}, {}
    for name, declaration in of_day.variables.items():
        if not isinstance(declaration, Fact) and name not in of_day.relations:
            continue
        length = persons if declaration.entity is Entity.PERSON else count
        target = person if declaration.entity is Entity.PERSON else household
        target[name] = drawn[name] if name in drawn else _usual(declaration, length, random)
    return sizes, household, person


def _usual(declaration: Any, length: int, random: Any) -> Array:
    if not isinstance(declaration, Fact):
        return np.full(length, -1, np.int64)
    if declaration.kind is Kind.FLAG:
        return (random.random(length) < 0.04).astype(np.int64)
    if declaration.choices is not None:
        return random.integers(0, len(declaration.choices), length)
    if declaration.kind is Kind.DAY:
        return np.full(length, 20_230_701, np.int64)
    value = declaration.default or 0
    return np.full(length, value, np.int64)


def measure_bulk(count: int) -> dict[str, float]:
    """Compile (cold or from the cache, as the environment says) and run on one thread."""
    from donghaeng.kernel import Batch, Kernel

    of_day = law()
    wanted = outputs(of_day)
    few, many = columns(of_day, FEW), columns(of_day, count)
    kernel = Kernel(of_day, wanted)
    # What is compiled depends on what the law of the day knows, so a first run counts.
    batch = Batch.from_columns(of_day, *few, names=kernel.inputs)
    at = time.process_time()
    kernel.run(batch, threads=1)
    compiled = time.process_time() - at
    batch = Batch.from_columns(of_day, *many, names=kernel.inputs)
    results: Any = None

    def run() -> None:
        nonlocal results
        results = kernel.run(batch, threads=1, into=results)

    timing = best(run, REPEATS)
    return {
        "compile": compiled,
        "ns": timing.cpu / count * 1e9,
        "rules": len(of_day.order(wanted)),
        "outputs": len(wanted),
    }


def agreeing() -> int:
    """For how many of a thousand households the kernel returns what the rules' own functions do."""
    from donghaeng.kernel import Batch, Kernel
    from donghaeng.rules import HouseholdFacts

    of_day = law()
    wanted = outputs(of_day)
    sizes, household, person = columns(of_day, COMPARED)
    kernel = Kernel(of_day, wanted)
    found = kernel.run(Batch.from_columns(of_day, sizes, household, person, names=kernel.inputs))
    starts = np.cumsum(sizes) - sizes
    plan = of_day.plan(tuple(wanted))
    same = np.ones(COMPARED, bool)
    for place in range(COMPARED):
        rows = range(starts[place], starts[place] + sizes[place])
        facts = HouseholdFacts(
            str(place),
            {name: _value(of_day, name, column[place]) for name, column in household.items()},
            [{n: _value(of_day, n, column[row]) for n, column in person.items()} for row in rows],
        )
        answer = plan.run(facts).results()
        for name in wanted:
            values, known = found.column(name)
            personal = of_day.variables[name].entity is Entity.PERSON
            truth = answer[name] if personal else [answer[name]]
            cells = rows if personal else [place]
            for cell, expected in zip(cells, truth, strict=True):
                if is_missing(expected):
                    same[place] &= not known[cell]
                else:
                    same[place] &= bool(known[cell]) and int(values[cell]) == int(expected)
    return int(same.sum())


def _value(of_day: Law, name: str, cell: Any) -> Any:
    """A cell of a column as explained evaluation takes it."""
    import datetime

    declaration = of_day.variables[name]
    value = int(cell)
    if not isinstance(declaration, Fact):
        return value
    if declaration.kind is Kind.FLAG:
        return bool(value)
    if declaration.choices is not None:
        return list(declaration.choices)[value]
    if declaration.kind is Kind.DAY:
        return datetime.date(value // 10_000, value // 100 % 100, value % 100)
    return value


def measure_peer() -> dict[str, float]:
    """Taxcalc on its own records: processor time a record for everything it computes."""
    import taxcalc

    year = 2024
    start = taxcalc.Records.cps_constructor()
    count = start.array_length
    seconds = float("inf")
    for _ in range(2):  # the first run compiles
        calculator = taxcalc.Calculator(
            policy=taxcalc.Policy(), records=taxcalc.Records.cps_constructor(), verbose=False
        )
        calculator.advance_to_year(year)
        at = time.process_time()
        calculator.calc_all()
        seconds = min(seconds, time.process_time() - at)
    return {"ns": seconds / count * 1e9, "records": count}


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""

    def many() -> None:
        for _ in range(INNER):
            work()

    many()
    return best(many, REPEATS).cpu / INNER * 1e3


def measure_one() -> dict[str, float]:
    """The first example household: all results plain, explained, and as a whole answer."""
    of_day = law()
    household = read_households(of_day, EXAMPLES)[1]
    wanted = outputs(of_day)
    plan = of_day.plan(tuple(wanted))
    assessor = Assessor(law_on(DATE))
    return {
        "untraced": milliseconds(lambda: plan.run(household)),
        "traced": milliseconds(lambda: _explained(plan, household, wanted)),
        "answer": milliseconds(lambda: assessor.answer(household)),
    }


def _explained(plan: Any, household: Any, wanted: list[str]) -> None:
    """Every result with all that it rests on, for the household and for each person."""
    from donghaeng.rules.explanation import Explainer

    explainer = Explainer(plan.run(household))
    for name in wanted:
        personal = plan.law.variables[name].entity is Entity.PERSON
        for place in range(len(household.persons)) if personal else [None]:
            explainer.node(name, place)


def command() -> float:
    """Wall time of ``donghaeng household assess`` for the example households, cold, in milliseconds."""
    import subprocess

    donghaeng = Path(sys.executable).with_name("donghaeng")
    fastest = float("inf")
    for _ in range(REPEATS):
        at = time.perf_counter()
        subprocess.run(
            [donghaeng, "household", "assess", EXAMPLES, "--date", DATE],
            capture_output=True,
            check=True,
        )
        fastest = min(fastest, time.perf_counter() - at)
    return fastest * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} households")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    options = parser.parse_args()
    count = QUICK if options.quick else COUNT
    parts: dict[str, Callable[[], Any]] = {
        "bulk": lambda: measure_bulk(count),
        "peer": measure_peer,
        "agree": lambda: {"same": agreeing()},
    }
    if options.part:
        print(json.dumps(parts[options.part]()))
        return
    same = in_a_process(__file__, "--part", "agree")
    if same.get("same") != COMPARED:
        sys.exit(f"explained evaluation and kernel differ: {same}")
    quick = ["--quick"] if options.quick else []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DONGHAENG_CACHE": folder}
        cold = in_a_process(__file__, "--part", "bulk", *quick, environment=environment)
        cached = in_a_process(__file__, "--part", "bulk", *quick, environment=environment)
    one, peer = measure_one(), in_a_process(__file__, "--part", "peer")
    found = {"cold": cold, "cached": cached, "one": one, "command": command(), "peer": peer}
    if options.format == "json":
        print(json.dumps(found, indent=1))
        return
    rows = [
        _row("one household, everything", one["untraced"], "ms", UNTRACED),
        _row("one household, everything explained", one["traced"], "ms", TRACED),
        _row("one household, the whole answer with all readings", one["answer"], "ms", None),
        _row("donghaeng household assess, whole process", found["command"], "ms", COMMAND),
    ]
    if "fault" in cold:
        rows.append(["compile and run", cold["fault"]])
    else:
        of = f"{cold['rules']} variables, {cold['outputs']} results"
        rows += [
            _row(f"compile, cold ({of})", cold["compile"], "s", COLD),
            _row("compile, from the cache", cached["compile"], "s", CACHED),
            _row(f"{count:,} households, one thread", cached["ns"], "ns a household", BULK),
        ]
    if "fault" in peer:
        rows.append(["taxcalc (another law)", peer["fault"]])
    else:
        label = f"taxcalc (another law), {peer['records']:,} records"
        rows.append(_row(label, peer["ns"], "ns a record", None))
    print(table(("what", "CPU time", "", "bound", ""), rows))


def _row(what: str, value: float, unit: str, bound: float | None) -> list[str]:
    shown = f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    if bound is None:
        return [what, shown, unit]
    return [what, shown, unit, f"{bound:,g}", against(value, bound)]


if __name__ == "__main__":
    main()
