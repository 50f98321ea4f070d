"""Input files as models: YAML read with bounds, checked against its model, and its first fault in one line."""

from __future__ import annotations

import types
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from donghaeng.rules.faults import BadInput, nearest
from donghaeng.rules.yaml_files import read_yaml

from .ranges import Range
from .rounding import Printed, read_printed

LARGEST_FILE = 4 * 2**20
LARGEST_COUNT = 10**30


class Entry(BaseModel):
    """A part of an input file: fields that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Entry):
    """The same in Korean and English."""

    ko: str
    en: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.ko, self.en


def _check_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError(
            f"{value!r} is neither a whole number nor a printed figure in quotes "
            '(a count is written 3001, a rounded figure as it was printed: "111.0")'
        )
    if isinstance(value, str):
        printed(value)
    elif abs(value) > LARGEST_COUNT:
        raise ValueError(f"{str(value)[:20]}… is larger than any count")
    return value


def printed(text: str) -> Printed:
    """``read_printed`` for a validator of a model: its fault is a ValueError."""
    try:
        return read_printed(text)
    except BadInput as error:
        raise ValueError(str(error)) from None


def _check_printed(text: str) -> str:
    return printed(text).text


# A whole number is an exact count; a figure in quotes is what was printed, known to its last digit.
Number = Annotated[int | str, BeforeValidator(_check_number)]
PrintedText = Annotated[str, AfterValidator(_check_printed)]


def value_of(number: int | str) -> Fraction:
    """A number of an input file as it stands there."""
    return Fraction(number) if isinstance(number, int) else read_printed(number).value


def range_of(number: int | str) -> Range:
    """What a number of an input file may be."""
    return Range.exactly(number) if isinstance(number, int) else read_printed(number).range()


Model = TypeVar("Model", bound=BaseModel)


def read_file(file: Path, model: type[Model]) -> Model:
    """The file as ``model``.

    Raises:
        BadInput: with file and field, for the first thing that is not right.
        LawFault: with the line, where it is not plain YAML.
    """
    name = str(file)
    try:
        content = file.read_bytes()
        if len(content) > LARGEST_FILE:
            raise BadInput(f"is larger than {LARGEST_FILE:,} bytes", file=name)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(str(error.strerror), file=name) from None
    except UnicodeDecodeError:
        raise BadInput("is not text in UTF-8", file=name) from None
    document, _ = read_yaml(text, name)
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise first_fault(error, model, document, name) from None


def first_fault(
    error: ValidationError, model: type[BaseModel], document: Any, file: str
) -> BadInput:
    """The first fault that pydantic found, as one line: the file, the field, and what would be right."""
    faults = error.errors(include_url=False)
    # A misspelt field is missing under its right name too; the name that was written says more.
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    kind, path, remedy = fault["type"], fault["loc"], ""
    message = fault["msg"].removeprefix("Value error, ")
    if kind == "extra_forbidden":
        known = [*_fields_at(model, path[:-1])]
        message = f"unknown field {path[-1]!r}"
        remedy = nearest(str(path[-1]), known) or f"one of {', '.join(known)}"
    elif kind == "missing":
        message = "is missing"
    elif kind in ("enum", "literal_error"):
        expected = fault["ctx"]["expected"].replace(" or ", ",").split(",")
        words = [word.strip("' ") for word in expected]
        message = f"{fault['input']!r} is not known here"
        remedy = nearest(str(fault["input"]), words) or f"one of {', '.join(words)}"
    return BadInput(message, file=file, field=_field(path, document, kind), remedy=remedy)


def _field(path: tuple[int | str, ...], document: Any, kind: str) -> str:
    """The place in the file. Pydantic's path also names the branches of a choice; these are not in it."""
    field, here = "", document
    for number, step in enumerate(path):
        is_there = (isinstance(here, dict) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        )
        if is_there:
            here = here[step]
        elif not (kind == "missing" and number == len(path) - 1):
            continue
        field += f"[{step}]" if isinstance(step, int) else f".{step}"
    return field.lstrip(".")


def _fields_at(model: type[BaseModel], path: tuple[int | str, ...]) -> Iterator[str]:
    """The names that may stand at ``path``."""
    here = [model]
    for step in path:
        inner = [m for each in here for m in _models(_annotation(each, step))]
        here = inner or here
    for each in here:
        for name, field in each.model_fields.items():
            yield field.alias or name


def _annotation(model: type[BaseModel], step: int | str) -> Any:
    for name, field in model.model_fields.items():
        if step in (name, field.alias):
            return field.annotation
    return None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model within a type: of a list, of a mapping, of a choice."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)
