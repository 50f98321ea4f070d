"""Parameters as one array: which number stands where, and how a law fills it.

The layout depends on the rules and on the shape of tables and schedules only. A reform that changes
numbers fills the same array anew and compiles nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from donghaeng.rules.arithmetic import Schedule
from donghaeng.rules.declarations import Rule
from donghaeng.rules.law import Law
from donghaeng.rules.linking import ASSESSMENT_DAY, number
from donghaeng.rules.missing import is_missing
from donghaeng.rules.terms import Kind

# What a slot holds: (rule whose denominator scales it, or ""; parameter; cell; part of a schedule).
Slot = tuple[str, str, tuple[Any, ...], str]


@dataclass(frozen=True)
class Packed:
    """The parameter array of a law: as floats, as integers, and which entries are known."""

    floats: np.ndarray
    integers: np.ndarray
    known: np.ndarray


class Slots:
    """The layout of the parameter array for some rules of a law."""

    def __init__(self, law: Law, rules: Iterable[Rule]) -> None:
        self.law = law
        self.parameters = {*law.links.parameters, ASSESSMENT_DAY}
        self.entries: list[Slot] = []
        self.places: dict[Slot, int] = {}
        for rule in rules:
            self.place((rule.name, "", (), "denominator"))
            for name in rule.arguments:
                if name in self.parameters:
                    self.lay_out(rule.name, name)

    def place(self, slot: Slot) -> int:
        """Where ``slot`` stands; it is added at the end where it is new."""
        if slot not in self.places:
            self.places[slot] = len(self.entries)
            self.entries.append(slot)
        return self.places[slot]

    def lay_out(self, rule: str, name: str) -> None:
        if name == ASSESSMENT_DAY:
            self.scalar(rule, name)
        elif self.law.parameters[name].brackets:
            self.schedule(rule, name)
        elif self.law.parameters[name].axes:
            self.table(rule, name)
        else:
            self.scalar(rule, name)

    def owner(self, rule: str, name: str) -> str:
        """Rates are scaled to the rule that uses them; whole numbers are shared by all rules."""
        scaled = name != ASSESSMENT_DAY and (
            self.law.parameters[name].kind is Kind.RATE or self.law.parameters[name].brackets
        )
        return rule if scaled else ""

    def denominator(self, rule: str) -> int:
        """The slot of the common denominator of the rates of ``rule``."""
        return self.place((rule, "", (), "denominator"))

    def scalar(self, rule: str, name: str) -> tuple[int, bool, bool]:
        """Slot of a single parameter, whether it is a rate, whether it is a flag."""
        kind = Kind.DAY if name == ASSESSMENT_DAY else self.law.parameters[name].kind
        slot = self.place((self.owner(rule, name), name, (), "value"))
        return slot, kind is Kind.RATE, kind is Kind.FLAG

    def table(self, rule: str, name: str) -> tuple[int, tuple[int, ...], tuple[int, ...], bool]:
        """First slot of a table, the size and first key of each axis, whether it holds rates."""
        parameter = self.law.parameters[name]
        owner = self.owner(rule, name)
        keys = self.keys(name)
        base = self.place((owner, name, keys[0], "value"))
        for key in keys[1:]:
            self.place((owner, name, key, "value"))
        sizes = tuple(len(axis.keys) for axis in parameter.axes)
        firsts = tuple(int(axis.keys[0]) if axis.numeric else 0 for axis in parameter.axes)
        return base, sizes, firsts, parameter.kind is Kind.RATE

    def keys(self, name: str) -> list[tuple[Any, ...]]:
        """Keys of a table row by row, words in the order of their enumeration."""
        keys: list[tuple[Any, ...]] = [()]
        for axis in self.law.parameters[name].axes:
            words = list(axis.keys) if axis.numeric else self.words(set(axis.keys))
            keys = [(*key, word) for key in keys for word in words]
        return keys

    def words(self, wanted: set[Any]) -> list[str]:
        for choices in self.law.enumerations.values():
            if {member.word for member in choices} == wanted:
                return [member.word for member in choices]
        raise AssertionError(f"no enumeration has the words {wanted}: linking checks this")

    def schedule(self, rule: str, name: str) -> tuple[list[int], list[int]]:
        """Slots of the thresholds and of the steps of the rate of a schedule."""
        # Whether it is known at all: a schedule that is a gap has no threshold to say so.
        self.place((rule, name, (), "schedule"))
        cell = self.law.in_force[name].cells[()]
        count = len(cell.rates) if isinstance(cell, Schedule) else 0
        thresholds = [self.place((rule, name, (n,), "threshold")) for n in range(count)]
        steps = [self.place((rule, name, (n,), "step")) for n in range(count)]
        return thresholds, steps

    def pack(self, law: Law) -> Packed:
        """The array for ``law``, whose rules and shapes must be those of the layout."""
        integers = np.zeros(len(self.entries), np.int64)
        known = np.ones(len(self.entries), np.bool_)
        for place, slot in enumerate(self.entries):
            value = _value(law, slot)
            if value is None:
                known[place] = False
            else:
                integers[place] = value
        return Packed(integers.astype(np.float64), integers, known)

    def gaps(self, law: Law) -> frozenset[str]:
        """Parameters of the layout of which ``law`` does not know every entry."""
        return frozenset(slot[1] for slot in self.entries if _value(law, slot) is None)


def _value(law: Law, slot: Slot) -> int | None:
    rule, name, key, part = slot
    scale = law.links.analyses[rule].denominator if rule else 1
    if part == "denominator":
        return scale
    if name == ASSESSMENT_DAY:
        return int(number(law.day))
    cells = law.in_force[name].cells
    cell: Any = cells[key] if part == "value" else cells[()]
    if is_missing(cell):
        return None
    if isinstance(cell, Schedule):
        if part == "schedule":
            return 1
        if part == "threshold":
            return cell.thresholds[key[0]]
        before = cell.rates[key[0] - 1] if key[0] else Fraction(0)
        return int((cell.rates[key[0]] - before) * scale)
    choices = law.links.parameters[name]
    if choices is not None:
        cell = choices.from_word(cell)
    return int(number(cell) * scale)
