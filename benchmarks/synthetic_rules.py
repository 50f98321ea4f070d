"""How the compiled form holds up as a law grows: 200 and 500 made-up rules.

    python benchmarks/synthetic_rules.py [--quick] [--format json]

A random graph of typical rules over persons and households: rates of an amount, schedules, caps,
choices by a flag, tables by household size, sums over the household.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from typing import Any

import numpy as np
from support.measuring import against, best, in_a_process, table
from support.workload import SHARES

from donghaeng.rules import Book, Law

HOUSEHOLDS = 200_000
QUICK = 20_000
SEED = 7
SHARE_OF_PERSONS = 0.5
# Rules: bounds of nanoseconds a household, seconds to compile, seconds from the cache.
BOUNDS: dict[int, tuple[float, float, float | None]] = {
    200: (300.0, 12.0, 1.0),
    500: (900.0, 25.0, None),
}
TWO_FACTS = 2

HEADER = """\"\"\"Made up for measuring: not a law.\"\"\"
from donghaeng.rules import (
    HOUSEHOLD, MONTH, PERSON, Count, Money, Rate, Rounding, Schedule, Table, by_brackets,
    count_over, fact, rule, sum_over,
)

size = count_over(HOUSEHOLD, label=("가구원 수", "Size"))
"""
FACT = """
{name} = fact({entity}, Money, period=MONTH, label=("{name}", "{name}"), range=(0, 50_000_000))
"""
SUM = """
{name} = sum_over(HOUSEHOLD, "{source}", label=("{name}", "{name}"))
"""
RULE = """

