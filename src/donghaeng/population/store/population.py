"""Reading a stored population: by partition, by column, through the memory map."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from donghaeng.kernel.batch import Batch, Bucket
from donghaeng.rules.declarations import Fact, Relation
from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.linking import number
from donghaeng.rules.terms import Entity

from ..coding import decoded
from ..schema import HOUSEHOLD_ID, PERSON, Schema, Table
from .columns import KNOWN, slot_name
from .manifest import Manifest, PartitionEntry, read_manifest

Array = np.ndarray


@dataclass(frozen=True)
class Partition:
    """Households of one size in one file."""

    folder: Path
    entry: PartitionEntry

    @property
    def size(self) -> int:
        return self.entry.size

    @property
    def count(self) -> int:
        """Households in this partition."""
        return self.entry.households

    @property
    def path(self) -> Path:
        return self.folder / self.entry.file

    @cached_property
    def table(self) -> Any:
        """The Arrow table, mapped into memory.

        Raises:
            BadInput: where the file is not there, or not as long as the manifest says.
        """
        path, remedy = str(self.path), "copy it again, or make the population anew"
        try:
            length = self.path.stat().st_size
        except OSError as error:
            raise BadInput(str(error.strerror), file=path, remedy=remedy) from None
        if length != self.entry.bytes:
            raise BadInput(
                f"is {length:,} bytes long; {self.entry.bytes:,} were written",
                file=path,
                remedy=remedy,
            )
        try:
            table = pa.ipc.open_file(pa.memory_map(path)).read_all()
        except (pa.ArrowInvalid, OSError):
            raise BadInput("is not a partition", file=path, remedy=remedy) from None
        if table.num_rows != self.count:
            raise BadInput(
                f"holds {table.num_rows:,} households; {self.count:,} were written",
                file=path,
                remedy=remedy,
            )
        return table

    def verify(self) -> None:
        """Compare the content with its hash.

        Raises:
            BadInput: where it is another.
        """
        with self.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self.entry.sha256:
            raise BadInput("is not what was written (sha256 differs)", file=str(self.path))

    def holds(self, table: Table, name: str) -> bool:
        """Whether the column is stored."""
        key = slot_name(name, 0) if table is Table.PERSONS else name
        return key in self.table.column_names

    def household(self, name: str) -> Array:
        """A household column, (households,), as it is stored."""
        return self._read(name)

    def person(self, name: str, kind: Any = np.int64) -> Array:
        """A person column, (size, households)."""
        values = np.empty((self.size, self.count), kind)
        for slot in range(self.size):
            values[slot] = self._read(slot_name(name, slot))
        return values

    def known(self, table: Table, name: str) -> Array | None:
        """Which values of a column are known; ``None`` where all are."""
        if table is Table.HOUSEHOLDS:
            return self._flags(name)
        flags = [self._flags(slot_name(name, slot)) for slot in range(self.size)]
        if all(each is None for each in flags):
            return None
        return np.stack([np.ones(self.count, bool) if each is None else each for each in flags])

    def _flags(self, key: str) -> Array | None:
        return self._read(KNOWN + key) if KNOWN + key in self.table.column_names else None

    def _read(self, key: str) -> Array:
        chunks = self.table.column(key).chunks
        values: Array = chunks[0].to_numpy(zero_copy_only=False)
        return values

    def batch(
        self, law: Law, names: Iterable[str], facts: Mapping[str, int | Array] | None = None
    ) -> Batch:
        """These households as the kernel reads them.

        Args:
            law: declares the facts; its defaults stand where a column is absent or a value not known.
            names: facts and relations to lay out, such as ``kernel.inputs``.
            facts: numbers to use instead of what is stored: one for all, or an array of the shape of
                the column.

        Returns:
            Two buckets at most: households of which everything in ``names`` is known, and the others.
        """
        return _BatchOf(self, law, names, facts or {}).batch()


class _BatchOf:
    def __init__(
        self,
        partition: Partition,
        law: Law,
        names: Iterable[str],
        facts: Mapping[str, int | Array],
    ) -> None:
        self.partition, self.law, self.facts = partition, law, facts
        wanted = [law.variables[name] for name in dict.fromkeys(names)]
        self.households = [each for each in wanted if each.entity is Entity.HOUSEHOLD]
        self.persons = [each for each in wanted if each.entity is Entity.PERSON]

    def batch(self) -> Batch:
        size, count = self.partition.size, self.partition.count
        household = np.empty((len(self.households), count), np.int64)
        person = np.empty((len(self.persons), size, count), np.int64)
        flags: dict[str, Array] = {}
        for place, declaration in enumerate(self.households):
            self.fill(declaration, household[place], flags)
        for place, declaration in enumerate(self.persons):
            self.fill(declaration, person[place], flags)
        return Batch(
            {each.name: place for place, each in enumerate(self.households)},
            {each.name: place for place, each in enumerate(self.persons)},
            self.buckets(household, person, flags),
            count,
            count * size,
            np.arange(count + 1, dtype=np.int64) * size,
        )

    def fill(self, declaration: Any, target: Array, flags: dict[str, Array]) -> None:
        """One column into ``target``; where a value is not known and has no default, a flag says so."""
        name, partition = declaration.name, self.partition
        if name in self.facts:
            target[:] = self.facts[name]
            return
        usual: int | None = -1 if isinstance(declaration, Relation) else None
        if isinstance(declaration, Fact) and declaration.default is not None:
            usual = int(number(declaration.default))
        table = Table.PERSONS if declaration.entity is Entity.PERSON else Table.HOUSEHOLDS
        if not partition.holds(table, name):
            target[:] = usual or 0
            if usual is None:
                flags[name] = np.zeros(target.shape, bool)
            return
        if table is Table.HOUSEHOLDS:
            target[:] = partition.household(name)
        else:
            for slot in range(partition.size):
                target[slot] = partition.household(slot_name(name, slot))
        known = partition.known(table, name)
        if known is not None and usual is not None:
            target[~known] = usual
        elif known is not None:
            flags[name] = known

    def buckets(
        self, household: Array, person: Array, flags: Mapping[str, Array]
    ) -> tuple[Bucket, ...]:
        size, count = self.partition.size, self.partition.count
        everyone = np.arange(count)
        complete = np.ones(count, bool)
        for known in flags.values():
            complete &= known if known.ndim == 1 else np.logical_and.reduce(known, axis=0)
        if complete.all():
            return (Bucket(size, everyone, household, person),)
        household_known = np.ones(household.shape, bool)
        person_known = np.ones(person.shape, bool)
        for place, declaration in enumerate(self.households):
            if declaration.name in flags:
                household_known[place] = flags[declaration.name]
        for place, declaration in enumerate(self.persons):
            if declaration.name in flags:
                person_known[place] = flags[declaration.name]
        lacking = np.flatnonzero(~complete)
        buckets = []
        if len(lacking) < count:
            whole = np.flatnonzero(complete)
            buckets.append(Bucket(size, whole, _of(household, whole), _of(person, whole)))
        buckets.append(
            Bucket(
                size,
                lacking,
                _of(household, lacking),
                _of(person, lacking),
                _of(household_known, lacking),
                _of(person_known, lacking),
            )
        )
        return tuple(buckets)


def _of(values: Array, index: Array) -> Array:
    return np.ascontiguousarray(values[..., index])


@dataclass(frozen=True)
class Population:
    """A stored population: its manifest and its partitions.

    >>> Population.open("nowhere")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    donghaeng.rules.faults.BadInput: nowhere: holds no population
    """

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: str | Path) -> Population:
        """The population in ``folder``.

        Raises:
            BadInput: where there is none.
        """
        return cls(Path(folder), read_manifest(Path(folder)))

    @cached_property
    def partitions(self) -> tuple[Partition, ...]:
        return tuple(Partition(self.folder, entry) for entry in self.manifest.partitions)

    @property
    def households(self) -> int:
        return self.manifest.households

    def household_column(self, name: str) -> Array:
        """A household column of everybody, partition after partition, (households,)."""
        return np.concatenate([partition.household(name) for partition in self.partitions])

    def holds(self, table: Table, name: str) -> bool:
        """Whether every partition stores the column."""
        return all(partition.holds(table, name) for partition in self.partitions)

    def tables(self, schema: Schema) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both tables as people read them, in the order of the partitions; for small populations."""
        pairs = [_tables(partition, schema) for partition in self.partitions]
        households = pl.concat([pair[0] for pair in pairs], how="diagonal")
        return households, pl.concat([pair[1] for pair in pairs], how="diagonal")


