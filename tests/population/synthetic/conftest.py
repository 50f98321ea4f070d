"""One small town, drawn from published moments and from a survey, for every test that only looks at it."""

import pytest

from donghaeng.laws import book
from donghaeng.population.store import Population
from donghaeng.population.synthetic import synthesize

from .towns import asked_people, schema, town


@pytest.fixture(scope="session")
def places(tmp_path_factory):
    return tmp_path_factory.mktemp("synthetic")


@pytest.fixture(scope="session")
def small_city(places):
    return town(places / "town")


@pytest.fixture(scope="session")
def from_moments(places, small_city):
    """Report and population of the town from published moments."""
    folder = places / "moments"
    report = synthesize(small_city, book(), schema(), folder, seed=1, workers=1)
    return report, Population.open(folder)


@pytest.fixture(scope="session")
def survey(places):
    return asked_people(places)


@pytest.fixture(scope="session")
def from_survey(places, small_city, survey):
    """Report and population of the town from a survey."""
    folder = places / "fitted"
    report = synthesize(small_city, book(), schema(), folder, seed=1, survey=survey, workers=1)
    return report, Population.open(folder)
