"""The columns of a population are those of the law, with what identifies, weights and was received."""

import pytest

from donghaeng.laws import book
from donghaeng.population.schema import Meaning, Table, schema_of
from donghaeng.rules.faults import BadInput
from donghaeng.rules.terms import Entity, Kind, Role

BOOK = book()
SCHEMA = schema_of(BOOK)


def test_every_fact_and_relation_of_the_law_is_a_column_of_its_table():
    for name, declared in {**BOOK.declared.facts, **BOOK.declared.relations}.items():
        table = Table.PERSONS if declared.entity is Entity.PERSON else Table.HOUSEHOLDS
        column = SCHEMA.column(table, name)
        assert column.label == declared.label
        assert (column.meaning is Meaning.RELATION) == (name in BOOK.declared.relations)


def test_what_may_be_received_are_the_benefits_of_money_and_those_that_are_had_or_not():
    received = {
        name
        for table in Table
        for name, each in SCHEMA.of(table).items()
        if each.meaning is Meaning.RECEIPT
    }
    benefits = {
        f"received_{name}"
        for name, versions in BOOK.declared.rules.items()
        if versions[-1].role is Role.BENEFIT and versions[-1].kind in (Kind.MONEY, Kind.FLAG)
    }
    assert received == benefits
    assert {"received_livelihood_benefit", "received_basic_pension"} <= received
    assert SCHEMA.households["received_livelihood_benefit"].unit == "won a month"
    assert SCHEMA.households["received_earned_income_credit_year"].unit == "won a year"
    assert SCHEMA.households["received_medical_aid"].unit == "true or false"


def test_units_ranges_and_defaults_are_those_of_the_declaration():
    earnings = SCHEMA.persons["earnings"]
    assert (earnings.unit, earnings.range, earnings.default) == ("won a month", (0, 10**11), None)
    assert earnings.usual is None  # not known where it is empty
    assert SCHEMA.households["deposit"].usual == 0
    assert SCHEMA.persons["insured_as_employee"].usual == 1
    assert SCHEMA.persons["spouse"].usual == -1  # nobody
    assert SCHEMA.persons["birth_date"].unit == "date"
    assert SCHEMA.persons["sex"].unit == "word"
    assert SCHEMA.households["weight"].unit == "weight"
    assert SCHEMA.households["since"].usual == 20220701


def test_income_as_a_survey_counts_it_may_be_below_zero():
    assert SCHEMA.households["recorded_income_year"].range[0] == -(10**11)


def test_what_a_row_needs_is_marked():
    needed = {
        (table.value, name)
        for table in Table
        for name, each in SCHEMA.of(table).items()
        if each.required
    }
    assert needed == {
        ("households", "household_id"),
        ("households", "weight"),
        ("persons", "household_id"),
        ("persons", "person"),
    }


def test_an_unknown_column_is_refused_with_the_nearest_or_where_they_are_listed():
    with pytest.raises(BadInput, match=r"persons: unknown column 'earning' \(.*earnings"):
        SCHEMA.column(Table.PERSONS, "earning")
    with pytest.raises(BadInput, match="schema"):
        SCHEMA.column(Table.HOUSEHOLDS, "zzzzzzzz")
