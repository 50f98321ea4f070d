"""Rates at amounts where a computation in floats alone would slip, against ``fractions``."""

import math
from fractions import Fraction

import numpy as np
import pytest

from donghaeng.kernel import Batch, Kernel
from donghaeng.rules import Book, HouseholdFacts, LawFault

RATES = {
    "tax": ("4.17%", Fraction(417, 10_000)),
    "thirds": ("2/3", Fraction(2, 3)),
    "monthly": ("4%/12", Fraction(1, 300)),
    "premium": ("0.9182%", Fraction(9182, 1_000_000)),
    "odd": ("17/99991", Fraction(17, 99_991)),
    "large": ("355/113", Fraction(355, 113)),
}
ROUNDINGS = {
    "DOWN": (math.floor, 1),
    "UP": (math.ceil, 1),
    "NEAREST": (lambda value: math.floor(value + Fraction(1, 2)), 1),
    "DOWN_10": (math.floor, 10),
    "UP_10": (math.ceil, 10),
    "NEAREST_10": (lambda value: math.floor(value + Fraction(1, 2)), 10),
    "UP_1000": (math.ceil, 1_000),
}
HEAD = """
from donghaeng.rules import (
    HOUSEHOLD, MONTH, PERSON, Count, Money, Rate, Rounding, Schedule, by_brackets, fact, round_down,
    rule, sum_over,
)

L = ("이름", "name")
amount = fact(HOUSEHOLD, Money, period=MONTH, label=L)
income = fact(PERSON, Money, period=MONTH, label=L)
"""
LAW = "label: {ko: 법, en: law}\nfirst_day: 2020-01-01\nlast_day: 2030-12-31\n"
MOST = 10**11


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONGHAENG_CACHE", str(tmp_path_factory.mktemp("kernels")))
        yield


def book(rules, rates=RATES, more=""):
    entries = "".join(
        f"{name}: {{label: {{ko: 율, en: rate}}, unit: rate, citation: c, values: "
        f"{{2020-01-01: {{value: {text}, status: official, source: s}}}}}}\n"
        for name, (text, _) in rates.items()
    )
    return Book({"t/rules.py": HEAD + rules, "t/p.yaml": entries + more, "t/law.yaml": LAW})


def rule_text(name, arguments, result, head=""):
    return (
        f'\n\n@rule(entity=HOUSEHOLD, period=MONTH, label=L, citation="c"{head})\n'
        f"def {name}({arguments}) -> Money:\n    return {result}\n"
    )


