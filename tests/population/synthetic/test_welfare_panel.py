"""A town modelled from the Korea Welfare Panel Study, where the user's copy is there."""

import numpy as np

from donghaeng.laws import book
from donghaeng.population.koweps import import_survey, read_survey, shipped_map, store
from donghaeng.population.store import Population
from donghaeng.population.synthetic import synthesize
from donghaeng.population.synthetic.respondents import respondents_of

from .towns import money_of, schema


def test_a_town_of_the_welfare_panel(shared_data, small_city, tmp_path):
    data = shared_data("koweps_2017_w12")
    files = (data / "households.csv.gz", data / "persons.csv.gz")
    columns = shipped_map()
    imported = import_survey(read_survey(*files, columns), columns, schema())
    store(imported, columns, schema(), tmp_path / "survey", files=files)
    survey = Population.open(tmp_path / "survey")
    asked = respondents_of(survey, schema(), "seoul")
    assert asked.count == 917  # the README of the data: Seoul's households
    assert not asked.whole

    report = synthesize(
        small_city, book(), schema(), tmp_path / "town", seed=2, survey=survey, workers=1
    )
    assert report.thinnest >= 30
    assert all(each.good for each in report.margins)
    assert all(each.distance_of_same_people.total_variation < 0.16 for each in report.tables)
    drawn = money_of(Population.open(tmp_path / "town"))
    recorded = {row.tobytes() for row in np.unique(money_of(survey), axis=0)}
    assert not any(row.tobytes() in recorded for row in drawn)
