"""The model from a survey: each replicate fitted to a bootstrap of the survey's households.

The bootstrap is the Bayesian one (Rubin 1981, Annals of Statistics 9): a household's weight is multiplied by
a draw from the exponential distribution with mean one, the same for all its members. So no respondent is ever
absent, and a cell with 30 respondents has 30 in each replicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from . import cells as c
from .cells import LEAST, joined
from .model import SCORES, Amount, Chance, Model, Source
from .respondents import Respondents
from .variables import (
    ALONE,
    DISABLED,
    EDUCATION,
    INCOME,
    JOINED,
    OTHERS,
    OWNER,
    VARIABLES,
    Variable,
)

Array = np.ndarray
MILLION = 1e6
STEPS = 25
ENOUGH_FOR_SHAPE = 100


@dataclass(frozen=True)
class Sample:
    """Rows on which one variable is fitted: the outcome (nan: not asked), the cell, the regressors, the
    household.
    """

    outcome: Array
    cell: Array
    x: Mapping[str, Array]
    household: Array


def fit(survey: Respondents, published: Model, seed: int) -> Model:
    """The model of a survey; what fewer than 30 answered is taken from the published moments, and listed."""
    rng = np.random.Generator(np.random.Philox(key=[seed, 2**40]))
    replicates = published.replicates
    weights = survey.weight * rng.exponential(size=(replicates, survey.count))
    chances, amounts = dict(published.chances), dict(published.amounts)
    residuals: dict[str, tuple[Array, Array]] = {}
    taken = []
    samples = _samples(survey)
    for variable in VARIABLES:
        if variable.name not in samples:
            taken.append(variable.name)
            continue
        sample = samples[variable.name]
        having = np.nan_to_num(sample.outcome) > 0
        if (having if variable.amount else ~np.isnan(sample.outcome)).sum() < LEAST:
            taken.append(variable.name)
            continue
        if variable.chance:
            chances[variable.name] = _chance(variable, sample, weights)
        if variable.amount:
            fitted, left = _amount(variable, sample, weights)
            amounts[variable.name] = fitted
            residuals[variable.name] = left
    return Model(
        Source.SURVEY,
        chances,
        amounts,
        _couples(survey, chances, samples, weights),
        _earners(residuals, samples, weights),
        _copula(residuals, survey.count, weights),
        tuple(taken),
        tuple(note for note in published.notes if note.split(":")[0] in taken),
    )


def _samples(survey: Respondents) -> dict[str, Sample]:
    """What each variable is fitted on; variables that the survey lacks are left out."""
    people, homes, of = survey.persons, survey.households, survey.of
    age, woman = np.nan_to_num(people["age"]), np.nan_to_num(people["woman"]).astype(int)
    recipient = np.nan_to_num(homes["recipient"]).astype(int)
    head_age = np.nan_to_num(survey.of_head(people["age"]))
    size = c.class_of_size(homes["size"].astype(int))
    household = c.HOUSEHOLD.index(recipient, size, c.class_of_head(head_age))
    worker = c.WORKER.index(
        recipient[of], people["head"].astype(int), woman, c.class_of_worker(age)
    )
    income = np.log1p(
        survey.summed(
            np.nan_to_num(people["earnings"])
            + np.nan_to_num(people["business_income"])
            + np.nan_to_num(people["national_pension"])
        )
        / MILLION
    )
    owned = homes["tenure:owned"]
    known = {INCOME: income, OWNER: np.nan_to_num(owned)}
    every = np.arange(survey.count)

    def of_household(outcome: Array) -> Sample:
        return Sample(outcome, household, known, every)

    adult = (age >= 15) & ~np.isnan(people["age"])
    business = np.nan_to_num(people["business_income"]) > 0
    employee = np.nan_to_num(people["earnings"]) > 0
    works = np.where(adult, (business | employee).astype(float), np.nan)
    traits = {
        DISABLED: np.nan_to_num(people["disabled"]),
        EDUCATION: people["in_education"],
        ALONE: (homes["size"][of] == 1).astype(float),
        OTHERS: (survey.summed(works)[of] > np.nan_to_num(works)).astype(float),
    }

    def of_worker(outcome: Array) -> Sample:
        return Sample(outcome, worker, traits, of)

    body = c.BODY.index(c.class_of_decade(age), woman)
    severe = np.where(people["disabled"] == 1, people["severe"], np.nan)
    pension = np.where(age >= 60, people["national_pension"], np.nan)
    pensioner = c.PENSIONER.index(c.class_of_pensioner(age), woman)
    neither = np.where(homes["tenure:jeonse"] == 1, np.nan, homes["tenure:monthly_rent"])
    rents = homes["tenure:monthly_rent"] == 1
    found = {
        "recipient": Sample(
            homes["recipient"], c.UNIT.index(size, c.class_of_head(head_age)), {}, every
        ),
        "disabled": Sample(people["disabled"], body, {}, of),
        "severe": Sample(severe, body, {}, of),
        "working": of_worker(works),
        "self_employed": of_worker(np.where(works == 1, (business & ~employee) * 1.0, np.nan)),
        "earnings": of_worker(np.where(adult, people["earnings"], np.nan)),
        "business_income": of_worker(
            np.where(adult & ~employee, people["business_income"], np.nan)
        ),
        "national_pension": Sample(pension, pensioner, {}, of),
        "owned": of_household(owned),
        "jeonse": of_household(np.where(owned == 1, np.nan, homes["tenure:jeonse"])),
        "renting": of_household(np.where(owned == 1, np.nan, neither)),
        "monthly_rent": of_household(np.where(rents, homes["monthly_rent"], np.nan)),
        "home_value": of_household(np.where(owned == 1, homes["home_value"], np.nan)),
        "jeonse_deposit": of_household(
            np.where(homes["tenure:jeonse"] == 1, homes["deposit"], np.nan)
        ),
        "rent_deposit": of_household(np.where(rents, homes["deposit"], np.nan)),
    }
    for name in ("financial_property", "general_property", "debts", "car_value"):
        found[name] = of_household(homes[name])
    for name in ("property_income", "public_transfers", "private_transfers"):
        total = survey.summed(people[name])
        found[name] = of_household(total if name in survey.held else np.full(survey.count, np.nan))
    lacking = {
        "severe": "severe",
        "business_income": "business_income",
        "self_employed": "business_income",
        "disabled": "disabled",
    }
    return {
        name: sample
        for name, sample in found.items()
        if not np.isnan(sample.outcome).all() and lacking.get(name, "age") in survey.held
    }


def _chance(variable: Variable, sample: Sample, weights: Array) -> Chance:
    asked = ~np.isnan(sample.outcome)
    y = (sample.outcome[asked] > 0).astype(float)
    group, respondents = _groups(variable, sample, asked)
    members = group[sample.cell[asked]]
    x = _design(variable, sample, asked)
    base = np.empty((len(weights), len(respondents)))
    slopes = np.zeros((len(weights), x.shape[1]))
    for place, weight in enumerate(weights):
        base[place], slopes[place] = _logistic(
            y, members, len(respondents), x, weight[sample.household[asked]]
        )
    return Chance(
        variable.name, variable.cells.name, group, base, slopes, variable.regressors, respondents
    )


def _amount(
    variable: Variable, sample: Sample, weights: Array
) -> tuple[Amount, tuple[Array, Array]]:
    """The fitted amount, and its standardised residuals with the households that they belong to."""
    asked = np.nan_to_num(sample.outcome) > 0
    y = np.log(sample.outcome[asked])
    group, respondents = _groups(variable, sample, asked)
    members, count = group[sample.cell[asked]], len(respondents)
    x = _design(variable, sample, asked)
    base, spread = np.empty((len(weights), count)), np.empty((len(weights), count))
    shape = np.empty((len(weights), len(SCORES)))
    slopes = np.zeros((len(weights), x.shape[1]))
    left = np.zeros(len(y))
    household = sample.household[asked]
    for place, every in enumerate(weights):
        weight = every[household]
        total = np.bincount(members, weight, count)
        mean_y = np.bincount(members, weight * y, count) / total
        mean_x = _sums(members, weight, x, count) / total[:, None]
        inside_y, inside_x = y - mean_y[members], x - mean_x[members]
        slope = np.zeros(x.shape[1])
        if x.shape[1]:
            across = inside_x.T @ (weight[:, None] * inside_x)
            across += 1e-6 * weight.sum() * np.eye(len(across))
            slope = np.linalg.solve(across, inside_x.T @ (weight * inside_y))
        left = inside_y - inside_x @ slope
        base[place] = mean_y - mean_x @ slope
        slopes[place] = slope
        spread[place] = np.sqrt(np.bincount(members, weight * left**2, count) / total)
        left = left / np.maximum(spread[place, members], 1e-9)
        shape[place] = _shape(left, weight)
    fitted = Amount(
        variable.name,
        variable.cells.name,
        group,
        base,
        slopes,
        spread,
        shape,
        variable.regressors,
        respondents,
    )
    return fitted, (household, left)


def _shape(residuals: Array, weight: Array) -> Array:
    """The residuals' quantiles at the normal scores of the model; the normal ones below 100 answers."""
    if len(residuals) < ENOUGH_FOR_SHAPE:
        return SCORES
    order = np.argsort(residuals, kind="stable")
    below = np.cumsum(weight[order]) - weight[order] / 2
    found: Array = np.interp(ndtr(SCORES), below / weight.sum(), residuals[order])
    return found


