"""Populations that several tests look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from donghaeng.laws import law_on
from donghaeng.policy.question import Question
from donghaeng.policy.reform_files import read_reform
from donghaeng.policy.scenario import baseline, reformed
from donghaeng.population.store import Population

from . import people

EXAMPLES = Path(__file__).parents[2] / "examples" / "policy"


@pytest.fixture(scope="session")
def hundreds(tmp_path_factory: pytest.TempPathFactory) -> Population:
    """300 households of one to four persons of which every fact is known."""
    return people.population(tmp_path_factory.mktemp("people") / "hundreds", 300)


@pytest.fixture(scope="session")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Population:
    """60 households, one fact in fifty of which is not known."""
    folder = tmp_path_factory.mktemp("people") / "lacking"
    return people.population(folder, 60, seed=2, lacking=0.02)


@pytest.fixture(scope="session")
def question(hundreds: Population) -> Question:
    """Safety Income for everybody among the 300 households in July 2024."""
    file = EXAMPLES / "safety_income_85.yaml"
    before = baseline(law_on("2024-07"))
    return Question(hundreds, before, reformed(before, read_reform(file), file), form="numpy")
