"""The main earners of a run as the people whose work may respond, and what is not known of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..groups import (
    ABOVE_BANDS,
    AGE_BANDS,
    AGE_LABELS,
    DECILE_LABELS,
    FAMILY_TYPES,
    INCOME_BANDS,
)
from ..labour import Labels, Settings, Workers
from ..labour.settings import NotKnown
from ..labour.workers import SELF_EMPLOYED
from ..plan import AFTER, BEFORE
from ..sample import Sample

Array = np.ndarray
UNKNOWN = "not_known"
SEXES = ("male", "female")
INCOME_BAND = "income_band"
LABELS = (
    "sex",
    "age_band",
    "married",
    "children",
    "head",
    "family_type",
    "decile",
    SELF_EMPLOYED,
    INCOME_BAND,
)
TENTHS = tuple(str(place + 1) for place in range(len(DECILE_LABELS)))


@dataclass(frozen=True, eq=False)
class Earners:
    """One main earner a household of ``sample``, all arrays of shape (households,).

    Attributes:
        workers: for the rungs. Hours are not recorded: NaN, and so no bound of hours a week holds.
        before, after: disposable income at present earnings, won a month.
        idle: disposable income under the reform if the main earner does not work; where nobody earns it is
            ``after``; NaN where it is not known.
        lacking: main earners at work of whom a rate or an income is not known.
        self_employed: households without wages that have income from a business: they work, but what they would
            earn otherwise is not known, so that they are in no response and in no share at work.
    """

    sample: Sample
    workers: Workers
    before: Array
    after: Array
    idle: Array
    lacking: Array
    self_employed: Array

    @classmethod
    def of(cls, sample: Sample) -> Earners:
        """The main earners under the main reading of the law.

        ``treated`` are the households that have more under the reform at present earnings, the self-employed
        apart.
        """
        columns, main = sample.columns, sample.readings[0]
        before, after = sample.before[main], sample.after[main]
        works = columns["earnings"] > 0
        self_employed = ~works & (columns["business_income"] > 0)
        rates = {
            f"{kind}_{stage}": columns[f"{kind}_rate_{stage}"].astype(np.float64)
            for kind in ("marginal", "participation")
            for stage in (BEFORE, AFTER)
        }
        lacking = works & ~np.logical_and.reduce(
            [np.isfinite(rate) for rate in rates.values()], axis=0
        )
        idle = np.where(lacking, np.nan, columns[f"without_work_{AFTER}"].astype(np.float64))
        workers = Workers(
            weight=sample.weight,
            works=works,
            earnings=np.where(works, columns["earnings"], np.nan),
            hours=np.full(sample.count, np.nan),
            net_of_tax_baseline=1 - rates["marginal_before"],
            net_of_tax_reform=1 - rates["marginal_after"],
            participation_tax_baseline=rates["participation_before"],
            participation_tax_reform=rates["participation_after"],
            income_baseline=before,
            income_reform=after,
            treated=(after > before) & ~self_employed,
            head=columns["earner_is_head"].astype(bool),
            groups=_groups(sample, self_employed),
        )
        idle = np.where(works, idle, after)
        return cls(sample, workers, before, after, idle, lacking, self_employed)

    @property
    def without_work(self) -> Array:
        """Households with neither wages nor a business: no wage is known with which somebody could enter."""
        nobody: Array = ~self.workers.works & ~self.self_employed
        return nobody

    def settled(self, settings: Settings) -> Settings:
        """The settings with which ``respond`` leaves as they are all of whom a figure is not known.

        Of who does not work now no wage is known, so that entry is not simulated: such rows are counted apart.
        Whether somebody at work of whom a figure is not known is refused, ``Answering`` decides.
        """
        bounds = settings.bounds
        if bounds is None:
            return settings
        stay = bounds.model_copy(update={"not_known": NotKnown.UNCHANGED})
        return settings.model_copy(update={"bounds": stay})

    def lacking_for(self, settings: Settings) -> Array:
        """Main earners whom a rung moves, and of whom a figure that it needs is not known."""
        if settings.pilot is not None:
            lacking: Array = self.lacking & self.workers.treated & self.workers.head
            return lacking
        return np.zeros_like(self.lacking) if settings.bounds is None else self.lacking


def labels_asked(settings: Settings) -> tuple[str, ...]:
    """The labels that a settings file names, each once."""
    cells = [
        *(settings.participation.cells if settings.participation else ()),
        *(settings.pilot.cells if settings.pilot else ()),
    ]
    named = [label for parameter in settings.parameters for label in parameter.where]
    return tuple(dict.fromkeys([*cells, *named]))


def _groups(sample: Sample, self_employed: Array) -> dict[str, Labels]:
    """The labels that settings and results may name; bands of income where the law knows the pilot's income."""
    columns = sample.columns
    age = columns["earner_age"].astype(np.int64)
    band = np.searchsorted(np.array([high for _, high in AGE_BANDS]), age)
    groups = (
        _labels(SEXES, columns["earner_sex"]),
        _labels(tuple(AGE_LABELS), np.where(age < 0, -1, band)),
        _labels(("no", "yes"), columns["earner_married"]),
        _labels(("no", "yes"), np.minimum(columns["children"], 1)),
        _labels(("no", "yes"), columns["earner_is_head"]),
        _labels(tuple(kind.value for kind in FAMILY_TYPES), columns["family_type"]),
        _labels(TENTHS, sample.deciles()),
        _labels(("no", "yes"), self_employed),
    )
    found = dict(zip(LABELS, groups, strict=False))
    if INCOME_BAND in columns:
        found[INCOME_BAND] = _labels((*INCOME_BANDS, ABOVE_BANDS), columns[INCOME_BAND])
    return found


def _labels(names: tuple[str, ...], places: Array) -> Labels:
    """The groups at ``places``; -1 is a group of its own."""
    codes = places.astype(np.int64)
    return Labels((*names, UNKNOWN), np.where(codes < 0, len(names), codes))
