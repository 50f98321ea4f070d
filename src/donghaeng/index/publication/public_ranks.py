"""What units are never ranked on in public: health, deaths, and every area that holds them."""

from __future__ import annotations

import numpy

from donghaeng.index.arrays import FloatArray
from donghaeng.index.chain.build import Build
from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.options import Rank
from donghaeng.index.framework.steps import Normalise

# The whole index is ranked as long as health and deaths make less than this part of it.
MOST_OF_THE_WHOLE = 0.5


def not_ranked(build: Build) -> frozenset[str]:
    """Codes of indicators and nodes that carry no rank, order or ranked chart in anything public.

    These are the indicators that are marked `sensitive` and every area above them. The whole index, which is
    one figure from all areas, is among them only where they make half of it or more.
    """
    index = build.index
    marked = {code for code, each in index.indicators.items() if each.sensitive is not None}
    found = set(marked)
    for code in marked:
        found |= {node for node in index.ancestors(code) if node != index.top}
    if sensitive_share(build) >= MOST_OF_THE_WHOLE:
        found.add(index.top)
    return frozenset(found)


def sensitive_share(build: Build) -> float:
    """The part of the whole index that indicators of health and deaths make by their weights, from 0 to 1."""
    index = build.index
    marked = [code for code, each in index.indicators.items() if each.sensitive is not None]
    return sum(_share(index, code) for code in marked)


def _share(index: Index, code: str) -> float:
    """The part of a node or indicator in the top, by the weights beside the names."""
    if code == index.top:
        return 1.0
    parent = index.ancestors(code)[0]
    weights = {child: _weight(index, child) for child in index.children(parent)}
    return _share(index, parent) * weights[code] / sum(weights.values())


def _weight(index: Index, code: str) -> float:
    return index.nodes[code].weight if code in index.nodes else index.indicators[code].weight


def public_ranks(build: Build) -> FloatArray:
    """The ranks of the build, (rows, nodes), with NaN where units are not ranked."""
    ranks = build.ranks.copy()
    for code in not_ranked(build):
        if code in build.tree.codes:
            ranks[:, build.tree.place(code)] = numpy.nan
    return ranks


def holds_ranks(build: Build, code: str) -> bool:
    """Whether the normalised figures of a column are places in an order, and not sizes."""
    step = next((each for each in build.index.steps if isinstance(each, Normalise)), None)
    if step is None or code not in build.index.indicators:
        return False
    return isinstance(build.index.indicators[code].normalise or step.normalise, Rank)
