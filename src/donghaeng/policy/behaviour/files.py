"""Rungs of labour supply as a document and as files: JSON, a report in each language, calibrated settings."""

from __future__ import annotations

import json

import yaml

from donghaeng.language import LANGUAGES, Words, date_text
from donghaeng.reports.document_parts import Document
from donghaeng.reports.documents import page, pdf

from ..labour import Settings
from ..labour.parameters import Status
from ..report.document import notice
from ..report.reader import Reader
from .results import Behaviour
from .section import behaviour_section

DATA = "labour.json"


def behaviour_document(behaviour: Behaviour, language: str, *, pictures: bool = True) -> Document:
    """The rungs side by side, as a document of their own."""
    static = behaviour.static
    reader = Reader(static, Words(language))
    words = reader.words
    about = words(
        "{day}; population: {population}; compared with: {baseline}.",
        day=date_text(static.day, language),
        population=static.population_title,
        baseline=reader.label_of(static.baseline),
    )
    cost = words(
        "If nobody responds the reform costs {cost} a month.",
        cost=reader.full(behaviour.static_cost, reader.money),
    )
    return Document(
        language,
        reader.titled(reader.label_of(static.title)),
        (about, cost),
        notice(reader),
        (behaviour_section(reader, behaviour, pictures=pictures),),
        words(
            "Law {law}, with the reform {reform}, program {version}: anybody can compute this again.",
            law=static.law_hash,
            reform=static.reform_hash,
            version=static.engine,
        ),
    )


def behaviour_json(behaviour: Behaviour) -> str:
    """The result for programs."""
    return json.dumps(behaviour.as_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def behaviour_files(behaviour: Behaviour) -> dict[str, str | bytes]:
    """Every file by its path within the folder of results."""
    files: dict[str, str | bytes] = {DATA: behaviour_json(behaviour)}
    for language in LANGUAGES:
        html = page(behaviour_document(behaviour, language))
        files[f"labour.{language}.html"] = html
        files[f"labour.{language}.pdf"] = pdf(html)
    for each in behaviour.rungs:
        if any(parameter.status is Status.CALIBRATED for parameter in each.settings.parameters):
            files[f"{each.name}.yaml"] = settings_text(each.settings)
    return files


def settings_text(settings: Settings) -> str:
    """Settings as YAML, e.g. after a calibration; reading the text gives the same settings."""
    said = settings.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)
