"""The action plan as a report, in words."""

from __future__ import annotations

from donghaeng.language import Words
from donghaeng.language.amounts import money_text, number_text
from donghaeng.reports.tabular import Cell, Report, Section, Table

from .action_plan import ActionPlan, Line, Missing, Sum
from .register import Amount, Content

CONTENTS = {
    Content.DIRECTION: "Direction and aims of the policy",
    Content.ORGANISATION: "Organisation",
    Content.POLICIES: "Main policies by area",
    Content.INDEX: "Indicators and index",
    Content.SURVEY: "Survey and measures",
    Content.EVALUATION: "Analysis, evaluation and feedback of results",
    Content.AWARENESS: "Education, publicity and events",
    Content.OTHER: "Whatever else is needed",
}
MISSING = {
    Missing.PROGRAMME: "no programme",
    Missing.INDICATOR: "no indicator",
    Missing.AREA: "area not known",
    Missing.DEPARTMENT: "department not known",
    Missing.TARGET: "no target",
    Missing.TARGET_DATE: "target without a date",
    Missing.BUDGET: "budget not known",
}
STATUS = {
    "official": "official",
    "derived": "derived",
    "press": "press",
    "secondary": "secondary source",
    "unverified": "not verified",
}


def plan_report(plan: ActionPlan, language: str) -> Report:
    """The plan of a year: the basic plan, the actions, the money, the gaps."""
    words = Words(language)
    label = words.label(plan.index.label.pair)
    return Report(
        words("Action plan {year}: {index}", year=plan.year, index=label),
        language,
        (
            words(
                "Put together from the register of programmes and the index (Ordinance §6③). "
                "What is not known is shown as a gap and counted in no sum."
            ),
        ),
        (_basic_plan(plan, words), _actions(plan, words), _money(plan, words), _gaps(plan, words)),
        (words("Index {id}, version {version}.", id=plan.index.id, version=plan.index.version),),
    )


def _basic_plan(plan: ActionPlan, words: Words) -> Section:
    basic = plan.register.basic_plan
    if basic is None:
        says = words("The register holds no basic plan (Ordinance §6①).")
    else:
        says = words("From {first} to {last}.", first=basic.years[0], last=basic.years[-1])
        if not plan.in_basic_plan:
            says += " " + words("The year {year} lies outside of it.", year=plan.year)
    rows = []
    for number, item in enumerate(Content, start=1):
        written = None if basic is None else basic.contents.get(item)
        text = words("not known") if written is None else words.label(written.text.pair)
        rows.append(
            (
                Cell(words("§6② item {number}", number=number)),
                Cell(words(CONTENTS[item])),
                Cell(text, gap=written is None),
                Cell("" if written is None else written.source or ""),
            )
        )
    columns = (words("Article"), words("Content"), words("What it says"), words("Source"))
    title = words("Basic plan of four years (Ordinance §6①, §6②)")
    return Section(title, (says,), Table(words("Basic plan"), columns, tuple(rows)))


def _actions(plan: ActionPlan, words: Words) -> Section:
    columns = (
        words("Area"),
        words("Action"),
        words("Department"),
        words("Indicator"),
        words("Latest figure"),
        words("Target"),
        words("Target year"),
        words("Budget (won)"),
        words("Spent (won)"),
        words("Gaps"),
    )
    rows = tuple(_row(line, plan, words) for line in plan.lines)
    says = words(
        "Money stands in the first line of a programme. {count} indicators whose names are not known "
        "are not listed.",
        count=sum(plan.placeholders.values()),
    )
    numeric = frozenset({4, 5, 7, 8})
    title = words("Plan, action, indicator, target, budget")
    return Section(title, (says,), Table(words("Actions"), columns, rows, numeric))


