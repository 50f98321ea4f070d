"""The chapter on sensitivity: which choice matters, and what happens when one thing is changed at a time."""

from __future__ import annotations

from donghaeng.charts.sobol_bars import Share, SobolBar, sobol_bars_chart
from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section, Table

from ..audit import Audit
from ..findings import output_name
from ..moves import Moved
from ..reader import Reader
from ..sensitivity import Output, Sensitivity, ShareOfVariance


def sensitivity_chapter(audit: Audit, reader: Reader) -> Section:
    """Sobol indices, alternatives one at a time, and each indicator and node left out."""
    words, told = reader.words, audit.sensitivity
    parts: list[Part] = []
    if told is not None:
        parts += _sobol(audit, told, reader)
        parts.append(_alternatives(audit, told, reader))
    parts.append(_left_out(audit, reader))
    return Section(words("4. Sensitivity"), tuple(parts))


def _sobol(audit: Audit, told: Sensitivity, reader: Reader) -> list[Part]:
    words = reader.words
    said = words(
        "Sobol indices from {draws} draws of the design, {evaluations} evaluations; the widest 95 % interval "
        "reaches ±{width}.",
        draws=f"{told.draws:,}",
        evaluations=f"{told.evaluations:,}",
        width=reader.number(max(told.rounds[-1].first, told.rounds[-1].total)),
    )
    if not told.converged:
        said += " " + words(
            "That is wider than the ±{tolerance} asked for: more draws would tell more.",
            tolerance=reader.number(told.tolerance),
        )
    parts: list[Part] = [Paragraph(said)]
    if told.not_in_every_draw:
        names = ", ".join(reader.unit(unit) for unit in told.not_in_every_draw)
        parts.append(
            Paragraph(words("Without a score in some of the draws: {names}.", names=names))
        )
    shown = _shown(audit, told)
    parts.append(_picture(shown[-1] if audit.over_years else shown[0], reader))
    parts.append(_indices(shown, reader))
    rest = len(told.outputs) - len(shown)
    if rest:
        parts.append(Paragraph(words("Indices of {count} scores stand in audit.json.", count=rest)))
    return parts


def _shown(audit: Audit, told: Sensitivity) -> list[Output]:
    """Of several units how far ranks shift; of one city everything that varies."""
    if audit.over_years is None:
        return [told.outputs[0]]
    varied = [
        each for each in told.outputs if each.indices[0].total.value == each.indices[0].total.value
    ]
    return varied or list(told.outputs[:1])


def _picture(output: Output, reader: Reader) -> Picture:
    words = reader.words
    drawn = sobol_bars_chart(
        [SobolBar(each.choice, _bar(each.first), _bar(each.total)) for each in output.indices],
        words("95 % interval"),
        reader.sheet(
            words("What the spread comes with: {output}", output=output_name(output, reader))
        ),
    )
    return Picture(drawn.svg, drawn.title, drawn.alternative)


def _bar(share: ShareOfVariance) -> Share:
    known = share.value == share.value
    return Share(share.value, share.low, share.high) if known else Share(None)


def _indices(outputs: list[Output], reader: Reader) -> Table:
    words = reader.words
    shapley = any(each.shapley is not None for output in outputs for each in output.indices)
    return Table(
        words("Shares of the variance"),
        (
            words("What varies"),
            words("Choice"),
            words("Alone (first index)"),
            words("95 % interval"),
            words("With others (total index)"),
            words("95 % interval"),
            *((words("Shapley share"), words("95 % interval")) if shapley else ()),
        ),
        tuple(
            (
                output_name(output, reader),
                each.choice,
                *_share(each.first, reader),
                *_share(each.total, reader),
                *(_share(each.shapley, reader) if each.shapley is not None else ()),
            )
            for output in outputs
            for each in output.indices
        ),
        numeric=(2, 3, 4, 5, 6, 7),
    )


def _share(share: ShareOfVariance, reader: Reader) -> tuple[str, str]:
    if share.value != share.value:
        return "", ""
    return reader.number(share.value), reader.interval(share.low, share.high)


def _alternatives(audit: Audit, told: Sensitivity, reader: Reader) -> Table:
    words = reader.words
    return Table(
        words("One thing at a time: each alternative by itself"),
        (words("Choice"), words("Form"), words("Draws"), *_heads(audit, reader)),
        tuple(
            (
                each.choice,
                reader.form(each.form),
                f"{each.draws}",
                *_moved(audit, each.moved, reader),
            )
            for each in told.alternatives
        ),
        numeric=tuple(range(2, 12)),
    )


def _left_out(audit: Audit, reader: Reader) -> Table:
    words = reader.words
    by_move = sorted(
        audit.left_out,
        key=lambda each: (
            -each.moved.mean_score if audit.over_years else -(each.moved.mean_places or 0.0)
        ),
    )
    return Table(
        words("Left out one by one"),
        (words("Left out"), words("In"), *_heads(audit, reader)),
        tuple(
            (reader.name(each.node), reader.name(each.parent), *_moved(audit, each.moved, reader))
            for each in by_move
        ),
        numeric=tuple(range(2, 12)),
    )


def _heads(audit: Audit, reader: Reader) -> tuple[str, ...]:
    words, years = reader.words, audit.over_years
    if years is None:
        return (
            words("Mean shift of ranks"),
            words("Largest shift"),
            words("Whose"),
            words("Mean difference of scores"),
        )
    return (
        *(words("Index {period}", period=period) for period in years.periods),
        *(f"{sign.before} → {sign.after}" for sign in years.signs),
    )


def _moved(audit: Audit, moved: Moved, reader: Reader) -> tuple[str, ...]:
    if audit.over_years is None:
        return (
            reader.cell(moved.mean_places),
            reader.rank(moved.most_places),
            reader.unit(moved.who) if moved.who else "",
            reader.cell(moved.mean_score),
        )
    return (
        *(reader.cell(value) for value in moved.index),
        *(reader.change(value) for value in moved.changes),
    )
