"""Rungs of labour supply side by side, as a section of a report, in Korean and English."""

from __future__ import annotations

from collections.abc import Callable

from donghaeng.charts.description import Chart
from donghaeng.charts.dumbbell import MOST, DumbbellRow, dumbbell_chart
from donghaeng.charts.measures import Sheet
from donghaeng.charts.signed_bars import of_change, signed_bars_chart
from donghaeng.reports.document_parts import Items, Paragraph, Part, Picture, Section, Table

from ..groups import DECILE_LABELS, FAMILY_LABELS, FamilyType
from ..report.reader import FEWEST, MILLION, NONE, Reader
from .results import Behaviour, Expected, OfGroup, OfMeasure, RungAnswer

Write = Callable[[float], str]
Figure = tuple[str, Write, Callable[[RungAnswer], Expected | None]]


def behaviour_section(reader: Reader, behaviour: Behaviour, *, pictures: bool = True) -> Section:
    """What the rungs say of work, cost, poverty and inequality, and what none of them can say."""
    words = reader.words
    lead = words(
        "Each column is one rung: a model of how main earners respond, or that they do not. The net cost is the "
        "change of incomes less that of earnings: earnings that are lost are no public expense. Poverty and "
        "inequality are over every household at work and not at work, by probability; nobody is drawn. In "
        "brackets: 95 % interval from what was published of the parameters; a figure without brackets has none."
    )
    parts: list[Part] = [Paragraph(lead), _side_by_side(reader, behaviour)]
    if pictures:
        parts.append(_picture(_cost_chart(reader, behaviour)))
    parts.append(_intervals(reader, behaviour))
    parts += [_groups(reader, behaviour, "decile"), _groups(reader, behaviour, "family_type")]
    if pictures:
        parts.append(_picture(_earnings_chart(reader, _answering(behaviour)[:MOST])))
    parts += [_touched(reader, behaviour), Items(tuple(_not_in_it(reader, behaviour)))]
    return Section(reader.titled(words("If people work more or less")), tuple(parts))


def _name(reader: Reader, answer: RungAnswer) -> str:
    return reader.label_of(answer.label)


# ---- tables ------------------------------------------------------------------------------------


def _figures(reader: Reader, behaviour: Behaviour) -> list[Figure]:
    """Every figure of a rung: its name with the unit, how it is written, and where it stands."""
    words = reader.words
    found: list[Figure] = [
        (words("Work, all main earners (points)"), _one_digit, lambda each: each.everyone.points),
        (
            words("Work, heads with more income (points)"),
            _one_digit,
            lambda each: each.treated_heads,
        ),
        (
            words("Earnings of main earners (%)"),
            _one_digit,
            lambda each: each.everyone.earnings_percent,
        ),
        (words("Net cost (million won a month)"), reader.millions, lambda each: each.cost),
        (
            words("– added by the response (million won a month)"),
            reader.millions,
            lambda each: each.of_response,
        ),
    ]
    for place, measure in enumerate(behaviour.rungs[0].measures):
        found += _of_measure(reader, place, measure)
    return found


def _of_measure(reader: Reader, place: int, measure: OfMeasure) -> list[Figure]:
    words, label = reader.words, reader.words(measure.label)
    write: Write = reader.ratio
    if measure.name == "poverty_rate":
        label, write = words("{measure} (%)", measure=label), reader.percent
    return [
        (
            words(
                "{measure}, before {before}, if nobody responds {static}",
                measure=label,
                before=write(measure.before),
                static=write(measure.static),
            ),
            write,
            lambda each: each.measures[place].expected,
        ),
        (
            words("– change by the response"),
            write,
            lambda each: each.measures[place].of_response,
        ),
    ]


def _side_by_side(reader: Reader, behaviour: Behaviour) -> Table:
    rows = [
        (name, *(_with_parameters(reader, of(each), write) for each in behaviour.rungs))
        for name, write, of in _figures(reader, behaviour)
    ]
    return _rung_table(reader, behaviour, reader.words("Rungs side by side"), rows)


