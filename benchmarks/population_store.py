"""What a population should be stored in: reading the inputs of the law from each format, beside the law itself.

    python benchmarks/population_store.py [--quick] [--format json]

The same made-up households stand in each format with every column that a population has; the same columns
are read, those that disposable income with the safety income rests on, into the layout of the kernel. Every
format must give the same layout before anything is timed. Cold: the system is told to forget the files;
what was then read from the disk is counted. One thread throughout.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from law import columns
from law import law as law_of_the_benchmarks
from support.measuring import against, best, table
from support.population import write_population

from donghaeng import law_on
from donghaeng.kernel import Kernel
from donghaeng.kernel.batch import Batch
from donghaeng.population.store import Partition, Population, lay_out
from donghaeng.rules import Law
from donghaeng.rules.declarations import Declaration
from donghaeng.rules.terms import Entity

DATE, YEARS_AGO = "2024-07", 2
INCOME = "total_disposable_with_safety_income"
COUNT, QUICK, REPEATS = 1_000_000, 100_000, 5
OURS = "Arrow, mapped, a column a slot (ours)"
# Reading warm takes no longer than the law itself, on one thread.
BOUND = 1.0
COUNTED = Path("/proc/self/io")

Array = np.ndarray


@dataclass(frozen=True)
class Format:
    """One way to store a partition: how it is written, and how its columns are found again."""

    name: str
    lists: bool
    write: Callable[[Any, Path], None]
    read: Callable[[Path, list[str]], Any]


def write_arrow(data: Any, file: Path) -> None:
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, data.schema) as writer:
        writer.write_table(data, max_chunksize=data.num_rows)


def read_arrow(file: Path, names: list[str]) -> Any:
    return pa.ipc.open_file(pa.memory_map(str(file))).read_all().select(names)


def parquet(compression: str) -> Callable[[Any, Path], None]:
    return lambda data, file: pq.write_table(
        data, file, compression=compression, row_group_size=data.num_rows
    )


def read_parquet(file: Path, names: list[str]) -> Any:
    return pq.read_table(file, columns=names, use_threads=False)


RIVALS = (
    Format("Arrow, mapped, lists of members", True, write_arrow, read_arrow),
    Format("Parquet, a column a slot", False, parquet("none"), read_parquet),
    Format("Parquet zstd, a column a slot", False, parquet("zstd"), read_parquet),
    Format("Parquet, lists of members", True, parquet("none"), read_parquet),
    Format("Parquet zstd, lists of members", True, parquet("zstd"), read_parquet),
)


def with_lists(partition: Partition) -> Any:
    """The table of a partition with one column of lists where there is one a slot."""
    data = partition.table
    found: dict[str, Any] = {}
    ends = pa.array(np.arange(partition.count + 1, dtype=np.int32) * partition.size)
    for name in data.column_names:
        if "." not in name:
            found[name] = data.column(name)
        elif name.endswith(".0"):
            plain = name.removesuffix(".0")
            slots = [
                data.column(f"{plain}.{slot}").chunk(0).to_numpy() for slot in range(partition.size)
            ]
            kind = np.result_type(*slots)
            members = np.stack([slot.astype(kind) for slot in slots], axis=1).ravel()
            found[plain] = pa.ListArray.from_arrays(ends, pa.array(members))
    return pa.table(found)


class Stored:
    """The population in one of the other formats."""

    def __init__(self, folder: Path, form: Format, population: Population) -> None:
        folder.mkdir()
        self.form = form
        self.parts = [
            (folder / f"{number:03d}", partition.size, partition.count)
            for number, partition in enumerate(population.partitions)
        ]
        for (file, _, _), partition in zip(self.parts, population.partitions, strict=True):
            form.write(with_lists(partition) if form.lists else partition.table, file)

    @property
    def files(self) -> list[Path]:
        return [file for file, _, _ in self.parts]

    def batches(self, law: Law, names: tuple[str, ...]) -> Iterable[Batch]:
        for file, size, count in self.parts:
            yield lay_out(law, names, size, count, self._source(law, names, file, size))

    def _source(self, law: Law, names: tuple[str, ...], file: Path, size: int) -> Any:
        persons = {name for name in names if law.variables[name].entity is Entity.PERSON}
        wanted = []
        for name in names:
            by_slot = name in persons and not self.form.lists
            wanted += [f"{name}.{slot}" for slot in range(size)] if by_slot else [name]
        data = self.form.read(file, wanted)

        def values(name: str) -> Array:
            return data.column(name).chunk(0).to_numpy()

        def source(declaration: Declaration) -> tuple[Any, None]:
            name = declaration.name
            if name not in persons:
                return values(name), None
            if not self.form.lists:
                return tuple(values(f"{name}.{slot}") for slot in range(size)), None
            members = data.column(name).chunk(0).values.to_numpy()
            return members.reshape(-1, size).T, None

        return source


class Ours:
    """The population as the program stores it, opened anew for every reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def files(self) -> list[Path]:
        return [partition.path for partition in Population.open(self.folder).partitions]

    def batches(self, law: Law, names: tuple[str, ...]) -> Iterable[Batch]:
        for partition in Population.open(self.folder).partitions:
            yield partition.batch(law, names)


