"""How long one household takes, from a cold start and again, beside openfisca-core.

python benchmarks/one_household.py [--format json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.measuring import against, best, in_a_process, table
from support.workload import OUTPUTS, households, law

PROJECT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("donghaeng")
EXAMPLES = PROJECT / "examples" / "households.yaml"
DATE = "2024-07"
REPEATS = 7
INNER = 200
# Bounds in milliseconds.
IMPORT, ASSESS, UNTRACED, TRACED = 300.0, 1_000.0, 0.3, 2.0
# The benefits that the engine began with, now with all that the whole law lays below them.
FIRST_FOUR = ("livelihood_benefit", "housing_benefit", "safety_income", "safety_income_make_up")

Found = tuple[str, float | str, float | None]


def whole_process(*command: str) -> float | str:
    """Wall time of the fastest run in milliseconds, or what the command said when it failed."""
    if not Path(command[0]).exists():
        return f"not there yet: {Path(command[0]).name}"
    fastest = float("inf")
    for _ in range(REPEATS):
        at = time.perf_counter()
        result = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
        fastest = min(fastest, time.perf_counter() - at)
        if result.returncode:
            lines = (result.stderr.strip() or result.stdout.strip()).splitlines()
            return lines[-1] if lines else f"exit {result.returncode}"
    return fastest * 1e3


def each(work: Callable[[], object]) -> float:
    """Processor time of one of many calls, in milliseconds."""

    def many() -> None:
        for _ in range(INNER):
            work()

    many()
    return best(many, REPEATS).cpu / INNER * 1e3


def example() -> list[Found]:
    """The first example household and the benefits of the law, without and with explanations."""
    try:
        from donghaeng import law_on, read_households

        of_day = law_on(DATE)
        facts = read_households(of_day, EXAMPLES)[0]
    except (ImportError, OSError) as error:
        return [("one household, four benefits", f"not there yet: {error}", UNTRACED)]
    names = list(FIRST_FOUR)

    return [
        (
            f"one household, {len(names)} benefits",
            each(lambda: of_day.evaluate(facts, names)),
            UNTRACED,
        ),
        (
            f"one household, {len(names)} benefits, explained",
            each(lambda: of_day.explain_all(facts, names)),
            TRACED,
        ),
    ]


def workload() -> list[Found]:
    """One household of two persons under the benchmark law."""
    facts = next(h for h in households(100).facts() if len(h.persons) == len(("one", "other")))
    of_day = law()
    other = peer()
    return [
        ("benchmark law, six outputs", each(lambda: of_day.evaluate(facts, OUTPUTS)), None),
        (
            "benchmark law, disposable income explained",
            each(lambda: of_day.explain(facts, "disposable_income")),
            None,
        ),
        ("openfisca-core: import, law and first household", other["start"], None),
        ("openfisca-core: benchmark law, six outputs, again", other["again"], None),
    ]


def peer() -> dict[str, Any]:
    """What openfisca-core needs for the same household, in a process of its own."""
    found: dict[str, Any] = in_a_process(__file__, "--peer")
    return {"start": found["fault"], "again": found["fault"]} if "fault" in found else found


def measure_peer() -> dict[str, float]:
    """From the import of openfisca-core to the first answer, and one answer more."""
    law()
    one = households(1, seed=1)
    at = time.perf_counter()
    from support.openfisca_peer import OpenFisca

    engine = OpenFisca(one)
    engine.run()
    start = (time.perf_counter() - at) * 1e3
    return {"start": start, "again": each(engine.run)}


def measure() -> list[Found]:
    """Every line of the table."""
    assess = ("household", "assess", str(EXAMPLES.relative_to(PROJECT)), "--date", DATE)
    return [
        ("bare Python, whole process", whole_process(sys.executable, "-c", ""), None),
        (
            "import donghaeng, whole process",
            whole_process(sys.executable, "-c", "import donghaeng"),
            IMPORT,
        ),
        (
            "donghaeng household assess, whole process",
            whole_process(str(COMMAND), *assess),
            ASSESS,
        ),
        *example(),
        *workload(),
    ]


def row(found: Found) -> list[str]:
    """One line of the table."""
    what, value, bound = found
    limit = "" if bound is None else f"{bound:g}"
    if isinstance(value, str):
        return [what, "-", limit, value]
    return [what, f"{value:.3f}", limit, "" if bound is None else against(value, bound)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        print(json.dumps(measure_peer()))
        return
    results = measure()
    if options.format == "json":
        print(json.dumps([{"what": w, "ms": v, "bound": b} for w, v, b in results], indent=1))
    else:
        print(table(("what", "ms", "bound", ""), [row(found) for found in results]))


if __name__ == "__main__":
    main()
