"""What a batch refuses, and what it keeps: order, completeness, results whatever the threads."""

import numpy as np
import pytest

from donghaeng.kernel import Batch
from donghaeng.kernel.kernel import COMPLETE, Kernel, Lane
from donghaeng.laws import law_on
from donghaeng.rules import BadInput, Book, HouseholdFacts

from .agreement import FORMS, agree, compiled, computed
from .households import crowd, is_complete
from .laws import kernels_of, law_of

RULES = """
from donghaeng.rules import HOUSEHOLD, MONTH, PERSON, Count, Day, Money, age_in_years, fact, relation, rule
from donghaeng.rules import of, sum_over

L = ("이름", "name")
income = fact(PERSON, Money, period=MONTH, label=L, range=(0, 1_000_000))
allowance = fact(PERSON, Money, period=MONTH, label=L, default=5)
birth_date = fact(PERSON, Day, label=L)
rent = fact(HOUSEHOLD, Money, period=MONTH, label=L)
owner = fact(HOUSEHOLD, bool, label=L, default=False)
spouse = relation(label=L, symmetric=True)
spouse_income = of(spouse, "income", otherwise=0, label=L, period=MONTH)
total = sum_over(HOUSEHOLD, "own", label=L)


@rule(entity=PERSON, period=MONTH, label=L, citation="c")
def own(income: Money, allowance: Money, spouse_income: Money) -> Money:
    return income * 3 + allowance - spouse_income


@rule(entity=HOUSEHOLD, period=MONTH, label=L, citation="c")
def left(total: Money, rent: Money, owner: bool) -> Money:
    return total if owner else total - rent


@rule(entity=PERSON, label=L, citation="c")
def age(birth_date: Day, assessment_day: Day) -> Count:
    return age_in_years(birth_date, assessment_day)
"""
NAMES = ("own", "left", "age")


@pytest.fixture(scope="module")
def law():
    text = "label: {ko: 법, en: law}\nfirst_day: 2020-01-01\nlast_day: 2030-12-31\n"
    return Book({"b/rules.py": RULES, "b/law.yaml": text}).on("2024-07-01")


def given(**changed):
    """Columns of three households of 1, 3 and 2 persons."""
    columns = {
        "sizes": np.array([1, 3, 2]),
        "household": {"rent": np.array([10, 20, 30]), "owner": np.array([0, 1, 0])},
        "person": {
            "income": np.array([100, 200, 300, 400, 500, 600]),
            "allowance": np.array([1, 2, 3, 4, 5, 6]),
            "birth_date": np.array([19800101, 19900702, 20100701, 20240229, 19500101, 20000101]),
            "spouse": np.array([-1, 1, 0, -1, -1, -1]),
        },
    }
    for name, value in changed.items():
        for part in ("household", "person"):
            if name in columns[part]:
                columns[part][name] = value
                break
        else:
            columns[name] = value
    return columns


def batch_of(law, **changed):
    return Batch.from_columns(law, **given(**changed))


def test_columns_give_what_they_say(law):
    for form in FORMS:
        outputs = Kernel(law, NAMES, form).run(batch_of(law))
        assert outputs.column("own")[0].tolist() == [301, 302, 703, 1204, 1505, 1806]
        assert outputs.column("left")[0].tolist() == [291, 2209, 3281]
        assert outputs.column("age")[0].tolist() == [44, 33, 14, 0, 74, 24]
        assert outputs.column("age")[1].all()


def refused(law, **changed):
    with pytest.raises(BadInput) as caught:
        batch_of(law, **changed)
    text = str(caught.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize("length", [0, 5, 7])
def test_a_column_of_another_length(law, length):
    text = refused(law, income=np.zeros(length, int))
    assert text == f"income: has {length} rows (6 are needed)"
    assert refused(law, rent=np.zeros(6, int)) == "rent: has 6 rows (3 are needed)"


def test_a_column_of_more_than_one_dimension(law):
    assert "income" in refused(law, income=np.zeros((6, 1), int))
    assert "rent" in refused(law, rent=np.int64(3))


@pytest.mark.parametrize("kind", [np.float64, np.float32, object, str, "datetime64[D]"])
def test_a_column_that_holds_no_whole_numbers(law, kind):
    text = refused(law, income=np.array([1] * 6).astype(kind))
    assert text.startswith("income: holds ")
    assert "int64" in text


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint64, np.int64])
def test_any_whole_type_is_taken(law, kind):
    outputs = Kernel(law, ["own"], "numpy").run(batch_of(law, allowance=np.arange(6).astype(kind)))
    assert outputs.column("own")[0].tolist() == [300, 301, 702, 1203, 1504, 1805]


