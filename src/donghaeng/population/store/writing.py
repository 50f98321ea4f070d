"""Writing a population, block by block: it appears whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import polars as pl
import pyarrow as pa

from donghaeng.rules.faults import BadInput

from ..coding import coded
from ..schema import HOUSEHOLD_ID, PERSON, Schema, Table
from .columns import KNOWN, narrowest, slot_name
from .manifest import MANIFEST, Manifest, PartitionEntry

Array = np.ndarray
# A partition whose arrays for the kernel take about 100 MB: some in flight at once fit any machine.
HOUSEHOLDS_IN_A_PARTITION = 65_536
FOLDER = "partitions"


class Writer:
    """Takes blocks of households of one size and writes them as partitions.

    Used as a context: the folder is put in place by :meth:`finish`, and nothing is left behind where an error
    ends the block.

    Args:
        folder: where the population is to stand; it must be new, unless ``replace``.
        schema: the columns that there may be.

    Raises:
        BadInput: where the folder holds something, or cannot be written.
    """

    def __init__(self, folder: Path, schema: Schema, *, replace: bool = False) -> None:
        self.folder = folder
        self.schema = schema
        self.entries: list[PartitionEntry] = []
        self._refuse_what_is_there(replace)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            self.partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
            (self.partial / FOLDER).mkdir()
        except OSError as error:
            raise BadInput(str(error.strerror), file=str(folder)) from None

    def _refuse_what_is_there(self, replace: bool) -> None:
        folder = self.folder
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return
        if not (replace and (folder / MANIFEST).is_file()):
            remedy = "name a new folder"
            if (folder / MANIFEST).is_file():
                remedy += ", or say --replace"
            raise BadInput("is there already", file=str(folder), remedy=remedy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.partial, ignore_errors=True)
        if isinstance(error, OSError):
            raise BadInput(str(error.strerror), file=str(self.folder)) from None

    def add(
        self,
        size: int,
        household: Mapping[str, Array],
        person: Mapping[str, Array],
        household_known: Mapping[str, Array] | None = None,
        person_known: Mapping[str, Array] | None = None,
    ) -> None:
        """Write households of ``size`` persons.

        Args:
            household: column of each name, (households,), coded as in :mod:`donghaeng.population.coding`.
            person: column of each name, (size, households), slot after slot.
            household_known, person_known: flags of the columns in which a value is not known, of the
                same shapes.
        """
        count = len(next(iter(household.values())))
        for first in range(0, count, HOUSEHOLDS_IN_A_PARTITION):
            part = slice(first, min(first + HOUSEHOLDS_IN_A_PARTITION, count))
            columns: dict[str, Array] = {}
            for name, values in household.items():
                self.schema.column(Table.HOUSEHOLDS, name)
                columns[name] = narrowest(values[part])
                flags = (household_known or {}).get(name)
                if flags is not None and not flags[part].all():
                    columns[KNOWN + name] = flags[part]
            for name, values in person.items():
                self.schema.column(Table.PERSONS, name)
                flags = (person_known or {}).get(name)
                for slot in range(size):
                    key = slot_name(name, slot)
                    columns[key] = narrowest(values[slot, part])
                    if flags is not None and not flags[slot, part].all():
                        columns[KNOWN + key] = flags[slot, part]
            self._write(size, part.stop - part.start, columns)

    def _write(self, size: int, count: int, columns: Mapping[str, Array]) -> None:
        name = f"{FOLDER}/size_{size:02d}_{len(self.entries):05d}.arrow"
        target = self.partial / name
        table = pa.table({key: pa.array(values) for key, values in columns.items()})
        digest = _Hashing(target)
        with digest, pa.ipc.new_file(pa.PythonFile(digest, "w"), table.schema) as sink:
            sink.write_table(table, max_chunksize=count)
        self.entries.append(
            PartitionEntry(
                file=name,
                size=size,
                households=count,
                bytes=target.stat().st_size,
                sha256=digest.hexdigest(),
            )
        )

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest with the partitions, and put the folder in place.

        Raises:
            BadInput: where no household was added.
        """
        if not self.entries:
            raise BadInput("no household is left", file=str(self.folder))
        whole = manifest.model_copy(
            update={
                "partitions": tuple(self.entries),
                "households": sum(each.households for each in self.entries),
                "persons": sum(each.households * each.size for each in self.entries),
            }
        )
        (self.partial / MANIFEST).write_text(whole.text(), encoding="utf-8")
        self.partial.chmod(0o755)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.partial.rename(self.folder)


class _Hashing:
    """A file that hashes what is written into it."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("wb")
        self.digest = hashlib.sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()

    def tell(self) -> int:
        return self.file.tell()

    @property
    def closed(self) -> bool:
        return self.file.closed

    def close(self) -> None:
        self.file.close()

    def hexdigest(self) -> str:
        return self.digest.hexdigest()


def write_tables(
    folder: Path,
    schema: Schema,
    households: pl.DataFrame,
    persons: pl.DataFrame,
    manifest: Manifest,
    *,
    replace: bool = False,
) -> None:
    """Write a population that stands in two tables (as people read them).

    The persons of each household are those with its ``household_id``, in the order of ``person``.

    Raises:
        BadInput: for the first value that a column does not hold, a household without persons, or a person
            without a household.
    """
    persons = persons.sort(HOUSEHOLD_ID, PERSON)
    sizes = persons.group_by(HOUSEHOLD_ID).len("persons_in_household")
    joined = households.select(HOUSEHOLD_ID).join(
        sizes, HOUSEHOLD_ID, "left", maintain_order="left"
    )
    lacking = joined.filter(pl.col("persons_in_household").is_null())
    if len(lacking):
        raise BadInput(
            f"household {lacking[HOUSEHOLD_ID][0]} has no person", field="households.household_id"
        )
    if len(persons) != int(joined["persons_in_household"].sum()):
        stray = persons.join(households, HOUSEHOLD_ID, "anti")
        row = stray[HOUSEHOLD_ID][0] if len(stray) else households[HOUSEHOLD_ID][0]
        raise BadInput(f"household {row} is not there once", field="persons.household_id")
    size_of = joined["persons_in_household"].to_numpy().astype(np.int64)
    order = pl.DataFrame({HOUSEHOLD_ID: households[HOUSEHOLD_ID], "at": np.arange(len(households))})
    persons = persons.join(order, HOUSEHOLD_ID, "left").sort("at", PERSON)
    starts = np.cumsum(size_of) - size_of
    of_household = _coded(schema, Table.HOUSEHOLDS, households)
    of_person = _coded(schema, Table.PERSONS, persons.drop("at", HOUSEHOLD_ID))
    with Writer(folder, schema, replace=replace) as writer:
        for size in np.unique(size_of):
            index = np.flatnonzero(size_of == size)
            rows = starts[index][None, :] + np.arange(int(size))[:, None]
            writer.add(
                int(size),
                {name: values[index] for name, (values, _) in of_household.items()},
                {name: values[rows] for name, (values, _) in of_person.items()},
                {name: known[index] for name, (_, known) in of_household.items()},
                {name: known[rows] for name, (_, known) in of_person.items()},
            )
        writer.finish(manifest)


def _coded(schema: Schema, table: Table, frame: pl.DataFrame) -> dict[str, tuple[Array, Array]]:
    return {name: coded(schema.column(table, name), frame[name]) for name in frame.columns}
