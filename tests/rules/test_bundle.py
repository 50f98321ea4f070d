"""A bundle is the law in one file: opened anywhere, it answers alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.laws import FACTS, NUMBERS, ROUNDED, household, law_of, parameter

from donghaeng.rules import BadInput, Bundle, HouseholdFacts

LAW = law_of(
    f"""
{FACTS}
{ROUNDED}
def answer(income: Money, rent: Money, farm: bool, share: Rate, tone: Colour) -> Money:
    if farm:
        return max(income - rent, 0) * share
    return rent * share if tone == Colour.RED else income
""",
    parameter("share", "rate", "2/7")
    + parameter("tone", "choice", status="secondary").replace("value: 1", "regimes: [red, blue]"),
).under(tone="red")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bundles") / "law.json"
    LAW.bundle().write(target)
    return target


def households() -> st.SearchStrategy[HouseholdFacts]:
    amounts = st.integers(0, 10**9)
    known = st.fixed_dictionaries(
        {}, optional={"income": amounts, "rent": amounts, "farm": st.booleans()}
    )
    return known.map(lambda facts: household(**facts))


@given(facts=households())
def test_an_opened_bundle_answers_alike(file: Path, facts: HouseholdFacts) -> None:
    law = opened(file)
    before, after = LAW.evaluate(facts, ["answer"]), law.evaluate(facts, ["answer"])
    assert repr(before) == repr(after)


OPENED: dict[Path, Any] = {}


def opened(file: Path) -> Any:
    if file not in OPENED:
        OPENED[file] = Bundle.open(file).law()
    return OPENED[file]


def test_a_bundle_keeps_hash_day_and_choices(file: Path) -> None:
    law = Bundle.open(file).law()
    assert (law.hash, law.day, law.choices) == (LAW.hash, LAW.day, {"tone": "red"})
    assert Bundle.open(file) == LAW.bundle()
    assert [path.name for path in file.parent.iterdir()] == ["law.json"]


def test_a_bundle_keeps_a_reform(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("parameters: {share: 1/2}\n", encoding="utf-8")
    law = LAW.with_reform(plan)
    law.bundle().write(tmp_path / "law.json")
    facts = household(income=30, rent=10, farm=True)
    assert Bundle.open(tmp_path / "law.json").law().evaluate(facts, ["answer"]) == {"answer": 10}
    assert LAW.evaluate(facts, ["answer"]) == {"answer": 5}


def rewritten(file: Path, folder: Path, **changes: Any) -> Path:
    content = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    target = folder / "changed.json"
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


def test_sources_that_were_tampered_with_are_refused(file: Path, tmp_path: Path) -> None:
    sources = dict(LAW.book.sources)
    sources[NUMBERS] = sources[NUMBERS].replace("2/7", "3/7")
    bundle = Bundle.open(rewritten(file, tmp_path, sources=sources))
    with pytest.raises(BadInput, match="not the one that its hash names") as caught:
        bundle.law()
    assert LAW.hash in caught.value.remedy


def test_a_comment_in_a_bundle_is_no_tampering(file: Path, tmp_path: Path) -> None:
    sources = {path: f"{text}\n# read\n" for path, text in LAW.book.sources.items()}
    assert Bundle.open(rewritten(file, tmp_path, sources=sources)).law().hash == LAW.hash


@pytest.mark.parametrize("changes", [{"format": "other-1"}, {"language": 99}])
def test_a_bundle_of_another_engine_is_refused(
    file: Path, tmp_path: Path, changes: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match="this engine reads"):
        Bundle.open(rewritten(file, tmp_path, **changes))


@pytest.mark.parametrize(
    "changes", [{"sources": 3}, {"sources": []}, {"day": "soon"}, {"day": 3}, {"choices": None}]
)
def test_a_broken_bundle_is_refused(file: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    target = rewritten(file, tmp_path, **changes)
    with pytest.raises(BadInput, match=r"changed\.json: is not a bundle of a law"):
        Bundle.open(target)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"3", b"{", b"\xff\xfe", b"words", b"null"])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes) -> None:
    target = tmp_path / "law.json"
    target.write_bytes(content)
    with pytest.raises(BadInput, match=r"law\.json: is not a bundle of a law"):
        Bundle.open(target)


def test_a_bundle_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        Bundle.open(tmp_path / "nowhere.json")
