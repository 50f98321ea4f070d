"""Rungs of labour supply on a run: nobody responding is the simulation itself, and the law decides incomes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from donghaeng.inequality import MeasureName
from donghaeng.laws import book, law_on
from donghaeng.policy import labour
from donghaeng.policy.behaviour import (
    Behaviour,
    Earners,
    RungAnswer,
    behave,
    calibrated_to_pilot,
    check_rungs,
    finished,
)
from donghaeng.policy.behaviour.earnings_runs import EarningsRuns
from donghaeng.policy.behaviour.files import behaviour_document, settings_text
from donghaeng.policy.behaviour.incomes import Incomes, incomes_at
from donghaeng.policy.labour.extensive import share_at_work
from donghaeng.policy.labour.settings import NotKnown
from donghaeng.policy.question import Question
from donghaeng.policy.runs import this_process
from donghaeng.policy.sample import Sample
from donghaeng.policy.simulate import simulate
from donghaeng.policy.tally import between_replicates
from donghaeng.population.schema import schema_of
from donghaeng.population.store import Population, write_tables
from donghaeng.population.store.manifest import PopulationKind
from donghaeng.reports.document_parts import Items, Table
from donghaeng.rules.faults import BadInput

from . import people

NAMES = ("none", "elasticities_europe", "participation", "pilot")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("behaviour") / "run"


@pytest.fixture(scope="module")
def behaviour(question: Question, folder: Path) -> Behaviour:
    """Four rungs on Safety Income for everybody among 300 households."""
    rungs = [labour.read_shipped(name) for name in NAMES]
    return behave(
        question,
        rungs,
        folder,
        executors=this_process,
        not_known=NotKnown.UNCHANGED,
        to_pilot=labour.Calibrates.INCOME,
        count=60,
    )


@pytest.fixture(scope="module")
def ran(question: Question, folder: Path, behaviour: Behaviour) -> tuple[Earners, EarningsRuns]:
    return finished(question, folder, this_process)


def rung(behaviour: Behaviour, name: str) -> RungAnswer:
    return next(each for each in behaviour.rungs if each.name == name)


def test_nobody_responding_is_the_simulation_to_the_last_digit(behaviour: Behaviour) -> None:
    static, none = behaviour.static, rung(behaviour, "none")
    main = next(each for each in static.readings if each.main)
    assert none.cost.value == main.cost.value == none.incomes.value
    assert none.cost.of_people == main.cost
    assert none.of_response.value == 0
    assert none.everyone.points.value == 0
    assert {each.earnings.value for each in none.groups} == {0.0}
    measured = {each.name: each.compared for each in static.measures}
    assert [each.name for each in none.measures] == ["poverty_rate", "gini"]
    for each in none.measures:
        compared = measured[each.name]
        assert each.expected.value == each.static == compared.after.value
        assert each.change.of_people == compared.change
        assert each.of_response.value == 0
    assert none.no_interval == "no parameter is uncertain"


def test_who_the_main_earners_are(ran: tuple[Earners, EarningsRuns]) -> None:
    """Against the tables from which the population was made."""
    sample = ran[0].sample
    households, persons = people.tables(300, seed=1)
    day = law_on("2024-07").day
    for row, number in enumerate(sample.columns["household_id"][:80]):
        members = persons.filter(pl.col("household_id") == number).sort("person").to_dicts()
        earner = max(members, key=lambda each: each["earnings"])  # the first of equals
        born = earner["birth_date"]
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        found = {name: values[row] for name, values in sample.columns.items()}
        assert found["earnings"] == earner["earnings"]
        assert found["earner_is_head"] == (earner["person"] == 1)
        assert found["earner_age"] == age
        assert found["earner_married"] == (earner["spouse"] is not None)
        assert found["earner_sex"] == -1  # the tables do not record it
        # Everybody born after 30 June 2006 is under 18 on 1 July 2024.
        children = [
            each
            for each in members
            if each["first_parent"] is not None and each["birth_date"].isoformat() > "2006-07-01"
        ]
        assert found["children"] == len(children)
    assert set(sample.columns["household_id"]) <= set(households["household_id"])


def test_in_the_pilots_rung_heads_with_more_income_stop_and_nobody_else(
    behaviour: Behaviour, ran: tuple[Earners, EarningsRuns]
) -> None:
    """Of heads with more, a share P is at work; P (1 - stay) = 10.4 %, but for rows that are not known."""
    earners, pilot = ran[0], rung(behaviour, "pilot")
    workers = earners.workers
    heads = workers.treated & workers.head
    share = np.average(workers.works[heads], weights=workers.weight[heads])
    answers = heads & workers.works & ~earners.lacking
    leave = np.where(answers, 0.104 / share, 0.0)
    assert pilot.not_known == int((heads & earners.lacking).sum())
    points = -100 * np.average(leave[heads], weights=workers.weight[heads])
    assert pilot.treated_heads is not None
    assert pilot.treated_heads.value == pytest.approx(points)
    # Who leaves has the income without work, and the public neither gains nor pays the lost earnings.
    earned = np.nan_to_num(workers.earnings)
    lost = earners.after - np.nan_to_num(earners.idle)
    response = float((workers.weight * leave) @ (earned - lost))
    assert pilot.of_response.value == pytest.approx(response)
    assert pilot.cost.value == pytest.approx(behaviour.static_cost.value + response)
    incomes = float((workers.weight * leave) @ -lost)
    assert pilot.incomes.value == pytest.approx(behaviour.static_cost.value + incomes)


def test_poverty_counts_the_household_out_of_work_and_not_the_mean_of_two_incomes(
    behaviour: Behaviour, ran: tuple[Earners, EarningsRuns]
) -> None:
    """Households with their weights split between both outcomes, by hand."""
    earners, workers = ran[0], ran[0].workers
    heads = workers.treated & workers.head
    share = np.average(workers.works[heads], weights=workers.weight[heads])
    leave = np.where(heads & workers.works & ~earners.lacking, 0.104 / share, 0.0)
    scale = earners.sample.scale
    income = np.concatenate([earners.after / scale, np.nan_to_num(earners.idle) / scale])
    people_there = np.concatenate(
        [earners.sample.people * (1 - leave), earners.sample.people * leave]
    )
    order = np.argsort(income)
    cumulated = np.cumsum(people_there[order]) / people_there.sum()
    median = income[order][np.searchsorted(cumulated, 0.5)]
    poor = people_there[income < median / 2].sum() / people_there.sum()
    found = {each.name: each for each in rung(behaviour, "pilot").measures}
    assert found["poverty_rate"].expected.value == pytest.approx(poor)


def test_the_law_says_what_is_left_of_other_earnings(
    question: Question, ran: tuple[Earners, EarningsRuns], tmp_path: Path
) -> None:
    """The same households are stored again with the earnings of the response, and simulated."""
    earners, runs = ran
    response = labour.respond(earners.settled(labour.read_shipped("elasticities")), earners.workers)
    found = incomes_at(earners, runs, response)
    changed = np.rint(np.nan_to_num(response.earnings_at_work))
    assert (changed != np.nan_to_num(earners.workers.earnings)).sum() > 20
    households, persons = people.tables(300, seed=1)
    earns = dict(
        zip(earners.sample.columns["household_id"].tolist(), changed.tolist(), strict=True)
    )
    rows = persons.to_dicts()
    for number in earns:
        members = [row for row in rows if row["household_id"] == number]
        max(members, key=lambda each: each["earnings"])["earnings"] = int(earns[number])
    write_tables(
        tmp_path / "people",
        schema_of(book()),
        households,
        pl.DataFrame(rows, schema=persons.schema),
        people.manifest(),
    )
    asked = dataclasses.replace(question, population=Population.open(tmp_path / "people"))
    simulate(asked, tmp_path / "run", executors=this_process)
    again, _ = finished(asked, tmp_path / "run", this_process)
    expected = dict(
        zip(again.sample.columns["household_id"].tolist(), again.after.tolist(), strict=True)
    )
    for number, income in zip(earners.sample.columns["household_id"].tolist(), found, strict=True):
        if not np.isnan(income):
            assert income == expected[number]


def test_of_one_parameter_every_figure_moves_with_it(behaviour: Behaviour) -> None:
    """The pilot's difference lies evenly between -14 and -10: 2.5 and 97.5 % are -13.9 and -10.1 points."""
    pilot = rung(behaviour, "pilot")
    assert pilot.draws == 60
    assert pilot.treated_heads is not None
    assert pilot.treated_heads.of_parameters is not None
    low, high = pilot.treated_heads.of_parameters
    scale = pilot.treated_heads.value / -10.4
    assert -14 * scale <= low < -13 * scale
    assert -10.9 * scale < high <= -10 * scale
    assert pilot.of_response.of_parameters is not None
    least, most = pilot.of_response.of_parameters
    assert most / pilot.of_response.value == pytest.approx(low / pilot.treated_heads.value)
    assert least / pilot.of_response.value == pytest.approx(high / pilot.treated_heads.value)


