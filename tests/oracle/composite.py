"""A composite index once more, in plain Python: the conventions of COINr 1.1.14, one figure at a time.

Written from the conventions alone (facts on COINr, §8), without arrays, and sharing nothing with the
package that it checks. A column is a list with None for what is missing; a table maps codes to columns.
Rows are units at a period, sorted by period and then by unit (C locale).
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import fmean, stdev

Cell = float | None
Column = list[Cell]
Table = dict[str, Column]
Middle = Callable[[list[float]], float]


# ---- the two tables ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Indicator:
    code: str
    parent: str
    direction: int
    weight: float
    target: float | None
    denominator: str | None
    scale: float


@dataclass(frozen=True)
class Aggregate:
    code: str
    parent: str | None
    weight: float
    level: int


@dataclass(frozen=True)
class Structure:
    """Indicators by level, then by parent; aggregates by level, then by code."""

    indicators: tuple[Indicator, ...]
    aggregates: tuple[Aggregate, ...]
    groups: tuple[str, ...]

    def children(self, parent: str) -> list[Indicator | Aggregate]:
        everything = [*self.indicators, *self.aggregates]
        return [each for each in everything if each.parent == parent]

    def ancestor(self, indicator: Indicator, level: int) -> str:
        """The node at a level (2 is the parent) above an indicator."""
        parents = {each.code: each.parent for each in self.aggregates}
        levels = {each.code: each.level for each in self.aggregates}
        code = indicator.parent
        while levels[code] < level:
            code = parents[code] or code
        return code

    def turned(self) -> Structure:
        """The same with every direction turned round."""
        turned = tuple(replace(each, direction=-each.direction) for each in self.indicators)
        return replace(self, indicators=turned)

    def weighted(self, weights: dict[str, float]) -> Structure:
        """The same with other weights."""
        indicators = tuple(
            replace(each, weight=weights.get(each.code, each.weight)) for each in self.indicators
        )
        aggregates = tuple(
            replace(each, weight=weights.get(each.code, each.weight)) for each in self.aggregates
        )
        return replace(self, indicators=indicators, aggregates=aggregates)

    def without(self, *codes: str) -> Structure:
        """The same with some indicators dropped."""
        kept = tuple(each for each in self.indicators if each.code not in codes)
        return replace(self, indicators=kept)


@dataclass(frozen=True)
class Data:
    rows: tuple[tuple[str, str], ...]
    columns: Table
    groups: dict[str, list[str | None]]

    @property
    def units(self) -> list[str]:
        return [unit for unit, _ in self.rows]

    @property
    def periods(self) -> list[str]:
        return [period for _, period in self.rows]


def read_structure(file: Path) -> Structure:
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    indicators = sorted(
        (row for row in rows if row["Type"] == "Indicator"),
        key=lambda row: (row["Level"], row["Parent"]),
    )
    aggregates = sorted(
        (row for row in rows if row["Type"] == "Aggregate"),
        key=lambda row: (row["Level"], row["iCode"]),
    )
    return Structure(
        tuple(
            Indicator(
                row["iCode"],
                row["Parent"],
                int(row["Direction"]),
                float(row["Weight"]),
                number(row["Target"]),
                None if row["Denominator"] == "NA" else row["Denominator"],
                number(row.get("ScaleFactor", "NA")) or 1.0,
            )
            for row in indicators
        ),
        tuple(
            Aggregate(
                row["iCode"],
                None if row["Parent"] == "NA" else row["Parent"],
                float(row["Weight"]),
                int(row["Level"]),
            )
            for row in aggregates
        ),
        tuple(row["iCode"] for row in rows if row["Type"] == "Group"),
    )


def read_data(file: Path, structure: Structure) -> Data:
    with file.open(encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: (row["Time"], row["uCode"]))
    words = {"uName", "uCode", "Time", *structure.groups}
    return Data(
        tuple((row["uCode"], row["Time"]) for row in rows),
        {code: [number(row[code]) for row in rows] for code in rows[0] if code not in words},
        {
            group: [None if row[group] == "NA" else row[group] for row in rows]
            for group in structure.groups
        },
    )


def number(text: str) -> Cell:
    return None if text == "NA" else float(text)


def present(column: Sequence[Cell]) -> list[float]:
    return [x for x in column if x is not None]


def filled_with(column: Column, x: Cell) -> Column:
    return [x if each is None else each for each in column]


def group_by_group(
    work: Callable[[Column], Column], column: Column, groups: Sequence[str | None]
) -> Column:
    """``work`` on the rows of each group by itself; rows in no group stay as they are."""
    done = list(column)
    for group in {each for each in groups if each is not None}:
        rows = [row for row, own in enumerate(groups) if own == group]
        for row, x in zip(rows, work([column[row] for row in rows]), strict=True):
            done[row] = x
    return done


# ---- denominate, impute, screen (points 2 to 4) ------------------------------------------------------


def denominate(data: Data, structure: Structure) -> Table:
    """Each figure is x / (denominator / ScaleFactor)."""
    table: Table = {}
    for each in structure.indicators:
        column = data.columns[each.code]
        if each.denominator is not None:
            below = data.columns[each.denominator]
            column = [
                None if x is None or d is None else x / (d / each.scale)
                for x, d in zip(column, below, strict=True)
            ]
        table[each.code] = column
    return table


def impute(column: Column, middle: Middle = fmean) -> Column:
    """By the mean or median of the column; an empty one is left."""
    known = present(column)
    return filled_with(column, middle(known)) if known else column


def impute_rows(table: Table, structure: Structure, level: int, middle: Middle) -> Table:
    """By the unit's other indicators under the same node of a level, each laid on 0 to 1 with its direction."""
    done = {code: list(column) for code, column in table.items()}
    families: dict[str, list[Indicator]] = {}
    for each in structure.indicators:
        families.setdefault(structure.ancestor(each, level), []).append(each)
    for family in families.values():
        faced = {
            each.code: [None if x is None else x * each.direction for x in table[each.code]]
            for each in family
        }
        ends = {code: (min(present(c)), max(present(c))) for code, c in faced.items()}
        for row in range(len(next(iter(table.values())))):
            known = []
            for code, (low, high) in ends.items():
                x = faced[code][row]
                if x is not None:
                    known.append((x - low) / (high - low))
            for each in family:
                if table[each.code][row] is None and known:
                    low, high = ends[each.code]
                    there = middle(known) * (high - low) + low
                    done[each.code][row] = there * each.direction
    return done


