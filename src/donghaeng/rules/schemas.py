"""JSON Schemas of parameter files and of reforms."""

from __future__ import annotations

from typing import Any

from .parameters import PERIODS, UNITS
from .terms import Status

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def parameters_schema() -> dict[str, Any]:
    """What a parameter file may hold."""
    status = {"enum": [status.value for status in Status]}
    entry = {
        "type": "object",
        "properties": {
            "value": {},
            "status": status,
            "status_of": {"type": "object", "additionalProperties": status},
            "source": {"type": "string"},
            "note": {"type": "string"},
            "regimes": {"type": "array", "items": {"type": "string"}, "minItems": 2},
            "default": {"type": "string"},
        },
        "required": ["status"],
        "additionalProperties": False,
    }
    units = [*UNITS, *(f"rate/{period}" for period in PERIODS)]
    parameter = {
        "type": "object",
        "properties": {
            "label": {
                "type": "object",
                "properties": {"ko": {"type": "string"}, "en": {"type": "string"}},
                "required": ["ko", "en"],
                "additionalProperties": False,
            },
            "unit": {"enum": units},
            "period": {"enum": list(PERIODS)},
            "citation": {"type": "string", "minLength": 1},
            "keys": {"type": "object", "additionalProperties": {"type": "array", "minItems": 1}},
            "brackets": {"type": "boolean"},
            "yearly": {"type": "boolean"},
            "note": {"type": "string"},
            "until": {"type": "string"},
            "values": {"type": "object", "patternProperties": {DAY: entry}, "minProperties": 1},
        },
        "required": ["label", "unit", "citation", "values"],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": "Donghaeng parameter file",
        "type": "object",
        "additionalProperties": parameter,
    }


def reform_schema() -> dict[str, Any]:
    """What a reform in YAML may hold."""
    return {
        "$schema": DIALECT,
        "title": "Donghaeng reform",
        "type": "object",
        "properties": {
            "reform": {
                "type": "object",
                "properties": {"ko": {"type": "string"}, "en": {"type": "string"}},
            },
            "parameters": {"type": "object"},
            "new_parameters": parameters_schema(),
        },
        "anyOf": [{"required": ["parameters"]}, {"required": ["new_parameters"]}],
        "additionalProperties": False,
    }
