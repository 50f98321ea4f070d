"""Reading a stored population: by partition, by column, through the memory map."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from donghaeng.kernel.batch import Batch
from donghaeng.rules.declarations import Declaration
from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.terms import Entity

from ..coding import decoded
from ..schema import HOUSEHOLD_ID, PERSON, Schema, Table
from .columns import KNOWN, slot_name
from .layout import lay_out
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

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.table.column_names)

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
        return key in self._names

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
        return self._read(KNOWN + key) if KNOWN + key in self._names else None

    def _read(self, key: str) -> Array:
        chunks = self.table.column(key).chunks
        values: Array = chunks[0].to_numpy(zero_copy_only=False)
        return values

    def column(self, table: Table, name: str) -> tuple[Array, Array | None] | None:
        """Numbers and known flags of a column in the layout of the kernel; ``None`` where it is not stored."""
        if not self.holds(table, name):
            return None
        values = self.household(name) if table is Table.HOUSEHOLDS else self.person(name)
        return values, self.known(table, name)

    def batch(self, law: Law, names: Iterable[str]) -> Batch:
        """These households as the kernel reads them, with the law's defaults where nothing is known.

        Args:
            law: declares the facts.
            names: facts and relations to lay out, such as ``kernel.inputs``.
        """
        return lay_out(law, names, self.size, self.count, self._stored)

    def _stored(self, declaration: Declaration) -> tuple[Array, Array | None] | None:
        table = Table.PERSONS if declaration.entity is Entity.PERSON else Table.HOUSEHOLDS
        return self.column(table, declaration.name)


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
