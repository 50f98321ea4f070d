"""Blocks of draws on several threads, put together in the order of the blocks.

NumPy and the compiled kernels release the interpreter's lock, so threads are enough. Results are taken
in order, whichever thread finishes first: sums of floats come out the same for one thread or many.
A long run saves what it has so far, and a run taken up again ends bit for bit like one never broken off.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from donghaeng.rules.faults import BadInput

Part = TypeVar("Part")
PartIn = TypeVar("PartIn", contravariant=True)
Progress = Callable[[int, int], None]

# Names in a saved run that are not the accumulator's own.
RUN, DONE = "run_", "done_"


class Accumulator(Protocol[PartIn]):
    """What gathers the parts of a run, and can be written down and set up again."""

    def add(self, part: PartIn) -> None:
        """Take in the part of the next block."""

    def state(self) -> dict[str, NDArray[Any]]:
        """Everything gathered so far, as named arrays without objects."""

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Become what ``state`` was taken from."""


@dataclass(frozen=True)
class Checkpoint:
    """Where a run saves itself: its file, what run it is, and after how many blocks it saves.

    ``run`` names everything that decides the numbers (seed, index, choices): see `run_name`. A file
    saved by another run is refused, never mixed in.
    """

    file: Path
    run: str
    every: int = 16

    def __post_init__(self) -> None:
        if self.every < 1:
            raise BadInput(f"saving after every {self.every} blocks", remedy="1 or more")


def run_name(*parts: object) -> str:
    """One name for everything that decides the numbers of a run.

    >>> run_name(7, "index 3f2a", 51) == run_name(7, "index 3f2a", 51)
    True
    """
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def in_order(work: Callable[[int], Part], blocks: range, threads: int = 1) -> Iterator[Part]:
    """``work`` of every block, on ``threads`` threads, given back in the order of ``blocks``.

    Only a few blocks wait to be taken, so memory does not grow with their number. An error in a block
    stops the run and is raised here.
    """
    if threads < 1:
        raise BadInput(f"{threads} threads", remedy="1 or more")
    if threads == 1:
        yield from map(work, blocks)
        return
    waiting: deque[Future[Part]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for block in blocks:
                waiting.append(pool.submit(work, block))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def gather(
    work: Callable[[int], Part],
    blocks: int,
    accumulator: Accumulator[Part],
    *,
    threads: int = 1,
    progress: Progress | None = None,
    checkpoint: Checkpoint | None = None,
) -> None:
    """Run blocks 0 to ``blocks - 1`` into the accumulator, from where a saved run stopped.

    ``progress`` is called with the blocks done and their number, also once at the start. The file of a
    finished run stays: the same run with more blocks goes on from it.

    Raises:
        BadInput: where the saved file is of another run, damaged, or has more blocks than asked for.
    """
    done = resume(accumulator, checkpoint) if checkpoint else 0
    if checkpoint and done > blocks:
        raise BadInput(
            f"{done} blocks are saved and {blocks} are asked for",
            file=str(checkpoint.file),
            remedy=f"ask for at least {done}, or remove the file",
        )
    if progress:
        progress(done, blocks)
    for part in in_order(work, range(done, blocks), threads):
        accumulator.add(part)
        done += 1
        if checkpoint and (done % checkpoint.every == 0 or done == blocks):
            save(accumulator, checkpoint, done)
        if progress:
            progress(done, blocks)


def save(accumulator: Accumulator[Any], checkpoint: Checkpoint, done: int) -> None:
    """Write the accumulator down, whole or not at all."""
    content = io.BytesIO()
    head: dict[str, Any] = {RUN: np.array(checkpoint.run), DONE: np.array(done)}
    np.savez(content, **head | accumulator.state())
    partial = checkpoint.file.with_name(f".{checkpoint.file.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content.getvalue())
            file.flush()
            os.fsync(file.fileno())
        partial.replace(checkpoint.file)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(checkpoint.file)) from None


def resume(accumulator: Accumulator[Any], checkpoint: Checkpoint) -> int:
    """Set the accumulator up as it was saved; gives the blocks it has (0 where nothing is saved)."""
    file = str(checkpoint.file)
    try:
        with checkpoint.file.open("rb") as opened, np.load(opened, allow_pickle=False) as saved:
            state = {name: saved[name] for name in saved.files}
        run, done = str(state.pop(RUN)), int(state.pop(DONE))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        raise BadInput("is not a saved run, or is damaged", file=file, remedy="remove it") from None
    if run != checkpoint.run:
        raise BadInput(
            "was saved by a run with another seed, index or choice",
            file=file,
            remedy="name another file, or remove this one",
        )
    accumulator.restore(state)
    return done
