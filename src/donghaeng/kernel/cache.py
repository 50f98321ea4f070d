"""Generated modules on disk, named by their content, so that a law is compiled once on a machine.

A name that holds the hash of its own content never needs to be renewed. Several processes may start
at once: one compiles while the others wait for it, and a file appears whole or not at all.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numba
import numpy as np
from filelock import FileLock
from numba.core.errors import NumbaError

from donghaeng.rules.faults import LawFault

from . import tiles

FOLDER_VARIABLE = "DONGHAENG_CACHE"
ONE_THREAD = threading.Lock()


def folder() -> Path:
    """Where generated modules stand: ``DONGHAENG_CACHE``, or a folder of the user's cache."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "donghaeng" / "kernel"


def open_module(source: str) -> ModuleType:
    """The module of ``source``, compiled if this machine has not compiled it before."""
    helpers = Path(tiles.__file__).read_bytes()
    versions = f"{numba.__version__} {np.__version__} {sys.version}".encode()
    name = "kernel_" + hashlib.sha256(versions + helpers + source.encode()).hexdigest()[:32]
    with (
        ONE_THREAD
    ):  # a module that is being imported is among the modules already, and not yet whole
        if name in sys.modules:
            return sys.modules[name]
        try:
            return _compiled(name, source, _made(folder()))
        except OSError:  # nothing can be kept here: compile for this process only
            alone = Path(tempfile.mkdtemp(prefix="donghaeng-kernel-"))
            atexit.register(shutil.rmtree, alone, ignore_errors=True)
            return _compiled(name, source, alone)


def _made(place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    return place


def _compiled(name: str, source: str, place: Path) -> ModuleType:
    """The module in ``place``, written and compiled there by whichever process comes first."""
    file = place / f"{name}.py"
    with FileLock(str(place / f"{name}.lock")):
        if not _holds(file, source):
            _write(file, source)
        try:
            return _import(name, file)
        except (LawFault, OSError):
            raise
        except Exception:  # what an earlier process left half-written: compile anew, once
            for left in (place / "__pycache__").glob(f"{name}.*"):
                left.unlink(missing_ok=True)
            _write(file, source)
            return _import(name, file)


def _holds(file: Path, source: str) -> bool:
    try:
        return file.read_bytes() == source.encode()
    except OSError:
        return False


def _write(file: Path, source: str) -> None:
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    partial.write_bytes(source.encode())
    partial.replace(file)


def _import(name: str, file: Path) -> ModuleType:
    """Import the file, with Numba's own cache beside it."""
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except NumbaError as error:
        del sys.modules[name]
        raise _located(error, file) from error
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _located(error: NumbaError, file: Path) -> LawFault:
    """The compiler's complaint, at the rule from which the refused line was generated."""
    refused = getattr(getattr(error, "loc", None), "line", 0) or 0
    rule, place, line = "a generated function", "", 0
    for text in file.read_text(encoding="utf-8").splitlines()[:refused]:
        if text.lstrip().startswith("# ") and " — " in text:
            rule, _, where = text.lstrip("# ").partition(" — ")
            place, _, number = where.rpartition(":")
            line = int(number)
    message = f"rule {rule!r} does not compile: {str(error).splitlines()[0]}"
    return LawFault(message, file=place, line=line)


def plain_module(source: str, name: str) -> Callable[..., Any]:
    """The function ``run`` of a generated module that needs no compiler."""
    namespace: dict[str, Any] = {}
    exec(compile(source, name, "exec"), namespace)
    run: Callable[..., Any] = namespace["run"]
    return run
