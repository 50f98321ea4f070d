"""The chapter on the figures."""

from __future__ import annotations

from donghaeng.charts.distribution import TreatedValue as Bar
from donghaeng.charts.distribution import distribution_chart
from donghaeng.reports.document_parts import Items, Paragraph, Part, Picture, Section, Table

from ..audit import Audit
from ..data_quality import DataQuality, Outliers
from ..reader import OUTCOMES, STATUSES, Reader

MOST_CELLS = 20


def data_chapter(audit: Audit, reader: Reader) -> Section:
    """Coverage, age, outliers, imputed cells, status, gaps."""
    data, words = audit.data, reader.words
    parts = [
        *_coverage(audit, reader),
        _indicators(data, reader),
        *_without_figures(data, reader),
        *_outliers(audit, reader),
        *_imputed(data, reader),
        *_gaps(data, reader),
    ]
    return Section(words("1. Data"), tuple(parts))


def _coverage(audit: Audit, reader: Reader) -> list[Part]:
    words = reader.words
    some = [unit for unit in audit.data.units if unit.known < unit.asked]
    if not some:
        return [Paragraph(words("Every unit has every figure that the index is computed from."))]
    return [
        Table(
            words("Units without all figures"),
            (words("Unit"), words("Known"), words("Of"), words("Share")),
            tuple(
                (reader.unit(unit.code), f"{unit.known}", f"{unit.asked}", reader.share(unit.share))
                for unit in sorted(some, key=lambda unit: unit.share)
            ),
            numeric=(1, 2, 3),
        )
    ]


def _indicators(data: DataQuality, reader: Reader) -> Table:
    words = reader.words
    ages = {age.indicator: age for age in data.ages}
    marked: dict[str, list[str]] = {}
    known = {each.code: each.known for each in data.indicators}
    for group in data.not_official:
        said = reader.said(STATUSES, group.status)
        if group.figures < known[group.indicator]:
            said += f" {group.figures}"
        marked.setdefault(group.indicator, []).append(said)
    rows = []
    for each in data.indicators:
        if not each.counts and not each.known:
            continue
        age = ages.get(each.code)
        rows.append(
            (
                reader.name(each.code),
                words("yes") if each.counts else words("no"),
                f"{each.known} / {each.asked}",
                age.period if age else "",
                reader.number(age.years, 0) if age else "",
                ", ".join(marked.get(each.code, [])),
            )
        )
    return Table(
        words("Figures by indicator"),
        (
            words("Indicator"),
            words("In the index"),
            words("Known figures"),
            words("Latest"),
            words("Years before {period}", period=data.reference),
            words("Not official"),
        ),
        tuple(rows),
        numeric=(2, 4),
    )


def _without_figures(data: DataQuality, reader: Reader) -> list[Part]:
    """Indicators under nodes with given figures, of which nothing is published."""
    nothing = [each.code for each in data.indicators if not each.counts and not each.known]
    if not nothing:
        return []
    said = reader.words(
        "{count} indicators are known by name and have no figure; the areas above them have published ones.",
        count=len(nothing),
    )
    return [Paragraph(said)]


def _outliers(audit: Audit, reader: Reader) -> list[Part]:
    words, data = reader.words, audit.data
    if not data.outliers:
        return []
    shown = [each for each in data.outliers if each.outcome != "passed"]
    treated = sum(bool(each.values) for each in shown)
    said = words(
        "{passed} of {all} indicators are within the limits of skewness and kurtosis; {treated} were treated, "
        "{points} points winsorised.",
        passed=len(data.outliers) - len(shown),
        all=len(data.outliers),
        treated=treated,
        points=sum(each.points for each in shown),
    )
    parts: list[Part] = [Paragraph(said)]
    if not data.treated:
        parts.append(Paragraph(words("The index file has no step that treats outliers.")))
    if shown:
        parts.append(_outlier_table(shown, reader))
    changed = [each for each in shown if each.values]
    if changed:
        most = max(changed, key=lambda each: abs(each.skewness_before))
        parts.append(_distribution(most, reader))
    return parts


def _outlier_table(shown: list[Outliers], reader: Reader) -> Table:
    words = reader.words
    return Table(
        words("Outliers"),
        (
            words("Indicator"),
            words("Skewness before"),
            words("after"),
            words("Kurtosis before"),
            words("after"),
            words("Points"),
            words("What was done"),
        ),
        tuple(
            (
                reader.name(each.indicator) + (f" ({each.period})" if each.period else ""),
                reader.cell(each.skewness_before),
                reader.cell(each.skewness_after) if each.values else "",
                reader.cell(each.kurtosis_before),
                reader.cell(each.kurtosis_after) if each.values else "",
                f"{each.points}",
                reader.said(OUTCOMES, each.outcome),
            )
            for each in shown
        ),
        numeric=(1, 2, 3, 4, 5),
    )


def _distribution(most: Outliers, reader: Reader) -> Picture:
    """The indicator that was most skewed, before and after."""
    title = reader.words(
        "{indicator} before and after treatment", indicator=reader.name(most.indicator)
    )
    bars = [
        Bar(
            reader.unit(each.unit),
            None if each.before != each.before else each.before,
            None if each.after != each.after else each.after,
        )
        for each in most.values
    ]
    drawn = distribution_chart(bars, reader.sheet(title))
    return Picture(drawn.svg, drawn.title, drawn.alternative)


def _imputed(data: DataQuality, reader: Reader) -> list[Part]:
    words = reader.words
    if not data.imputed:
        return [Paragraph(words("No figure was filled in."))]
    parts: list[Part] = [
        Paragraph(words("{count} figures were filled in.", count=len(data.imputed)))
    ]
    parts.append(
        Table(
            words("Figures that were filled in"),
            (
                words("Unit"),
                words("Period"),
                words("Indicator"),
                words("Figure"),
                words("By what"),
            ),
            tuple(
                (
                    reader.unit(each.unit),
                    each.period,
                    reader.name(each.indicator),
                    f"{each.value:,.4g}",
                    each.how,
                )
                for each in data.imputed[:MOST_CELLS]
            ),
            numeric=(3,),
        )
    )
    if len(data.imputed) > MOST_CELLS:
        more = len(data.imputed) - MOST_CELLS
        parts.append(Paragraph(words("{count} more stand in audit.json.", count=more)))
    return parts


def _gaps(data: DataQuality, reader: Reader) -> list[Part]:
    words = reader.words
    if not data.gaps:
        return [Paragraph(words("The index file names no gaps."))]
    said = []
    for gap in data.gaps:
        text = reader.label(gap.what)
        if gap.assumed is not None:
            text += " " + words("Assumed: {what}", what=reader.label(gap.assumed))
        said.append(text)
    return [Paragraph("", words("What the index file says is not known:")), Items(tuple(said))]
