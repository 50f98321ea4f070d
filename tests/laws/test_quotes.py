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


@pytest.fixture(scope="module")
def statutes(request: pytest.FixtureRequest) -> str:
    find: Callable[[str], Path] = request.getfixturevalue("shared_data")
    folder = find("statutes")
    return plain("\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.md")))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_is_quoted_stands_in_the_statute(file: Path, statutes: str) -> None:
    document = read_document(file)
    assert isinstance(document, dict)
    foreign = []
    for case in document["cases"]:
        quote, article = str(case.get("quote", "")), str(case.get("article", ""))
        if not quote or "고시" in article or "공고" in article:
            continue  # notices are not in the folder of statutes
        parts = [plain(part) for part in re.split(r"…|\.\.\.", quote)]
        foreign += [
            f"{case['name']}: {part}"
            for part in parts
            if len(part) > SHORT and part not in statutes
        ]
    assert not foreign, "\n".join(foreign)
