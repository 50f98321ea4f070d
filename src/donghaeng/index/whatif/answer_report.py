"""The answer as a report, in words: first that it is arithmetic, then what was asked."""

from __future__ import annotations

from donghaeng.language import Words, money_text, number_text
from donghaeng.reports.tabular import Cell, Report, Section, Table

from .answer import ARITHMETIC, Answer
from .budget import BestUse, Method
from .changes import Response, ResponseKind
from .effect import Effect
from .gradients import Gradients
from .least_change import TOGETHER, Aim, LeastChange
from .recomputing import Basis

BASES = {Basis.HELD: "scales held", Basis.RE_ESTIMATED: "scales found again"}
WHY = {
    "change": "as asked",
    "set": "as asked",
    ResponseKind.ASSUMPTION.value: "assumption",
    ResponseKind.EFFECT.value: "estimated effect",
    ResponseKind.SIMULATION.value: "simulation",
}


def answer_report(answer: Answer, language: str) -> Report:
    """All parts that were asked for."""
    words = Words(language)
    index = answer.build.index
    sections: list[Section] = []
    if answer.effect is not None:
        sections += _effect(answer.effect, words)
    if answer.gradients is not None:
        sections.append(_gradients(answer.gradients, answer, words))
    if answer.aim is not None:
        sections.append(_least(answer.aim, answer.least, words))
    if answer.best is not None:
        responses = () if answer.spending is None else answer.spending.responses
        sections += _best(answer.best, responses, answer, words)
    return Report(
        words("What if: {index}", index=words.label(index.label.pair)),
        language,
        (words(ARITHMETIC),),
        tuple(sections),
        (
            words(
                "Scales held: what earlier steps found (imputed figures, limits of outliers, scales, "
                "weights) stays. Scales found again: every step is carried out anew."
            ),
            words("Index {id}, version {version}.", id=index.id, version=index.version),
        ),
    )


# ---- the effect -------------------------------------------------------------------------------------


def _effect(effect: Effect, words: Words) -> list[Section]:
    sections = [_moves(effect, words), _nodes(effect, words)]
    if len(effect.build.panel.units) > 1:
        sections.append(_ranks(effect, words))
    return sections


def _moves(effect: Effect, words: Words) -> Section:
    panel, index = effect.build.panel, effect.build.index
    rows = []
    for move in effect.moves:
        unit, period = panel.rows[move.row]
        why = words(WHY[move.why])
        if move.programme:
            won = money_text(move.won, words.language)
            why = words(
                "{programme}, {won} more ({kind})", programme=move.programme, won=won, kind=why
            )
        rows.append(
            (
                Cell(words.label(index.units.members[unit].label.pair)),
                Cell(period),
                Cell(words.label(index.label_of(panel.columns[move.column]).pair)),
                _figure(move.before, words),
                _figure(move.after, words),
                Cell(why),
                Cell(move.source),
            )
        )
    columns = (
        words("Unit"),
        words("Period"),
        words("Indicator"),
        words("Before"),
        words("After"),
        words("Why"),
        words("Source"),
    )
    table = Table(words("Changes"), columns, tuple(rows), frozenset({3, 4}))
    return Section(words("What is changed"), (), table)


def _nodes(effect: Effect, words: Words) -> Section:
    index = effect.build.index
    found = effect.nodes()
    between = any(each.between is not None for each in found)
    rows = []
    for each in found:
        row = [
            Cell(words.label(index.units.members[each.unit].label.pair)),
            Cell(each.period),
            Cell(words.label(index.label_of(each.node).pair)),
            _score(each.before, words),
            _score(each.held, words),
            _difference(each.held - each.before, words),
            _score(each.re_estimated, words),
            _difference(each.re_estimated - each.before, words),
        ]
        if between:
            ends = each.between or (each.held, each.held)
            row.append(Cell(f"{ends[0]:.3f}–{ends[1]:.3f}"))
        rows.append(tuple(row))
    columns = [
        words("Unit"),
        words("Period"),
        words("Area"),
        words("Before"),
        words("Scales held"),
        words("Difference"),
        words("Scales found again"),
        words("Difference"),
    ]
    if between:
        columns.append(words("At the ends of the simulation"))
    says = words(
        "Scores of other units or periods that change as well: {held} with scales held, {again} with "
        "scales found again.",
        held=effect.others(Basis.HELD),
        again=effect.others(Basis.RE_ESTIMATED),
    )
    numeric = frozenset(range(3, len(columns)))
    table = Table(words("Before and after"), tuple(columns), tuple(rows), numeric)
    return Section(words("Areas and the index, before and after"), (says,), table)


def _ranks(effect: Effect, words: Words) -> Section:
    index = effect.build.index
    moves = effect.rank_moves()
    rows = tuple(
        (
            Cell(words(BASES[each.basis])),
            Cell(words.label(index.units.members[each.unit].label.pair)),
            Cell(each.period),
            Cell(words.label(index.label_of(each.node).pair)),
            Cell(str(each.before), each.before),
            Cell(str(each.after), each.after),
        )
        for each in moves
    )
    columns = (
        words("Scales"),
        words("Unit"),
        words("Period"),
        words("Area"),
        words("Rank before"),
        words("Rank after"),
    )
    title = words("Ranks that move")
    if not rows:
        return Section(title, (words("No rank moves."),))
    says = words("Areas with figures on health or deaths are not ranked.")
    return Section(title, (says,), Table(title, columns, rows, frozenset({4, 5})))


# ---- gradients, targets, money ----------------------------------------------------------------------


