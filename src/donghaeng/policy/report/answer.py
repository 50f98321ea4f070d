"""The answer first: what it costs, who gains and loses, poverty, inequality, work, and how sure that is."""

from __future__ import annotations

from donghaeng.inequality import MeasureName
from donghaeng.reports.document_parts import Paragraph, Part, Picture, Section

from ..results import Distributional, Rates, Reading
from .charts import gainers_and_losers
from .reader import FEWEST, OF_SHARES, Reader

# Where more than this share of the households is left out, the answer begins with that.
MUCH = 0.05


def answer_section(reader: Reader, *, pictures: bool = True) -> Section:
    """A page for whoever decides; where the incomes of too few are known, that and no figure."""
    title = reader.titled(reader.words("The answer"))
    if reader.too_few:
        return Section(title, (Paragraph(_nothing_to_say(reader)), Paragraph(_take_up(reader))))
    told = [
        ("", _much_left_out(reader)),
        (reader.words("What it costs."), _cost(reader)),
        (reader.words("Who gains, who loses."), _who(reader)),
        (reader.words("Poverty."), _poverty(reader)),
        (reader.words("Inequality."), _inequality(reader)),
        (reader.words("Work."), _work(reader)),
        (reader.words("How sure."), _sure(reader)),
        (reader.words("Not in it."), _left_out(reader)),
    ]
    parts: list[Part] = [Paragraph(text, heading) for heading, text in told if text]
    if pictures:
        parts.append(Picture(*gainers_and_losers(reader, "decile")))
    return Section(title, tuple(parts))


def _nothing_to_say(reader: Reader) -> str:
    simulation = reader.simulation
    return reader.words(
        "Nothing can be said: of {rows} households in the data the income of {left} cannot be determined, and "
        "fewer than {fewest} are left. State what is not known in an overlay ({option}), or give the population "
        "more facts.",
        rows=reader.count(simulation.households_in),
        left=reader.count(simulation.households_undetermined),
        fewest=FEWEST,
        option="--assume",
    )


def _much_left_out(reader: Reader) -> str:
    """What comes before any figure where many are not in it."""
    simulation = reader.simulation
    everybody = simulation.budget.households.value
    if simulation.weight_undetermined <= MUCH * everybody:
        return ""
    return reader.words(
        "{share} of the households are in no figure: the income of {left} of {rows} households in the data "
        "cannot be determined; they stand for {weight} households. Every figure is of the households "
        "whose income is known.",
        share=reader.share(simulation.weight_undetermined / everybody),
        left=reader.count(simulation.households_undetermined),
        rows=reader.count(simulation.households_in),
        weight=reader.count(simulation.weight_undetermined),
    )


def _cost(reader: Reader) -> str:
    words, simulation = reader.words, reader.simulation
    budget = simulation.budget
    cost = reader.change(budget.cost, reader.money)
    if not simulation.households_undetermined:
        said = words("Incomes of all households together change by {cost} a month", cost=cost)
    else:
        said = words(
            "Incomes of the {households} households whose income is known together change by {cost} a month",
            households=reader.count(simulation.weight_determined),
            cost=cost,
        )
    if not simulation.of_a_year:
        return words(
            "{change}, which is what the reform costs; a year of such months is {year}.",
            change=said,
            year=reader.money(12 * budget.cost.value),
        )
    return words(
        "{change}; benefits less contributions that are settled once a year change by {yearly} a year. A year of "
        "such months with what is settled once a year is {year}, which is what the reform costs.",
        change=said,
        yearly=reader.change(budget.yearly, reader.money),
        year=reader.money(12 * budget.cost.value + budget.yearly.value),
    )


def main_reading(reader: Reader) -> Reading:
    """The reading under which the report is written."""
    return next(each for each in reader.simulation.readings if each.main)