def law_of_that_day() -> Law:
    """The law with the first reading of each open choice."""
    shipped = law_on(DATE)
    return shipped.under(
        **{name: words[0] for name, words in shipped.open_choices([INCOME]).items()}
    )


def check_same(law: Law, names: tuple[str, ...], ours: Ours, other: Stored) -> None:
    """Stop where a format does not give the layout that ours gives."""
    pairs = zip(ours.batches(law, names), other.batches(law, names), strict=True)
    for mine, theirs in pairs:
        (a,), (b,) = mine.buckets, theirs.buckets
        if not (np.array_equal(a.household, b.household) and np.array_equal(a.person, b.person)):
            sys.exit(f"{other.form.name} gives another layout")


def forget(files: Iterable[Path]) -> None:
    """Let the system drop the pages of these files from its cache."""
    os.sync()
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def read_from_disk() -> int:
    """Bytes that this process fetched from a disk so far."""
    if not COUNTED.exists():
        return 0
    lines = dict(line.split(": ") for line in COUNTED.read_text().splitlines())
    return int(lines["read_bytes"])


def measure(law: Law, names: tuple[str, ...], stored: Ours | Stored) -> dict[str, float]:
    """Seconds to lay out everybody, cold and warm; one partition is held at a time."""

    def read() -> None:
        for _ in stored.batches(law, names):
            pass

    cold = cold_cpu = float("inf")
    fetched = 0
    for _ in range(REPEATS):
        forget(stored.files)
        before = read_from_disk()
        timing = best(read, 1)
        cold, cold_cpu = min(cold, timing.wall), min(cold_cpu, timing.cpu)
        fetched = read_from_disk() - before
    warm = best(read, REPEATS)
    return {
        "bytes": sum(file.stat().st_size for file in stored.files),
        "cold_cpu": cold_cpu,
        "cold_wall": cold,
        "fetched": fetched,
        "cpu": warm.cpu,
        "wall": warm.wall,
    }


def measure_kernel(law: Law, kernel: Kernel, ours: Ours) -> float:
    """Processor seconds of the law on everybody, one thread."""
    total = 0.0
    for batch in ours.batches(law, kernel.inputs):
        kernel.run(batch, threads=1)  # compiles, or touches the memory
        total += best(lambda batch=batch: kernel.run(batch, threads=1), REPEATS).cpu
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} households")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    options = parser.parse_args()
    count = QUICK if options.quick else COUNT
    law = law_of_that_day()
    kernel = Kernel(law, [INCOME])
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = columns(law_of_the_benchmarks(), count)
        population = write_population(folder / "ours", *made, years_ago=YEARS_AGO)
        del made
        ours = Ours(folder / "ours")
        found[OURS] = measure(law, kernel.inputs, ours)
        for number, form in enumerate(RIVALS):
            other = Stored(folder / str(number), form, population)
            check_same(law, kernel.inputs, ours, other)
            found[form.name] = measure(law, kernel.inputs, other)
        seconds = measure_kernel(law, kernel, ours)
    if options.format == "json":
        print(json.dumps({"households": count, "kernel_cpu": seconds, "formats": found}, indent=1))
        return
    of_persons = sum(law.variables[each].entity is Entity.PERSON for each in kernel.inputs)
    print(
        f"{count:,} households; {len(kernel.inputs)} columns are read, {of_persons} of them of "
        f"persons; the law itself: {seconds:.2f} s CPU\n"
    )
    head = (
        "format",
        "MB on disk",
        "cold: MB read",
        "CPU s",
        "wall s",
        "warm: CPU s",
        "wall s",
        "times the law",
    )
    print(table(head, [_row(name, each, seconds) for name, each in found.items()]))


def _row(name: str, each: dict[str, float], kernel: float) -> list[str]:
    times = each["cpu"] / kernel
    bound = f" ({BOUND:g}: {against(times, BOUND)})" if name == OURS else ""
    return [
        name,
        f"{each['bytes'] / 1e6:,.0f}",
        f"{each['fetched'] / 1e6:,.0f}",
        f"{each['cold_cpu']:.2f}",
        f"{each['cold_wall']:.2f}",
        f"{each['cpu']:.2f}",
        f"{each['wall']:.2f}",
        f"{times:.2f}{bound}",
    ]


if __name__ == "__main__":
    main()
