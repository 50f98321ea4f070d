"""The manifest of a folder: what is in it, to the byte, and what has become of it.

The same folder always gives the same manifest: paths in order, no time, no owner.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from donghaeng.rules.faults import BadInput, nearest

from .input_files import first_fault

NAME = "manifest.json"
FORMAT = "donghaeng-manifest-1"


class FileEntry(BaseModel):
    """One file: its path from the folder with forward slashes, its size in bytes and its SHA-256."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    path: str
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """Every file of a folder, sorted by path."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: str = FORMAT
    files: tuple[FileEntry, ...]

    def text(self) -> str:
        """The manifest in its one form: sorted keys, one line a file, a line feed at the end."""
        lines = (
            json.dumps(each.model_dump(), sort_keys=True, ensure_ascii=False)
            for each in sorted(self.files, key=lambda entry: entry.path.encode())
        )
        return f'{{"format": "{FORMAT}", "files": [\n' + ",\n".join(lines) + "\n]}\n"

    @property
    def hash(self) -> str:
        """SHA-256 of the manifest's text: one value for the whole folder."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def entry(self, path: str) -> FileEntry:
        """The entry of one file.

        Raises:
            BadInput: where the manifest does not name it.
        """
        for each in self.files:
            if each.path == path:
                return each
        known = [each.path for each in self.files]
        raise BadInput("is not in the manifest", file=path, remedy=nearest(path, known))


@dataclass(frozen=True)
class Changes:
    """How a folder differs from its manifest; paths in order."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def none(self) -> bool:
        return not (self.missing or self.changed or self.added)


def take_manifest(folder: Path, leave_out: Iterable[str] = (NAME,)) -> Manifest:
    """The manifest of ``folder`` as it is now, without the files in ``leave_out``.

    Raises:
        BadInput: where it is not a folder, holds a link or a special file, or cannot be read.
    """
    left_out = set(leave_out)
    try:
        found = sorted(_files(folder), key=lambda path: path.encode())
        entries = tuple(_entry(folder, path) for path in found if path not in left_out)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(error.filename or folder)) from None
    return Manifest(files=entries)


def write_manifest(folder: Path, name: str = NAME) -> Manifest:
    """Take the manifest of ``folder`` and write it there; the file appears whole or not at all.

    Raises:
        BadInput: as ``take_manifest``, and where it cannot be written.
    """
    partial = folder / f".{name}.partial"
    manifest = take_manifest(folder, (name, partial.name))
    try:
        partial.write_bytes(manifest.text().encode())
        partial.replace(folder / name)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BadInput(str(error.strerror), file=str(folder / name)) from None
    return manifest


def read_manifest(file: Path) -> Manifest:
    """A manifest that somebody else may have written.

    Raises:
        BadInput: where it is not a manifest, names a file twice, or names one outside its folder.
    """
    try:
        document = json.loads(file.read_bytes())
        manifest = Manifest.model_validate(document)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None
    except ValidationError as error:
        raise first_fault(error, Manifest, document, str(file)) from None
    except (ValueError, RecursionError):
        raise BadInput("is not JSON", file=str(file)) from None
    if manifest.format != FORMAT:
        raise BadInput(
            f"is of the form {manifest.format!r}", file=str(file), field="format", remedy=FORMAT
        )
    seen: set[str] = set()
    for place, each in enumerate(manifest.files):
        field = f"files[{place}].path"
        if not stays_inside(each.path):
            raise BadInput(f"{each.path!r} leaves the folder", file=str(file), field=field)
        if each.path in seen:
            raise BadInput(f"{each.path!r} stands there twice", file=str(file), field=field)
        seen.add(each.path)
    return manifest


def check_manifest(folder: Path, manifest: Manifest, leave_out: Iterable[str] = (NAME,)) -> Changes:
    """What is missing from ``folder``, what has other content, and what the manifest does not name.

    Raises:
        BadInput: as ``take_manifest``.
    """
    named = {each.path: each for each in manifest.files}
    found = {each.path: each for each in take_manifest(folder, leave_out).files}
    return Changes(
        missing=tuple(path for path in sorted(named) if path not in found),
        changed=tuple(
            path for path in sorted(named) if path in found and found[path] != named[path]
        ),
        added=tuple(path for path in sorted(found) if path not in named),
    )


def stays_inside(path: str) -> bool:
    """Whether a path with forward slashes is a plain one that stays below its folder.

    >>> stays_inside("data/scores.csv"), stays_inside("../scores.csv"), stays_inside("/etc/hosts")
    (True, False, False)
    """
    plain = path.isprintable() and "\\" not in path and ":" not in path
    parts = PurePosixPath(path).parts
    inside = bool(parts) and not path.startswith("/") and ".." not in parts
    return plain and inside and str(PurePosixPath(path)) == path


def _files(folder: Path) -> Iterator[str]:
    """Every file below ``folder``; a link may lead out of it, so none is followed or accepted."""
    if folder.is_symlink() or not folder.is_dir():
        raise BadInput("is not a folder", file=str(folder))
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                name = path.relative_to(folder).as_posix()
                if entry.is_symlink():
                    raise BadInput("is a link", file=str(path), remedy="put the file itself there")
                if not stays_inside(name):
                    raise BadInput("has a name that not every system can hold", file=str(path))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif entry.is_file(follow_symlinks=False):
                    yield name
                else:
                    raise BadInput("is neither a file nor a folder", file=str(path))


def _entry(folder: Path, path: str) -> FileEntry:
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileEntry(path=path, size=file.tell(), sha256=digest)
