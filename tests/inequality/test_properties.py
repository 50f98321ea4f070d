"""What a measure of inequality must do, whatever the incomes are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from donghaeng.inequality import (
    BY_NAME,
    Design,
    Distribution,
    Redistribution,
    gini,
    measure,
    poverty_severity,
    relative_line,
    sen_shorrocks_thon,
)
from donghaeng.inequality.sums import FloatArray
from tests.inequality.people import columns, earners, people, sample

Rows = list[tuple[float, float]]
UNEQUAL = (
    "gini",
    "theil",
    "mean_log_deviation",
    "generalised_entropy",
    "atkinson",
    "palma",
)
IN_MONEY = ("mean", "median")


def taken(name: str, income: FloatArray, weight: FloatArray) -> float:
    ours = Distribution.of(income, weight)
    return measure(name, ours, line=relative_line(ours, 1.1)).value


# S80/S20 of whole persons does not exist where nobody is above the border, and a gift may move the border.
ANYWHERE = tuple(name for name in BY_NAME if name != "s80_s20")


@given(earners, st.sampled_from(ANYWHERE), st.sampled_from([0.25, 3.0, 1000.0]))
def test_no_measure_changes_when_every_income_is_multiplied(
    rows: Rows, name: str, factor: float
) -> None:
    income, weight = columns(rows)
    assume(income.min() < 1.1 * np.median(income))
    scale = factor if name in IN_MONEY else 1
    assume(has_people_below(income, weight))
    assert taken(name, factor * income, weight) == pytest.approx(
        scale * taken(name, income, weight), rel=1e-8, abs=1e-10
    )


@given(earners, st.sampled_from(ANYWHERE), st.integers(2, 4))
def test_no_measure_changes_when_everyone_is_counted_several_times(
    rows: Rows, name: str, times: int
) -> None:
    income, weight = columns(rows)
    assume(has_people_below(income, weight))
    expected = pytest.approx(taken(name, income, weight), rel=1e-9, abs=1e-11)
    assert taken(name, income, times * weight) == expected
    assert taken(name, np.tile(income, times), np.tile(weight, times)) == expected


def has_people_below(income: FloatArray, weight: FloatArray) -> bool:
    ours = Distribution.of(income, weight)
    return bool(ours.income[0] < relative_line(ours, 1.1).value)


@given(earners, st.sampled_from(UNEQUAL), st.data())
def test_what_the_richest_give_to_the_poorest_never_makes_incomes_more_unequal(
    rows: Rows, name: str, data: st.DataObject
) -> None:
    income, _ = columns(rows)
    weight = np.ones(len(income))
    before = taken(name, income, weight)
    poor, rich = int(income.argmin()), int(income.argmax())
    gift = data.draw(st.floats(0, 1)) * (income[rich] - income[poor]) / 2
    income[rich] -= gift
    income[poor] += gift
    assert taken(name, income, weight) <= before + 1e-9 * max(before, 1)


@given(people)
def test_the_order_of_the_rows_does_not_matter(rows: Rows) -> None:
    income, weight = columns(rows)
    ours, turned = Distribution.of(income, weight), Distribution.of(income[::-1], weight[::-1])
    assert gini(ours).value == pytest.approx(gini(turned).value, abs=1e-13)
    assert gini(ours).influence == pytest.approx(gini(turned).influence[::-1], abs=1e-13)


@given(people, st.data())
def test_redistribution_is_what_it_would_be_less_reranking(rows: Rows, data: st.DataObject) -> None:
    before, weight = columns(rows)
    rises = st.lists(st.integers(1, 30), min_size=len(rows), max_size=len(rows))
    after = before + np.array(data.draw(rises))
    parts = Redistribution.of(before, after, weight)
    whole = parts.reynolds_smolensky.value - parts.reranking.value
    assert parts.total.value == pytest.approx(whole, abs=1e-12)
    assert parts.reranking.value >= -1e-12
    rate = parts.average_rate.value
    assert parts.reynolds_smolensky.value == pytest.approx(
        rate / (1 - rate) * parts.kakwani.value, abs=1e-12
    )


@pytest.mark.parametrize("name", BY_NAME)
def test_rows_may_be_persons_or_households_times_their_persons(name: str) -> None:
    households = sample(300)
    member = households.of_persons
    persons = Distribution.of(households.income[member], households.weight[member])
    people_of = households.weight * households.persons
    whole = Distribution.of(households.income, people_of)
    one = measure(name, persons, line=relative_line(persons))
    other = measure(name, whole, line=relative_line(whole))
    assert one.value == pytest.approx(other.value, rel=1e-10)
    by_person = one.standard_error(Design(households.weight[member], cluster=member))
    assert by_person == pytest.approx(other.standard_error(Design(people_of)), rel=1e-9)


def test_persons_who_are_taken_for_households_have_too_small_an_error() -> None:
    households = sample(300)
    member = households.of_persons
    weight = households.weight[member]
    found = gini(Distribution.of(households.income[member], weight))
    clustered = found.standard_error(Design(weight, cluster=member))
    assert found.standard_error(Design(weight)) < 0.75 * clustered


def test_severity_and_sen_shorrocks_thon_see_a_transfer_among_the_poor() -> None:
    before, after = Distribution.of([1, 5, 20]), Distribution.of([2, 4, 20])
    for each in (poverty_severity, sen_shorrocks_thon):
        assert each(after, 10.0).value < each(before, 10.0).value


def test_a_million_rows_keep_their_digits() -> None:
    # Every tenth of a won from 0.1 to 100 000, in a shuffled order: G = (n² - 1) / (3 n (n + 1)) for 1 .. n.
    count = 1_000_000
    income = np.random.Generator(np.random.Philox(key=1)).permutation(count) / 10 + 0.1
    assert gini(Distribution.of(income)).value == pytest.approx(
        (count - 1) / (3 * count), rel=1e-14
    )
