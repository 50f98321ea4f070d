"""Korean and English: particles, amounts and dates, and a catalogue in which nothing is missing."""

from __future__ import annotations

import ast
import datetime
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import donghaeng.language
from donghaeng.language import Words, date_text, money_text, number_text, with_particle

SOURCES = Path(donghaeng.language.__file__).parents[1]
CATALOGUE = SOURCES / "language" / "messages" / "ko.po"

# Particles follow the last sound that is read aloud (한글 맞춤법; 받침 or none).


@pytest.mark.parametrize(
    ("word", "particle", "written"),
    [
        ("안심소득", "은", "안심소득은"),
        ("생계급여", "은", "생계급여는"),
        ("소득", "이", "소득이"),
        ("급여", "이", "급여가"),
        ("자산", "을", "자산을"),
        ("부채", "을", "부채를"),
        ("남편", "과", "남편과"),
        ("아내", "과", "아내와"),
        ("서울", "으로", "서울로"),  # ㄹ takes 로
        ("부산", "으로", "부산으로"),
        ("대구", "으로", "대구로"),
        ("0", "이", "0이"),  # 영
        ("1", "은", "1은"),  # 일
        ("2", "은", "2는"),  # 이
        ("3", "을", "3을"),  # 삼
        ("4", "을", "4를"),  # 사
        ("5", "과", "5와"),  # 오
        ("6", "이", "6이"),  # 육
        ("7", "으로", "7로"),  # 칠
        ("8", "으로", "8로"),  # 팔
        ("9", "이", "9가"),  # 구
        ("10", "이", "10이"),  # 십
        ("100", "은", "100은"),  # 백
        ("85%", "이", "85%가"),  # 퍼센트
        ("713,102원", "이", "713,102원이"),
        ("“학생”", "을", "“학생”을"),
        ("“자가”", "이", "“자가”가"),
        ("사는 집의 가액(자가)", "은", "사는 집의 가액(자가)은"),  # 가액, before the bracket
        ("주거급여(임차급여)", "은", "주거급여(임차급여)는"),
        ("(가구의 소득)", "과", "(가구의 소득)과"),
    ],
)
def test_a_particle_fits_the_last_sound(word: str, particle: str, written: str) -> None:
    assert with_particle(word, particle) == written


@pytest.mark.parametrize(
    ("word", "written"),
    [("p1", "p1은"), ("p2", "p2는"), ("mother", "mother는"), ("son", "son은"), ("N", "N은")],
)
def test_a_latin_name_is_read_aloud_too(word: str, written: str) -> None:
    # 마더, 선, 엔: a reader hears them, so the particle follows the sound, or both are offered.
    both = {f"{word}은(는)", f"{word}(은)는"}
    assert with_particle(word, "은") in {written, *both}


@given(st.text(), st.sampled_from(["은", "이", "을", "과", "으로", "이므로"]))
def test_any_word_takes_a_particle(word: str, particle: str) -> None:
    assert with_particle(word, particle).startswith(word)
    assert len(with_particle(word, particle)) > len(word)


@pytest.mark.parametrize(
    ("amount", "korean", "english"),
    [
        (0, "0원", "0 won"),
        (1, "1원", "1 won"),
        (713_102, "713,102원", "713,102 won"),
        (326_000_000, "326,000,000원", "326,000,000 won"),
        (-5_000, "-5,000원", "-5,000 won"),
    ],
)
def test_amounts(amount: int, korean: str, english: str) -> None:
    assert money_text(amount, "ko") == korean
    assert money_text(amount, "en") == english


@given(st.integers(-(10**11), 10**11))
def test_a_number_is_grouped_by_thousands(value: int) -> None:
    assert int(number_text(value).replace(",", "")) == value
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*", number_text(value))


