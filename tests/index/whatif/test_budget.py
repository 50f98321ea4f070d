"""The best use of a sum: by a linear programme where the score is linear, by search elsewhere."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from donghaeng.index.whatif.budget import BestUse, Method, Spending, best_use, spending_of
from donghaeng.index.whatif.changes import Changes, Response
from donghaeng.index.whatif.spending_search import search
from donghaeng.rules.faults import BadInput

from .seoul import seoul
from .test_gradients import ratio

BILLION = 10**9


def stated(programme: str, indicator: str, by: float, up_to: int, **more: Any) -> Response:
    return Response(
        programme=programme,
        indicator=indicator,
        by=by,
        per_won=BILLION,
        up_to_won=up_to,
        kind="assumption",
        source="stated for this test",
        **more,
    )


def seoul_spending(*responses: Response) -> Spending:
    return spending_of(seoul(), Changes(responses=responses), 2, "composite")


def spent(best: BestUse) -> int:
    return sum(best.won.values())


def test_the_programme_that_moves_the_index_most_for_its_money_goes_first() -> None:
    # A won of `a`: 1 x 8/50 a billion; of `b`: 0.5 x 12/50 + 1.5 x 5/50 for the first billion, then 0.12.
    spending = seoul_spending(
        stated("a", "education", 1.0, 5 * BILLION),
        stated("b", "livelihood", 0.5, 50 * BILLION),
        stated("b", "cohesion", 1.5, BILLION),
    )
    best = best_use(spending, 8 * BILLION)
    assert best.method is Method.LINEAR
    assert best.won == {"a": 5 * BILLION, "b": 3 * BILLION}
    # 5 x 0.16 + 3 x 0.12 + 1 x 0.15
    assert best.after == pytest.approx(130.578 + 1.31, abs=1e-10)
    one = best_use(spending, BILLION)
    assert one.won == {"b": BILLION}  # 0.27 against 0.16


def test_what_moves_nothing_more_is_left() -> None:
    best = best_use(seoul_spending(stated("a", "education", 1.0, 5 * BILLION)), 7 * BILLION)
    assert best.left == 2 * BILLION


def test_a_response_that_lowers_the_index_gets_nothing() -> None:
    spending = seoul_spending(
        stated("a", "education", -1.0, 5 * BILLION), stated("b", "housing", 0.1, BILLION)
    )
    assert best_use(spending, 5 * BILLION).won == {"b": BILLION}
    assert search(spending.scores, spending.most, 5 * BILLION).tolist() == [0, BILLION]


def test_money_that_raises_one_area_and_lowers_another_is_weighed_as_a_whole() -> None:
    # Of `a` the first billion adds 0.16 - 0.1 x 0.5; what follows only lowers: 5 x 0.1 a billion.
    spending = seoul_spending(
        stated("a", "education", 1.0, BILLION), stated("a", "cohesion", -0.5, 5 * BILLION)
    )
    best = best_use(spending, 5 * BILLION)
    assert best.method is Method.SEARCH
    assert best.won == {"a": BILLION}
    assert best.after == pytest.approx(130.578 + 0.16 - 0.05, abs=1e-9)


@settings(max_examples=25)
@given(
    rates=some.lists(some.floats(0.05, 3.0), min_size=3, max_size=3),
    limits=some.lists(some.integers(1, 6), min_size=3, max_size=3),
    budget=some.integers(1, 12),
)
def test_no_use_on_a_grid_is_better_than_the_best(
    rates: list[float], limits: list[int], budget: int
) -> None:
    spending = seoul_spending(
        *(
            stated(name, area, rate, limit * BILLION)
            for name, area, rate, limit in zip(
                "abc", ("education", "health", "safety"), rates, limits, strict=True
            )
        )
    )
    best = best_use(spending, budget * BILLION)
    grid = [
        use
        for use in itertools.product(*(range(limit + 1) for limit in limits))
        if sum(use) <= budget
    ]
    scores = spending.scores(numpy.array(grid) * float(BILLION))
    assert best.method is Method.LINEAR
    assert best.after >= scores.max() - 1e-9
    assert spent(best) <= budget * BILLION


def curved(folder: Path, *responses: Response, **rule: Any) -> Spending:
    built = ratio(folder, "inverse", **rule)
    changes = Changes(unit="a", responses=responses)
    return spending_of(built, changes, built.panel.row("a", "2024"), "all")


def test_a_cap_stops_the_money_where_it_bites(tmp_path: Path) -> None:
    # income 12, capped at 130 % of 10: one more is all it takes; the rest goes to doctors.
    spending = curved(
        tmp_path,
        stated("grants", "income", 1.0, 5 * BILLION),
        stated("clinics", "doctors", 0.2, 5 * BILLION),
        cap=130.0,
    )
    best = best_use(spending, 3 * BILLION)
    assert best.method is Method.SEARCH
    # grants: 2.5 a billion up to the cap; clinics: 0.2 x 6.25 = 1.25
    assert best.won["grants"] == pytest.approx(BILLION, rel=1e-6)
    assert best.after == pytest.approx(best.before + 2.5 + 2 * 1.25, rel=1e-9)


def test_two_curves_that_bend_up_are_searched_at_their_ends(tmp_path: Path) -> None:
    # An inverse ratio gains more the farther it falls: all to one beats any sharing out.
    spending = curved(
        tmp_path,
        stated("rents", "rent", -0.5, 5 * BILLION),
        stated("clinics", "doctors", 0.55, 5 * BILLION),
    )
    best = best_use(spending, 5 * BILLION)
    steps = numpy.arange(0, 51) * BILLION / 10
    grid = numpy.array([(x, y) for x in steps for y in steps if x + y <= 5 * BILLION])
    assert best.after >= spending.scores(grid).max() - 1e-9
    assert best.method is Method.SEARCH


@settings(max_examples=15)
@given(by=some.floats(0.05, 1.5), other=some.floats(0.05, 1.5), cap=some.floats(121, 180))
def test_the_search_is_as_good_as_a_grid(
    tmp_path_factory: pytest.TempPathFactory, by: float, other: float, cap: float
) -> None:
    spending = curved(
        tmp_path_factory.mktemp("index"),
        stated("grants", "income", by, 4 * BILLION),
        stated("rents", "rent", -0.3, 4 * BILLION),
        stated("clinics", "doctors", other, 4 * BILLION),
        cap=cap,
    )
    best = best_use(spending, 5 * BILLION)
    steps = numpy.arange(0, 21) * BILLION / 4
    grid = numpy.array(
        [use for use in itertools.product(steps[:17], repeat=3) if sum(use) <= 5 * BILLION]
    )
    assert best.after >= spending.scores(grid).max() - 1e-9
    assert spent(best) <= 5 * BILLION
    assert all(isinstance(won, int) for won in best.won.values())


def test_a_budget_without_responses_or_money_is_refused() -> None:
    with pytest.raises(BadInput, match="nothing is stated"):
        seoul_spending()
    with pytest.raises(BadInput, match="above zero"):
        best_use(seoul_spending(stated("a", "education", 1.0, BILLION)), 0)
