"""The people whose work may respond: what they earn, what they keep, and to which groups they belong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy

from donghaeng.rules.faults import BadInput

from .arrays import FlagArray, FloatArray, WholeArray
from .labels import Labels, labels_of
from .parameters import Parameter

SELF_EMPLOYED = "self_employed"


@dataclass(frozen=True)
class Workers:
    """One row a person, all arrays of shape (n,); NaN where a figure is not known.

    All rates and incomes, of the baseline and of the reform, are those at *unchanged* earnings. For
    whoever does not work, ``earnings``, ``hours`` and both participation tax rates are what they would be
    at work.

    Attributes:
        weight: persons that a row stands for; above 0.
        works: whether the person works now.
        earnings: won a month at work; above 0 for those who work.
        hours: hours a week at work.
        net_of_tax_baseline, net_of_tax_reform: what is kept of one more won (1 - effective marginal tax
            rate); not used for those who do not work.
        participation_tax_baseline, participation_tax_reform: the part of earnings that is lost by working
            at all.
        income_baseline, income_reform: disposable income in won a month.
        treated: whether the reform newly reaches the person's household (the treated cell of a pilot).
        head: whether the person is the head of a household.
        groups: label -> group of each row, such as ``sex`` -> ``Labels.of(["male", "female"])``. Rows of
            different groups of the label ``self_employed``, if there is one, are never in one cell: who
            lives on a business and not on wages is not somebody out of work.

    Raises:
        BadInput: for lengths that differ, weights that are not above 0, earnings that are not possible.
    """

    weight: FloatArray
    works: FlagArray
    earnings: FloatArray
    hours: FloatArray
    net_of_tax_baseline: FloatArray
    net_of_tax_reform: FloatArray
    participation_tax_baseline: FloatArray
    participation_tax_reform: FloatArray
    income_baseline: FloatArray
    income_reform: FloatArray
    treated: FlagArray
    head: FlagArray
    groups: Mapping[str, Labels] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arrays = {each.name: getattr(self, each.name) for each in fields(self)[:-1]}
        codes = {label: of.codes for label, of in self.groups.items()}
        for name, values in {**arrays, **codes}.items():
            if values.shape != self.weight.shape or values.ndim != 1:
                raise BadInput(f"has the shape {values.shape}, not that of the weights", field=name)
        for name, values in arrays.items():
            if numpy.isinf(values).any():
                raise BadInput("is infinite in a row", field=name)
        _every(self.weight > 0, "weight", "is not above 0")
        _every(~(self.earnings < 0), "earnings", "are below 0")
        _every(~(self.hours < 0), "hours", "are below 0")
        _every(~self.works | (self.earnings > 0), "earnings", "of somebody at work are not above 0")

    @property
    def rows(self) -> int:
        return self.weight.size

    def taken(self, rows: FlagArray) -> Workers:
        """Only the flagged rows."""
        arrays = {each.name: getattr(self, each.name)[rows] for each in fields(self)[:-1]}
        return Workers(
            **arrays, groups={label: of.taken(rows) for label, of in self.groups.items()}
        )

    def cells(self, labels: tuple[str, ...]) -> WholeArray:
        """The number of the cell of every row, where a cell shares all ``labels``; the self-employed apart.

        Raises:
            BadInput: for a label that the people do not have.
        """
        numbers = numpy.zeros(self.rows, numpy.int64)
        apart = (SELF_EMPLOYED,) if SELF_EMPLOYED in self.groups else ()
        for label in dict.fromkeys((*labels, *apart)):
            of = labels_of(self.groups, label, "groups")
            numbers = numbers * len(of.names) + of.codes
        return numbers

    def values_of(self, parameters: tuple[Parameter, ...], name: str) -> FloatArray:
        """The value of a parameter for every row: that of the first entry whose groups fit.

        Raises:
            BadInput: for rows that no entry fits; a missing value is not 0.
        """
        values = numpy.full(self.rows, numpy.nan)
        for parameter in reversed(parameters):
            values[self.fitting(parameter)] = parameter.value
        if parameters:
            _every(~numpy.isnan(values), name, "is not stated for a row's groups")
        return values if parameters else numpy.zeros(self.rows)

    def fitting(self, parameter: Parameter) -> FlagArray:
        """The rows whom a parameter describes."""
        fits = numpy.ones(self.rows, numpy.bool_)
        for label, groups in parameter.where.items():
            fits &= labels_of(self.groups, label, "groups").among(groups)
        return fits


def _every(good: FlagArray, name: str, message: str) -> None:
    if not good.all():
        first = int(numpy.argmin(good))
        rest = int(good.size - good.sum()) - 1
        others = f" (and {rest} more)" if rest else ""
        raise BadInput(f"{message}: row {first}{others}", field=name)
