"""Sweep files: a base reform, the parameters that take one value after another, measures and a budget.

frontier: {ko: 기준선과 지급 비율, en: Line and taper}
reform: safety_income_85.yaml
parameters:
  safety_income_line_ratio: {from: 50%, to: 100%, step: 2%}
  safety_income_share: [30%, 40%, 50%, 60%]
measures: [poverty_gap, gini]                 # each against the cost
budget: 300_000_000_000                       # won a month
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from donghaeng.evidence.input_files import Entry, Text, read_file
from donghaeng.rules.faults import BadInput
from donghaeng.rules.law import Law
from donghaeng.rules.parameters import Parameter

from ..reform_files import Reform, read_reform
from ..scenario import Scenario
from ..sweep import OBJECTIVES, Exact, Family, Figure, Point, exact, swept_parameter

MOST_POINTS = 100_000
Value = int | str


class Span(Entry):
    """Values from the first to the last, step by step."""

    first: Value = Field(alias="from")
    last: Value = Field(alias="to")
    step: Value


class SweepFile(Entry):
    """What is swept, and what is told of it."""

    frontier: Text
    reform: str
    parameters: Annotated[dict[str, Span | tuple[Value, ...]], Field(min_length=1)]
    measures: Annotated[tuple[Figure, ...], Field(min_length=1)] = (Figure.POVERTY_GAP,)
    budget: Annotated[int, Field(strict=True, gt=0)] | None = None


@dataclass(frozen=True)
class Grid:
    """Every combination of the values of some parameters, the last one running fastest."""

    values: Mapping[str, tuple[Exact, ...]]

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(
            dict(zip(self.values, each, strict=True))
            for each in itertools.product(*self.values.values())
        )


@dataclass(frozen=True)
class Plan:
    """A sweep file, read with the reform that it names."""

    content: SweepFile
    file: Path
    reform: Reform
    reform_file: Path

    @classmethod
    def read(cls, file: Path) -> Plan:
        """The plan in ``file``.

        Raises:
            BadInput, LawFault: with file and field, for the first thing that is not right.
        """
        content = read_file(file, SweepFile)
        for measure in content.measures:
            if measure not in OBJECTIVES:
                raise BadInput(
                    f"{measure.value!r} is no measure of which less is better",
                    file=str(file),
                    field="measures",
                    remedy=f"one of {', '.join(OBJECTIVES)}",
                )
        beside = file.parent / content.reform
        return cls(content, file, read_reform(beside), beside)

    def family(self, before: Scenario) -> Family:
        return Family(before, self.reform, self.reform_file)

    def grid(self, law: Law) -> Grid:
        """The values of every parameter, exact.

        Args:
            law: the reformed law, which has the parameters that the reform brings.

        Raises:
            BadInput: for an unknown parameter, a value that it cannot take, or too many points.
        """
        values: dict[str, tuple[Exact, ...]] = {}
        for name, given in self.content.parameters.items():
            field = f"parameters.{name}"
            parameter = swept_parameter(law, name, file=str(self.file), field=field)

            if isinstance(given, Span):
                ends = (given.first, given.last, given.step)
                first, last, step = (self._exact(parameter, each, field) for each in ends)
                values[name] = self._span(first, last, step, field)
            else:
                read = [self._exact(parameter, each, field) for each in given]
                values[name] = tuple(dict.fromkeys(read))
        count = math.prod(len(each) for each in values.values())
        if not 0 < count <= MOST_POINTS:
            raise BadInput(
                f"{count:,} reforms",
                file=str(self.file),
                field="parameters",
                remedy=f"from 1 to {MOST_POINTS:,}",
            )
        return Grid(values)

    def _exact(self, parameter: Parameter, value: Value, field: str) -> Exact:
        return exact(parameter, value, file=str(self.file), field=field)

    def _span(self, first: Exact, last: Exact, step: Exact, field: str) -> tuple[Exact, ...]:
        if step <= 0 or last < first:
            raise BadInput(
                "a span goes up: from is at most to, and the step is above zero",
                file=str(self.file),
                field=field,
            )
        count = min(int((last - first) // step), MOST_POINTS) + 1
        return tuple(first + number * step for number in range(count))
