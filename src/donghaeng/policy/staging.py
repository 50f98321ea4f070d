"""A law in steps: what a change does not touch is computed once, what it touches is computed again.

Of a reform of the last link of a chain (a line, a share) only a dozen rules are run anew; the kernel of the
rest was run once. The result is that of the whole law, to the won: a test proves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from donghaeng.rules.declarations import Aggregation, Rule
from donghaeng.rules.law import Law


@dataclass(frozen=True)
class Tail:
    """The part of a law that some names decide, and what it takes from the rest.

    Attributes:
        law: the part as a law of its own; what it takes stands in it as facts.
        taken: results of the rest that must be computed before.
        again: results that differ when one of the names does.
    """

    law: Law
    taken: tuple[str, ...]
    again: tuple[str, ...]


def touched(law: Law, changed: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Rules and aggregations behind ``wanted`` that rest on one of ``changed``, in order.

    Args:
        changed: parameters, facts, rules or aggregations.
    """
    hit = set(changed)
    found = []
    for name in law.order(wanted):
        if name in hit or not hit.isdisjoint(law.links.reads.get(name, ())):
            hit.add(name)
            if isinstance(law.variables[name], (Rule, Aggregation)):
                found.append(name)
    return found


def tail(
    law: Law, changed: Iterable[str], wanted: Iterable[str], handed_in: Iterable[str] = ()
) -> Tail:
    """What must be run again for ``wanted`` after ``changed`` changes.

    Args:
        changed: parameters, facts, and rules that read otherwise.
        handed_in: results that are not computed but taken as they are then (a benefit of which only a part is
            claimed); what rests on them is computed again.
    """
    names, given = list(wanted), set(handed_in)
    again = [name for name in touched(law, {*changed, *given}, names) if name not in given]
    taken = sorted(
        {
            read
            for name in again
            for read in law.links.reads.get(name, ())
            if isinstance(law.variables.get(read), (Rule, Aggregation)) and read not in again
        }
    )
    results = tuple(name for name in names if name in again)
    return Tail(law.given(taken, results), tuple(taken), results)
