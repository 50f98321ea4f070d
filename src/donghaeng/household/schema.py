"""The JSON Schema of a household file, made from the facts that the law declares."""

from __future__ import annotations

from typing import Any

from donghaeng.rules import Law
from donghaeng.rules.declarations import Fact, Rule
from donghaeng.rules.terms import LARGEST_AMOUNT, LARGEST_HOUSEHOLD, Kind

from .fields import PROGRAMMES, RECEIPTS, Fields

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = {"type": ["string", "integer"], "minLength": 1, "maxLength": 200}
MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"


def household_schema(law: Law) -> dict[str, Any]:
    """What a household file may hold under ``law``."""
    fields = Fields(law)
    household = _object(fields, {k: v for k, v in fields.household.items() if k != PROGRAMMES})
    person = _object(fields, fields.person)
    for field, relations in fields.relations.items():
        several = "[" in relations[0].field
        person["properties"][field] = {
            "title": relations[0].label[1],
            "description": relations[0].label[0],
            **(
                {
                    "type": ["array", "null"],
                    "items": {"type": ["string", "integer", "null"]},
                    "maxItems": len(relations),
                }
                if several
                else {"type": ["string", "integer", "null"]}
            ),
        }
    person["properties"] = {"id": ID, **person["properties"]}
    receipts = household["properties"].setdefault(RECEIPTS, _object(fields, {}))
    receipts["properties"] |= {name: _received(rule) for name, rule in fields.benefits().items()}
    household["properties"] = {
        "id": ID,
        "district": {"type": "string", "title": "District (자치구)"},
        PROGRAMMES: _programmes(fields),
        **household["properties"],
        "persons": {
            "type": "array",
            "minItems": 1,
            "maxItems": LARGEST_HOUSEHOLD,
            "items": person,
        },
    }
    household["required"] = ["id", "persons"]
    return {
        "$schema": DIALECT,
        "title": "Donghaeng household file",
        "type": "object",
        "properties": {"households": {"type": "array", "minItems": 1, "items": household}},
        "required": ["households"],
        "additionalProperties": False,
    }


def _object(fields: Fields, tree: dict[str, Any]) -> dict[str, Any]:
    properties = {
        key: _object(fields, below) if isinstance(below, dict) else _value(fields, below[0])
        for key, below in tree.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(fields: Fields, fact: Fact) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": fact.label[1], "description": fact.label[0]}
    if fact.items is not None:
        entry, _ = fact.items
        words = fields.words_of_items(fact)
        low, high = fact.range
        amount = {"type": "integer", "minimum": low, "maximum": high}
        properties: dict[str, Any] = {entry: amount}
        properties |= {key: {"enum": sorted(known)} for key, known in words.items()}
        item = {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
        return {**schema, "type": ["array", "null"], "items": item}
    if fact.default is not None:
        schema["default"] = _plain(fact.default)
    if fact.kind in (Kind.MONEY, Kind.COUNT):
        low, high = fact.range
        return {**schema, "type": ["integer", "null"], "minimum": low, "maximum": high}
    if fact.kind is Kind.FLAG:
        return {**schema, "type": ["boolean", "null"]}
    if fact.kind is Kind.DAY:
        month = {"type": "string", "pattern": MONTH}
        return {**schema, "anyOf": [{"type": "null"}, {"type": "string", "format": "date"}, month]}
    assert fact.choices is not None
    words_known: list[Any] = []
    for member in fact.choices:
        words_known += [member.word, member.korean, member.english, *member.aliases]
        if member.word.isdecimal():
            words_known.append(int(member.word))
    words_known += [int(word) for word in words_known if isinstance(word, str) and word.isdecimal()]
    return {**schema, "enum": [*dict.fromkeys(words_known), None]}


def _received(rule: Rule) -> dict[str, Any]:
    """What is received of a benefit that the law computes; compared with what one is entitled to."""
    schema: dict[str, Any] = {"title": rule.label[1], "description": rule.label[0]}
    if rule.kind is Kind.FLAG:
        return {**schema, "type": ["boolean", "null"]}
    return {**schema, "type": ["integer", "null"], "minimum": 0, "maximum": LARGEST_AMOUNT}


def _programmes(fields: Fields) -> dict[str, Any]:
    """A name (a hypothesis), or a name with details."""
    detailed = []
    for name, tree in fields.household.get(PROGRAMMES, {}).items():
        schema = _object(fields, tree)
        schema["properties"] = {"name": {"const": name}, **schema["properties"]}
        schema["required"] = ["name"]
        detailed.append(schema)
    names = {"enum": fields.programmes()}
    return {"type": "array", "items": {"anyOf": [names, *detailed]}}


def _plain(value: Any) -> Any:
    if isinstance(value, (bool, int)):
        return value
    return value.word if hasattr(value, "word") else value.isoformat()


def cases_schema(household: dict[str, Any]) -> dict[str, Any]:
    """What a file of cases may hold, given the schema of a household file."""
    case = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "article": {"type": "string"},
            "quote": {"type": "string"},
            "date": {"type": "string"},
            "source": {"type": "string"},
            "regimes": {"type": "array", "items": {"type": "string"}},
            "household": household["properties"]["households"]["items"],
            "expect": {"type": "object", "minProperties": 1},
        },
        "required": ["name", "date", "household", "expect"],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": "Donghaeng cases",
        "type": "object",
        "properties": {"cases": {"type": "array", "minItems": 1, "items": case}},
        "required": ["cases"],
        "additionalProperties": False,
    }