def test_without_a_published_error_there_is_no_interval_and_the_gap_is_named(
    behaviour: Behaviour,
) -> None:
    participation = rung(behaviour, "participation")
    assert participation.cost.of_parameters is None
    assert participation.cost.of_people is not None
    assert "not printed in the abstract" in participation.no_interval


def test_nobody_who_does_not_work_starts_to(behaviour: Behaviour) -> None:
    """They have no wage that is known; they are counted, and stay in every rung."""
    assert behaviour.without_work + behaviour.earners == behaviour.static.households_used
    assert behaviour.without_work > 0
    for each in behaviour.rungs:
        for group in (each.everyone, *each.groups):
            assert group.points.value <= 0


def test_the_pilot_by_bands_of_income_answers_with_the_bands_of_the_law(
    ran: tuple[Earners, EarningsRuns],
) -> None:
    """Treated heads fall by 12.5 points up to 50 % of median income, by 10 from there to 85 %; others stay."""
    workers = ran[0].workers
    bands = workers.groups["income_band"]
    heads = workers.treated & workers.head
    assert heads[bands.among(("up_to_50",))].any()
    for name, points in (
        ("pilot_by_income", {"up_to_50": -12.5, "from_50_to_85": -10.0}),
        ("pilot_opinion", {"up_to_50": -14.0, "from_50_to_85": 0.0}),
    ):
        response = labour.respond(labour.read_shipped(name), workers)
        moved = 100 * (response.work_after - response.work_before)
        for band, stated in points.items():
            rows = heads & bands.among((band,))
            at_work = 100 * np.average(workers.works[rows], weights=workers.weight[rows])
            found = np.average(moved[rows], weights=workers.weight[rows])
            assert found == pytest.approx(max(stated, -at_work))
        assert not moved[~heads].any()


