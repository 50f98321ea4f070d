"""Explanations as a caseworker would read them aloud, word for word.

The texts stand in ``golden/``. To write them anew after a change of wording, run this module with
``DONGHAENG_REWRITE_GOLDEN=1`` and read what changed as if you had to say it to the household.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from donghaeng import Law, law_on, read_households
from donghaeng.household.sentences import Sentences

from .files import EXAMPLES, JULY_2024

# One reading of each choice that is open, so that every amount is told.
READ = ("no_deduction", "up_to_10_won", "not_counted")
GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("DONGHAENG_REWRITE_GOLDEN"))
VARIABLES = ("livelihood_benefit", "housing_benefit", "safety_income")
HOUSEHOLDS = ("alone", "mother-of-two", "old-couple", "eight", "not-all-known")


@pytest.fixture(scope="module")
def law() -> Law:
    return law_on(JULY_2024).under_regimes(READ)


def told(law: Law, household: str, variable: str, language: str) -> list[str]:
    facts = {each.id: each for each in read_households(law, EXAMPLES / "households.yaml")}
    return Sentences(law, language).text(law.explain(facts[household], variable))


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("household", HOUSEHOLDS)
def test_the_reasons_read_word_for_word(law: Law, household: str, language: str) -> None:
    parts = []
    for variable in VARIABLES:
        title = law.variables[variable].label[0 if language == "ko" else 1]
        parts.append("\n\n".join([f"# {title}", *told(law, household, variable, language)]))
    text = "\n\n".join(parts) + "\n"
    file = GOLDEN / f"{household}.{language}.txt"
    if REWRITE:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("household", HOUSEHOLDS)
def test_no_sentence_is_left_unfinished(
    law: Law, household: str, variable: str, language: str
) -> None:
    sentences = told(law, household, variable, language)
    assert len(sentences) == len(set(sentences))
    for sentence in sentences:
        assert sentence == sentence.strip()
        assert sentence.endswith((".", ")"))
        assert sentence.count("(") == sentence.count(")")
        assert not re.search(r"[{}_]|None|True|False|  ", sentence)


def test_english_sentences_hold_no_korean_but_citations(law: Law) -> None:
    for household in HOUSEHOLDS:
        for variable in VARIABLES:
            for sentence in told(law, household, variable, "en"):
                said = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)$", "", sentence)
                assert not re.search(r"[가-힣]", said), said


def test_every_result_names_its_article(law: Law) -> None:
    assert "(국민기초생활 보장법 §8②, §8③)" in told(law, "alone", "livelihood_benefit", "ko")[0]


def test_what_is_missing_is_said_first(law: Law) -> None:
    first = told(law, "not-all-known", "safety_income", "ko")[0]
    assert first.startswith("안심소득은 판단할 수 없습니다. 먼저 p2의 “근로소득”을 알아야 합니다.")
    first = told(law, "not-all-known", "safety_income", "en")[0]
    assert first.startswith(
        "Safety Income cannot be determined: we do not know “Earnings from work” of p2."
    )


def test_the_pilot_has_its_new_name_since_september_2024() -> None:
    # Korea Herald 2024-09-05: renamed on that day.
    for date, name in (("2024-09-04", "안심소득"), ("2024-09-05", "서울디딤돌소득")):
        renamed = law_on(date).under_regimes(READ)
        assert told(renamed, "not-all-known", "safety_income", "ko")[0].startswith(f"{name}은 ")
