"""The influence of a row is how fast the measure moves with its weight: checked by moving the weight."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from donghaeng.inequality import (
    BY_NAME,
    Bandwidth,
    Distribution,
    Measure,
    Redistribution,
    Shares,
    atkinson,
    concentration,
    decompose,
    difference,
    duclos_esteban_ray,
    esteban_ray,
    foster_greer_thorbecke,
    generalised_entropy,
    gini,
    mean,
    measure,
    poverty_gap,
    poverty_rate,
    poverty_severity,
    ratio,
    relative_change,
    relative_line,
    s80_s20,
    sen,
    sen_shorrocks_thon,
    share_ratio,
    watts,
    weighted_mean,
    weighted_total,
)
from donghaeng.inequality.sums import FloatArray

Taken = Callable[[FloatArray, FloatArray], Measure]

RANDOM = np.random.Generator(np.random.Philox(key=5))
# Some incomes are shared by several rows, as by the members of a household.
INCOME = np.repeat(np.exp(RANDOM.normal(size=30)), RANDOM.integers(1, 4, 30))
WEIGHT = RANDOM.uniform(0.5, 2, len(INCOME))
AFTER = INCOME + 0.4 * np.maximum(1 - INCOME, 0) - 0.1 * np.maximum(INCOME - 2, 0)
GROUPS = np.digitize(INCOME, [0.5, 1.1, 2.0])


def of(measure_: Callable[..., Measure], *options: object) -> Taken:
    return lambda y, w: measure_(Distribution.of(y, w), *options)


def redistribution(part: str) -> Taken:
    def taken(income: FloatArray, weight: FloatArray) -> Measure:
        found: Measure = getattr(Redistribution.of(income, AFTER, weight), part)
        return found

    return taken


def near_and_far(distribution: Distribution, bandwidth: Bandwidth | float) -> Measure:
    return duclos_esteban_ray(distribution, 0.5, bandwidth=bandwidth)


SMOOTH: dict[str, Taken] = {
    "mean": of(mean),
    "gini": of(gini),
    "S80/S20 on the curve": of(s80_s20, Shares.INTERPOLATED),
    "Palma": of(share_ratio, 0.1, 0.4, Shares.INTERPOLATED),
    **{f"entropy {a}": of(generalised_entropy, a) for a in (-1, 0, 0.5, 1, 2)},
    **{f"Atkinson {e}": of(atkinson, e) for e in (0.5, 1, 2)},
    **{f"FGT {a}": of(foster_greer_thorbecke, 0.9, a) for a in (0, 1, 2)},
    "Watts": of(watts, 0.9),
    "Sen": of(sen, 0.9),
    "Sen-Shorrocks-Thon": of(sen_shorrocks_thon, 0.9),
    "concentration": lambda y, w: concentration(AFTER, Distribution.of(y, w)),
    **{f"Esteban-Ray {a}": of(esteban_ray, a) for a in (0.5, 1.6)},
    **{f"Duclos-Esteban-Ray {b}": of(near_and_far, b) for b in (Bandwidth.NEAR_NORMAL, 0.3)},
    "Esteban-Ray of groups": of(esteban_ray, 1.0, GROUPS),
    **{
        part: redistribution(part)
        for part in ("total", "reynolds_smolensky", "reranking", "kakwani", "average_rate")
    },
    "difference": lambda y, w: difference(gini(Distribution.of(AFTER, w)), of(gini)(y, w)),
    "ratio": lambda y, w: ratio(gini(Distribution.of(AFTER, w)), of(gini)(y, w)),
    "change": lambda y, w: relative_change(gini(Distribution.of(AFTER, w)), of(gini)(y, w)),
    "weighted mean": weighted_mean,
    "weighted total": weighted_total,
}


@pytest.mark.parametrize("name", SMOOTH)
def test_the_influence_is_the_derivative_by_the_weight(name: str) -> None:
    taken, step = SMOOTH[name], 1e-5
    influence = taken(INCOME, WEIGHT).influence
    # The density is read from a grid, and how the bandwidth moves it from one small step.
    exact = 2e-2 * np.abs(influence).max() if "Duclos" in name else 1e-8
    for row in range(0, len(INCOME), 3):
        more, less = WEIGHT.copy(), WEIGHT.copy()
        more[row] += step
        less[row] -= step
        moved = (taken(INCOME, more).value - taken(INCOME, less).value) / (2 * step)
        assert influence[row] == pytest.approx(moved, rel=1e-5, abs=exact)


# The densities come in where a line moves: it is moved by hand here, over incomes that lie close.

MANY = np.exp(0.5 * RANDOM.normal(size=200_000))


@pytest.mark.parametrize("name", ["poverty_rate", "poverty_gap", "poverty_severity", "sen"])
def test_a_line_of_the_median_takes_its_influence_along(name: str) -> None:
    taken = {
        "poverty_rate": poverty_rate,
        "poverty_gap": poverty_gap,
        "poverty_severity": poverty_severity,
        "sen": sen,
    }[name]
    ours = Distribution.of(MANY)
    line = relative_line(ours, 0.6)
    moving, still = taken(ours, line), taken(ours, line.value)
    step = 0.02 * line.value
    slope = taken(ours, line.value + step).value - taken(ours, line.value - step).value
    expected = still.influence + slope / (2 * step) * line.influence
    assert moving.value == still.value
    spread = np.std(moving.influence)
    assert np.abs(moving.influence - expected).max() < 0.02 * spread


@pytest.mark.parametrize("name", BY_NAME)
def test_the_influences_of_all_rows_cancel_out(name: str) -> None:
    ours = Distribution.of(INCOME, WEIGHT)
    found = measure(name, ours, line=relative_line(ours, 0.8))
    scale = np.abs(WEIGHT * found.influence).sum()
    assert abs((WEIGHT * found.influence).sum()) < 1e-9 * scale


def test_a_row_outside_has_no_influence_but_through_the_line() -> None:
    here = WEIGHT * (np.arange(len(WEIGHT)) % 2)
    everyone, district = Distribution.of(INCOME, WEIGHT), Distribution.of(INCOME, here)
    assert (gini(district).influence[::2] == 0).all()
    national = poverty_rate(district, relative_line(everyone, 0.8))
    assert (national.influence[::2] != 0).all()
    assert (national.weights == WEIGHT).all()


def test_the_difference_of_a_measure_from_itself_has_no_error() -> None:
    found = difference(of(gini)(INCOME, WEIGHT), of(gini)(INCOME, WEIGHT))
    assert found.value == 0
    assert not found.influence.any()


def test_entropy_within_and_between_groups_is_all_of_it() -> None:
    ours = Distribution.of(INCOME, WEIGHT)
    for alpha in (-1, 0, 0.5, 1, 2):
        parts = decompose(ours, GROUPS, alpha)
        assert parts.whole == pytest.approx(generalised_entropy(ours, alpha).value)
        for each in parts.groups:
            alone = Distribution.of(INCOME, WEIGHT * (each.group == GROUPS))
            assert each.within == pytest.approx(generalised_entropy(alone, alpha).value)
            assert each.people_share == pytest.approx(alone.people / ours.people)
            assert each.relative_mean == pytest.approx(alone.mean / ours.mean)
