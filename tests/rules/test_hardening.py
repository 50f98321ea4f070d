"""What a law file cannot do, and where the explained and the compiled meaning could have differed."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from tests.rules.laws import (
    FACTS,
    MONTHLY,
    ROUNDED,
    STATE,
    answer,
    body_law,
    book,
    household,
    law_of,
    line_of,
    parameter,
    refused,
)

from donghaeng.rules import BadInput, Book, LawFault, is_missing

ROOMS = 'rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"), range=(1, 3))\n'
ESCAPE = (
    '[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "catch_warnings"][0]()'
    '._module.__builtins__["open"]({!r}, "w")'
)
TABLE = parameter(
    "table",
    "count",
    "{1: 1, 2: 2, 3: 3}",
    extra="keys: {n: [1, 3]}, ",
    entry=", status_of: {1: press}",
)
OTHER = parameter("other", "count", "{1: 10, 2: 20, 3: 30}", extra="keys: {n: [1, 3]}, ")
PAY = 'pay = fact(PERSON, Money, period=MONTH, label=("a", "b"))\nspouse = relation(label=("a", "b"))\n'


def test_no_body_runs_through_a_shadowed_word(tmp_path: Path) -> None:
    made = tmp_path / "made"
    body = ESCAPE.format(str(made))
    refused(f"{STATE}\ndef unit() -> Count:\n    {body}\n    return 0\nx = unit()\n")
    assert not made.exists()


def test_a_member_of_an_enumeration_is_a_plain_name(tmp_path: Path) -> None:
    made = tmp_path / "made"
    refused(f'class Colour(Enumeration):\n    {ESCAPE.format(str(made))}.x = "a", "b", "c"\n')
    assert not made.exists()


@pytest.mark.parametrize("opening", ["[", "- ", "? "])
def test_deep_yaml_does_not_end_the_process(opening: str) -> None:
    program = (
        "from donghaeng.rules import Book, LawFault\n"
        f"try: Book({{'p.yaml': 'a: ' + {opening!r} * 100_000}})\nexcept LawFault: pass"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_aliases_are_refused() -> None:
    with pytest.raises(LawFault, match="aliases are not used here"):
        Book({"town/law.yaml": "a: &a [x]\nb: *a\n"})


def test_a_condition_that_only_assigns_counts_in_the_translation() -> None:
    body = "k = 1\nif income > 0:\n    k = 2\nif farm:\n    return 0\nreturn rent * k"
    law = body_law("income: Money, farm: bool, rent: Money", body)
    top = law.explain(household(farm=True, rent=1), "answer")
    assert is_missing(top.value)
    assert top.path is not None
    assert top.path.blockers == {"income"}


def test_a_word_keeps_its_name() -> None:
    refused(
        f"from donghaeng.rules import round_up as round_down\n{ROOMS}{STATE}\n"
        "def answer(rooms: Count) -> Count:\n    return round_down(rooms / 2)\n"
    )


def test_a_table_keeps_its_name() -> None:
    rule = f"{ROOMS}{STATE}\ndef answer(rooms: Count, table: Table, other: Table) -> Count:\n"
    refused(f"{rule}    table = other\n    return table[rooms]\n", TABLE + OTHER)


def test_two_cells_of_one_table_are_both_listed() -> None:
    law = law_of(
        f"{STATE}\ndef answer(table: Table) -> Count:\n    return table[1] + table[2]\n", TABLE
    )
    top = law.explain(household(), "answer")
    assert [use.key for use in top.parameters] == [(1,), (2,)]
    assert [use.key for use in top.not_official()] == [(1,)]


def test_a_word_that_was_not_imported_is_refused() -> None:
    text = (
        "from donghaeng.rules import rule, fact, HOUSEHOLD, Count\n"
        f"{ROOMS}{STATE}\ndef answer(rooms: Count) -> Count:\n    return round_down(rooms / 2)\n"
    )
    with pytest.raises(LawFault, match="is not imported"):
        Book({"a.py": text})


def test_a_rate_is_no_fact() -> None:
    refused('share = fact(HOUSEHOLD, Rate, label=("a", "b"))\n')


def test_a_rule_does_not_hide_a_fact() -> None:
    refused(f"{ROOMS}{STATE}\ndef rooms() -> Count:\n    return 1\n")


def test_choices_have_no_largest() -> None:
    body = "return max(Colour.RED, Colour.BLUE) == Colour.RED"
    refused(f"{FACTS}{STATE}\ndef answer(farm: bool) -> bool:\n    {body}\n")


def test_a_table_is_no_result() -> None:
    refused(f"{STATE}\ndef answer(table: Table) -> Count:\n    return table\n", TABLE)


def test_a_schedule_is_no_value() -> None:
    schedule = parameter("s", "rate", "{0: 1%}", extra="brackets: true, ")
    rule = f"{FACTS}{ROUNDED}\ndef answer(farm: bool, rent: Money, s: Schedule, t: Schedule) -> Money:\n"
    refused(
        f"{rule}    return rent * (s if farm else t)\n", schedule + schedule.replace("s:", "t:", 1)
    )


def test_a_flag_is_not_rounded() -> None:
    refused(
        f"{FACTS}{STATE[:-1]}, rounding=Rounding.DOWN)\ndef answer(farm: bool) -> bool:\n    return farm\n"
    )


@pytest.mark.parametrize(
    "declared",
    [
        'sum_over(unit(member="pay"), "pay", label=("a", "b"))',
        'sum_over(unit(number="pay"), "pay", label=("a", "b"))',
        'count_over(children_by("pay"), label=("a", "b"))',
        'of_oldest(HOUSEHOLD, "pay", born="pay", otherwise=0, period=MONTH, label=("a", "b"))',
        'of(spouse, "pay", otherwise=None, period=MONTH, label=("a", "b"))',
        'of(spouse, "pay", otherwise="x", period=MONTH, label=("a", "b"))',
        'of(relation(label=("a", "b")), "pay", otherwise=0, period=MONTH, label=("a", "b"))',
    ],
)
def test_an_aggregation_gathers_what_fits(declared: str) -> None:
    refused(f"{PAY}total = {declared}\n")


@pytest.mark.parametrize(
    "declared",
    [
        'Count, label=("a", "b"), default=99, range=(0, 5)',
        'Money, label=("a", "b"), default="x"',
        'Count, label=("a", "b"), range=(5, 1)',
        'Count, label="x"',
        f'Money, label=("a", "b"), range=(0, {2**70})',
    ],
)
def test_a_fact_declares_what_it_can_be(declared: str) -> None:
    refused(f"x = fact(HOUSEHOLD, {declared})\n")


@pytest.mark.parametrize(
    "numbers",
    [
        "? [a, b]\n: 1\n",
        parameter(extra="keys: [1, 2], "),
        parameter(entry=", status_of: [1]"),
        parameter(
            entry=", status_of: {9: press}", value="{1: 1, 2: 2}", extra="keys: {n: [1, 2]}, "
        ),
        parameter(unit="choice", value="a", entry=", regimes: 5"),
        parameter(unit="choice", value="a", entry=", regimes: abc"),
        parameter(unit="rate", value='"1.' + "1" * 5000 + '%"'),
        parameter(unit="rate", value="{0: 1%}", extra="brackets: true, keys: {n: [1, 2]}, "),
        parameter(value="010"),
    ],
    ids=range(9),
)
def test_a_parameter_file_that_says_nothing_clear_is_refused(numbers: str) -> None:
    refused(numbers=numbers)


def test_an_impossible_day_is_found_where_it_stands() -> None:
    assert refused(numbers="# a\n# b\n" + parameter().replace("2020-01-01", "2023-02-30")).line == 3


def test_a_reform_with_a_mistake_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.py").write_text("def (")
    with pytest.raises((LawFault, BadInput)):
        book(ROOMS).on("2024-07").with_reform(tmp_path / "r.py")


def test_a_package_file_with_a_mistake_is_refused() -> None:
    with pytest.raises(LawFault):
        Book({"town/__init__.py": "def ("})


def test_a_law_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xff\xfe")
    with pytest.raises((LawFault, BadInput)):
        Book.open(tmp_path)


def test_close_rates_are_different() -> None:
    before, after = (law_of("", parameter("share", "rate", v)) for v in ("12.12341%", "12.12343%"))
    assert len(before.diff(after)) == 1


def test_a_misspelt_first_day_is_refused() -> None:
    with pytest.raises(LawFault, match="first_day"):
        Book({"town/law.yaml": "frist_day: 2020-01-01\n"})


def test_a_long_chain_of_rules_is_explained() -> None:
    names = ["rent", *(f"r{place}" for place in range(500))]
    rules = [
        f"{MONTHLY}\ndef {name}({before}: Money) -> Money:\n    return {before}\n"
        for before, name in pairwise(names)
    ]
    law = law_of(FACTS + "".join(rules))
    assert law.explain(household(rent=5), "r499").value == 5


def test_a_formula_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(LawFault, match="levels deep"):
        body_law("rent: Money", "return " + " + ".join(["rent"] * 600))


def test_many_branches_that_return_on_some_ways_only_are_bounded() -> None:
    start = time.process_time()
    body = "\n".join(["if rent > 0:\n    if farm:\n        return rent"] * 13) + "\nreturn rent"
    with pytest.raises(LawFault, match="ways through this rule"):
        body_law("rent: Money, farm: bool", body)
    assert time.process_time() - start < 5


def test_a_clash_is_found_at_its_own_line() -> None:
    law = f"{FACTS}\n{ROUNDED}\ndef answer(rent: Money, farm: bool) -> Money:\n    return rent * farm\n"
    assert refused(law).line == line_of(law, "return")


def test_a_declaration_makes_no_long_text() -> None:
    refused('x = "a" * 100_000_000\n')


def test_a_rule_does_not_end_before_it_begins() -> None:
    refused(
        f'{STATE[:-1]}, valid_from="2024-01-01", valid_until="2020-01-01")\n'
        "def answer() -> Count:\n    return 1\n"
    )


def test_a_reform_settles_a_choice_that_was_made(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("parameters: {tone: blue}\n")
    numbers = parameter("tone", "choice", status="secondary").replace(
        "value: 1", "regimes: [red, blue]"
    )
    law = body_law("tone: Colour", "return tone", "Colour", numbers=numbers).under(tone="red")
    assert answer(law.with_reform(tmp_path / "r.yaml")).word == "blue"


def test_a_sum_is_explained_by_those_who_count() -> None:
    law = law_of(
        PAY + 'inside = fact(PERSON, bool, label=("a", "b"))\n'
        'total = sum_over(unit(member="inside"), "pay", label=("a", "b"))\n'
    )
    top = law.explain(household({"inside": True, "pay": 1}, {"inside": False}), "total")
    assert ("pay", "p2") not in [(node.name, node.person) for node in top.inputs]
