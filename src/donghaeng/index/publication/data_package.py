"""The tables as a Frictionless Data Package: types, units, keys, and what refers to what.

https://specs.frictionlessdata.io/data-package/ and https://specs.frictionlessdata.io/table-schema/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars

from .material import Material
from .tables import Table

NAME = "datapackage.json"


def data_package(material: Material, tables: Sequence[Table], hashes: Mapping[str, str]) -> str:
    """The descriptor of every table, as JSON.

    Args:
        hashes: SHA-256 of each table's file, by path.
    """
    index = material.index
    publication = index.publication
    said: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": index.id.lower().replace(" ", "-"),
        "title": index.label.en,
        "title_ko": index.label.ko,
        "version": index.version,
        "created": material.at.isoformat(),
        "resources": [_resource(table, hashes[table.path]) for table in tables],
    }
    if index.description is not None:
        said |= {"description": index.description.en, "description_ko": index.description.ko}
    if publication is not None:
        said["contributors"] = [{"title": publication.publisher.en, "role": "publisher"}]
        if publication.licence:
            said["licenses"] = [{"name": "see-title", "title": publication.licence}]
        if publication.landing_page:
            said["homepage"] = publication.landing_page
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, sha256: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(table, name) for name in table.frame.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(each.columns),
                "reference": {"resource": each.table, "fields": list(each.theirs)},
            }
            for each in table.references
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{sha256}",
        "schema": schema,
    }


def _field(table: Table, name: str) -> dict[str, Any]:
    kind = table.frame.schema[name]
    said: dict[str, Any] = {"name": name, "type": "string"}
    if kind.is_float():
        said["type"] = "number"
    elif kind.is_integer():
        said["type"] = "integer"
    elif kind != polars.String:
        raise TypeError(f"{table.path} has a column of {kind}")
    if name in table.units:
        said["unit"] = table.units[name]
    return said
