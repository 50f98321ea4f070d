"""What the figures are like: coverage, age, outliers and what was treated, imputed cells, status, gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy

from donghaeng.index.chain.context import Figures
from donghaeng.index.chain.treating import treated_parts
from donghaeng.index.coherence.description import describe
from donghaeng.index.framework import steps
from donghaeng.index.framework.vocabulary import Label
from donghaeng.index.treatment import Outcome

from .subject import Subject

# The status of a figure that its publisher stands for; every other one stays marked.
OFFICIAL = "official"
MISSING = "missing"
# Without a step that treats outliers, the test of COINr says which columns have any.
SKEWNESS, KURTOSIS = 2.0, 3.5


@dataclass(frozen=True)
class Coverage:
    """How many figures of a unit or of an indicator are known, of how many.

    ``counts`` is false for an indicator that stands under a node whose figures are given.
    """

    code: str
    known: int
    asked: int
    counts: bool = True

    @property
    def share(self) -> float:
        """The known part."""
        return self.known / self.asked if self.asked else float("nan")


@dataclass(frozen=True)
class Age:
    """The latest period of which an indicator has figures, and how many years that is before the reference."""

    indicator: str
    period: str
    years: int


@dataclass(frozen=True)
class TreatedValue:
    """A unit's figure before and after treatment."""

    unit: str
    period: str
    before: float
    after: float


@dataclass(frozen=True)
class Outliers:
    """The shape of an indicator before and after treatment, and what was done; ``period`` is empty for all.

    ``points`` were winsorised. ``values`` holds all figures of an indicator of which some were changed.
    """

    indicator: str
    period: str
    skewness_before: float
    kurtosis_before: float
    skewness_after: float
    kurtosis_after: float
    outcome: str
    points: int
    transformed: bool
    values: tuple[TreatedValue, ...] = ()


@dataclass(frozen=True)
class Imputed:
    """A figure that was filled in."""

    unit: str
    period: str
    indicator: str
    value: float
    how: str


@dataclass(frozen=True)
class NotOfficial:
    """Figures of an indicator that are not official, by their status."""

    indicator: str
    status: str
    figures: int


@dataclass(frozen=True)
class Gap:
    """Something that the index file says is not known, and what is assumed instead."""

    what: Label
    assumed: Label | None


@dataclass(frozen=True)
class DataQuality:
    """The figures of an index."""

    reference: str
    units: tuple[Coverage, ...]
    indicators: tuple[Coverage, ...]
    ages: tuple[Age, ...]
    outliers: tuple[Outliers, ...]
    treated: bool
    imputed: tuple[Imputed, ...]
    statuses: tuple[tuple[str, int], ...]
    not_official: tuple[NotOfficial, ...]
    not_used: tuple[str, ...]
    gaps: tuple[Gap, ...]


def data_quality(subject: Subject) -> DataQuality:
    """The section on the figures."""
    index, panel = subject.index, subject.panel
    known = ~numpy.isnan(panel.values)
    counted = numpy.array([code in index.leaves for code in panel.columns])
    units = numpy.array([unit for unit, _ in panel.rows])
    per_unit = tuple(
        Coverage(unit, int(known[units == unit][:, counted].sum()), int(counted.sum()) * periods)
        for unit in panel.units
        for periods in [len(panel.periods)]
    )
    per_indicator = tuple(
        Coverage(code, int(known[:, column].sum()), len(known), bool(counted[column]))
        for column, code in enumerate(panel.columns)
    )
    has_step = any(isinstance(step, steps.Treat) for step in index.steps)
    statuses = _statuses(subject)
    return DataQuality(
        reference=panel.periods[-1],
        units=per_unit,
        indicators=per_indicator,
        ages=_ages(subject),
        outliers=_treated(subject) if has_step else _untreated(subject),
        treated=has_step,
        imputed=tuple(
            Imputed(entry.unit, entry.period, entry.indicator, entry.after, entry.what)
            for entry in subject.build.ledger
            if entry.step == "impute" and entry.unit and not numpy.isnan(entry.after)
        ),
        statuses=tuple(sorted(Counter(status for _, status in statuses).items())),
        not_official=tuple(
            NotOfficial(indicator, status, figures)
            for (indicator, status), figures in sorted(Counter(statuses).items())
            if status != OFFICIAL
        ),
        not_used=panel.not_used,
        gaps=tuple(Gap(gap.what, gap.assumed) for gap in index.gaps),
    )