@rule(entity={entity}, period=MONTH, rounding=Rounding.DOWN, label=("{name}", "{name}"), citation="-")
def {name}({arguments}) -> Money:
{body}
"""
LAW = """label: {ko: 합성, en: Synthetic}
first_day: 2024-01-01
last_day: 2024-12-31
"""


def parameter(name: str, unit: str, value: str, extra: str = "") -> str:
    """One entry of the parameter file."""
    return (
        f"{name}: {{label: {{ko: {name}, en: {name}}}, unit: {unit}, citation: '-', {extra}"
        f"values: {{2024-01-01: {{value: {value}, status: unverified, source: made up}}}}}}\n"
    )


class Author:
    """Writes a random law of ``count`` rules; every result stays below 50 million won."""

    def __init__(self, count: int) -> None:
        self.random = random.Random(SEED + count)
        self.texts = [HEADER]
        self.numbers = [
            parameter("most", "money/month", "50_000_000"),
            parameter("little", "money/month", "1_000"),
        ]
        self.persons = [f"p_fact{n}" for n in range(6)]
        self.households = [f"h_fact{n}" for n in range(4)]
        for name in self.persons:
            self.texts.append(FACT.format(name=name, entity="PERSON"))
        for name in self.households:
            self.texts.append(FACT.format(name=name, entity="HOUSEHOLD"))
        for number in range(count):
            self.write(number, number < count * SHARE_OF_PERSONS)

    def sources(self) -> dict[str, str]:
        """The files of the law."""
        return {
            "synthetic/law.yaml": LAW,
            "synthetic/rules.py": "".join(self.texts),
            "synthetic/parameters.yaml": "".join(self.numbers),
        }

    def write(self, number: int, of_person: bool) -> None:
        """One rule out of five kinds."""
        name = f"{'p' if of_person else 'h'}_rule{number}"
        known = self.persons if of_person else self.households
        if not of_person and self.random.random() < 1 / 4:
            source = self.random.choice(self.persons)
            summed = f"h_sum{number}"
            self.texts.append(SUM.format(name=summed, source=source))
            known.append(summed)
        first, second = self.random.sample(known[-12:], TWO_FACTS)
        kinds = ["share", "schedule", "cap", "choice", "difference"]
        kind = self.random.choice([*kinds, *([] if of_person else ["table"])])
        arguments = [f"{first}: Money"]
        if kind != "schedule":
            arguments.append(f"{second}: Money")
        body = getattr(self, kind)(number, first, second, arguments)
        used = " ".join(body).replace("(", " ").replace(")", " ").replace(",", " ").split()
        text = RULE.format(
            name=name,
            entity="PERSON" if of_person else "HOUSEHOLD",
            arguments=", ".join(
                [*arguments, *(f"{word}: Money" for word in ("most", "little") if word in used)]
            ),
            body="\n".join(f"    {line}" for line in body),
        )
        self.texts.append(text)
        known.append(name)

    def amount(self, number: int, arguments: list[str], word: str = "amount") -> str:
        name = f"{word}{number}"
        self.numbers.append(parameter(name, "money/month", str(self.random.randrange(10**6))))
        arguments.append(f"{name}: Money")
        return name

    def rate(self, number: int, arguments: list[str]) -> str:
        name = f"rate{number}"
        share = self.random.randrange(100, 9_000) / 100
        self.numbers.append(parameter(name, "rate", f"{share}%"))
        arguments.append(f"{name}: Rate")
        return name

    def share(self, number: int, first: str, second: str, arguments: list[str]) -> list[str]:
        rate, least = self.rate(number, arguments), self.amount(number, arguments)
        return [f"return max(min({first}, most) - {least}, 0) * {rate} + min({second}, little)"]

    def schedule(self, number: int, first: str, second: str, arguments: list[str]) -> list[str]:
        name = f"schedule{number}"
        at = sorted(self.random.sample(range(100_000, 9_000_000, 1_000), 3))
        value = f"{{0: 6%, {at[0]}: 15%, {at[1]}: 24%, {at[2]}: 35%}}"
        self.numbers.append(parameter(name, "rate", value, "brackets: true, "))
        arguments.append(f"{name}: Schedule")
        return [f"return by_brackets(min({first}, most), {name})"]

    def cap(self, number: int, first: str, second: str, arguments: list[str]) -> list[str]:
        rate, cap = self.rate(number, arguments), self.amount(number, arguments)
        return [f"return min(max({first}, {second}) * {rate}, {cap} + most)"]

    def choice(self, number: int, first: str, second: str, arguments: list[str]) -> list[str]:
        rate, line = self.rate(number, arguments), self.amount(number, arguments)
        return [
            f"if {first} <= {line} or {second} == 0:",
            f"    return {line}",
            f"return min({first}, most) * {rate}",
        ]

    def difference(self, number: int, first: str, second: str, arguments: list[str]) -> list[str]:
        rate = self.rate(number, arguments)
        return [f"return max(min({first}, most) - {second} * {rate}, 0)"]

    def table(self, number: int, first: str, second: str, arguments: list[str]) -> list[str]:
        name, rate = f"table{number}", self.rate(number, arguments)
        cells = {n: self.random.randrange(10**5, 10**6) * n for n in range(1, 8)}
        value = str(cells).replace("'", "")
        self.numbers.append(parameter(name, "money/month", value, "keys: {size: [1, 7]}, "))
        arguments += ["size: Count", f"{name}: Table"]
        return [
            f"line = {name}[min(size, 7)]",
            f"return max(line - min({first}, {second}) * {rate}, 0)",
        ]


def synthetic(count: int) -> Law:
    """A made-up law of so many rules."""
    return Book(Author(count).sources()).on("2024-07")


def measure(count: int, households: int) -> dict[str, Any]:
    """Processor seconds to compile or to load, and nanoseconds a household, in this process."""
    from donghaeng.kernel import Batch, Kernel

    law = synthetic(count)
    # Every rule counts: what no rule uses is asked for.
    used = {name for rule in law.rules.values() for name in rule.arguments}
    used |= {each.source for each in law.aggregations.values()}
    wanted = [name for name in law.rules if name not in used]
    at = time.process_time()
    kernel = Kernel(law, wanted)
    kernel.compile()
    ready = time.process_time() - at
    generator = np.random.default_rng(SEED)
    sizes = generator.choice(list(SHARES), households, p=list(SHARES.values()))
    columns: dict[str, dict[str, Any]] = {"person": {}, "household": {}}
    for name, fact in law.facts.items():
        length = int(sizes.sum()) if fact.entity.value == "person" else households
        columns[fact.entity.value][name] = generator.integers(0, 8_000_000, length)
    batch = Batch.from_columns(law, sizes, columns["household"], columns["person"])
    timing = best(lambda: kernel.run(batch), 7)
    return {"ready": ready, "cpu": timing.cpu, "outputs": len(wanted)}


def row(count: int, found: dict[str, Any]) -> list[str]:
    """One line of the table."""
    if "fault" in found:
        return [str(count), found["fault"]]
    nanoseconds, compiling, loading = BOUNDS[count]
    again = f"{found['cached']:.2f}"
    if loading is not None:
        again += f" ({loading:g}: {against(found['cached'], loading)})"
    return [
        str(count),
        str(found["outputs"]),
        f"{found['ns']:.0f} ({nanoseconds:g}: {against(found['ns'], nanoseconds)})",
        f"{found['cold']:.1f} ({compiling:g}: {against(found['cold'], compiling)})",
        again,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="fewer households, 200 rules only")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--one", nargs=2, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(*options.one)))
        return
    households = QUICK if options.quick else HOUSEHOLDS
    results: dict[int, dict[str, Any]] = {}
    for count in list(BOUNDS)[: 1 if options.quick else None]:
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "DONGHAENG_CACHE": folder}
            arguments = ("--one", str(count), str(households))
            cold = in_a_process(__file__, *arguments, environment=environment)
            warm = in_a_process(__file__, *arguments, environment=environment)
        results[count] = cold if "fault" in cold else warm
        if "fault" not in results[count]:
            results[count] = {
                "outputs": warm["outputs"],
                "ns": min(cold["cpu"], warm["cpu"]) / households * 1e9,
                "cold": cold["ready"],
                "cached": warm["ready"],
            }
    if options.format == "json":
        print(json.dumps({"households": households, "rules": results}, indent=1))
        return
    head = (
        "rules",
        "outputs",
        "CPU ns a household",
        "compile cold, CPU s",
        "from the cache, CPU s",
    )
    print(table(head, [row(count, found) for count, found in results.items()]))


if __name__ == "__main__":
    main()