def impute_series(column: Column, data: Data, way: str) -> Column:
    """latest: the last value before. constant: the same, at the start the first one. linear: between them."""
    done = list(column)
    for unit in sorted(set(data.units)):
        rows = [row for row, own in enumerate(data.units) if own == unit]
        known = [(int(data.periods[row]), column[row]) for row in rows if column[row] is not None]
        for row in rows:
            if column[row] is None:
                done[row] = between(int(data.periods[row]), known, way)  # type: ignore[arg-type]
    return done


def between(year: int, known: list[tuple[int, float]], way: str) -> Cell:
    before = [each for each in known if each[0] < year]
    after = [each for each in known if each[0] > year]
    if way == "latest":
        return before[-1][1] if before else None
    if not known:
        return None
    if not before or not after:
        return (before[-1] if before else after[0])[1]
    (first, low), (last, high) = before[-1], after[0]
    return low if way == "constant" else low + (high - low) * (year - first) / (last - first)


def availability(table: Table, row: int) -> float:
    missing = sum(column[row] is None for column in table.values())
    return 1 - missing / len(table)


def nonzero(table: Table, row: int) -> float:
    known = present([column[row] for column in table.values()])
    return 1 - known.count(0.0) / len(known)


def screen(table: Table, keep: Callable[[int], bool]) -> Table:
    """A unit that is out loses every figure."""
    rows = range(len(next(iter(table.values()))))
    kept = [keep(row) for row in rows]
    return {
        code: [column[row] if kept[row] else None for row in rows] for code, column in table.items()
    }


# ---- outliers (points 5 and 6) ----------------------------------------------------------------------


def skewness(known: list[float]) -> float | None:
    n = len(known)
    if n < 3 or len(set(known)) == 1:
        return None
    mean = math.fsum(known) / n
    squares, cubes = (math.fsum((x - mean) ** k for x in known) for k in (2, 3))
    return math.sqrt(n) * cubes / squares**1.5 * math.sqrt(n * (n - 1)) / (n - 2)


def kurtosis(known: list[float]) -> float | None:
    n = len(known)
    if n < 4 or len(set(known)) == 1:
        return None
    mean = math.fsum(known) / n
    squares, fourths = (math.fsum((x - mean) ** k for x in known) for k in (2, 4))
    excess = n * fourths / squares**2 - 3
    return ((n + 1) * excess + 6) * (n - 1) / ((n - 2) * (n - 3))


def passes(column: Column, skew_limit: float = 2.0, kurt_limit: float = 3.5) -> bool | None:
    skew, kurt = skewness(present(column)), kurtosis(present(column))
    if skew is None or kurt is None:
        return None
    return abs(skew) < skew_limit or kurt < kurt_limit


