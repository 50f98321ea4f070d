"""Errors of figures and of their paired differences are those of a bootstrap over households."""

from __future__ import annotations

import numpy as np
import pytest

from donghaeng.inequality import MeasureName
from donghaeng.policy.design_keys import Sampling
from donghaeng.policy.sample import Compared, Sample

COUNT = 1_500
NAMES = (
    MeasureName.MEAN,
    MeasureName.POVERTY_RATE,
    MeasureName.POVERTY_GAP,
    MeasureName.GINI,
    MeasureName.WOLFSON,
)


def sample(seed: int = 3, rows: np.ndarray | None = None) -> Sample:
    """Households with skewed incomes and a reform that gives half of what is missing to a line."""
    random = np.random.default_rng(seed)
    before = np.exp(random.normal(14.6, 0.7, COUNT))
    after = before + np.maximum(2_000_000 - before, 0) / 2
    columns = {
        "weight": random.uniform(0.5, 2.0, COUNT),
        "persons": random.integers(1, 6, COUNT),
        "replicate": np.arange(COUNT) % 20,
    }
    chosen = slice(None) if rows is None else rows
    return Sample(
        {name: column[chosen] for name, column in columns.items()},
        {0: before[chosen]},
        {0: after[chosen]},
        (0,),
        Sampling.HOUSEHOLDS,
        (0, 0.0),
    )


def test_the_error_of_a_difference_is_that_of_a_paired_bootstrap() -> None:
    """2,000 resamples of households, each with its weight and its persons: within 5 %."""
    whole = sample()
    found = whole.compared(NAMES, 0)
    random = np.random.default_rng(11)
    drawn: dict[MeasureName, list[float]] = {name: [] for name in NAMES}
    for _ in range(2_000):
        again = sample(rows=random.integers(0, COUNT, COUNT)).compared(NAMES, 0)
        for name in NAMES:
            drawn[name].append(again[name].change.value)
    for name in NAMES:
        error = found[name].change.standard_error
        assert error == pytest.approx(float(np.std(drawn[name], ddof=1)), rel=0.05), name


def test_an_error_of_a_difference_is_far_below_that_of_two_samples() -> None:
    """Gini before and after go up and down together: their difference is surer than each of them."""
    found: Compared = sample().compared(NAMES, 0)[MeasureName.GINI]
    assert found.change.value == pytest.approx(found.after.value - found.before.value, abs=1e-15)
    assert found.change.standard_error is not None
    assert found.before.standard_error is not None
    assert 0 < found.change.standard_error < found.before.standard_error


def test_a_mean_has_the_error_of_a_ratio() -> None:
    """Against the textbook's linearised ratio: sum w (y - mean) / sum w, households drawn one by one."""
    whole = sample()
    values = whole.after[0] - whole.before[0]
    found = whole.mean(values, whole.weight)
    weight = whole.weight
    mean = float(np.average(values, weights=weight))
    scores = weight * (values - mean) / weight.sum()
    variance = COUNT / (COUNT - 1) * float(((scores - scores.mean()) ** 2).sum())
    assert found.value == pytest.approx(mean, rel=1e-14)
    assert found.standard_error == pytest.approx(variance**0.5, rel=1e-12)


def test_tenths_hold_a_tenth_of_the_persons_and_rise_with_income() -> None:
    whole = sample()
    tenths = whole.deciles()
    income = whole.before[0] / whole.scale
    shares = [whole.people[tenths == n].sum() / whole.people.sum() for n in range(10)]
    assert shares == pytest.approx([0.1] * 10, abs=0.005)
    for lower, upper in zip(range(9), range(1, 10), strict=True):
        assert income[tenths == lower].max() < income[tenths == upper].min()


def test_equal_incomes_are_in_one_tenth() -> None:
    whole = sample()
    flat = Sample(
        whole.columns,
        {0: np.ones(COUNT) * whole.scale},
        whole.after,
        (0,),
        whole.sampling,
        (0, 0.0),
    )
    assert len(set(flat.deciles().tolist())) == 1


def test_synthetic_replicates_give_the_mean_over_replicates_and_the_error_between_them() -> None:
    one = sample()
    synthetic = Sample(one.columns, one.before, one.after, (0,), Sampling.REPLICATES, (0, 0.0))
    found = synthetic.compared((MeasureName.GINI,), 0)[MeasureName.GINI]
    values = []
    for number in range(20):
        rows = np.flatnonzero(one.columns["replicate"] == number)
        part = sample(rows=rows).compared((MeasureName.GINI,), 0)[MeasureName.GINI]
        values.append(part.before.value)
    assert found.before.value == pytest.approx(np.mean(values), rel=1e-12)
    assert found.before.standard_error == pytest.approx(
        (np.var(values, ddof=1) * 21 / 20) ** 0.5, rel=1e-10
    )
    assert found.before.freedom == 19
