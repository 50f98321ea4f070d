"""How columns are named and typed in a partition.

A household column bears its name; a person column is one column a slot, ``earnings.0``, ``earnings.1``, ...;
``known:`` before a name holds the flags of a column in which some value is not known. Whole numbers are kept
in the narrowest type that holds them: reading is the cost, and what is not read from disk is not paid for.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from donghaeng.rules.faults import BadInput

Array = np.ndarray
KNOWN = "known:"
# Read straight from the buffers: pyarrow's own way loads pandas where it is installed, most of a second.
TYPES = {
    "bool": bool,
    "int8": np.int8,
    "int16": np.int16,
    "int32": np.int32,
    "int64": np.int64,
    "float": np.float32,
    "double": np.float64,
}
WHOLE_TYPES = (np.int8, np.int16, np.int32, np.int64)


def slot_name(name: str, slot: int) -> str:
    """The column of one slot of a person column."""
    return f"{name}.{slot}"


def narrowest(values: Array) -> Array:
    """The same numbers in the narrowest type that holds them; floats and flags as they are."""
    if values.dtype.kind != "i" or not len(values):
        return np.ascontiguousarray(values)
    low, high = int(values.min()), int(values.max())
    kind: Any = next(
        each for each in WHOLE_TYPES if np.iinfo(each).min <= low <= high <= np.iinfo(each).max
    )
    return np.ascontiguousarray(values, kind)


def write_columns(file: Path, columns: Mapping[str, Array]) -> None:
    """Write columns of one length as an Arrow file that appears whole or not at all.

    Raises:
        BadInput: where it cannot be written.
    """
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    table = pa.table({name: pa.array(narrowest(values)) for name, values in columns.items()})
    try:
        with pa.OSFile(str(partial), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=max(table.num_rows, 1))
        _flush(partial)
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise BadInput(reason, file=str(file), remedy="free some space, and run it again") from None


def _flush(file: Path) -> None:
    """On the disk before it bears its name, so that a power cut leaves no empty file of that name."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_columns(file: Path) -> dict[str, Array]:
    """The columns of a file that :func:`write_columns` wrote, mapped into memory.

    Raises:
        BadInput: where it is not there or cut short.
    """
    try:
        table = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
    except (pa.ArrowInvalid, OSError):
        raise BadInput("is not there, or cut short", file=str(file)) from None
    return {name: only_chunk(table.column(name)) for name in table.column_names}


def only_chunk(column: Any) -> Array:
    """The values of a column that was written at once, not copied; flags are unpacked."""
    whole = column.chunk(0) if column.num_chunks else column.combine_chunks()
    first, last = whole.offset, whole.offset + len(whole)
    buffer = whole.buffers()[1]
    if buffer is None:
        return np.zeros(0, TYPES[str(whole.type)])
    if str(whole.type) == "bool":
        bits = np.unpackbits(np.frombuffer(buffer, np.uint8), count=last, bitorder="little")
        return bits[first:].view(bool)
    return np.frombuffer(buffer, TYPES[str(whole.type)], count=last)[first:]
