"""From drawn people to the columns of a population: every fact that the law may ask for, and where it comes from.

Whatever the monthly totals and benefits of 2016 to 2026 ask for without a default is given, so that no
household is undetermined. What no model gives is assumed, and its origin says so column by column.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from donghaeng.rules.book import Book
from donghaeng.rules.faults import BadInput
from donghaeng.rules.linking import number
from donghaeng.rules.terms import Entity

from ..store.manifest import ColumnOrigin, Origin
from .ages import OLD_AGE
from .city import City
from .families import Role
from .money import Money
from .people import ROLES, People

Array = np.ndarray
DEAR_CAR = 40_000_000
OLD_CAR_YEARS = 10
OLDEST_CAR_YEARS = 15
# 소득세법 §47: part of the wages above each amount that is taken off, and the most that is.
WAGE_DEDUCTION = ((0, 70), (5_000_000, 40), (15_000_000, 15), (45_000_000, 5), (100_000_000, 2))
MOST_DEDUCTED = 20_000_000


@dataclass(frozen=True)
class Columns:
    """Columns of households of one size: ``household`` (n,), ``person`` (size, n), coded as the kernel reads
    them.
    """

    size: int
    household: Mapping[str, Array]
    person: Mapping[str, Array]

    @property
    def count(self) -> int:
        return len(self.household["household_id"])


def columns_of(
    people: People,
    money: Money,
    facts: Mapping[str, int],
    day: datetime.date,
    rng: np.random.Generator,
) -> Columns:
    """The columns of drawn households.

    Args:
        facts: numbers of the facts that are the same for everybody (:func:`same_for_all`).
    """
    return Columns(
        people.rows.size,
        _household(people, money, facts, day, rng),
        _person(people, money, facts),
    )


def same_for_all(city: City, book: Book) -> dict[str, int]:
    """Numbers of the household facts that are the same in the whole city, the region among them.

    Raises:
        BadInput: for a fact that the law does not have, or a word that it does not know.
    """
    words: dict[str, str | int | bool] = {"region": city.file.region}
    words.update({name: each.value for name, each in city.file.facts.items()})
    found = {}
    for name, word in words.items():
        fact = book.declared.facts.get(name)
        if fact is None or fact.entity is not Entity.HOUSEHOLD:
            raise BadInput("no fact of a household", file=str(city.folder), field=name)
        try:
            found[name] = int(number(fact.choices.from_word(word))) if fact.choices else int(word)
        except (KeyError, ValueError):
            raise BadInput(f"{word!r} is not known", file=str(city.folder), field=name) from None
    return found


def _household(
    people: People,
    money: Money,
    facts: Mapping[str, int],
    day: datetime.date,
    rng: np.random.Generator,
) -> dict[str, Array]:
    rows, count = people.rows, people.rows.count
    has_car = money.car_value > 0
    years = rng.integers(0, OLDEST_CAR_YEARS, count)
    registered = (day.year - years) * 10_000 + 101
    dear = (money.car_value > DEAR_CAR) & (years < OLD_CAR_YEARS)
    small_engine = rng.random(count, np.float32) < 0.4
    engine = np.where(small_engine, 1_598, 1_999)
    parents = (people.role == ROLES.index(Role.PARENT)) & (people.age >= OLD_AGE)
    home = money.home_value + money.deposit + money.general_property
    columns = {
        "household_id": rows.household_id.astype(np.int32),
        "weight": np.ones(count),
        "district": rows.district,
        "replicate": rows.replicate.astype(np.int8),
        "tenure": money.tenure,
        "home_value": money.home_value,
        "deposit": money.deposit,
        "monthly_rent": money.monthly_rent,
        "financial_property": money.financial_property,
        "general_property": money.general_property,
        "debts": money.debts,
        "car_value": money.car_value,
        "car_engine_cc": np.where(has_car, engine, 0).astype(np.int16),
        "car_age_from": np.where(has_car, registered, 20000101).astype(np.int32),
        "luxury_vehicle_value": np.where(dear, money.car_value, 0),
        "assets_on_june_1": home + money.financial_property + money.car_value,
        "basic_livelihood_recipient": people.recipient.astype(np.int8),
        "livelihood_excludes_child_credit": people.recipient.astype(np.int8),
        "elderly_hold_household_property": (~np.logical_or.reduce(parents, axis=0)).astype(np.int8),
    }
    for name, value in facts.items():
        columns[name] = np.full(count, value, np.int32)
    for name, value in FILLERS_OF_HOUSEHOLDS.items():
        columns.setdefault(name, np.full(count, value, np.int8))
    return columns


def _person(people: People, money: Money, facts: Mapping[str, int]) -> dict[str, Array]:
    shape = people.age.shape
    in_couple = people.spouse >= 0
    # The head holds the property, with a spouse half of it; an odd won stays with the head.
    head = people.role == ROLES.index(Role.HEAD)
    spouse = people.role == ROLES.index(Role.SPOUSE)

    def own(total: Array) -> Array:
        half = np.where(in_couple[0], total // 2, 0)
        return np.where(spouse, half, np.where(head, total - half, 0))

    wages = money.earnings * 12
    business = money.business_income * 12
    school = people.school
    return {
        "sex": people.woman.astype(np.int8),
        "birth_date": people.birth_date,
        "spouse": people.spouse,
        "first_parent": people.first_parent,
        "second_parent": people.second_parent,
        "never_married": people.never_married.astype(np.int8),
        "youth_never_married": people.never_married.astype(np.int8),
        "school": school,
        "school_of_pupil": school,
        "student": (school > 0).astype(np.int8),
        "disabled": people.disabled.astype(np.int8),
        "severe_disability": people.severe.astype(np.int8),
        "meets_pension_severity": people.severe.astype(np.int8),
        "lasting_loss_of_work_capacity": (people.severe & (money.earnings == 0)).astype(np.int8),
        "entitled_to_disability_pension": (people.severe & people.recipient).astype(np.int8),
        "earnings": money.earnings,
        "business_income": money.business_income,
        "property_income": money.property_income,
        "public_transfers": money.public_transfers,
        "private_transfers": money.private_transfers,
        "national_pension_received": money.national_pension,
        "redistribution_benefit": money.national_pension // 2,
        "wages_year": wages,
        "last_year_wages": wages,
        "other_income_year": business,
        "last_year_business_income": business,
        "last_year_other_income": money.property_income * 12,
        "last_year_income_amount": np.minimum(wages - wage_deduction(wages) + business, 10**10),
        "own_general_property": own(
            money.home_value + money.deposit + money.general_property + money.car_value
        ),
        "own_financial_property": own(money.financial_property),
        "own_debts": own(money.debts),
        "separate_region": np.full(shape, facts["region"], np.int8),
        **{name: np.full(shape, value, np.int8) for name, value in FILLERS_OF_PERSONS.items()},
    }


def wage_deduction(wages: Array) -> Array:
    """근로소득공제 of a year's wages (소득세법 §47), in whole won.

    >>> wage_deduction(np.array([4_000_000, 60_000_000])).tolist()
    [2800000, 12750000]
    """
    taken = np.zeros(wages.shape, np.int64)
    bounds = [bound for bound, _ in WAGE_DEDUCTION[1:]] + [None]
    for (low, rate), high in zip(WAGE_DEDUCTION, bounds, strict=True):
        within = np.clip(wages - low, 0, None if high is None else high - low)
        taken += within * rate // 100
    return np.minimum(taken, MOST_DEDUCTED)


# Facts without a default that no model gives; each is listed as assumed.
FILLERS_OF_HOUSEHOLDS = {
    "depopulation_area": 0,
    "paid_in_local_vouchers": 0,
    "supporters_exist": 0,
    "support_finding": 0,
    "support_due": 0,
}
FILLERS_OF_PERSONS = {
    "basic_pension_suspended": 0,
    "first_employed_after_65": 0,
    "separate_rent": 0,
    "separate_deposit": 0,
    "family_property_income": 0,
    "single_parent_assessed_income": 0,
    "work_obstacle": 0,
}

_M, _A, _D = Origin.MODELLED, Origin.ASSUMED, Origin.DERIVED
_OF_HOUSEHOLDS: dict[str, tuple[Origin, str]] = {
    "household_id": (_D, "running number"),
    "weight": (_D, "1: every household of the city is there"),
    "district": (_D, "by the margins"),
    "replicate": (_D, "dealt out in turn within each margin"),
    "tenure": (_M, ""),
    "home_value": (_M, ""),
    "deposit": (_M, ""),
    "monthly_rent": (_M, ""),
    "financial_property": (_M, ""),
    "general_property": (_M, ""),
    "debts": (_M, ""),
    "car_value": (_M, ""),
    "car_engine_cc": (_A, "1,598 cc for four cars of ten, else 1,999; 0 without a car"),
    "car_age_from": (_A, "every age up to 15 years alike; 2000-01-01 without a car"),
    "luxury_vehicle_value": (
        _A,
        "the car where it is worth more than 40 million won and not ten years old",
    ),
    "assets_on_june_1": (_D, "home, deposit, other property, savings and car of the reference day"),
    "basic_livelihood_recipient": (_M, "the elderly who live alone by the margin"),
    "livelihood_excludes_child_credit": (_A, "as basic_livelihood_recipient"),
    "elderly_hold_household_property": (_A, "unless an old parent of the head lives there"),
    "region": (_D, "the city"),
    "depopulation_area": (_A, "none"),
    "paid_in_local_vouchers": (_A, "nobody"),
    "supporters_exist": (_A, "nobody outside the household is obliged to support"),
    "support_finding": (_A, "not asked, because there are no supporters"),
    "support_due": (_A, "none"),
}
_OF_PERSONS: dict[str, tuple[Origin, str]] = {
    "sex": (_M, "by shares that are assumed"),
    "birth_date": (_D, "group of ages by the margins; the day in it at random"),
    "spouse": (_D, "by the kind of family"),
    "first_parent": (_D, "by the kind of family"),
    "second_parent": (_D, "by the kind of family"),
    "never_married": (_A, "by age and place in the family"),
    "youth_never_married": (_A, "as never_married"),
    "school": (_A, "by age up to high school; a share in higher education"),
    "school_of_pupil": (_A, "as school"),
    "student": (_A, "who goes to a school"),
    "disabled": (_M, ""),
    "severe_disability": (_M, ""),
    "meets_pension_severity": (_A, "as severe_disability"),
    "lasting_loss_of_work_capacity": (_A, "a severe disability and no earnings"),
    "entitled_to_disability_pension": (
        _A,
        "a severe disability in a household that receives basic livelihood",
    ),
    "earnings": (_M, ""),
    "business_income": (_M, ""),
    "property_income": (_M, "of the household, written as the head's"),
    "public_transfers": (_M, "of the household, written as the head's"),
    "private_transfers": (_M, "of the household, written as the head's"),
    "national_pension_received": (_M, ""),
    "redistribution_benefit": (_A, "half of the national pension"),
    "wages_year": (_A, "twelve months like this one"),
    "last_year_wages": (_A, "twelve months like this one"),
    "other_income_year": (_A, "twelve months like this one"),
    "last_year_business_income": (_A, "twelve months like this one"),
    "last_year_other_income": (_A, "twelve months like this one"),
    "last_year_income_amount": (
        _D,
        "wages less the deduction of 소득세법 §47, and business income",
    ),
    "own_general_property": (
        _A,
        "the couple that heads the household owns all of it, each one half",
    ),
    "own_financial_property": (_A, "as own_general_property"),
    "own_debts": (_A, "as own_general_property"),
    "separate_region": (_A, "not asked, because nobody lives apart from the parents"),
    "basic_pension_suspended": (_A, "nobody"),
    "first_employed_after_65": (_A, "nobody"),
    "separate_rent": (_A, "not asked, because nobody lives apart from the parents"),
    "separate_deposit": (_A, "not asked, because nobody lives apart from the parents"),
    "family_property_income": (_A, "none; asked only of a single parent in a larger household"),
    "single_parent_assessed_income": (
        _A,
        "none; asked only of a single parent in a larger household",
    ),
    "work_obstacle": (_A, "none"),
}


def origins(city: City) -> tuple[ColumnOrigin, ...]:
    """Where each column comes from, facts that the city gives among them."""
    households = dict(_OF_HOUSEHOLDS)
    for name, each in city.file.facts.items():
        households[name] = (_A, each.note)
    rows = [("households", households), ("persons", _OF_PERSONS)]
    return tuple(
        ColumnOrigin(table=table, name=name, origin=origin, note=note)
        for table, columns in rows
        for name, (origin, note) in columns.items()
    )