def _gradients(found: Gradients, answer: Answer, words: Words) -> Section:
    index = answer.build.index
    rows = []
    for place, code in enumerate(found.codes):
        kink = bool(found.kinked[place])
        note = ""
        if kink:
            note = words(
                "a kink: {below} below, {above} above",
                below=f"{found.below[place]:.4g}",
                above=f"{found.above[place]:.4g}",
            )
        elif found.exact[place]:
            note = words("exact")
        rows.append(
            (
                Cell(words.label(index.label_of(code).pair)),
                _figure(float(found.figures[place]), words),
                _slope(float(found.per_unit[place]), words),
                _slope(float(found.per_percent[place]), words),
                Cell(note, gap=kink),
            )
        )
    columns = (
        words("Indicator"),
        words("Current figure"),
        words("Per unit more"),
        words("Per 1 % more"),
        words("Note"),
    )
    title = words(
        "What moves {node} in {unit} {period} ({basis})",
        node=words.label(index.label_of(found.node).pair),
        basis=words(BASES[found.basis]),
        **_row(answer, words),
    )
    table = Table(words("Gradients"), columns, tuple(rows), frozenset({1, 2, 3}))
    return Section(title, (), table)


def _least(aim: Aim, least: tuple[LeastChange, ...], words: Words) -> Section:
    index = aim.build.index
    rows = []
    for each in least:
        together = each.code == TOGETHER
        name = (
            words("all together, in equal per cent")
            if together
            else words.label(index.label_of(each.code).pair)
        )
        outcome = (
            words("reaches {score}", score=f"{each.attainable:.3f}")
            if each.reached
            else words("cannot reach: at most {score}", score=f"{each.attainable:.3f}")
            if aim.sign > 0
            else words("cannot reach: at least {score}", score=f"{each.attainable:.3f}")
        )
        rows.append(
            (
                Cell(name),
                Cell("") if together else _figure(each.before, words),
                Cell("") if together else _figure(each.figure, words),
                Cell("" if not each.reached else f"{each.percent:+.4g} %", gap=not each.reached),
                Cell(outcome, gap=not each.reached),
            )
        )
    node = words.label(index.label_of(aim.node).pair)
    says = words(
        "{node} stands at {now}; the target is {target} ({basis}). Each line changes one indicator "
        "alone.",
        node=node,
        now=f"{aim.now:.3f}",
        target=f"{aim.target:g}",
        basis=words(BASES[aim.basis]),
    )
    columns = (
        words("Indicator"),
        words("Before"),
        words("Needed"),
        words("Change"),
        words("Outcome"),
    )
    table = Table(words("Target"), columns, tuple(rows), frozenset({1, 2, 3}))
    return Section(words("The least change that reaches the target"), (says,), table)


def _best(
    best: BestUse, responses: tuple[Response, ...], answer: Answer, words: Words
) -> list[Section]:
    node = words.label(answer.build.index.label_of(best.node).pair)
    rows = [
        (Cell(code), Cell(number_text(won), won))
        for code, won in sorted(best.won.items(), key=lambda each: (-each[1], each[0]))
    ]
    rows.append((Cell(words("moves nothing more")), Cell(number_text(best.left), best.left)))
    says = [
        words(
            "{won} at best bring {node} from {before} to {after}, if the responses below hold.",
            won=money_text(best.budget, words.language),
            node=node,
            before=f"{best.before:.3f}",
            after=f"{best.after:.3f}",
        ),
        words(
            "Found by a linear programme and recomputed: no other use of the sum gives more."
            if best.method is Method.LINEAR
            else "Found by recomputed gains: passing money on between programmes gives no more."
        ),
    ]
    columns = (words("Programme"), words("Won"))
    uses = Section(
        words("The best use of a sum"),
        tuple(says),
        Table(words("Best use"), columns, tuple(rows), frozenset({1})),
    )
    return [uses, _responses(responses, answer, words)]


def _responses(responses: tuple[Response, ...], answer: Answer, words: Words) -> Section:
    index = answer.build.index
    rows = []
    for each in responses:
        named = index.indicators.get(each.indicator)
        own = named is not None and named.programme == each.programme
        rows.append(
            (
                Cell(each.programme),
                Cell(words.label(index.label_of(each.indicator).pair)),
                Cell(f"{each.by:+g}", each.by),
                Cell(number_text(each.per_won), each.per_won),
                Cell(number_text(each.up_to_won), each.up_to_won),
                Cell(words(WHY[each.kind.value])),
                Cell(each.protocol or each.source),
                Cell(words("yes") if own else words("no"), gap=not own),
            )
        )
    columns = (
        words("Programme"),
        words("Indicator"),
        words("Moves by"),
        words("For each (won)"),
        words("Up to (won)"),
        words("Rests on"),
        words("Source"),
        words("Named by the indicator"),
    )
    table = Table(words("Responses"), columns, tuple(rows), frozenset({2, 3, 4}))
    return Section(words("Stated responses"), (), table)


def _row(answer: Answer, words: Words) -> dict[str, str]:
    unit, period = answer.build.panel.rows[answer.row]
    return {
        "unit": words.label(answer.build.index.units.members[unit].label.pair),
        "period": period,
    }


def _figure(value: float, words: Words) -> Cell:
    if value != value:
        return Cell(words("no figure"), gap=True)
    return Cell(f"{value:,.8g}", value)


def _score(value: float, words: Words) -> Cell:
    return Cell(words("no figure"), gap=True) if value != value else Cell(f"{value:.3f}", value)


def _difference(value: float, words: Words) -> Cell:
    return Cell("", gap=True) if value != value else Cell(f"{value:+.3f}", value)


def _slope(value: float, words: Words) -> Cell:
    return Cell("–", gap=True) if value != value else Cell(f"{value:+.6g}", value)
