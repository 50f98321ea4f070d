"""Time, memory and memory bandwidth, measured so that other work on the machine disturbs little."""

from __future__ import annotations

import ctypes
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

STATUS = Path("/proc/self/status")
RESET_PEAK = Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Timing:
    """Best of several runs, in seconds."""

    cpu: float
    wall: float


def best(work: Callable[[], object], repeats: int) -> Timing:
    """The fastest of ``repeats`` runs: processor time and wall time, each on its own."""
    cpu = wall = float("inf")
    for _ in range(repeats):
        at_wall, at_cpu = time.perf_counter(), time.process_time()
        work()
        cpu = min(cpu, time.process_time() - at_cpu)
        wall = min(wall, time.perf_counter() - at_wall)
    return Timing(cpu, wall)


def memory(field: str) -> int:
    """``VmRSS`` (memory now) or ``VmHWM`` (the most so far) in bytes; 0 where it is not told."""
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return 0


def peak_above(work: Callable[[], object]) -> int:
    """The most memory that ``work`` needs above what is there before, in bytes."""
    _give_back()
    try:
        RESET_PEAK.write_text("5")
    except OSError:
        return 0
    before = memory("VmRSS")
    work()
    return max(memory("VmHWM") - before, 0)


def _give_back() -> None:
    """Return freed memory to the system, so that using it again counts."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def triad(moved: int, repeats: int) -> Timing:
    """The time in which ``a = b + s * c`` moves ``moved`` bytes on one thread."""
    from numba import njit

    @njit("void(float64[::1], float64[::1], float64[::1], float64)", nogil=True)
    def run(a: Any, b: Any, c: Any, s: float) -> None:
        for i in range(len(a)):
            a[i] = b[i] + s * c[i]

    length = max(moved // 24, 1)
    a, b, c = np.zeros(length), np.ones(length), np.ones(length)
    return best(lambda: run(a, b, c, 2.0), repeats)


def in_a_process(script: str, *arguments: str, environment: dict[str, str] | None = None) -> Any:
    """What another Python process prints as JSON; ``{"fault": ...}`` where it fails."""
    result = subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, env=environment
    )
    if result.returncode:
        lines = result.stderr.strip().splitlines() or [f"exit {result.returncode}"]
        return {"fault": lines[-1]}
    return json.loads(result.stdout.splitlines()[-1])


def against(value: float, bound: float) -> str:
    """``ok`` or ``MISSED``."""
    return "ok" if value <= bound else "MISSED"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under their heads: words stand to the left, numbers to the right."""
    lines = [[*line, *[""] * (len(head) - len(line))] for line in (head, *rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    to_the_right = [any(line[n][:1].isdecimal() for line in lines[1:]) for n in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(
            cell.rjust(width) if numeric else cell.ljust(width)
            for cell, width, numeric in zip(line, widths, to_the_right, strict=True)
        ).rstrip()
        for line in lines
    )
