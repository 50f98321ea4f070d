"""What a file that does not have the form of a model does wrong: one line, with place and remedy."""

from __future__ import annotations

import datetime
import json
from typing import Any

from pydantic import BaseModel, ValidationError

from donghaeng.rules.faults import BadInput, nearest

from .steps import STEPS
from .vocabulary import CODE, PERIOD, TEXT

Location = tuple[int | str, ...]


def form_fault(
    error: ValidationError, document: Any, model: type[BaseModel], file: str
) -> BadInput:
    """The first finding, with the place in the file and what would be right."""
    found = min(error.errors(include_url=False), key=_urgency)
    kind, location = found["type"], found["loc"]
    place = _place(location, document, new=kind in ("missing", "extra_forbidden"))
    field = ".".join(str(part) for part in place) or "the file"
    if kind == "missing":
        return BadInput("is missing", file=file, field=field)
    if kind == "extra_forbidden":
        word, known = str(place[-1]), _known_fields(model, location)
        return BadInput(
            f"unknown field {word!r}", file=file, field=field, remedy=_remedy(word, known)
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        word = str(found.get("ctx", {}).get("tag", ""))
        at_step = place[:1] == ["steps"] and len(place) == 2
        known = list(STEPS) if at_step else _known_methods(model, location)
        says = f"there is no {word!r} here" if word else "does not say which"
        return BadInput(says, file=file, field=field, remedy=_remedy(word, known))
    if kind in ("literal_error", "enum"):
        word = str(found["input"])
        known = found["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        return BadInput(
            f"there is no {word!r} here", file=file, field=field, remedy=_remedy(word, known)
        )
    return BadInput(_sentence(found), file=file, field=field, remedy=_quotes(found))


# What pydantic says with the words of Python, in those of a file.
SENTENCES = {
    "bool_type": "is either true or false",
    "dict_type": "is a mapping, with a name before each entry",
    "enum": "is not one of its words",
    "finite_number": "is a finite number",
    "float_type": "is a number",
    "int_from_float": "is a whole number",
    "int_type": "is a whole number",
    "model_type": "is a mapping, with a name before each entry",
    "string_too_short": "is empty",
    "string_type": "is a text",
    "too_short": "is empty",
    "tuple_type": "is a list",
}
LIMITS = {
    "greater_than": ("gt", "has to be above {limit:g}"),
    "greater_than_equal": ("ge", "has to be {limit:g} or more"),
    "less_than": ("lt", "has to be below {limit:g}"),
    "less_than_equal": ("le", "has to be {limit:g} or less"),
}
PATTERNS = {
    CODE: "is no code: it begins with a letter or figure, and holds no comma, semicolon, slash, "
    "quotation mark or line end",
    PERIOD: "is no period: 2024, 2024-S1, 2024-Q1, 2024-07 or 2024-07-15",
    TEXT: "holds a sign that no text has",
}


def _sentence(found: Any) -> str:
    """What is wrong with a value, and the value where it is short."""
    message = found["msg"].removeprefix("Value error, ")
    message = SENTENCES.get(found["type"], f"{message[0].lower()}{message[1:]}")
    if found["type"] in LIMITS:
        name, sentence = LIMITS[found["type"]]
        message = sentence.format(limit=found["ctx"][name])
    if found["type"] == "string_pattern_mismatch":
        message = PATTERNS.get(found["ctx"]["pattern"], message)
    given = json.dumps(found["input"], ensure_ascii=False, default=str)
    return message + (f", not {given}" if len(given) <= 60 and message != "is empty" else "")


def _quotes(found: Any) -> str:
    """A name that YAML takes for something else, such as `no`, stands in quotes."""
    other = found["type"] == "string_type" and isinstance(found["input"], bool | datetime.date)
    return "put it in quotes" if other else ""


def _remedy(word: str, known: list[str]) -> str:
    return nearest(word, known) or (f"one of {', '.join(known)}" if known else "")


def _urgency(found: Any) -> int:
    """An unknown word explains a missing one, so it goes first."""
    return {"extra_forbidden": 0, "union_tag_invalid": 0}.get(found["type"], 1)


def _place(location: Location, document: Any, new: bool) -> list[int | str]:
    """The path of a finding in the file, without the names of variants that pydantic puts in it.

    ``new``: the last part is a field that is missing, or that nobody knows.
    """
    place: list[int | str] = []
    here = document
    for number, part in enumerate(location):
        inside = (isinstance(here, dict) and part in here) or (
            isinstance(here, list) and isinstance(part, int) and part < len(here)
        )
        if inside:
            here = here[part]
        elif not (new and number == len(location) - 1):
            continue
        place.append(part)
    return place


# ---- what would have been right -------------------------------------------------------------------


def _known_fields(model: type[BaseModel], location: Location) -> list[str]:
    """The fields that stand where an unknown one was found."""
    schema = model.model_json_schema()
    return list(_reached(schema, location[:-1]).get("properties", {}))


def _known_methods(model: type[BaseModel], location: Location) -> list[str]:
    """The methods between which the word that was found was to choose."""
    schema = model.model_json_schema()
    here = _reached(schema, location)
    for option in (here, *_variants(schema, here)):
        if "discriminator" in option:
            return list(option["discriminator"].get("mapping", {}))
    return []


def _reached(schema: Any, location: Location) -> Any:
    """The part of the schema at ``location``; the name of a variant leads into that variant."""
    here: Any = _resolved(schema, schema)
    for part in location:
        found = _step_into(schema, here, part)
        here = here if found is None else _resolved(schema, found)
    return here


def _step_into(schema: Any, here: Any, part: int | str) -> Any:
    options = [here, *_variants(schema, here)]
    for option in options:
        mapping = option.get("discriminator", {}).get("mapping", {})
        if part in mapping:
            return {"$ref": mapping[part]}
    for option in options:
        if part in option.get("properties", {}):
            return option["properties"][part]
        if isinstance(part, int) and "items" in option:
            return option["items"]
        entries = [
            *option.get("patternProperties", {}).values(),
            option.get("additionalProperties"),
        ]
        if isinstance(entries[0], dict):
            return entries[0]
    return None


def _variants(schema: Any, here: Any) -> list[Any]:
    return [_resolved(schema, each) for each in (*here.get("anyOf", ()), *here.get("oneOf", ()))]


def _resolved(schema: Any, here: Any) -> Any:
    while "$ref" in here:
        here = schema["$defs"][here["$ref"].rpartition("/")[2]]
    return here
