"""The NumPy form: array code in 64-bit integers, generated from the rules of a law.

It needs no compiler, and it is the independent oracle of the compiled form: other arithmetic
(integer division instead of floats), other loops, other aggregation.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from donghaeng.rules.declarations import Aggregation, Rule
from donghaeng.rules.law import Law
from donghaeng.rules.linking import number
from donghaeng.rules.terms import Entity, Kind

from .dialects import ArrayDialect
from .emission import Code, Emitter
from .numba_form import Generated, group_of
from .packing import Slots

HEAD = '''"""Generated from the rules of a law. Not edited by hand: it is written anew when a rule changes."""

from numpy import broadcast_to, clip, logical_not, maximum, minimum, where

from donghaeng.kernel.arrays import gather


def run(v, known, q, k, size, count):
    """Fill ``v`` (values) and ``known`` for one bucket; persons have one row a slot."""
'''


def generate(law: Law, wanted: Sequence[str], uncertain: Collection[str]) -> Generated:
    """The NumPy form of ``wanted`` and of all that they need; knows for all what is known, or for none."""
    lane = bool(uncertain)
    order = [law.variables[name] for name in law.order(wanted)]
    rules = [declaration for declaration in order if isinstance(declaration, Rule)]
    slots = Slots(law, rules)
    lines: list[str] = []
    inputs = []
    for position, declaration in enumerate(order):
        if isinstance(declaration, Rule):
            lines += _rule(law, declaration, position, slots, lane)
        elif isinstance(declaration, Aggregation):
            lines += _gather(declaration, lane)
        else:
            inputs.append(declaration.name)
    source = HEAD + "".join(f"    {line}\n" for line in lines)
    return Generated(source, tuple(inputs), tuple(wanted), 0, (), slots)


def _rule(law: Law, rule: Rule, position: int, slots: Slots, lane: bool) -> list[str]:
    def read(name: str) -> Code:
        text = f'v["{name}"]'
        if law.variables[name].kind is Kind.FLAG:
            text = f"({text} != 0)"
        return Code(text, (), f'known["{name}"]' if lane else "")

    dialect = ArrayDialect()
    emitted = Emitter(rule, dialect, slots, read, f"t{position}_", lane).emit()
    result = dialect.from_flag(emitted.result) if rule.kind is Kind.FLAG else emitted.result
    used = _parameters([*emitted.lines, result, emitted.known])
    lines = [f"# {rule.name} — {rule.place.file}:{rule.place.line}", *used, *emitted.lines]
    shape = "(size, count)" if rule.entity is Entity.PERSON else "(count,)"
    lines.append(f'v["{rule.name}"] = broadcast_to({result}, {shape})')
    if lane:
        lines.append(f'known["{rule.name}"] = broadcast_to({emitted.known}, {shape})')
    return lines


def _parameters(lines: list[str]) -> list[str]:
    import re

    words = sorted(set(re.findall(r"\b[qk]\d+\b", "\n".join(lines))))
    return [f"{word} = {word[0]}[{word[1:]}]" for word in words]


def _gather(aggregation: Aggregation, lane: bool) -> list[str]:
    over, group = group_of(aggregation)
    names = (aggregation.source, group, aggregation.born)
    given = ", ".join(f'v["{name}"]' if name else "None" for name in names)
    sure = ", ".join(f'known["{name}"]' if name and lane else "None" for name in names)
    otherwise = int(number(aggregation.otherwise or 0))
    call = f'gather("{aggregation.operation.value}", {over}, ({given}), ({sure}), {otherwise}, (size, count))'
    if lane:
        return [f'v["{aggregation.name}"], known["{aggregation.name}"] = {call}']
    return [f'v["{aggregation.name}"] = {call}[0]']
