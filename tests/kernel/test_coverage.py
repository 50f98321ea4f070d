"""Every rule of every law, on every day on which anything changes, is in the code of both forms."""

import ast
import datetime
from collections.abc import Iterator

import pytest

from donghaeng.kernel.kernel import Kernel, Lane
from donghaeng.rules import Book

from .agreement import computed
from .laws import COUNTRIES, book_of

ONE_DAY = datetime.timedelta(1)


def days_of_change(book: Book) -> list[datetime.date]:
    """First and last day, and each day on which a rule or a parameter begins or has ended."""

    def candidates() -> Iterator[datetime.date]:
        yield from (book.first_day, book.last_day)
        for parameter in book.declared.parameters.values():
            yield from (dated.start for dated in parameter.values)
            if parameter.until:
                yield parameter.until + ONE_DAY
            if parameter.yearly:
                yield from (datetime.date(d.start.year + 1, 1, 1) for d in parameter.values)
        for versions in book.declared.rules.values():
            for rule in versions:
                if rule.valid_from:
                    yield rule.valid_from
                if rule.valid_until:
                    yield rule.valid_until + ONE_DAY
                yield from (datetime.date.fromisoformat(day) for day in rule.renamed)

    return sorted({day for day in candidates() if book.first_day <= day <= book.last_day})


def computed_in(source: str, form: str) -> set[str]:
    """Variables that the generated code gives a value."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in [part for each in targets for part in ast.walk(each)]:
            if form == "numba" and isinstance(target, ast.Name):
                found.add(target.id.removeprefix("v_"))
            elif (
                form == "numpy"
                and isinstance(target, ast.Subscript)
                and ast.unparse(target.value) == "v"
                and isinstance(target.slice, ast.Constant)
            ):
                found.add(target.slice.value)
    return found


def stores_in(source: str) -> int:
    """Results that the Numba code copies out."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [ast.unparse(call.func) for call in calls]
    return sum(name in ("store_household", "store_person") for name in names)


@pytest.mark.parametrize("country", COUNTRIES)
def test_days_of_change_are_found(country):
    book = book_of(country)
    days = days_of_change(book)
    assert book.first_day in days
    assert len(days) >= 4
    assert days[0] >= book.first_day
    assert days[-1] <= book.last_day


def test_every_version_of_every_rule_is_met():
    """No rule is asleep on all days that the test below walks."""
    for country in COUNTRIES:
        book = book_of(country)
        met = {
            id(rule.body) for day in days_of_change(book) for rule in book.on(day).rules.values()
        }
        for versions in book.declared.rules.values():
            for rule in versions:
                assert id(rule.body) in met, f"{rule.name} ({rule.place}) is never in force"


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_rule_is_in_the_generated_code_of_both_forms(country):
    book = book_of(country)
    met: set[int] = set()
    for day in days_of_change(book):
        law = book.on(day)
        versions = {id(rule.body) for rule in law.rules.values()}
        if versions <= met:  # nothing but numbers, or rules that were met on other days
            continue
        met |= versions
        for form in ("numpy", "numba"):
            kernel = Kernel(law, computed(law), form)
            for lane in (False, True):
                source = kernel.generated(Lane(facts=lane)).source
                present = computed_in(source, form)
                for rule in law.rules.values():
                    where = f"{rule.name} on {day}, {form}, {'known lane' if lane else 'plain'}"
                    assert rule.name in present, f"not compiled: {where}"
                    assert f"# {rule.name} — {rule.place.file}:{rule.place.line}" in source, where
                if form == "numba":
                    assert stores_in(source) == len(kernel.wanted)
                else:
                    assert present >= set(law.aggregations)


def test_a_rule_that_is_left_out_would_be_noticed():
    law = book_of("ireland").on("2024-07-01")
    kernel = Kernel(law, ["household_child_benefit"])
    assert "weekly_payment" not in computed_in(kernel.generated().source, "numba")
    assert "benefit_for_child" in computed_in(kernel.generated().source, "numba")
    numpy = Kernel(law, ["household_child_benefit"], "numpy")
    assert "weekly_payment" not in computed_in(numpy.generated().source, "numpy")
    assert "benefit_for_child" in computed_in(numpy.generated().source, "numpy")
