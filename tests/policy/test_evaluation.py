"""A population gets what each of its households gets, whichever way it is computed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from donghaeng.laws import book, law_on
from donghaeng.policy.evaluation import Evaluation, ReformEvaluation
from donghaeng.policy.households import Households
from donghaeng.policy.question import Question, readings_of
from donghaeng.policy.reform_files import Reform
from donghaeng.policy.scenario import Scenario, amounts_of, baseline, reformed
from donghaeng.policy.take_up import TakeUp, model
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population
from donghaeng.rules import Law, is_missing
from donghaeng.rules.linking import number
from donghaeng.rules.terms import Entity

from . import people

INCOME = "total_disposable_with_safety_income"


def one_law(law: Law) -> Law:
    """The law with every open choice made."""
    return law.under(**readings_of(law, (INCOME, *amounts_of(law)))[0])


def computed(evaluated: Any, population: Population, names: tuple[str, ...]) -> dict[str, Any]:
    """Results by household: a number, a list by person, or None where it is not known."""
    found: dict[str, Any] = {}
    for partition, result in zip(population.partitions, evaluated, strict=True):
        ids = partition.household("household_id")
        for place, household in enumerate(ids.tolist()):
            row = {}
            for name in names:
                values, known = result.result(name)
                flags = np.ones(values.shape, bool) if known is None else known
                cells = [
                    int(v) if k else None
                    for v, k in zip(
                        np.atleast_1d(values[..., place]),
                        np.atleast_1d(flags[..., place]),
                        strict=True,
                    )
                ]
                row[name] = cells if values.ndim == 2 else cells[0]
            found[household] = row
    return found


def explained(
    law: Law, population: Population, names: tuple[str, ...], **handed_in: int
) -> dict[int, Any]:
    """The same by the functions of the law as they are, one household after the other."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(each) for each in value]
        return None if is_missing(value) else int(number(value))

    households = people.facts_of(law, *population.tables(schema_of(book())))
    for household in households:
        household.household.update(handed_in)
    return {
        int(household.id): {n: plain(v) for n, v in law.evaluate(household, names).items()}
        for household in households
    }


@pytest.mark.parametrize("which", ["hundreds", "lacking"])
def test_a_population_gets_what_each_household_gets(
    which: str, request: pytest.FixtureRequest
) -> None:
    """Every benefit, contribution and the disposable income of everybody, to the won and to the unknown."""
    population = request.getfixturevalue(which)
    law = one_law(law_on("2024-07"))
    names = (INCOME, *amounts_of(law))
    evaluation = Evaluation(baseline(law), names, "numpy")
    results = [evaluation.run(Households(each)) for each in population.partitions]
    assert computed(results, population, names) == explained(law, population, names)


@pytest.mark.parametrize(
    ("parameters", "short"),
    [
        ({"safety_income_line_ratio": "65%", "safety_income_share": "40%"}, True),
        ({"livelihood_line_table": {"livelihood": 1}}, None),
        ({"median_income_table": {1: 3_000_000}}, False),
    ],
)
def test_a_reform_on_top_of_its_baseline_is_the_whole_law_reformed(
    question: Question, parameters: dict[str, Any], short: bool | None
) -> None:
    if short is None:  # another table: the first line of it
        table = question.before.law.in_force["livelihood_line_table"].cells
        parameters = {"livelihood_line_table": {next(iter(table))[0]: 2_000_000}}
    law = one_law(law_on("2024-07"))
    before = baseline(law)
    reform = Reform.model_validate(
        {
            "reform": {"ko": "변경", "en": "change"},
            "parameters": parameters,
            "facts": {"stage": "hypothesis"},
        }
    )
    after = reformed(before, reform, people.Path("reform.yaml"))
    names = (INCOME, *amounts_of(law))
    step = ReformEvaluation(before, after, names, "numpy")
    if short is not None:
        assert step.short is short
    first = Evaluation(before, names, "numpy", step.taken)
    whole = Evaluation(after, names, "numpy")
    for partition in question.population.partitions:
        households = Households(partition)
        staged = step.run(households, first.run(households))
        at_once = whole.run(households)
        for name in names:
            for one, other in zip(staged.result(name), at_once.result(name), strict=True):
                assert np.array_equal(one, other) or one is other is None, name