def _groups(variable: Variable, sample: Sample, asked: Array) -> tuple[Array, Array]:
    counts = np.bincount(sample.cell[asked], minlength=variable.cells.count)
    group = joined(variable.cells, counts, variable.name)
    return group, np.bincount(group, counts, minlength=group.max() + 1).astype(np.int64)


def _design(variable: Variable, sample: Sample, asked: Array) -> Array:
    columns = [sample.x[name][asked] for name in variable.regressors]
    return np.stack(columns, axis=1) if columns else np.zeros((int(asked.sum()), 0))


def _logistic(
    y: Array, members: Array, groups: int, x: Array, weight: Array
) -> tuple[Array, Array]:
    """Intercepts of groups and slopes, by Newton's method; half a respondent of each kind is added to every
    group.

    That addition (as in Haldane 1956) keeps a chance away from nought and one where nobody, or everybody,
    said yes.
    """
    weight = weight / weight.mean()
    total = np.bincount(members, weight, groups)
    yes = np.bincount(members, weight * y, groups)
    base = np.log((yes + 0.5) / (total - yes + 0.5))
    slope = np.zeros(x.shape[1])
    if not x.shape[1]:
        return base, slope
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(base[members] + x @ slope)))
        of_groups = 1 / (1 + np.exp(-base))
        left, curve = weight * (y - p), weight * p * (1 - p)
        g0 = np.bincount(members, left, groups) + 0.5 - of_groups
        g1 = x.T @ left - 0.01 * slope
        d0 = np.bincount(members, curve, groups) + of_groups * (1 - of_groups)
        cross = _sums(members, curve, x, groups)
        across = x.T @ (curve[:, None] * x) + 0.01 * np.eye(len(slope))
        # The groups stand in the diagonal part: it is eliminated first (Schur complement).
        reduced = across - cross.T @ (cross / d0[:, None])
        step = np.linalg.solve(reduced, g1 - cross.T @ (g0 / d0))
        slope = slope + step
        move = (g0 - cross @ step) / d0
        base = base + move
        if max(np.abs(step).max(), np.abs(move).max()) < 1e-8:
            break
    return base, slope


