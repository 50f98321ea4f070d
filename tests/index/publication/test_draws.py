"""Intervals of published figures against all draws kept, and against hand work."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

from donghaeng.index.publication.draws import draw
from donghaeng.index.uncertainty.samples import independent_block
from donghaeng.index.uncertainty.study import study_of

from .towns import city, material, town


def test_intervals_are_the_quantiles_of_the_draws_on_the_scale_of_the_index(
    town_file: Path,
) -> None:
    build = material(town_file).build
    drawn = draw(build)
    assert drawn is not None
    study = study_of(build.index, build.panel)
    sample = independent_block(7, 0, study.choices.columns, 500)
    scores = study.scores(sample)
    # The first column chooses the scale: below one half it is min-max, as in the index.
    scale = study.choices.names.index("scale")
    own = sample[:, study.choices.groups[scale][0]] < 0.5
    assert drawn.on_scale == own.sum()
    place = build.tree.place("all")
    for row in range(3):
        wanted = numpy.quantile(scores[own, row, place], [0.05, 0.5, 0.95])
        found = drawn.score(row, "all")
        # The histogram holds a quantile within a thousandth of the range (0 to 100).
        assert [found.low, found.median, found.high] == pytest.approx(wanted, abs=0.1)


def test_ranks_count_every_draw_and_health_has_none(town_file: Path) -> None:
    build = material(town_file).build
    drawn = draw(build)
    assert drawn is not None
    # a is best on everything that differs, whatever the weights and the scale.
    assert drawn.rank(0, "all").median == 1
    assert numpy.isnan(drawn.rank(0, "health").median)


def test_a_certain_change_rose_in_every_draw(tmp_path: Path) -> None:
    figures = {"homes": {"2022": 50.0, "2023": 60.0}, "clinics": {"2022": 10.0, "2023": 12.0}}
    drawn = draw(material(city(tmp_path, figures)).build)
    assert drawn is not None
    change, rose = drawn.change(1, "all")  # both are 120, whatever they weigh
    assert rose == 1.0
    assert [change.low, change.high] == pytest.approx([20.0, 20.0])


def test_nothing_is_drawn_where_nothing_is_declared_as_uncertain(tmp_path: Path) -> None:
    assert draw(material(town(tmp_path, uncertainty=None)).build) is None
