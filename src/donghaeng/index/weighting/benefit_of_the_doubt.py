"""Weights that the rows themselves would choose, as if each were an expert on its own strengths."""

from __future__ import annotations

import numpy

from donghaeng.rules.faults import BadInput

from ..aggregation.benefit_of_the_doubt import FREE, Bounds, best_weights
from ..arrays import FloatArray
from .experts import PanelWeights


def benefit_of_the_doubt_weights(values: FloatArray, *, bounds: Bounds = FREE) -> PanelWeights:
    """The shares of the score that each row of a table (rows, children) would choose, and their mean.

    Shares and not raw weights, which depend on the unit of each child. Without bounds a row often puts
    everything on one child. A row without a score chooses nothing and is left out.
    """
    shares = best_weights(values, bounds=bounds).shares
    chosen = shares[~numpy.isnan(shares).any(axis=-1)]
    if not len(chosen):
        raise BadInput("no row has a score above zero")
    return PanelWeights(chosen.mean(axis=0), chosen)
