"""What a rule still reads where some of its arguments are known to be the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .declarations import Rule
from .expressions import (
    Brackets,
    Compare,
    Constant,
    Expression,
    Given,
    Logic,
    Lookup,
    Name,
    Not,
    Select,
)
from .graph import needs

if TYPE_CHECKING:
    from .law import Law

# A value that is not the same for everybody.
OPEN = object()
COMPARED = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def parameters_read(
    law: Law, wanted: Iterable[str], constants: Mapping[str, Any]
) -> frozenset[str]:
    """Parameters that ``wanted`` may rest on where facts have the values ``constants`` for everybody.

    A branch that no household takes is not followed: of a pilot that nobody is in, no parameter is read.
    A parameter that is not in the result cannot change ``wanted``; one that is may or may not.
    """
    found: set[str] = set()
    seen: set[str] = set()
    todo = list(wanted)
    while todo:
        name = todo.pop()
        if name in seen or name in constants:
            continue
        seen.add(name)
        if name in law.links.parameters:
            found.add(name)
            continue
        declaration = law.variables.get(name)
        if isinstance(declaration, Rule):
            todo += _Folding(constants).names(declaration.body)
        elif declaration is not None:
            todo += needs(declaration)
    return frozenset(found)


class _Folding:
    def __init__(self, constants: Mapping[str, Any]) -> None:
        self.constants = constants
        self.values: dict[int, Any] = {}
        self.read: set[str] = set()
        self.done: set[int] = set()

    def names(self, body: Expression) -> set[str]:
        """Names that are read on some branch that the constants leave open."""
        self.follow(body)
        return self.read

    def value(self, node: Expression) -> Any:
        """What ``node`` is for everybody, or ``OPEN``."""
        if id(node) not in self.values:
            self.values[id(node)] = self._value(node)
        return self.values[id(node)]

    def _value(self, node: Expression) -> Any:
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, Name):
            return self.constants.get(node.name, OPEN)
        if isinstance(node, Compare):
            left, right = self.value(node.left), self.value(node.right)
            return OPEN if OPEN in (left, right) else COMPARED[node.operator](left, right)
        if isinstance(node, Not):
            operand = self.value(node.operand)
            return OPEN if operand is OPEN else not operand
        if isinstance(node, Logic):
            decided = node.operator == "or"
            sides = self.value(node.left), self.value(node.right)
            if decided in sides:
                return decided
            return OPEN if OPEN in sides else not decided
        if isinstance(node, Select):
            condition = self.value(node.condition)
            if condition is OPEN:
                return OPEN
            return self.value(node.then if condition else node.otherwise)
        if isinstance(node, Given):
            return self.value(node.result)
        return OPEN

    def follow(self, node: Expression) -> None:
        if id(node) in self.done:
            return
        self.done.add(id(node))
        if isinstance(node, Name):
            self.read.add(node.name)
        elif isinstance(node, Lookup):
            self.read.add(node.table)
        elif isinstance(node, Brackets):
            self.read.add(node.schedule)
        for part in self.open_parts(node):
            self.follow(part)

    def open_parts(self, node: Expression) -> tuple[Expression, ...]:
        """The parts that may decide: nothing of what is decided already, and not the side left out."""
        if isinstance(node, (Logic, Not, Compare)) and self.value(node) is not OPEN:
            return ()
        if isinstance(node, Select):
            condition = self.value(node.condition)
            if condition is OPEN:
                return node.parts()
            return (node.then,) if condition else (node.otherwise,)
        return node.parts()
