"""The words that a worked case quotes are the words of an article that it names.

Notices (고시) and a few acts are not among the texts. A case that quotes one of them names it first, and its
words are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from donghaeng.household.reading import read_document

CASES = sorted((Path(__file__).parents[2] / "examples" / "cases").glob("*.yaml"))
# Amendment marks, spaces, and what only draws a heading, a list or a table.
MARKS = re.compile(r"<[^<>]*\d{4}\.\s*\d{1,2}\.\s*\d{1,2}[^<>]*>|\*\*|[\s\-#>│─┌┐└┘├┤┬┴┼]+")
HEADING = re.compile(r"^#+ 제(\d+)조(?:의(\d+))?(?!\d)", re.MULTILINE)
SUPPLEMENT = re.compile(r"^부칙.*?<제(\d+)호", re.MULTILINE)
NAMED = re.compile(
    r"(?P<act>[^§]*?)\s*(?:§\s*(?P<a>\d+)(?:의(?P<b>\d+))?|제(?P<c>\d+)조(?:의(?P<d>\d+))?)"
)
Texts = dict[tuple[str, str], str]


def plain(text: str) -> str:
    """The words alone."""
    return MARKS.sub("", text)


def pieces(text: str, heading: re.Pattern[str]) -> list[tuple[re.Match[str], str]]:
    """What follows each heading, up to the next."""
    found = list(heading.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)][: len(found)]
    return [(each, text[each.start() : end]) for each, end in zip(found, ends, strict=True)]


def read_statutes(folder: Path) -> Texts:
    """The words of each article by act and number, and of the 부칙 by the number of the amendment."""
    texts: Texts = {}
    for file in folder.glob("*.md"):
        name = re.match(r"(.+?)_(법률|시행령|시행규칙)", file.stem)
        if name is None:
            continue
        act = plain(name[1]) + ("" if name[2] == "법률" else name[2])
        whole = file.read_text(encoding="utf-8")
        supplements = pieces(whole, SUPPLEMENT)
        articles = whole[: supplements[0][0].start()] if supplements else whole
        for heading, text in pieces(articles, HEADING):
            texts[act, number(heading[1], heading[2])] = plain(text)
        for heading, text in supplements:
            key = ("부칙", heading[1])
            texts[key] = texts.get(key, "") + plain(text)
    return texts


def number(article: str, branch: str | None) -> str:
    return f"{article}의{branch}" if branch else article


def named(article: str) -> list[tuple[str, str]]:
    """The articles that a case names: each as act and number, 부칙 by the number of the amendment."""
    found: list[tuple[str, str]] = []
    act = ""
    for part in re.split(r"[,;]", article):
        match = NAMED.match(part.strip())
        if match is None:
            if not found:
                found.append((plain(part), ""))
            continue
        words = plain(match["act"])
        if "부칙" in words:
            amendment = re.search(r"\d{5}", words)
            found.append(("부칙", amendment[0] if amendment else ""))
            continue
        if words in ("시행령", "시행규칙"):
            act = re.sub(r"시행(령|규칙)$", "", act) + words
        elif words:
            act = words
        found.append((act, number(match["a"] or match["c"], match["b"] or match["d"])))
    return found


def stands_in(quote: str, text: str) -> bool:
    """Whether all parts of the quote, between the leave-outs, follow one another in the text."""
    place = 0
    for part in re.split(r"…|\.\.\.", quote):
        words = plain(part)
        place = text.find(words, place)
        if place < 0:
            return False
        place += len(words)
    return True


@pytest.fixture(scope="module")
def statutes(shared_data: Callable[[str], Path]) -> Texts:
    return read_statutes(shared_data("statutes"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_quoted_stands_in_an_article_that_is_named(file: Path, statutes: Texts) -> None:
    document = read_document(file)
    assert isinstance(document, dict)
    foreign = []
    for case in document["cases"]:
        quote, article = str(case.get("quote", "")), str(case.get("article", ""))
        sources = named(article)
        if not quote or not sources or sources[0] not in statutes:
            continue
        texts = [statutes[source] for source in sources if source in statutes]
        if not any(stands_in(quote, text) for text in texts):
            foreign.append(f"{case['name']} ({article}): {quote}")
    assert not foreign, "\n".join(foreign)


def cases_of(file: Path) -> list[dict[str, Any]]:
    """The cases of a file."""
    document: Any = read_document(file)
    cases: list[dict[str, Any]] = document["cases"]
    return cases


def test_most_quotes_are_compared(statutes: Texts) -> None:
    quoted = [
        str(case.get("article", ""))
        for file in CASES
        for case in cases_of(file)
        if case.get("quote")
    ]
    compared = [article for article in quoted if named(article)[0] in statutes]
    assert len(compared) * 10 > len(quoted) * 7


def test_articles_are_read_from_the_words_of_a_case() -> None:
    assert named("기초연금법 시행령 §2②, 시행규칙 §2②; 고시 §4") == [
        ("기초연금법시행령", "2"),
        ("기초연금법시행규칙", "2"),
        ("고시", "4"),
    ]
    assert named("아동수당법 제4조제6항, 법률 제21489호 부칙 제2조제1항") == [
        ("아동수당법", "4"),
        ("부칙", "21489"),
    ]
    assert named("국민기초생활 보장법 §5의2①") == [("국민기초생활보장법", "5의2")]