def test_days_are_written_as_each_language_writes_them() -> None:
    day = datetime.date(2024, 7, 1)
    assert date_text(day, "ko") == "2024년 7월 1일"
    assert date_text(day, "en") == "1 July 2024"
    months = [date_text(datetime.date(2024, month, 9), "en").split()[1] for month in range(1, 13)]
    assert (months[0], months[4], months[11], len(set(months))) == (
        "January",
        "May",
        "December",
        12,
    )


# The catalogue.


def translations() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def literals(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def is_words(call: ast.Call) -> bool:
    """``words(...)``, ``self.words(...)`` or ``Words(language)(...)``."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if isinstance(function, ast.Call):
        name = "words" if getattr(function.func, "id", "") == "Words" else ""
    return name == "words" and bool(call.args)


def said_directly() -> set[str]:
    """Every message that stands as a literal in a call of the catalogue."""
    found: set[str] = set()
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and is_words(node):
                found.update(_message(node.args[0]))
    return found


def _message(argument: ast.expr) -> list[str]:
    """The message, or both of a choice; nothing where it is put together elsewhere."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return [*_message(argument.body), *_message(argument.orelse)]
    return []


def every_literal() -> str:
    texts: list[str] = []
    for file in SOURCES.rglob("*.py"):
        texts += literals(ast.parse(file.read_text(encoding="utf-8")))
    texts += [file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.html")]
    return "\n".join(texts)


def placeholders(message: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(message) if name)


def test_the_scan_of_the_sources_finds_messages() -> None:
    found = said_directly()
    assert len(found) > 40
    assert {"Undetermined", "{label} of {person}", "yes", "no"} <= found


def test_every_message_of_the_program_has_a_korean_translation() -> None:
    korean = translations()
    assert sorted(message for message in said_directly() if not korean.get(message)) == []


def test_every_decided_condition_has_its_words() -> None:
    # These are put together of a condition and its ending.
    conditions = [
        *("{left} is below {right}", "{left} is at most {right}", "{left} is above {right}"),
        *("{left} is at least {right}", "{left} is {right}", "{left} is not {right}"),
        *("“{name}” applies", "“{name}” does not apply"),
    ]
    korean = translations()
    missing = [
        condition + ending
        for condition in conditions
        for ending in ("", ", and", ", so")
        if not korean.get(condition + ending)
    ]
    assert missing == []


def test_no_translation_is_left_over() -> None:
    literal = every_literal()
    unused = [
        message
        for message in translations()
        if message not in literal
        and message.removesuffix(", and").removesuffix(", so") not in literal
    ]
    assert unused == []


@pytest.mark.parametrize("message", sorted(translations()))
def test_a_translation_says_the_same_things_in_korean(message: str) -> None:
    korean = translations()[message]
    assert placeholders(korean) == placeholders(message)
    left_over = [sign for sign in LATIN.findall(korean) if not same_in_both(sign, message)]
    assert left_over == [], korean


# What may stand in Latin letters: `words of a file` between accents, a file's name, and a sign.
LATIN = re.compile(r"\{\w+\}|`[^`]*`|[A-Za-z][A-Za-z_]*(?:\.[a-z]+)?")
SIGN = re.compile(r"[a-z]|[A-Z]{1,6}|\w+\.(csv|json|yaml|html|pdf)")


def same_in_both(sign: str, english: str) -> bool:
    """A sign of statistics, an acronym, or the name of a file or field, which English has as well."""
    if sign[0] in "{`":
        return sign in english
    found = re.search(rf"(?<![A-Za-z]){re.escape(sign)}(?![A-Za-z])", english)
    return bool(SIGN.fullmatch(sign) and found)


def test_words_fill_in_what_is_named() -> None:
    assert Words("ko")("{label} of {person}", label="근로소득", person="p1") == "p1의 근로소득"
    assert Words("en")("{label} of {person}", label="Earnings", person="p1") == "Earnings of p1"
    assert Words("en").label(("생계급여", "Livelihood benefit")) == "Livelihood benefit"
