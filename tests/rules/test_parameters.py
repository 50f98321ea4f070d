"""Parameter files: what they must say, what they may not say, and what a value is on a day."""

from __future__ import annotations

import contextlib
import datetime
import time
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.laws import NUMBERS, book, parameter, refused

from donghaeng.rules import LawFault, Missing, Schedule
from donghaeng.rules.parameters import Dated, Parameter, read_rate
from donghaeng.rules.terms import Status

WHOLE = parameter()


def read(numbers: str) -> Parameter:
    """The one parameter that ``numbers`` holds."""
    (found,) = book(numbers=numbers).declared.parameters.values()
    return found


def on(numbers: str, day: str) -> Dated | None:
    return read(numbers).on(datetime.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("part", "message", "remedy"),
    [
        ("status: official, ", "2020-01-01: status is missing", "official, derived, press"),
        (", source: gazette", "2020-01-01: source is missing", ""),
        ("label: {ko: 수, en: Number}, ", "label is missing", ""),
        ("unit: money, ", "unit is missing", ""),
        ("citation: Act §2, ", "citation is missing", ""),
        ("value: 1, ", "2020-01-01: value is missing", "value: gap"),
        (", en: Number", "label holds ko and en", ""),
    ],
)
def test_what_a_parameter_must_say(part: str, message: str, remedy: str) -> None:
    assert part in WHOLE
    fault = refused(numbers=f"# a town\n{WHOLE.replace(part, '')}")
    assert fault.message == f"parameter 'number': {message}"
    assert (fault.file, fault.line) == (NUMBERS, 2)
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("part", "instead", "message", "remedy"),
    [
        ("citation:", "citaton:", "unknown field 'citaton'", "did you mean 'citation'?"),
        ("source:", "sorce:", "2020-01-01: unknown field 'sorce'", "did you mean 'source'?"),
        ("unit: money", "unit: won", "unknown unit 'won'", "one of money, rate, count"),
        ("unit: money", "unit: money/week", "unknown period 'week'", "one of point, month, year"),
        ("official", "offical", "2020-01-01: unknown status 'offical'", "one of official"),
        ("2020-01-01", "soon", "'soon' is not a day", "2024-01-01"),
        ("2020-01-01", "2020", "2020 is not a day", "2024-01-01"),
        ("{ko: 수, en: Number}", "Number", "label holds ko and en", ""),
        ("official", "gap", "2020-01-01: status gap and value gap belong together", ""),
        ("value: 1", "value: gap", "2020-01-01: status gap and value gap belong together", ""),
        ("source: gazette", "source: g, regimes: [a, b]", "only a choice has regimes", "choice"),
        ("values", "until: soon, values", "until 'soon' is not a day", "2025-06-30"),
        ("values", "keys: {size: 3}, values", "keys of 'size' are [first, last]", ""),
        ("values", "keys: {size: [3, 1]}, values", "keys of 'size' are [first, last]", ""),
        ("values", "keys: {size: [1, 2, 3]}, values", "keys of 'size' are [first, last]", ""),
        ("values", "keys: {size: [1, 2]}, values", "1 stands where a table is declared", ""),
    ],
)
def test_what_a_parameter_may_not_say(part: str, instead: str, message: str, remedy: str) -> None:
    assert part in WHOLE
    fault = refused(numbers=f"\n\n# a town\n{WHOLE.replace(part, instead, 1)}".removeprefix("\n"))
    assert fault.message.startswith("parameter 'number': ")
    assert message in fault.message
    assert fault.file == NUMBERS
    assert fault.line >= 2
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("unit", "value", "wanted"),
    [
        ("money", "1.5", "a whole amount of money"),
        ("money", "'1'", "a whole amount of money"),
        ("money", "true", "a whole amount of money"),
        ("count", "1/2", "a whole number"),
        ("flag", "1", "true or false"),
        ("day", "soon", "a day such as"),
        ("choice", "3", "a word"),
        ("rate", "0.3", "a rate such as"),
        ("rate", "a third", "a rate such as"),
        ("rate", "1/0", "a rate such as"),
        ("rate", "true", "a rate such as"),
        ("money", "null", "a whole amount of money"),
    ],
)
def test_a_value_is_what_its_unit_says(unit: str, value: str, wanted: str) -> None:
    fault = refused(numbers=parameter(unit=unit, value=value))
    assert fault.message.startswith("parameter 'number': 2020-01-01: ")
    assert f"is not {wanted}" in fault.message
    assert (fault.file, fault.line) == (NUMBERS, 1)


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("30%", Fraction(3, 10)),
        ("4.17%", Fraction(417, 10_000)),
        ("0.9182%", Fraction(4591, 500_000)),
        ("2/3", Fraction(2, 3)),
        ("4%/12", Fraction(1, 300)),
        ("4.17% / 12", Fraction(417, 120_000)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("'0.1'", Fraction(1, 10)),
    ],
)
def test_a_rate_is_exact(written: str, exact: Fraction) -> None:
    dated = on(parameter(unit="rate", value=written), "2024-01-01")
    assert dated is not None
    assert dated.cells == {(): exact}
    assert type(dated.cells[()]) is Fraction


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_every_quotient_and_percentage_is_read_exactly(above: int, below: int) -> None:
    assert read_rate(f"{above}/{below}") == Fraction(above, below)
    assert read_rate(f"{above}%/{below}") == Fraction(above, 100 * below)
    assert read_rate(f"{above // 1000}.{above % 1000:03}%") == Fraction(above, 100_000)


