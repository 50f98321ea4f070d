"""Columns of households of one size as a batch of the kernel: complete ones apart from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from donghaeng.kernel.batch import Batch, Bucket
from donghaeng.rules.declarations import Declaration, Fact, Relation
from donghaeng.rules.law import Law
from donghaeng.rules.linking import number
from donghaeng.rules.terms import Entity

Array = np.ndarray
# Numbers of a variable: an array, those of each slot as they are stored, or one number for all.
Numbers = Array | tuple[Array, ...] | int
# Numbers and known flags (``None``: all known) of a variable; ``None`` where nothing is said of it.
Source = Callable[[Declaration], tuple[Numbers, Array | None] | None]


def lay_out(law: Law, names: Iterable[str], size: int, count: int, source: Source) -> Batch:
    """A batch of ``count`` households of ``size`` persons.

    Args:
        law: declares the facts; its default stands where ``source`` says nothing or does not know.
        names: facts and relations to lay out, such as ``kernel.inputs``.
        source: numbers of shape (households,) or (size, households), or one for all, with their flags. They
            may be of any integer type: each is copied once, into its place.

    Returns:
        Two buckets at most: households of which everything in ``names`` is known, and the others.
    """
    wanted = [law.variables[name] for name in dict.fromkeys(names)]
    households = [each for each in wanted if each.entity is Entity.HOUSEHOLD]
    persons = [each for each in wanted if each.entity is Entity.PERSON]
    household = np.empty((len(households), count), np.int64)
    person = np.empty((len(persons), size, count), np.int64)
    flags: dict[str, Array] = {}
    for declarations, stacked in ((households, household), (persons, person)):
        for place, declaration in enumerate(declarations):
            known = _fill(declaration, stacked[place], source(declaration))
            if known is not None:
                flags[declaration.name] = known
    return Batch(
        {each.name: place for place, each in enumerate(households)},
        {each.name: place for place, each in enumerate(persons)},
        _buckets(size, household, person, _stack(households, persons, flags, household, person)),
        count,
        count * size,
        np.arange(count + 1, dtype=np.int64) * size,
    )


def usual_number(declaration: Declaration) -> int | None:
    """The number that stands where nothing is known: nobody for a relation, the default of a fact."""
    if isinstance(declaration, Relation):
        return -1
    assert isinstance(declaration, Fact)
    return None if declaration.default is None else int(number(declaration.default))


def _fill(
    declaration: Declaration, target: Array, found: tuple[Numbers, Array | None] | None
) -> Array | None:
    """Put a column into ``target``; the flags of what is not known and has no default."""
    usual = usual_number(declaration)
    if found is None:
        target[:] = usual or 0
        return np.zeros(target.shape, bool) if usual is None else None
    values, known = found
    if isinstance(values, tuple):
        for slot, of_slot in enumerate(values):
            target[slot] = of_slot
    else:
        target[:] = values
    if known is None or known.all():
        return None
    target[~known] = usual or 0
    return known if usual is None else None


def _stack(
    households: list[Declaration],
    persons: list[Declaration],
    flags: Mapping[str, Array],
    household: Array,
    person: Array,
) -> tuple[Array, Array] | None:
    """The flags in the layout of the values; ``None`` where all is known."""
    if not flags:
        return None
    household_known, person_known = np.ones(household.shape, bool), np.ones(person.shape, bool)
    for declarations, stacked in ((households, household_known), (persons, person_known)):
        for place, declaration in enumerate(declarations):
            if declaration.name in flags:
                stacked[place] = flags[declaration.name]
    return household_known, person_known


def _buckets(
    size: int, household: Array, person: Array, known: tuple[Array, Array] | None
) -> tuple[Bucket, ...]:
    count = household.shape[1]
    if known is None:
        return (Bucket(size, np.arange(count), household, person),)
    complete = np.logical_and.reduce(known[0], axis=0)
    complete &= np.logical_and.reduce(known[1], axis=(0, 1))
    buckets = []
    whole, lacking = np.flatnonzero(complete), np.flatnonzero(~complete)
    if len(whole):
        buckets.append(Bucket(size, whole, _of(household, whole), _of(person, whole)))
    stacks = [_of(each, lacking) for each in (household, person, *known)]
    buckets.append(Bucket(size, lacking, *stacks))
    return tuple(buckets)


def _of(values: Array, index: Array) -> Array:
    return np.take(values, index, axis=-1)
