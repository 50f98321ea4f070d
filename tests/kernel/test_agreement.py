"""Explained = NumPy = Numba, bit by bit, for every rule of every law, whatever the household."""

import datetime
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donghaeng.kernel import Kernel
from donghaeng.rules import Book, HouseholdFacts, LawFault, is_missing

from .agreement import FORMS, agree, assert_same, compiled, computed, explained
from .households import crowd, is_complete, some_households
from .laws import EVERY_LAW, LAWS, kernels_of, law_of
from .random_laws import random_law

NUMPY_LAWS = range(60)
NUMBA_LAWS = range(1_000, 1_012)


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory):
    """Random laws leave nothing in the cache of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONGHAENG_CACHE", str(tmp_path_factory.mktemp("kernels")))
        yield


@pytest.mark.parametrize(("country", "day"), LAWS)
@settings(max_examples=20)
@given(data=st.data())
def test_hypothesis_finds_no_household_on_which_the_forms_differ(country, day, data):
    law = law_of(country, day)
    agree(kernels_of(country, day), law, data.draw(some_households(law)))


@pytest.mark.parametrize(("country", "day"), LAWS)
def test_forms_agree_on_a_crowd(country, day):
    law = law_of(country, day)
    made = crowd(law, seed=LAWS.index((country, day)), count=300)
    assert {is_complete(law, each) for each in made} == {True, False}
    assert {len(each.persons) for each in made} == set(range(1, 13))
    agree(kernels_of(country, day), law, made)


@pytest.mark.soak
@pytest.mark.parametrize(("country", "day"), EVERY_LAW)
def test_forms_agree_on_large_crowds(country, day):
    law = law_of(country, day)
    for seed in range(100, 104):
        agree(kernels_of(country, day), law, crowd(law, seed, 1_000))
    agree(kernels_of(country, day), law, crowd(law, 110, 100, largest=60))


@pytest.mark.parametrize(("country", "day"), LAWS)
@settings(max_examples=8)
@given(data=st.data())
def test_neighbours_change_nothing(country, day, data):
    """A household has the same results alone and anywhere among others, as have the others."""
    law = law_of(country, day)
    own = data.draw(some_households(law, most=4))
    others = crowd(law, seed=7, count=120)
    everyone = [*own, *others]
    order = list(range(len(everyone)))
    random.Random(data.draw(st.integers(0, 1_000))).shuffle(order)
    for kernel in kernels_of(country, day):
        alone = [compiled(kernel, law, [each])[0] for each in own]
        mixed = compiled(kernel, law, [everyone[place] for place in order])
        found = dict(zip(order, mixed, strict=True))
        assert_same(kernel, law, own, [found[place] for place in range(len(own))], alone)
        truth = explained(law, kernel.wanted, own)
        assert_same(kernel, law, own, alone, truth)
    numpy, numba = (compiled(kernel, law, others) for kernel in kernels_of(country, day))
    assert numpy == numba
    assert [found[place] for place in range(len(own), len(everyone))] == numba


def accepted_law(seed, rules):
    """A random law that loads: one whose parts could pass 2^63 is refused, and another is drawn."""
    for attempt in range(5):
        made = random_law(seed + attempt * 1_000_000, rules)
        try:
            return made, Book(made.sources).on("2024-02-29")
        except LawFault as fault:
            if "can pass 2^63" not in fault.message:
                raise
    raise AssertionError("five random laws in a row were refused")


def check_random_law(seed, forms, households, rules=10):
    made, law = accepted_law(seed, rules)
    assert set(made.rules) == set(law.rules)
    kernels = [Kernel(law, computed(law), form) for form in forms]
    try:
        agree(kernels, law, crowd(law, seed, households))
        agree(kernels, law, crowd(law, seed + 1, households, incomplete=False))
    except AssertionError as difference:
        difference.add_note(made.sources["random/rules.py"])
        difference.add_note(made.sources["random/p.yaml"])
        raise


@pytest.mark.parametrize("seed", NUMPY_LAWS)
def test_random_laws_agree_in_numpy_form(seed):
    check_random_law(seed, ["numpy"], 25)


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("seed", NUMBA_LAWS)
def test_random_laws_agree_in_numba_form(seed):
    check_random_law(seed, ["numpy", "numba"], 60, rules=5)  # seconds of compilation each


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10_000, 10_400))
def test_many_random_laws_agree_in_numpy_form(seed):
    check_random_law(seed, ["numpy"], 60)


@pytest.mark.soak
@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("seed", range(20_000, 20_016))
def test_many_random_laws_agree_in_numba_form(seed):
    check_random_law(seed, ["numpy", "numba"], 150, rules=5)


def test_random_laws_use_the_whole_language():
    """Otherwise agreement on them would say little."""
    texts, integer_rules, float_rules = [], 0, 0
    for seed in NUMPY_LAWS:
        made = random_law(seed)
        texts.append("".join(made.sources.values()).split("L = (", 1)[1])
        law = Book(made.sources).on("2024-02-29")
        compiled_rules = Kernel(law, computed(law)).generated().integer_rules
        integer_rules += len(compiled_rules)
        float_rules += len(law.rules) - len(compiled_rules)
    words = (
        "sum_over( count_over( any_over( max_over( min_over( of_oldest( of(spouse age_in_years( "
        "age_in_months( months_between( per_month( by_brackets( round_down( round_up( round_nearest( "
        "t_one[ t_two[ t_count[ elif else: += -= and or not min( max( 3/11 4.17% gap in ("
    )
    joined = "".join(texts)
    missing = [word for word in words.split() if word not in joined]
    assert not missing
    for over in ("HOUSEHOLD,", "members,", "groups,", 'children_by("parent"),'):
        assert f"_over({over}" in joined
    for rounding in ("DOWN", "NEAREST", "UP", "DOWN_10", "NEAREST_10", "UP_10", "DOWN_1000"):
        assert f"rounding=Rounding.{rounding})" in joined
    assert integer_rules >= 20
    assert float_rules >= 200


class TestMeaning:
    """Small laws in which explained and compiled execution could part ways."""

    HEAD = """
