"""The answer first: what holds, what does not, what matters, what is silent or double, what is not known."""

from __future__ import annotations

from donghaeng.index.coherence.flags import Finding

from .audit import Audit
from .over_years import Kind
from .reader import KINDS, Reader
from .sensitivity import Output
from .significance import SETTLED, Change

# What a flag says of an indicator: that it does not speak, or that another says the same.
SILENT = (Finding.WEAK_IN_AREA, Finding.AGAINST_AREA)


def findings(audit: Audit, reader: Reader) -> tuple[tuple[str, str], ...]:
    """Each finding with its heading."""
    words = reader.words
    if audit.over_years is None:
        holds, does_not, matters = _of_units(audit, reader)
    else:
        holds, does_not, matters = _of_years(audit, reader)
    return (
        (words("What holds."), holds),
        (words("What does not."), does_not),
        (words("What matters most."), matters),
        (words("Silent or double."), _silent(audit, reader)),
        (words("Not known."), _unknown(audit, reader)),
    )


# ---- several units ----------------------------------------------------------------------------------


def _of_units(audit: Audit, reader: Reader) -> tuple[str, str, str]:
    words, told = reader.words, audit.uncertainty
    if told is None or audit.significance is None:
        nothing = words(
            "The index file declares nothing uncertain, so how firm ranks are is not known."
        )
        return nothing, "", _most_left_out(audit, reader)
    ranked = [unit for unit in told.units if unit.ranked and unit.rank == unit.rank]
    if not ranked:
        return words("No unit has a rank."), "", ""
    near = sum(abs(unit.rank_median - unit.rank) <= 2 for unit in ranked)
    best = max(ranked, key=lambda unit: unit.first)
    widest = max(ranked, key=lambda unit: unit.rank_high - unit.rank_low)
    holds = words(
        "{near} of {units} units stand at most 2 places from their median rank over {draws} draws; "
        "{best} is first in {share} of them.",
        near=near,
        units=len(ranked),
        draws=f"{told.draws:,}",
        best=reader.unit(best.unit),
        share=reader.share(best.first),
    )
    place = {
        "unit": reader.unit(widest.unit),
        "low": reader.rank(widest.rank_low),
        "high": reader.rank(widest.rank_high),
    }
    if audit.significance.pairs:
        does_not = words(
            "{unit} may stand anywhere from place {low} to {high} (90 % of the draws), and of {pairs} pairs of "
            "units {unsettled} have no order that holds in 95 % of them.",
            **place,
            pairs=f"{audit.significance.pairs:,}",
            unsettled=f"{audit.significance.unsettled:,}",
        )
    else:
        does_not = words(
            "{unit} may stand anywhere from place {low} to {high} (90 % of the draws).", **place
        )
    return (
        holds,
        does_not,
        _most_of_variance(audit, reader, 0) + " " + _most_left_out(audit, reader),
    )


def _most_left_out(audit: Audit, reader: Reader) -> str:
    """Whose absence moves ranks most."""
    known = [each for each in audit.left_out if each.moved.compared]
    if not known:
        return ""
    most = max(known, key=lambda each: each.moved.mean_places)
    return reader.words(
        "Without {node}, ranks shift by {places} places on average, more than without any other.",
        node=reader.name(most.node),
        places=reader.number(most.moved.mean_places, 1),
    )


def _most_of_variance(audit: Audit, reader: Reader, place: int) -> str:
    """The choice with the largest total index of one output."""
    words = reader.words
    if audit.sensitivity is None:
        return ""
    output = audit.sensitivity.outputs[place]
    known = [each for each in output.indices if each.total.value == each.total.value]
    if not known:
        return words("No choice moves it.")
    most = max(known, key=lambda each: each.total.value)
    said = words(
        "Most of the spread of {output} comes with the choice “{choice}”: {share} of the variance, alone "
        "and together with others ({low} to {high}).",
        output=output_name(output, reader),
        choice=most.choice,
        share=reader.share(most.total.value),
        low=reader.share(most.total.low),
        high=reader.share(min(most.total.high, 1.0)),
    )
    if not audit.sensitivity.converged:
        said += " " + words("The intervals did not become as narrow as asked for.")
    return said


def output_name(output: Output, reader: Reader) -> str:
    """What an output of the sensitivity is."""
    words = reader.words
    if output.kind == "score":
        return words("the score of {unit}", unit=reader.unit(output.about))
    if output.kind == "index":
        return words("the index of {period}", period=output.about)
    if output.kind == "change":
        return words("the change {periods}", periods=output.about)
    return words("the mean shift of ranks")


# ---- one city over years ----------------------------------------------------------------------------


