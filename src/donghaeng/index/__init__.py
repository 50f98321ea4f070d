"""The index: how the city does, and how sure we are.

>>> from donghaeng import index
>>> town = index.read_index("examples/index/tutorial/index.yaml")
>>> built = index.build(town, index.read_panel(town, "examples/index/tutorial"))
>>> built.tree.codes[built.tree.top] == town.top
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .chain.build import Build as Build
    from .chain.build import build as build
    from .framework import Index as Index
    from .framework import index_text as index_text
    from .framework import read_index as read_index
    from .panel import Panel as Panel
    from .panel import read_panel as read_panel
    from .uncertainty.study import study_of as study_of

# Each is loaded when it is first used, so that reading a file needs no compiled arrays.
_PLACES = {
    "Build": "chain",
    "Index": "framework",
    "Panel": "panel",
    "build": "chain",
    "index_text": "framework",
    "read_index": "framework",
    "read_panel": "panel",
    "study_of": "uncertainty.study",
}

__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