def _row(line: Line, plan: ActionPlan, words: Words) -> tuple[Cell, ...]:
    programme = None if line.programme is None else plan.register.programmes[line.programme]
    indicator = None if line.indicator is None else plan.index.indicators[line.indicator]
    department = None if programme is None else programme.department
    latest = Cell("")
    if line.latest is not None:
        latest = Cell(f"{line.latest:,.10g} ({line.latest_period})", line.latest)
    return (
        _area(line.area, plan, words),
        _named(None if programme is None else programme.label.pair, words),
        Cell("") if programme is None else _text(department, words),
        _named(None if indicator is None else indicator.label.pair, words),
        latest,
        _number(line.target, words) if indicator is not None else Cell(""),
        _text(line.target_period, words) if line.target is not None else Cell(""),
        _money_cell(line.budget, words) if line.first else Cell(""),
        _money_cell(line.spent, words) if line.first else Cell(""),
        Cell(", ".join(words(MISSING[what]) for what in line.missing), gap=bool(line.missing)),
    )


def _money(plan: ActionPlan, words: Words) -> Section:
    columns = (
        words("Area"),
        words("Known budget (won)"),
        words("Programmes with a known budget"),
        words("Programmes without"),
    )
    rows = [_sum_row(each, plan, words) for each in plan.sums]
    total = plan.total
    rows.append(
        (
            Cell(words("All programmes of the register")),
            Cell(number_text(total.known), total.known),
            Cell(str(total.of), total.of),
            Cell(str(total.not_known), total.not_known),
        )
    )
    says = [
        words(
            "Sums hold only what is known: {known} of {of} programmes, {unknown} not known.",
            known=total.of,
            of=total.of + total.not_known,
            unknown=total.not_known,
        )
    ]
    printed = plan.register.year_total
    amount = None if printed is None else printed.budget.get(plan.year)
    if printed is not None and amount is not None:
        says.append(
            words(
                "{label} {year} as printed: {won} ({status}; {source}). It is no sum of this register.",
                label=words.label(printed.label.pair),
                year=plan.year,
                won=money_text(amount.won, words.language),
                status=words(STATUS[amount.status]),
                source=amount.source,
            )
        )
    table = Table(words("Money"), columns, tuple(rows), frozenset({1, 2, 3}))
    return Section(words("Money, in whole won"), tuple(says), table)


def _sum_row(each: Sum, plan: ActionPlan, words: Words) -> tuple[Cell, ...]:
    nothing = each.of == 0 and each.not_known > 0
    known = (
        Cell(words("not known"), gap=True) if nothing else Cell(number_text(each.known), each.known)
    )
    return (
        _area(each.area, plan, words),
        known,
        Cell(str(each.of), each.of),
        Cell(str(each.not_known), each.not_known),
    )


def _gaps(plan: ActionPlan, words: Words) -> Section:
    rows = [
        (Cell(words(MISSING[what])), Cell(str(plan.count(what)), plan.count(what)))
        for what in Missing
        if plan.count(what)
    ]
    unnamed = sum(plan.placeholders.values())
    if unnamed:
        rows.append((Cell(words("indicator without a name")), Cell(str(unnamed), unnamed)))
    absent = len(plan.missing_contents())
    if absent:
        says = words("content of the basic plan not known")
        rows.append((Cell(says), Cell(str(absent), absent)))
    columns = (words("Gap"), words("How many"))
    return Section(words("Gaps"), (), Table(words("Gaps"), columns, tuple(rows), frozenset({1})))


def _area(code: str | None, plan: ActionPlan, words: Words) -> Cell:
    return _text(None if code is None else words.label(plan.index.nodes[code].label.pair), words)


def _named(pair: tuple[str, str] | None, words: Words) -> Cell:
    return Cell(words("none"), gap=True) if pair is None else Cell(words.label(pair))


def _text(text: str | None, words: Words) -> Cell:
    return Cell(words("not known"), gap=True) if text is None else Cell(text)


def _number(value: float | None, words: Words) -> Cell:
    return Cell(words("not known"), gap=True) if value is None else Cell(f"{value:,.10g}", value)


def _money_cell(amount: Amount | None, words: Words) -> Cell:
    if amount is None:
        return Cell(words("not known"), gap=True)
    return Cell(number_text(amount.won), amount.won)
