"""A reform changes what it names and leaves the law it started from as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.laws import (
    FACTS,
    IMPORTS,
    MONTHLY,
    STATE,
    answer,
    book,
    household,
    law_of,
    parameter,
)

from donghaeng.rules import BadInput, Law, LawFault
from donghaeng.rules.terms import Status

NUMBERS = parameter("amount", "money/month", 100).replace(
    "}}\n", ", 2022-01-01: {value: 200, status: official, source: gazette}}}\n"
) + parameter("table", "money/month", "{1: 10, 2: 20, 3: gap}", extra="keys: {n: [1, 3]}, ")
LAW = f"""
rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"), range=(1, 3))
{MONTHLY}
def line(amount: Money) -> Money:
    return amount
{MONTHLY}
def answer(line: Money, table: Table, rooms: Count) -> Money:
    return line + table[rooms]
"""
BOOK = book(LAW, NUMBERS)


def reformed(
    folder: Path, text: str, day: str = "2024-07-01", suffix: str = "yaml", law: Law | None = None
) -> Law:
    file = folder / f"plan.{suffix}"
    file.write_text(text, encoding="utf-8")
    return (law or BOOK.on(day)).with_reform(file)


def test_a_new_value_holds_on_every_day(tmp_path: Path) -> None:
    text = "reform: {ko: 안, en: Plan}\nparameters:\n  amount: 500\n"
    for day in ("2020-01-01", "2021-12-31", "2022-01-01", "2024-07-01"):
        assert answer(reformed(tmp_path, text, day), rooms=1) == 510


def test_a_value_from_a_day_on_leaves_the_days_before(tmp_path: Path) -> None:
    text = "parameters: {amount: {from: 2021-07-01, value: 500}}\n"
    days = ["2021-06-30", "2021-07-01", "2022-01-01", "2024-07-01"]
    assert [answer(reformed(tmp_path, text, day), rooms=1) for day in days] == [110, 510, 510, 510]
    text = "parameters: {amount: {from: 2023-01-01, value: 500}}\n"
    days = ["2021-12-31", "2022-12-31", "2023-01-01"]
    assert [answer(reformed(tmp_path, text, day), rooms=1) for day in days] == [110, 210, 510]


def test_some_cells_of_a_table_change_and_the_others_stay(tmp_path: Path) -> None:
    law = reformed(tmp_path, "parameters: {table: {2: 99, 3: 7}}\n")
    assert [answer(law, rooms=rooms) for rooms in (1, 2, 3)] == [210, 299, 207]
    law = reformed(tmp_path, "parameters: {table: {1: 11}}\n")
    assert answer(law, rooms=3).blockers == {"parameter:table[3]"}


def test_a_rule_is_replaced_and_may_use_the_law(tmp_path: Path) -> None:
    text = f"{IMPORTS}{MONTHLY}\ndef line(amount: Money) -> Money:\n    return amount * 2\n"
    assert answer(reformed(tmp_path, text, suffix="py"), rooms=1) == 410
    more = f"{STATE}\ndef more(rooms: Count) -> Count:\n    return rooms + 1\n"
    text = f"{IMPORTS}from town.law import rooms\n{more}"
    assert answer(reformed(tmp_path, text, suffix="py"), name="more", rooms=1) == 2


def test_the_law_that_was_reformed_stays_as_it_was(tmp_path: Path) -> None:
    law = BOOK.on("2024-07-01")
    before = law.hash
    after = reformed(tmp_path, "parameters: {amount: 500}\n", law=law)
    assert after.hash != before
    assert law.hash == before == BOOK.hash
    assert answer(law, rooms=1) == 210
    assert after.day == law.day


def test_reforms_follow_one_another(tmp_path: Path) -> None:
    law = reformed(tmp_path, "parameters: {amount: 500}\n")
    law = reformed(tmp_path, "parameters: {table: {1: 1}}\n", law=law)
    assert answer(law, rooms=1) == 501
    law = reformed(tmp_path, "parameters: {amount: 600}\n", law=law)
    assert answer(law, rooms=1) == 601


def test_what_a_reform_sets_is_not_official(tmp_path: Path) -> None:
    law = reformed(tmp_path, "parameters: {amount: 500}\n")
    (use,) = law.explain(household(rooms=1), "answer").not_official()
    assert (use.name, use.value, use.status) == ("amount", 500, Status.UNVERIFIED)
    assert use.source == "reform: reforms/00_plan.yaml"


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("parameters: {amuont: 5}\n", "unknown parameter 'amuont'", "did you mean 'amount'?"),
        ("parametres: {amount: 5}\n", "a reform is a mapping with parameters", "parameters:"),
        ("parameters: 5\n", "a reform is a mapping with parameters", "parameters:"),
        ("- 5\n", "a reform is a mapping with parameters", "parameters:"),
        (
            "parameters: {amount: 5}\nrefrom: x\n",
            "unknown field 'refrom'",
            "did you mean 'reform'?",
        ),
        ("parameters: {amount: 1.5}\n", "1.5 is not a whole amount of money", ""),
        (
            "parameters: {amount: {from: soon, value: 5}}\n",
            "'amount': from 'soon' is not a day",
            "",
        ),
        ("parameters: {table: {4: 5}}\n", "the table has no place '4'", ""),
        ("parameters: {table: 5}\n", "5 stands where a table is declared", ""),
        ("parameters: {amount: 5, amount: 6}\n", "'amount' stands here twice", ""),
    ],
)
def test_a_reform_that_does_not_fit_is_refused(
    tmp_path: Path, text: str, message: str, remedy: str
) -> None:
    with pytest.raises(LawFault) as caught:
        reformed(tmp_path, text)
    assert message in caught.value.message
    assert caught.value.file == "reforms/00_plan.yaml"
    assert caught.value.line >= 1
    assert remedy in caught.value.remedy


def test_a_reform_rule_is_held_to_the_language(tmp_path: Path) -> None:
    text = f"{IMPORTS}{MONTHLY}\ndef line(amount: Money) -> Money:\n    return amount * 0.5\n"
    with pytest.raises(LawFault, match=r"^reforms/00_plan\.py:4: the decimal number 0\.5"):
        reformed(tmp_path, text, suffix="py")


def test_a_file_that_is_no_reform_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"is neither \.yaml nor \.py"):
        reformed(tmp_path, "", suffix="txt")
    with pytest.raises(BadInput, match="No such file"):
        BOOK.on("2024-07").with_reform(tmp_path / "nowhere.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BadInput, match="is not UTF-8 text"):
        BOOK.on("2024-07").with_reform(tmp_path / "bytes.yaml")


def test_a_reform_brings_a_new_amount_for_its_own_rule(tmp_path: Path) -> None:
    """10,000 more for everyone: the amount is a parameter of the reform, the rule adds it."""
    law = law_of(f"{FACTS}{MONTHLY}\ndef answer(rent: Money) -> Money:\n    return rent\n")
    entry = parameter("supplement", "money", "10_000", extra="period: month, ")
    (tmp_path / "amount.yaml").write_text("new_parameters:\n  " + entry.replace("\n", "\n  "))
    (tmp_path / "rule.py").write_text(
        IMPORTS + f"{MONTHLY}\ndef answer(rent: Money, supplement: Money) -> Money:\n"
        "    return rent + supplement\n"
    )
    reformed = law.with_reform(tmp_path / "amount.yaml").with_reform(tmp_path / "rule.py")
    assert answer(reformed, rent=5) == 10_005
    assert answer(law, rent=5) == 5
