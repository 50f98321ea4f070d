"""Figures of the distribution that a city should come near: who works, how unequal, how poor, who is entitled.

Some need no law (work, and incomes before any benefit), and the model may be calibrated to them. The others are
computed by the law of the reference day on a part of the finished households.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

import numpy as np

from donghaeng.inequality import Distribution, gini, poverty_rate, relative_line, s80_s20
from donghaeng.kernel import Kernel
from donghaeng.rules.declarations import Declaration
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

from ..store import lay_out
from .facts import Columns
from .money import Money
from .people import People

Array = np.ndarray
OLD = 66  # 은퇴연령층 of the statistics
PENSIONABLE = 65


class Target(StrEnum):
    """A figure, by its name in ``moments.yaml``."""

    TWO_EARNERS = "couples of whom both work"
    WORKING_ALONE = "living alone and in work"
    MARKET_GINI = "Gini of market income"
    GINI = "Gini of disposable income"
    POVERTY = "poverty"
    POVERTY_OLD = "poverty of 66 and older"
    FIFTHS = "S80/S20"
    LOWEST = "income of the lowest fifth of households"
    HIGHEST = "income of the highest fifth of households"
    MEAN = "income of households"
    MEAN_ALONE = "income of households of one"
    LOWEST_ASSETS = "assets held by the lowest fifth"
    HIGHEST_ASSETS = "assets held by the highest fifth"
    BASIC_PENSION = "65 and older entitled to the basic pension"
    LIVELIHOOD = "households entitled to the livelihood benefit"
    LIVELIHOOD_ALONE = "households of one entitled to the livelihood benefit"


class Knob(StrEnum):
    """What of the model is moved until a target is met."""

    COUPLES = "couples"
    ALONE = "slope of living alone"
    SPREAD = "spread of earnings and business income"


BY_LAW = ("total_disposable_with_safety_income", "basic_pension", "livelihood_benefit")


@dataclass(frozen=True)
class Standing:
    """How households stand, each array (n,), all with the same weight; money in won a month.

    ``disposable``, ``entitled`` (to the livelihood benefit) and ``pensioners`` (entitled to the basic pension)
    are nan where no law was computed or it leaves the result open. ``transfers`` are pensions and other income
    from the state that was drawn; ``benefits`` those that the law computes.
    """

    size: Array
    old: Array
    pensionable: Array
    couple: Array
    both_work: Array
    head_works: Array
    market: Array
    transfers: Array
    assets: Array
    disposable: Array
    benefits: Array
    entitled: Array
    pensioners: Array

    @classmethod
    def joined(cls, parts: Iterable[Standing]) -> Standing:
        """All of them, one after the other."""
        rows = list(parts)
        names = [each.name for each in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in rows]) for name in names))


def standing_of_drawn(people: People, money: Money) -> Standing:
    """How drawn households stand before any law."""
    age, works = people.age, (money.earnings + money.business_income) > 0
    work = money.earnings + money.business_income
    market = (work + money.property_income + money.private_transfers).sum(axis=0)
    homes = money.home_value + money.deposit + money.financial_property
    return _standing(
        age,
        people.spouse,
        works,
        market,
        (money.national_pension + money.public_transfers).sum(axis=0),
        homes + money.general_property + money.car_value,
    )


def _standing(
    age: Array, spouse: Array, works: Array, market: Array, transfers: Array, assets: Array
) -> Standing:
    size, count = age.shape
    couple = spouse[0] == 1 if size > 1 else np.zeros(count, bool)
    unknown = np.full(count, np.nan)
    return Standing(
        np.full(count, size),
        (age >= OLD).sum(axis=0),
        (age >= PENSIONABLE).sum(axis=0),
        couple,
        couple & works[0] & works[1] if size > 1 else couple,
        works[0],
        market.astype(float),
        transfers.astype(float),
        assets.astype(float),
        unknown,
        unknown,
        unknown,
        unknown,
    )


def standing_by_law(columns: Columns, law: Law) -> Standing:
    """How finished households stand by the law of the day; they must come from the drawing of that day."""
    person, home = columns.person, columns.household
    day = law.day.year * 10_000 + law.day.month * 100 + law.day.day
    age = (day - person["birth_date"].astype(np.int64)) // 10_000
    work = person["earnings"].astype(np.int64) + person["business_income"]
    market = (work + person["property_income"] + person["private_transfers"]).sum(axis=0)
    transfers = person["national_pension_received"].astype(np.int64) + person["public_transfers"]
    names = ("home_value", "deposit", "financial_property", "general_property", "car_value")
    assets = sum((home[name].astype(np.int64) for name in names), np.zeros(columns.count, np.int64))
    before = _standing(age, person["spouse"], work > 0, market, transfers.sum(axis=0), assets)
    found = _computed(columns, law)
    disposable, pension, livelihood = (found[name] for name in BY_LAW)
    return replace(
        before,
        disposable=disposable,
        benefits=pension.sum(axis=0) + livelihood,
        entitled=np.where(np.isnan(livelihood), np.nan, livelihood > 0),
        pensioners=np.where(np.isnan(pension).any(axis=0), np.nan, (pension > 0).sum(axis=0)),
    )


def _computed(columns: Columns, law: Law) -> dict[str, Array]:
    """What the law gives, nan where it leaves it open: (n,), of persons (size, n)."""
    kernel = Kernel(law, BY_LAW, "numpy")

    def source(declaration: Declaration) -> tuple[Array, None] | None:
        of_person = declaration.entity is Entity.PERSON
        table = columns.person if of_person else columns.household
        values = table.get(declaration.name)
        return None if values is None else (values, None)

    batch = lay_out(law, kernel.inputs, columns.size, columns.count, source)
    outputs = kernel.run(batch)
    found = {}
    for name, (entity, place) in outputs.names.items():
        of_person = entity is Entity.PERSON
        values = np.full((columns.size, columns.count) if of_person else columns.count, np.nan)
        for number, bucket in enumerate(batch.buckets):
            some = outputs.values[number][of_person][place].astype(float)
            flags = outputs.known[number]
            if flags is not None:
                some = np.where(flags[of_person][place], some, np.nan)
            values[..., bucket.index] = some
        found[name] = values
    return found


def measured(standing: Standing) -> dict[Target, float]:
    """The figures that can be had: without a law, those that need none.

    Persons count for distributions, with the income of their household divided by the root of its size;
    households count for means and fifths of household income.
    """
    s, root = standing, np.sqrt(standing.size)
    alone = s.size == 1
    found = {
        Target.TWO_EARNERS: _share(s.both_work, s.couple),
        Target.WORKING_ALONE: _share(s.head_works, alone),
        Target.MARKET_GINI: gini(Distribution.of(s.market / root, s.size)).value,
    }
    known = ~(np.isnan(s.disposable) | np.isnan(s.entitled) | np.isnan(s.pensioners))
    if not known.any():
        return found
    weight = s.size * known
    people = Distribution.of(np.where(known, s.disposable / root, 0.0), weight)
    line = relative_line(people)
    poor = known & (s.disposable / root < line.value)
    found |= {
        Target.GINI: gini(people).value,
        Target.POVERTY: poverty_rate(people, line).value,
        Target.POVERTY_OLD: (s.old * poor).sum() / (s.old * known).sum(),
        Target.FIFTHS: s80_s20(people).value,
        Target.BASIC_PENSION: s.pensioners[known].sum() / s.pensionable[known].sum(),
        Target.LIVELIHOOD: _share(s.entitled == 1, known),
        Target.LIVELIHOOD_ALONE: _share(s.entitled == 1, known & alone),
    }
    return found | _by_fifths(s, known, alone)


def _by_fifths(s: Standing, known: Array, alone: Array) -> dict[Target, float]:
    year = 12 * (s.market + s.transfers + s.benefits)
    year, assets = year[known], s.assets[known]
    order = np.argsort(year, kind="stable")
    lowest, highest = order[: len(order) // 5], order[-(len(order) // 5) :]
    return {
        Target.LOWEST: float(year[lowest].mean()),
        Target.HIGHEST: float(year[highest].mean()),
        Target.MEAN: float(year.mean()),
        Target.MEAN_ALONE: float(year[alone[known]].mean()),
        Target.LOWEST_ASSETS: assets[lowest].sum() / assets.sum(),
        Target.HIGHEST_ASSETS: assets[highest].sum() / assets.sum(),
    }


def _share(flags: Array, among: Array) -> float:
    return float((flags & among).sum() / max(among.sum(), 1))
