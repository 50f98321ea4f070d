"""Blocks on several threads, and runs that are broken off and taken up again."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from donghaeng.index.arrays import FloatArray
from donghaeng.index.uncertainty.draw_summary import DrawSummary, RankedBlock
from donghaeng.index.uncertainty.samples import independent_block
from donghaeng.index.uncertainty.threads import Checkpoint, gather, in_order, run_name
from donghaeng.rules.faults import BadInput

UNITS, BLOCKS = 7, 20


def scores(block: int) -> FloatArray:
    """Scores of very different size, so that the order of a sum shows in its last digits."""
    return np.exp(20 * independent_block(5, block, UNITS, rows=64))


def ranked(block: int) -> RankedBlock:
    time.sleep(0.002 * (block % 3))  # blocks come back out of order
    return RankedBlock.of(scores(block))


def fingerprint(summary: DrawSummary) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in summary.state().items()}


def run(threads: int = 1, **options: Any) -> DrawSummary:
    summary = DrawSummary(UNITS, pairs=True, bins=64)
    gather(ranked, BLOCKS, summary, threads=threads, **options)
    return summary


@pytest.mark.parametrize("threads", [2, 3])
def test_any_number_of_threads_gives_the_same_bits(threads: int) -> None:
    assert fingerprint(run(threads)) == fingerprint(run())


class BrokenOff(Exception):
    """The machine is switched off."""


@pytest.mark.parametrize("threads", [1, 2])
def test_a_run_broken_off_and_taken_up_again_gives_the_same_bits(
    tmp_path: Path, threads: int
) -> None:
    saved = Checkpoint(tmp_path / "run.npz", run_name(5, "index"), every=4)

    def break_off(done: int, _: int) -> None:
        if done == 14:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        run(threads, checkpoint=saved, progress=break_off)
    seen: list[int] = []
    resumed = run(threads, checkpoint=saved, progress=lambda done, _: seen.append(done))
    assert seen == list(range(12, BLOCKS + 1))  # 12 blocks had been saved
    assert fingerprint(resumed) == fingerprint(run())
    assert [file.name for file in tmp_path.iterdir()] == ["run.npz"]


def test_a_finished_run_is_read_and_not_run_again(tmp_path: Path) -> None:
    saved = Checkpoint(tmp_path / "run.npz", "a")
    finished = run(checkpoint=saved)
    again = DrawSummary(UNITS, pairs=True, bins=64)

    def never(block: int) -> RankedBlock:
        raise AssertionError(block)

    gather(never, BLOCKS, again, checkpoint=saved)
    assert fingerprint(again) == fingerprint(finished)


def test_more_draws_go_on_from_a_finished_run(tmp_path: Path) -> None:
    saved = Checkpoint(tmp_path / "run.npz", "a")
    gather(ranked, 5, DrawSummary(UNITS, pairs=True, bins=64), checkpoint=saved)
    assert fingerprint(run(checkpoint=saved)) == fingerprint(run())
    with pytest.raises(BadInput, match="20 blocks are saved and 3 are asked for"):
        gather(ranked, 3, DrawSummary(UNITS, pairs=True, bins=64), checkpoint=saved)


def test_a_run_with_another_seed_is_not_taken_up(tmp_path: Path) -> None:
    file = tmp_path / "run.npz"
    run(checkpoint=Checkpoint(file, run_name(5, "index")))
    with pytest.raises(BadInput, match=r"run\.npz: was saved by a run with another seed"):
        run(checkpoint=Checkpoint(file, run_name(6, "index")))


@pytest.mark.parametrize("keep", [0, 10, 500])
def test_a_damaged_saved_run_is_refused(tmp_path: Path, keep: int) -> None:
    file = tmp_path / "run.npz"
    run(checkpoint=Checkpoint(file, "a"))
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(BadInput, match="is not a saved run, or is damaged"):
        run(checkpoint=Checkpoint(file, "a"))


def test_another_file_of_arrays_is_not_taken_for_a_run(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.ones(3))
    with pytest.raises(BadInput, match="is not a saved run"):
        run(checkpoint=Checkpoint(tmp_path / "array.npy", "a"))


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        run(checkpoint=Checkpoint(tmp_path / "none" / "run.npz", "a"))


@pytest.mark.parametrize("threads", [1, 3])
def test_an_error_in_a_block_stops_the_run(threads: int) -> None:
    started: list[int] = []

    def work(block: int) -> int:
        started.append(block)
        if block == 5:
            raise BadInput("block 5 cannot be computed")
        return block

    with pytest.raises(BadInput, match="block 5"):
        list(in_order(work, range(1000), threads))
    assert len(started) < 20


def test_only_a_few_blocks_wait_to_be_taken() -> None:
    lock, alive, most = threading.Lock(), 0, 0

    def work(block: int) -> int:
        nonlocal alive, most
        with lock:
            alive += 1
            most = max(most, alive)
        return block

    for block in in_order(work, range(200), threads=3):
        with lock:
            alive -= 1
        assert block >= 0
    assert most <= 5


def test_no_threads_and_no_saving_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="0 threads"):
        list(in_order(abs, range(1), threads=0))
    with pytest.raises(BadInput, match="1 or more"):
        Checkpoint(tmp_path / "a", "a", every=0)


def test_an_accumulator_sees_blocks_in_their_order() -> None:
    class Order:
        def __init__(self) -> None:
            self.blocks: list[int] = []

        def add(self, part: int) -> None:
            self.blocks.append(part)

        def state(self) -> dict[str, NDArray[Any]]:
            return {"blocks": np.array(self.blocks)}

        def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
            self.blocks = state["blocks"].tolist()

    def work(block: int) -> int:
        time.sleep(0.01 if block == 0 else 0)
        return block

    order = Order()
    gather(work, 12, order, threads=3)
    assert order.blocks == list(range(12))
