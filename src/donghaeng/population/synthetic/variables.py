"""What the model draws, in the order in which it is drawn: later ones depend on earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from .cells import BODY, HOUSEHOLD, PENSIONER, UNIT, WORKER, Cells

INCOME, OWNER = "income", "owner"
DISABLED, EDUCATION, ALONE = "disabled", "in_education", "alone"
OTHERS = "others work"


@dataclass(frozen=True)
class Variable:
    """One thing that is drawn: a chance, an amount, or both (whether there is one, and how much)."""

    name: str
    cells: Cells
    regressors: tuple[str, ...] = ()
    chance: bool = True
    amount: bool = False


# Income enters as log(1 + monthly earnings, business income and national pension in millions of won).
VARIABLES = (
    Variable("recipient", UNIT),
    Variable("disabled", BODY),
    Variable("severe", BODY),
    Variable("working", WORKER, (DISABLED, EDUCATION, ALONE)),
    Variable("self_employed", WORKER),
    Variable("earnings", WORKER, (ALONE, OTHERS), False, True),
    Variable("business_income", WORKER, (), False, True),
    Variable("national_pension", PENSIONER, (), True, True),
    Variable("owned", HOUSEHOLD, (INCOME,)),
    Variable("jeonse", HOUSEHOLD, (INCOME,)),
    Variable("renting", HOUSEHOLD, (INCOME,)),
    Variable("monthly_rent", HOUSEHOLD, (INCOME,), False, True),
    Variable("home_value", HOUSEHOLD, (INCOME,), False, True),
    Variable("jeonse_deposit", HOUSEHOLD, (INCOME,), False, True),
    Variable("rent_deposit", HOUSEHOLD, (INCOME,), True, True),
    Variable("financial_property", HOUSEHOLD, (INCOME, OWNER), True, True),
    Variable("general_property", HOUSEHOLD, (INCOME, OWNER), True, True),
    Variable("debts", HOUSEHOLD, (INCOME, OWNER), True, True),
    Variable("car_value", HOUSEHOLD, (INCOME, OWNER), True, True),
    Variable("property_income", HOUSEHOLD, (INCOME, OWNER), True, True),
    Variable("public_transfers", HOUSEHOLD, (INCOME,), True, True),
    Variable("private_transfers", HOUSEHOLD, (INCOME,), True, True),
)
BY_NAME = {each.name: each for each in VARIABLES}
# Amounts of a household whose residuals are joined by the copula; the three of housing are one.
JOINED = ("housing", "financial_property", "general_property", "debts", "car_value")
