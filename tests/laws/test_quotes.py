"""The words that a worked case quotes are the words of the statute."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from donghaeng.household.reading import read_document

CASES = sorted((Path(__file__).parents[2] / "examples" / "cases").glob("*.yaml"))
MARKS = re.compile(r"<[^<>]*\d{4}\.\s*\d{1,2}\.\s*\d{1,2}[^<>]*>|\*\*|[\s\-#>]+")
SHORT = 12


def plain(text: str) -> str:
    """The words alone: without amendment marks, spaces and signs of layout."""
    return MARKS.sub("", text)


def act(article: str) -> str:
    """The act or decree of an article, as the folder of statutes spells it."""
    return plain(article.split("§")[0])


@pytest.fixture(scope="module")
def statutes(shared_data: Callable[[str], Path]) -> dict[str, str]:
    """The text of each act, decree and rule."""
    return {
        file.stem.replace("_법률", "").replace("_", ""): plain(file.read_text(encoding="utf-8"))
        for file in shared_data("statutes").glob("*.md")
    }


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_quoted_stands_in_the_statute(file: Path, statutes: dict[str, str]) -> None:
    document = read_document(file)
    assert isinstance(document, dict)
    foreign = []
    for case in document["cases"]:
        quote, article = str(case.get("quote", "")), str(case.get("article", ""))
        text = "".join(text for name, text in statutes.items() if name.startswith(act(article)))
        if not quote or not text:
            continue  # notices and some acts are not in the folder
        parts = [plain(part) for part in re.split(r"…|\.\.\.", quote)]
        foreign += [
            f"{case['name']}: {part}"
            for part in parts
            if len(part) > SHORT and part not in text
        ]
    assert not foreign, "\n".join(foreign)
