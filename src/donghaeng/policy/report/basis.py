"""For whoever checks it: law, reform, population, errors, what is assumed, what is not official."""

from __future__ import annotations

from collections.abc import Iterable

from donghaeng.language import date_text
from donghaeng.reports.document_parts import Items, Paragraph, Part, Section, Table

from ..results import Listed
from .distribution import defined
from .reader import Reader

STATUSES = {
    "gap": "no number is known",
    "press": "press",
    "secondary": "secondary source",
    "unverified": "not verified",
    "official": "official",
    "derived": "computed from others",
    "assumed": "assumed",
}


def basis_section(reader: Reader) -> Section:
    """Everything by which the simulation can be computed again and judged."""
    words, simulation = reader.words, reader.simulation
    parts: list[Part] = [_reconciled(reader), *_law(reader), *_population(reader)]
    parts += _listed(reader, words("What is assumed"), simulation.assumed)
    parts += _listed(reader, words("Parameters that are not official"), simulation.not_official)
    parts.append(Paragraph("", words("Where the measures are defined:")))
    parts.append(Items(tuple(defined(reader, each) for each in simulation.measures)))
    return Section(reader.titled(words("What it rests on")), tuple(parts))


def _reconciled(reader: Reader) -> Table:
    """Rows in = used + undetermined."""
    words, simulation = reader.words, reader.simulation
    rows = (
        (words("In the population"), simulation.households_in),
        (words("Used"), simulation.households_used),
        (words("Left out: income undetermined"), simulation.households_undetermined),
    )
    return Table(
        reader.titled(words("Households in the data")),
        (words("What"), words("Households")),
        tuple((what, reader.count(count)) for what, count in rows),
        numeric=(1,),
    )


def _law(reader: Reader) -> Iterable[Part]:
    words, simulation = reader.words, reader.simulation
    said = [
        (words("Day of the law:"), date_text(simulation.day, reader.language)),
        (words("Baseline:"), reader.label_of(simulation.baseline)),
        (words("Hash of the law:"), simulation.law_hash),
        (words("Hash of the law with the reform:"), simulation.reform_hash),
        (words("Income:"), f"{reader.label_of(simulation.income_label)} ({simulation.income})"),
        (words("Take-up before:"), reader.label_of(simulation.take_up_before)),
        (words("Take-up after:"), reader.label_of(simulation.take_up_after)),
    ]
    yield from (Paragraph(text, heading) for heading, text in said)
    yield Paragraph("", words("What the reform changes:"))
    yield Items(simulation.changes or (words("nothing"),))
    if simulation.reform_text:
        yield Paragraph("", words("The reform file:"))
        yield Items(tuple(line for line in simulation.reform_text.splitlines() if line.strip()))


def _population(reader: Reader) -> Iterable[Part]:
    words, simulation = reader.words, reader.simulation
    described = f"{simulation.population_title} ({simulation.population})"
    said = [
        (words("Population:"), described),
        (words("Reference day:"), date_text(simulation.reference_day, reader.language)),
        (words("Weights:"), simulation.weight_note),
        (words("Design:"), simulation.design_note),
        (words("Standard errors:"), _errors(reader)),
        (words("Strata with a single unit:"), _single_strata(reader)),
    ]
    yield from (Paragraph(text, heading) for heading, text in said if text)
    korean = simulation.approximations_ko if reader.language == "ko" else ()
    approximations = korean or simulation.approximations
    if approximations:
        yield Paragraph("", words("Approximations of the population:"))
        yield Items(approximations)


def _errors(reader: Reader) -> str:
    return reader.words(
        "from {sampling}; {interval}. What is modelled, assumed or read in one of several ways is not in them.",
        sampling=reader.words(reader.simulation.sampling),
        interval=reader.interval,
    )


def _single_strata(reader: Reader) -> str:
    count = reader.simulation.single_strata
    if not count:
        return ""
    return reader.words(
        "{count}; the unit is compared with the mean of all units.", count=reader.count(count)
    )


def _listed(reader: Reader, title: str, listed: tuple[Listed, ...]) -> list[Part]:
    words = reader.words
    if not listed:
        return [Paragraph(words("none"), f"{title}:")]
    valued = any(each.value for each in listed)
    heads: tuple[str, ...] = (words("What"), words("Name"), words("Status"))
    if valued:
        heads = (*heads, words("Value"), words("Reason"))
    rows = tuple(
        (
            reader.label_of(each.label),
            each.name,
            words(STATUSES.get(each.status, each.status)),
            *((each.value, each.reason) if valued else ()),
        )
        for each in listed
    )
    return [Table(title, heads, rows)]