def _statuses(subject: Subject) -> list[tuple[str, str]]:
    """Indicator and status of each figure that is there."""
    panel = subject.panel
    return [
        (panel.columns[column], str(panel.statuses[row, column]) or "not said")
        for row, column in numpy.argwhere(~numpy.isnan(panel.values))
        if panel.statuses[row, column] != MISSING
    ]


def _ages(subject: Subject) -> tuple[Age, ...]:
    """How old the latest figures of each indicator are."""
    index, panel = subject.index, subject.panel
    reference = panel.periods[-1]
    found = []
    for column, code in enumerate(panel.columns):
        rows = numpy.flatnonzero(~numpy.isnan(panel.values[:, column]))
        if not len(rows):
            continue
        period = panel.rows[int(rows[-1])][1]
        own = index.indicators[code].period if code in index.indicators else None
        if index.periods.mode == "cross_section" and own:
            period = own
        found.append(Age(code, period, _year(reference) - _year(period)))
    return tuple(found)


def _year(period: str) -> int:
    return int(period[:4] or 0)


def _treated(subject: Subject) -> tuple[Outliers, ...]:
    """Each indicator as the step that treats outliers found and left it."""
    context, panel = subject.context, subject.panel
    place = next(k for k, s in enumerate(subject.index.steps) if isinstance(s, steps.Treat))
    step = subject.index.steps[place]
    assert isinstance(step, steps.Treat)
    before = subject.build.data_sets[place - _weighed_before(subject, place)].values
    before = before if before.ndim == 2 else before[0]
    found = []
    for rows, columns, treated in treated_parts(step.treat, Figures(before), context):
        names = panel.rows[rows]
        for at, column in enumerate(columns):
            old, new = before[rows, column], treated.values[:, at]
            changed = bool(((old != new) & ~numpy.isnan(old)).any())
            values = tuple(
                TreatedValue(*names[row], float(old[row]), float(new[row]))
                for row in range(len(names))
                if changed
            )
            found.append(
                Outliers(
                    context.codes[column],
                    "" if rows == slice(None) else names[0][1],
                    float(treated.skewness_before[at]),
                    float(treated.kurtosis_before[at]),
                    float(treated.skewness_after[at]),
                    float(treated.kurtosis_after[at]),
                    Outcome(int(treated.outcome[at])).name.lower(),
                    int(treated.points[at]),
                    bool(treated.transformed[at]),
                    values,
                )
            )
    return tuple(found)


def _weighed_before(subject: Subject, place: int) -> int:
    """Steps before ``place`` that leave no data set behind."""
    return sum(isinstance(step, steps.Weigh) for step in subject.index.steps[:place])


def _untreated(subject: Subject) -> tuple[Outliers, ...]:
    """The shape of each indicator in the period where nothing is treated; nothing of one unit."""
    if subject.one_unit:
        return ()
    codes = subject.context.codes
    values = subject.panel.values[subject.rows][:, : len(codes)]
    told = describe(values)
    found = []
    for column, code in enumerate(codes):
        skewness, kurtosis = float(told.skewness[column]), float(told.kurtosis[column])
        outlying = abs(skewness) >= SKEWNESS and kurtosis >= KURTOSIS
        said = "not treated" if outlying else Outcome.PASSED.name.lower()
        found.append(
            Outliers(code, "", skewness, kurtosis, skewness, kurtosis, said, 0, transformed=False)
        )
    return tuple(found)
