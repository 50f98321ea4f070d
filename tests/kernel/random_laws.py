"""Random small laws as source text, valid by construction.

A law is made from a seed: facts and parameters of every kind, and layers of rules between which
persons are gathered. Every expression carries its bounds and the factors of its denominator, as the
engine's own analysis has them, and is rounded or cut off by a parameter before it could leave the
64-bit integers; some rules are let past 2**53 so that integer code is generated as well.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

LIMIT = 2**58
HIGHEST = 10**12
FACTORS = dict[str, tuple[int, int]]

RATES = {
    "r_odd": "4.17%",
    "r_thirds": "2/3",
    "r_month": "4%/12",
    "r_sevenths": "5/7",
    "r_large": "13/11",
    "r_whole": "1",
    "r_none": "0",
}
RATE_GAP = "r_gap"
CAPS = {"cap_small": 1_000, "cap_middle": 1_000_003, "cap_large": 10**9, "cap_high": HIGHEST}

HEAD = '''"""A random law."""

from donghaeng.rules import (
    HOUSEHOLD, MONTH, PERSON, POINT, YEAR, Count, Day, Enumeration, Money, Rate, Rounding, Schedule,
    Table, age_in_months, age_in_years, any_over, by_brackets, children_by, count_over, fact, max_over,
    min_over, months_between, of, of_oldest, per_month, relation, round_down, round_nearest, round_up,
    rule, sum_over, unit,
)

L = ("이름", "name")


class Colour(Enumeration):
    RED = "red", "빨강", "red"
    GREEN = "green", "초록", "green"
    BLUE = "blue", "파랑", "blue"


h_money = fact(HOUSEHOLD, Money, period=MONTH, label=L)
h_other = fact(HOUSEHOLD, Money, period=MONTH, label=L, default=7)
h_year = fact(HOUSEHOLD, Money, period=YEAR, label=L, range=(0, 10**9))
h_flag = fact(HOUSEHOLD, bool, label=L)
h_colour = fact(HOUSEHOLD, Colour, label=L)
h_count = fact(HOUSEHOLD, Count, label=L, range=(0, 9))
h_day = fact(HOUSEHOLD, Day, label=L, default="2022-07-01")
p_money = fact(PERSON, Money, period=MONTH, label=L)
p_year = fact(PERSON, Money, period=YEAR, label=L, range=(0, 10**9), default=0)
p_flag = fact(PERSON, bool, label=L)
p_other_flag = fact(PERSON, bool, label=L, default=False)
p_colour = fact(PERSON, Colour, label=L)
p_count = fact(PERSON, Count, label=L, range=(0, 40))
p_group = fact(PERSON, Count, label=L, range=(0, 2))
p_born = fact(PERSON, Day, label=L, range=(19000101, 20991231))
spouse = relation(label=L, symmetric=True)
parent = relation(label=L)
members = unit(member="p_flag")
groups = unit(number="p_group")
'''.replace("10**9", "1_000_000_000")

LAW = """label: {ko: 무작위, en: random}
first_day: 2020-01-01
last_day: 2025-12-31
"""


@dataclass(frozen=True)
class Made:
    """An expression: its text, kind, bounds and the factors of its denominator.

    ``dimension`` is ``money`` (of a month), ``year`` (money of a year) or empty for plain numbers.
    """

    text: str
    kind: str
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    dimension: str = ""
    factors: FACTORS = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.factors

    @property
    def size(self) -> Fraction:
        return max(abs(self.low), abs(self.high))

    def numerator(self, factors: FACTORS) -> Fraction:
        return self.size * _product(factors)


def _product(factors: FACTORS) -> int:
    return math.prod(size**power for size, power in factors.values())


def _common(parts: Sequence[Made]) -> FACTORS:
    result: FACTORS = {}
    for part in parts:
        for name, (size, power) in part.factors.items():
            result[name] = (size, max(power, result.get(name, (size, 0))[1]))
    return result


def _times(left: FACTORS, right: FACTORS) -> FACTORS:
    result = dict(left)
    for name, (size, power) in right.items():
        result[name] = (size, power + result.get(name, (size, 0))[1])
    return result


@dataclass(frozen=True)
class Variable:
    """A fact, rule or aggregation that later rules may use."""

    name: str
    entity: str
    kind: str
    low: int = 0
    high: int = 1
    dimension: str = ""

    @property
    def annotation(self) -> str:
        return {"money": "Money", "count": "Count", "flag": "bool", "day": "Day"}.get(
            self.kind, "Colour"
        )


FACTS = (
    Variable("h_money", "household", "money", 0, 10**11, "money"),
    Variable("h_other", "household", "money", 0, 10**11, "money"),
    Variable("h_year", "household", "money", 0, 10**9, "year"),
    Variable("h_flag", "household", "flag"),
    Variable("h_colour", "household", "choice", 0, 2),
    Variable("h_count", "household", "count", 0, 9),
    Variable("h_day", "household", "day"),
    Variable("p_money", "person", "money", 0, 10**11, "money"),
    Variable("p_year", "person", "money", 0, 10**9, "year"),
    Variable("p_flag", "person", "flag"),
    Variable("p_other_flag", "person", "flag"),
    Variable("p_colour", "person", "choice", 0, 2),
    Variable("p_count", "person", "count", 0, 40),
    Variable("p_group", "person", "count", 0, 2),
    Variable("p_born", "person", "day"),
)


@dataclass(frozen=True)
class RandomLaw:
    """Sources for a ``Book``, and the names of the rules."""

    seed: int
    sources: dict[str, str]
    rules: tuple[str, ...]


def random_law(seed: int, rules: int = 10, *, gaps: bool = True) -> RandomLaw:
    """The law of ``seed`` with ``rules`` rules; with ``gaps`` some parameters are declared unknown."""
    return _LawWriter(seed, rules, gaps).write()


class _LawWriter:
    def __init__(self, seed: int, rules: int, gaps: bool) -> None:
        self.seed, self.wanted, self.gaps = seed, rules, gaps
        self.chance = random.Random(seed)
        self.variables = list(FACTS)
        self.lines: list[str] = []
        self.names: list[str] = []

    def write(self) -> RandomLaw:
        for number in range(self.wanted):
            entity = self.chance.choice(("person", "person", "household"))
            self.rule(f"rule_{number}", entity)
            if self.chance.random() < 0.7:
                self.aggregation(f"gathered_{number}")
        text = HEAD + "\n".join(self.lines) + "\n"
        sources = {
            "random/rules.py": text,
            "random/p.yaml": self.parameters(),
            "random/law.yaml": LAW,
        }
        return RandomLaw(self.seed, sources, tuple(self.names))

    def parameters(self) -> str:
        chance = self.chance
        entries = []

        def add(name: str, unit: str, value: str, extra: str = "", gap: bool = False) -> None:
            status = "gap" if gap else "official"
            entries.append(
                f"{name}: {{label: {{ko: 값, en: value}}, unit: {unit}, citation: c{extra}, values: "
                f"{{2020-01-01: {{value: {value}, status: {status}, source: s}}}}}}\n"
            )

        for name, rate in RATES.items():
            add(name, "rate", rate)
        for name, cap in CAPS.items():
            add(name, "money/month", str(cap))
        add("n_base", "count", "3")
        add("f_on", "flag", "true")
        add("d_start", "day", "2020-02-29")
        add("c_default", "choice", "green")
        if self.gaps:
            add(RATE_GAP, "rate", "gap", gap=True)
            add("m_gap", "money/month", "gap", gap=True)
        cell = "gap" if self.gaps and chance.random() < 0.6 else "2001"
        add(
            "t_one",
            "money/month",
            f"{{0: 0, 1: 999, 2: {cell}, 3: 5000, 4: 70001}}",
            ", keys: {n: [0, 4]}",
        )
        cell = "gap" if self.gaps and chance.random() < 0.6 else "1/7"
        rows = (
            f"{{red: {{1: 5%, 2: {cell}, 3: 2/3}}, green: {{1: 0, 2: 1, 3: 4.17%}}, "
            "blue: {1: 3/11, 2: 1/9, 3: 30%}}"
        )
        add("t_two", "rate", rows, ", keys: {c: [red, green, blue], n: [1, 3]}")
        cell = "gap" if self.gaps and chance.random() < 0.6 else "13"
        add(
            "t_count",
            "count",
            f"{{red: 2, green: {cell}, blue: 0}}",
            ", keys: {c: [red, green, blue]}",
        )
        add("s_tax", "rate", "{0: 6%, 1000: 15%, 5000: 1/3, 1000000: 4.17%}", ", brackets: true")
        if self.gaps:
            add("s_gap", "rate", "gap", ", brackets: true", gap=True)
        return "".join(entries)

    # Aggregations

    def aggregation(self, name: str) -> None:
        chance = self.chance
        source = chance.choice([v for v in self.variables if v.entity == "person"])
        groups = ("HOUSEHOLD", "members", "groups", 'children_by("parent")', "spouse")
        over = chance.choice(groups)
        if over == "spouse":
            operation = "of"
        elif source.kind == "money":
            operation = chance.choice(
                ("sum_over", "sum_over", "max_over", "min_over", "of_oldest", "count")
            )
        elif source.kind == "count":
            operation = chance.choice(("sum_over", "max_over", "min_over", "of_oldest"))
        elif source.kind == "flag":
            operation = chance.choice(("any_over", "count_over"))
        else:
            operation = "of_oldest"
        household = over in ("HOUSEHOLD", "members")
        if operation == "of_oldest" and not household:
            household, over = True, chance.choice(("HOUSEHOLD", "members"))
        entity = "household" if household else "person"
        made = replace(source, name=name, entity=entity)
        period = (
            f", period={'YEAR' if source.dimension == 'year' else 'MONTH'}"
            if source.kind == "money"
            else ""
        )
        kind = f", value_type={source.annotation}" if source.kind != "money" else ""
        if source.kind == "count" and operation == "sum_over":
            period = ", period=POINT"
        if operation == "count":
            self.lines.append(f"{name} = count_over({over}, label=L)")
            made = Variable(name, entity, "count", 0, 60)
        elif operation in ("any_over", "count_over"):
            self.lines.append(f'{name} = {operation}({over}, "{source.name}", label=L)')
            if operation == "count_over":
                made = Variable(name, entity, "count", 0, 60)
        elif operation in ("of", "of_oldest"):
            nobody = {"money": "3", "count": "1", "flag": "True", "choice": "Colour.BLUE"}.get(
                source.kind
            )
            if nobody is None:  # a law file cannot write a day
                return
            born = ', born="p_born"' if operation == "of_oldest" else ""
            self.lines.append(
                f'{name} = {operation}({over}, "{source.name}"{born}, otherwise={nobody}, label=L{period}{kind})'
            )
            made = replace(made, low=min(made.low, 0), high=max(made.high, 3))
        else:
            if operation == "sum_over":
                made = replace(made, low=min(60 * made.low, 0), high=max(60 * made.high, 0))
            else:
                made = replace(made, low=min(made.low, 0), high=max(made.high, 0))
            self.lines.append(
                f'{name} = {operation}({over}, "{source.name}", label=L{period}{kind})'
            )
        self.variables.append(made)

    # Rules

    def rule(self, name: str, entity: str) -> None:
        kind = self.chance.choice(("money", "money", "money", "count", "flag", "day", "choice"))
        usable = [v for v in self.variables if entity == "person" or v.entity == "household"]
        body = _RuleWriter(self.chance, usable, self.gaps)
        made = body.rule(kind)
        arguments = ", ".join(f"{n}: {t}" for n, t in sorted(body.arguments.items()))
        period = ", period=MONTH" if kind == "money" else ""
        rounding = f", rounding=Rounding.{body.rounding}" if body.rounding else ""
        self.lines += [
            "",
            f'@rule(entity={entity.upper()}{period}, label=L, citation="c"{rounding})',
            f"def {name}({arguments}) -> {Variable('', '', kind).annotation}:",
            *(f"    {line}" for line in body.lines),
            "",
        ]
        self.names.append(name)
        self.variables.append(replace(made, name=name, entity=entity))


class _RuleWriter:
    """Writes the body of one rule."""

    def __init__(self, chance: random.Random, usable: Sequence[Variable], gaps: bool) -> None:
        self.chance = chance
        self.usable = usable
        self.gaps = gaps
        self.arguments: dict[str, str] = {}
        self.lines: list[str] = []
        self.locals: list[Made] = []
        self.rounding = ""
        self.atoms = 0
        # The rates of one rule share a denominator; few rates keep it small.
        self.rates = chance.sample(list(RATES), chance.choice((1, 1, 2)))
        self.tables = chance.random() < 0.4
        self.brackets = chance.random() < 0.3

    def denominator(self) -> int:
        """More than the common denominator of the rates that this rule may name."""
        parts = {"r_odd": 10_000, "r_thirds": 3, "r_month": 300, "r_sevenths": 7, "r_large": 11}
        size = math.lcm(*(parts.get(rate, 1) for rate in self.rates))
        if self.tables:
            size = math.lcm(size, 20 * 7 * 3 * 10_000 * 11 * 9)
        if self.brackets:
            size = math.lcm(size, 100 * 3 * 10_000)
        return size

    # Statements

    def rule(self, kind: str) -> Variable:
        chance = self.chance
        for number in range(chance.randint(0, 3)):
            made = self.expression(chance.choice(("money", "count", "flag", kind)), 2)
            self.assign(f"a{number}", made)
        results: list[Made] = []
        if chance.random() < 0.5:
            results.append(self.branching(kind))
        if chance.random() < 0.5:
            condition = self.flag(2)
            early = self.returnable(self.expression(kind, 2))
            self.lines += [f"if {condition.text}:", f"    return {early.text}"]
            results.append(early)
        last = self.expression(kind, 3)
        last = self.returnable(last) if results else self.bounded(last)
        self.lines.append(f"return {last.text}")
        results.append(last)
        return self.finish(kind, results)

    def finish(self, kind: str, results: Sequence[Made]) -> Variable:
        low = math.floor(min(made.low for made in results)) - 1_000
        high = math.ceil(max(made.high for made in results)) + 1_000
        if kind == "money":
            if any(not made.whole for made in results) or self.chance.random() < 0.4:
                self.rounding = self.chance.choice(
                    (
                        "DOWN",
                        "NEAREST",
                        "UP",
                        "DOWN_10",
                        "NEAREST_10",
                        "UP_10",
                        "DOWN_1000",
                        "UP_100",
                    )
                )
            return Variable("", "", kind, low, high, "money")
        return (
            Variable("", "", kind, low, high) if kind == "count" else Variable("", "", kind, 0, 2)
        )

    def branching(self, kind: str) -> Made:
        """If / elif / else that gives one local a value on every way, and perhaps returns on one."""
        first, second = self.flag(2), self.flag(1)
        ways = [self.returnable(self.expression(kind, 2)) for _ in range(3)]
        returns = self.chance.randrange(6)
        self.lines.append("branched = " + ways[2].text)
        for number, (head, way) in enumerate(
            zip((f"if {first.text}:", f"elif {second.text}:", "else:"), ways, strict=True)
        ):
            verb = "return" if number == returns else "branched ="
            self.lines += [head, f"    {verb} {way.text}"]
        joined = replace(
            ways[0],
            text="branched",
            low=min(way.low for way in ways),
            high=max(way.high for way in ways),
            factors=_common(ways),
        )
        self.locals.append(joined)
        if kind == "money" and self.chance.random() < 0.5:
            more = self.returnable(self.expression("money", 1))
            if (joined.size + more.size) * _product(_common([joined, more])) < LIMIT:
                self.lines.append(f"branched {self.chance.choice('+-')}= {more.text}")
                both = joined.size + more.size
                joined = replace(joined, low=-both, high=both, factors=_common([joined, more]))
                self.locals[-1] = joined
        return joined

    def assign(self, name: str, made: Made) -> None:
        self.lines.append(f"{name} = {made.text}")
        self.locals.append(replace(made, text=name))

    def returnable(self, made: Made) -> Made:
        """Bounded, and of a denominator that stays small beside those of other ways."""
        made = self.bounded(made)
        return (
            made
            if HIGHEST * _product(made.factors) ** 3 < LIMIT
            else self.bounded(self.reduced(made))
        )

    def bounded(self, made: Made) -> Made:
        """Within what a rule may return."""
        if made.kind == "money" and made.size > HIGHEST:
            made = self.reduced(made)
            cap = self.argument("cap_high", "Money")
            text = f"min(max({made.text}, 0 - {cap}), {cap})"
            low, high = max(made.low, Fraction(-HIGHEST)), min(made.high, Fraction(HIGHEST))
            return replace(made, text=text, low=min(low, high), high=max(high, low))
        if made.kind == "count" and made.size > 10**6:
            text = f"min(max({made.text}, -1000), 1000)"
            return replace(made, text=text, low=Fraction(-1000), high=Fraction(1000))
        return made

    # Expressions

    def argument(self, name: str, annotation: str) -> str:
        self.arguments[name] = annotation
        return name

    def expression(self, kind: str, depth: int) -> Made:
        """An expression of ``kind``; ``depth`` bounds how far it nests."""
        makers: dict[str, Callable[[int], Made]] = {
            "money": self.money,
            "count": self.count,
            "flag": self.flag,
            "day": self.day,
            "choice": self.choice,
        }
        return makers[kind](depth)

    def leaf(self, kind: str, dimension: str = "") -> Made | None:
        """A local name, fact or variable of the kind."""
        everything: list[Made | Variable] = [*self.locals, *self.usable]
        options = [each for each in everything if each.kind == kind and each.dimension == dimension]
        if not options:
            return None
        chosen = self.chance.choice(options)
        if isinstance(chosen, Made):
            return chosen
        name = self.argument(chosen.name, chosen.annotation)
        return Made(name, kind, Fraction(chosen.low), Fraction(chosen.high), dimension)

    def money(self, depth: int) -> Made:
        chance = self.chance
        if depth == 0:
            found = self.leaf("money", "money") if chance.random() < 0.8 else None
            if found is not None:
                return found
            if self.gaps and chance.random() < 0.1:
                return Made(
                    self.argument("m_gap", "Money"), "money", Fraction(0), Fraction(0), "money"
                )
            name, value = chance.choice(list(CAPS.items()))
            return Made(
                self.argument(name, "Money"), "money", Fraction(value), Fraction(value), "money"
            )
        makers = [
            self.sum,
            self.sum,
            self.by_rate,
            self.by_rate,
            self.divided,
            self.extreme,
            self.ternary,
            self.rounded,
            self.by_count,
            self.of_year,
        ]
        if self.tables:
            makers += [self.from_table, self.by_table]
        if self.brackets:
            makers.append(self.taxed)
        return chance.choice(makers)(depth - 1)

    def round_text(self, text: str) -> str:
        function = self.chance.choice(("round_down", "round_up", "round_nearest"))
        to = self.chance.choice(("", "", ", to=10", ", to=7", ", 100"))
        return f"{function}({text}{to})"

    def reduced(self, made: Made) -> Made:
        """Rounded, so that it has no denominator any more."""
        if made.whole:
            return made
        return replace(
            made,
            text=self.round_text(made.text),
            low=made.low - 101,
            high=made.high + 101,
            factors={},
        )

    def cut(self, made: Made, cap: str) -> Made:
        made = self.reduced(made)
        value = Fraction(CAPS[cap])
        name = self.argument(cap, "Money")
        text = f"min(max({made.text}, 0), {name})"
        high = min(max(made.high, Fraction(0)), value)
        return replace(made, text=text, low=Fraction(0), high=high)

    def together(self, parts: Sequence[Made]) -> tuple[list[Made], FACTORS]:
        """The parts over one denominator that stays small enough."""
        factors = _common(parts)
        if sum(part.numerator(factors) for part in parts) > LIMIT:
            parts = [self.reduced(part) for part in parts]
            factors = {}
        return list(parts), factors

    def product(self, left: Made, right: Made) -> tuple[Made, Made, FACTORS]:
        """Money and a plain number whose product stays small enough."""
        if left.size * right.size * _product(_times(left.factors, right.factors)) > LIMIT:
            left = self.reduced(left)
        for cap in ("cap_high", "cap_large", "cap_middle", "cap_small"):
            if left.size * right.size * _product(_times(left.factors, right.factors)) <= LIMIT:
                break
            left = self.cut(left, cap)
        return left, right, _times(left.factors, right.factors)

    def sum(self, depth: int) -> Made:
        (left, right), factors = self.together([self.money(depth), self.money(depth)])
        if self.chance.random() < 0.5:
            return Made(
                f"({left.text} + {right.text})",
                "money",
                left.low + right.low,
                left.high + right.high,
                "money",
                factors,
            )
        return Made(
            f"({left.text} - {right.text})",
            "money",
            left.low - right.high,
            left.high - right.low,
            "money",
            factors,
        )

    def multiplied(self, left: Made, right: Made) -> Made:
        left, right, factors = self.product(left, right)
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        texts = [left.text, right.text]
        self.chance.shuffle(texts)
        return Made(
            f"({texts[0]} * {texts[1]})", "money", min(corners), max(corners), "money", factors
        )

    def rate(self) -> Made:
        if self.gaps and self.chance.random() < 0.08:
            name, value = self.argument(RATE_GAP, "Rate"), Fraction(0)
        else:
            name = self.argument(self.chance.choice(self.rates), "Rate")
            value = Fraction(1, 300) if name == "r_month" else _fraction(RATES[name])
        return Made(name, "rate", value, value, "", {"rates": (self.denominator(), 1)})

    def by_rate(self, depth: int) -> Made:
        return self.multiplied(self.money(depth), self.rate())

    def by_count(self, depth: int) -> Made:
        return self.multiplied(self.money(depth), self.count(0))

    def by_table(self, depth: int) -> Made:
        key = self.between(self.key(), 1, 3)
        table = self.argument("t_two", "Table")
        factors: FACTORS = {"rates": (self.denominator(), 1)}
        cell = Made(
            f"{table}[{self.choice(0).text}, {key}]", "rate", Fraction(0), Fraction(1), "", factors
        )
        return self.multiplied(self.money(depth), cell)

    def divided(self, depth: int) -> Made:
        """Divided by a literal, or by a count that is one at least."""
        made = self.money(depth)
        if self.chance.random() < 0.6:
            literal = self.chance.choice((2, 3, 7, 12, 49))
            divisor, size, atom = str(literal), literal, str(literal)
            least = Fraction(literal)
        else:
            count = self.count(0)
            self.atoms += 1
            high = int(max(count.high, Fraction(1))) + 1
            text = (
                f"(1 + max({count.text}, 0))"
                if self.chance.random() < 0.5
                else f"max({count.text}, 1)"
            )
            divisor, size, atom, least = text, high, f"divisor {self.atoms}", Fraction(1)
        factors = _times(made.factors, {atom: (size, 1)})
        if made.size * _product(factors) > LIMIT:
            made = self.reduced(made)
            factors = {atom: (size, 1)}
        for cap in ("cap_high", "cap_large", "cap_middle"):
            if made.size * _product(factors) > LIMIT:
                made = self.cut(made, cap)
        bound = made.size / least
        low = Fraction(0) if made.low >= 0 else -bound
        return Made(f"({made.text} / {divisor})", "money", low, bound, "money", factors)

    def extreme(self, depth: int) -> Made:
        parts, factors = self.together(
            [self.money(depth) for _ in range(self.chance.choice((2, 2, 3)))]
        )
        word = self.chance.choice(("min", "max"))
        pick = min if word == "min" else max
        text = f"{word}({', '.join(part.text for part in parts)})"
        return Made(
            text, "money", pick(p.low for p in parts), pick(p.high for p in parts), "money", factors
        )

    def ternary(self, depth: int) -> Made:
        condition = self.flag(1)
        (left, right), factors = self.together([self.money(depth), self.money(depth)])
        text = f"({left.text} if {condition.text} else {right.text})"
        low, high = min(left.low, right.low), max(left.high, right.high)
        return Made(text, "money", low, high, "money", factors)

    def rounded(self, depth: int) -> Made:
        made = self.money(depth)
        return replace(
            made,
            text=self.round_text(made.text),
            low=made.low - 101,
            high=made.high + 101,
            factors={},
        )

    def of_year(self, depth: int) -> Made:
        made = self.leaf("money", "year")
        if made is None or made.size * 12 > LIMIT:
            return self.money(depth)
        return Made(
            f"per_month({made.text})",
            "money",
            made.low / 12,
            made.high / 12,
            "money",
            {"12": (12, 1)},
        )

    def from_table(self, depth: int) -> Made:
        key = self.between(self.key(), 0, 4)
        table = self.argument("t_one", "Table")
        return Made(f"{table}[{key}]", "money", Fraction(0), Fraction(70_001), "money")

    def taxed(self, depth: int) -> Made:
        amount = self.cut(self.money(depth), "cap_large")
        if self.gaps and self.chance.random() < 0.1:
            schedule = self.argument("s_gap", "Schedule")
        else:
            schedule = self.argument("s_tax", "Schedule")
        bound = (amount.size + 1_000_000) * 2
        factors = _times(amount.factors, {"rates": (self.denominator(), 1)})
        return Made(
            f"by_brackets({amount.text}, {schedule})", "money", -bound, bound, "money", factors
        )

    # Counts, flags, days, choices

    def key(self) -> Made:
        """A count that is a variable, as the key of a table must be."""
        found = self.chance.choice([each for each in self.usable if each.kind == "count"])
        name = self.argument(found.name, found.annotation)
        return Made(name, "count", Fraction(found.low), Fraction(found.high))

    def between(self, made: Made, low: int, high: int) -> str:
        return f"min(max({made.text}, {low}), {high})"

    def count(self, depth: int) -> Made:
        chance = self.chance
        if depth <= 0:
            found = self.leaf("count") if chance.random() < 0.8 else None
            if found is None or found.size > 10**6:
                if chance.random() < 0.5:
                    return Made(self.argument("n_base", "Count"), "count", Fraction(3), Fraction(3))
                number = chance.choice((0, 1, 2, 7))
                return Made(str(number), "count", Fraction(number), Fraction(number))
            return found
        pick = chance.randrange(5)
        if pick == 0:
            left, right = self.count(depth - 1), self.count(depth - 1)
            if left.size * right.size < 10**6:
                corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
                return Made(f"({left.text} * {right.text})", "count", min(corners), max(corners))
        if pick == 1:
            function = chance.choice(("age_in_years", "age_in_months", "months_between"))
            bound = Fraction(400 if function == "age_in_years" else 4_800)
            text = f"{function}({self.day(0).text}, {self.day(0).text})"
            return Made(text, "count", -bound, bound)
        if pick == 2 and self.tables:
            table = self.argument("t_count", "Table")
            return Made(f"{table}[{self.choice(0).text}]", "count", Fraction(0), Fraction(13))
        if pick == 3:
            inner = self.count(depth - 1)
            text = f"{chance.choice(('round_down', 'round_up', 'round_nearest'))}({inner.text} / 7)"
            return Made(text, "count", (inner.low - 7) / 7, (inner.high + 7) / 7)
        left, right = self.count(depth - 1), self.count(depth - 1)
        return Made(
            f"({left.text} - {right.text})", "count", left.low - right.high, left.high - right.low
        )

    def flag(self, depth: int) -> Made:
        chance = self.chance
        if depth <= 0:
            found = self.leaf("flag") if chance.random() < 0.9 else None
            if found is not None:
                return found
            return Made(self.argument("f_on", "bool"), "flag")
        pick = chance.randrange(7)
        operator = chance.choice(("<", "<=", ">", ">=", "==", "!="))
        if pick < 2:
            (left, right), _ = self.together([self.money(depth - 1), self.money(0)])
            return Made(f"({left.text} {operator} {right.text})", "flag")
        if pick == 2:
            return Made(f"({self.count(1).text} {operator} {self.count(0).text})", "flag")
        if pick == 3:
            return Made(f"({self.day(0).text} {operator} {self.day(0).text})", "flag")
        if pick == 4:
            word = chance.choice(("==", "!="))
            member = chance.choice(("Colour.RED", "Colour.GREEN", "Colour.BLUE"))
            if chance.random() < 0.3:
                return Made(f"({self.choice(0).text} in (Colour.RED, {member}))", "flag")
            return Made(f"({self.choice(0).text} {word} {member})", "flag")
        if pick == 5:
            return Made(f"(not {self.flag(depth - 1).text})", "flag")
        word = chance.choice(("and", "or"))
        return Made(f"({self.flag(depth - 1).text} {word} {self.flag(depth - 1).text})", "flag")

    def day(self, depth: int) -> Made:
        chance = self.chance
        if depth <= 0:
            found = self.leaf("day") if chance.random() < 0.6 else None
            if found is not None:
                return found
            return Made(self.argument(chance.choice(("d_start", "assessment_day")), "Day"), "day")
        left, right = self.day(depth - 1), self.day(depth - 1)
        if chance.random() < 0.5:
            return Made(f"({left.text} if {self.flag(1).text} else {right.text})", "day")
        return Made(f"{chance.choice(('min', 'max'))}({left.text}, {right.text})", "day")

    def choice(self, depth: int) -> Made:
        chance = self.chance
        if depth <= 0:
            found = self.leaf("choice") if chance.random() < 0.7 else None
            if found is not None:
                return found
            if chance.random() < 0.5:
                return Made(self.argument("c_default", "Colour"), "choice", high=Fraction(2))
            return Made(chance.choice(("Colour.RED", "Colour.BLUE")), "choice", high=Fraction(2))
        text = f"({self.choice(0).text} if {self.flag(1).text} else {self.choice(depth - 1).text})"
        return Made(text, "choice", high=Fraction(2))


def _fraction(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
