"""The words in which a law is declared: entities, periods, types of value, statuses, roundings."""

from __future__ import annotations

import datetime
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

# Inside one rule a value is exact: whole, or a fraction until the rule rounds it.
Money: TypeAlias = int | Fraction
Rate: TypeAlias = int | Fraction
Count: TypeAlias = int
Day: TypeAlias = datetime.date


class Entity(Enum):
    """Whom a variable describes."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Period(Enum):
    """What stretch of time an amount is about.

    ``POINT`` is a state on the day itself (an age, a balance, a tenure); nothing about a month is
    ever added to something about a year.
    """

    POINT = "point"
    MONTH = "month"
    YEAR = "year"


class Kind(Enum):
    """The type of a value, as the annotation of a rule names it."""

    MONEY = "Money"
    COUNT = "Count"
    RATE = "Rate"
    FLAG = "bool"
    DAY = "Day"
    CHOICE = "Enumeration"


class Role(Enum):
    """Where a result stands in an answer."""

    INTERMEDIATE = "intermediate"
    INCOME = "income"
    BENEFIT = "benefit"
    CONTRIBUTION = "contribution"
    LINE = "line"
    FLAG = "flag"
    TOTAL = "total"


class Status(Enum):
    """How sure a parameter is. Whatever is not ``OFFICIAL`` is listed with every result it touched."""

    OFFICIAL = "official"
    DERIVED = "derived"
    PRESS = "press"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    GAP = "gap"


class Way(Enum):
    """The direction in which an exact amount becomes a whole multiple."""

    DOWN = "down"  # 절사 (버림)
    NEAREST = "nearest"  # 반올림: a half goes up
    UP = "up"  # 올림


class Rounding(Enum):
    """How the result of a rule becomes whole: the way, and the multiple."""

    DOWN = (Way.DOWN, 1)
    NEAREST = (Way.NEAREST, 1)
    UP = (Way.UP, 1)
    DOWN_10 = (Way.DOWN, 10)
    NEAREST_10 = (Way.NEAREST, 10)
    UP_10 = (Way.UP, 10)
    DOWN_100 = (Way.DOWN, 100)
    UP_100 = (Way.UP, 100)
    DOWN_1000 = (Way.DOWN, 1000)
    UP_1000 = (Way.UP, 1000)

    @property
    def way(self) -> Way:
        return self.value[0]

    @property
    def multiple(self) -> int:
        return self.value[1]


class Enumeration(Enum):
    """A closed list of answers, each with its word in files, its labels and other spellings.

    A law module declares one like this; the first word is the one that files use.

        class Tenure(Enumeration):
            OWNED = "owned", "자가", "Owned"
            MONTHLY_RENT = "monthly_rent", "월세", "Monthly rent"
    """

    def __init__(self, word: str, korean: str, english: str, *aliases: str) -> None:
        self.word = word
        self.korean = korean
        self.english = english
        self.aliases = aliases

    def __eq__(self, other: object) -> bool:
        """Equal to the same word of the same enumeration, also where the law was read another time."""
        if not isinstance(other, Enumeration):
            return NotImplemented
        return self.word == other.word and type(self).__name__ == type(other).__name__

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.word))

    @property
    def position(self) -> int:
        """Place in the list, from 0: the number that stands for the member in tables."""
        return list(type(self)).index(self)

    @classmethod
    def from_word(cls, word: object) -> Enumeration:
        """The member that ``word`` spells; ``KeyError`` where none does."""
        text = str(word).strip()
        for member in cls:
            if text in (member.word, member.korean, member.english, *member.aliases):
                return member
        raise KeyError(text)


PERSON = Entity.PERSON
HOUSEHOLD = Entity.HOUSEHOLD
POINT = Period.POINT
MONTH = Period.MONTH
YEAR = Period.YEAR

# No declared amount may leave this range: in it every sum of the law stays exact.
LARGEST_AMOUNT = 10**11
LARGEST_HOUSEHOLD = 60
