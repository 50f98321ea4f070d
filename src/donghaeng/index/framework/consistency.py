"""What an index file has to fulfil as a whole, beyond the form of its parts."""

from __future__ import annotations

from donghaeng.rules.faults import BadInput, nearest

from .choice_checks import check_choices
from .declared import require
from .index_file import Index
from .positivity import check_positive
from .step_checks import check_steps

# Levels of a tree: far more than anybody can explain, and few enough to walk through one by one.
DEEPEST = 100
# Columns that stand beside those of the codes in the tables that are written.
RESERVED = ("unit", "period", "table", "case")


def check_consistency(index: Index, file: str) -> None:
    """Refuse an index whose parts do not fit each other.

    Raises:
        BadInput: for the first thing that does not.
    """
    _check_codes(index, file)
    _check_tree(index, file)
    _check_weights(index, file)
    _check_references(index, file)
    check_steps(index, file)
    check_positive(index, file)
    check_choices(index, file)


def _check_codes(index: Index, file: str) -> None:
    """One code means one thing."""
    for kind in ("indicators", "nodes", "denominators"):
        for code in sorted(set(RESERVED) & set(getattr(index, kind))):
            raise BadInput(
                f"{code!r} is the name of a column of its own in the tables",
                file=file,
                field=f"{kind}.{code}",
                remedy="another code",
            )
    for first, second in (
        ("indicators", "nodes"),
        ("indicators", "denominators"),
        ("nodes", "denominators"),
    ):
        both = sorted(set(getattr(index, first)) & set(getattr(index, second)))
        if both:
            raise BadInput(f"{both[0]!r} also stands among the {second}", file=file, field=first)


def _check_tree(index: Index, file: str) -> None:
    """Every parent is there, nothing goes round in a circle, and there is one top."""
    for kind, entries in (("indicators", index.indicators), ("nodes", index.nodes)):
        for code, entry in entries.items():
            if entry.parent is not None and entry.parent not in index.nodes:
                raise BadInput(
                    f"there is no node {entry.parent!r}",
                    file=file,
                    field=f"{kind}.{code}.parent",
                    remedy=nearest(entry.parent, index.nodes) or f"one of {', '.join(index.nodes)}",
                )
    for code in index.nodes:
        line = [code]
        while (parent := index.nodes[line[-1]].parent) is not None:
            if parent in line:
                circle = [*line[line.index(parent) :], parent]
                raise BadInput(
                    f"goes round in a circle: {' → '.join(circle)}",
                    file=file,
                    field=f"nodes.{code}.parent",
                )
            if len(line) == DEEPEST:
                raise BadInput(
                    f"stands more than {DEEPEST} levels deep", file=file, field=f"nodes.{code}"
                )
            line.append(parent)
    tops = [code for code, node in index.nodes.items() if node.parent is None]
    if len(tops) != 1:
        raise BadInput(
            f"{', '.join(tops)} have no parent; an index has one top",
            file=file,
            field="nodes",
            remedy="give all but one a parent",
        )
    for code in index.nodes:
        if not index.children(code):
            raise BadInput("has nothing under it", file=file, field=f"nodes.{code}")
    if index.nodes[index.top].given:
        raise BadInput(
            "is the index itself; with its figures given nothing is left to compute",
            file=file,
            field=f"nodes.{index.top}.given",
        )
    if not index.leaves:
        raise BadInput("no indicator has a name, so there are no figures", file=file)


def _check_weights(index: Index, file: str) -> None:
    """The weights of the children of one node sum to more than zero."""
    for code in index.nodes:
        weights = [
            (index.nodes[child] if child in index.nodes else index.indicators[child]).weight
            for child in index.children(code)
        ]
        if not sum(weights) > 0:
            raise BadInput(
                f"the weights of its children ({', '.join(index.children(code))}) sum to zero",
                file=file,
                field=f"nodes.{code}",
            )


def _check_references(index: Index, file: str) -> None:
    """What an indicator, unit or step names is declared."""
    for code, indicator in index.indicators.items():
        if indicator.denominator is not None:
            require(
                indicator.denominator,
                index.denominators,
                "denominator",
                file,
                f"indicators.{code}.denominator",
            )
        for people in indicator.concerns:
            require(people, index.people, "group of people", file, f"indicators.{code}.concerns")
        for other in indicator.correlates_with:
            require(
                other, index.indicators, "indicator", file, f"indicators.{code}.correlates_with"
            )
        for term in indicator.terms:
            require(term, index.terms, "term", file, f"indicators.{code}.terms")
        for term in indicator.definition.narrows:
            require(term, indicator.terms, "term", file, f"indicators.{code}.definition.narrows")
    for code, unit in index.units.members.items():
        for group in unit.groups:
            require(group, index.groups, "group", file, f"units.members.{code}.groups")
    for language in ("ko", "en"):
        by_name: dict[str, str] = {}
        for code, unit in index.units.members.items():
            name = getattr(unit.label, language)
            other = by_name.setdefault(name, code)
            if other != code:
                raise BadInput(
                    f"{other} and {code} have the same name {name!r}",
                    file=file,
                    field=f"units.members.{code}.label.{language}",
                    remedy="a name that tells them apart, e.g. with the province",
                )
    for name, peers in index.peers.items():
        for peer in peers.units:
            require(peer, index.units.members, "unit", file, f"peers.{name}.units")
