"""What people choose from: for every point of hours the income that the law leaves, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy

from donghaeng.policy.labour.arrays import FlagArray, FloatArray, WholeArray
from donghaeng.policy.labour.labels import Labels
from donghaeng.policy.labour.settings import DiscreteChoice
from donghaeng.rules.faults import BadInput


@dataclass(frozen=True)
class Choices:
    """One row a person, one column a point of hours; n rows, m points.

    Attributes:
        income: (n, m) disposable income of the household in won a month at each point.
        earnings: (n, m) gross earnings of the person in won a month at each point; 0 in the first column.
        chosen: (n,) the observed point, counted from 0.
        weight: (n,) persons that a row stands for; above 0.
        covariates: name -> (n,), for the terms that shift tastes.
        treated, head: (n,) flags as in ``Workers``, needed to calibrate.
        groups: label -> the groups of the rows.
    """

    income: FloatArray
    earnings: FloatArray
    chosen: WholeArray
    weight: FloatArray
    covariates: Mapping[str, FloatArray]
    treated: FlagArray
    head: FlagArray
    groups: Mapping[str, Labels] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows, points = self.income.shape
        check_income(self.income, "income", (rows, points))
        check_income(self.earnings, "earnings", (rows, points))
        codes = {label: of.codes for label, of in self.groups.items()}
        vectors = {"chosen": self.chosen, "weight": self.weight, "treated": self.treated}
        for name, values in {
            **vectors,
            "head": self.head,
            **self.covariates,
            **codes,
        }.items():
            if values.shape != (rows,):
                raise BadInput(f"has the shape {values.shape}, not ({rows},)", field=name)
        for name, covariate in self.covariates.items():
            if not numpy.isfinite(covariate).all():
                raise BadInput("is not known in a row", field=name)
        if not (self.weight > 0).all():
            raise BadInput("is not above 0 in a row", field="weight")
        if rows == 0 or self.chosen.min() < 0 or self.chosen.max() >= points:
            raise BadInput(f"every row chooses one of {points} points, from 0", field="chosen")

    @property
    def rows(self) -> int:
        return self.chosen.size

    def check_points(self, model: DiscreteChoice) -> None:
        """Refuse choices whose columns are not the points of the model."""
        if self.income.shape[1] != len(model.hours):
            raise BadInput(
                f"has {self.income.shape[1]} columns for {len(model.hours)} points of hours",
                field="income",
            )


def check_income(values: FloatArray, name: str, shape: tuple[int, ...]) -> None:
    """Refuse amounts that are not known, or not there for every row and point."""
    if values.shape != shape:
        raise BadInput(f"has the shape {values.shape}, not {shape}", field=name)
    if not numpy.isfinite(values).all():
        raise BadInput("is not known at a point of hours", field=name)