from donghaeng.rules import (
    HOUSEHOLD, MONTH, PERSON, Count, Day, Money, Rate, Rounding, Table, age_in_years, fact, max_over,
    round_down, rule, unit,
)

L = ("이름", "name")
x = fact(HOUSEHOLD, Money, period=MONTH, label=L)
y = fact(HOUSEHOLD, Money, period=MONTH, label=L)
flag = fact(HOUSEHOLD, bool, label=L)
n = fact(HOUSEHOLD, Count, label=L, range=(0, 5))
born = fact(PERSON, Day, label=L)
inside = fact(PERSON, bool, label=L)
some = unit(member="inside")


"""
    PARAMETERS = """
t: {label: {ko: 값, en: t}, unit: money/month, citation: c, keys: {n: [0, 5]}, values: {2020-01-01:
  {value: {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: gap}, status: official, source: s}}}
"""

    def forms(self, head, body, household, persons=({},), declared=""):
        """The value of ``z`` in explained, NumPy and Numba form; ``None`` where it is not known."""
        text = (
            self.HEAD + declared + f"@rule(entity=HOUSEHOLD, label=L, citation='c'{head})\n{body}"
        )
        book = Book(
            {
                "t/rules.py": text,
                "t/p.yaml": self.PARAMETERS,
                "t/law.yaml": "label: {ko: 법, en: law}\nfirst_day: 2020-01-01\nlast_day: 2030-12-31\n",
            }
        )
        law = book.on("2024-01-01")
        made = [HouseholdFacts("h", household, [dict(person) for person in persons])]
        columns = [explained(law, ["z"], made)[0]["z"]]
        columns += [
            compiled(Kernel(law, ["z"], form), law, made)[0]["z"] for form in ("numpy", "numba")
        ]
        return [value if known else None for ((value, known),) in columns]

    @pytest.fixture(autouse=True)
    def _cache(self, own_cache):
        pass

    def test_whole_by_whole_is_exact(self):
        body = "def z(x: Money) -> Money:\n    return x / 49 * 49\n"
        assert self.forms(", period=MONTH, rounding=Rounding.DOWN", body, {"x": 1}) == [1, 1, 1]

    def test_sums_of_tenths_are_exact(self):
        body = "def z(x: Money, y: Money) -> Money:\n    return x / 10 + y / 5 + x / 10 * 7\n"
        found = self.forms(", period=MONTH, rounding=Rounding.UP", body, {"x": 1, "y": 1})
        assert found == [1, 1, 1]

    def test_a_quotient_past_2_to_the_53_is_exact(self):
        body = "def z(x: Money, n: Count) -> Money:\n    return x * 900 * 899 / 900 / (899 + n)\n"
        head = ", period=MONTH, rounding=Rounding.DOWN"
        assert self.forms(head, body, {"x": 99_999_999_999, "n": 0}) == [99_999_999_999] * 3

    def test_a_gap_that_was_looked_up_and_not_used(self):
        body = (
            "def z(t: Table, n: Count) -> Money:\n    cell = t[n]\n"
            "    if n > 3:\n        return 0\n    return cell\n"
        )
        assert self.forms(", period=MONTH", body, {"n": 5}) == [0, 0, 0]
        assert self.forms(", period=MONTH", body, {"n": 3}) == [4, 4, 4]

    def test_a_choice_between_names_that_was_not_used(self):
        body = (
            "def z(x: Money, y: Money, flag: bool) -> Money:\n    either = x if flag else y\n"
            "    if flag:\n        return 0\n    return either\n"
        )
        assert self.forms(", period=MONTH", body, {"flag": True, "y": 1}) == [0, 0, 0]
        assert self.forms(", period=MONTH", body, {"flag": False, "y": 1}) == [1, 1, 1]
        assert self.forms(", period=MONTH", body, {"x": 1, "y": 1}) == [None, None, None]

    def test_an_unknown_condition_over_plain_names_counts_even_if_the_local_is_not_read(self):
        body = (
            "def z(x: Money, y: Money, flag: bool) -> Money:\n    either = x\n    if flag:\n"
            "        either = y\n    if y > x:\n        return y\n    return either\n"
        )
        assert self.forms(", period=MONTH", body, {"x": 1, "y": 10}) == [None, None, None]
        assert self.forms(", period=MONTH", body, {"x": 1, "y": 10, "flag": True}) == [10, 10, 10]

    def test_locals_of_different_kinds_in_the_branches(self):
        body = (
            "def z(x: Money, y: Money, flag: bool) -> Money:\n    result = x\n    if flag:\n"
            "        larger = x > y\n        result = y if larger else x\n    else:\n"
            "        both = x + y\n        result = both\n    return result\n"
        )
        assert self.forms(", period=MONTH", body, {"x": 3, "y": 2, "flag": True}) == [2, 2, 2]
        assert self.forms(", period=MONTH", body, {"x": 3, "y": 2, "flag": False}) == [5, 5, 5]

    def test_the_latest_day_of_nobody(self):
        """Refused at loading, or the same in all forms: never a crash for want of a day."""
        latest = 'latest = max_over(some, "born", value_type=Day, label=L)\n\n\n'
        body = (
            "def z(latest: Day, assessment_day: Day) -> Count:\n"
            "    return age_in_years(latest, assessment_day)\n"
        )
        person = {"inside": False, "born": datetime.date(2000, 1, 1)}
        try:
            found = self.forms("", body, {}, [person], declared=latest)
        except LawFault:
            return
        assert found[0] == found[1] == found[2]


def test_a_schedule_that_is_a_gap_makes_complete_households_undetermined():
    """Nothing else of the rule is unknown: the gap alone must lead to the kernel that tells."""
    rules = (
        "from donghaeng.rules import HOUSEHOLD, MONTH, Money, Rounding, Schedule, by_brackets, fact, rule\n"
        'rent = fact(HOUSEHOLD, Money, period=MONTH, label=("a", "b"))\n'
        '@rule(entity=HOUSEHOLD, period=MONTH, label=("a", "b"), citation="c", rounding=Rounding.DOWN)\n'
        "def answer(rent: Money, taper: Schedule) -> Money:\n    return by_brackets(rent, taper)\n"
    )
    numbers = (
        "taper: {label: {ko: a, en: b}, unit: rate, brackets: true, citation: c, "
        "values: {2020-01-01: {value: gap, status: gap}}}\n"
    )
    law = Book({"t/rules.py": rules, "t/p.yaml": numbers}).on("2024-01-01")
    household = HouseholdFacts("h", {"rent": 5}, [{}])
    agree([Kernel(law, ["answer"], form) for form in FORMS], law, [household])
    assert is_missing(law.evaluate(household, ["answer"])["answer"])
