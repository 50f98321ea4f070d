"""What the verbs of ``donghaeng index`` share: the file, and the build of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from donghaeng.index.chain import Build

File = Annotated[Path, typer.Argument(help="The index file (YAML).")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")]


def open_build(file: Path) -> Build:
    """The index of a file, built from the figures beside it.

    Raises:
        BadInput: where the file or its figures are not right.
    """
    from donghaeng.index.chain import build
    from donghaeng.index.framework import read_index
    from donghaeng.index.panel import read_panel
    from donghaeng.rules.faults import BadInput

    index = read_index(file)
    panel = read_panel(index, file.parent)
    try:
        return build(index, panel)
    except BadInput as fault:
        raise BadInput(
            fault.message, file=fault.file or str(file), field=fault.field, remedy=fault.remedy
        ) from None
