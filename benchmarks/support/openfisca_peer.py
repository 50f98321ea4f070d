"""The workload as openfisca-core Variables: arrays, float64 wherever it lets us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from .workload import OUTPUTS, Households, Parameters, parameters

PERIOD = "2024-07"

# openfisca-core hands untyped arrays to formulas.
Array = Any

Formula = Callable[[Any, Any], Any]


def system() -> TaxBenefitSystem:
    """The tax-benefit system with the same rules."""
    person = build_entity(key="person", plural="persons", label="Person", is_person=True)
    household = build_entity(
        key="household",
        plural="households",
        label="Household",
        roles=[{"key": "member", "plural": "members", "label": "Member"}],
    )
    result = TaxBenefitSystem([person, household])
    given = {"age": person, "wage": person, "other_income": person}
    given |= {"general_assets": household, "financial_assets": household}
    for name, entity in given.items():
        _add(result, name, entity, None)
    for name, formula in _person_rules(parameters()).items():
        _add(result, name, person, formula)
    for name, formula in _household_rules(parameters()).items():
        _add(result, name, household, formula)
    return result


def _add(target: TaxBenefitSystem, name: str, entity: Any, formula: Formula | None) -> None:
    body: dict[str, Any] = {
        "value_type": float,
        "entity": entity,
        "definition_period": DateUnit.MONTH,
        "label": name,
    }
    if formula is not None:
        body["formula"] = lambda population, period: formula(population, period)
    target.add_variable(type(name, (Variable,), body))
    target.get_variable(name).dtype = np.float64  # its own type is float32, which loses won


def _brackets(amount: Array, schedule: tuple[Any, ...]) -> Array:
    thresholds, steps, scale = schedule
    total = np.zeros_like(amount)
    for threshold, step in zip(thresholds, steps, strict=True):
        total += step * np.maximum(amount - threshold, 0.0)
    return np.floor(total / scale)


def _person_rules(p: Parameters) -> dict[str, Formula]:
    won, rates = p.won, p.rates

    def share(amount: Array, name: str) -> Array:
        return np.floor(amount * rates[name][0] / rates[name][1])

    def pension(person: Any, period: Any) -> Array:
        wage = person("wage", period)
        base = np.clip(wage, won["pension_floor"], won["pension_ceiling"])
        return np.where(wage == 0, 0.0, share(base, "pension_rate"))

    def taxable_income(person: Any, period: Any) -> Array:
        rest = (
            person("wage", period)
            - person("wage_deduction", period)
            + person("other_income", period)
            - person("insurance", period)
            - won["personal_allowance"]
        )
        return np.maximum(rest, 0.0)

    return {
        "pension": pension,
        "health": lambda person, period: share(
            np.minimum(person("wage", period), won["health_ceiling"]), "health_rate"
        ),
        "care": lambda person, period: share(person("health", period), "care_rate"),
        "employment": lambda person, period: share(person("wage", period), "employment_rate"),
        "insurance": lambda person, period: (
            person("pension", period)
            + person("health", period)
            + person("care", period)
            + person("employment", period)
        ),
        "wage_deduction": lambda person, period: _brackets(
            person("wage", period), p.schedules["wage_deduction_rates"]
        ),
        "taxable_income": taxable_income,
        "tax": lambda person, period: _brackets(
            person("taxable_income", period), p.schedules["tax_rates"]
        ),
        "income": lambda person, period: person("wage", period) + person("other_income", period),
        "child": lambda person, period: person("age", period) < won["child_age_limit"],
    }


def _household_rules(p: Parameters) -> dict[str, Formula]:
    won, rates = p.won, p.rates
    medians = np.array([0, *p.medians], float)

    def total(name: str) -> Formula:
        return lambda household, period: household.sum(household.members(name, period))

    def median_income(household: Any, period: Any) -> Array:
        size = household("household_size", period)
        return medians[np.minimum(size, 6).astype(int)]

    def safety_income(household: Any, period: Any) -> Array:
        gap = household("safety_line", period) - household("household_income", period)
        upper, lower = rates["safety_share"]
        paid = np.ceil(np.maximum(gap, 0.0) * upper / (lower * 10)) * 10
        return np.where(household("asset_test", period) != 0, paid, 0.0)

    def converted_assets(household: Any, period: Any) -> Array:
        upper, lower = rates["conversion_rate"]
        above = np.maximum(household("assets", period) - won["basic_property"], 0.0)
        return np.floor(above * upper / lower)

    def minimum_benefit(household: Any, period: Any) -> Array:
        upper, lower = rates["minimum_ratio"]
        counted = household("household_income", period) + household("converted_assets", period)
        lacking = household("median_income", period) * upper - counted * lower
        return np.ceil(np.maximum(lacking, 0.0) / (lower * 10)) * 10

    def safety_line(household: Any, period: Any) -> Array:
        upper, lower = rates["safety_line_ratio"]
        return np.floor(household("median_income", period) * upper / lower)

    def disposable_income(household: Any, period: Any) -> Array:
        benefit = np.maximum(
            household("safety_income", period), household("minimum_benefit", period)
        )
        return (
            household("household_income", period)
            - household("household_insurance", period)
            - household("household_tax", period)
            + benefit
            + household("child_allowance", period)
        )

    return {
        "household_size": lambda household, period: household.nb_persons(),
        "children": total("child"),
        "household_income": total("income"),
        "household_insurance": total("insurance"),
        "household_tax": total("tax"),
        "median_income": median_income,
        "assets": lambda household, period: (
            household("general_assets", period) + household("financial_assets", period)
        ),
        "asset_test": lambda household, period: household("assets", period) <= won["asset_limit"],
        "safety_line": safety_line,
        "safety_income": safety_income,
        "converted_assets": converted_assets,
        "minimum_benefit": minimum_benefit,
        "child_allowance": lambda household, period: (
            household("children", period) * won["allowance_per_child"]
        ),
        "disposable_income": disposable_income,
    }


class OpenFisca:
    """Feeds arrays directly and asks for the six outputs."""

    def __init__(self, given: Households) -> None:
        self.system = system()
        self.columns = {
            name: column.astype(np.float64)
            for name, column in {**given.household, **given.person}.items()
        }
        self.count, self.persons, self.owner = given.count, given.persons, given.owner
        self.ids = np.arange(self.persons)

    def run(self) -> dict[str, Array]:
        simulation = self.simulation()
        return {name: simulation.calculate(name, PERIOD) for name in OUTPUTS}

    def simulation(self) -> Any:
        """A simulation with the inputs; its own declaration makes a Python list of every id first."""
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        persons = builder.populations["person"]
        persons.ids, persons.count = self.ids, self.persons
        households = builder.populations["household"]
        households.ids, households.count = np.arange(self.count), self.count
        households.members_entity_id = self.owner
        households.members_role = np.full(
            self.persons, households.entity.flattened_roles[0], dtype=object
        )
        simulation = builder.build(self.system)
        for name, column in self.columns.items():
            simulation.set_input(name, PERIOD, column)
        return simulation
