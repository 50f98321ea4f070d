"""How many families of each type: as many as the margins ask, and otherwise as the prior says.

The weights are those nearest to the prior (least relative entropy: raking) with the asked households of each
size and persons of each age; they are then made whole by size (largest remainder), and what rounding did to
the ages is undone by exchanging single families of the same size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from donghaeng.rules.faults import BadInput

from .families import Types
from .rounding import whole_shares

Array = np.ndarray
ROUNDS = 200
CLOSE = 1e-6
EXCHANGES = 400
SMALL = 2  # the sizes whose families are exchanged: two and three persons


def families_of_district(types: Sequence[Types], sizes: Array, people: Array) -> list[Array]:
    """Families of each type, one array (types,) for each size.

    Args:
        types: of each size that the city has, two persons or more.
        sizes: households of those sizes, (sizes,).
        people: persons by age in them, (18,); their number is that of ``sizes``.

    Raises:
        BadInput: where no mixture of the types has these ages.
    """
    weights = raked(types, sizes, people)
    counts, place = [], 0
    for each, asked in zip(types, sizes, strict=True):
        part = weights[place : place + len(each.prior)]
        counts.append(whole_shares(part, int(asked)))
        place += len(each.prior)
    return _exchanged(types, counts, people)


def raked(types: Sequence[Types], sizes: Array, people: Array) -> Array:
    """Weights of all types, sizes after one another (Newton steps on the dual of the least relative entropy)."""
    prior = np.concatenate([each.prior * asked for each, asked in zip(types, sizes, strict=True)])
    of_size = np.repeat(np.arange(len(types)), [len(each.prior) for each in types])
    ages = np.concatenate([each.ages for each in types]).astype(float)
    asked = np.concatenate([sizes, people]).astype(float)
    traits = np.concatenate([np.eye(len(types))[of_size], ages], axis=1)
    scale = np.maximum(asked, 1.0)
    tilt = np.zeros(traits.shape[1])
    value, gradient, weights = _dual(prior, traits, asked, tilt)
    for _ in range(ROUNDS):
        if np.abs(gradient / scale).max() < CLOSE:
            return weights
        curvature = traits.T @ (weights[:, None] * traits)
        ridge = 1e-9 * np.trace(curvature) / len(curvature)
        step = np.linalg.solve(curvature + ridge * np.eye(len(curvature)), gradient)
        length = 1.0
        while length > 1e-6:
            new = _dual(prior, traits, asked, tilt - length * step)
            if new[0] <= value:
                break
            length /= 2
        tilt = tilt - length * step
        value, gradient, weights = new
    worst = int(np.argmax(np.abs(gradient / scale)))
    group = worst - len(types)
    what = f"the {asked[worst]:,.0f} persons of age group {group}" if group >= 0 else "the sizes"
    raise BadInput(f"no mixture of families has {what}", field="population_by_age")


def _dual(prior: Array, traits: Array, asked: Array, tilt: Array) -> tuple[float, Array, Array]:
    weights = prior * np.exp(np.clip(traits @ tilt, -60, 60))
    return float(weights.sum() - asked @ tilt), traits.T @ weights - asked, weights


def _exchanged(types: Sequence[Types], counts: list[Array], people: Array) -> list[Array]:
    """Exchange families of the same size, one by one, as long as the ages come nearer to what is asked.

    Small families are exchanged: they are the most, have the fewest types, and their members have all ages.
    """
    ages = [each.ages for each in types]
    error = people - np.add.reduce([count @ age for count, age in zip(counts, ages, strict=True)])
    apart = [_distances(age) for age in ages[:SMALL]]
    for _ in range(EXCHANGES):
        if not error.any():
            break
        best, place, move = 0, 0, (0, 0)
        for size, distance in enumerate(apart):
            # |error - (in - out)|^2 falls by 2 error.(in - out) - |in - out|^2
            gain = ages[size] @ error
            fall = 2 * (gain[None, :] - gain[:, None]) - distance
            fall[counts[size] == 0] = -1
            top = int(fall.argmax())
            if fall.flat[top] > best:
                best, place, move = int(fall.flat[top]), size, divmod(top, fall.shape[1])
        if best <= 0:
            break
        out, into = move
        counts[place][out] -= 1
        counts[place][into] += 1
        error = error - (ages[place][into] - ages[place][out])
    return counts


def _distances(ages: Array) -> Array:
    length = (ages * ages).sum(axis=1)
    distance: Array = length[None, :] + length[:, None] - 2 * (ages @ ages.T)
    return distance