def _tables(partition: Partition, schema: Schema) -> tuple[pl.DataFrame, pl.DataFrame]:
    households, persons = [], []
    for column in schema.households.values():
        if partition.holds(Table.HOUSEHOLDS, column.name):
            values = partition.household(column.name)
            flags = partition.known(Table.HOUSEHOLDS, column.name)
            households.append(decoded(column, _wide(values), flags))
    ids = partition.household(HOUSEHOLD_ID)
    persons.append(pl.Series(HOUSEHOLD_ID, np.repeat(ids, partition.size).astype(np.int64)))
    if not partition.holds(Table.PERSONS, PERSON):
        persons.append(pl.Series(PERSON, np.tile(np.arange(partition.size) + 1, partition.count)))
    for column in schema.persons.values():
        if column.name != HOUSEHOLD_ID and partition.holds(Table.PERSONS, column.name):
            kind = np.int64 if column.kind is not None else np.float64
            values = partition.person(column.name, kind)
            flags = partition.known(Table.PERSONS, column.name)
            persons.append(
                decoded(column, values.T.ravel(), None if flags is None else flags.T.ravel())
            )
    return pl.DataFrame(households), pl.DataFrame(persons)


def _wide(values: Array) -> Array:
    return values.astype(np.int64) if values.dtype.kind == "i" else values