def winsorise(column: Column, most: int = 5, limits: tuple[float, float] = (2.0, 3.5)) -> Column:
    """Ties at an end move together; the count is that of the latest ties at either end."""
    done = list(column)
    top: list[int] = []
    bottom: list[int] = []
    while passes(done, *limits) is False and len(top) + len(bottom) < most:
        known = present(done)
        skew = skewness(known)
        if skew is not None and skew >= 0:
            end = max(known)
            top = [row for row, x in enumerate(done) if x == end]
            rest, moved = max(x for x in known if x < end), top
        else:
            end = min(known)
            bottom = [row for row, x in enumerate(done) if x == end]
            rest, moved = min(x for x in known if x > end), bottom
        for row in moved:
            done[row] = rest
    return done


def transformed(column: Column, way: str, power: float = 0.0) -> Column:
    """The log family and Box-Cox."""
    known = present(column)
    low, high = min(known), max(known)
    part = 0.01 * (high - low)
    rising = (skewness(known) or 0.0) > 0

    def one(x: float) -> float:
        if way == "log_shift_plus" and not rising:
            return -math.log(high + part - x)
        if way in ("log_shift", "log_shift_plus"):
            return math.log(x - low + part)
        if way == "log":
            return math.log(x - low + 1)
        if way == "log_gii":  # as its help has it; COINr's function gives back what came
            return math.log((high - 1) * (x - low) / (high - low) + 1)
        above = x - low + 1
        return math.log(above) if power == 0 else (above**power - 1) / power

    return [None if x is None else one(x) for x in column]


def treat(
    column: Column,
    most: int = 5,
    limits: tuple[float, float] = (2.0, 3.5),
    way: str = "log_shift",
    power: float = 0.0,
    combined: bool = False,
) -> Column:
    if passes(column, *limits) is not False:
        return column
    drawn = winsorise(column, most, limits)
    if passes(drawn, *limits) or way == "none":
        return drawn
    source = drawn if combined else column
    if way == "log_gii" and not max(present(source)) > 1:
        return column  # the formula would turn the order round
    return transformed(source, way, power)


# ---- normalisation (point 7) ------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """What stands beside an indicator: goalposts, target, row of the reference."""

    lower: float = 0.0
    upper: float = 1.0
    target: float = 0.0
    reference: int = 0


def normalise(column: Column, direction: int, way: str, given: Given, **told: float) -> Column:
    faced = [None if x is None else x * direction for x in column]
    known = sorted(present(faced))
    low, high = known[0], known[-1]
    middle = fmean(known)
    spread = stdev(known) if way == "z_score" else 0.0

    def one(x: float) -> float:
        if way == "min_max":
            least, most = told.get("low", 0.0), told.get("high", 100.0)
            return (x - low) / (high - low) * (most - least) + least
        if way == "z_score":
            score = (x - middle) / spread
            return score * told.get("deviation", 1.0) + told.get("mean", 0.0)
        if way == "scaled":
            least, most = told.get("lowest", 0.0), told.get("highest", 100.0)
            return (x - least) / (most - least) * 100
        if way == "goalposts":
            return goalposts(x, direction, given, told)
        if way in ("rank", "borda", "percentile_rank"):
            below = known.index(x)  # ties share the lowest place
            return {
                "rank": below + 1,
                "borda": below,
                "percentile_rank": below / max(len(known) - 1, 1),
            }[way]
        if way == "distance_to_maximum":
            return 1 - (high - x) / (high - low)
        if way == "fraction_of_maximum":
            return x / high
        aim = faced[given.reference] if way == "distance_to_reference" else given.target * direction
        assert aim is not None
        score = 1 - (aim - x) / (aim - low)
        return min(score, 1.0) if told.get("cap") else score

    return [None if x is None else float(one(x)) for x in faced]


def goalposts(x: float, direction: int, given: Given, told: dict[str, float]) -> float:
    """The figure comes with its direction; the posts are in the unit of the indicator."""
    first, last = given.lower, given.upper
    if direction < 0:
        first, last = -last, -first
    share = (x - first) / (last - first)
    if told.get("truncate", True):
        share = min(max(share, 0.0), 1.0)
    return share * told.get("high", 100.0)


# ---- aggregation (point 8) --------------------------------------------------------------------------