def test_every_rung_that_ships_is_answered_but_the_choice_of_hours() -> None:
    for name in labour.shipped_names():
        if name != "discrete_choice":
            check_rungs([labour.read_shipped(name)])


def test_the_self_employed_are_in_no_response_and_in_no_share_at_work(
    question: Question, tmp_path: Path
) -> None:
    """Half of the households without wages live on a business; the share at work is of the others."""
    households, persons = people.tables(300, seed=1)
    earning = persons.group_by("household_id").agg(pl.col("earnings").sum())
    idle = earning.filter(pl.col("earnings") == 0)["household_id"].sort()
    owners = idle.gather_every(2)
    persons = persons.with_columns(
        business_income=pl.when(
            pl.col("household_id").is_in(owners.implode()) & (pl.col("person") == 1)
        )
        .then(800_000)
        .otherwise(0)
    )
    write_tables(tmp_path / "people", schema_of(book()), households, persons, people.manifest())
    asked = dataclasses.replace(question, population=Population.open(tmp_path / "people"))
    rungs = [labour.read_shipped("participation"), labour.read_shipped("pilot")]
    found = behave(
        asked,
        rungs,
        tmp_path / "run",
        executors=this_process,
        not_known=NotKnown.UNCHANGED,
    )
    earners, _ = finished(asked, tmp_path / "run", this_process)
    workers, alone = earners.workers, earners.self_employed
    used = set(earners.sample.columns["household_id"].tolist())  # whose income is known
    own, nobody = used & set(owners), (used & set(idle)) - set(owners)
    assert (found.self_employed, found.without_work) == (len(own), len(nobody))
    assert len(own) > 20
    weight = dict(households.select("household_id", "weight").iter_rows())
    assert found.weight_self_employed == pytest.approx(sum(weight[number] for number in own))
    assert not (workers.treated & alone).any()
    share = np.average(workers.works[~alone], weights=workers.weight[~alone])
    cells = workers.cells(())
    assert share_at_work(workers, cells)[~alone] == pytest.approx(share)
    for settings in rungs:
        response = labour.respond(earners.settled(settings), workers)
        assert (response.work_after[alone] == 0).all()
    heads = workers.treated & workers.head
    pilot = rung(found, "pilot")
    assert pilot.treated_heads is not None
    if not (heads & earners.lacking).any():
        assert pilot.treated_heads.value == pytest.approx(-10.4)


