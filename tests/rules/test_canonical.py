"""The hash of a law follows what the law says, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.rules.laws import FACTS, IMPORTS, LAW, MONTHLY, NUMBERS, parameter

from donghaeng.rules import Book

RULES = f"""\
{IMPORTS}
{FACTS}
{MONTHLY}
def answer(rent: Money, farm: bool, number: Money) -> Money:
    if farm and rent > 0:
        return rent + number
    return rent - number
"""
VALUES = """\
number:
  label: {ko: 수, en: Number}
  unit: money/month
  citation: Act §2
  values:
    2020-01-01: {value: 5, status: official, source: gazette}
    2021-01-01: {value: 6, status: official, source: gazette}
"""
SOURCES = {LAW: RULES, NUMBERS: VALUES}
BASE = Book(SOURCES).hash


def changed(before: str, after: str) -> str:
    """The hash after one change of the sources."""
    assert any(before in text for text in SOURCES.values())
    return Book({path: text.replace(before, after) for path, text in SOURCES.items()}).hash


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    if farm", "    # who farms\n    if farm"),
        ("    if farm", '    """What a farm gets."""\n    if farm'),
        ("    if farm", "\n\n    if farm"),
        ("if farm and rent > 0:", "if (farm and (rent > 0)):  # both"),
        ("    return rent + number", "    return (rent\n            + number)"),
        ("class Colour(Enumeration):", 'class Colour(Enumeration):\n    """Shades."""'),
        (IMPORTS, f'"""A town."""\n{IMPORTS}'),
        ("  unit: money/month\n  citation: Act §2\n", "  citation: Act §2\n  unit: money/month\n"),
        ("{ko: 수, en: Number}", "{en: Number, ko: 수}"),
        ("citation: Act §2", "citation: 'Act §2'  # as amended"),
        (
            "{value: 5, status: official, source: gazette}",
            "\n      source: gazette\n      value: 5\n      status: official",
        ),
        ("1_000_000_000", "1000000000"),
        ('"red"', "'red'"),
    ],
)
def test_another_spelling_of_the_same_law_has_the_same_hash(before: str, after: str) -> None:
    assert changed(before, after) == BASE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("value: 5", "value: 7"),
        ("2021-01-01", "2021-01-02"),
        (
            "status: official, source: gazette}\n    2021",
            "status: press, source: gazette}\n    2021",
        ),
        ("citation: Act §2", "citation: Act §3"),
        ("source: gazette", "source: newspaper"),
        ("en: Number", "en: Figure"),
        ("rent + number", "rent * 1"),
        ("rent + number", "number + rent"),
        ("rent > 0", "rent >= 0"),
        ("farm and", "farm or"),
        ('"Act §1"', '"Act §1, 2"'),
        ('"Benefit"', '"Aid"'),
        ('"급여"', '"수당"'),
        ("1_000_000_000", "1_000_000_001"),
        ('"Red"', '"Rouge"'),
        ("def answer", "def reply"),
    ],
)
def test_another_law_has_another_hash(before: str, after: str) -> None:
    assert changed(before, after) != BASE


def test_files_without_content_and_the_order_of_files_do_not_count() -> None:
    assert Book({NUMBERS: VALUES, LAW: RULES}).hash == BASE
    assert Book({**SOURCES, "town/__init__.py": '"""A town."""\n'}).hash == BASE
    assert Book({**SOURCES, "town/readme.md": "words"}).hash == BASE
    assert Book({**SOURCES, "town/more.yaml": parameter("other")}).hash != BASE
    assert Book({"city/law.py": RULES, NUMBERS: VALUES}).hash != BASE


def test_two_books_of_the_same_sources_have_the_same_hash() -> None:
    assert Book(SOURCES).hash == BASE
    assert len(BASE) == 64
    assert Book(SOURCES).on("2024-07").hash == BASE


@pytest.mark.parametrize("options", [[], ["-O"], ["-OO"]])
def test_the_hash_is_the_same_in_another_process(options: list[str]) -> None:
    program = (
        "import json, sys; from donghaeng.rules import Book; print(Book(json.load(sys.stdin)).hash)"
    )
    found = subprocess.run(
        [sys.executable, *options, "-c", program],
        input=json.dumps(SOURCES),
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == BASE
