"""The households of a run as one sample: incomes before and after, groups, and figures with their errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from donghaeng.inequality import (
    Design,
    Distribution,
    Measure,
    MeasureName,
    NonPositive,
    Singletons,
    difference,
    measure,
    needs_line,
    relative_line,
)
from donghaeng.inequality.definitions import DEFINITIONS
from donghaeng.inequality.design import numbered
from donghaeng.inequality.nonpositive import Incomes
from donghaeng.population.store.columns import read_columns
from donghaeng.rules.faults import BadInput

from .design_keys import Sampling, design_columns
from .runs import Done
from .tally import Estimate, between_replicates

Array = np.ndarray
Result = TypeVar("Result")
POVERTY_SHARE = 0.5


@dataclass(frozen=True)
class Compared:
    """A figure before and after a reform, and its change with the error of the paired difference.

    ``note`` says why there is no figure, where there is none.
    """

    before: Estimate
    after: Estimate
    change: Estimate
    note: str = ""


@dataclass(frozen=True, eq=False)
class Sample:
    """Households whose incomes are known, with the columns by which results are told.

    Attributes:
        columns: of (households,): ``weight``, ``persons``, ``family_type``, ``age_band`` and, where the
            population has them, ``district``, ``stratum``, ``cluster``, ``replicate``; tax rates.
        before, after: disposable income of the household in a month under each distinct reading, won.
        readings: the number of the reading of each of them; the first is the main one.
        sampling: which unit varies.
        left_out: households whose income is not known, and their weight.
    """

    columns: dict[str, Array]
    before: dict[int, Array]
    after: dict[int, Array]
    readings: tuple[int, ...]
    sampling: Sampling
    left_out: tuple[int, float]

    @classmethod
    def of(cls, done: Done, sampling: Sampling) -> Sample:
        """The columns of every partition, one after the other.

        Raises:
            BadInput: where no household's income is known.
        """
        parts = [read_columns(file) for file in done.files]
        known = np.concatenate([part["known"] for part in parts])
        if not known.any():
            raise BadInput(
                "no household's income is known",
                field="population",
                remedy="assumptions for what the law or the population does not know",
            )
        everyone = bool(known.all())

        def joined(arrays: Sequence[Array]) -> Array:
            whole: Array = np.concatenate(arrays)
            if everyone:
                return whole
            chosen: Array = whole[known]
            return chosen

        distinct = tuple(dict.fromkeys(done.same))
        incomes_of = re.compile(r"(before|after)_\d+|known")
        names = [name for name in parts[0] if not incomes_of.fullmatch(name)]
        weight = np.concatenate([part["weight"] for part in parts])
        incomes: dict[str, dict[int, Array]] = {"before": {}, "after": {}}
        for stage, found in incomes.items():
            for number in distinct:
                places = [same[number] for same in done.same_in]
                keys = [
                    f"{stage}_{at}" if f"{stage}_{at}" in part else f"{stage}_0"
                    for part, at in zip(parts, places, strict=True)
                ]
                if number and set(keys) == {f"{stage}_0"}:
                    found[number] = found[0]
                    continue
                arrays = [part[key] for part, key in zip(parts, keys, strict=True)]
                found[number] = joined(arrays).astype(np.float64)
        return cls(
            {name: joined([part[name] for part in parts]) for name in names},
            incomes["before"],
            incomes["after"],
            distinct,
            sampling,
            (int((~known).sum()), float(weight[~known].sum())),
        )

    @property
    def count(self) -> int:
        return len(self.weight)

    @property
    def weight(self) -> Array:
        """Weight of each household."""
        return self.columns["weight"]

    @cached_property
    def people(self) -> Array:
        """Weight of each household times its persons: distributions count persons."""
        people: Array = self.weight * self.columns["persons"]
        return people

    @cached_property
    def scale(self) -> Array:
        """The square root of the persons (the equivalence scale of the OECD and Statistics Korea)."""
        scale: Array = np.sqrt(self.columns["persons"].astype(np.float64))
        return scale

    @cached_property
    def replicate(self) -> tuple[int, Array]:
        """How many replicates there are, and the place of each household's."""
        codes, place = np.unique(self.columns["replicate"], return_inverse=True)
        return len(codes), place

    @cached_property
    def design(self) -> Design:
        """The design under which a survey's errors are told, of persons."""
        return self._design(self.people)

    def _design(self, weights: Array) -> Design:
        """Clusters are numbered within strata; the only one of a stratum is compared with the mean of all."""
        stratum, cluster = (self.columns.get(name) for name in design_columns(self.sampling))
        if stratum is not None and cluster is not None:
            clusters, number = numbered(cluster)
            cluster = numbered(stratum)[1] * clusters + number
        return Design(weights, stratum, cluster, Singletons.CENTRE)

    def _with_error(self, value: float, influence: Array, design: Design | None = None) -> Estimate:
        """A figure with the error of the design; none where every stratum has a single unit."""
        design = design or self.design
        if not design.freedom:
            return Estimate(value)
        return Estimate(value, design.standard_error(influence), design.freedom)

    # Figures

    def mean(self, values: Array, weights: Array) -> Estimate:
        """The mean of ``values`` over households counted with ``weights``; a share where they are flags."""
        total = float(weights.sum())
        if not total:
            return Estimate(float("nan"))
        if self.sampling is Sampling.REPLICATES:
            count, place = self.replicate
            sums = np.bincount(place, weights=values * weights, minlength=count)
            sizes = np.bincount(place, weights=weights, minlength=count)
            return between_replicates(sums[sizes > 0] / sizes[sizes > 0])
        value = float(np.einsum("h,h->", values, weights)) / total
        with np.errstate(invalid="ignore", divide="ignore"):
            influence = (
                np.where(self.people > 0, weights / self.people, 0.0) * (values - value) / total
            )
        return self._with_error(value, influence)

    def means(self, values: Array, place: Array, groups: int, weights: Array) -> list[Estimate]:
        """The mean of ``values`` over the households of each group.

        Args:
            place: of each household's group, from 0; -1 where it is in none.
            weights: with which households are counted; 0 leaves them out.
        """
        if self.sampling is not Sampling.REPLICATES:
            return [
                self.mean(values, np.where(place == number, weights, 0.0))
                for number in range(groups)
            ]
        count, replicate = self.replicate
        inside = (weights > 0) & (place >= 0)
        rows = slice(None) if inside.all() else np.flatnonzero(inside)
        code = replicate[rows] * groups + place[rows]
        weight, length = weights[rows], count * groups
        sizes = np.bincount(code, weights=weight, minlength=length).reshape(count, groups)
        sums = np.bincount(code, weights=values[rows] * weight, minlength=length)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = sums.reshape(count, groups) / sizes
        return [
            between_replicates(column[there]) if there.any() else Estimate(float("nan"))
            for column, there in zip(means.T, (sizes > 0).T, strict=True)
        ]

    def total(self, values: Array) -> Estimate:
        """The weighted total of ``values`` over all households."""
        if self.sampling is Sampling.REPLICATES:
            count, place = self.replicate
            sums = np.bincount(place, weights=values * self.weight, minlength=count)
            return between_replicates(sums * count)
        value = float(np.einsum("h,h->", values, self.weight))
        return self._with_error(value, values.astype(np.float64), self._design(self.weight))

    def compared(
        self, names: Sequence[MeasureName], reading: int, *, anchored: bool = False
    ) -> dict[MeasureName, Compared]:
        """Measures of equivalised income before and after, and their change.

        The poverty line is half the median of the same distribution; with ``anchored``, that before the reform
        for both.
        """
        before, after = self.before[reading] / self.scale, self.after[reading] / self.scale
        if self.sampling is Sampling.REPLICATES:
            return self._between(names, reading, after, anchored)
        one = _Measured(before, self.people)
        other = _Measured(after, self.people, one.line if anchored else None)
        found = {}
        for name in names:
            try:
                pair = one.measure(name), other.measure(name)
            except BadInput as error:
                found[name] = _undefined(str(error))
                continue
            found[name] = Compared(
                self._estimate(pair[0]),
                self._estimate(pair[1]),
                self._estimate(difference(pair[1], pair[0])),
            )
        return found

    def touched_rows(self, name: MeasureName, reading: int) -> int:
        """Households whose income before or after is changed or left out by the rule that a measure needs."""
        rule = RULES[DEFINITIONS[name].incomes]
        if rule is NonPositive.AS_IS:
            return 0
        least = np.minimum(self.before[reading], self.after[reading])
        return int((least < 0 if rule is NonPositive.SET_TO_ZERO else least <= 0).sum())

    def _estimate(self, found: Measure) -> Estimate:
        if not self.design.freedom:
            return Estimate(found.value)
        return Estimate(found.value, found.standard_error(self.design), self.design.freedom)

    @cached_property
    def _rows_of_replicates(self) -> list[Array]:
        count, place = self.replicate
        order = np.argsort(place, kind="stable")
        return np.split(order, np.searchsorted(place[order], np.arange(1, count)))

    @cached_property
    def _measured(self) -> dict[int, list[_Measured]]:
        """The distributions before the reform by replicate; readings that share incomes share them."""
        return {}

    def _measured_before(self, reading: int) -> list[_Measured]:
        income = self.before[reading]
        if id(income) not in self._measured:
            self._measured[id(income)] = self._by_replicate(
                lambda rows, _: _Measured(income[rows] / self.scale[rows], self.people[rows])
            )
        return self._measured[id(income)]

    def _by_replicate(self, work: Callable[[Array, int], Result]) -> list[Result]:
        parts = self._rows_of_replicates
        with ThreadPoolExecutor() as threads:  # sorting lets others run
            return list(threads.map(work, parts, range(len(parts))))

    def _between(
        self, names: Sequence[MeasureName], reading: int, after: Array, anchored: bool
    ) -> dict[MeasureName, Compared]:
        reasons: dict[MeasureName, str] = {}

        def value(measured: _Measured, name: MeasureName) -> float:
            try:
                return measured.measure(name).value
            except BadInput as error:
                reasons[name] = str(error)
                return float("nan")

        before = self._measured_before(reading)

        def measured(rows: Array, number: int) -> list[list[float]]:
            one = before[number]
            other = _Measured(after[rows], self.people[rows], one.line if anchored else None)
            return [[value(each, name) for name in names] for each in (one, other)]

        found = self._by_replicate(measured)
        values = np.array(found).transpose(1, 0, 2)
        return {
            name: _undefined(reasons[name])
            if name in reasons
            else Compared(
                between_replicates(values[0, :, column]),
                between_replicates(values[1, :, column]),
                between_replicates(values[1, :, column] - values[0, :, column]),
            )
            for column, name in enumerate(names)
        }

    def deciles(self) -> Array:
        """The tenth of persons, 0 to 9, by equivalised income before the reform; ties stay together."""
        income = self.before[self.readings[0]] / self.scale
        order = np.argsort(income, kind="stable")
        share = np.cumsum(self.people[order]) / self.people.sum()
        ranked = income[order]
        # Everybody of one income is in the tenth in which the last of them is.
        last = np.searchsorted(ranked, ranked, side="right") - 1
        place = np.minimum((share[last] * 10 - 1e-9).astype(np.int64), 9)
        found = np.empty(self.count, np.int8)
        found[order] = place
        return found


