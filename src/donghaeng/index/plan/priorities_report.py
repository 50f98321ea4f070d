"""The proposed order as a report: each place with its reasons in words, and what was decided beside it."""

from __future__ import annotations

from donghaeng.language import Words, date_text
from donghaeng.language.amounts import money_text, number_text
from donghaeng.reports.tabular import Cell, Report, Section, Table

from .criteria import STRENGTH, Criterion, Range
from .decisions import Decision, Verdict
from .priorities import Place, Priorities
from .register import EvidenceKind

CRITERIA = {
    Criterion.NEED: "Need",
    Criterion.REACH: "Reach",
    Criterion.COST: "Cost",
    Criterion.EVIDENCE: "Evidence",
}
KINDS = {
    EvidenceKind.EFFECT: "an effect, from an assignment",
    EvidenceKind.ASSOCIATION: "an association",
    EvidenceKind.SIMULATION: "a simulation",
    EvidenceKind.DESCRIPTION: "a description",
    EvidenceKind.NONE: "declared: none",
}
VERDICTS = {
    Verdict.ACCEPTED: "accepted",
    Verdict.CHANGED: "changed",
    Verdict.REJECTED: "rejected",
}
AGAINST_TARGET = (
    "Need: {area} stands at {score} in {period}, {distance} against its target, {reference}."
)
AGAINST_BASE = (
    "Need: {area} stands at {score} in {period}, {distance} against the base, {reference}."
)


def priorities_report(order: Priorities, language: str) -> Report:
    """The order, its reasons, the weights, and the record."""
    words = Words(language)
    index = order.build.index
    sections = [_order(order, words), _reasons(order, words), _how(order, words)]
    if order.record is not None:
        sections.append(_record(order, words))
    return Report(
        words(
            "Proposed order of programmes {year}: {index}",
            year=order.year,
            index=words.label(index.label.pair),
        ),
        language,
        (
            words(
                "A proposal to the committee (Ordinance §8①2, §10②), made by a stated rule. "
                "The committee decides; its reasons stand beside the proposal."
            ),
        ),
        tuple(sections),
        (words("Index {id}, version {version}.", id=index.id, version=index.version),),
    )


def reasons(place: Place, order: Priorities, words: Words) -> list[str]:
    """Why a programme stands where it stands, in sentences."""
    return [
        *_of_need(place, order, words),
        _of_reach(place, order, words),
        _of_cost(place, order, words),
        _of_evidence(place, order, words),
    ]


def _of_need(place: Place, order: Priorities, words: Words) -> list[str]:
    state = place.state
    if state is None:
        return [words("Need: its area has no index, or is not known.")]
    area = words.label(order.build.index.label_of(state.area).pair)
    if state.reference is None:
        says = words(
            "Need: {area} stands at {score} in {period}.",
            area=area,
            score=f"{state.score:.1f}",
            period=state.period,
        )
    else:
        says = words(
            AGAINST_TARGET if state.is_target else AGAINST_BASE,
            area=area,
            score=f"{state.score:.1f}",
            period=state.period,
            distance=f"{state.distance:+.1f}",
            reference=f"{state.reference:g}",
        )
    trend = (
        words("How it moved is not known.")
        if state.trend is None
        else words(
            "It moved by {trend} since {earlier}.",
            trend=f"{state.trend:+.1f}",
            earlier=state.earlier_period,
        )
    )
    found = [f"{says} {trend}"]
    if place.low_index:
        found.append(_low_index(place, order, words))
    return found


def _low_index(place: Place, order: Priorities, words: Words) -> str:
    """The rule of the city for an index below its base."""
    cause = order.programme(place).cause
    if cause is None:
        return words(
            "The index is below {base}: its cause is to be found first. Where demand rose, more budget; "
            "where the programme does not fit, a new design.",
            base=f"{order.base:g}",
        )
    if cause.kind == "demand":
        return words(
            "The index is below {base}, and demand rose ({source}): more budget is the answer.",
            base=f"{order.base:g}",
            source=cause.source,
        )
    return words(
        "The index is below {base}, and the programme does not fit ({source}): a new design is the answer.",
        base=f"{order.base:g}",
        source=cause.source,
    )


def _of_reach(place: Place, order: Priorities, words: Words) -> str:
    people = order.programme(place).reach.get(order.year)
    if people is None:
        return words("Reach: how many people it concerns in {year} is not known.", year=order.year)
    return words(
        "Reach: it concerns {people} people in {year}.",
        people=number_text(people.people),
        year=order.year,
    )


def _of_cost(place: Place, order: Priorities, words: Words) -> str:
    amount = order.programme(place).budget.get(order.year)
    if amount is None:
        return words("Cost: its budget of {year} is not known.", year=order.year)
    return words(
        "Cost: {won} in {year}.", won=money_text(amount.won, words.language), year=order.year
    )


