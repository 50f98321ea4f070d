"""The households of one partition while laws are computed on them: what is stored, assumed, and computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from donghaeng.kernel import Kernel, Outputs
from donghaeng.kernel.batch import Batch
from donghaeng.population.schema import Table
from donghaeng.population.store import Partition, lay_out
from donghaeng.rules.declarations import Declaration
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

Array = np.ndarray
# Numbers of (households,) or (size, households), and which are known (``None``: all).
Values = tuple[Array, Array | None]


class Households:
    """One partition, and what was computed of it so far.

    Args:
        partition: the stored households.
        assumed: numbers that stand where the population does not know a fact (an overlay that a user states).
        fixed: numbers that hold for everybody, whatever is stored (what a reform decides).

    Nothing is changed in place: :meth:`computed` and :meth:`where` give new households that share the arrays.
    """

    def __init__(
        self,
        partition: Partition,
        assumed: Mapping[str, int] | None = None,
        fixed: Mapping[str, int] | None = None,
        columns: Mapping[str, Values] | None = None,
    ) -> None:
        self.partition = partition
        self.assumed = dict(assumed or {})
        self.fixed = dict(fixed or {})
        self.columns: dict[str, Values] = dict(columns or {})
        self._batches: dict[Kernel, Batch] = {}

    @property
    def count(self) -> int:
        return self.partition.count

    @property
    def size(self) -> int:
        return self.partition.size

    def where(
        self, columns: Mapping[str, Values] | None = None, fixed: Mapping[str, int] | None = None
    ) -> Households:
        """These households with other numbers in some columns."""
        return Households(
            self.partition,
            self.assumed,
            {**self.fixed, **(fixed or {})},
            {**self.columns, **(columns or {})},
        )

    def computed(self, kernel: Kernel, law: Law | None = None) -> Households:
        """These households with what ``kernel`` computes of them."""
        return self.where(self.results(kernel, law))

    def results(self, kernel: Kernel, law: Law | None = None) -> dict[str, Values]:
        """What ``kernel`` computes, by name, in the order of the partition."""
        if kernel not in self._batches:  # laid out once for every reading of the law
            self._batches[kernel] = lay_out(
                kernel.law, kernel.inputs, self.size, self.count, self._source
            )
        batch = self._batches[kernel]
        return _by_name(kernel.run(batch, law), batch)

    def fact(self, law: Law, name: str) -> Values:
        """A fact as the law sees it, with its default where nothing is known."""
        batch = lay_out(law, [name], self.size, self.count, self._source)
        of_person = law.variables[name].entity is Entity.PERSON
        values: Array = np.zeros((self.size, self.count) if of_person else self.count, np.int64)
        known = np.ones(values.shape, bool)
        for bucket in batch.buckets:
            stacked, flags = (
                (bucket.person, bucket.person_known)
                if of_person
                else (bucket.household, bucket.household_known)
            )
            values[..., bucket.index] = stacked[0]
            if flags is not None:
                known[..., bucket.index] = flags[0]
        return values, (None if known.all() else known)

    def stored(self, table: Table, name: str) -> Values | None:
        """A column of the population, fact or not."""
        return self.partition.column(table, name)

    def _source(self, declaration: Declaration) -> tuple[Any, Array | None] | None:
        name = declaration.name
        if name in self.columns:
            return self.columns[name]
        if name in self.fixed:
            return self.fixed[name], None
        if name not in self.assumed:
            return self.partition.stored(declaration)
        table = Table.PERSONS if declaration.entity is Entity.PERSON else Table.HOUSEHOLDS
        found = self.partition.column(table, name)
        if found is None:
            return self.assumed[name], None
        values, known = found
        if known is None:
            return found
        return np.where(known, values, self.assumed[name]), None


def _by_name(outputs: Outputs, batch: Batch) -> dict[str, Values]:
    if len(batch.buckets) == 1 and batch.buckets[0].count == batch.count:
        pair, flags = outputs.values[0], outputs.known[0]
        whole: dict[str, Values] = {}
        for name, (entity, place) in outputs.names.items():
            of_person = entity is Entity.PERSON
            sure = None if flags is None else _unless_all(flags[of_person][place])
            # What is not known means nothing: 0, so that equal results are equal arrays.
            stacked = pair[of_person][place]
            whole[name] = (stacked if sure is None else np.where(sure, stacked, 0), sure)
        return whole
    found: dict[str, Values] = {}
    for name, (entity, place) in outputs.names.items():
        of_person = entity is Entity.PERSON
        shape = (batch.buckets[0].size, batch.count) if of_person else (batch.count,)
        values, known = np.zeros(shape, np.int64), np.ones(shape, bool)
        for bucket, pair, flags in zip(batch.buckets, outputs.values, outputs.known, strict=True):
            values[..., bucket.index] = pair[of_person][place]
            if flags is not None:
                known[..., bucket.index] = flags[of_person][place]
        found[name] = (np.where(known, values, 0), _unless_all(known))
    return found


def _unless_all(known: Array) -> Array | None:
    return None if known.all() else known