def _intervals(reader: Reader, behaviour: Behaviour) -> Table:
    """The same figures' intervals of people; those without one are not told again."""
    rows = []
    for name, write, of in _figures(reader, behaviour):
        cells = [_ends(reader, of(each), write) for each in behaviour.rungs]
        if any(cell != NONE for cell in cells):
            rows.append((name, *cells))
    title = reader.words("Of the same figures: {interval}", interval=reader.interval)
    return _rung_table(reader, behaviour, title, rows)


def _rung_table(
    reader: Reader, behaviour: Behaviour, title: str, rows: list[tuple[str, ...]]
) -> Table:
    names = [_name(reader, each) for each in behaviour.rungs]
    return Table(
        reader.titled(title),
        (reader.words("Figure"), *names),
        tuple(rows),
        numeric=tuple(range(1, len(names) + 1)),
    )


def _with_parameters(reader: Reader, figure: Expected | None, write: Write) -> str:
    if figure is None or figure.value != figure.value:
        return NONE
    if figure.of_parameters is None or figure.of_parameters[0] == figure.of_parameters[1]:
        return write(figure.value)
    low, high = figure.of_parameters
    return reader.words(
        "{figure} ({low} to {high})", figure=write(figure.value), low=write(low), high=write(high)
    )


def _ends(reader: Reader, figure: Expected | None, write: Write) -> str:
    """Both ends of the interval of people; none where no household moves the figure."""
    if figure is None or figure.of_people is None or not figure.of_people.standard_error:
        return NONE
    ends = figure.of_people.interval()
    if ends is None:
        return NONE
    return reader.words("{low} to {high}", low=write(ends[0]), high=write(ends[1]))


def _groups(reader: Reader, behaviour: Behaviour, grouping: str) -> Table:
    """Change of work and of earnings by group, two columns a rung."""
    words = reader.words
    columns = [words("Tenth of incomes") if grouping == "decile" else words("Kind of household")]
    told = _answering(behaviour)
    for each in told:
        name = _name(reader, each)
        columns.append(words("{rung}: work (points)", rung=name))
        columns.append(words("{rung}: earnings (%)", rung=name))
    rows = []
    for place, group in enumerate(_of(told[0], grouping)):
        cells = [_group_name(reader, group)]
        for each in told:
            cells += _two(_of(each, grouping)[place])
        rows.append(tuple(cells))
    title = (
        words("Work and earnings by tenth of incomes")
        if grouping == "decile"
        else words("Work and earnings by kind of household")
    )
    return Table(
        reader.titled(title), tuple(columns), tuple(rows), numeric=tuple(range(1, len(columns)))
    )


def _answering(behaviour: Behaviour) -> list[RungAnswer]:
    """The rungs in which somebody may respond; all of them where there is no such."""
    found = [each for each in behaviour.rungs if each.settings.parameters]
    return found or [*behaviour.rungs]


def _of(answer: RungAnswer, grouping: str) -> tuple[OfGroup, ...]:
    return tuple(each for each in answer.groups if each.grouping == grouping)


def _two(group: OfGroup) -> tuple[str, str]:
    if group.rows < FEWEST:
        return NONE, NONE
    percent = group.earnings_percent.value
    return _one_digit(group.points.value), NONE if percent != percent else _one_digit(percent)


def _group_name(reader: Reader, group: OfGroup) -> str:
    if group.grouping == "decile":
        return reader.words(DECILE_LABELS[int(group.key) - 1])
    if group.key not in tuple(FamilyType):
        return reader.words("not known")
    return reader.words(FAMILY_LABELS[FamilyType(group.key)])