def boundary_amounts(rate, multiple):
    """Amounts whose product with ``rate`` lies on, just below and just above a whole multiple."""
    found = {0, 1, 2, 3, MOST - 1, MOST}
    chance = np.random.default_rng(20_240_701)
    # Small, middle and the largest results: the last ones are where a float has no room to spare.
    top = math.floor(rate * MOST / multiple)
    steps = {1, 2, 3, 10, 999, top, top - 1, *chance.integers(1, max(top, 2), 400).tolist()}
    for step in steps:
        for half in (0, 1):
            exact = (step + Fraction(half, 2)) * multiple / rate
            for near in (math.floor(exact), math.ceil(exact)):
                found.update((near - 1, near, near + 1))
    denominator = rate.denominator
    for step in chance.integers(1, max(MOST // denominator, 2), 200).tolist():
        found.update((step * denominator - 1, step * denominator, step * denominator + 1))
    return np.array(sorted(value for value in found if 0 <= value <= MOST), np.int64)


def columns(law, names, amounts):
    """Each result in both forms, which must be equal."""
    batch = Batch.from_columns(
        law, np.ones(len(amounts), int), {"amount": amounts}, {}, names=["amount"]
    )
    results = {}
    for form in ("numpy", "numba"):
        outputs = Kernel(law, names, form).run(batch)
        for name in names:
            values, known = outputs.column(name)
            assert known.all()
            if name in results:
                assert (values == results[name]).all(), f"{name}: the forms differ"
            results[name] = values
    return results


@pytest.mark.parametrize("rate", RATES)
def test_a_rate_at_its_boundaries(rate):
    exact = RATES[rate][1]
    rules = "".join(
        rule_text(
            f"r_{word.lower()}",
            f"amount: Money, {rate}: Rate",
            f"amount * {rate}",
            f", rounding=Rounding.{word}",
        )
        for word in ROUNDINGS
    )
    law = book(rules).on("2024-07-01")
    names = [f"r_{word.lower()}" for word in ROUNDINGS]
    for word, (way, multiple) in ROUNDINGS.items():
        name = f"r_{word.lower()}"
        amounts = boundary_amounts(exact, multiple)
        assert len(amounts) > 1_000
        wanted = [way(exact * int(amount) / multiple) * multiple for amount in amounts]
        found = columns(law, names, amounts)[name]
        wrong = [
            (int(amount), int(value), right)
            for amount, value, right in zip(amounts, found, wanted, strict=True)
            if value != right
        ]
        assert not wrong, f"{name}: {wrong[:3]}"
        for place in range(0, len(amounts), 97):
            household = HouseholdFacts("h", {"amount": int(amounts[place])}, [{}])
            assert law.evaluate(household, [name])[name] == wanted[place]


def test_the_amounts_are_chosen_so_that_floats_slip():
    """Rates written as decimal floats give other results on these very amounts."""
    slips = 0
    for text, exact in RATES.values():
        amounts = boundary_amounts(exact, 1)
        as_float = float(exact)
        slips += sum(math.floor(int(a) * as_float) != math.floor(int(a) * exact) for a in amounts)
        assert text
    assert slips > 100


def test_comparisons_with_a_share_are_exact():
    """Equal means equal: 85 % of a line is neither above nor below itself."""
    rules = (
        '\n\n@rule(entity=HOUSEHOLD, label=L, citation="c")\n'
        "def below(amount: Money, tax: Rate, line: Money) -> bool:\n    return amount * tax < line * tax\n"
        '\n\n@rule(entity=HOUSEHOLD, label=L, citation="c")\n'
        "def equal(amount: Money, thirds: Rate, line: Money) -> bool:\n"
        "    return amount * thirds == line * 2 / 3\n"
    )
    line = 2_228_445
    more = (
        "line: {label: {ko: 선, en: line}, unit: money/month, citation: c, values: "
        f"{{2020-01-01: {{value: {line}, status: official, source: s}}}}}}\n"
    )
    law = book(rules, more=more).on("2024-07-01")
    amounts = np.array([line - 1, line, line + 1, 0, MOST])
    found = columns(law, ["below", "equal"], amounts)
    assert found["below"].tolist() == [1, 0, 0, 1, 0]
    assert found["equal"].tolist() == [0, 1, 0, 0, 0]


def test_products_past_2_to_the_53_are_integers():
    """Two rates in one rule: numerators up to 6e16, which only 64-bit integers hold."""
    product = "amount * tax * monthly"
    head = ", rounding=Rounding.NEAREST"
    rules = rule_text(
        "z", "amount: Money, tax: Rate, monthly: Rate", f"{product} / 7 + {product}", head
    )
    few = {"tax": ("4.17%", Fraction(417, 10_000)), "monthly": ("1/100", Fraction(1, 100))}
    law = book(rules, rates=few).on("2024-07-01")
    assert Kernel(law, ["z"]).generated().integer_rules == ("z",)
    share = Fraction(417, 1_000_000) * Fraction(8, 7)
    amounts = boundary_amounts(share, 1)
    found = columns(law, ["z"], amounts)["z"]
    wanted = [math.floor(share * int(amount) + Fraction(1, 2)) for amount in amounts]
    assert found.tolist() == wanted


def test_rules_just_below_2_to_the_53_stay_exact_in_floats():
    rules = rule_text("z", "amount: Money, share: Rate", "amount * share", ", rounding=Rounding.UP")
    exact = Fraction(14_999, 15_000)
    law = book(rules, rates={"share": ("14999/15000", exact)}).on("2024-07-01")
    assert Kernel(law, ["z"]).generated().integer_rules == ()
    assert law.links.analyses["z"].largest > 2**51
    amounts = boundary_amounts(exact, 1)
    found = columns(law, ["z"], amounts)["z"]
    assert found.tolist() == [math.ceil(exact * int(amount)) for amount in amounts]


def test_brackets_at_their_thresholds():
    rules = rule_text(
        "z",
        "amount: Money, schedule: Schedule",
        "by_brackets(amount, schedule)",
        ", rounding=Rounding.DOWN",
    )
    thresholds = {0: "6%", 14_000_000: "15%", 50_000_000: "1/3", 880_000_000: "4.17%"}
    more = (
        "schedule: {label: {ko: 율, en: s}, unit: rate, brackets: true, citation: c, values: {2020-01-01: "
        "{value: {"
        + ", ".join(f"{k}: {v}" for k, v in thresholds.items())
        + "}, status: official, source: s}}}\n"
    )
    law = book(rules, more=more).on("2024-07-01")
    rates = [Fraction(6, 100), Fraction(15, 100), Fraction(1, 3), Fraction(417, 10_000)]
    starts = list(thresholds)
    amounts = sorted(
        {start + d for start in starts for d in (-1, 0, 1, 2, 99, 10_000)} | {MOST, MOST - 1}
    )
    amounts = np.array([amount for amount in amounts if amount >= 0])

    def taxed(amount):
        ends = [*starts[1:], None]
        total = Fraction(0)
        for start, end, rate in zip(starts, ends, rates, strict=True):
            top = amount if end is None else min(amount, end)
            total += max(top - start, 0) * rate
        return math.floor(total)

    assert columns(law, ["z"], amounts)["z"].tolist() == [taxed(int(a)) for a in amounts]


def test_a_sum_over_persons_that_could_pass_2_to_the_53():
    """Either such a law is refused when it is loaded, or the last won of the sum is right."""
    rules = """

@rule(entity=PERSON, period=MONTH, label=L, citation="c")
def much(income: Money) -> Money:
    return income * 90_000 - income


total = sum_over(HOUSEHOLD, "much", label=L)


@rule(entity=HOUSEHOLD, label=L, citation="c")
def ends_in_zero(total: Money) -> bool:
    return round_down(total, to=10) == total
"""
    try:
        law = book(rules).on("2024-07-01")
    except LawFault:
        return
    persons = [{"income": MOST}] * 11 + [{"income": MOST - 1}]
    made = HouseholdFacts("h", {}, [dict(person) for person in persons])
    exact = sum(person["income"] * 89_999 for person in persons)
    assert law.evaluate(made, ["total"])["total"] == exact
    for form in ("numpy", "numba"):
        outputs = Kernel(law, ["total", "ends_in_zero"], form).run(
            Batch.from_households(law, [made])
        )
        assert outputs.column("total")[0].tolist() == [exact], form
        assert outputs.column("ends_in_zero")[0].tolist() == [int(exact % 10 == 0)], form


def test_a_fact_whose_range_passes_2_to_the_53():
    """Either such a fact is refused when the law is loaded, or its last won arrives."""
    rules = (
        "\nhuge = fact(HOUSEHOLD, Money, period=MONTH, label=L, range=(0, 36_028_797_018_963_968))\n"
        '\n\n@rule(entity=HOUSEHOLD, label=L, citation="c")\n'
        "def ends_in_zero(huge: Money) -> bool:\n    return round_down(huge, to=10) == huge\n"
    )
    try:
        law = book(rules).on("2024-07-01")
    except LawFault:
        return
    made = HouseholdFacts("h", {"huge": 2**53 + 1}, [{}])
    for form in ("numpy", "numba"):
        batch = Batch.from_households(law, [made])
        outputs = Kernel(law, ["huge", "ends_in_zero"], form).run(batch)
        assert outputs.column("huge")[0].tolist() == [2**53 + 1], form
        assert outputs.column("ends_in_zero")[0].tolist() == [0], form
