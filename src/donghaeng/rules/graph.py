"""What depends on what, and in which order it can be computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .declarations import Aggregation, Children, Declaration, Relation, Rule, Unit
from .faults import LawFault


def needs(declaration: Declaration) -> tuple[str, ...]:
    """Names that ``declaration`` reads directly: arguments of a rule, sources of an aggregation."""
    if isinstance(declaration, Rule):
        return declaration.arguments
    if isinstance(declaration, Aggregation):
        over = declaration.over
        group: tuple[str, ...] = ()
        if isinstance(over, Unit):
            group = (over.member or over.number,)
        elif isinstance(over, Children):
            group = (over.relation,)
        elif isinstance(over, Relation):
            group = (over.name,)
        return (*group, *(name for name in (declaration.source, declaration.born) if name))
    return ()


def ordered(variables: Mapping[str, Declaration], wanted: Iterable[str]) -> list[str]:
    """``wanted`` and everything they need, each after what it needs; parameters are passed over.

    Raises:
        LawFault: where a variable depends on itself, with the whole path.
    """
    order: list[str] = []
    state: dict[str, bool] = {}  # False: being visited, True: done
    for root in wanted:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                state[name] = True
                order.append(name)
                continue
            if name not in variables or state.get(name) is True:
                continue
            if name in path:
                raise _cycle(variables, [*path[path.index(name) :], name])
            path.append(name)
            state[name] = False
            stack.append((name, True))
            stack.extend((need, False) for need in reversed(needs(variables[name])))
    return order


def _cycle(variables: Mapping[str, Declaration], path: list[str]) -> LawFault:
    place = variables[path[0]].place
    return LawFault(
        f"a variable depends on itself: {' → '.join(path)}",
        file=place.file,
        line=place.line,
        remedy="what was true before is a fact with a date, not a variable of today",
    )
