"""A file appears whole or not at all, also where several processes write it at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from donghaeng.rules.faults import BadInput


def write_whole(file: Path, content: bytes) -> None:
    """Write ``content`` beside ``file`` under a name of its own, and put it in place in one step.

    Raises:
        BadInput: where it cannot be written.
    """
    if file.is_dir():
        raise BadInput("is a folder", file=file.name, remedy="name a file in it")
    partial = ""
    try:
        handle, partial = tempfile.mkstemp(
            prefix=f".{file.name}.", suffix=".partial", dir=file.parent
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # A temporary file is closed to others; what people make is as open as they have set it.
        os.chmod(partial, 0o666 & ~_mask())
        os.replace(partial, file)
    except OSError as error:
        raise BadInput(str(error.strerror), file=str(file)) from None
    finally:
        if partial:
            Path(partial).unlink(missing_ok=True)


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