def _who(reader: Reader) -> str:
    words, simulation = reader.words, reader.simulation
    main, budget = main_reading(reader), simulation.budget
    said = words(
        "{gaining} have more, together {gained} a month, and {losing} have less, together {lost} a month",
        gaining=reader.full(main.gaining, reader.share, OF_SHARES),
        gained=reader.money(budget.gained.value),
        losing=reader.full(main.losing, reader.share, OF_SHARES),
        lost=reader.money(-budget.lost.value),
    )
    others = (
        words("for the others the month stays as it is; what is settled once a year is not in this")
        if simulation.of_a_year
        else words("for the others nothing changes")
    )
    households = reader.count(simulation.weight_determined)
    if not simulation.households_undetermined:
        return words(
            "Of {households} households {change}; {others}.",
            households=households,
            change=said,
            others=others,
        )
    return words(
        "Of {households} households whose income is known {change}; {others}; of {undetermined} more households "
        "it is not known.",
        households=households,
        change=said,
        others=others,
        undetermined=reader.count(simulation.weight_undetermined),
    )


def _found(reader: Reader, name: str) -> Distributional | None:
    return next((each for each in reader.simulation.measures if each.name == name), None)


def _poverty(reader: Reader) -> str:
    rate = _found(reader, MeasureName.POVERTY_RATE)
    if rate is None:
        return ""
    before, after, _ = reader.three(rate.compared, reader.share)
    change = reader.change(rate.compared.change, reader.points)
    said = reader.words(
        "{before} of people live below half of the median income; with the reform {after}, a change of "
        "{change}. The median is that of each system itself.",
        before=before,
        after=after,
        change=change,
    )
    anchored = _found(reader, f"anchored_{MeasureName.POVERTY_RATE}")
    if anchored is None:
        return said
    also = reader.words(
        "With the poverty line held where it is before the reform: {after}.",
        after=reader.plain(anchored.compared.after, reader.share),
    )
    return f"{said} {also}"


def _inequality(reader: Reader) -> str:
    gini = _found(reader, MeasureName.GINI)
    if gini is None:
        return ""
    before, after, change = reader.three(gini.compared, reader.ratio)
    said = reader.words(
        "The Gini coefficient goes from {before} to {after}, a change of {change}.",
        before=before,
        after=after,
        change=change,
    )
    wolfson = _found(reader, MeasureName.WOLFSON)
    if wolfson is None:
        return said
    before, after, _ = reader.three(wolfson.compared, reader.ratio)
    also = reader.words(
        "Polarisation (Wolfson) goes from {before} to {after}.", before=before, after=after
    )
    return f"{said} {also}"


def of_everyone(reader: Reader, name: str) -> Rates | None:
    """The tax rates of all main earners."""
    rates = reader.simulation.rates
    return next((each for each in rates if each.name == name and each.grouping == "all"), None)


def _work(reader: Reader) -> str:
    marginal = of_everyone(reader, "marginal_rate")
    participation = of_everyone(reader, "participation_rate")
    if marginal is None or participation is None:
        return ""
    raised = reader.three(marginal.mean, reader.share)
    at_work = reader.three(participation.mean, reader.share)
    return reader.words(
        "Of a raise main earners lose on average {before} before and {after} after the reform; of all they earn, "
        "against not working, {first} and {second}. Nobody's work is assumed to change.",
        before=raised[0],
        after=raised[1],
        first=at_work[0],
        second=at_work[1],
    )


def _sure(reader: Reader) -> str:
    words, readings = reader.words, reader.simulation.readings
    if len(readings) == 1:
        said = words("No reading of the law changes these figures.")
    else:
        costs = [each.cost.value for each in readings]
        said = words(
            "Where no source settles what the law says, {count} readings give different figures: the cost lies "
            "between {low} and {high} a month. The figures here are those of the first reading.",
            count=len(readings),
            low=reader.money(min(costs)),
            high=reader.money(max(costs)),
        )
    also = words(
        "Behind the figures stand {count} parameters that are not official.",
        count=len(reader.simulation.not_official),
    )
    brackets = words("In brackets: {interval}.", interval=reader.interval)
    return f"{brackets} {said} {also}"


def _take_up(reader: Reader) -> str:
    return reader.words(
        "Take-up before: {before}; after: {after}.",
        before=reader.label_of(reader.simulation.take_up_before),
        after=reader.label_of(reader.simulation.take_up_after),
    )


def _left_out(reader: Reader) -> str:
    simulation = reader.simulation
    said = reader.words(
        "Of {rows} households in the data {left} are left out, because their income cannot be determined; "
        "they stand for {weight} households.",
        rows=reader.count(simulation.households_in),
        left=reader.count(simulation.households_undetermined),
        weight=reader.count(simulation.weight_undetermined),
    )
    return f"{_take_up(reader)} {said}"
