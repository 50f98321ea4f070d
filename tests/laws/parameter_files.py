"""The files of dated numbers: all of the country's and the city's, read once for the tests."""

import datetime
from fractions import Fraction
from importlib.resources import files

from donghaeng.rules.parameters import Parameter, read_parameters
from donghaeng.rules.terms import Status

LAWS = files("donghaeng") / "laws"
KOREA = (
    "basic_pension",
    "child_allowance",
    "child_credit",
    "credit_household",
    "disability_allowance",
    "disability_pension",
    "earned_income_credit",
    "education",
    "income",
    "income_tax",
    "lines",
    "median_income",
    "near_poor",
    "parental_benefit",
    "property",
    "rents",
    "repair_benefit",
    "single_parent",
    "social_insurance",
    "supporters",
    "vehicles",
    "youth_housing",
)
SEOUL = ("basic_security", "safety_income", "seoul_learn")
FIRST_DAY = datetime.date(2015, 7, 1)
LAST_DAY = datetime.date(2027, 12, 31)
PILOT_START = datetime.date(2022, 7, 1)
YEARS = range(2015, 2028)
SIZES = range(1, 8)
BENEFITS = ("livelihood", "medical", "housing", "education")


def read(law: str, *names: str) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for name in names:
        path = LAWS / law / "parameters" / f"{name}.yaml"
        found |= read_parameters(path.read_text(encoding="utf-8"), path.name)
    return found


BY_FILE = {name: read("korea", name) for name in KOREA}
NATIONAL = read("korea", *KOREA)
CITY = read("seoul", *SEOUL)
PILOT = read("seoul", "safety_income")
ALL = NATIONAL | CITY


def day_in(year: int) -> datetime.date:
    """A day on which the values of ``year`` are in force; 맞춤형 급여 began in July 2015."""
    return datetime.date(year, 12, 31)


def cell(name, year, *key):
    return ALL[name].on(day_in(year)).cells[key]


def status(name: str, year: int, *key) -> Status:
    return ALL[name].on(day_in(year)).status_at(key)


def half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
