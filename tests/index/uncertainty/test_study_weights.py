"""A choice between ways of weighing is carried out in every draw, not only counted."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

from donghaeng.index.panel import panel_of
from donghaeng.index.uncertainty.study import study_of

from .. import small


def test_each_draw_takes_the_weights_of_the_form_that_it_drew(tmp_path: Path) -> None:
    # Unit a: income 0, rent 100 (lowest rent is best), doctors 100 after min-max.
    # living = 50, health = 100; nominal 3:1 gives (3*50 + 100)/4 = 62.5, equal gives 75.
    document = small.document()
    nodes = document["nodes"] | {
        "living": {"label": small.label("Living"), "parent": "all", "weight": 3}
    }
    index = small.index(
        tmp_path,
        nodes=nodes,
        steps=[
            {"normalise": {"method": "min_max"}},
            {"weigh": {"method": "nominal"}},
            {"aggregate": {"method": "arithmetic"}},
        ],
        uncertainty={
            "choices": {
                "weights": {
                    "kind": "step",
                    "among": [{"weigh": {"method": "nominal"}}, {"weigh": {"method": "equal"}}],
                }
            }
        },
    )
    study = study_of(index, panel_of(index, small.table(), "figures.csv"))
    tops = study.top_scores(numpy.array([[0.25], [0.75]]))
    assert tops[:, 0] == pytest.approx([62.5, 75.0])
    assert dict(study.executed.forms) == {("weights", "nominal"): 1, ("weights", "equal"): 1}
