"""Whether the steps of an index find what they need, and stand where they can be carried out."""

from __future__ import annotations

from donghaeng.rules.faults import BadInput

from . import options
from .declared import require
from .index_file import Index
from .steps import Impute, Normalise, Screen, Weigh
from .vocabulary import Better, Part

# Steps that would treat the worst and the best case as if they were figures.
CHANGE_FIGURES = ("denominate", "impute", "screen", "treat")
# Ways of aggregating in which a better child may make a worse score, or that look at all units at once.
NOT_MONOTONE = (options.Copeland, options.MazziottaPareto, options.BenefitOfDoubt)


def check_steps(index: Index, file: str) -> None:
    """The last step aggregates, once; each other step stands before it and finds what it needs."""
    names = [step.step for step in index.steps]
    if names.count("aggregate") != 1 or names[-1] != "aggregate":
        raise BadInput("the last step is `aggregate`, once", file=file, field="steps")
    for name in ("denominate", "screen", "normalise", "weigh"):
        if names.count(name) > 1:
            raise BadInput(f"`{name}` stands here twice", file=file, field="steps")
    for place, step in enumerate(index.steps):
        field = f"steps.{place}.{step.step}"
        if isinstance(step, Impute):
            _check_imputation(index, step.impute, file, field)
        elif isinstance(step, Screen):
            for unit in (*step.screen.keep, *step.screen.drop):
                require(unit, index.units.members, "unit", file, field)
        elif isinstance(step, Normalise):
            _check_normalisation(index, step.normalise, file, field)
        elif isinstance(step, Weigh):
            for code in getattr(step.weigh, "nodes", ()):
                require(code, index.nodes, "node", file, f"{field}.nodes")
    divided = [code for code, each in index.indicators.items() if each.denominator is not None]
    if divided and "denominate" not in names:
        raise BadInput(
            "names a denominator, but no step divides by it",
            file=file,
            field=f"indicators.{divided[0]}.denominator",
            remedy="steps: [denominate, …]",
        )
    if "weigh" in names[: names.index("normalise") if "normalise" in names else 0]:
        raise BadInput("figures are normalised before they are weighed", file=file, field="steps")
    if "normalise" in names and any(
        name in names[names.index("normalise") :] for name in ("denominate", "treat")
    ):
        raise BadInput(
            "figures are divided and treated before they are normalised", file=file, field="steps"
        )
    for code, indicator in index.indicators.items():
        if indicator.normalise is not None:
            _check_normalisation(
                index, indicator.normalise, file, f"indicators.{code}.normalise", [code]
            )
        if indicator.impute is not None:
            _check_imputation(index, indicator.impute, file, f"indicators.{code}.impute")
    _check_direction(index, names, file)
    _check_bounds(index, file)


def _check_direction(index: Index, names: list[str], file: str) -> None:
    """Figures that are not normalised are not turned round either."""
    falling = [
        code
        for code in index.leaves
        if code in index.indicators and index.indicators[code].better is Better.LOWER
    ]
    if falling and "normalise" not in names:
        raise BadInput(
            "is better when it is lower, but no step normalises it, which would turn it round",
            file=file,
            field=f"indicators.{falling[0]}.better",
            remedy="a step `normalise`",
        )


def _check_bounds(index: Index, file: str) -> None:
    """Missing figures that are carried as bounds go straight to scales and means that keep them bounds."""
    names = [step.step for step in index.steps]
    for place, step in enumerate(index.steps):
        if not (isinstance(step, Impute) and isinstance(step.impute, options.ImputeBounds)):
            continue
        between = [name for name in names[place + 1 :] if name in CHANGE_FIGURES]
        if between:
            raise BadInput(
                f"missing figures are carried as bounds, so `{between[0]}` goes before",
                file=file,
                field=f"steps.{place}",
                remedy="impute: {method: bounds} right before `normalise`",
            )
        for code, node in index.nodes.items():
            method = node.aggregate or index.aggregation.aggregate
            if isinstance(method, NOT_MONOTONE) and not index.is_given(code):
                raise BadInput(
                    f"{method.method} does not keep bounds: a better figure may make it worse",
                    file=file,
                    field=f"nodes.{code}",
                    remedy="a mean, or another way to impute",
                )


def _check_imputation(index: Index, method: Part, file: str, field: str) -> None:
    group = getattr(method, "group", None)
    if group is not None:
        require(group, index.groups, "group", file, f"{field}.group")


def _check_normalisation(
    index: Index, method: Part, file: str, field: str, codes: list[str] | None = None
) -> None:
    """What the method asks of each indicator is there."""
    chosen = codes or [code for code, each in index.indicators.items() if each.normalise is None]
    for code in chosen:
        indicator = index.indicators[code]
        if isinstance(method, options.Goalposts) and not indicator.goalposts:
            raise BadInput(
                f"{code} has no goalposts",
                file=file,
                field=field,
                remedy=f"indicators.{code}.goalposts, with lower and upper",
            )
        if isinstance(method, options.DistanceToTarget) and indicator.target is None:
            raise BadInput(
                f"{code} has no target", file=file, field=field, remedy=f"indicators.{code}.target"
            )
        if isinstance(method, options.BaseYearRatio) and not (
            method.base_period or indicator.base_period or index.periods.base
        ):
            raise BadInput(
                f"no base period for {code}", file=file, field=field, remedy='periods.base: "2022"'
            )
    if isinstance(method, options.DistanceToReference):
        require(method.reference, index.units.members, "unit", file, f"{field}.reference")
    if isinstance(method, options.AmongUnits) and method.peers is not None:
        require(method.peers, index.peers, "set of peers", file, f"{field}.peers")
        members = index.peers[method.peers].units
        if isinstance(method, options.DistanceToReference) and method.reference not in members:
            raise BadInput(
                f"{method.reference} is not among the peers {method.peers}",
                file=file,
                field=f"{field}.reference",
                remedy=f"one of {', '.join(members)}",
            )
