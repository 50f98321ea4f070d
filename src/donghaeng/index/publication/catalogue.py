"""How data portals find the publication: DCAT as JSON-LD and Turtle, and schema.org for the pages.

https://www.w3.org/TR/vocab-dcat-3/ and https://schema.org/Dataset. Addresses are relative to the folder, so
that it can be served from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .material import Material

DCAT_JSON, DCAT_TURTLE = "dcat.jsonld", "dcat.ttl"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "xml": "application/xml",
    "yaml": "application/yaml",
}
Node = dict[str, Any]


def dcat(material: Material, hashes: Mapping[str, str]) -> dict[str, str]:
    """The catalogue record in both forms, by file.

    Args:
        hashes: SHA-256 of each file that is offered, by path.
    """
    record = _record(material, hashes)
    said = {"@context": PREFIXES, **record}
    turtle = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    turtle += f"\n<{record['@id']}> " + " ;\n    ".join(_turtle(record)) + " .\n"
    return {
        DCAT_JSON: json.dumps(said, ensure_ascii=False, indent=2) + "\n",
        DCAT_TURTLE: turtle,
    }


def _record(material: Material, hashes: Mapping[str, str]) -> Node:
    index, publication = material.index, material.index.publication
    periods = material.build.panel.periods
    record: Node = {
        "@id": "index.html",
        "@type": "dcat:Dataset",
        "dct:identifier": index.id,
        "dct:title": _both(index.label.ko, index.label.en),
        "dct:issued": _moment(material.at.isoformat()),
        "dcat:version": index.version,
        "dct:temporal": _temporal(periods[0], periods[-1]),
        "dct:language": list(material.languages),
        "dcat:keyword": [
            text
            for code in index.children(index.top)
            for text in _both(index.label_of(code).ko, index.label_of(code).en)
        ],
        "dcat:distribution": [_distribution(path, sha) for path, sha in sorted(hashes.items())],
    }
    if index.description is not None:
        record["dct:description"] = _both(index.description.ko, index.description.en)
    if publication is not None:
        record["dct:publisher"] = {
            "@type": "foaf:Agent",
            "foaf:name": _both(publication.publisher.ko, publication.publisher.en),
        }
        if publication.licence:
            record["dct:license"] = {
                "@type": "dct:LicenseDocument",
                "rdfs:label": publication.licence,
            }
        if publication.contact:
            record["dcat:contactPoint"] = {"@type": "vcard:Kind", "vcard:fn": publication.contact}
    release = material.release
    if release is not None and release.corrections:
        last = max(each.at for each in release.corrections)
        record["dct:modified"] = _moment(last.isoformat())
        record["adms:versionNotes"] = [
            text for each in release.corrections for text in _both(each.notice.ko, each.notice.en)
        ]
    return record


def _distribution(path: str, sha256: str) -> Node:
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": path},
        "dct:title": path,
        "dcat:mediaType": MEDIA[path.rpartition(".")[2]],
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256},
        },
    }


def _temporal(first: str, last: str) -> Node:
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth"}

    def bound(period: str) -> Node | str:
        kind = kinds.get(len(period)) if "Q" not in period else None
        return {"@type": kind, "@value": period} if kind else period

    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": bound(first),
        "dcat:endDate": bound(last),
    }


def _moment(text: str) -> Node:
    return {"@type": "xsd:dateTime", "@value": text}


def _both(korean: str, english: str) -> list[Node]:
    return [{"@language": "ko", "@value": korean}, {"@language": "en", "@value": english}]


def _turtle(node: Node) -> Iterator[str]:
    """What is said of a node, one verb at a time."""
    for verb, said in node.items():
        if verb == "@id":
            continue
        things = said if isinstance(said, list) else [said]
        if verb == "@type":
            yield "a " + ", ".join(things)
        else:
            yield f"{verb} " + ", ".join(_object(each) for each in things)


def _object(said: str | Node) -> str:
    if isinstance(said, str):
        return json.dumps(said, ensure_ascii=False)
    if "@value" in said:
        text = json.dumps(said["@value"], ensure_ascii=False)
        return f"{text}@{said['@language']}" if "@language" in said else f"{text}^^{said['@type']}"
    if "@id" in said:
        return said["@id"] if said["@id"].startswith("spdx:") else f"<{said['@id']}>"
    return "[ " + " ; ".join(_turtle(said)) + " ]"


def schema_org(material: Material, language: str, files: list[str]) -> str:
    """The description that stands inside a page, as JSON that no page can be broken with.

    Args:
        files: paths of the files that are offered, from the folder.
    """
    index, publication = material.index, material.index.publication
    korean = language == "ko"
    periods = material.build.panel.periods
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": index.label.ko if korean else index.label.en,
        "identifier": index.id,
        "version": index.version,
        "inLanguage": language,
        "datePublished": material.at.isoformat(),
        "temporalCoverage": periods[0] if len(periods) == 1 else f"{periods[0]}/{periods[-1]}",
        "isAccessibleForFree": True,
        "variableMeasured": [
            {"@type": "PropertyValue", "name": label.ko if korean else label.en}
            for label in (index.label_of(code) for code in (index.top, *index.children(index.top)))
        ],
        "measurementTechnique": [
            f"{step.step}: {getattr(step.options, 'method', 'as declared')}" for step in index.steps
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"../{path}",
                "encodingFormat": MEDIA[path.rpartition(".")[2]],
            }
            for path in files
        ],
    }
    if index.description is not None:
        said["description"] = index.description.ko if korean else index.description.en
    if publication is not None:
        name = publication.publisher.ko if korean else publication.publisher.en
        said["publisher"] = {"@type": "Organization", "name": name}
        if publication.licence:
            said["license"] = publication.licence
    release = material.release
    if release is not None and release.corrections:
        said["correction"] = [
            each.notice.ko if korean else each.notice.en for each in release.corrections
        ]
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace("&", "\\u0026")
