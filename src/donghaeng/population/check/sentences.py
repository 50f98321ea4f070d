"""What is wrong with a cell, in the words of a reader, and what would be right there."""

from __future__ import annotations

import difflib
from typing import Any

from donghaeng.language import Words
from donghaeng.rules.terms import LARGEST_HOUSEHOLD, Kind

from ..documentation import bounds
from ..schema import RECEIVED, Column, Schema, Table
from .values import spellings
from .violations import Fault


def sentence(words: Words, schema: Schema, violation: dict[str, Any]) -> str:
    """One violation (a row of ``Checked.violations``) as a sentence."""
    fault, name = Fault(violation["fault"]), violation["column"]
    table, other = Table(violation["table"]), violation["other"]
    if fault is Fault.UNKNOWN_COLUMN:
        return _unknown_column(words, schema, table, name)
    if fault in OF_VALUES and name in schema.of(table):
        return _of_value(words, fault, schema.of(table)[name], violation["value"])
    number = "" if other is None else f"{other:,}"
    said = {
        Fault.OTHER_TABLE: words("The column belongs to the other table"),
        Fault.MISSING_COLUMN: words("The column is missing"),
        Fault.NOT_A_NUMBER: words("Not a number"),
        Fault.FRACTION: words("A fraction, and the map names no rounding"),
        Fault.OUT_OF_RANGE: words("Outside what the column holds"),
        Fault.NOT_A_DAY: words("No day that exists"),
        Fault.UNKNOWN_CODE: words("The map does not say what this code means"),
        Fault.MISSING_VALUE: words("Must not be empty"),
        Fault.NOT_POSITIVE: words("A weight is greater than zero"),
        Fault.DUPLICATE_HOUSEHOLD: words("The household stands in row {row} already", row=number)
        if number
        else words("The household stands in another partition already"),
        Fault.DUPLICATE_PERSON: words("The person stands in row {row} already", row=number),
        Fault.NO_HOUSEHOLD: words("No household has this number"),
        Fault.NO_PERSONS: words("The household has no persons"),
        Fault.TOO_MANY_PERSONS: words(
            "{count} persons in the household; at most {most}",
            count=number,
            most=LARGEST_HOUSEHOLD,
        ),
        Fault.NO_HEAD: words("The household has no head (person 1)"),
        Fault.SEVERAL_HEADS: words("The household has several heads"),
        Fault.GAP_IN_NUMBERS: words(
            "The person before is {number}; persons are numbered 1, 2, 3 and so on", number=number
        ),
        Fault.POINTS_NOWHERE: words("The household has no such person"),
        Fault.POINTS_AT_ONESELF: words("Points at the same person"),
        Fault.NOT_RETURNED: words("Person {number} does not point back", number=number),
        Fault.SAME_PARENTS: words("Both parents are the same person"),
    }
    return said[fault]


OF_VALUES = (
    Fault.FRACTION,
    Fault.OUT_OF_RANGE,
    Fault.UNKNOWN_WORD,
    Fault.NOT_A_FLAG,
    Fault.NOT_A_DAY,
)


def _unknown_column(words: Words, schema: Schema, table: Table, name: str) -> str:
    known = list(schema.of(table))
    if name.startswith(RECEIVED):
        known = [each for each in known if each.startswith(RECEIVED)]
    close = _nearest(name, known)
    if close:
        return words("There is no such column; {name} is near", name=close)
    if name.startswith(RECEIVED):
        return words("The law has no such benefit")
    return words("There is no such column")


def _of_value(words: Words, fault: Fault, column: Column, value: str | None) -> str:
    low, high = bounds(column)
    if fault is Fault.FRACTION and column.kind is Kind.MONEY:
        return words("Money is whole won")
    if fault is Fault.FRACTION:
        return words("Not a whole number")
    if fault is Fault.OUT_OF_RANGE:
        return words("Outside the range from {low} to {high}", low=low, high=high)
    if fault is Fault.NOT_A_FLAG:
        return words("Neither {yes} nor {no}", yes="true", no="false")
    if fault is Fault.NOT_A_DAY:
        return words("No day that exists; written as {example}", example="1984-05-17")
    close = _nearest(value or "", list(spellings(column)))
    if close:
        return words("Not one of its words; {word} is near", word=spellings(column)[close])
    known = ", ".join(dict.fromkeys(spellings(column).values()))
    return words("Not one of its words: {known}", known=known)


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return close[0] if close else ""