def _sums(members: Array, weight: Array, x: Array, groups: int) -> Array:
    """Weighted sums of the columns of ``x`` in each group, (groups, columns)."""
    sums = np.zeros((groups, x.shape[1]))
    for place, column in enumerate(x.T):
        sums[:, place] = np.bincount(members, weight * column, groups)
    return sums


def _couples(
    survey: Respondents,
    chances: Mapping[str, Chance],
    samples: Mapping[str, Sample],
    weights: Array,
) -> Array:
    """The correlation of the normal scores by which the two of a couple work, given their chances.

    To first order the covariance of two flags with chances p and q is the correlation times the normal
    densities at the quantiles of p and q; both are summed over the couples. Nought below 30 couples.
    """
    head = np.full(survey.count, -1)
    spouse = head.copy()
    for members, flag in ((head, "head"), (spouse, "spouse of head")):
        people = np.flatnonzero(survey.persons[flag] == 1)
        members[survey.of[people]] = people
    sample = samples["working"]
    both = np.flatnonzero((head >= 0) & (spouse >= 0))
    pairs = np.stack([head[both], spouse[both]])
    known = ~np.isnan(sample.outcome[pairs]).any(axis=0)
    both, pairs = both[known], pairs[:, known]
    found = np.zeros(len(weights))
    if len(both) < LEAST:
        return found
    x = {name: values[pairs] for name, values in sample.x.items()}
    for place, weight in enumerate(weights[:, both]):
        rows = np.full(pairs.shape, place)
        p = 1 / (1 + np.exp(-chances["working"].logit(rows, sample.cell[pairs], x)))
        density = np.exp(-(ndtri(p) ** 2) / 2) / np.sqrt(2 * np.pi)
        left = sample.outcome[pairs] - p
        found[place] = (weight @ left.prod(axis=0)) / (weight @ density.prod(axis=0))
    return np.clip(found, -0.9, 0.9)


