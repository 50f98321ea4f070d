"""Moving values between columns and the tile buffer, and making one value of several persons'.

These loops know no law: every generated kernel calls them. The buffer is one flat array of floats;
a row of persons holds slot after slot, each slot the households of the tile side by side.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

BUFFER = "float64[::1]"


def compiled(*arguments: str, returns: str = "void") -> Any:
    """Compile for one signature when this file is first imported; from the cache afterwards."""
    signature = f"{returns}({', '.join((BUFFER, *arguments))})"
    return njit(signature, nogil=True, cache=True, error_model="numpy", fastmath=False)


@intrinsic
def floor(typing_context, value):  # type: ignore[no-untyped-def]
    """The floor of a float as a float: one instruction, where NumPy's is a universal function."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        real = ir.DoubleType()
        function = builder.module.declare_intrinsic("llvm.floor", [real])
        return builder.call(function, arguments)

    return types.float64(types.float64), generate


@intrinsic
def select(typing_context, condition, then, otherwise):  # type: ignore[no-untyped-def]
    """``then if condition else otherwise`` with both computed: no branch for the compiler to undo."""
    kind = typing_context.unify_types(then, otherwise)

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.select(*arguments)

    return kind(types.boolean, kind, kind), generate


WHOLE, REAL, PAIR = "int64", "float64", "UniTuple(int64, 2)"


@compiled(WHOLE, "int64[::1]", WHOLE, WHOLE)
def load_household(buffer, row, column, start, count):  # type: ignore[no-untyped-def]
    """Copy ``count`` households from ``start`` on."""
    target, source = buffer[row : row + count], column[start : start + count]
    for i in range(count):
        target[i] = source[i]


@compiled(WHOLE, "int64[:, ::1]", WHOLE, WHOLE, WHOLE)
def load_person(buffer, row, column, size, start, count):  # type: ignore[no-untyped-def]
    """Copy the persons of ``count`` households; ``column`` holds slot after slot."""
    for slot in range(size):
        load_household(buffer, row + slot * count, column[slot], start, count)


@compiled(WHOLE, "int64[::1]", WHOLE, WHOLE)
def store_household(buffer, row, column, start, count):  # type: ignore[no-untyped-def]
    """Copy a result of the households out of the buffer."""
    source, target = buffer[row : row + count], column[start : start + count]
    for i in range(count):
        target[i] = np.int64(source[i])


@compiled(WHOLE, "int64[:, ::1]", WHOLE, WHOLE, WHOLE)
def store_person(buffer, row, column, size, start, count):  # type: ignore[no-untyped-def]
    """Copy a result of the persons out of the buffer."""
    for slot in range(size):
        store_household(buffer, row + slot * count, column[slot], start, count)


@compiled(WHOLE, "boolean[::1]", WHOLE, WHOLE)
def load_household_flags(buffer, row, column, start, count):  # type: ignore[no-untyped-def]
    """Copy whether each household's fact is known."""
    for i in range(count):
        buffer[row + i] = 1.0 if column[start + i] else 0.0


@compiled(WHOLE, "boolean[:, ::1]", WHOLE, WHOLE, WHOLE)
def load_person_flags(buffer, row, column, size, start, count):  # type: ignore[no-untyped-def]
    """Copy whether each person's fact is known."""
    for slot in range(size):
        load_household_flags(buffer, row + slot * count, column[slot], start, count)


@compiled(WHOLE, "boolean[::1]", WHOLE, WHOLE)
def store_household_flags(buffer, row, column, start, count):  # type: ignore[no-untyped-def]
    """Copy out whether each household's result is known."""
    for i in range(count):
        column[start + i] = buffer[row + i] != 0.0


@compiled(WHOLE, "boolean[:, ::1]", WHOLE, WHOLE, WHOLE)
def store_person_flags(buffer, row, column, size, start, count):  # type: ignore[no-untyped-def]
    """Copy out whether each person's result is known."""
    for slot in range(size):
        store_household_flags(buffer, row + slot * count, column[slot], start, count)


