"""A law file declares and cannot run anything: it may be opened without trusting it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.laws import IMPORTS, LAW, NUMBERS, STATE, answer, book, parameter, refused, text

from donghaeng.rules import Book, LawFault

ROOMS = 'rooms = fact(HOUSEHOLD, Count, label=("방", "Rooms"))\n'
RULE = f"{STATE}\ndef answer(rooms: Count) -> Count:\n    return rooms\n"

STATEMENTS = [
    ("import os", "Import"),
    ("import donghaeng.rules", "Import"),
    ("print('hello')", "Expr"),
    ("open('file', 'w')", "Expr"),
    ("if True:\n    pass", "If"),
    ("for each in (1, 2):\n    pass", "For"),
    ("while True:\n    pass", "While"),
    ("del rooms", "Delete"),
    ("rooms += 1", "AugAssign"),
    ("amount: int = 3", "AnnAssign"),
    ("_hidden = 3", "Assign"),
    ("__builtins__ = 3", "Assign"),
    ("rooms.label = 3", "Assign"),
    ("assert True", "Assert"),
    ("async def answer() -> Count:\n    return 1", "AsyncFunctionDef"),
    ("with open('file'):\n    pass", "With"),
    ("try:\n    pass\nexcept Exception:\n    pass", "Try"),
]


@pytest.mark.parametrize(("statement", "kind"), STATEMENTS, ids=[each[0] for each in STATEMENTS])
def test_a_law_file_holds_declarations_only(statement: str, kind: str) -> None:
    fault = refused(f"{ROOMS}{statement}\n")
    assert fault.message == f"a statement of kind {kind} in a law file"
    assert (fault.file, fault.line) == (LAW, 3)
    assert fault.remedy == "a law file holds imports, enumerations, declarations and rules"


VALUES = [
    "open('file', 'w')",
    "__import__('os')",
    "fact.__globals__",
    "fact(HOUSEHOLD, Count, label=('a', 'b'), default=open('file'))",
    "fact(HOUSEHOLD, Count, label=('a', 'b').__class__)",
    "HOUSEHOLD.value.upper()",
    "round_down(3)",
    "[each for each in (1, 2)]",
    "lambda: 1",
    "'{}'.format(1)",
    "f'{1}'",
    "('a', 'b')[0]",
    "10 ** 10",
    "1 if True else 2",
]


@pytest.mark.parametrize("value", VALUES)
def test_a_declared_value_calls_nothing_but_the_declaring_words(value: str) -> None:
    fault = refused(f"{ROOMS}rent = {value}\n")
    assert "in a declaration" in fault.message
    assert (fault.file, fault.line) == (LAW, 3)
    assert "sum_over" in fault.remedy


@pytest.mark.parametrize("name", ["open", "print", "__import__", "eval", "getattr", "len", "type"])
def test_the_functions_of_python_are_absent(name: str) -> None:
    fault = refused(f"{ROOMS}rent = fact(HOUSEHOLD, {name}, label=('a', 'b'))\n")
    assert f"'{name}' is not defined" in fault.message
    assert (fault.file, fault.line) == (LAW, 3)


def test_the_head_of_a_rule_calls_nothing_either(tmp_path: Path) -> None:
    file = tmp_path / "made"
    call = f"open({str(file)!r}, 'w')"
    fault = refused(f"{ROOMS}{STATE[:-1]}, history={call})\ndef answer() -> Count:\n    return 1\n")
    assert "in a declaration" in fault.message
    assert fault.line == 3
    assert not file.exists()


@pytest.mark.parametrize(
    "imported",
    [
        "from os import system",
        "from donghaeng.rules.source import Book",
        "from donghaeng import rules",
        "from builtins import open",
        "from .nowhere import rent",
        "from ..other import rent",
    ],
)
def test_a_law_file_imports_the_language_and_law_files_only(imported: str) -> None:
    fault = refused(f"{ROOMS}{imported}\n")
    assert fault.message.startswith("import of ")
    assert (fault.file, fault.line) == (LAW, 3)
    assert fault.remedy == "a law file imports from donghaeng.rules and from files of the law only"


def test_a_misspelt_word_of_the_language_is_named_with_the_nearest() -> None:
    fault = refused(f"{ROOMS}from donghaeng.rules import sum_ovr\n")
    assert fault.message == "'sum_ovr' is not in the language of law"
    assert fault.remedy == "did you mean 'sum_over'?"
    assert fault.line == 3


@pytest.mark.parametrize("name", ["Book", "__builtins__", "datetime", "*"])
def test_only_the_words_of_law_can_be_imported(name: str) -> None:
    fault = refused(f"{ROOMS}from donghaeng.rules import {name}\n")
    assert fault.message == f"{name!r} is not in the language of law"


CLASSES = [
    ("class Town:\n    NAME = 'a', 'b', 'c'", "class Town", 3),
    ("class Town(Money):\n    NAME = 'a', 'b', 'c'", "class Town", 3),
    ("class Town(Enumeration, metaclass=Table):\n    NAME = 'a', 'b', 'c'", "class Town", 3),
    ("class Town(Enumeration, Table):\n    NAME = 'a', 'b', 'c'", "class Town", 3),
    ("class Town(Enumeration):\n    NAME = 'a'", "enumeration Town", 4),
    ("class Town(Enumeration):\n    NAME = 'a', 'b'", "enumeration Town", 4),
    ("class Town(Enumeration):\n    NAME = 'a', 'b', 3", "enumeration Town", 4),
    ("class Town(Enumeration):\n    def name(self): return 1", "enumeration Town", 4),
    ("class Town(Enumeration):\n    NAME = open('a'), 'b', 'c'", "enumeration Town", 4),
]


@pytest.mark.parametrize(("written", "what", "line"), CLASSES, ids=[each[0] for each in CLASSES])
def test_the_only_class_is_an_enumeration_of_words(written: str, what: str, line: int) -> None:
    fault = refused(f"{ROOMS}{written}\n")
    assert fault.message.startswith(what)
    assert (fault.file, fault.line) == (LAW, line)
    assert fault.remedy


@pytest.mark.parametrize(
    "above", ["", f"{STATE}\n{STATE}\n", f"@staticmethod\n{STATE}\n", "@rule\n", "@fact()\n"]
)
def test_a_function_is_a_rule_with_one_decorator(above: str) -> None:
    fault = refused(f"{ROOMS}{above}def answer(rooms: Count) -> Count:\n    return rooms\n")
    assert fault.message == "function 'answer' is not a rule"
    assert fault.line == 3 + above.count("\n")
    assert "@rule" in fault.remedy


def test_a_name_stands_for_one_thing_in_the_whole_law() -> None:
    fault = refused(ROOMS * 2)
    assert fault.message == f"'rooms' is declared already, in {LAW}:2"
    assert (fault.file, fault.line) == (LAW, 3)
    fault = refused(ROOMS, "# numbers\n" + parameter("rooms", "count"))
    assert fault.message == f"'rooms' is declared already, in {NUMBERS}:2"
    assert (fault.file, fault.line) == (LAW, 2)


def test_a_name_stands_for_one_thing_in_two_files() -> None:
    with pytest.raises(LawFault, match=r"^b\.py:3: 'rooms' is declared already, in a\.py:2"):
        Book({"a.py": IMPORTS + ROOMS, "b.py": f"{IMPORTS}\n{ROOMS}"})
    with pytest.raises(LawFault, match=r"^b\.yaml:1: 'number' is declared already, in a\.yaml:1"):
        Book({"a.yaml": parameter(), "b.yaml": parameter()})


def test_a_law_file_may_use_what_another_one_declares() -> None:
    law = Book(
        {
            "town/house.py": IMPORTS + ROOMS,
            "town/parts/answer.py": f"{IMPORTS}from ..house import rooms\n{RULE}",
        }
    ).on("2024-07")
    assert answer(law, rooms=3) == 3


def test_files_that_import_each_other_are_named_in_their_order() -> None:
    with pytest.raises(LawFault) as caught:
        Book(
            {
                "town/a.py": "from .b import x\n",
                "town/b.py": "from .c import x\n",
                "town/c.py": "from .a import x\n",
            }
        )
    fault = caught.value
    assert fault.message == (
        "files import each other: town/a.py → town/b.py → town/c.py → town/a.py"
    )


def test_a_rule_without_a_citation_is_refused() -> None:
    for citation in ('""', '"  "'):
        fault = refused(ROOMS + RULE.replace('"Act §1"', citation))
        assert fault.message == "rule 'answer' has no citation"
        assert (fault.file, fault.line) == (LAW, 4)
        assert "citation=" in fault.remedy
    fault = refused(ROOMS + RULE.replace(', citation="Act §1"', ""))
    assert "citation" in fault.message
    assert (fault.file, fault.line) == (LAW, 3)


@pytest.mark.parametrize(
    ("declared", "part"),
    [
        ("unit()", "member="),
        ("unit(member='a', number='b')", "member="),
        ("fact(HOUSEHOLD, Table, label=('a', 'b'))", "a rate belongs to the parameters"),
        ("fact(HOUSEHOLD, Count)", "label"),
        ("fact(HOUSEHOLD, Count, label=('a', 'b'), colour=1)", "colour"),
        ("fact(HOUSEHOLD, Day, label=('a', 'b'), default='2023-02-30')", "day is out of range"),
    ],
)
def test_a_declaration_that_its_own_word_refuses_names_its_line(declared: str, part: str) -> None:
    fault = refused(f"{ROOMS}rent = {declared}\n")
    assert part in fault.message
    assert (fault.file, fault.line) == (LAW, 3)


@pytest.mark.parametrize("written", ["rooms = (\n", "def f(:\n", "x = 1\n  y = 2\n", "x = '\x00'"])
def test_what_is_no_python_is_refused_with_its_line(written: str) -> None:
    fault = refused(f"{ROOMS}{written}")
    assert fault.message.startswith("not readable as Python")
    assert fault.file == LAW
    assert fault.line >= 1


def test_opening_a_law_with_text_between_declarations_is_harmless() -> None:
    law = book(text(f'"""A town."""\nword = "room"\n{ROOMS}"about rooms"\n{RULE}')).on("2024-07")
    assert answer(law, rooms=2) == 2
    assert set(law.variables) == {"rooms", "answer"}
