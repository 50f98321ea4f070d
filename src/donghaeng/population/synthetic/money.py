"""Work, income, home and property of households: the model's chances and amounts, one after the other.

What comes first conditions what follows: receipt of benefits and health on work, earnings on home and
property, the home on savings and debts. The normal scores of a household's amounts are joined by the model's
copula.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import cells as c
from .drawing import Drawing
from .people import People
from .variables import ALONE, DISABLED, EDUCATION, INCOME, OTHERS, OWNER

Array = np.ndarray
MILLION = 1e6
WORKING_AGE = 15
PENSION_AGE = 60
PUPIL = (1, 2, 3)
UNIT_OF_SURVEYS = 10_000  # surveys record whole 만원: who answers nought may have less than one


@dataclass(frozen=True)
class Money:
    """Amounts in won: of persons (size, n) a month, of households (n,).

    ``tenure`` is as in the law's enumeration: 0 owned, 1 jeonse, 2 monthly rent, 3 free use.
    """

    earnings: Array
    business_income: Array
    national_pension: Array
    property_income: Array
    public_transfers: Array
    private_transfers: Array
    tenure: Array
    home_value: Array
    deposit: Array
    monthly_rent: Array
    financial_property: Array
    general_property: Array
    debts: Array
    car_value: Array


def draw_money(people: People, drawing: Drawing) -> Money:
    """The money of everybody in ``people``."""
    earnings, business = _work(people, drawing)
    pension = _pensions(people, drawing)
    monthly = (earnings + business + pension).sum(axis=0)
    # The elderly of low income live as recipients do, without the benefit.
    poor = (people.recipient | (people.rows.status == 2)).astype(np.int64)
    size = np.full(people.rows.count, people.rows.size)
    cell = c.HOUSEHOLD.index(poor, c.class_of_size(size), c.class_of_head(people.age[0]))
    home = _Home(people.rows.replicate, cell, {INCOME: np.log1p(monthly / MILLION)}, drawing)
    return home.money(earnings, business, pension)


def _work(people: People, drawing: Drawing) -> tuple[Array, Array]:
    """Monthly earnings of employees and income of the self-employed."""
    age = people.age.astype(np.int64)
    size, count = age.shape
    poor = people.recipient | (people.rows.status == 2)
    head = np.zeros((size, count), np.int64)
    head[0] = 1
    cell = c.WORKER.index(
        np.broadcast_to(poor, age.shape).astype(np.int64),
        head,
        people.woman.astype(np.int64),
        c.class_of_worker(age),
    )
    replicate = people.replicate
    traits = {
        DISABLED: people.disabled.astype(np.float32),
        EDUCATION: (people.school > 0).astype(np.float32),
        ALONE: np.full(age.shape, size == 1, np.float32),
    }
    able = (age >= WORKING_AGE) & ~np.isin(people.school, PUPIL)
    scores = _scores_of_work(people, drawing)
    works = drawing.happens("working", replicate, cell, traits, able, scores)
    own = drawing.happens("self_employed", replicate, cell, {}, works)
    together = np.sqrt(drawing.model.earners[people.rows.replicate])
    common = drawing.rng.standard_normal(count, np.float32)
    single = drawing.rng.standard_normal((size, count), np.float32)
    z = together * common + np.sqrt(1 - together**2) * single
    traits[OTHERS] = (works.sum(axis=0) > works).astype(np.float32)
    earnings = drawing.amounts("earnings", replicate, cell, traits, z, works & ~own)
    business = drawing.amounts("business_income", replicate, cell, {}, z, own)
    return earnings, business


def _scores_of_work(people: People, drawing: Drawing) -> Array:
    """Normal scores of members, (size, n): those of a couple that heads the household are correlated."""
    scores = drawing.rng.standard_normal(people.age.shape, np.float32)
    if len(scores) > 1:
        share = drawing.model.couples[people.rows.replicate].astype(np.float32)
        joint = share * scores[0] + np.sqrt(1 - share**2) * scores[1]
        scores[1] = np.where(people.spouse[0] == 1, joint, scores[1])
    return scores


def _pensions(people: People, drawing: Drawing) -> Array:
    age = people.age.astype(np.int64)
    cell = c.PENSIONER.index(c.class_of_pensioner(age), people.woman.astype(np.int64))
    receives = drawing.happens("national_pension", people.replicate, cell, {}, age >= PENSION_AGE)
    z = drawing.rng.standard_normal(age.shape, np.float32)
    return drawing.amounts("national_pension", people.replicate, cell, {}, z, receives)


@dataclass
class _Home:
    """Home and property of households in the order in which they condition one another."""

    replicate: Array
    cell: Array
    x: dict[str, Array]
    drawing: Drawing

    def money(self, earnings: Array, business: Array, pension: Array) -> Money:
        rng, count = self.drawing.rng, len(self.replicate)
        factors = self.drawing.model.residuals[self.replicate]
        scores = rng.standard_normal((factors.shape[1], count), np.float32)
        z = np.einsum("nij,jn->in", factors, scores)
        anybody = np.ones(count, bool)
        owned = self.happens("owned", anybody)
        jeonse = self.happens("jeonse", ~owned)
        rents = self.happens("renting", ~owned & ~jeonse)
        tenure = np.where(owned, 0, np.where(jeonse, 1, np.where(rents, 2, 3))).astype(np.int8)
        self.x[OWNER] = owned.astype(np.float32)
        home = self.amounts("home_value", z[0], owned)
        deposit = self.amounts("jeonse_deposit", z[0], jeonse)
        with_deposit = self.happens("rent_deposit", rents)
        deposit += self.amounts("rent_deposit", z[0], with_deposit)
        single = rng.standard_normal((4, count), np.float32)
        rent = self.amounts("monthly_rent", 0.5 * z[0] + np.sqrt(0.75) * single[0], rents)
        saves = self.happens("financial_property", anybody)
        savings = self.amounts("financial_property", z[1], saves)
        small = rng.integers(1, UNIT_OF_SURVEYS, count)
        savings = np.where(saves, savings, small)
        general = self.have("general_property", z[2])
        debts = self.have("debts", z[3])
        car = self.have("car_value", z[4])
        of_heads = np.zeros((3, *earnings.shape), np.int64)
        names = ("property_income", "public_transfers", "private_transfers")
        for place, name in enumerate(names):
            of_heads[place, 0] = self.have(name, single[place + 1])
        return Money(
            earnings,
            business,
            pension,
            of_heads[0],
            of_heads[1],
            of_heads[2],
            tenure,
            home,
            deposit,
            rent,
            savings,
            general,
            debts,
            car,
        )

    def happens(self, name: str, where: Array) -> Array:
        return self.drawing.happens(name, self.replicate, self.cell, self.x, where)

    def amounts(self, name: str, z: Array, where: Array) -> Array:
        return self.drawing.amounts(name, self.replicate, self.cell, self.x, z, where)

    def have(self, name: str, z: Array) -> Array:
        return self.amounts(name, z, self.happens(name, np.ones(len(z), bool)))