@pytest.mark.parametrize(
    ("name", "values", "row", "range_"),
    [
        ("income", [0, 0, 1_000_001, 0, 0, -1], 2, "0 to 1000000"),
        ("income", [0, 0, 0, 0, 0, -1], 5, "0 to 1000000"),
        ("income", [0, 2**62, 0, 0, 0, 0], 1, "0 to 1000000"),
        ("rent", [0, 100_000_000_001, 0], 1, "0 to 100000000000"),
        ("owner", [0, 1, 2], 2, "0 to 1"),
        ("birth_date", [19000101] * 3 + [18491231] + [19000101] * 2, 3, "18500101 to 22001231"),
        ("spouse", [-1, 60, -1, -1, -1, -1], 1, "-1 to 59"),
        ("spouse", [-2, 0, -1, -1, -1, -1], 0, "-1 to 59"),
    ],
)
def test_a_value_out_of_range_is_named_with_its_row(law, name, values, row, range_):
    text = refused(law, **{name: np.array(values)})
    assert text == f"{name}: row {row} holds {values[row]} ({range_})"


def test_numbers_that_are_no_day(law):
    """20240230 is within the range of days and yet no day."""
    days = np.array([19800101, 19900702, 20240230, 20240229, 19500101, 20000101])
    text = refused(law, birth_date=days)
    assert "birth_date" in text
    assert "row 2" in text


def test_an_unknown_column_names_the_nearest(law):
    columns = given()
    columns["person"]["incomes"] = columns["person"].pop("income")
    with pytest.raises(BadInput, match=r"unknown column 'incomes' \(did you mean 'income'\?\)"):
        Batch.from_columns(law, **columns)


def test_an_unknown_column_of_known_flags_names_the_nearest(law):
    with pytest.raises(BadInput, match="incomes"):
        batch_of(law, known={"incomes": np.ones(6, bool)})


@pytest.mark.parametrize("flags", [[True], [False], [True] * 5, [False] * 7])
def test_known_flags_of_another_length(law, flags):
    with pytest.raises(BadInput, match="income"):
        batch_of(law, known={"income": np.array(flags)})


def test_an_unknown_name_to_lay_out_names_the_nearest(law):
    with pytest.raises(BadInput, match="incom"):
        Batch.from_columns(law, **given(), names=["incom"])


@pytest.mark.parametrize("size", [0, 61, -1])
def test_a_household_of_no_or_too_many_persons(law, size):
    with pytest.raises(BadInput, match=rf"sizes: household 1 has {size} persons \(1 to 60\)"):
        Batch.from_columns(law, np.array([1, size]), {}, {})


def test_sizes_that_are_no_whole_numbers(law):
    with pytest.raises(BadInput, match="sizes"):
        batch_of(law, sizes=np.array([1.9, 3.2, 2.0]))


def test_a_single_household_of_nobody(law):
    with pytest.raises(BadInput, match="household 1 has 0 persons"):
        Batch.from_households(law, [HouseholdFacts("a", {}, [{}]), HouseholdFacts("b", {}, [])])


def test_sixty_persons_are_computed(law):
    for form in FORMS:
        sizes = np.array([60, 1, 60])
        income = np.arange(121)
        person = {"income": income, "birth_date": np.full(121, 20000101), "allowance": income * 0}
        household = {"rent": np.zeros(3, int), "owner": np.ones(3, int)}
        outputs = Kernel(law, NAMES, form).run(Batch.from_columns(law, sizes, household, person))
        assert outputs.column("left")[0].tolist() == [5310, 180, 16290]


def test_no_household_at_all(law):
    for form in FORMS:
        outputs = Kernel(law, NAMES, form).run(Batch.from_households(law, []))
        assert outputs.column("left")[0].tolist() == []


def test_a_column_that_is_absent_takes_its_default_or_is_unknown(law):
    columns = given()
    del columns["person"]["allowance"], columns["household"]["rent"]
    for form in FORMS:
        outputs = Kernel(law, NAMES, form).run(Batch.from_columns(law, **columns))
        assert outputs.column("own")[0].tolist() == [305, 305, 705, 1205, 1505, 1805]
        values, known = outputs.column("left")
        assert known.tolist() == [False, True, False]
        assert values.tolist() == [0, 2215, 0]


def test_a_batch_without_a_needed_column_is_refused(law):
    batch = Batch.from_columns(law, np.array([1]), {}, {"income": np.array([1])}, names=["income"])
    with pytest.raises(BadInput, match=r"no column 'allowance'|no column 'spouse'"):
        Kernel(law, ["own"], "numpy").run(batch)


def test_a_form_that_does_not_exist(law):
    with pytest.raises(BadInput, match="numba, numpy"):
        Kernel(law, NAMES, "fortran")


def test_a_result_that_does_not_exist_names_the_nearest(law):
    with pytest.raises(BadInput, match="did you mean 'left'"):
        Kernel(law, ["lefd"])


def test_order_is_that_of_the_households():
    """Sizes are mixed, some are incomplete: every result is where its household was."""
    law = law_of("ireland", "2024-05")
    made = crowd(law, 3, 200)
    for kernel in kernels_of("ireland", "2024-05"):
        forward = compiled(kernel, law, made)
        assert compiled(kernel, law, made[::-1]) == forward[::-1]


