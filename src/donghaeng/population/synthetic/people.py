"""The members of households: sex, birth, kinship, school, health. Everything that comes before money."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from . import cells as c
from .ages import OLD_AGE, ages_in, birth_days
from .city import Families
from .drawing import Drawing
from .families import NOBODY, STRUCTURES, Role, relations_of
from .plan import Rows

Array = np.ndarray
ROLES = tuple(Role)


class SchoolYear(IntEnum):
    """School years after entering elementary school, in March of the year in which one turns seven."""

    ELEMENTARY = 1
    MIDDLE = 7
    HIGH = 10
    AFTER = 13


@dataclass(frozen=True)
class People:
    """Members of households of one size; arrays are (size, n) and ``recipient`` (n,).

    ``school`` is 0 none, 1 elementary, 2 middle, 3 high, 4 higher education, as in the law's enumeration.
    """

    rows: Rows
    age: Array
    woman: Array
    birth_date: Array
    spouse: Array
    first_parent: Array
    second_parent: Array
    role: Array
    school: Array
    never_married: Array
    disabled: Array
    severe: Array
    recipient: Array

    @property
    def replicate(self) -> Array:
        """The replicate of each member, (size, n)."""
        return np.broadcast_to(self.rows.replicate, self.age.shape)


def draw_people(rows: Rows, families: Families, day: datetime.date, drawing: Drawing) -> People:
    """The members of the households in ``rows`` on ``day``."""
    rng, size, count = drawing.rng, rows.size, rows.count
    age = ages_in(rows.groups, rng.random((size, count), np.float32))
    since_birthday = rng.integers(0, 365, (size, count), np.int16)
    birth_date = birth_days(day)[age, since_birthday]
    role, kin = _roles(rows)
    woman = _sexes(role, age, families, rng)
    school = _schools(birth_date, day, families, rng)
    cell = c.BODY.index(c.class_of_decade(age.astype(np.int64)), woman.astype(np.int64))
    replicate = np.broadcast_to(rows.replicate, age.shape)
    everybody = np.ones(age.shape, bool)
    disabled = drawing.happens("disabled", replicate, cell, {}, everybody)
    severe = drawing.happens("severe", replicate, cell, {}, disabled)
    recipient = _recipients(rows, age[0], drawing)
    never = _never_married(role, kin[0], age, families, rng)
    return People(
        rows, age, woman, birth_date, *kin, role, school, never, disabled, severe, recipient
    )


def _roles(rows: Rows) -> tuple[Array, tuple[Array, Array, Array]]:
    """Role and relations of each slot, by structure."""
    structures = [STRUCTURES[name] for name in rows.names]
    role = np.array([[ROLES.index(each) for each in roles] for roles in structures], np.int8)
    related = [relations_of(name) for name in rows.names]
    tables = (
        np.array([each.spouse for each in related], np.int8),
        np.array([each.first_parent for each in related], np.int8),
        np.array([each.second_parent for each in related], np.int8),
    )
    kin = tuple(np.ascontiguousarray(table[rows.structure].T) for table in tables)
    return np.ascontiguousarray(role[rows.structure].T), (kin[0], kin[1], kin[2])


def _sexes(role: Array, age: Array, families: Families, rng: np.random.Generator) -> Array:
    """Whether each member is a woman; spouses are of different sex."""
    size, count = role.shape
    uniform = rng.random((size, count), np.float32)
    head, spouse, child, parent = (
        ROLES.index(r) for r in (Role.HEAD, Role.SPOUSE, Role.CHILD, Role.PARENT)
    )
    has_spouse = (role == spouse).any(axis=0)
    has_child = (role == child).any(axis=0)
    alone = families.alone_is_woman
    chance = np.where(age[0] < OLD_AGE, alone["under_65"], alone["from_65"])
    if size > 1:
        chance = np.where(has_child, families.lone_parent_is_woman, 0.5)
        chance = np.where(has_spouse, 1 - families.head_is_man_in_couple, chance)
    woman = np.empty((size, count), bool)
    woman[0] = uniform[0] < chance
    parents_before = np.zeros(count, np.int8)
    two_parents = (role == parent).sum(axis=0) == 2
    for slot in range(1, size):
        is_parent = role[slot] == parent
        woman[slot] = uniform[slot] >= families.boys_at_birth
        woman[slot] = np.where(role[slot] == spouse, ~woman[0], woman[slot])
        lone = uniform[slot] < families.parent_of_head_is_woman
        of_two = parents_before == 1
        woman[slot] = np.where(is_parent, np.where(two_parents, of_two, lone), woman[slot])
        parents_before += is_parent
    assert head == 0
    return woman


def _schools(
    birth_date: Array, day: datetime.date, families: Families, rng: np.random.Generator
) -> Array:
    """The school of each member: everybody goes to school to the twelfth year, a share to higher education."""
    school_year = day.year - (day.month < 3)
    grade = school_year - birth_date // 10_000 - 6
    school = np.zeros(birth_date.shape, np.int8)
    for place, first in enumerate((SchoolYear.ELEMENTARY, SchoolYear.MIDDLE, SchoolYear.HIGH)):
        school[grade >= first] = place + 1
    after = grade >= SchoolYear.AFTER
    school[after] = 0
    higher = families.in_higher_education
    old_enough = after & (grade >= higher.from_grade) & (grade <= higher.to_grade)
    perhaps = np.nonzero(old_enough)
    goes = rng.random(len(perhaps[0]), np.float32) < higher.share
    school[perhaps] = np.where(goes, 4, 0)
    return school


def _recipients(rows: Rows, age: Array, drawing: Drawing) -> Array:
    """Whether the household receives basic livelihood: by the plan for the elderly alone, else drawn."""
    size = np.full(rows.count, rows.size)
    cell = c.UNIT.index(c.class_of_size(size), c.class_of_head(age))
    by_plan = (rows.size == 1) & (age >= OLD_AGE)
    drawn = drawing.happens("recipient", rows.replicate, cell, {}, ~by_plan)
    return np.where(by_plan, rows.status == 1, drawn)


def _never_married(
    role: Array, spouse: Array, age: Array, families: Families, rng: np.random.Generator
) -> Array:
    """Nobody with a spouse or an own child's household; children at home have not married; others by age."""
    by_age = families.never_married_alone
    names = ("under_35", "under_50", "under_65", "from_65")
    shares = np.array([by_age[name] for name in names], np.float32)
    chance = shares[np.searchsorted([35, 50, OLD_AGE], age, side="right")]
    has_child = (role == ROLES.index(Role.CHILD)).any(axis=0)
    head = role == ROLES.index(Role.HEAD)
    chance = np.where(head & has_child, families.never_married_single_parent, chance)
    chance = np.where(role == ROLES.index(Role.PARENT), 0.0, chance)
    chance = np.where((role == ROLES.index(Role.CHILD)) | (age < 18), 1.0, chance)
    never: Array = (rng.random(role.shape, np.float32) < chance) & (spouse == NOBODY)
    return never
