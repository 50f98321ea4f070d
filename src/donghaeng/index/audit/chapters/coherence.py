"""The chapter on coherence: what goes together, what goes apart, and what weighs how much."""

from __future__ import annotations

from dataclasses import replace

from donghaeng.charts.heat_map import Correlation, heat_map_chart
from donghaeng.index.coherence.flags import Finding, Flag
from donghaeng.reports.document_parts import Items, Paragraph, Part, Picture, Section, Table

from ..audit import Audit
from ..coherence import Coherence, Related
from ..reader import Reader

# Rows that a heat map has room for.
MOST_ROWS = 60
SIGNS = {
    Finding.AGAINST_AREA: "against its area",
    Finding.WEAK_IN_AREA: "weak in its area",
    Finding.CLOSER_ELSEWHERE: "closer elsewhere",
}


def coherence_chapter(audit: Audit, reader: Reader) -> Section:
    """Correlations, flags, alpha, components, weights."""
    words, told = reader.words, audit.coherence
    title = words("2. Coherence")
    if told is None:
        said = words(
            "Fewer than five units have a score in {period}: what goes together cannot be seen from them.",
            period=audit.period or words("the data"),
        )
        return Section(title, (Paragraph(said),))
    parts: list[Part] = [
        Paragraph(
            words(
                "Correlations of {rows} units in {period}, all indicators turned so that higher is better.",
                rows=told.rows,
                period=audit.period or words("the data"),
            )
        ),
        *_flags(told, reader),
        _heat_map(told, reader),
        _correlations(told, reader),
        _families(told, reader),
        _weights(told, reader),
    ]
    return Section(title, tuple(parts))


def _flags(told: Coherence, reader: Reader) -> list[Part]:
    words = reader.words
    if not told.flags:
        return [Paragraph(words("Nothing stands out."))]
    said = tuple(
        replace(flag, indicator=reader.name(flag.indicator), other=reader.name(flag.other)).reason(
            words
        )
        for flag in _shown(told)
    )
    return [Paragraph("", words("Questions to the authors of the index:")), Items(said)]


def _shown(told: Coherence) -> list[Flag]:
    """All flags, but of the denominators that an indicator follows only the one that it follows most."""
    most: dict[str, Flag] = {}
    for flag in told.flags:
        if flag.finding is Finding.FOLLOWS_DENOMINATOR:
            known = most.get(flag.indicator)
            if known is None or abs(flag.correlation) > abs(known.correlation):
                most[flag.indicator] = flag
    return [
        flag
        for flag in told.flags
        if flag.finding is not Finding.FOLLOWS_DENOMINATOR or flag is most[flag.indicator]
    ]


def _heat_map(told: Coherence, reader: Reader) -> Picture:
    """The lowest nodes of the tree with every group above them, as many as there is room for."""
    groups = list(dict.fromkeys(each.with_node for each in told.correlations))
    nodes = [
        node for node in dict.fromkeys(e.node for e in told.correlations) if node not in groups
    ]
    title = reader.words("Correlations of indicators with areas")
    if len(nodes) > MOST_ROWS:
        nodes = groups
        title = reader.words("Correlations of areas with each other")
    signs: dict[tuple[str, str], str] = {}
    for flag in told.flags:
        if flag.finding in SIGNS:
            signs.setdefault((flag.indicator, flag.other), SIGNS[flag.finding])
    meanings = [said for said in SIGNS.values() if said in signs.values()]
    names = _distinct([*nodes, *groups], reader)
    drawn = heat_map_chart(
        [
            Correlation(
                names[each.node],
                names[each.with_node],
                None if each.correlation != each.correlation else each.correlation,
                reader.words(signs[pair]) if (pair := (each.node, each.with_node)) in signs else "",
            )
            for each in told.correlations
            if each.node in nodes
        ],
        [names[node] for node in nodes],
        [names[group] for group in groups],
        [reader.words(said) for said in meanings],
        reader.sheet(title),
    )
    return Picture(drawn.svg, drawn.title, drawn.alternative)


