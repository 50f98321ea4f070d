"""Whether a mean that is undefined for zero or less may meet such a figure."""

from __future__ import annotations

from donghaeng.rules.faults import BadInput

from . import options
from .index_file import Index
from .steps import Normalise
from .vocabulary import Naming, Part

NEEDS_POSITIVE = {"geometric", "harmonic"}


def check_positive(index: Index, file: str) -> None:
    """A geometric or harmonic mean is refused where the chain can hand it zero or less."""
    for code, node in index.nodes.items():
        method = node.aggregate or index.aggregation.aggregate
        if not needs_positive(method):
            continue
        if index.is_given(code):
            continue  # it is not computed
        for child in index.children(code):
            why = can_be_non_positive(index, child)
            if why:
                raise BadInput(
                    f"a {method.method} mean cannot take zero or less, and {child} can be: {why}",
                    file=file,
                    field=f"nodes.{code}",
                    remedy="normalise to a range above zero, e.g. low: 1, or take another mean",
                )


def needs_positive(method: Part) -> bool:
    """Whether the method is undefined for zero or less."""
    if isinstance(method, options.GeneralisedMean):
        return method.power <= 0
    return getattr(method, "method", "") in NEEDS_POSITIVE


def can_be_non_positive(index: Index, code: str) -> str:
    """Why an indicator or node can come to zero or less after normalisation; nothing if it cannot."""
    if code in index.nodes:
        return _node_non_positive(index, code)
    if index.indicators[code].naming is Naming.PLACEHOLDER:
        return ""  # it takes no part
    step = next((each for each in index.steps if isinstance(each, Normalise)), None)
    method = index.indicators[code].normalise or (step.normalise if step else None)
    if method is None or isinstance(method, options.AsItIs):
        return ""  # the figures themselves; the run looks at each of them
    if isinstance(method, options.MinMax):
        if method.peers is not None:
            return f"a unit beyond the peers {method.peers} may lie below {method.low:g}"
        return "" if method.low > 0 else f"min_max from {method.low:g}"
    if isinstance(method, options.Goalposts):
        post = index.indicators[code].goalposts
        cut = method.truncate if post is None or post.truncate is None else post.truncate
        if method.low > 0 and cut:
            return ""
        return f"goalposts from {method.low:g}" + ("" if cut else ", not truncated")
    if isinstance(method, options.Rank):
        return "" if method.method == "rank" else f"{method.method} begins at 0"
    if isinstance(method, options.BaseYearRatio):
        reflected = (
            method.reversal is options.Reversal.REFLECTION
            and index.indicators[code].better == "lower"
        )
        if reflected and not (method.floor or 0) > 0:
            return "a reflected ratio has no lower end"
        return ""
    return f"{method.method} reaches 0"


def _node_non_positive(index: Index, code: str) -> str:
    if index.is_given(code):
        return ""  # the run looks at each of its figures
    method = index.nodes[code].aggregate or index.aggregation.aggregate
    if isinstance(method, options.Copeland | options.MazziottaPareto | options.MeanMinimum):
        return f"{method.method} has no lower end at zero"
    for child in index.children(code):
        why = can_be_non_positive(index, child)
        if why:
            return why
    return ""
