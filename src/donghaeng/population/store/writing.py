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
import pyarrow as pa

from donghaeng.rules.faults import BadInput

from ..schema import HOUSEHOLD_ID, Schema, Table
from .blocks import Block
from .manifest import FOLDER, MANIFEST, Manifest, PartitionEntry

Array = np.ndarray
# A partition whose arrays for the kernel take about 100 MB: some in flight at once fit any machine.
HOUSEHOLDS_IN_A_PARTITION = 65_536


class Writer:
    """Takes blocks of households of one size and writes them as partitions.

    Used as a context: the folder is put in place by :meth:`finish`, and nothing is left behind where an error
    ends the block. A population that is replaced stands until the new one is whole.

    Args:
        folder: where the population is to stand; it must be new or empty, unless ``replace``.
        schema: the columns that there may be.
        replace: take the place of a population that is there. A folder that holds anything else is refused.

    Raises:
        BadInput: where the folder holds something, or cannot be written.
    """

    def __init__(self, folder: Path, schema: Schema, *, replace: bool = False) -> None:
        self.folder = folder
        self.schema = schema
        self.replace = replace
        self.entries: list[PartitionEntry] = []
        self._ids: list[Array] = []
        self._target = folder.resolve()  # the folder itself, not a link to it
        self._refuse_what_is_there()
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self.partial = Path(
                tempfile.mkdtemp(prefix=f".{self._target.name}.", dir=self._target.parent)
            )
            (self.partial / FOLDER).mkdir()
        except OSError as error:
            raise _not_written(error, folder) from None

    def _refuse_what_is_there(self) -> None:
        if not self._target.is_dir():
            if self._target.exists():
                raise BadInput("is a file", file=str(self.folder), remedy="name a new folder")
            return
        found = {each.name for each in self._target.iterdir()}
        if not found:
            return
        if MANIFEST not in found:
            raise BadInput("is there already", file=str(self.folder), remedy="name a new folder")
        if not self.replace:
            raise BadInput(
                "is there already",
                file=str(self.folder),
                remedy="name a new folder, or say --replace",
            )
        if other := sorted(found - {MANIFEST, FOLDER}):
            raise BadInput(
                f"holds {other[0]!r} too, which would be lost",
                file=str(self.folder),
                remedy="move it away, or name a new folder",
            )

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
            raise _not_written(error, self.folder) from None

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

        Raises:
            BadInput: for a column that the schema does not have or a value that it does not hold.
        """
        self.add_block(Block(size, household, person, household_known or {}, person_known or {}))

    def add_block(self, block: Block) -> None:
        """Write a block, in partitions of at most :data:`HOUSEHOLDS_IN_A_PARTITION`.

        Raises:
            BadInput: for a column that the schema does not have or a value that it does not hold.
        """
        block.check()
        self._ids.append(np.array(block.household[HOUSEHOLD_ID], np.int64))
        for first in range(0, block.count, HOUSEHOLDS_IN_A_PARTITION):
            part = block.part(slice(first, first + HOUSEHOLDS_IN_A_PARTITION))
            self._write(part.size, part.count, part.stored(self.schema))

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
            BadInput: where no household was added, or one twice.
        """
        if not self.entries:
            raise BadInput("no household is left", file=str(self.folder))
        _check_unique(self._ids)
        whole = manifest.model_copy(
            update={
                "partitions": tuple(self.entries),
                "households": sum(each.households for each in self.entries),
                "persons": sum(each.households * each.size for each in self.entries),
            }
        )
        (self.partial / MANIFEST).write_text(whole.text(), encoding="utf-8")
        self.partial.chmod(0o755)
        self._refuse_what_is_there()  # it may have come meanwhile
        self._put_in_place()

    def _put_in_place(self) -> None:
        """The old folder is moved aside, and comes back where the new one cannot take its place."""
        if not self._target.exists():
            self.partial.rename(self._target)
            return
        aside = Path(tempfile.mkdtemp(prefix=f".{self._target.name}.", dir=self._target.parent))
        try:
            self._target.rename(aside)
            try:
                self.partial.rename(self._target)
            except OSError:
                aside.rename(self._target)
                raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _check_unique(parts: list[Array]) -> None:
    ids = np.sort(np.concatenate(parts))
    twice = np.flatnonzero(ids[1:] == ids[:-1])
    if len(twice):
        raise BadInput(
            f"household {ids[twice[0]]} is there twice",
            field=f"{Table.HOUSEHOLDS.value}.{HOUSEHOLD_ID}",
            remedy="a number of its own for each household",
        )


def _not_written(error: OSError, folder: Path) -> BadInput:
    return BadInput(
        error.strerror or str(error), file=str(folder), remedy="nothing was written; run it again"
    )


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