def _distinct(codes: list[str], reader: Reader) -> dict[str, str]:
    """A name for each code; the code too where two have the same name."""
    names = {code: reader.short(code) for code in codes}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {code: f"{name} ({code})" if name in twice else name for code, name in names.items()}


def _correlations(told: Coherence, reader: Reader) -> Table:
    """Each node with what is above it, and with the other node that it is closest to."""
    words = reader.words
    parents = {each.node: each.parent for each in told.weights}
    levels = {family.node: _height(family.node, told) for family in told.families}
    rows = []
    for node, parent in parents.items():
        own = {each.with_node: each for each in told.correlations if each.node == node}
        line = _line(node, parents)
        others = [
            each
            for code, each in own.items()
            if code not in line
            and levels[code] == levels[parent]
            and each.correlation == each.correlation
        ]
        strongest = max(others, key=lambda each: each.correlation, default=None)
        rows.append(
            (
                reader.name(node),
                reader.name(parent),
                _coefficient(own.get(parent), reader),
                _coefficient(own.get(line[-1]), reader),
                "" if strongest is None else reader.name(strongest.with_node),
                _coefficient(strongest, reader),
            )
        )
    return Table(
        words("Correlation with the own area, the index, and the closest other area"),
        (
            words("Indicator or area"),
            words("Own area"),
            "r",
            words("r with the index"),
            words("Closest other area"),
            "r",
        ),
        tuple(rows),
        numeric=(2, 3, 5),
    )


def _coefficient(related: Related | None, reader: Reader) -> str:
    return "" if related is None else reader.cell(related.correlation)


def _line(node: str, parents: dict[str, str]) -> list[str]:
    """The nodes above, up to the top."""
    line = []
    while node in parents:
        node = parents[node]
        line.append(node)
    return line


def _height(node: str, told: Coherence) -> int:
    """How many levels stand under a node."""
    below = {family.node: family.children for family in told.families}
    return 1 + max((_height(child, told) for child in below[node] if child in below), default=0)


def _families(told: Coherence, reader: Reader) -> Table:
    words = reader.words
    return Table(
        words("How the children of each node hold together"),
        (
            words("Node"),
            words("Children"),
            words("Alpha (pairwise)"),
            "n",
            words("Alpha (complete rows)"),
            "n",
            words("First component"),
            words("Eigenvalues above 1"),
            words("Loadings on the first component"),
        ),
        tuple(
            (
                reader.name(family.node),
                f"{len(family.children)}",
                reader.cell(family.alpha),
                f"{family.fewest_rows}"
                + (f"–{family.most_rows}" if family.most_rows > family.fewest_rows else ""),
                reader.cell(family.alpha_listwise),
                f"{family.complete_rows}",
                reader.share(family.components[0].explained),
                f"{family.above_one}",
                _loadings(family.components[0].loadings, reader),
            )
            for family in told.families
        ),
        numeric=(1, 2, 3, 4, 5, 6, 7),
    )


def _loadings(loadings: tuple[float, ...], reader: Reader) -> str:
    """From the smallest to the largest loading."""
    known = [each for each in loadings if each == each]
    if not known:
        return ""
    return reader.interval(min(known), max(known))


def _weights(told: Coherence, reader: Reader) -> Table:
    words = reader.words
    return Table(
        words("Weights as declared, and how much of the node above goes with each child"),
        (
            words("Indicator or area"),
            words("In"),
            words("Weight"),
            words("Share of variance (r²)"),
            words("The same along a curve (η²)"),
            words("Effective weight"),
            words("Mean part of the score"),
        ),
        tuple(
            (
                reader.name(each.node),
                reader.name(each.parent),
                reader.share(each.nominal),
                reader.cell(each.linear),
                reader.cell(each.nonlinear),
                reader.share(each.effective),
                reader.share(each.contribution),
            )
            for each in told.weights
        ),
        numeric=(2, 3, 4, 5, 6),
    )
