"""The step `weigh`: how much each child counts in its parent."""

from __future__ import annotations

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.framework import options
from donghaeng.index.hierarchy import Tree

from .aggregating import nominal_weights
from .context import Context
from .ledger import Entry


def expert_weights(step: options.WeightingMethod, tree: Tree) -> list[FloatArray]:
    """The weights of each expert of a panel, (nodes,) each; none where there is no panel."""
    return []


def weigh(
    step: options.WeightingMethod, tree: Tree, values: FloatArray, context: Context
) -> tuple[FloatArray, list[Entry]]:
    """Weights of every node of the tree, (nodes,), and what is to be said of them."""
    if isinstance(step, options.EqualWeights):
        return numpy.ones(len(tree.codes)), []
    return nominal_weights(tree), []
