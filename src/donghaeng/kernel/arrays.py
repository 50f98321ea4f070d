"""Aggregations over persons in NumPy: one row a slot, one column a household."""

from __future__ import annotations

import numpy as np

Array = np.ndarray
Rows = tuple[Array | None, Array | None, Array | None]


def gather(
    operation: str, over: int, values: Rows, sure: Rows, otherwise: int, shape: tuple[int, int]
) -> tuple[Array, Array]:
    """Value and known flag of an aggregation.

    Args:
        over: how the persons are told, as in ``tiles``.
        values: source, group and birth rows, each (size, households) or ``None``.
        sure: whether each of them is known; ``None`` where everything is.
        otherwise: the value where there is nobody.
        shape: (size, households).

    Returns:
        Arrays of (households,) for everyone and members, else of (size, households).
    """
    source, group, born = values
    owners = shape[0] if over >= 2 else 1
    results = []
    for own in range(owners):
        inside, inside_known = _inside(over, group, sure[1], own, shape)
        results.append(
            _one(operation, inside, inside_known, source, sure[0], born, sure[2], otherwise)
        )
    value = np.stack([result for result, _ in results])
    known = np.stack([flag for _, flag in results])
    return (value, known) if over >= 2 else (value[0], known[0])


def _inside(
    over: int, group: Array | None, sure: Array | None, own: int, shape: tuple[int, ...]
) -> tuple[Array, Array]:
    """Which persons are in the group of ``own``, and whether that is known of the household."""
    if group is None:
        return np.ones(shape, bool), np.ones(shape[1], bool)
    slots = np.arange(shape[0])[:, None]
    if over == 1:
        inside = group != 0
    elif over == 2:
        inside = slots == group[own]
    elif over == 3:
        inside = group == own
    else:
        inside = (group == group[own]) & (group[own] >= 0)
    if sure is None:
        return inside, np.ones(shape[1], bool)
    return inside, np.logical_and.reduce(sure, axis=0)


def _one(
    operation: str,
    inside: Array,
    inside_known: Array,
    source: Array | None,
    source_sure: Array | None,
    born: Array | None,
    born_sure: Array | None,
    otherwise: int,
) -> tuple[Array, Array]:
    if source is None:
        return inside.sum(axis=0), inside_known
    sure = np.ones(inside.shape, bool) if source_sure is None else source_sure
    counted = np.where(inside & sure, source, 0)
    known = inside_known & ~(inside & ~sure).any(axis=0)
    nobody = ~inside.any(axis=0)
    if operation in ("oldest", "pointed"):
        first = np.argmax(inside, axis=0)
        if born is not None:
            last = np.iinfo(np.int64).max
            first = np.argmin(np.where(inside, born, last), axis=0)
            born_known = np.ones(inside.shape, bool) if born_sure is None else born_sure
            inside_known = inside_known & ~(inside & ~born_known).any(axis=0)
        columns = np.arange(inside.shape[1])
        value = np.where(nobody, otherwise, source[first, columns])
        return value, inside_known & (nobody | sure[first, columns])
    if operation == "any":
        found = (counted != 0).any(axis=0)
        return found.astype(np.int64), inside_known & (found | known)
    if operation in ("sum", "count"):
        return counted.sum(axis=0), known
    bound = np.iinfo(np.int64).min if operation == "max" else np.iinfo(np.int64).max
    picked = np.where(inside, source, bound)
    value = picked.max(axis=0) if operation == "max" else picked.min(axis=0)
    return np.where(nobody, 0, value), known
