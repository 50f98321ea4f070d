"""A run gives the same whoever computes it, goes on where it stopped, and survives its workers."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from donghaeng.policy.clusters import cluster
from donghaeng.policy.portable import PortablePlan
from donghaeng.policy.question import Question, plan_of
from donghaeng.policy.runs import Done, processes, run, this_process
from donghaeng.population.store import Population
from donghaeng.rules import BadInput

from . import people


@pytest.fixture
def plan(question: Question) -> PortablePlan:
    return PortablePlan.of(plan_of(question))


def told(done: Done) -> dict[str, Any]:
    """Everything that a run found, to the last bit."""
    return {
        "sums": {key: values.tobytes() for key, values in done.tally.sums.items()},
        "squares": {key: values.tobytes() for key, values in done.tally.squares.items()},
        "rows": done.tally.rows,
        "same": done.same,
        "columns": [file.read_bytes() for file in done.files],
    }


@pytest.fixture
def here(plan: PortablePlan, hundreds: Population, tmp_path: Path) -> Done:
    return run(plan, hundreds, tmp_path / "here", this_process)


def test_local_processes_give_what_one_process_gives(
    plan: PortablePlan, hundreds: Population, here: Done, tmp_path: Path
) -> None:
    there = run(plan, hundreds, tmp_path / "there", lambda: processes(2))
    assert told(there) == told(here)


def test_a_run_that_was_stopped_goes_on_where_it_stopped(
    plan: PortablePlan, hundreds: Population, here: Done, tmp_path: Path
) -> None:
    stopped = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        run(plan, hundreds, stopped, this_process, progress=_stop_after(2))
    told_of: list[tuple[int, int]] = []
    done = run(plan, hundreds, stopped, this_process, lambda one, all_: told_of.append((one, all_)))
    assert done.resumed == 2
    assert told_of[0] == (2, len(hundreds.partitions))
    assert told(done) == told(here)


def _stop_after(partitions: int) -> Any:
    def progress(done: int, _: int) -> None:
        if done == partitions:
            raise KeyboardInterrupt

    return progress


def test_another_reform_does_not_go_on_with_this_ones_partitions(
    plan: PortablePlan, question: Question, hundreds: Population, here: Done, tmp_path: Path
) -> None:
    other = PortablePlan(plan.text.replace('"form": "numpy"', '"form":  "numpy"'))
    assert run(other, hundreds, tmp_path / "here", this_process).resumed == 0
    assert run(other, hundreds, tmp_path / "here", this_process).resumed == len(hundreds.partitions)


def test_a_killed_worker_takes_nothing_with_it(
    plan: PortablePlan, hundreds: Population, here: Done, tmp_path: Path
) -> None:
    """SIGKILL to one of two workers as soon as the first partition is done."""
    killed = []

    def progress(done: int, _: int) -> None:
        if done == 1 and not killed:
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            workers = [int(pid) for pid in children if b"spawn_main" in _command(int(pid))]
            os.kill(workers[0], signal.SIGKILL)
            killed.append(workers[0])

    done = run(plan, hundreds, tmp_path / "killed", lambda: processes(2), progress)
    assert killed
    assert told(done) == told(here)


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("damage", [_cut, lambda file: file.write_bytes(b""), Path.unlink])
@pytest.mark.parametrize("name", ["00001.json", "00001.arrow"])
def test_a_damaged_partition_of_a_run_is_computed_again(
    plan: PortablePlan, hundreds: Population, here: Done, tmp_path: Path, damage: Any, name: str
) -> None:
    expected = told(here)
    damage(tmp_path / "here" / "columns" / name)
    again = run(plan, hundreds, tmp_path / "here", this_process)
    assert again.resumed == len(hundreds.partitions) - 1
    assert told(again) == expected


@pytest.mark.parametrize(
    "record", [b"null", b"[]", b'{"bytes": 1}', b"\xff\xfe", b'{"sampling": "households"}']
)
def test_a_record_of_something_else_is_computed_again(
    plan: PortablePlan, hundreds: Population, here: Done, tmp_path: Path, record: bytes
) -> None:
    (tmp_path / "here" / "columns" / "00000.json").write_bytes(record)
    assert run(plan, hundreds, tmp_path / "here", this_process).resumed == len(here.files) - 1


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xff"])
def test_a_run_whose_plan_cannot_be_read_begins_anew(
    plan: PortablePlan, hundreds: Population, here: Done, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "here" / "plan.json").write_bytes(content)
    assert run(plan, hundreds, tmp_path / "here", this_process).resumed == 0


class _Suicidal(Executor):
    """Workers that always die."""

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        from concurrent.futures import BrokenExecutor, Future

        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("killed"))
        return future


def test_workers_that_keep_dying_end_the_run_with_one_line(
    plan: PortablePlan, hundreds: Population, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=r"partitions/size_01.*died 3 times.*--workers 1"):
        run(plan, hundreds, tmp_path / "run", lambda: contextlib.nullcontext(_Suicidal()))


def test_a_partition_cut_short_is_named_and_the_others_are_kept(
    plan: PortablePlan, tmp_path: Path
) -> None:
    population = people.population(tmp_path / "people", 40, seed=3)
    last = population.partitions[-1].path
    whole = last.read_bytes()
    last.write_bytes(whole[: len(whole) // 2])
    folder = tmp_path / "run"
    with pytest.raises(BadInput, match=rf"{last.name}.*bytes long"):
        run(plan, population, folder, this_process)
    last.write_bytes(whole)
    again = run(plan, Population.open(population.folder), folder, this_process)
    assert again.resumed == len(population.partitions) - 1


def test_a_full_disk_is_one_line_and_what_is_done_is_kept(
    plan: PortablePlan, hundreds: Population, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files may not grow beyond 60 kB in a process of its own."""
    script = (
        "import resource, sys, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\n"
        "from donghaeng.policy.portable import PortablePlan\n"
        "from donghaeng.policy.runs import run, this_process\n"
        "from donghaeng.population.store import Population\n"
        "from donghaeng.rules import BadInput\n"
        "plan = PortablePlan(Path(sys.argv[1]).read_text())\n"
        "population = Population.open(sys.argv[2])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))\n"
        "try:\n"
        "    run(plan, population, Path(sys.argv[3]), this_process)\n"
        "except BadInput as error:\n"
        "    print(error)\n"
    )
    (tmp_path / "plan").write_text(plan.text)
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            script,
            str(tmp_path / "plan"),
            str(hundreds.folder),
            str(tmp_path / "r"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "free some space" in found.stdout
    assert len(found.stdout.strip().splitlines()) == 1
    assert not list((tmp_path / "r").rglob("*.partial"))


# A real cluster: a scheduler and two worker processes on this machine.


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler on loopback and its two workers, each a process of its own."""
    dask = f"{sys.executable} -m distributed.cli.dask_scheduler"
    file = tmp_path / "scheduler.json"
    running = [
        subprocess.Popen(
            f"{dask} --host 127.0.0.1 --port 0 --no-dashboard --scheduler-file {file}".split(),
            cwd=tmp_path,
            stderr=subprocess.DEVNULL,
        )
    ]
    until = time.monotonic() + 60
    while not file.is_file() and time.monotonic() < until:
        time.sleep(0.1)
    worker = f"{sys.executable} -m distributed.cli.dask_worker --scheduler-file {file}"
    for number in range(2):
        running.append(
            subprocess.Popen(
                f"{worker} --no-nanny --nthreads 1 --no-dashboard --name worker-{number}".split(),
                cwd=tmp_path,
                stderr=subprocess.DEVNULL,
            )
        )
    import json

    yield json.loads(file.read_text())["address"], running[1:]
    for each in running:
        each.kill()
        each.wait()


def test_a_cluster_gives_the_same_also_where_a_worker_is_killed(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]],
    plan: PortablePlan,
    hundreds: Population,
    here: Done,
    tmp_path: Path,
) -> None:
    address, workers = scheduler

    def progress(done: int, _: int) -> None:
        if done == 1:
            workers[0].kill()

    done = run(plan, hundreds, tmp_path / "cluster", cluster(address), progress)
    assert workers[0].wait(10) != 0
    assert told(done) == told(here)


def test_no_scheduler_at_the_address_is_one_line(
    plan: PortablePlan, hundreds: Population, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("donghaeng.policy.clusters.SECONDS_TO_CONNECT", 1)
    with pytest.raises(BadInput, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        run(plan, hundreds, tmp_path / "run", cluster("tcp://127.0.0.1:9"))
