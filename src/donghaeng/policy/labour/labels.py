"""To which group each row belongs, as a number of a name: quick to compare in millions of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import ArrayLike

from donghaeng.rules.faults import BadInput, nearest

from .arrays import FlagArray, WholeArray


@dataclass(frozen=True)
class Labels:
    """The groups of one label.

    Attributes:
        names: of the groups.
        codes: (n,) the position of each row's group in ``names``.

    Raises:
        BadInput: for a code that has no name.

    >>> Labels.of(["male", "female", "male"])
    Labels(names=('female', 'male'), codes=array([1, 0, 1]))
    """

    names: tuple[str, ...]
    codes: WholeArray

    def __post_init__(self) -> None:
        if self.codes.size and not 0 <= self.codes.min() <= self.codes.max() < len(self.names):
            raise BadInput(f"a row's group is none of {', '.join(self.names)}", field="groups")

    @classmethod
    def of(cls, values: ArrayLike) -> Labels:
        """From the name of every row's group, (n,)."""
        names, codes = numpy.unique(numpy.asarray(values, dtype=numpy.str_), return_inverse=True)
        return cls(tuple(names.tolist()), codes)

    def among(self, names: tuple[str, ...]) -> FlagArray:
        """Rows whose group is one of ``names``; a name that no row has fits nobody."""
        wanted = numpy.array([name in names for name in self.names], dtype=numpy.bool_)
        return wanted[self.codes]

    def taken(self, rows: FlagArray) -> Labels:
        """Only the flagged rows."""
        return Labels(self.names, self.codes[rows])


def labels_of(groups: Mapping[str, Labels], label: str, field: str) -> Labels:
    """The groups of a label.

    Raises:
        BadInput: for a label that the people do not have.
    """
    if label not in groups:
        raise BadInput(
            f"the people have no label {label!r}",
            field=field,
            remedy=nearest(label, groups) or f"one of {', '.join(groups) or 'none'}",
        )
    return groups[label]
