"""What is drawn about work, money and health: chances and amounts in cells, one set for each replicate.

Two sources give a model: a survey (:mod:`.fitting`) and published moments (:mod:`.moments`). Both give the
same thing, so the drawing does not know which it was.

* A *chance* is a logistic regression: an intercept for each group of cells, slopes on regressors.
* An *amount* is a regression of its logarithm: an intercept for each group of cells, slopes, and a
  distribution around them.

A cell is a combination of traits; thin cells are joined to groups (:mod:`.cells`). The residuals of a
household's amounts are joined by a Gaussian copula, those of its earners by one common part.

Replicates. Every replicate has parameters of its own, fitted to its own bootstrap of the survey (or drawn
within the stated errors of the moments), and its own households. A figure of the population is computed in
each of the R replicates; with B the variance between the R results, (1 + 1/R) B is the variance of the figure
for the whole: B holds the error of the survey from which the model was fitted and the chance of the draw, and
the factor is for a finite number of replicates (Rubin's rule for multiple imputation where the variance
within is nil, because a synthetic city is not a sample: Rubin 1987, Multiple Imputation for Nonresponse in
Surveys, 3.3; Raghunathan, Reiter and Rubin 2003, J. of Official Statistics 19). A replicate holds 1/R of the
households, so a total of a replicate is multiplied by R; the draw's part of B is then R times that of the
whole and the interval errs on the wide side. What the model itself leaves out no interval shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

Array = np.ndarray
STEP = 0.25
SCORES: Array = np.arange(-3.5, 3.5 + STEP / 2, STEP)


class Source(StrEnum):
    """Where a model comes from."""

    SURVEY = "survey"
    PUBLISHED = "published moments"


@dataclass(frozen=True)
class Chance:
    """Whether something is so.

    ``group`` gives the group of each cell, (cells,); ``base`` the logit of each replicate and group,
    ``slopes`` those on ``regressors`` (replicates, regressors). ``respondents`` is how many people a group
    was fitted to (0: published).
    """

    name: str
    cells: str
    group: Array
    base: Array
    slopes: Array
    regressors: tuple[str, ...] = ()
    respondents: Array = field(default_factory=lambda: np.zeros(0, np.int64))

    def logit(self, replicate: Array, cell: Array, x: Mapping[str, Array]) -> Array:
        """The logit of each row."""
        return _linear(self, replicate, cell, x)

    def moved(self, by: Array) -> Chance:
        """The same with other intercepts: ``by`` is (replicates,)."""
        return replace(self, base=self.base + by[:, None])


@dataclass(frozen=True)
class Amount:
    """How much it is, where it is so: a regression of the logarithm, and what is left around it.

    What is left is ``spread`` (replicates, groups) times a standard score. ``shape`` (replicates, scores) is
    the value of that score at each of the normal scores :data:`SCORES`, with straight lines between them: the
    identity gives the log-normal distribution, the survey's own quantiles one with its skewness.
    """

    name: str
    cells: str
    group: Array
    base: Array
    slopes: Array
    spread: Array
    shape: Array
    regressors: tuple[str, ...] = ()
    respondents: Array = field(default_factory=lambda: np.zeros(0, np.int64))

    def logs(self, replicate: Array, cell: Array, x: Mapping[str, Array], z: Array) -> Array:
        """The logarithm of each row's amount at its normal score ``z``."""
        at = np.clip((z - SCORES[0]) / STEP, 0, len(SCORES) - 1.001)
        place = at.astype(np.int64)
        low = self.shape[replicate, place]
        score = low + (at - place) * (self.shape[replicate, place + 1] - low)
        around = self.spread[replicate, self.group[cell]] * score
        logs: Array = _linear(self, replicate, cell, x) + around
        return logs

    def moved(self, by: Array) -> Amount:
        """The same with other intercepts: ``by`` is (replicates,)."""
        return replace(self, base=self.base + by[:, None])


def _linear(part: Chance | Amount, replicate: Array, cell: Array, x: Mapping[str, Array]) -> Array:
    value: Array = part.base[replicate, part.group[cell]]
    for place, name in enumerate(part.regressors):
        value = value + part.slopes[replicate, place] * x[name]
    return value


@dataclass(frozen=True)
class Model:
    """All chances and amounts.

    ``couples`` (replicates,) is the correlation of the normal scores by which the head and the spouse work,
    given their traits: below nought where one stays at home because the other earns. ``earners`` (replicates,)
    is the correlation of the log earnings of two members of one household, around
    their cells; ``residuals`` (replicates, k, k) the lower Cholesky factor of the correlations of the
    household's amounts, in the order of :data:`donghaeng.population.synthetic.variables.JOINED`. ``notes``
    say what is assumed.
    """

    source: Source
    chances: Mapping[str, Chance]
    amounts: Mapping[str, Amount]
    couples: Array
    earners: Array
    residuals: Array
    published: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def replicates(self) -> int:
        return len(self.earners)

    @property
    def thinnest(self) -> int:
        """Respondents in the thinnest group that was fitted; 0 where nothing was."""
        parts: list[Chance | Amount] = [*self.chances.values(), *self.amounts.values()]
        fitted = [int(part.respondents.min()) for part in parts if len(part.respondents)]
        return min(fitted, default=0)