def test_a_rung_calibrated_to_the_pilot_gives_its_difference(behaviour: Behaviour) -> None:
    found = rung(behaviour, "participation_as_in_pilot")
    assert found.treated_heads is not None
    assert found.treated_heads.value == pytest.approx(-10.4, abs=1e-6)
    stated = found.settings.participation
    assert stated is not None
    (of_income,) = stated.income
    assert of_income.status.value == "calibrated"
    assert of_income.value < 0  # as published, without a response to income, heads' work falls less
    assert stated.participation[0].value == 0.25
    read = labour.Settings.model_validate(
        found.settings.model_dump(mode="json", exclude_defaults=True)
    )
    assert read.parameters == found.settings.parameters


def test_a_difference_that_no_elasticity_gives_is_refused_with_what_is_reached(
    ran: tuple[Earners, EarningsRuns],
) -> None:
    """Few of these heads lose by working: what is kept of their earnings explains less than the pilot found."""
    with pytest.raises(
        BadInput, match=r"no value from 0 to 2 gives -10.4 points: from -4\.\d+ to 0"
    ):
        calibrated_to_pilot(
            labour.read_shipped("participation"), ran[0], labour.Calibrates.PARTICIPATION
        )
    with pytest.raises(BadInput, match="has no elasticity of participation"):
        calibrated_to_pilot(labour.read_shipped("pilot"), ran[0], labour.Calibrates.INCOME)


def test_calibrated_settings_can_be_read_again(behaviour: Behaviour, tmp_path: Path) -> None:
    settings = rung(behaviour, "participation_as_in_pilot").settings
    file = tmp_path / "settings.yaml"
    file.write_text(settings_text(settings), encoding="utf-8")
    assert labour.read_settings(file) == settings


def test_incomes_between_two_points_lie_on_a_straight_line() -> None:
    """From 0 to 400 in five points; the second household earns the same in every draw."""
    path = Incomes(
        np.array([0.0, 50.0]),
        np.array([400.0, 50.0]),
        np.array([[10.0, 7.0], [20.0, 7.0], [30.0, 7.0], [80.0, 7.0], [90.0, 7.0]]),
    )
    assert path.at(np.array([0.0, 50.0])).tolist() == [10, 7]
    assert path.at(np.array([150.0, 50.0])).tolist() == [25, 7]
    assert path.at(np.array([250.0, 50.0])).tolist() == [55, 7]
    assert path.at(np.array([400.0, 50.0])).tolist() == [90, 7]


