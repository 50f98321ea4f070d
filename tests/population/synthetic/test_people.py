"""The people: complete for the law, families that can be, no copies of respondents, the same for any workers."""

import datetime

import numpy as np
import pytest

from donghaeng.kernel import Batch
from donghaeng.kernel.kernel import Kernel
from donghaeng.laws import book, law_on
from donghaeng.laws.korea.terms import School, Tenure
from donghaeng.population.schema import Table
from donghaeng.population.store import Population
from donghaeng.population.store.manifest import Origin
from donghaeng.population.synthetic import drawn_blocks, prepared, synthesize
from donghaeng.population.synthetic.ages import birth_days
from donghaeng.population.synthetic.facts import wage_deduction
from donghaeng.population.synthetic.plan import Block
from donghaeng.population.synthetic.synthesis import draw_block
from donghaeng.rules import BadInput
from donghaeng.rules.terms import Role

from .towns import money_of, schema

DAYS = ("2016-07", "2018-07", "2020-07", "2022-09", "2023-07", "2024-07", "2025-07", "2026-07")
SHOWN = (Role.BENEFIT, Role.CONTRIBUTION, Role.TOTAL)


def batch_of(law, part, names):
    """A partition as columns household after household, only with the facts in ``names``."""
    household, person = {}, {}
    for name in names:
        if part.holds(Table.PERSONS, name):
            person[name] = part.person(name).T.ravel()
        elif part.holds(Table.HOUSEHOLDS, name):
            household[name] = part.household(name).astype(np.int64)
    sizes = np.full(part.count, part.size)
    return Batch.from_columns(law, sizes, household, person, names=names)


@pytest.mark.parametrize("day", DAYS)
def test_no_household_is_incomplete_for_totals_benefits_and_contributions(day, from_moments):
    law = law_on(day)
    wanted = [name for name, rule in law.rules.items() if rule.role in SHOWN]
    kernel = Kernel(law, wanted, form="numpy")
    for part in from_moments[1].partitions:
        batch = batch_of(law, part, kernel.inputs)
        assert all(bucket.household_known is None for bucket in batch.buckets)


def test_the_law_computes_disposable_income_of_everybody(from_survey):
    law = law_on("2024-07")
    kernel = Kernel(law, ["total_disposable", "basic_pension"], form="numpy")
    got, certain, old = [], [], []
    for part in from_survey[1].partitions:
        outputs = kernel.run(batch_of(law, part, kernel.inputs))
        values, known = outputs.column("total_disposable")
        got.append(values[known])
        certain.append(known)
        pension = outputs.column("basic_pension")[0].reshape(part.count, part.size)
        age = 2024 - part.person("birth_date").T // 10_000
        assert not pension[age < 65].any()
        old.append((pension[age > 65] > 0).mean())
    assert np.median(np.concatenate(got)) > 1_000_000
    # what is not known rests on gaps of the law, not on the people
    assert np.concatenate(certain).mean() > 0.85
    assert 0.2 < old[0] < 1


def test_codes_stand_where_the_law_has_them():
    tenures = ["owned", "jeonse", "monthly_rent", "free_use"]
    assert [each.word for each in list(Tenure)[:4]] == tenures
    schools = ["none", "elementary", "middle", "high", "higher"]
    assert [each.word for each in School] == schools


def test_families_are_of_one_piece(from_moments):
    for part in from_moments[1].partitions:
        year = part.person("birth_date") // 10_000
        woman, spouse = part.person("sex"), part.person("spouse")
        columns = np.arange(part.count)
        for slot in range(part.size):
            other = spouse[slot]
            paired = other >= 0
            assert (spouse[other[paired], columns[paired]] == slot).all()
            assert (woman[other[paired], columns[paired]] != woman[slot, paired]).all()
            for name in ("first_parent", "second_parent"):
                parent = part.person(name)[slot]
                has = parent >= 0
                assert (year[slot, has] - year[parent[has], columns[has]]).min(initial=99) >= 15
        assert not part.person("never_married")[spouse >= 0].any()


def test_children_go_to_the_school_of_their_year(from_moments):
    # On 2024-07-01 who was born in 2017 is in the first year (2024 - 2017 - 6 = 1), in 2012 the sixth,
    # in 2011 middle school, in 2008 high school; who was born in 2018 goes to none yet.
    schools = {2018: 0, 2017: 1, 2012: 1, 2011: 2, 2009: 2, 2008: 3, 2006: 3}
    for part in from_moments[1].partitions[1:]:
        year, school = part.person("birth_date") // 10_000, part.person("school")
        for born, expected in schools.items():
            assert (school[year == born] == expected).all()
        assert not part.person("earnings")[school == 3].any()


