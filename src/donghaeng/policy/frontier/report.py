"""The frontier as a report: the charts, the reforms that are not dominated, and how it was computed."""

from __future__ import annotations

from fractions import Fraction

from donghaeng.charts.description import Chart, figure
from donghaeng.charts.frontier import FrontierPoint, Measured, frontier_chart
from donghaeng.charts.measures import Sheet
from donghaeng.language import Words, date_text
from donghaeng.reports.document_parts import (
    Document,
    Items,
    Paragraph,
    Part,
    Picture,
    Section,
    Table,
)

from ..sweep import Exact, Figure, written
from .frontier import DEFINITION, Frontier, Reformed

# Money on the axes: hundred millions in Korean, millions in English.
SCALES = {"ko": 10**8, "en": 10**6}
MOST_ROWS = 60
HUNDREDTHS = (Figure.POVERTY_RATE, Figure.POVERTY_GAP, Figure.PARTICIPATION_TAX_RATE)


def frontier_document(frontier: Frontier, language: str) -> Document:
    """The report in one language."""
    words = Words(language)
    sections = [_chart_section(frontier, measure, words) for measure in frontier.measures]
    return Document(
        language,
        words.label(frontier.title),
        (
            words(
                "{reform}; {count} reforms. Law of {day}. Population: {population}.",
                reform=words.label(frontier.reform),
                count=len(frontier.reforms),
                day=date_text(frontier.day, language),
                population=frontier.population_title,
            ),
        ),
        _notice(frontier, words),
        (*sections, _reading(frontier, words)),
        words(
            "Law {hash}, program {version}: anybody can compute this again.",
            hash=frontier.law_hash[:12],
            version=frontier.engine,
        ),
    )


def _notice(frontier: Frontier, words: Words) -> str:
    if frontier.synthetic:
        return words(
            "Simulation (synthetic): what a model gives on synthetic people, not what a policy does."
        )
    return words("Simulation: what a model gives, not what a policy does.")


def chart_of(frontier: Frontier, measure: Figure, words: Words, width: int = 720) -> Chart:
    """Cost against one measure."""
    scale = SCALES[words.language]
    percent = measure in HUNDREDTHS
    points = [
        FrontierPoint(
            point_text(frontier, each, words),
            each.value(Figure.COST) / scale,
            each.value(measure) * (100 if percent else 1),
            each.efficient[measure],
        )
        for each in frontier.reforms
    ]
    name = words(measure.label)
    measured = Measured(
        words("Net cost a month, million won"),
        f"{name} (%)" if percent else name,
        None if frontier.budget is None else frontier.budget / scale,
    )
    title = words("Cost and {measure}", measure=name)
    digits = 2 if percent else 4
    return frontier_chart(points, measured, Sheet(title, words, width=width, digits=digits))


def point_text(frontier: Frontier, reform: Reformed, words: Words) -> str:
    """The values of a reform in words."""
    return ", ".join(
        f"{words.label(parameter.label)} {value_text(reform.point[parameter.name], parameter.rate)}"
        for parameter in frontier.parameters
    )


def value_text(value: Exact, rate: bool) -> str:
    """A value as a reader writes it."""
    return str(written(Fraction(value))) if rate else f"{int(value):,}"


def _chart_section(frontier: Frontier, measure: Figure, words: Words) -> Section:
    drawn = chart_of(frontier, measure, words)
    efficient = frontier.efficient(measure)
    parts: list[Part] = [
        Paragraph(drawn.alternative),
        Picture(drawn.svg, drawn.title, drawn.alternative),
    ]
    shown = _thinned(efficient)
    if len(shown) < len(efficient):
        parts.append(
            Paragraph(
                words(
                    "{shown} of {count} are shown; all of them are in frontier.csv.",
                    shown=len(shown),
                    count=len(efficient),
                )
            )
        )
    return Section(drawn.title, (*parts, _table(frontier, measure, shown, words)))


def short_table(frontier: Frontier, measure: Figure, words: Words) -> Table:
    """A few of the reforms that are not dominated, for a terminal."""
    efficient = _thinned(frontier.efficient(measure), 12)
    figures = (measure, Figure.GAINING, Figure.LOSING)
    return _table(frontier, measure, efficient, words, figures)


def _thinned(reforms: tuple[Reformed, ...], most: int = MOST_ROWS) -> tuple[Reformed, ...]:
    """So many that a reader reads them, from the cheapest to the dearest."""
    if len(reforms) <= most:
        return reforms
    last = len(reforms) - 1
    places = sorted({round(n * last / (most - 1)) for n in range(most)})
    return tuple(reforms[place] for place in places)


BESIDE_COST = tuple(figure for figure in Figure if figure is not Figure.COST)


def _table(
    frontier: Frontier,
    measure: Figure,
    reforms: tuple[Reformed, ...],
    words: Words,
    figures: tuple[Figure, ...] = BESIDE_COST,
) -> Table:
    scale = SCALES[words.language]
    columns = [
        *(words.label(each.label) for each in frontier.parameters),
        words("Net cost a month, million won"),
        *(words(each.label) for each in figures),
    ]
    if frontier.budget is not None:
        columns.append(words("Within the budget"))
    rows = []
    for reform in reforms:
        row = [value_text(reform.point[each.name], each.rate) for each in frontier.parameters]
        row.append(figure(reform.value(Figure.COST) / scale, words, 0))
        row += [figure_text(each, reform.value(each), words) for each in figures]
        if reform.within_budget is not None:
            row.append(words("yes") if reform.within_budget else words("no"))
        rows.append(tuple(row))
    numeric = tuple(range(len(frontier.parameters) + 1 + len(figures)))
    title = words("Not dominated in cost and {measure}", measure=words(measure.label))
    return Table(title, tuple(columns), tuple(rows), numeric)


def figure_text(name: Figure, value: float, words: Words) -> str:
    """A figure as it is printed: shares in per cent, households whole."""
    if name in HUNDREDTHS:
        return "–" if value != value else f"{figure(100 * value, words, 2)}%"
    if name in (Figure.GINI, Figure.WOLFSON):
        return figure(value, words, 4)
    return figure(value, words, 0)


def _reading(frontier: Frontier, words: Words) -> Section:
    lines = [
        words(DEFINITION),
        words(
            "Net cost: the change of all disposable incomes in a month. It does not include the cost of "
            "administration, nor what changes because people work more or less."
        ),
        words(
            "Income is disposable income of the household divided by the square root of its persons; every "
            "person counts. The poverty line is half of the median of the same distribution."
        ),
        words(
            "Mean participation tax rate: the part of the main earner's earnings that is lost to contributions "
            "and withdrawn benefits, against not working, over households in which somebody earns."
        ),
        words("Errors: {sampling}.", sampling=words(frontier.sampling)),
    ]
    undetermined = max(each.figures.undetermined for each in frontier.reforms)
    if undetermined:
        lines.append(
            words(
                "{count} households (weighted) are left out because their income cannot be determined.",
                count=figure(undetermined, words, 0),
            )
        )
    return Section(words("How to read it"), (Items(tuple(lines)),))