def _of_years(audit: Audit, reader: Reader) -> tuple[str, str, str]:
    words, years = reader.words, audit.over_years
    assert years is not None
    if not years.intervals:
        nothing = words(
            "The index file declares nothing uncertain, so how firm a change is is not known."
        )
        return nothing, "", ""
    whole = years.intervals[0]
    top = reader.index.top
    of_index = [change for change in whole.changes if change.node == top]
    if not of_index:
        level = next(each for each in whole.levels if each.node == top)
        said = words(
            "There is one period, so no change: {value} ({low} to {high}, 90 % of the draws).",
            value=reader.number(level.value, 1),
            low=reader.number(level.low, 1),
            high=reader.number(level.high, 1),
        )
        return said, "", ""
    holds = " ".join(_rise(change, whole.kind, reader) for change in of_index[-1:])
    place = len(audit.periods) + len(of_index) - 1
    return holds, _not_settled(audit, of_index, reader), _most_of_variance(audit, reader, place)


def _rise(change: Change, kind: Kind, reader: Reader) -> str:
    """Whether the index rose, how surely, and by how much."""
    rose = change.rose >= change.fell
    message = (
        "From {before} to {after} the index rose in {share} of all draws: by {size} as built, {low} to "
        "{high} in 90 % of the draws ({kind})."
        if rose
        else "From {before} to {after} the index fell in {share} of all draws: by {size} as built, {low} to "
        "{high} in 90 % of the draws ({kind})."
    )
    return reader.words(
        message,
        before=change.before,
        after=change.after,
        share=reader.share(change.rose if rose else change.fell, 1),
        size=reader.change(change.difference, 1),
        low=reader.change(change.low, 1),
        high=reader.change(change.high, 1),
        kind=reader.words(KINDS[kind]),
    )


def _not_settled(audit: Audit, of_index: list[Change], reader: Reader) -> str:
    words, years = reader.words, audit.over_years
    assert years is not None
    open_ = [each for each in of_index if max(each.rose, each.fell) < SETTLED]
    if open_:
        first = words(
            "Whether the index rose is not settled for {periods}.",
            periods=", ".join(f"{each.before} → {each.after}" for each in open_),
        )
    else:
        first = words("No change of the index turns round in more than 5 % of the draws.")
    last = of_index[-1]
    same = [
        each
        for each in years.intervals[0].changes
        if (each.before, each.after) == (last.before, last.after) and each.node != last.node
    ]
    against = [each for each in same if each.difference * last.difference < 0]
    if not against:
        return first
    second = words(
        "Against the index from {before} to {after}: {areas}.",
        before=last.before,
        after=last.after,
        areas=", ".join(f"{reader.name(e.node)} {reader.change(e.difference, 1)}" for e in against),
    )
    return f"{first} {second}"


# ---- all -------------------------------------------------------------------------------------------


def _silent(audit: Audit, reader: Reader) -> str:
    words = reader.words
    said = []
    if audit.coherence is not None:
        flags = audit.coherence.flags
        silent = list(dict.fromkeys(flag.indicator for flag in flags if flag.finding in SILENT))
        double = [flag for flag in flags if flag.finding is Finding.NEAR_DUPLICATE]
        if silent:
            said.append(
                words(
                    "{count} indicators or areas hardly count in the area above them or go against it: {names}.",
                    count=len(silent),
                    names=reader.names(silent),
                )
            )
        if double:
            pairs = [f"{reader.name(f.indicator)} – {reader.name(f.other)}" for f in double[:3]]
            said.append(
                words(
                    "{count} pairs say almost the same, such as {pairs}.",
                    count=len(double),
                    pairs="; ".join(pairs),
                )
            )
        if not said:
            said.append(words("No indicator is silent or double."))
    if audit.over_years is not None:
        said.append(_turners(audit, reader))
    if audit.uncertainty is not None:
        nothing = [each.name for each in audit.uncertainty.choices if each.silent]
        if nothing:
            said.append(words("Choices that CHANGED NOTHING: {names}.", names=", ".join(nothing)))
    return " ".join(said) or words("Too few units to say what is silent or double.")


def _turners(audit: Audit, reader: Reader) -> str:
    assert audit.over_years is not None
    able = {
        turner.figure for sign in audit.over_years.signs for turner in sign.turners if turner.turns
    }
    if not any(t.high > t.low for sign in audit.over_years.signs for t in sign.turners):
        return reader.words(
            "No figure has an error of its own declared, so none can be said to turn the sign of a change."
        )
    if able:
        return reader.words(
            "Within its own error, one figure alone could turn the sign of a change: {names}.",
            names=reader.names(sorted(able)),
        )
    return reader.words("No figure alone, within its own error, turns the sign of a change.")


def _unknown(audit: Audit, reader: Reader) -> str:
    words, data = reader.words, audit.data
    figures = sum(count for _, count in data.statuses)
    marked = sum(each.figures for each in data.not_official)
    said = words(
        "The index file names {gaps} gaps; {marked} of {figures} figures are not official.",
        gaps=len(data.gaps),
        marked=f"{marked:,}",
        figures=f"{figures:,}",
    )
    if audit.uncertainty is None:
        return said
    unknown = audit.uncertainty.unknown_errors
    if not unknown:
        return said
    return (
        said
        + " "
        + words(
            "Of {unknown} of {columns} indicators nobody says how far the figures may be off.",
            unknown=len(unknown),
            columns=sum(each.counts for each in data.indicators),
        )
    )
