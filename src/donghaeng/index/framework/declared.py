"""Whether a name that one part of an index file uses is declared in another."""

from __future__ import annotations

from collections.abc import Iterable

from donghaeng.rules.faults import BadInput, nearest


def require(name: str, known: Iterable[str], what: str, file: str, field: str) -> None:
    """Refuse a name that is not among ``known``, with the nearest one that is."""
    known = list(known)
    if name not in known:
        raise BadInput(
            f"there is no {what} {name!r}",
            file=file,
            field=field,
            remedy=nearest(name, known)
            or (f"one of {', '.join(known[:12])}" if known else f"declare the {what}"),
        )