@compiled(WHOLE, WHOLE, WHOLE, WHOLE)
def spread(buffer, target, source, size, count):  # type: ignore[no-untyped-def]
    """Give each person the value of the household."""
    given = buffer[source : source + count]
    for slot in range(size):
        start = target + slot * count
        taken = buffer[start : start + count]
        for i in range(count):
            taken[i] = given[i]


@compiled(WHOLE, WHOLE, WHOLE)
def fill(buffer, row, value, count):  # type: ignore[no-untyped-def]
    """Set a row of households to one whole number."""
    target = buffer[row : row + count]
    for i in range(count):
        target[i] = value


@compiled(WHOLE, WHOLE, WHOLE, WHOLE)
def sum_all(buffer, target, source, size, count):  # type: ignore[no-untyped-def]
    """Sum over every person, in the order of the members."""
    total, first = buffer[target : target + count], buffer[source : source + count]
    for i in range(count):
        total[i] = first[i]
    for slot in range(1, size):
        start = source + slot * count
        values = buffer[start : start + count]
        for i in range(count):
            total[i] += values[i]


@compiled(WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
def sum_members(buffer, target, source, member, size, count):  # type: ignore[no-untyped-def]
    """Sum over the persons whose flag ``member`` holds."""
    total = buffer[target : target + count]
    for i in range(count):
        total[i] = 0.0
    for slot in range(size):
        start, flag = source + slot * count, member + slot * count
        values, inside = buffer[start : start + count], buffer[flag : flag + count]
        for i in range(count):
            total[i] += values[i] if inside[i] != 0.0 else 0.0


@compiled(WHOLE, WHOLE, WHOLE, WHOLE)
def count_members(buffer, target, member, size, count):  # type: ignore[no-untyped-def]
    """How many persons' flag ``member`` holds."""
    total = buffer[target : target + count]
    for i in range(count):
        total[i] = 0.0
    for slot in range(size):
        start = member + slot * count
        inside = buffer[start : start + count]
        for i in range(count):
            total[i] += 1.0 if inside[i] != 0.0 else 0.0


# How the persons of an aggregation are told.
EVERYONE, MEMBERS, POINTED, CHILDREN, SAME_NUMBER = 0, 1, 2, 3, 4
# What is made of them; the order is that of `donghaeng.rules.declarations.Operation`.
SUM, COUNT, ANY, MAX, MIN, OLDEST, FIRST = 0, 1, 2, 3, 4, 5, 6


@compiled(WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, returns="boolean")
def belongs(buffer, over, group, own, other, count, i):  # type: ignore[no-untyped-def]
    """Whether the person in slot ``other`` is in the group of the person in slot ``own``."""
    if over == EVERYONE:
        return True
    of_other = buffer[group + other * count + i]
    if over == MEMBERS:
        return of_other != 0.0
    if over == CHILDREN:
        return of_other == own
    of_own = buffer[group + own * count + i]
    if over == POINTED:
        return of_own == other
    return of_own == of_other and of_own >= 0.0


# Above every amount of a law, and exact: where it is left, there was nobody.
NOBODY = 2.0**60


@compiled("float64[::1]", WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
def mark(buffer, inside, over, group, own, other, count):  # type: ignore[no-untyped-def]
    """Set ``inside`` to 1 where the person in slot ``other`` is in the group of the one in slot ``own``."""
    if over == EVERYONE:
        for i in range(count):
            inside[i] = 1.0
        return
    start = group + other * count
    of_other = buffer[start : start + count]
    if over == MEMBERS:
        for i in range(count):
            inside[i] = 1.0 if of_other[i] != 0.0 else 0.0
    elif over == CHILDREN:
        for i in range(count):
            inside[i] = 1.0 if of_other[i] == own else 0.0
    else:
        begin = group + own * count
        of_own = buffer[begin : begin + count]
        for i in range(count):
            inside[i] = 1.0 if (of_own[i] == of_other[i]) & (of_own[i] >= 0.0) else 0.0


@compiled(WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
def fold(buffer, target, source, over, group, operation, size, count):  # type: ignore[no-untyped-def]
    """Sum, count, any, largest or smallest over a group, everything known; slot by slot.

    Heads are counted where ``source`` is negative. Any is the largest of flags.
    """
    inside = np.empty(count)
    start = 0.0
    if operation == MAX:
        start = -NOBODY
    elif operation == MIN:
        start = NOBODY
    for own in range(size if over >= POINTED else 1):
        begin = target + own * count
        result = buffer[begin : begin + count]
        for i in range(count):
            result[i] = start
        for other in range(size):
            mark(buffer, inside, over, group, own, other, count)
            first = source + other * count
            if source < 0:
                for i in range(count):
                    result[i] += inside[i]
                continue
            values = buffer[first : first + count]
            if operation <= COUNT:
                for i in range(count):
                    result[i] += values[i] if inside[i] != 0.0 else 0.0
            elif operation == MIN:
                for i in range(count):
                    value = values[i] if inside[i] != 0.0 else start
                    result[i] = value if value < result[i] else result[i]
            else:
                for i in range(count):
                    value = values[i] if inside[i] != 0.0 else start
                    result[i] = value if value > result[i] else result[i]
        if start != 0.0:
            for i in range(count):
                result[i] = 0.0 if result[i] == start else result[i]


@compiled(WHOLE, WHOLE, WHOLE, REAL, WHOLE, WHOLE)
def point(buffer, target, source, group, otherwise, size, count):  # type: ignore[no-untyped-def]
    """For each person, the source of the one that ``group`` points at: a select over the slots."""
    for own in range(size):
        start, own_group = target + own * count, group + own * count
        result, pointer = buffer[start : start + count], buffer[own_group : own_group + count]
        for i in range(count):
            result[i] = otherwise
        for other in range(size):
            begin = source + other * count
            values = buffer[begin : begin + count]
            for i in range(count):
                result[i] = values[i] if pointer[i] == other else result[i]


@compiled(WHOLE, WHOLE, returns="boolean")
def is_known(buffer, row, place):  # type: ignore[no-untyped-def]
    """Whether the element at ``place`` is known; a negative row says that all are."""
    return row < 0 or buffer[row + place] != 0.0


@compiled(WHOLE, WHOLE, PAIR, PAIR, PAIR, PAIR, REAL, WHOLE, WHOLE)
def gather(  # type: ignore[no-untyped-def]
    buffer,
    operation,
    over,
    targets,
    sources,
    groups,
    births,
    otherwise,
    size,
    count,
):
    """Any aggregation, one household after the other, with or without missing values.

    ``targets``, ``sources``, ``groups`` and ``births`` are pairs of rows: values and known flags; a
    negative row stands for none. What is known follows ``donghaeng.rules.evaluation.gather``.
    """
    owners = size if over >= POINTED else 1
    for own in range(owners):
        for i in range(count):
            value, known = 0.0, True
            unknown_value, best, found = False, 0.0, False
            if operation >= OLDEST:
                value = otherwise
            for other in range(size):
                place = other * count + i
                if over != EVERYONE and not is_known(buffer, groups[1], place):
                    known = False
                if over == SAME_NUMBER and not is_known(buffer, groups[1], own * count + i):
                    known = False
                if not belongs(buffer, over, groups[0], own, other, count, i):
                    continue
                source = 1.0 if sources[0] < 0 else buffer[sources[0] + place]
                source_known = sources[0] < 0 or is_known(buffer, sources[1], place)
                if operation == OLDEST:
                    birth = buffer[births[0] + place]
                    if not is_known(buffer, births[1], place):
                        known = False
                    elif not found or birth < best:
                        best, value, unknown_value = birth, source, not source_known
                elif operation == FIRST:
                    value, unknown_value = source, not source_known
                elif not source_known:
                    unknown_value = True
                elif operation <= COUNT:
                    value += source
                elif operation == ANY:
                    value = 1.0 if source != 0.0 else value
                elif operation == MAX:
                    value = source if not found or source > value else value
                else:
                    value = source if not found or source < value else value
                found = found or source_known or operation == OLDEST
            if unknown_value and not (operation == ANY and value != 0.0):
                known = False
            buffer[targets[0] + own * count + i] = value if known else 0.0
            if targets[1] >= 0:
                buffer[targets[1] + own * count + i] = 1.0 if known else 0.0
