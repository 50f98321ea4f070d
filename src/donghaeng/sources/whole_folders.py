"""A folder of files appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from donghaeng.rules.faults import BadInput


def refuse_other_folders(folder: Path, *, mark: str) -> None:
    """Refuse a folder that holds what was not written by the same command.

    Raises:
        BadInput: where ``folder`` is a file, or holds something but not ``mark``.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput("is a file", file=str(folder), remedy="name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / mark).is_file():
        raise BadInput(
            "is not empty and was not written by this command",
            file=str(folder),
            remedy="name a new folder",
        )


def write_folder(folder: Path, files: Mapping[str, str | bytes | Path], *, mark: str) -> None:
    """Write ``files`` (path within the folder: content) beside ``folder`` and put them in place in one step.

    A folder that is there already is replaced only if it is empty or holds ``mark``, the file by which it is
    recognised as an earlier result of the same kind; whatever else it holds would be lost. A file that stands
    somewhere already (a path for its content) is moved.

    Raises:
        BadInput: where the folder holds something else, or cannot be written.
    """
    refuse_other_folders(folder, mark=mark)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(folder)) from None
    try:
        for name, content in files.items():
            file = partial / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.move(content, file)
            else:
                file.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.chmod(0o755)
        if folder.exists():
            earlier = partial.with_name(f"{partial.name}.earlier")
            folder.rename(earlier)
            partial.rename(folder)
            shutil.rmtree(earlier)
        else:
            partial.rename(folder)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(folder)) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
