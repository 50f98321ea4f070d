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

from ..schema import Schema, Table
from .blocks import Block
from .columns import KNOWN, only_chunk, slot_name
from .layout import Numbers, lay_out
from .manifest import REMEDY, Manifest, PartitionEntry, read_manifest
from .tables import tables_of

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
        path, remedy = str(self.path), REMEDY
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
        if table.num_rows != self.count or any(each.num_chunks != 1 for each in table.columns):
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
        try:
            with self.path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BadInput(str(error.strerror), file=str(self.path), remedy=REMEDY) from None
        if found != self.entry.sha256:
            raise BadInput(
                "is not what was written (sha256 differs)", file=str(self.path), remedy=REMEDY
            )

    def holds(self, table: Table, name: str) -> bool:
        """Whether the column is stored."""
        key = slot_name(name, 0) if table is Table.PERSONS else name
        return key in self._names

    def names(self, table: Table) -> tuple[str, ...]:
        """The columns that are stored, in their order."""
        stored = [name for name in self.table.column_names if not name.startswith(KNOWN)]
        if table is Table.HOUSEHOLDS:
            return tuple(name for name in stored if "." not in name)
        return tuple(name.removesuffix(".0") for name in stored if name.endswith(".0"))

    def household(self, name: str) -> Array:
        """A household column, (households,), as it is stored.

        Raises:
            BadInput: where it is not stored.
        """
        return self._read(name)

    def person(self, name: str, kind: Any = np.int64) -> Array:
        """A person column, (size, households).

        Raises:
            BadInput: where it is not stored.
        """
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
        if key not in self._names:
            raise BadInput(f"has no column {key!r}", file=str(self.path))
        return only_chunk(self.table.column(key))

    def column(self, table: Table, name: str) -> tuple[Array, Array | None] | None:
        """Numbers and known flags of a column in the layout of the kernel; ``None`` where it is not stored."""
        if not self.holds(table, name):
            return None
        values = self.household(name) if table is Table.HOUSEHOLDS else self.person(name)
        return values, self.known(table, name)

    def block(self) -> Block:
        """Everything that is stored, to be written again with some columns changed."""
        household, person = Table.HOUSEHOLDS, Table.PERSONS
        of_household = {name: self.known(household, name) for name in self.names(household)}
        of_person = {name: self.known(person, name) for name in self.names(person)}
        return Block(
            self.size,
            {name: self.household(name) for name in of_household},
            {name: np.stack(self._slots(name)) for name in of_person},
            {name: known for name, known in of_household.items() if known is not None},
            {name: known for name, known in of_person.items() if known is not None},
        )

    def batch(self, law: Law, names: Iterable[str]) -> Batch:
        """These households as the kernel reads them, with the law's defaults where nothing is known.

        Args:
            law: declares the facts.
            names: facts and relations to lay out, such as ``kernel.inputs``.
        """
        return lay_out(law, names, self.size, self.count, self.stored)

    def stored(self, declaration: Declaration) -> tuple[Numbers, Array | None] | None:
        """Numbers and known flags of a fact or relation as they are stored, not copied; a source of a layout."""
        name = declaration.name
        if declaration.entity is not Entity.PERSON:
            return self.column(Table.HOUSEHOLDS, name)
        if not self.holds(Table.PERSONS, name):
            return None
        return self._slots(name), self.known(Table.PERSONS, name)

    def _slots(self, name: str) -> tuple[Array, ...]:
        return tuple(self._read(slot_name(name, slot)) for slot in range(self.size))


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

    def tables(
        self, schema: Schema, names: Iterable[str] | None = None
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both tables as people read them, in the order of the partitions.

        Args:
            names: columns to read, where they are stored, beside the numbers of households and persons; all
                where ``None``, for small populations.

        Raises:
            BadInput: where a column is stored that ``schema`` does not have.
        """
        only = None if names is None else frozenset(names)
        pairs = [tables_of(partition, schema, only) for partition in self.partitions]
        households = pl.concat([pair[0] for pair in pairs], how="diagonal")
        return households, pl.concat([pair[1] for pair in pairs], how="diagonal")