def claiming(cost: float, benefit: str = "livelihood_benefit") -> TakeUp:
    settings = model(information=1.0, cost=cost, spread=1.0)
    return TakeUp(
        title={"ko": "신청", "en": "claims"},  # type: ignore[arg-type]
        seed=1,
        benefits={benefit: settings},
    )


def with_take_up(cost: float) -> Scenario:
    return baseline(one_law(law_on("2024-07")), take_up=claiming(cost))


def test_who_does_not_claim_receives_nothing_and_what_rests_on_it_follows(
    hundreds: Population,
) -> None:
    """Against explained evaluation of each household to whom 0 won of the benefit is handed in."""
    law = one_law(law_on("2024-07"))
    names = (INCOME, "total_present", "seoul_basic_security")
    evaluation = Evaluation(with_take_up(1e11), ("livelihood_benefit", *names), "numpy")
    results = [evaluation.run(Households(each)) for each in hundreds.partitions]
    due = sum(int((each.entitlement("livelihood_benefit")[0] > 0).sum()) for each in results)
    assert due > 10
    assert not any(each.result("livelihood_benefit")[0].any() for each in results)
    nothing = law.given(["livelihood_benefit"], names)
    assert computed(results, hundreds, names) == explained(
        nothing, hundreds, names, livelihood_benefit=0
    )


def test_without_a_cost_everybody_entitled_receives(hundreds: Population) -> None:
    law = one_law(law_on("2024-07"))
    names = (INCOME, "total_present", "livelihood_benefit")
    everybody = Evaluation(with_take_up(0), names, "numpy")
    plain = Evaluation(baseline(law), names, "numpy")
    for partition in hundreds.partitions:
        households = Households(partition)
        one, other = everybody.run(households), plain.run(households)
        for name in names:
            assert np.array_equal(one.result(name)[0], other.result(name)[0]), name


def test_claims_do_not_depend_on_how_people_are_stored(tmp_path: people.Path) -> None:
    """The same households in another order and other partitions claim alike."""
    households, persons = people.tables(80, seed=5)
    schema = schema_of(book())
    results = []
    for place, order in enumerate((slice(None), slice(None, None, -1))):
        folder = tmp_path / str(place)
        people.write_tables(folder, schema, households[order], persons, people.manifest())
        population = Population.open(folder)
        evaluation = Evaluation(with_take_up(300_000), ("livelihood_benefit",), "numpy")
        evaluated = [evaluation.run(Households(each)) for each in population.partitions]
        results.append(computed(evaluated, population, ("livelihood_benefit",)))
    assert results[0] == results[1]
    received = [row["livelihood_benefit"] for row in results[0].values()]
    assert 0 < sum(value > 0 for value in received) < len(received)


def test_persons_benefits_are_claimed_by_person(hundreds: Population) -> None:
    before = baseline(one_law(law_on("2024-07")), take_up=claiming(200_000, "child_allowance"))
    evaluation = Evaluation(before, ("child_allowance", INCOME), "numpy")
    some = 0
    for partition in hundreds.partitions:
        result = evaluation.run(Households(partition))
        due, got = result.entitlement("child_allowance")[0], result.result("child_allowance")[0]
        assert due.shape == (partition.size, partition.count)
        assert ((got == due) | (got == 0)).all()
        some += int((got < due).sum())
    assert some > 0


def test_facts_that_are_assumed_stand_only_where_nothing_is_known(lacking: Population) -> None:
    law = one_law(law_on("2024-07"))
    assert law.variables["earnings"].entity is Entity.PERSON
    for partition in lacking.partitions:
        found = partition.column(people.Table.PERSONS, "earnings")
        assert found is not None
        values, known = found
        sure = np.ones(values.shape, bool) if known is None else known
        assumed, still = Households(partition, {"earnings": 777}).fact(law, "earnings")
        assert still is None
        assert np.array_equal(assumed, np.where(sure, values, 777))
