"""JSON Schema of input files, from their models: what an editor needs to complete words and to find slips."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from donghaeng.rules.schemas import DIALECT

from .steps import STEPS


def file_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a file that holds ``model``, in the dialect of 2020-12.

    It says which words there are, and of which form. What has to fit together across a file (a tree without
    circles, weights that do not sum to zero) is checked when the file is read.
    """
    schema = model.model_json_schema()
    _close(schema)
    _allow_bare_steps(schema)
    return {"$schema": DIALECT, **schema}


def _close(part: Any) -> None:
    """A mapping by code takes no entry whose name is no code; pydantic leaves that open."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part.setdefault("additionalProperties", False)
        for each in part.values():
            _close(each)
    elif isinstance(part, list):
        for each in part:
            _close(each)


def _allow_bare_steps(schema: dict[str, Any]) -> None:
    """A step with all its usual options may be written as its name alone: `- treat`, or `- treat:`."""
    definitions = schema.get("$defs", {})
    bare = []
    for name, kind in STEPS.items():
        step = definitions.get(kind.__name__)
        if step is None:
            continue
        step["required"] = [name]
        options = step["properties"][name]
        if "default" in options:
            bare.append(name)
            step["properties"][name] = {"anyOf": [options, {"type": "null"}]}
    if "steps" in schema["properties"]:
        steps = schema["properties"]["steps"]
        steps["items"] = {"anyOf": [{"enum": bare}, steps["items"]]}