def test_whoever_lacks_a_fact_stands_apart():
    """Complete households are computed by the plain kernel whoever stands beside them."""
    law = law_of("ireland", "2024-05")
    made = crowd(law, 5, 300)
    batch = Batch.from_households(law, made)
    seen = []
    for bucket in batch.buckets:
        lane = bucket.household_known is not None
        assert lane == (bucket.person_known is not None)
        for place in bucket.index.tolist():
            assert is_complete(law, made[place]) == (not lane)
            assert len(made[place].persons) == bucket.size
        seen += bucket.index.tolist()
    assert sorted(seen) == list(range(len(made)))
    complete = [each for each in made if is_complete(law, each)]
    assert 50 < len(complete) < 250
    for kernel in kernels_of("ireland", "2024-05"):
        alone = compiled(kernel, law, complete)
        beside = compiled(kernel, law, made)
        beside = [found for found, each in zip(beside, made, strict=True) if is_complete(law, each)]
        assert alone == beside


def test_complete_households_never_meet_the_known_lane():
    """One incomplete household among many must not have the others computed the slow way."""
    law = law_of("ireland", "2024-05")
    kernel = Kernel(law, computed(law))
    asked = []
    compile_lane = kernel.compile
    kernel.compile = lambda lane=COMPLETE: asked.append(lane) or compile_lane(lane)
    complete = crowd(law, 6, 30, incomplete=False, largest=1)
    kernel.run(Batch.from_households(law, complete))
    assert asked == [COMPLETE]
    asked.clear()
    lacking = HouseholdFacts("lacking", {}, [{}])
    kernel.run(Batch.from_households(law, [*complete, lacking]))
    assert set(asked) == {COMPLETE, Lane(facts=True)}


@pytest.mark.parametrize("form", FORMS)
def test_two_threads_give_what_one_gives(form):
    law = law_of("ireland", "2024-05")
    count = 120_000
    chance = np.random.default_rng(1)
    # More than 100,000 of one size, so that a bucket is in fact divided; some lack a fact.
    sizes = np.where(np.arange(count) % 100 < 98, 2, chance.integers(1, 13, count))
    persons = int(sizes.sum())
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    claimant = np.full(persons, -1)
    claimant[starts[sizes > 1] + 1] = 0
    birth = (
        chance.integers(1990, 2024, persons) * 10_000 + chance.integers(1, 13, persons) * 100 + 1
    )
    birth[starts] = 19_800_101
    known = np.ones(persons, bool)
    known[starts[::3]] = False
    columns = {
        "birth_date": birth,
        "education": chance.integers(0, 3, persons),
        "weekly_income": chance.integers(0, 70_000, persons),
        "hours_a_fortnight": chance.integers(0, 80, persons),
        "claimant": claimant,
    }
    batch = Batch.from_columns(law, sizes, {}, columns, {"weekly_income": known})
    assert max(bucket.count for bucket in batch.buckets) > 75_000
    names = ("family_payments", "weekly_payment", "child_benefit")
    kernel = Kernel(law, names, form)
    one, two, three = (kernel.run(batch, threads=threads) for threads in (1, 2, 3))
    for name in names:
        values, flags = one.column(name)
        for other in (two, three):
            assert (other.column(name)[0] == values).all()
            assert (other.column(name)[1] == flags).all()
        assert values.any()
        assert 0 < flags.sum() < len(flags) or name == "child_benefit"


def test_forms_agree_on_large_households(law):
    made = crowd(law, 8, 60, largest=60)
    agree([Kernel(law, NAMES, form) for form in FORMS], law, made)


def test_a_second_run_writes_over_the_outputs_of_the_first() -> None:
    """A sweep of reforms needs room for one result; another batch's room is refused."""
    law = law_on("2024-07")
    kernel = Kernel(law, ["median_income"])
    sizes = np.array([1, 4, 7], np.int64)
    batch = Batch.from_columns(law, sizes, {}, {}, names=kernel.inputs)
    first = kernel.run(batch)
    again = kernel.run(batch, law_on("2025-07"), into=first)
    assert again.values[0][0] is first.values[0][0]
    assert list(again.column("median_income")[0]) == [2_392_013, 6_097_773, 8_988_428]
    other = Batch.from_columns(law, sizes, {}, {}, names=kernel.inputs)
    with pytest.raises(BadInput, match="another batch"):
        kernel.run(other, into=first)


def test_of_a_law_with_gaps_only_what_rests_on_them_is_doubted():
    """A number that is not known must not make everything slow: the rest is computed as if it were."""
    law = law_of("korea and seoul", "2026-07")
    kernel = Kernel(law, ["livelihood_line", "education_benefit_year"])
    gaps = kernel.generated().slots.gaps(law)
    assert "education_activity_support" in gaps
    doubted = kernel.uncertain(Lane(gaps=gaps))
    assert "education_benefit_year" in doubted
    assert doubted.isdisjoint({"livelihood_line", "recognised_income", "assessed_income", "age"})
    assert kernel.uncertain(COMPLETE) == frozenset()
    assert kernel.uncertain(Lane(facts=True)) == frozenset(law.order(kernel.wanted))
