"""Which of many points are not dominated.

A point dominates another if it is no worse in any objective and better in one at least (Pareto; as in Miettinen
1999, *Nonlinear Multiobjective Optimization*, definition 2.2.1). Equal points do not dominate each other.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def not_dominated(objectives: Array) -> Array:
    """Whether each point (n,) is not dominated.

    Args:
        objectives: (n, k), of each the less the better. A point of which one is missing (NaN) is compared with
            nobody and is never among them.

    >>> not_dominated(np.array([[1, 5], [2, 3], [2, 4], [3, 3]])).tolist()
    [True, True, False, False]
    """
    found = np.zeros(len(objectives), bool)
    complete = np.flatnonzero(~np.isnan(objectives).any(axis=1))
    if not len(complete):
        return found
    values = objectives[complete]
    # Whoever comes later in this order dominates nobody before it.
    order = np.lexsort(values.T[::-1])
    front = np.empty_like(values)
    held = 0
    for place in order:
        point = values[place]
        no_worse = np.logical_and.reduce(front[:held] <= point, axis=1)
        better = np.logical_or.reduce(front[:held] < point, axis=1)
        if not (no_worse & better).any():
            front[held] = point
            held += 1
            found[complete[place]] = True
    return found