@pytest.mark.parametrize("written", ["", "%", "/", "1/", "-1%", "1e3", "1.2.3", "½", "3%%", "1/0%"])
def test_what_is_no_rate_is_none(written: str) -> None:
    assert read_rate(written) is None


TABLE = "keys: {size: [1, 2], place: [town, country]}, "
CELLS = "{1: {town: 10, country: 20}, 2: {town: 30, country: gap}}"


def test_a_table_has_a_value_for_every_cell_and_a_gap_where_one_is_declared() -> None:
    dated = on(
        parameter(
            value=CELLS, extra=TABLE, entry=", status_of: {town: press, '1,country': derived}"
        ),
        "2024-01-01",
    )
    assert dated is not None
    cells = dict(dated.cells)
    gap = cells.pop((2, "country"))
    assert cells == {(1, "town"): 10, (1, "country"): 20, (2, "town"): 30}
    assert isinstance(gap, Missing)
    assert gap.blockers == {"parameter:number[2, country]"}
    assert {key: dated.status_at(key) for key in dated.cells} == {
        (1, "town"): Status.PRESS,
        (1, "country"): Status.DERIVED,
        (2, "town"): Status.PRESS,
        (2, "country"): Status.GAP,
    }


def test_an_undeclared_cell_is_named() -> None:
    fault = refused(numbers=parameter(value=CELLS.replace(", country: gap", ""), extra=TABLE))
    assert fault.message == "parameter 'number': 2020-01-01: the cell '2, country' is missing"
    assert fault.remedy == "declare what is not known: 2, country: gap"
    assert fault.line == 1


def test_a_cell_outside_the_table_is_named() -> None:
    fault = refused(numbers=parameter(value=CELLS.replace("2:", "3:"), extra=TABLE))
    assert fault.message == "parameter 'number': 2020-01-01: the table has no place '3, town'"


def test_a_status_of_one_cell_is_a_status() -> None:
    fault = refused(numbers=parameter(value=CELLS, extra=TABLE, entry=", status_of: {1: sure}"))
    assert fault.message == "parameter 'number': 2020-01-01: unknown status 'sure'"


def test_a_gap_needs_no_source_and_has_the_name_of_its_parameter() -> None:
    numbers = parameter(value="gap", status="gap").replace(", source: gazette", "")
    dated = on(numbers, "2024-01-01")
    assert dated is not None
    assert dated.cells[()].blockers == {"parameter:number"}  # type: ignore[union-attr]
    assert dated.status_at(()) is Status.GAP


def dated_values(extra: str = "", *days: str) -> str:
    entries = ", ".join(
        f"{day}: {{value: {place}, status: official, source: gazette}}"
        for place, day in enumerate(days, 1)
    )
    whole = parameter(extra=extra)
    return f"{whole[: whole.index('values')]}values: {{{entries}}}}}\n"


def number_on(numbers: str, day: str) -> object:
    dated = on(numbers, day)
    return dated.cells[()] if dated else None


