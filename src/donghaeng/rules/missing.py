"""A value that is not known. It may be passed on freely; whoever uses it learns that it is missing."""

from __future__ import annotations

from typing import Any, NoReturn


class MissingValue(Exception):
    """Raised where a rule uses a value that is not known."""

    def __init__(self, blockers: frozenset[str]) -> None:
        self.blockers = blockers
        super().__init__(", ".join(sorted(blockers)))


class Missing:
    """Stands for a value that is not known, and remembers the names that would settle it.

    ``blockers`` are names of facts (``p1.earnings``), of parameters that are declared gaps, and of
    choices between regimes that nobody has made.
    """

    __slots__ = ("blockers",)

    def __init__(self, *blockers: str) -> None:
        self.blockers = frozenset(blockers)

    def __repr__(self) -> str:
        return f"Missing({', '.join(sorted(self.blockers))})"

    def _use(self, *_: Any) -> NoReturn:
        raise MissingValue(self.blockers)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _use
    __truediv__ = __rtruediv__ = __neg__ = __pos__ = __abs__ = __floor__ = _use
    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __index__ = __hash__ = _use
    __eq__ = __ne__ = _use
    __getitem__ = __getattr__ = _use


def is_missing(value: object) -> bool:
    """Whether ``value`` is unknown; the one question that a missing value answers."""
    return type(value) is Missing
