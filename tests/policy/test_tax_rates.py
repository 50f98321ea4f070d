"""What work keeps, at the won."""

from __future__ import annotations

import numpy as np
import pytest

from donghaeng.laws import law_on
from donghaeng.policy.evaluation import Evaluation
from donghaeng.policy.households import Households
from donghaeng.policy.partition_run import _rates
from donghaeng.policy.question import readings_of
from donghaeng.policy.scenario import amounts_of, baseline
from donghaeng.policy.tax_rates import (
    RAISE,
    MainEarner,
    main_earner,
    marginal_rate,
    participation_rate,
    with_earnings,
)
from donghaeng.policy.telling import RATES_TOLD
from donghaeng.population.store import Population
from donghaeng.rules import is_missing
from donghaeng.rules.terms import Entity

from . import people

INCOME = "total_disposable_with_safety_income"


def test_the_main_earner_is_who_earns_most_and_the_first_of_equals() -> None:
    earnings = np.array([[100, 50, 0], [100, 70, 0]])
    earner = main_earner((earnings, None))
    assert earner.slot.tolist() == [0, 1, 0]
    assert earner.earnings.tolist() == [100, 70, 0]
    unknown = main_earner((earnings, np.array([[True, True, True], [False, True, True]])))
    assert unknown.known.tolist() == [False, True, True]


def test_who_keeps_half_of_a_raise_has_a_rate_of_one_half() -> None:
    income = np.array([1_000_000, 1_000_000, 1_000_000])
    raised = income + np.array([RAISE, RAISE // 2, -RAISE // 10])
    assert marginal_rate(income, raised) == pytest.approx([0.0, 0.5, 1.1])


def test_a_rate_of_exactly_four_fifths_is_not_above_it() -> None:
    """Of a raise, a fifth is kept: 1 - 1/5. Kept in 32 bits, 0.8 would be read back as 0.800000012."""
    stays = np.array([1_000_000])
    earner = MainEarner(np.array([0]), np.array([1_000_000]), np.array([True]))
    raised, idle = stays + RAISE // 5, stays - 200_000
    columns = _rates("before", earner, [(stays, None), (raised, None), (idle, None)])
    for name in ("marginal_rate_before", "participation_rate_before"):
        assert columns[name].tolist() == [0.8]
        assert [bool(told(columns[name])[0]) for told in RATES_TOLD[1:]] == [True, False, False]


def test_nobody_without_earnings_has_a_participation_rate() -> None:
    rates = participation_rate(
        np.array([1_500_000, 900_000]), np.array([900_000, 900_000]), np.array([1_000_000, 0])
    )
    assert rates[0] == pytest.approx(0.4)
    assert np.isnan(rates[1])


def test_only_the_main_earners_earnings_change(hundreds: Population) -> None:
    law = law_on("2024-07")
    for partition in hundreds.partitions:
        households = Households(partition)
        earnings = households.fact(law, "earnings")
        earner = main_earner(earnings)
        raised = with_earnings(households, earnings, earner, earner.earnings + RAISE)
        change = raised.columns["earnings"][0] - earnings[0]
        assert (change.sum(axis=0) == RAISE).all()
        assert (np.take_along_axis(change, earner.slot[None, :], 0) == RAISE).all()


def test_a_raise_is_computed_by_the_law_itself(hundreds: Population) -> None:
    """Each household again with the raise written into its file, by explained evaluation."""
    from donghaeng.laws import book
    from donghaeng.population.schema import schema_of

    law = law_on("2024-07")
    law = law.under(**readings_of(law, (INCOME, *amounts_of(law)))[0])
    evaluation = Evaluation(baseline(law), (INCOME,), "numpy")
    partition = hundreds.partitions[1]
    assert partition.size == 2
    households = Households(partition)
    earnings = households.fact(law, "earnings")
    earner = main_earner(earnings)
    raised = with_earnings(households, earnings, earner, earner.earnings + RAISE)
    values, known = evaluation.run(raised).result(INCOME)
    tables = hundreds.tables(schema_of(book()))
    by_id = {int(each.id): each for each in people.facts_of(law, *tables)}
    assert law.variables["earnings"].entity is Entity.PERSON
    for place, number in enumerate(partition.household("household_id").tolist()):
        household = by_id[number]
        household.persons[int(earner.slot[place])]["earnings"] += RAISE
        expected = law.evaluate(household, [INCOME])[INCOME]
        if is_missing(expected):
            assert known is not None
            assert not known[place]
        else:
            assert values[place] == expected
