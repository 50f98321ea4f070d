"""Reading and writing an index file, with one line for whatever is not right in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from donghaeng.rules.faults import BadInput, LawFault
from donghaeng.rules.yaml_files import read_yaml

from .consistency import check_consistency
from .form_faults import form_fault
from .index_file import Index

LARGEST_FILE = 16 * 2**20
Model = TypeVar("Model", bound=BaseModel)


def read_index(path: str | Path) -> Index:
    """The index that a file describes.

    Raises:
        BadInput: with file and field, for the first thing that is not right: a word that is not known,
            a tree that is none, weights that sum to zero, a method that its figures cannot feed.
    """
    index = read_model(path, Index)
    check_consistency(index, str(path))
    return index


def read_model(path: str | Path, model: type[Model]) -> Model:
    """A YAML or JSON file as ``model``.

    Raises:
        BadInput: where the file cannot be read, or with the field that is not right.
    """
    file = str(path)
    document = _spelt_out(read_document(path))
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise form_fault(error, document, model, file) from None


def read_document(path: str | Path) -> Any:
    """What a YAML or JSON file holds.

    Raises:
        BadInput: where it cannot be read.
    """
    file = str(path)
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise BadInput(f"is larger than {LARGEST_FILE // 2**20} MB", file=file)
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(str(error.strerror), file=file) from None
    except UnicodeDecodeError:
        raise BadInput("is not text in UTF-8", file=file) from None
    try:
        document, _ = read_yaml(text, file)
    except LawFault as fault:
        raise BadInput(f"line {fault.line}: {fault.message}", file=file) from None
    return document


def index_text(index: Index) -> str:
    """The index as YAML: what is a default is left out, and reading it gives the same index."""
    said = index.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)


def _spelt_out(document: Any) -> Any:
    """Steps that are written as a bare word become a mapping; everything else stays."""
    if not isinstance(document, dict) or not isinstance(document.get("steps"), list):
        return document
    steps: list[Any] = [_spelt_out_step(entry) for entry in document["steps"]]
    return {**document, "steps": steps}


def _spelt_out_step(entry: Any) -> Any:
    if isinstance(entry, str):
        return {entry: {}}
    if isinstance(entry, dict):
        return {key: {} if value is None else value for key, value in entry.items()}
    return entry