def _earners(
    residuals: Mapping[str, tuple[Array, Array]], samples: Mapping[str, Sample], weights: Array
) -> Array:
    """The correlation of the log earnings of two members; nought where fewer than 30 households have two
    earners.
    """
    if "earnings" not in residuals:
        return np.zeros(len(weights))
    household, left = residuals["earnings"]
    order = np.argsort(household, kind="stable")
    household, left = household[order], left[order]
    pairs = np.flatnonzero(household[1:] == household[:-1])
    if len(pairs) < LEAST:
        return np.zeros(len(weights))
    weight = weights[:, household[pairs]]
    product = left[pairs] * left[pairs + 1]
    correlation: Array = np.clip((weight @ product) / weight.sum(axis=1), 0.0, 0.9)
    return correlation


def _copula(residuals: Mapping[str, tuple[Array, Array]], households: int, weights: Array) -> Array:
    """Cholesky factors of the correlations of a household's amounts, (replicates, k, k)."""
    table = np.full((len(JOINED), households), np.nan)
    for name in ("home_value", "jeonse_deposit", "rent_deposit"):
        if name in residuals:
            table[0, residuals[name][0]] = residuals[name][1]
    for place, name in enumerate(JOINED[1:], start=1):
        if name in residuals:
            table[place, residuals[name][0]] = residuals[name][1]
    factors = np.empty((len(weights), len(JOINED), len(JOINED)))
    for place, weight in enumerate(weights):
        matrix = np.eye(len(JOINED))
        for a in range(len(JOINED)):
            for b in range(a):
                both = ~np.isnan(table[a]) & ~np.isnan(table[b])
                if both.sum() >= LEAST:
                    w = weight[both]
                    products = [
                        (w * table[i][both] * table[j][both]).sum()
                        for i, j in ((a, b), (a, a), (b, b))
                    ]
                    matrix[a, b] = matrix[b, a] = products[0] / np.sqrt(products[1] * products[2])
        factors[place] = factor_of(matrix)
    return factors


def factor_of(matrix: Array) -> Array:
    """The Cholesky factor of the nearest correlation matrix whose eigenvalues are at least 0.01."""
    values, vectors = np.linalg.eigh(matrix)
    mended = (vectors * np.maximum(values, 0.01)) @ vectors.T
    scale = np.sqrt(np.diag(mended))
    factor: Array = np.linalg.cholesky(mended / np.outer(scale, scale))
    return factor