def test_main_earners_of_whom_a_figure_is_not_known_are_refused_unless_it_is_said(
    question: Question, lacking: Population, tmp_path: Path
) -> None:
    asked = dataclasses.replace(question, population=lacking)
    rungs = [labour.read_shipped("participation")]
    with pytest.raises(BadInput, match="main earners a rate or an income is not known"):
        behave(asked, rungs, tmp_path / "run", executors=this_process)
    found = behave(
        asked, rungs, tmp_path / "run", executors=this_process, not_known=NotKnown.UNCHANGED
    )
    assert found.rungs[0].not_known > 0
    assert not np.isnan(found.rungs[0].cost.value)


def test_among_synthetic_people_the_spread_is_between_replicates(
    question: Question, tmp_path: Path
) -> None:
    households, persons = people.tables(200, seed=5)
    number = np.arange(len(households))
    households = households.with_columns(pl.Series("replicate", number % 4))
    write_tables(
        tmp_path / "people",
        schema_of(book()),
        households,
        persons,
        people.manifest(kind=PopulationKind.SYNTHETIC),
    )
    asked = dataclasses.replace(question, population=Population.open(tmp_path / "people"))
    found = behave(
        asked,
        [labour.read_shipped("none"), labour.read_shipped("pilot")],
        tmp_path / "run",
        executors=this_process,
        not_known=NotKnown.UNCHANGED,
        count=40,
    )
    assert found.as_json()["kind"] == "simulation (synthetic)"
    none, pilot = found.rungs
    assert none.cost.value == next(each for each in found.static.readings if each.main).cost.value
    earners, _ = finished(asked, tmp_path / "run", this_process)
    sample: Sample = earners.sample
    count, place = sample.replicate
    change = sample.weight * (earners.after - earners.before)
    by_hand = between_replicates(np.bincount(place, change, count) * count)
    assert none.cost.of_people is not None
    assert none.cost.of_people.value == pytest.approx(by_hand.value)
    assert none.cost.of_people.standard_error == pytest.approx(by_hand.standard_error)
    assert pilot.cost.of_people is not None
    assert pilot.cost.of_people.freedom == count - 1
    assert pilot.measures[0].of_response.of_people is not None
    assert pilot.cost.of_parameters is not None


def test_no_rung_is_taken_for_granted_and_some_cannot_be_answered() -> None:
    with pytest.raises(BadInput, match="no response of work is taken for granted"):
        check_rungs([])
    with pytest.raises(BadInput, match="hours of work, which no population records"):
        check_rungs([labour.read_shipped("discrete_choice")])
    by_trade = labour.read_shipped("pilot_by_income").model_dump(mode="json", exclude_defaults=True)
    by_trade["pilot"]["cells"] = ["trade"]
    with pytest.raises(BadInput, match="asks for the label 'trade'"):
        check_rungs([labour.Settings.model_validate(by_trade)])
    none = labour.read_shipped("none")
    with pytest.raises(BadInput, match="'none' is named twice"):
        check_rungs([none, none])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_rungs_print_side_by_side_in_both_languages(behaviour: Behaviour, language: str) -> None:
    document = behaviour_document(behaviour, language)
    (section,) = document.sections
    first = next(part for part in section.parts if isinstance(part, Table))
    assert len(first.columns) == 1 + len(behaviour.rungs)
    assert len(first.rows) == 5 + 2 * 2  # work, heads, earnings, cost, its change; two measures
    items = next(part for part in section.parts if isinstance(part, Items))
    assert f"{behaviour.without_work}" in items.items[0]
    assert MeasureName.GINI.value == behaviour.rungs[0].measures[1].name
