"""A value that a mean cannot take, with its place, so that a caller can name the unit and the indicator."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from donghaeng.rules.faults import BadInput

from ..arrays import FlagArray, FloatArray


class NonPositive(BadInput):
    """A value too low for the rule that it enters.

    ``row`` and ``column`` are its place on the last two axes of the values (the first such place);
    ``column`` is None where it is the mean of the row that is too low. In a tree, ``group`` is the code of the
    node that was to be computed and ``child`` the code of the child in that column.
    """

    def __init__(
        self,
        rule: str,
        *,
        value: float,
        row: int,
        column: int | None,
        limit: str,
        group: str = "",
        child: str = "",
    ) -> None:
        self.rule = rule
        self.value = value
        self.row = row
        self.column = column
        self.limit = limit
        self.group = group
        self.child = child
        what = "the mean" if column is None else repr(child) if child else f"column {column}"
        super().__init__(
            f"{rule} needs values {limit}: {what} of row {row} is {value:g}",
            field=group,
            remedy="normalise to a range above zero (for example 1 to 100)",
        )

    def inside(self, group: str, children: Sequence[str]) -> NonPositive:
        """The same fault, told of the group of a tree whose children are the columns."""
        return NonPositive(
            self.rule,
            value=self.value,
            row=self.row,
            column=self.column,
            limit=self.limit,
            group=group,
            child="" if self.column is None else children[self.column],
        )

    def below(self, rows: int) -> NonPositive:
        """The same fault in a table that begins so many rows higher."""
        return NonPositive(
            self.rule,
            value=self.value,
            row=self.row + rows,
            column=self.column,
            limit=self.limit,
            group=self.group,
            child=self.child,
        )


def refuse(bad: FlagArray, values: FloatArray, rule: str, limit: str) -> None:
    """Raise :class:`NonPositive` for the first value (..., rows, children) that is flagged as bad."""
    if bad.any():
        place = tuple(numpy.argwhere(bad)[0])
        raise NonPositive(
            rule, value=float(values[place]), row=int(place[-2]), column=int(place[-1]), limit=limit
        )
