"""The columns of a population: what identifies and weights people, the facts of the law, what was received.

Two tables, joined by ``household_id``. Facts and relations bear the names of the law, so that a rule finds
what it asks for; ``received_`` before the name of a benefit is what a survey or register says was received.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from donghaeng.rules.book import Book
from donghaeng.rules.declarations import Fact, Label, Relation, Rule
from donghaeng.rules.faults import BadInput, nearest
from donghaeng.rules.linking import number
from donghaeng.rules.terms import (
    LARGEST_AMOUNT,
    LARGEST_HOUSEHOLD,
    Entity,
    Enumeration,
    Kind,
    Period,
    Role,
)

RECEIVED = "received_"
HOUSEHOLD_ID, PERSON, WEIGHT = "household_id", "person", "weight"
STRATUM, CLUSTER, REPLICATE, DISTRICT = "stratum", "cluster", "replicate", "district"
LARGEST_NUMBER = 2**62


class Table(StrEnum):
    """Which of the two tables a column stands in."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"

    @property
    def entity(self) -> Entity:
        return Entity.HOUSEHOLD if self is Table.HOUSEHOLDS else Entity.PERSON


class Meaning(StrEnum):
    """What a column is to the program."""

    IDENTIFIER = "identifier"
    WEIGHT = "weight"
    DESIGN = "design"
    DESCRIPTION = "description"
    FACT = "fact"
    RELATION = "relation"
    RECEIPT = "receipt"


class Sex(Enumeration):
    """Sex as the survey recorded it."""

    MALE = "male", "남성", "male"
    FEMALE = "female", "여성", "female"


@dataclass(frozen=True)
class Column:
    """One column: its table, type, unit, range, and what it means.

    ``kind`` is ``None`` for a weight, the one column of floats. ``range`` is in the unit of the column; a
    choice is written as a word of ``choices`` and a day as an ISO date; ``default`` is what the law
    takes where the cell is empty (``None``: it is then not known). A ``symmetric`` relation, such as that
    to the spouse, is returned by the person whom it names.
    """

    name: str
    table: Table
    meaning: Meaning
    label: Label
    kind: Kind | None
    period: Period = Period.POINT
    range: tuple[int, int] = (0, LARGEST_NUMBER)
    choices: type[Enumeration] | None = None
    default: Any = None
    required: bool = False
    symmetric: bool = False
    citation: str = ""

    @property
    def unit(self) -> str:
        """The unit in the words of the data dictionary."""
        if self.kind is Kind.MONEY:
            return {"month": "won a month", "year": "won a year"}.get(self.period.value, "won")
        if self.kind is None:
            return "weight"
        words = {
            Kind.COUNT: "count",
            Kind.FLAG: "true or false",
            Kind.DAY: "date",
            Kind.CHOICE: "word",
        }
        return words[self.kind]

    @property
    def usual(self) -> int | None:
        """The number that stands for the default in tables; nobody for a relation."""
        if self.meaning is Meaning.RELATION:
            return -1
        return None if self.default is None else int(number(self.default))


@dataclass(frozen=True)
class Schema:
    """Every column that a population may have, by table and name."""

    households: Mapping[str, Column]
    persons: Mapping[str, Column]

    def of(self, table: Table) -> Mapping[str, Column]:
        """The columns of one table."""
        return self.households if table is Table.HOUSEHOLDS else self.persons

    def column(self, table: Table, name: str) -> Column:
        """One column.

        Raises:
            BadInput: where there is none of this name, with the nearest.
        """
        columns = self.of(table)
        if name not in columns:
            raise BadInput(
                f"unknown column {name!r}",
                field=table.value,
                remedy=nearest(name, columns) or "donghaeng schema population lists them",
            )
        return columns[name]


def schema_of(book: Book) -> Schema:
    """The columns for a book of law.

    >>> from donghaeng.laws import book
    >>> schema_of(book()).persons["earnings"].unit
    'won a month'
    """
    columns: list[Column] = [*_frame()]
    columns += [_of_the_law(fact) for fact in book.declared.facts.values()]
    columns += [_of_the_law(relation) for relation in book.declared.relations.values()]
    for name, versions in book.declared.rules.items():
        if versions[-1].role is Role.BENEFIT and versions[-1].kind in (Kind.MONEY, Kind.FLAG):
            columns.append(_received(name, versions[-1]))
    return Schema(
        {each.name: each for each in columns if each.table is Table.HOUSEHOLDS},
        {each.name: each for each in columns if each.table is Table.PERSONS},
    )


def _frame() -> list[Column]:
    """What every population may have, whatever the law."""
    households, persons = Table.HOUSEHOLDS, Table.PERSONS
    identifier, design = Meaning.IDENTIFIER, Meaning.DESIGN
    count = Kind.COUNT
    return [
        Column(
            HOUSEHOLD_ID, households, identifier, ("가구 번호", "Household"), count, required=True
        ),
        Column(WEIGHT, households, Meaning.WEIGHT, ("가구 가중치", "Weight"), None, required=True),
        Column(DISTRICT, households, Meaning.DESCRIPTION, ("자치구 코드", "District code"), count),
        Column(STRATUM, households, design, ("층", "Stratum"), count),
        Column(CLUSTER, households, design, ("집락", "Cluster"), count),
        Column(REPLICATE, households, design, ("복제 번호", "Replicate"), count),
        Column(
            "recorded_income_year",
            households,
            Meaning.DESCRIPTION,
            ("조사된 가처분소득", "Disposable income as the survey counts it"),
            Kind.MONEY,
            Period.YEAR,
            (-LARGEST_AMOUNT, LARGEST_AMOUNT),
        ),
        Column(HOUSEHOLD_ID, persons, identifier, ("가구 번호", "Household"), count, required=True),
        Column(
            PERSON,
            persons,
            identifier,
            ("가구원 번호(1은 가구주)", "Person (1 is the head)"),
            count,
            range=(1, LARGEST_HOUSEHOLD),
            required=True,
        ),
        Column(WEIGHT, persons, Meaning.WEIGHT, ("개인 가중치", "Weight of the person"), None),
        Column(
            "sex",
            persons,
            Meaning.DESCRIPTION,
            ("성별", "Sex"),
            Kind.CHOICE,
            range=(0, len(Sex) - 1),
            choices=Sex,
        ),
    ]


def _of_the_law(declaration: Fact | Relation) -> Column:
    table = Table.PERSONS if declaration.entity is Entity.PERSON else Table.HOUSEHOLDS
    if isinstance(declaration, Relation):
        return Column(
            declaration.name,
            table,
            Meaning.RELATION,
            declaration.label,
            Kind.COUNT,
            range=(1, LARGEST_HOUSEHOLD),
            symmetric=declaration.symmetric,
        )
    return Column(
        declaration.name,
        table,
        Meaning.FACT,
        declaration.label,
        declaration.kind,
        declaration.period,
        declaration.range,
        declaration.choices,
        declaration.default,
        citation=declaration.citation,
    )


def _received(name: str, benefit: Rule) -> Column:
    return Column(
        RECEIVED + name,
        Table.PERSONS if benefit.entity is Entity.PERSON else Table.HOUSEHOLDS,
        Meaning.RECEIPT,
        (f"{benefit.label[0]}(받은 금액)", f"{benefit.label[1]}: received"),
        benefit.kind,
        benefit.period,
        (0, 1) if benefit.kind is Kind.FLAG else (0, LARGEST_AMOUNT),
        citation=benefit.citation,
    )
