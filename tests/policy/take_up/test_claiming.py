"""Who claims: worked examples of the probability, and that a better offer only ever adds claimants."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.policy.take_up import (
    Everyone,
    Recorded,
    Share,
    claims,
    model,
    probability,
    without_application,
)
from donghaeng.rules.faults import BadInput

HOUSEHOLDS = numpy.arange(2_000)
AMOUNTS = numpy.where(HOUSEHOLDS % 4 == 0, 0.0, 1_000.0 * (HOUSEHOLDS % 300 + 1))


def share(value):
    said = {"value": value, "source": "a test", "status": "assumed"}
    return Share.model_validate({"who": "share", "share": said})


def claimed(claiming, amounts=AMOUNTS, seed=1, benefit="aid", **more):
    return claims(claiming, amounts, HOUSEHOLDS, seed=seed, benefit=benefit, **more)


def test_the_probability_is_that_of_a_lognormal_cost():
    # ln(e²·50,000/50,000) = 2; Φ(2/2) = 0.841344746…, of the 0.9 who know.
    found = probability(model(0.9, 50_000, 2.0), numpy.array([0.0, 50_000.0, 50_000 * numpy.e**2]))
    assert found == pytest.approx([0.0, 0.45, 0.9 * 0.8413447460685429], rel=1e-12)


def test_claims_come_as_often_as_their_probability_says():
    ids = numpy.arange(400_000)
    amounts = numpy.full(len(ids), 80_000.0)
    rule = model(0.7, 50_000, 1.2)
    chance = probability(rule, amounts[:1])[0]
    taken = claims(rule, amounts, ids, seed=4, benefit="aid")
    assert abs(taken.mean() - chance) < 4 * numpy.sqrt(chance * (1 - chance) / len(ids))


def test_a_claim_is_made_where_the_amount_exceeds_the_own_cost_of_claiming():
    rule = model(1.0, 60_000, 0.9)
    ids = numpy.arange(100_000)
    # The median of the costs is 60,000: at that amount one in two claims, one sigma above Φ(1) of them.
    for amount, share in ((60_000, 0.5), (60_000 * numpy.exp(0.9), 0.8413)):
        taken = claims(rule, numpy.full(len(ids), amount), ids, seed=1, benefit="aid")
        assert taken.mean() == pytest.approx(share, abs=0.006)


def test_without_a_cost_all_who_know_claim_and_without_application_everybody_receives():
    free = model(0.6, 0, 1.0)
    assert probability(free, AMOUNTS).sum() == pytest.approx(0.6 * (AMOUNTS > 0).sum())
    assert 0.55 < claimed(free)[AMOUNTS > 0].mean() < 0.65
    unasked = without_application(model(0.1, 10**9, 1.0))
    assert numpy.array_equal(claimed(unasked), AMOUNTS > 0)
    assert numpy.array_equal(probability(unasked, AMOUNTS), (AMOUNTS > 0).astype(float))


@given(
    cost=st.floats(0, 1e6),
    less=st.floats(0, 1),
    information=st.floats(0, 1),
    more=st.floats(0, 1),
    raised=st.floats(1, 3),
    spread=st.floats(0.01, 4),
    seed=st.integers(0, 2**63 - 1),
)
def test_a_lower_cost_a_larger_amount_and_more_information_only_add_claimants(
    cost, less, information, more, raised, spread, seed
):
    before = claimed(model(information, cost, spread), seed=seed)
    knowing = information + (1 - information) * more
    for better, amounts in [
        (model(information, cost * less, spread), AMOUNTS),
        (model(information, cost, spread), AMOUNTS * raised),
        (model(knowing, cost, spread), AMOUNTS),
        (without_application(model(information, cost, spread)), AMOUNTS),
    ]:
        assert not (before & ~claimed(better, amounts, seed=seed)).any()


def test_claims_do_not_depend_on_order_or_partition():
    rule = model(0.8, 50_000, 1.0)
    order = numpy.random.default_rng(1).permutation(len(HOUSEHOLDS))
    shuffled = claims(rule, AMOUNTS[order], HOUSEHOLDS[order], seed=1, benefit="aid")
    assert numpy.array_equal(claimed(rule)[order], shuffled)
    halves = [
        claims(rule, a, h, seed=1, benefit="aid")
        for a, h in zip(numpy.split(AMOUNTS, 2), numpy.split(HOUSEHOLDS, 2), strict=True)
    ]
    assert numpy.array_equal(claimed(rule), numpy.concatenate(halves))


def test_persons_of_one_household_decide_each_for_themselves():
    rule, ids = model(1.0, 50_000, 1.0), numpy.zeros(1_000, dtype=int)
    taken = claims(
        rule, numpy.full(1_000, 50_000.0), ids, seed=1, benefit="aid", person=numpy.arange(1_000)
    )
    assert 400 < taken.sum() < 600


def test_benefits_asked_for_with_one_form_are_claimed_together():
    alone = model(0.5, 0, 1.0)
    together = alone.model_copy(update={"application": "basic_livelihood"})
    assert not numpy.array_equal(claimed(alone, benefit="a"), claimed(alone, benefit="b"))
    assert numpy.array_equal(claimed(together, benefit="a"), claimed(together, benefit="b"))


def test_recorded_everyone_and_a_share_say_what_they_are_called():
    received = numpy.where(HOUSEHOLDS % 3 == 0, 5_000.0, 0.0)
    recorded = Recorded(who="recorded", column="received_aid")
    taken = claimed(recorded, received=received)
    assert numpy.array_equal(taken, (AMOUNTS > 0) & (received > 0))
    everyone = Everyone(who="everyone", source="a test", status="assumed")
    assert numpy.array_equal(claimed(everyone), AMOUNTS > 0)
    assert claimed(share(0.25))[AMOUNTS > 0].mean() == pytest.approx(0.25, abs=0.04)
    assert probability(share(0.25), AMOUNTS).max() == 0.25


def test_an_undetermined_amount_is_refused_and_not_taken_for_no_entitlement():
    amounts = numpy.array([1.0, numpy.nan, numpy.nan])
    with pytest.raises(BadInput, match="2 of 3 rows have none, the first is row 1"):
        probability(model(1, 1, 1), amounts)
    with pytest.raises(BadInput, match=r"row 0 is -5\.0"):
        probability(model(1, 1, 1), numpy.array([-5.0]))


def test_recorded_take_up_needs_the_record():
    recorded = Recorded(who="recorded", column="received_aid")
    with pytest.raises(BadInput, match="received_aid: is not recorded here"):
        claimed(recorded)
    with pytest.raises(BadInput, match="received_aid: 1 of 2000 rows have none"):
        claimed(recorded, received=numpy.where(HOUSEHOLDS == 7, numpy.nan, 1.0))


def test_a_number_outside_its_range_is_refused_by_name():
    with pytest.raises(BadInput, match=r"information\.value: .*less than or equal to 1"):
        model(1.1, 0, 1)
    with pytest.raises(BadInput, match=r"spread\.value: .*greater than 0"):
        model(1, 0, 0)
