"""What the law gives beside what the survey recorded: four groups, none of them dropped.

*Entitled and not receiving* is what 복지 사각지대 means. *Not entitled but receiving* are people whom the
computation does not find entitled: the survey's facts are of another month, or rounded, or the law used is
not the one applied. They measure how far the other figures can be trusted, so they are always printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy

from donghaeng.rules.faults import BadInput

from .calibration import checked_weights
from .claiming import FlagArray
from .keyed_draws import FloatArray, WholeArray


class Group(StrEnum):
    """Entitled or not, receiving or not; ``label`` is its name in the catalogue."""

    RECEIVING = "entitled_receiving"
    NOT_RECEIVING = "entitled_not_receiving"
    UNEXPECTED = "not_entitled_receiving"
    NEITHER = "neither"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> str:
        return GROUP_LABELS[self]


GROUP_LABELS = {
    Group.RECEIVING: "entitled and receiving",
    Group.NOT_RECEIVING: "entitled and not receiving",
    Group.UNEXPECTED: "not entitled but receiving",
    Group.NEITHER: "neither entitled nor receiving",
    Group.UNDETERMINED: "entitlement or receipt not known",
}


@dataclass(frozen=True)
class Cell:
    """One group: rows, the sum of their weights and its standard error, and their amounts (weighted sums)."""

    group: Group
    rows: int
    weight: float
    weight_error: float
    entitlement: float
    received: float


@dataclass(frozen=True)
class Ratio:
    """A share with its standard error; NaN where there is nobody to take it of."""

    value: float
    error: float


@dataclass(frozen=True)
class ReceiptComparison:
    """The four groups and those not known; the rows of the five add up to the rows given.

    ``take_up`` is the share receiving of those entitled, ``unexpected`` the share computed as not entitled
    of those receiving.
    """

    cells: tuple[Cell, ...]
    take_up: Ratio
    unexpected: Ratio
    rows: int
    clusters: int

    def __getitem__(self, group: Group) -> Cell:
        return next(cell for cell in self.cells if cell.group is group)


def compare_receipt(
    entitlement: FloatArray,
    received: FloatArray,
    weight: FloatArray,
    *,
    household_id: WholeArray | None = None,
) -> ReceiptComparison:
    """Computed entitlement against recorded receipt.

    Args:
        entitlement: shape (n,), computed amount; NaN where it is undetermined.
        received: shape (n,), recorded amount; NaN where it is not known.
        weight: shape (n,), above 0.
        household_id: shape (n,), where several rows are of one household: errors are between households.

    Standard errors take households as drawn with replacement: V = n/(n − 1) Σ (z_h − z̄)² for a total of z,
    and the same of its linearisation for a ratio.

    Raises:
        BadInput: for arrays of different lengths, negative amounts or weights not above 0.

    >>> found = compare_receipt(numpy.array([10.0, 10, 0, 0]), numpy.array([8.0, 0, 5, 0]), numpy.ones(4))
    >>> [cell.rows for cell in found.cells], found.take_up.value
    ([1, 1, 1, 1, 0], 0.5)
    """
    due, got = _amounts(entitlement, "entitlement"), _amounts(received, "received")
    if due.shape != got.shape:
        raise BadInput(f"{len(got)} rows of receipt for {len(due)} entitlements", field="received")
    weight = checked_weights(weight, len(due))
    ids = numpy.arange(len(due)) if household_id is None else numpy.asarray(household_id)
    if ids.shape != due.shape:
        raise BadInput(f"{len(ids)} ids for {len(due)} rows", field="household_id")
    _, household = numpy.unique(ids, return_inverse=True)
    groups = _groups(due, got)
    cells = tuple(_cell(group, rows, due, got, weight, household) for group, rows in groups.items())
    both = groups[Group.RECEIVING]
    return ReceiptComparison(
        cells=cells,
        take_up=_ratio(both, both | groups[Group.NOT_RECEIVING], weight, household),
        unexpected=_ratio(
            groups[Group.UNEXPECTED], both | groups[Group.UNEXPECTED], weight, household
        ),
        rows=len(due),
        clusters=int(household.max()) + 1 if len(due) else 0,
    )


def _groups(due: FloatArray, got: FloatArray) -> dict[Group, FlagArray]:
    known = ~(numpy.isnan(due) | numpy.isnan(got))
    entitled, receiving = due > 0, got > 0
    return {
        Group.RECEIVING: known & entitled & receiving,
        Group.NOT_RECEIVING: known & entitled & ~receiving,
        Group.UNEXPECTED: known & ~entitled & receiving,
        Group.NEITHER: known & ~entitled & ~receiving,
        Group.UNDETERMINED: ~known,
    }


def _cell(
    group: Group,
    rows: FlagArray,
    due: FloatArray,
    got: FloatArray,
    weight: FloatArray,
    household: WholeArray,
) -> Cell:
    own = weight[rows]
    return Cell(
        group=group,
        rows=int(rows.sum()),
        weight=float(own.sum()),
        weight_error=_error_of_total(numpy.where(rows, weight, 0.0), household),
        entitlement=float(numpy.nansum(own * due[rows])),
        received=float(numpy.nansum(own * got[rows])),
    )


def _ratio(part: FlagArray, whole: FlagArray, weight: FloatArray, household: WholeArray) -> Ratio:
    total = float(weight[whole].sum())
    if total == 0:
        return Ratio(numpy.nan, numpy.nan)
    share = float(weight[part].sum()) / total
    linear = numpy.where(whole, weight * (part - share) / total, 0.0)
    return Ratio(share, _error_of_total(linear, household))


def _error_of_total(values: FloatArray, household: WholeArray) -> float:
    sums = numpy.bincount(household, values)
    if len(sums) < 2:
        return float("nan")
    return float(numpy.sqrt(len(sums) * numpy.var(sums, ddof=1)))


def _amounts(amounts: FloatArray, what: str) -> FloatArray:
    given = numpy.asarray(amounts, dtype=numpy.float64)
    if given.ndim != 1:
        raise BadInput(f"an array of shape {given.shape}", field=what, remedy="one number a row")
    wrong = numpy.flatnonzero((given < 0) | numpy.isinf(given))
    if len(wrong):
        raise BadInput(f"row {wrong[0]} is {given[wrong[0]]}", field=what, remedy="from 0 up")
    return given
