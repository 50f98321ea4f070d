"""The chapter on uncertainty: what was drawn, what was carried out, and where each unit may stand."""

from __future__ import annotations

from donghaeng.charts.rank_intervals import RankInterval, rank_intervals_chart
from donghaeng.index.framework.uncertain import StepChoice
from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..audit import Audit
from ..reader import KINDS_OF_CHOICE, Reader
from ..uncertainty import Uncertainty


def uncertainty_chapter(audit: Audit, reader: Reader) -> Section:
    """Choices, forms carried out, silent choices, intervals of ranks and scores."""
    words, told = reader.words, audit.uncertainty
    title = words("3. Uncertainty")
    if told is None:
        said = words(
            "The index file declares nothing uncertain (`uncertainty`): nothing was drawn."
        )
        return Section(title, (Paragraph(said),))
    parts: list[Part] = [
        Paragraph(
            words(
                "{draws} draws from seed {seed}; {failures} failed (a choice that cannot be carried out stops "
                "the audit).",
                draws=f"{told.draws:,}",
                seed=told.seed,
                failures=told.failures,
            )
        ),
        *_silent(told, reader),
        _choices(told, reader),
        _forms(told, reader),
        *_errors(told, reader),
    ]
    if told.units:
        parts += _ranks(audit, told, reader)
    return Section(title, tuple(parts))


def _silent(told: Uncertainty, reader: Reader) -> list[Part]:
    nothing = [each.name for each in told.choices if each.silent]
    if not nothing:
        return [Paragraph(reader.words("Every choice changed a score in pairs of draws."))]
    said = reader.words(
        "Choices that CHANGED NOTHING: {names}. Look whether they are meant as they are written.",
        names=", ".join(nothing),
    )
    return [Paragraph("", said)]


def _choices(told: Uncertainty, reader: Reader) -> Table:
    words = reader.words
    return Table(
        words("What is uncertain"),
        (
            words("Choice"),
            words("Kind"),
            words("Distribution"),
            words("Numbers a draw"),
            words("Largest change of any score by it alone"),
        ),
        tuple(
            (
                each.name,
                reader.said(KINDS_OF_CHOICE, each.kind),
                each.distribution,
                f"{each.numbers}",
                words("none") if each.silent else reader.number(each.largest_change),
            )
            for each in told.choices
        ),
        numeric=(3, 4),
    )


def _forms(told: Uncertainty, reader: Reader) -> Table:
    words = reader.words
    return Table(
        words("Forms that were carried out"),
        (words("Choice"), words("Form"), words("Draws")),
        tuple(
            (each.name, reader.form(form), f"{count:,}")
            for each in told.choices
            for form, count in each.forms
        ),
        numeric=(2,),
    )


def _errors(told: Uncertainty, reader: Reader) -> list[Part]:
    words = reader.words
    parts: list[Part] = []
    if told.exact:
        said = words("Counts without error: {names}.", names=reader.names(told.exact, 100))
        parts.append(Paragraph(said))
    if len(told.unknown_errors) == len(reader.index.leaves):
        said = words("Of no indicator anybody says how far its figures may be off.")
        parts.append(Paragraph(said))
    elif told.unknown_errors:
        names = reader.names(told.unknown_errors, 100)
        said = words("Nobody says how far the figures of these may be off: {names}.", names=names)
        parts.append(Paragraph(said))
    return parts


def _ranks(audit: Audit, told: Uncertainty, reader: Reader) -> list[Part]:
    words = reader.words
    parts: list[Part] = []
    if _mixes_scales(reader):
        parts.append(
            Paragraph(
                words(
                    "The forms of the normalisation have different scales, so the intervals of scores mix them: "
                    "read the ranks."
                )
            )
        )
    parts += [
        Table(
            words("How far units shift"),
            (
                words("At most so many places"),
                words("Units whose median rank"),
                words("Units whose whole 90 % interval"),
            ),
            tuple(
                (f"{each.places}", reader.share(each.medians), reader.share(each.intervals))
                for each in told.shifts
            ),
            numeric=(1, 2),
        ),
        _picture(told, reader),
        _units(told, reader),
    ]
    return parts


def _mixes_scales(reader: Reader) -> bool:
    """Whether a choice is between normalisations."""
    declared = reader.index.uncertainty
    choices = [] if declared is None else declared.choices.values()
    return any(isinstance(each, StepChoice) and each.step == "normalise" for each in choices)


def _picture(told: Uncertainty, reader: Reader) -> Picture:
    words = reader.words
    drawn = rank_intervals_chart(
        [
            RankInterval(
                reader.unit(unit.unit),
                round(unit.rank_median, 1) if unit.ranked else None,
                round(unit.rank_low, 1) if unit.ranked else None,
                round(unit.rank_high, 1) if unit.ranked else None,
            )
            for unit in told.units
        ],
        words("90 % of the draws"),
        reader.sheet(words("Where each unit may stand")),
    )
    return Picture(drawn.svg, drawn.title, drawn.alternative)


def _units(told: Uncertainty, reader: Reader) -> Table:
    words = reader.words
    rows = sorted(told.units, key=lambda unit: (unit.rank != unit.rank, unit.rank, unit.unit))
    return Table(
        words("Ranks and scores of each unit"),
        (
            words("Unit"),
            words("Rank"),
            words("Median"),
            words("90 % of the draws"),
            words("Score"),
            words("Median"),
            words("90 % of the draws"),
        ),
        tuple(
            (
                reader.unit(unit.unit),
                reader.rank(unit.rank),
                reader.rank(unit.rank_median),
                ""
                if not unit.ranked
                else f"{reader.rank(unit.rank_low)}–{reader.rank(unit.rank_high)}",
                reader.cell(unit.score, 1),
                reader.cell(unit.score_median, 1),
                reader.interval(unit.score_low, unit.score_high, 1),
            )
            for unit in rows
        ),
        numeric=(1, 2, 3, 4, 5, 6),
    )