def test_a_value_holds_from_its_day_until_the_next() -> None:
    numbers = dated_values("", "2020-01-01", "2021-07-01")
    days = ["2019-12-31", "2020-01-01", "2021-06-30", "2021-07-01", "2099-01-01"]
    assert [number_on(numbers, day) for day in days] == [None, 1, 1, 2, 2]


def test_a_yearly_value_ends_with_its_year() -> None:
    numbers = dated_values("yearly: true, ", "2020-01-01", "2022-03-01")
    days = ["2020-12-31", "2021-01-01", "2022-02-28", "2022-03-01", "2022-12-31", "2023-01-01"]
    assert [number_on(numbers, day) for day in days] == [1, None, None, 2, 2, None]


def test_a_parameter_ends_with_the_day_of_until() -> None:
    numbers = dated_values("until: 2022-06-30, ", "2020-01-01")
    assert [number_on(numbers, day) for day in ("2022-06-30", "2022-07-01")] == [1, None]


def test_values_stand_in_the_order_of_their_days_and_each_day_once() -> None:
    fault = refused(numbers=dated_values("", "2021-07-01", "2020-01-01"))
    assert fault.message == "parameter 'number': values stand in the order of their days"
    fault = refused(numbers=dated_values("", "2020-01-01", "2020-01-01"))
    assert fault.message == "datetime.date(2020, 1, 1) stands here twice"
    assert (fault.file, fault.line) == (NUMBERS, 1)


def test_brackets_are_rising_thresholds_with_exact_rates() -> None:
    dated = on(
        parameter(unit="rate", value="{0: 6%, 1000: 1/3}", extra="brackets: true, "), "2024-01-01"
    )
    assert dated is not None
    assert dated.cells == {(): Schedule([0, 1000], [Fraction(6, 100), Fraction(1, 3)])}
    fault = refused(
        numbers=parameter(unit="rate", value="{9: 6%, 0: 1%}", extra="brackets: true, ")
    )
    assert "thresholds stand in rising order" in fault.message
    fault = refused(numbers=parameter(unit="rate", value="6%", extra="brackets: true, "))
    assert "brackets are a mapping from thresholds to rates" in fault.message


def regimes(default: str = "") -> str:
    entry = f"regimes: [up, down]{default}"
    return parameter(unit="choice", status="secondary").replace("value: 1", entry)


def test_regimes_are_open_or_take_their_default() -> None:
    still_open = on(regimes(), "2024-01-01")
    assert still_open is not None
    assert still_open.regimes == ("up", "down")
    assert still_open.cells[()].blockers == {"regime:number"}  # type: ignore[union-attr]
    taken = on(regimes(", default: down"), "2024-01-01")
    assert taken is not None
    assert taken.cells == {(): "down"}
    fault = refused(numbers=regimes(", default: sideways"))
    assert "the default 'sideways' is not among the regimes" in fault.message


@pytest.mark.parametrize(
    ("written", "message", "line"),
    [
        (f"{WHOLE}{WHOLE}", "'number' stands here twice", 2),
        (WHOLE.replace("value: 1", "value: 1, value: 2"), "'value' stands here twice", 1),
        (f"\n{WHOLE}other: !!python/object:os.system {{}}\n", "python/object", 2),
        (f"\n{WHOLE}other: !!python/object/apply:os.system ['true']\n", "python/object", 2),
        (f"{WHOLE}other: [1, 2\n", "", 3),
        ("- a\n- b\n", "a parameter file is a mapping of names", 1),
        ("just words\n", "a parameter file is a mapping of names", 1),
        ("number: 3\n", "is a mapping with label, unit, citation and values", 1),
        ("a: \x00\n", "not readable", 1),
    ],
)
def test_what_is_no_plain_yaml_is_refused(written: str, message: str, line: int) -> None:
    fault = refused(numbers=written)
    assert message in fault.message
    assert (fault.file, fault.line) == (NUMBERS, line)


def test_a_document_that_would_grow_without_bound_is_refused_at_once() -> None:
    levels = "abcdefghijklmnopqrstuvwxyz"
    written = f"a: &a [{', '.join('x' * 9)}]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise(levels)
    )
    start = time.process_time()
    refused(numbers=written)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_declares_nothing(text: str) -> None:
    assert book(numbers=text).declared.parameters == {}


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(written: str) -> None:
    with contextlib.suppress(LawFault):
        book(numbers=written)
