"""Kinds of families: who stands in which slot, and in which groups of ages they may be.

A family type is a structure (a couple with two children, ...) with one group of ages for each member. Between a
parent and a child there are at least four groups of five years, so more than fifteen years.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np

from donghaeng.rules.faults import BadInput, nearest

from .ages import GROUPS, OLD_AGE, WIDTH
from .city import Families

Array = np.ndarray
NOBODY = -1
ADULT = 4  # the youngest group of a head who does not live alone: 20 to 24
PARENTHOOD = {5: 0.25, 6: 0.45, 7: 0.22, 8: 0.08}  # groups between parent and child


class Role(StrEnum):
    """What a person is in the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


_H, _S, _C, _P, _O = Role.HEAD, Role.SPOUSE, Role.CHILD, Role.PARENT, Role.OTHER
STRUCTURES: dict[str, tuple[Role, ...]] = {
    "alone": (_H,),
    "couple": (_H, _S),
    "single_parent": (_H, _C),
    "with_parent": (_H, _P),
    "two_adults": (_H, _O),
    "couple_child": (_H, _S, _C),
    "single_parent_two": (_H, _C, _C),
    "with_parents": (_H, _P, _P),
    "couple_parent": (_H, _S, _P),
    "couple_two": (_H, _S, _C, _C),
    "couple_child_parent": (_H, _S, _C, _P),
    "single_parent_three": (_H, _C, _C, _C),
    "couple_three": (_H, _S, _C, _C, _C),
    "couple_two_parent": (_H, _S, _C, _C, _P),
    "couple_child_parents": (_H, _S, _C, _P, _P),
    "couple_four": (_H, _S, _C, _C, _C, _C),
    "couple_three_parent": (_H, _S, _C, _C, _C, _P),
    "couple_two_parents": (_H, _S, _C, _C, _P, _P),
    "couple_five": (_H, _S, _C, _C, _C, _C, _C),
    "couple_three_parents": (_H, _S, _C, _C, _C, _P, _P),
}


@dataclass(frozen=True)
class Relations:
    """Slots of the spouse and the parents of each member; -1 is nobody."""

    spouse: tuple[int, ...]
    first_parent: tuple[int, ...]
    second_parent: tuple[int, ...]


def relations_of(structure: str) -> Relations:
    """Who is related to whom.

    >>> relations_of("couple_child_parent").first_parent
    (3, -1, 0, -1)
    """
    roles = STRUCTURES[structure]
    spouse, first, second = ([NOBODY] * len(roles) for _ in range(3))
    parents = [slot for slot, role in enumerate(roles) if role is Role.PARENT]
    if Role.SPOUSE in roles:
        spouse[0], spouse[1] = 1, 0
    if len(parents) == 2:
        spouse[parents[0]], spouse[parents[1]] = parents[1], parents[0]
    for place, parent in enumerate(parents):
        (first, second)[place][0] = parent
    for slot, role in enumerate(roles):
        if role is Role.CHILD:
            first[slot] = 0
            second[slot] = 1 if Role.SPOUSE in roles else NOBODY
    return Relations(tuple(spouse), tuple(first), tuple(second))


@dataclass(frozen=True)
class Types:
    """Family types of one size, sorted by structure and ages.

    ``structure`` is the place in ``names``, ``groups`` the group of ages of each member (types, size),
    ``prior`` how common the type is before the margins are met (sums to 1).
    """

    size: int
    names: tuple[str, ...]
    structure: Array
    groups: Array
    prior: Array

    @property
    def ages(self) -> Array:
        """Members in each group of ages, (types, 18)."""
        counts = np.zeros((len(self.prior), GROUPS), np.int64)
        for slot in range(self.size):
            np.add.at(counts, (np.arange(len(self.prior)), self.groups[:, slot]), 1)
        return counts


def types_of(size: int, families: Families) -> Types:
    """The family types of a size of two persons or more.

    Raises:
        BadInput: where the city gives no shares for the size, or names an unknown structure.
    """
    shares = families.by_size.get(size)
    if not shares:
        raise BadInput(f"no families of {size} persons", field="families.by_size")
    names = tuple(shares)
    rows: list[tuple[int, tuple[int, ...], float]] = []
    for place, name in enumerate(names):
        if name not in STRUCTURES or len(STRUCTURES[name]) != size:
            fitting = [each for each, roles in STRUCTURES.items() if len(roles) == size]
            raise BadInput(
                f"{name!r} is no family of {size} persons",
                field="families.by_size",
                remedy=nearest(name, fitting) or f"one of {', '.join(fitting)}",
            )
        members = _members(STRUCTURES[name], families)
        total = sum(members.values())
        rows += [(place, groups, shares[name] * p / total) for groups, p in members.items()]
    rows.sort(key=lambda row: (row[0], row[1]))
    prior = np.array([row[2] for row in rows])
    return Types(
        size,
        names,
        np.array([row[0] for row in rows], np.int16),
        np.array([row[1] for row in rows], np.int8).reshape(len(rows), size),
        prior / prior.sum(),
    )


def _members(roles: tuple[Role, ...], families: Families) -> dict[tuple[int, ...], float]:
    """Groups of ages that the members may have, with how likely they are together."""
    older, younger = families.spouse_older, families.spouse_younger
    children = roles.count(Role.CHILD)
    parents = roles.count(Role.PARENT)
    found: dict[tuple[int, ...], float] = {}
    spouses = {0: 1 - older - younger, 1: older, -1: younger} if Role.SPOUSE in roles else {0: 1.0}
    eldest = PARENTHOOD if children else {0: 1.0}
    apart = {0: 0.45, 1: 0.55} if children > 1 else {0: 1.0}
    above = PARENTHOOD if parents else {0: 1.0}
    others = {-1: 0.25, 0: 0.5, 1: 0.25} if Role.OTHER in roles else {0: 1.0}
    for head, spouse, child, gap, parent, other in product(
        range(ADULT, GROUPS), spouses, eldest, apart, above, others
    ):
        chance = spouses[spouse] * eldest[child] * apart[gap] * above[parent] * others[other]
        groups: list[int] = []
        born = 0
        for role in roles:
            if role is Role.HEAD:
                groups.append(head)
            elif role is Role.SPOUSE:
                groups.append(head + spouse)
            elif role is Role.OTHER:
                groups.append(head + other)
            elif role is Role.CHILD:
                groups.append(head - child - (gap if born else 0))
                born += 1
            else:
                groups.append(min(head + parent, GROUPS - 1))
        adults = [g for g, role in zip(groups, roles, strict=True) if role is not Role.CHILD]
        at_home = [g for g, role in zip(groups, roles, strict=True) if role is Role.CHILD]
        if min(adults) < ADULT or max(adults) >= GROUPS or (at_home and min(at_home) < 0):
            continue
        if parents and groups[-1] - head < 4:
            continue
        if at_home:
            if max(at_home) >= len(families.child_at_home):
                continue
            chance *= float(np.prod([families.child_at_home[g] for g in at_home]))
        if parents:  # a head lives with parents who are old, or is young and still at home
            with_old = groups[-1] * WIDTH >= OLD_AGE
            chance *= 1.0 if with_old else 0.3
        found[tuple(groups)] = found.get(tuple(groups), 0.0) + chance
    return found