def mean(xs: list[float], weights: list[float], way: str, power: float = 1.0) -> float:
    """Of the children that are there."""
    total = math.fsum(weights)

    def of(f: Callable[[float], float]) -> float:
        return math.fsum(w * f(x) for x, w in zip(xs, weights, strict=True)) / total

    if way == "arithmetic":
        return of(lambda x: x)
    if way == "geometric" or power == 0:
        return math.exp(of(math.log))
    if way == "harmonic":
        return 1 / of(lambda x: 1 / x)
    return float(of(lambda x: x**power) ** (1 / power))


def copeland(table: Table, weights: dict[str, float]) -> Column:
    """Outranked less outranking rows, in exact fractions; what one of two rows lacks counts for neither.

    On complete data this is COINr's: the share of the weight by which a row is higher, ties half.
    """
    exact = {code: Fraction(repr(weight)) for code, weight in weights.items()}
    common = math.lcm(*(weight.denominator for weight in exact.values()))
    whole = [int(exact[code] * 2 * common) for code in table]  # twice, so that a half is whole too
    lines = list(zip(*table.values(), strict=True))
    scores: Column = []
    for a in lines:
        if not present(a):
            scores.append(None)
            continue
        score = 0
        for b in lines:
            ahead = shared = 0
            for weight, x, y in zip(whole, a, b, strict=True):
                if x is not None and y is not None:
                    shared += weight
                    ahead += weight if x > y else weight // 2 if x == y else 0
            score += (2 * ahead > shared) - (2 * ahead < shared)
        scores.append(float(score))
    return scores


@dataclass(frozen=True)
class Way:
    """How the children of a node are put together."""

    method: str = "arithmetic"
    power: float = 1.0
    least_available: float = 0.0


def aggregate(
    table: Table,
    structure: Structure,
    way: Way | dict[str, Way],
    together: Sequence[str | None] = (),
) -> Table:
    """Every node from the bottom to the top; ``together`` are the periods in which Copeland compares."""
    done: Table = {each.code: table[each.code] for each in structure.indicators}
    for node in structure.aggregates:
        how = way if isinstance(way, Way) else way[node.code]
        children = structure.children(node.code)
        below = {child.code: done[child.code] for child in children}
        weights = {child.code: child.weight for child in children}
        if how.method == "copeland":
            done[node.code] = _apart(below, weights, together)
            continue
        done[node.code] = []
        for row in range(len(next(iter(below.values())))):
            there = [code for code in below if below[code][row] is not None]
            if not there or len(there) / len(below) < how.least_available:
                done[node.code].append(None)
                continue
            xs = present([below[code][row] for code in there])
            done[node.code].append(mean(xs, [weights[c] for c in there], how.method, how.power))
    return done


def _apart(below: Table, weights: dict[str, float], together: Sequence[str | None]) -> Column:
    if not together:
        return copeland(below, weights)
    scores: Column = [None] * len(together)
    for period in dict.fromkeys(together):
        rows = [row for row, own in enumerate(together) if own == period]
        some = copeland({code: [c[row] for row in rows] for code, c in below.items()}, weights)
        for row, score in zip(rows, some, strict=True):
            scores[row] = score
    return scores


def ranks(column: Column) -> Column:
    """1 is the highest, ties share the least rank, what is missing has none (point 9).

    Equal means of different figures come out with different last digits, which decide the rank in COINr. Here
    they are equal.
    """
    known = present(column)
    rounding = 1e-12 * max(map(abs, known), default=0.0)
    ordered = sorted(known)
    return [
        None if x is None else 1.0 + len(known) - bisect_right(ordered, x + rounding)
        for x in column
    ]


# ---- weights (points 8 and 10) ----------------------------------------------------------------------


def effective_weights(structure: Structure) -> dict[str, float]:
    """The part of each node in the top: products of shares."""
    share = {}
    for node in reversed(structure.aggregates):
        share.setdefault(node.code, 1.0)
        children = structure.children(node.code)
        total = sum(child.weight for child in children)
        for child in children:
            share[child.code] = share[node.code] * child.weight / total
    return share


def first_loadings(columns: list[Column]) -> list[float]:
    """Loadings of the first principal component of complete rows, standardised, by repeated multiplication."""
    complete = [list(row) for row in zip(*columns, strict=True) if None not in row]
    standard = []
    for column in zip(*complete, strict=True):
        middle, spread = fmean(column), stdev(column)  # type: ignore[type-var, arg-type]
        standard.append([(x - middle) / spread for x in column])
    table = [[dot(a, b) for b in standard] for a in standard]
    vector = [1.0 + 0.01 * place for place in range(len(table))]
    for _ in range(5_000):
        vector = [dot(line, vector) for line in table]
        length = math.sqrt(dot(vector, vector))
        vector = [x / length for x in vector]
    return vector


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))
