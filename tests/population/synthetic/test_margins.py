"""The margins: reconciled, met to the household, by families that can be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghaeng.population.synthetic import open_city, shipped
from donghaeng.population.synthetic.families import STRUCTURES, relations_of, types_of
from donghaeng.population.synthetic.margins import reconciled
from donghaeng.population.synthetic.plan import plan_of, rows_at
from donghaeng.population.synthetic.raking import families_of_district
from donghaeng.population.synthetic.rounding import whole_shares
from donghaeng.rules import BadInput

from .towns import town


def test_remainders_go_to_the_largest_first():
    # 10 by 1 : 2 : 3 is 1 2/3, 3 1/3, 5: the one that is missing goes to the first
    assert whole_shares(np.array([1.0, 2.0, 3.0]), 10).tolist() == [2, 3, 5]


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.integers(0, 10**6))
def test_whole_shares_add_up_and_stay_within_one(weights, total):
    weights = np.array(weights)
    shares = whole_shares(weights, total)
    assert shares.sum() == total
    assert np.abs(shares - weights / weights.sum() * total).max() < 1 + 1e-6


def test_seoul_has_the_households_of_its_table():
    targets = reconciled(open_city("seoul"))
    assert "seoul" in shipped()
    assert targets.households == 4_141_659
    # sums of the table: 1,627,480 alone, 1,080,790 of two, 1,302,934 of 3 and 4, 130,455 of 5 and more
    sizes = targets.sizes.sum(axis=0)
    assert sizes[:2].tolist() == [1_627_480, 1_080_790]
    assert (sizes[2:4].sum(), sizes[4:].sum()) == (1_302_934, 130_455)
    # the elderly alone: 334,348 by age, shared out by the statuses of those on the register
    alone = targets.alone[:, 13:].sum(axis=(0, 1))
    assert alone.sum() == 334_348
    assert alone[1] / 334_348 == pytest.approx(129_275 / 448_251, abs=0.01)


def test_persons_of_all_ages_are_the_persons_of_all_households():
    targets = reconciled(open_city("seoul"))
    persons = targets.sizes @ np.arange(1, 8)
    assert (targets.people.sum(axis=1) == persons).all()


def test_families_meet_sizes_and_ages_of_a_district_exactly():
    city = open_city("seoul")
    targets = reconciled(city)
    types = [types_of(size, city.file.families) for size in range(2, 8)]
    asked = targets.people[3] - targets.alone[3].sum(axis=1)
    counts = families_of_district(types, targets.sizes[3, 1:], asked)
    assert [int(each.sum()) for each in counts] == targets.sizes[3, 1:].tolist()
    got = sum(count @ each.ages for count, each in zip(counts, types, strict=True))
    assert np.abs(got - asked).max() <= 1


def test_every_margin_of_a_town_is_met_within_half_a_per_cent(from_moments, from_survey):
    for report, _ in (from_moments, from_survey):
        assert len(report.margins) == 4
        for margin in report.margins:
            assert margin.asked == margin.met
            assert margin.largest <= 0.005
            assert margin.good


@pytest.mark.parametrize("structure", STRUCTURES)
def test_relations_point_both_ways_and_up(structure):
    kin = relations_of(structure)
    for slot, other in enumerate(kin.spouse):
        assert other < 0 or kin.spouse[other] == slot
    for parents in (kin.first_parent, kin.second_parent):
        assert all(parent != slot for slot, parent in enumerate(parents))
    assert all(f >= 0 or s < 0 for f, s in zip(kin.first_parent, kin.second_parent, strict=True))


def test_parents_are_at_least_sixteen_years_older_than_children_in_every_type():
    families = open_city("seoul").file.families
    for size in range(2, 8):
        types = types_of(size, families)
        for place, name in enumerate(types.names):
            groups = types.groups[types.structure == place]
            kin = relations_of(name)
            for parents in (kin.first_parent, kin.second_parent):
                for slot, parent in enumerate(parents):
                    if parent >= 0:
                        # four groups apart: at the least the last year of one and the first of the other
                        assert (groups[:, parent] - groups[:, slot]).min() >= 4


def test_replicates_are_dealt_out_evenly_in_every_margin(small_city):
    plan = plan_of(small_city)
    for each in plan.sizes:
        rows = rows_at(plan, each.size, np.arange(each.count))
        keys = rows.district.astype(np.int64) * 100
        keys += rows.groups[0] if each.size == 1 else 0
        for key in np.unique(keys):
            held = np.bincount(rows.replicate[keys == key], minlength=plan.replicates)
            assert held.max() - held.min() <= 1


def _edited(folder, name, old, new):
    town(folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        plan_of(open_city(str(folder)))
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_an_unknown_city_is_refused_with_the_nearest():
    with pytest.raises(BadInput, match="did you mean 'seoul'"):
        open_city("seol")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "margins.csv",
            "households_by_size,11110,1,",
            "households_by_sizes,11110,1,",
            "did you mean",
        ),
        (
            "margins.csv",
            "households_by_size,11110,1,1466",
            "households_by_size,11110,1,many",
            "no whole",
        ),
        ("margins.csv", "households_by_size,11110,2,", "households_by_size,11111,2,", "no value"),
        ("city.yaml", "role: control", "rolle: control", "households_by_size.role"),
        ("city.yaml", "couple: 0.56", "cuople: 0.56", "did you mean"),
        ("city.yaml", "shares: {5: 0.80", "shares: {8: 0.80", "cannot be divided"),
    ],
)
def test_a_broken_city_says_where(tmp_path, name, old, new, said):
    assert said in _edited(tmp_path / "town", name, old, new)


def test_ages_that_no_families_have_are_refused(tmp_path):
    town(tmp_path / "town")
    path = tmp_path / "town" / "margins.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    # nobody but children and people of 20 to 24: too few adults for the families
    empty = [
        ",".join([*line.split(",")[:3], "0"])
        if line.startswith("population_by_age")
        and int(line.split(",")[2].split("-")[0].strip("+")) >= 60
        else line
        for line in lines
    ]
    path.write_text("\n".join(empty) + "\n", encoding="utf-8")
    with pytest.raises(BadInput):
        plan_of(open_city(str(tmp_path / "town")))
