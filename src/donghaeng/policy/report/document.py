"""A simulation as one document: for a mayor, a family and an auditor, in this order."""

from __future__ import annotations

from collections.abc import Callable

from donghaeng.language import Words, date_text
from donghaeng.reports.document_parts import Document, Section

from ..results import Simulation
from .answer import answer_section
from .basis import basis_section
from .costs import costs_section, readings_section
from .distribution import distribution_section
from .families import families_section
from .reader import Reader
from .receipts import receipts_section
from .winners import winners_section
from .work import work_section

# A section that somebody else adds after that of work; told whether with pictures.
More = Callable[[Reader, bool], Section]


def simulation_document(
    simulation: Simulation, language: str, more: More | None = None
) -> Document:
    """The whole report, with charts; no figures where the incomes of too few are known."""
    reader = Reader(simulation, Words(language))
    if reader.too_few:
        return _document(reader, (answer_section(reader), basis_section(reader)))
    return _document(
        reader,
        (
            answer_section(reader),
            families_section(reader),
            costs_section(reader),
            winners_section(reader),
            distribution_section(reader),
            work_section(reader),
            more and more(reader, True),
            receipts_section(reader),
            readings_section(reader),
            basis_section(reader),
        ),
    )


def answer_document(simulation: Simulation, language: str, more: More | None = None) -> Document:
    """What a terminal shows: the answer, then the tables."""
    reader = Reader(simulation, Words(language))
    if reader.too_few:
        return _document(reader, (answer_section(reader),))
    return _document(
        reader,
        (
            answer_section(reader, pictures=False),
            families_section(reader, pictures=False),
            costs_section(reader),
            winners_section(reader, pictures=False),
            distribution_section(reader, pictures=False),
            work_section(reader, pictures=False),
            more and more(reader, False),
            receipts_section(reader),
            readings_section(reader, pictures=False),
        ),
    )


def _document(reader: Reader, sections: tuple[Section | None, ...]) -> Document:
    simulation, words = reader.simulation, reader.words
    about = [
        words(
            "{day}; population: {population}; compared with: {baseline}.",
            day=date_text(simulation.day, reader.language),
            population=simulation.population_title,
            baseline=reader.label_of(simulation.baseline),
        )
    ]
    if simulation.note is not None:
        about.append(reader.label_of(simulation.note))
    return Document(
        reader.language,
        reader.titled(reader.label_of(simulation.title)),
        tuple(about),
        notice(reader),
        tuple(section for section in sections if section is not None),
        words(
            "Law {law}, with the reform {reform}, program {version}: anybody can compute this again.",
            law=simulation.law_hash,
            reform=simulation.reform_hash,
            version=simulation.engine,
        ),
    )


def notice(reader: Reader) -> str:
    """What all figures are, where nobody reads past it."""
    words = reader.words
    if reader.simulation.synthetic:
        return words(
            "Every figure here is a simulation (synthetic): rules of law applied by a model to people who were "
            "made up to resemble a city. Nobody was observed, and nothing here says what has happened or will."
        )
    return words(
        "Every figure here is a simulation: rules of law applied by a model to households of a survey. Nobody "
        "was observed under the reform, and nothing here says what has happened or will."
    )
