"""Simulations that the tests of the report look at."""

from __future__ import annotations

import dataclasses

import numpy as np
import polars as pl
import pytest

from donghaeng.laws import book
from donghaeng.policy.question import Question
from donghaeng.policy.results import Simulation
from donghaeng.policy.runs import this_process
from donghaeng.policy.simulate import simulate
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import PopulationKind

from .. import people

SEOUL = (11110, 11140, 11170)


@pytest.fixture(scope="session")
def survey(question: Question, tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    """Safety Income for everybody among 300 households of a survey."""
    return simulate(question, tmp_path_factory.mktemp("survey") / "run", executors=this_process)


@pytest.fixture(scope="session")
def synthetic(question: Question, tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    """The same among synthetic people: four replicates in three districts of Seoul, with receipts."""
    folder = tmp_path_factory.mktemp("synthetic")
    households, persons = people.tables(400, seed=7)
    number = np.arange(len(households))
    households = households.with_columns(
        pl.Series("replicate", number % 4),
        pl.Series("district", np.array(SEOUL)[number % 3]),
        pl.Series("received_livelihood_benefit", np.where(number % 5 == 0, 300_000, 0)),
    )
    write_tables(
        folder / "people",
        schema_of(book()),
        households,
        persons,
        people.manifest(kind=PopulationKind.SYNTHETIC, title="made-up city"),
    )
    asked = dataclasses.replace(question, population=Population.open(folder / "people"))
    return simulate(asked, folder / "run", executors=this_process)
