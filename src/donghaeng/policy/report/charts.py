"""The charts of a report: each with its title, which says that it is simulated, and what it says in words."""

from __future__ import annotations

from collections.abc import Sequence

from donghaeng.charts.description import Chart
from donghaeng.charts.dumbbell import DumbbellRow, dumbbell_chart
from donghaeng.charts.measures import Sheet
from donghaeng.charts.seoul_tiles import SEOUL
from donghaeng.charts.signed_bars import SignedBar, of_change, signed_bars_chart
from donghaeng.charts.tile_map import tile_map_chart

from ..results import Group, Rates
from .reader import DISTRICTS, FEWEST, MILLION, Reader

Seen = tuple[str, str, str]  # the picture, its title, and what it says


def gainers_and_losers(reader: Reader, grouping: str) -> Seen:
    """Of 100 households of each group, how many have more and how many less."""
    words = reader.words
    bars = []
    for group in reader.groups(grouping):
        told = group.rows >= FEWEST
        sides = [100 * each.value if told else None for each in (group.gaining, group.losing)]
        bars.append(SignedBar(reader.of_group(group), *sides))
    title = (
        words("Households with more and with less, by tenth of incomes")
        if grouping == "decile"
        else words("Households with more and with less, by kind of household")
    )
    sheet = Sheet(
        reader.titled(title),
        words,
        words("of 100 households; at the right edge: more / less"),
        digits=0,
    )
    more, less = words("have more"), words("have less")
    return _seen(signed_bars_chart(bars, more, less, sheet, both=True))


def mean_changes(reader: Reader, grouping: str) -> Seen:
    """The mean change of income of each group, with its interval."""
    words = reader.words
    bars = [_mean_change(reader, group) for group in reader.groups(grouping)]
    title = (
        words("Mean change of income by tenth of incomes")
        if grouping == "decile"
        else words("Mean change of income by kind of household")
        if grouping == "family_type"
        else words("Mean change of income by age of the head")
    )
    sheet = Sheet(reader.titled(title), words, words("won a month for each household"), digits=0)
    return _seen(
        signed_bars_chart(
            bars, words("have more"), words("have less"), sheet, interval=reader.interval
        )
    )


def _mean_change(reader: Reader, group: Group) -> SignedBar:
    label = reader.of_group(group)
    if group.rows < FEWEST:
        return SignedBar(label, None, None)
    return of_change(label, group.mean_change.value, group.mean_change.interval())


def measures_before_and_after(reader: Reader) -> Seen:
    """Every measure after the reform, in per cent of what it is before."""
    words = reader.words
    rows = []
    for each in reader.simulation.measures:
        before, after = each.compared.before.value, each.compared.after.value
        value = 100 * after / before if before else None
        rows.append(DumbbellRow(words(each.label), (100.0 if before else None, value)))
    title = reader.titled(words("Measures of the distribution after the reform, before it = 100"))
    sheet = Sheet(title, words, words("before = 100"))
    return _seen(dumbbell_chart(rows, (words("Before"), words("After")), sheet))


def tax_rates(reader: Reader, name: str) -> Seen:
    """Mean tax rates of main earners by tenth of incomes, before and after."""
    words = reader.words
    rows = [
        _rate_row(reader, each)
        for each in reader.simulation.rates
        if each.name == name and each.grouping == "decile"
    ]
    title = (
        words("What main earners lose of a raise, by tenth of incomes")
        if name == "marginal_rate"
        else words("What main earners lose of all they earn, by tenth of incomes")
    )
    axis = words("per cent of it, on average; at 100 nothing is left")
    sheet = Sheet(reader.titled(title), words, axis)
    return _seen(dumbbell_chart(rows, (words("Before"), words("After")), sheet))


def _rate_row(reader: Reader, rates: Rates) -> DumbbellRow:
    label = reader.words(rates.label)
    if rates.rows < FEWEST:
        return DumbbellRow(label, (None, None))
    return DumbbellRow(label, (100 * rates.mean.before.value, 100 * rates.mean.after.value))


def cost_by_reading(reader: Reader, names: Sequence[str]) -> Seen:
    """The cost under each reading of the law; ``names`` are theirs."""
    words = reader.words
    bars = []
    for name, reading in zip(names, reader.simulation.readings, strict=True):
        ends = reading.cost.interval()
        held = None if ends is None else (ends[0] / MILLION, ends[1] / MILLION)
        bars.append(of_change(name, reading.cost.value / MILLION, held))
    largest = max((abs(bar.net or 0) for bar in bars), default=0)
    title = reader.titled(words("Cost under each reading of the law"))
    sheet = Sheet(title, words, words("million won a month"), digits=0 if largest >= 1_000 else 2)
    return _seen(
        signed_bars_chart(
            bars, words("costs more"), words("costs less"), sheet, interval=reader.interval
        )
    )


def districts_of_seoul(reader: Reader) -> Seen | None:
    """The mean change of each district where it lies, never ranked; nothing for other districts."""
    words, groups = reader.words, reader.groups("district")
    if not groups or any(group.key not in DISTRICTS for group in groups):
        return None
    figures = {
        group.key: group.mean_change.value / 1_000 for group in groups if group.rows >= FEWEST
    }
    title = reader.titled(words("Mean change of income by district (thousand won a month)"))
    return _seen(tile_map_chart(SEOUL, figures, Sheet(title, words), ranked=False))


def _seen(chart: Chart) -> Seen:
    return chart.svg, chart.title, chart.alternative
