"""Speed: bounds on processor time, three times what is asked for, so that only a change of kind breaks them.

The true figures are printed by `benchmarks/index.py` and stand in docs/performance.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy
import pytest

from donghaeng.index.aggregation import copeland
from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain import build
from donghaeng.index.coherence.correlation import correlate
from donghaeng.index.framework import Index
from donghaeng.index.panel import Panel
from donghaeng.index.uncertainty.draw_summary import DrawSummary, RankedBlock
from donghaeng.index.uncertainty.samples import BLOCK, SaltelliDesign, independent_block
from donghaeng.index.uncertainty.sobol import Stop, sobol_indices
from donghaeng.index.uncertainty.study import study_of
from donghaeng.index.uncertainty.threads import gather

GENEROUS = 3
CHOICES: dict[str, Any] = {
    "points": {"kind": "parameter", "of": "treat.most_points", "low": 1, "high": 5, "whole": True},
    "scale": {
        "kind": "step",
        "among": [
            {"normalise": {"method": "min_max", "low": 1, "high": 100}},
            {"normalise": {"method": "rank"}},
        ],
    },
    "weights": {"kind": "weight_noise", "factor": 0.25},
    "mean": {
        "kind": "step",
        "among": [{"aggregate": {"method": "arithmetic"}}, {"aggregate": {"method": "geometric"}}],
    },
}


def seconds(work: Callable[[], object]) -> float:
    """Processor time, the least of three runs."""
    times = []
    for _ in range(3):
        at = time.process_time()
        work()
        times.append(time.process_time() - at)
    return min(times)


def label(text: str) -> dict[str, str]:
    return {"ko": text, "en": text}


def made_up(units: int, indicators: int, choices: dict[str, Any] | None = None) -> Index:
    """Indicators by tens in pillars, and all pillars in one index."""
    pillars = {f"p{number // 10}" for number in range(indicators)}
    return Index.model_validate(
        {
            "id": "made_up",
            "label": label("Made up"),
            "version": "1",
            "data": {"file": "none.csv"},
            "units": {
                "kind": "other",
                "members": {f"u{number:04}": {"label": label("u")} for number in range(units)},
            },
            "indicators": {
                f"i{number:03}": {"label": label("i"), "parent": f"p{number // 10}"}
                for number in range(indicators)
            },
            "nodes": {
                **{code: {"label": label("p"), "parent": "top"} for code in sorted(pillars)},
                "top": {"label": label("top")},
            },
            "steps": [
                {"treat": {}},
                {"normalise": {"method": "min_max", "low": 1, "high": 100}},
                {"aggregate": {"method": "arithmetic"}},
            ],
            "uncertainty": {"choices": choices} if choices else None,
        }
    )


def figures(units: int, indicators: int) -> FloatArray:
    """Every third indicator has a long tail."""
    random = numpy.random.default_rng(1)
    values = random.normal(50, 10, (units, indicators))
    values[:, 2::3] = numpy.exp(random.normal(3, 1.2, values[:, 2::3].shape))
    return values


def panel(index: Index) -> Panel:
    values = figures(len(index.units.members), len(index.indicators))
    empty, text = numpy.full(values.shape, numpy.nan), numpy.full(values.shape, "", dtype=object)
    no_columns = numpy.empty((len(values), 0))
    units = tuple(index.units.members)
    return Panel(
        units, ("2024",), index.columns, values, empty, empty, empty, text, text, text, no_columns
    )


def test_a_large_index_is_built_in_a_fraction_of_a_second() -> None:
    index = made_up(5_000, 200)
    given = panel(index)
    assert seconds(lambda: build(index, given)) < GENEROUS * 0.3


def test_the_ledger_of_a_large_index_does_not_grow_with_the_square_of_its_rows() -> None:
    index = made_up(5_000, 20)
    given = panel(index)
    given.values[::50, :] = numpy.nan
    steps = {"steps": [{"impute": {"method": "mean"}}, *index.model_dump()["steps"]]}
    imputing = Index.model_validate({**index.model_dump(), **steps})
    done: list[Any] = []
    assert seconds(lambda: done.append(build(imputing, given))) < GENEROUS * 0.3
    assert sum(entry.step == "impute" for entry in done[0].ledger) == 100 * 20


def test_a_thousand_whole_chains_take_less_than_half_a_second() -> None:
    index = made_up(51, 50, CHOICES)
    given = panel(index)
    sample = independent_block(1, 0, study_of(index, given).choices.columns, 1_000)
    assert seconds(lambda: study_of(index, given).top_scores(sample)) < GENEROUS * 0.5


def test_sobol_indices_of_four_choices_take_less_than_three_seconds() -> None:
    index = made_up(51, 50, CHOICES)
    study = study_of(index, panel(index))
    design = SaltelliDesign(study.choices.groups, seed=1)
    took = seconds(lambda: sobol_indices(study.top_scores, design, Stop.at(1_024)))
    assert took < GENEROUS * 3


def test_draws_of_weights_with_ranks_take_ten_microseconds_each() -> None:
    study = study_of(
        (index := made_up(51, 50, {"weights": CHOICES["weights"]})),
        panel(index),
    )
    columns = study.choices.columns

    def work() -> None:
        gather(
            lambda block: RankedBlock.of(study.top_scores(independent_block(1, block, columns))),
            4,
            DrawSummary(51),
        )

    work()
    assert seconds(work) / (4 * BLOCK) < GENEROUS * 10e-6


@pytest.mark.parametrize(
    ("work", "bound"),
    [
        (lambda: copeland(figures(2_000, 10), numpy.ones(10)), 20 * 0.16),  # 2,000² of 5,000²
        (lambda: correlate(figures(5_000, 200)), 1.0),
    ],
    ids=["copeland", "correlations"],
)
def test_all_pairs_are_compared_in_time(work: Callable[[], object], bound: float) -> None:
    assert seconds(work) < GENEROUS * bound