def _touched(reader: Reader, behaviour: Behaviour) -> Table:
    """How many rows of the data the bounds touch: where these are many, a rung is a weak guide."""
    words = reader.words
    rows = []
    for each in behaviour.rungs:
        touched = each.touched
        counts = (
            touched.net_of_tax_floor,
            touched.income_floor,
            touched.largest_change,
            touched.hours,
            touched.probability,
            each.not_known,
        )
        rows.append((_name(reader, each), *(reader.count(count) for count in counts)))
    return Table(
        reader.titled(words("Households in the data that a bound touches")),
        (
            words("Rung"),
            words("Nothing kept of one more won"),
            words("Hardly any income"),
            words("Largest change that counts"),
            words("Largest factor of hours"),
            words("All or nobody of a cell at work"),
            words("Not known, stay as they are"),
        ),
        tuple(rows),
        numeric=tuple(range(1, 7)),
    )


def _not_in_it(reader: Reader, behaviour: Behaviour) -> list[str]:
    words = reader.words
    told = [
        words(
            "In {rows} households in the data, which stand for {weight}, nobody has wages or a business. "
            "What they could earn is not known, so that none of them starts to work in any rung: rungs show who "
            "stops, not who starts.",
            rows=reader.count(behaviour.without_work),
            weight=reader.count(behaviour.weight_without_work),
        ),
        words(
            "Self-employed: not simulated. {rows} households in the data, which stand for {weight}, have income "
            "from a business and no wages; they stay as they are and are in no share at work from which a "
            "response is taken.",
            rows=reader.count(behaviour.self_employed),
            weight=reader.count(behaviour.weight_self_employed),
        ),
        words(
            "One person of a household responds, the main earner; in {rows} of {earners} households at work this "
            "is not the head, of whom the pilot's figures are.",
            rows=reader.count(behaviour.other_earners),
            earners=reader.count(behaviour.earners),
        ),
        words(
            "Heads with more income are those whose household has more under the reform at present earnings, the "
            "self-employed apart ({rows} households in the data).",
            rows=reader.count(behaviour.treated),
        ),
        words(
            "Hours are not recorded, so that no bound of hours a week holds. Wages, jobs and prices stay. Income "
            "tax and credits of the year, and wages of past years, stay as they are."
        ),
    ]
    for each in behaviour.rungs:
        name = _name(reader, each)
        if each.settings.gaps:
            told.append(
                words(
                    "{rung}: no interval, as {gap}.", rung=name, gap="; ".join(each.settings.gaps)
                )
            )
        told += [
            words("{rung}: {sentence}", rung=name, sentence=reader.label_of(left))
            for left in each.left_out
        ]
    return told


# ---- charts ------------------------------------------------------------------------------------


def _cost_chart(reader: Reader, behaviour: Behaviour) -> Chart:
    words = reader.words
    bars = []
    for each in behaviour.rungs:
        ends = each.of_response.of_parameters
        held = None if ends is None else (ends[0] / MILLION, ends[1] / MILLION)
        bars.append(of_change(_name(reader, each), each.of_response.value / MILLION, held))
    largest = max(abs(bar.net or 0) for bar in bars)
    sheet = Sheet(
        reader.titled(words("What the response adds to the cost")),
        words,
        words("million won a month"),
        digits=0 if largest >= 1_000 else 2,
    )
    return signed_bars_chart(
        bars,
        words("costs more"),
        words("costs less"),
        sheet,
        interval=words("95 % interval of the parameters"),
    )


def _earnings_chart(reader: Reader, answers: list[RungAnswer]) -> Chart:
    words = reader.words
    rows = []
    for place, group in enumerate(_of(answers[0], "decile")):
        values = tuple(_of(each, "decile")[place].earnings_percent.value for each in answers)
        told = group.rows >= FEWEST
        rows.append(
            DumbbellRow(
                _group_name(reader, group),
                tuple(value if told and value == value else None for value in values),
            )
        )
    sheet = Sheet(
        reader.titled(words("Change of earnings by tenth of incomes")),
        words,
        words("per cent of the earnings of main earners"),
    )
    return dumbbell_chart(rows, [_name(reader, each) for each in answers], sheet, base=0.0)


def _picture(chart: Chart) -> Picture:
    return Picture(chart.svg, chart.title, chart.alternative)


def _one_digit(value: float) -> str:
    """A number with one decimal place and a true minus sign, none before zero."""
    text = f"{value:.1f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")