def _undefined(reason: str) -> Compared:
    """No figure: the measure is not defined for these incomes."""
    nothing = Estimate(float("nan"))
    return Compared(nothing, nothing, nothing, reason)


class _Measured:
    """One distribution under the rules for incomes of zero or less that each measure needs."""

    def __init__(self, income: Array, people: Array, line: Measure | None = None) -> None:
        self.whole = Distribution.of(income, people)
        self._line = line
        self._under: dict[NonPositive, Distribution] = {NonPositive.AS_IS: self.whole}

    @property
    def line(self) -> Measure:
        """The poverty line: half the median of this distribution, unless another was given."""
        if self._line is None:
            self._line = relative_line(self.whole, POVERTY_SHARE)
        return self._line

    def measure(self, name: MeasureName) -> Measure:
        """The measure, under the rule for incomes of zero or less that it needs."""
        rule = RULES[DEFINITIONS[name].incomes]
        if rule not in self._under:
            self._under[rule] = self.whole.under(rule)
        if not needs_line(name):
            return measure(name, self._under[rule])
        return measure(name, self._under[rule], line=self.line)


def measured_values(
    names: Sequence[MeasureName], income: Array, people: Array
) -> dict[MeasureName, float]:
    """Measures of one distribution without errors: equivalised ``income`` of ``people``, both (rows,)."""
    found = _Measured(income, people)
    return {name: found.measure(name).value for name in names}


# What is done with incomes of zero or less where a measure is not defined for them; results say it.
RULES = {
    Incomes.ANY: NonPositive.AS_IS,
    Incomes.NOT_NEGATIVE: NonPositive.SET_TO_ZERO,
    Incomes.ABOVE_ZERO: NonPositive.LEAVE_OUT,
}
