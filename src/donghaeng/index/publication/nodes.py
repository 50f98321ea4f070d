"""The nodes whose figures are published - the index and its areas - and the address of each figure."""

from __future__ import annotations

from donghaeng.index.chain.build import Build


def published_nodes(build: Build) -> dict[str, int]:
    """The code of every node with its place in the tree, the top first.

    A node whose figures are given stands among the leaves of the tree, and is published like the others.
    """
    codes = build.tree.codes
    return {
        codes[place]: place
        for place in reversed(range(len(codes)))
        if codes[place] in build.index.nodes
    }


def address(build: Build, row: int, code: str) -> str:
    """The address of a figure as in ``index trace``: the unit only where there are several."""
    unit, period = build.panel.rows[row]
    parts = [unit] if len(build.panel.units) > 1 else []
    return ".".join([*parts, *([period] if period else []), code])


def figures_by_address(build: Build) -> dict[str, float]:
    """Every published figure by its address, NaN where there is none."""
    nodes = published_nodes(build)
    return {
        address(build, row, code): float(build.scores[row, place])
        for row in range(len(build.panel.rows))
        for code, place in nodes.items()
    }
