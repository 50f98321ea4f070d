"""The language of law: what a law file may say, how it is loaded, and how it answers.

A law file imports its words from here; a program opens a ``Book`` of law files and asks the ``Law``
of a day. Nothing in this package knows any particular law.
"""

from .arithmetic import (
    Schedule,
    age_in_months,
    age_in_years,
    by_brackets,
    months_between,
    per_month,
    round_down,
    round_nearest,
    round_up,
)
from .book import Book, read_day
from .bundle import Bundle
from .declarations import (
    any_over,
    children_by,
    count_over,
    fact,
    max_over,
    min_over,
    of,
    of_oldest,
    relation,
    rule,
    sum_over,
    unit,
)
from .evaluation import HouseholdFacts
from .explanation import Explanation
from .faults import BadInput, LawFault
from .law import Law
from .missing import Missing, is_missing
from .parameters import Table
from .terms import (
    HOUSEHOLD,
    MONTH,
    PERSON,
    POINT,
    YEAR,
    Count,
    Day,
    Enumeration,
    Money,
    Rate,
    Role,
    Rounding,
)

__all__ = [
    "HOUSEHOLD",
    "MONTH",
    "PERSON",
    "POINT",
    "YEAR",
    "BadInput",
    "Book",
    "Bundle",
    "Count",
    "Day",
    "Enumeration",
    "Explanation",
    "HouseholdFacts",
    "Law",
    "LawFault",
    "Missing",
    "Money",
    "Rate",
    "Role",
    "Rounding",
    "Schedule",
    "Table",
    "age_in_months",
    "age_in_years",
    "any_over",
    "by_brackets",
    "children_by",
    "count_over",
    "fact",
    "is_missing",
    "max_over",
    "min_over",
    "months_between",
    "of",
    "of_oldest",
    "per_month",
    "read_day",
    "relation",
    "round_down",
    "round_nearest",
    "round_up",
    "rule",
    "sum_over",
    "unit",
]