@pytest.mark.parametrize("day", ["2024-07-01", "2024-02-29", "2023-12-31", "2025-01-01"])
def test_ages_are_completed_years_on_the_reference_day(day):
    reference = datetime.date.fromisoformat(day)
    table = birth_days(reference)
    for age in (0, 1, 17, 64, 65, 99):
        for born in (table[age, 0], table[age, 180], table[age, 364]):
            passed = (reference.month * 100 + reference.day) >= born % 10_000
            assert reference.year - born // 10_000 - (not passed) == age


def test_deduction_of_wages_follows_the_steps_of_the_law():
    # 소득세법 §47: 70 % of the first 5 million, 40 % to 15, 15 % to 45, 5 % to 100, 2 % above, 20 million at most
    assert wage_deduction(np.array([5_000_000])).tolist() == [3_500_000]
    assert wage_deduction(np.array([15_000_000])).tolist() == [3_500_000 + 4_000_000]
    assert wage_deduction(np.array([100_000_000])).tolist() == [12_000_000 + 2_750_000]
    assert wage_deduction(np.array([10**9])).tolist() == [20_000_000]


def test_no_household_is_a_copy_of_a_respondent(from_survey, survey):
    _, population = from_survey
    asked = {row.tobytes() for row in np.unique(money_of(survey), axis=0)}
    drawn = money_of(population)
    assert len(asked) > 500
    assert not any(row.tobytes() in asked for row in drawn)


def test_money_that_is_drawn_is_not_a_recorded_amount(from_survey, survey):
    earned = np.concatenate([p.person("earnings").ravel() for p in survey.partitions])
    drawn = np.concatenate([p.person("earnings").ravel() for p in from_survey[1].partitions])
    drawn = drawn[drawn > 0]
    assert np.isin(drawn, earned).mean() < 0.001


def test_households_do_not_depend_on_workers_or_on_what_was_drawn_before(small_city):
    making = prepared(small_city, book(), 3)
    alone = list(drawn_blocks(making, workers=1, length=2_000))
    together = list(drawn_blocks(making, workers=2, length=2_000))
    assert len(alone) == len(together) > 3
    for one, other in zip(alone, together, strict=True):
        for name, values in (*one.columns.household.items(), *one.columns.person.items()):
            twin = other.columns.person if values.ndim == 2 else other.columns.household
            assert (values == twin[name]).all()
    third = making.plan.blocks(2_000)[2]
    again = draw_block(making, third).columns
    assert (again.person["earnings"] == alone[2].columns.person["earnings"]).all()
    assert isinstance(third, Block)


def test_another_seed_gives_other_people_in_the_same_margins(small_city, from_moments):
    one, other = (prepared(small_city, book(), seed) for seed in (1, 2))
    block = one.plan.blocks()[0]
    first, second = draw_block(one, block).columns, draw_block(other, block).columns
    assert (first.household["district"] == second.household["district"]).all()
    assert (first.person["birth_date"] != second.person["birth_date"]).any()
    with pytest.raises(BadInput, match="no seed"):
        prepared(small_city, book(), -1)


def test_every_column_has_an_origin_and_what_is_assumed_is_listed(from_moments):
    report, population = from_moments
    origins = {(each.table, each.name): each for each in population.manifest.columns}
    part = population.partitions[0]
    stored = {name.split(".")[0] for name in part.table.column_names}
    assert stored == {name for _, name in origins}
    assumed = [each for each in origins.values() if each.origin is Origin.ASSUMED]
    assert all(each.note for each in assumed)
    for each in assumed:
        assert f"{each.table}.{each.name}: {each.note}" in report.assumed
    assert population.manifest.replicates == 24
    assert population.manifest.synthetic


def test_a_folder_that_is_there_is_left_alone(tmp_path, small_city):
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        synthesize(small_city, book(), schema(), tmp_path, seed=1, workers=1)
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]


def test_progress_is_told(tmp_path, small_city):
    seen = []
    synthesize(
        small_city,
        book(),
        schema(),
        tmp_path / "out",
        seed=1,
        workers=1,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1][0] == seen[-1][1] == Population.open(tmp_path / "out").households
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
