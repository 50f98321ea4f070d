"""Donghaeng (동행): a fair chance for everyone who meets a barrier to it.

The nouns of the command line are here as functions and modules; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .household import assess as assess
    from .household import read_households as read_households
    from .kernel import Batch as Batch
    from .kernel import Kernel as Kernel
    from .laws import law_on as law_on
    from .rules import BadInput as BadInput
    from .rules import Book as Book
    from .rules import Bundle as Bundle
    from .rules import HouseholdFacts as HouseholdFacts
    from .rules import Law as Law
    from .rules import LawFault as LawFault

# Nouns of the command line that are modules here.
_NOUNS = ("evidence", "household", "index", "sources")
_PLACES = {
    "BadInput": "rules",
    "Batch": "kernel",
    "Book": "rules",
    "Bundle": "rules",
    "HouseholdFacts": "rules",
    "Kernel": "kernel",
    "Law": "rules",
    "LawFault": "rules",
    "assess": "household",
    "law_on": "laws",
    "read_households": "household",
}

__all__ = ["__version__", *_NOUNS, *_PLACES]


def __getattr__(name: str) -> Any:
    if name in _NOUNS:
        return import_module(f"{__name__}.{name}")
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
