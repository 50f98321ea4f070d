"""Comparing three ways of executing one law: explained, NumPy and Numba, bit by bit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from donghaeng.kernel import Batch, Kernel
from donghaeng.rules import HouseholdFacts, Law, is_missing
from donghaeng.rules.linking import number
from donghaeng.rules.terms import Entity

FORMS = ("numpy", "numba")
# Value and known flag of every element of a variable, household after household.
Column = list[tuple[int, bool]]


def computed(law: Law) -> tuple[str, ...]:
    """Every rule and aggregation of the law."""
    return (*law.rules, *law.aggregations)


def explained(
    law: Law, names: Sequence[str], households: Sequence[HouseholdFacts]
) -> list[dict[str, Column]]:
    """For each household, each variable as explained evaluation has it."""
    plan = law.plan(names)
    return [
        {name: _column(value) for name, value in plan.run(each).results().items()}
        for each in households
    ]


def _column(value: Any) -> Column:
    values = value if isinstance(value, list) else [value]
    return [(0, False) if is_missing(v) else (_whole(v), True) for v in values]


def _whole(value: Any) -> int:
    stands = number(value)
    assert stands == int(stands), f"{value!r} is not whole"
    return int(stands)


def compiled(
    kernel: Kernel, law: Law, households: Sequence[HouseholdFacts], threads: int = 1
) -> list[dict[str, Column]]:
    """For each household, each variable as ``kernel`` has it."""
    batch = Batch.from_households(law, households)
    outputs = kernel.run(batch, law, threads)
    results: list[dict[str, Column]] = [{} for _ in households]
    for name in kernel.wanted:
        values, known = outputs.column(name)
        column = list(zip(values.tolist(), known.tolist(), strict=True))
        place = 0
        for result, household in zip(results, households, strict=True):
            of_person = law.variables[name].entity is Entity.PERSON
            step = len(household.persons) if of_person else 1
            result[name] = column[place : place + step]
            place += step
        assert place == len(column)
    return results


def agree(kernels: Iterable[Kernel], law: Law, households: Sequence[HouseholdFacts]) -> None:
    """Fail unless every kernel gives each household what explained evaluation gives it."""
    truth: list[dict[str, Column]] | None = None
    for kernel in kernels:
        if truth is None:
            truth = explained(law, kernel.wanted, households)
        assert_same(kernel, law, households, compiled(kernel, law, households), truth)


def assert_same(
    kernel: Kernel,
    law: Law,
    households: Sequence[HouseholdFacts],
    found: Sequence[dict[str, Column]],
    truth: Sequence[dict[str, Column]],
) -> None:
    """Fail with the earliest variable that differs, the household and both values."""
    order = [name for name in law.order(kernel.wanted) if name in kernel.wanted]
    for household, one, other in zip(households, found, truth, strict=True):
        if one == other:
            continue
        name = next(name for name in order if one[name] != other[name])
        raise AssertionError(
            f"{kernel.form} on {law.day}: {name} ({law.variables[name].place}) is {one[name]}, "
            f"explained it is {other[name]}, of household {household.household} {household.persons}"
        )