def _of_evidence(place: Place, order: Priorities, words: Words) -> str:
    known = order.programme(place).evidence
    if known is None:
        return words("Evidence: nothing is declared.")
    kind = words(KINDS[known.kind])
    if known.source is None:
        return words("Evidence: {kind}.", kind=kind)
    return words("Evidence: {kind} ({source}).", kind=kind, source=known.source)


def _order(order: Priorities, words: Words) -> Section:
    columns = (
        words("Position"),
        words("Programme"),
        words("Whatever the unknown is"),
        *(words(CRITERIA[each]) for each in Criterion),
        words("Together"),
        words("Decided"),
    )
    rows = tuple(
        (
            Cell(str(each.proposed), each.proposed),
            Cell(words.label(order.programme(each).label.pair)),
            Cell(_places(each, words), gap=not each.certain),
            *(_range(each.criteria[criterion]) for criterion in Criterion),
            _range(each.score),
            Cell("" if each.decision is None else _decided(each.decision, words)),
        )
        for each in order.places
    )
    says = words(
        "A figure runs from 0 to 1, 1 being first. What is not known is a range: the place follows its lower "
        "end, what is known for sure, and only a place without a range is certain."
    )
    table = Table(words("Order"), columns, rows, frozenset({0, 3, 4, 5, 6, 7}))
    return Section(words("Proposed order"), (says,), table)


def _reasons(order: Priorities, words: Words) -> Section:
    rows = tuple(
        (
            Cell(str(each.proposed), each.proposed),
            Cell(words.label(order.programme(each).label.pair)),
            Cell(" ".join(reasons(each, order, words))),
        )
        for each in order.places
    )
    columns = (words("Position"), words("Programme"), words("Reasons"))
    return Section(words("Reasons"), (), Table(words("Reasons"), columns, rows, frozenset({0})))


def _how(order: Priorities, words: Words) -> Section:
    rows = tuple(
        (
            Cell(words(CRITERIA[each])),
            Cell(f"{order.weights.get(each, 0.0):g}", order.weights.get(each, 0.0)),
            Cell(words(_RULE[each])),
        )
        for each in Criterion
    )
    strengths = ", ".join(f"{words(KINDS[kind])} {value:g}" for kind, value in STRENGTH.items())
    says = words("Strength of evidence, a scale of this program: {strengths}.", strengths=strengths)
    columns = (words("Criterion"), words("Weight"), words("How it is counted"))
    table = Table(words("How it is counted"), columns, rows, frozenset({1}))
    return Section(words("How the order was made"), (says,), table)


_RULE = {
    Criterion.NEED: "Half: how low the area stands among all areas, against its target or the base. "
    "Half: how far it fell behind them since the period before.",
    Criterion.REACH: "People concerned, as a share of the most that any programme of the register concerns.",
    Criterion.COST: "1 less its budget as a share of the largest known one.",
    Criterion.EVIDENCE: "The strength of the evidence that the register declares.",
}


def _record(order: Priorities, words: Words) -> Section:
    assert order.record is not None
    rows = tuple(_entry(each, order, words) for each in order.record.decisions)
    columns = (
        words("Date"),
        words("Programme"),
        words("Proposed"),
        words("Decided"),
        words("What became of it"),
        words("Reason"),
    )
    says = words(
        "Entries are added and never changed; each carries the hash of those before it. Last hash: {hash}",
        hash=order.record.last_hash,
    )
    table = Table(words("Decisions"), columns, rows, frozenset({2, 3}))
    return Section(words("What the committee decided"), (says,), table)


def _entry(each: Decision, order: Priorities, words: Words) -> tuple[Cell, ...]:
    label = order.register.programmes[each.programme].label.pair
    return (
        Cell(date_text(each.date, words.language)),
        Cell(words.label(label)),
        Cell(str(each.proposed_place), each.proposed_place),
        Cell("")
        if each.decided_place is None
        else Cell(str(each.decided_place), each.decided_place),
        Cell(words(VERDICTS[each.verdict])),
        Cell("" if each.reason is None else words.label(each.reason.pair)),
    )


def _decided(decision: Decision, words: Words) -> str:
    verdict = words(VERDICTS[decision.verdict])
    return verdict if decision.decided_place is None else f"{decision.decided_place} ({verdict})"


def _places(place: Place, words: Words) -> str:
    if place.certain:
        return words("certain")
    return words("from {best} to {worst}", best=place.best, worst=place.worst)


def _range(each: Range) -> Cell:
    if each.known:
        return Cell(f"{each.low:.2f}", each.low)
    return Cell(f"{each.low:.2f}–{each.high:.2f}", gap=True)
