"""What an index file has to fulfil as a whole, beyond the form of its parts."""

from __future__ import annotations

from collections.abc import Iterable

from donghaeng.rules.faults import BadInput, nearest

from . import options
from .index_file import Index
from .steps import Aggregate, Impute, Normalise, Screen, Weigh
from .uncertain import LeaveOut, StepChoice, WeightNoise, WeightShares
from .vocabulary import Part

# Levels of a tree: far more than anybody can explain, and few enough to walk through one by one.
DEEPEST = 100
NEEDS_POSITIVE = {"geometric", "harmonic"}
# Columns that stand beside those of the codes in the tables that are written.
RESERVED = ("unit", "period", "table", "case")


def check_consistency(index: Index, file: str) -> None:
    """Refuse an index whose parts do not fit each other.

    Raises:
        BadInput: for the first thing that does not.
    """
    _check_codes(index, file)
    _check_tree(index, file)
    _check_weights(index, file)
    _check_references(index, file)
    _check_steps(index, file)
    _check_positive(index, file)
    _check_choices(index, file)


def _check_codes(index: Index, file: str) -> None:
    """One code means one thing."""
    for kind in ("indicators", "nodes", "denominators"):
        for code in sorted(set(RESERVED) & set(getattr(index, kind))):
            raise BadInput(
                f"{code!r} is the name of a column of its own in the tables",
                file=file,
                field=f"{kind}.{code}",
                remedy="another code",
            )
    for first, second in (
        ("indicators", "nodes"),
        ("indicators", "denominators"),
        ("nodes", "denominators"),
    ):
        both = sorted(set(getattr(index, first)) & set(getattr(index, second)))
        if both:
            raise BadInput(f"{both[0]!r} also stands among the {second}", file=file, field=first)


def _check_tree(index: Index, file: str) -> None:
    """Every parent is there, nothing goes round in a circle, and there is one top."""
    for kind, entries in (("indicators", index.indicators), ("nodes", index.nodes)):
        for code, entry in entries.items():
            if entry.parent is not None and entry.parent not in index.nodes:
                raise BadInput(
                    f"there is no node {entry.parent!r}",
                    file=file,
                    field=f"{kind}.{code}.parent",
                    remedy=nearest(entry.parent, index.nodes) or f"one of {', '.join(index.nodes)}",
                )
    for code in index.nodes:
        line = [code]
        while (parent := index.nodes[line[-1]].parent) is not None:
            if parent in line:
                circle = [*line[line.index(parent) :], parent]
                raise BadInput(
                    f"goes round in a circle: {' → '.join(circle)}",
                    file=file,
                    field=f"nodes.{code}.parent",
                )
            if len(line) == DEEPEST:
                raise BadInput(
                    f"stands more than {DEEPEST} levels deep", file=file, field=f"nodes.{code}"
                )
            line.append(parent)
    tops = [code for code, node in index.nodes.items() if node.parent is None]
    if len(tops) != 1:
        raise BadInput(
            f"{', '.join(tops)} have no parent; an index has one top",
            file=file,
            field="nodes",
            remedy="give all but one a parent",
        )
    for code in index.nodes:
        if not index.children(code):
            raise BadInput("has nothing under it", file=file, field=f"nodes.{code}")
    if index.nodes[index.top].given:
        raise BadInput(
            "is the index itself; with its figures given nothing is left to compute",
            file=file,
            field=f"nodes.{index.top}.given",
        )
    if not index.leaves:
        raise BadInput("no indicator has a name, so there are no figures", file=file)


def _check_weights(index: Index, file: str) -> None:
    """The weights of the children of one node sum to more than zero."""
    for code in index.nodes:
        weights = [
            (index.nodes[child] if child in index.nodes else index.indicators[child]).weight
            for child in index.children(code)
        ]
        if not sum(weights) > 0:
            raise BadInput(
                f"the weights of its children ({', '.join(index.children(code))}) sum to zero",
                file=file,
                field=f"nodes.{code}",
            )


def _check_references(index: Index, file: str) -> None:
    """What an indicator, unit or step names is declared."""
    for code, indicator in index.indicators.items():
        if indicator.denominator is not None:
            _require(
                indicator.denominator,
                index.denominators,
                "denominator",
                file,
                f"indicators.{code}.denominator",
            )
        for people in indicator.concerns:
            _require(people, index.people, "group of people", file, f"indicators.{code}.concerns")
        for other in indicator.correlates_with:
            _require(
                other, index.indicators, "indicator", file, f"indicators.{code}.correlates_with"
            )
        for term in indicator.terms:
            _require(term, index.terms, "term", file, f"indicators.{code}.terms")
        for term in indicator.definition.narrows:
            _require(term, indicator.terms, "term", file, f"indicators.{code}.definition.narrows")
    for code, unit in index.units.members.items():
        for group in unit.groups:
            _require(group, index.groups, "group", file, f"units.members.{code}.groups")
    for language in ("ko", "en"):
        by_name: dict[str, str] = {}
        for code, unit in index.units.members.items():
            name = getattr(unit.label, language)
            other = by_name.setdefault(name, code)
            if other != code:
                raise BadInput(
                    f"{other} and {code} have the same name {name!r}",
                    file=file,
                    field=f"units.members.{code}.label.{language}",
                    remedy="a name that tells them apart, e.g. with the province",
                )
    for name, peers in index.peers.items():
        for peer in peers.units:
            _require(peer, index.units.members, "unit", file, f"peers.{name}.units")


def _require(name: str, known: Iterable[str], what: str, file: str, field: str) -> None:
    known = list(known)
    if name not in known:
        raise BadInput(
            f"there is no {what} {name!r}",
            file=file,
            field=field,
            remedy=nearest(name, known)
            or (f"one of {', '.join(known[:12])}" if known else f"declare the {what}"),
        )


def _check_steps(index: Index, file: str) -> None:
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
                _require(unit, index.units.members, "unit", file, field)
        elif isinstance(step, Normalise):
            _check_normalisation(index, step.normalise, file, field)
        elif isinstance(step, Weigh):
            for code in getattr(step.weigh, "nodes", ()):
                _require(code, index.nodes, "node", file, f"{field}.nodes")
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


def _check_imputation(index: Index, method: Part, file: str, field: str) -> None:
    group = getattr(method, "group", None)
    if group is not None:
        _require(group, index.groups, "group", file, f"{field}.group")


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
        _require(method.reference, index.units.members, "unit", file, f"{field}.reference")
    if isinstance(method, options.AmongUnits) and method.peers is not None:
        _require(method.peers, index.peers, "set of peers", file, f"{field}.peers")
        members = index.peers[method.peers].units
        if isinstance(method, options.DistanceToReference) and method.reference not in members:
            raise BadInput(
                f"{method.reference} is not among the peers {method.peers}",
                file=file,
                field=f"{field}.reference",
                remedy=f"one of {', '.join(members)}",
            )


# ---- methods that cannot take what they would get --------------------------------------------------


def _check_positive(index: Index, file: str) -> None:
    """A geometric or harmonic mean is refused where the chain can hand it zero or less."""
    for code, node in index.nodes.items():
        method = node.aggregate or index.aggregation.aggregate
        if not needs_positive(method):
            continue
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
    step = next((each for each in index.steps if isinstance(each, Normalise)), None)
    method = index.indicators[code].normalise or (step.normalise if step else None)
    if method is None or isinstance(method, options.AsItIs):
        return ""  # the figures themselves; the run looks at each of them
    if isinstance(method, options.MinMax):
        if method.peers is not None:
            return f"a unit beyond the peers {method.peers} may lie below {method.low:g}"
        return "" if method.low > 0 else f"min_max from {method.low:g}"
    if isinstance(method, options.Goalposts):
        safe = method.low > 0 and method.truncate
        return (
            ""
            if safe
            else f"goalposts from {method.low:g}" + ("" if method.truncate else ", not truncated")
        )
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
    method = index.nodes[code].aggregate or index.aggregation.aggregate
    if isinstance(method, options.Copeland | options.MazziottaPareto | options.MeanMinimum):
        return f"{method.method} has no lower end at zero"
    for child in index.children(code):
        why = can_be_non_positive(index, child)
        if why:
            return why
    return ""


# ---- what is uncertain ----------------------------------------------------------------------------


def _check_choices(index: Index, file: str) -> None:
    """Every choice names a step, node or indicator of this index."""
    if index.uncertainty is None:
        return
    names = {step.step for step in index.steps}
    for name, choice in index.uncertainty.choices.items():
        field = f"uncertainty.choices.{name}"
        if isinstance(choice, StepChoice) and choice.step not in names:
            _require(choice.step, names, "step", file, field)
        if isinstance(choice, WeightNoise | WeightShares):
            for code in choice.children_of:
                _require(code, index.nodes, "node", file, f"{field}.children_of")
        if isinstance(choice, LeaveOut):
            for code in choice.among:
                _require(
                    code,
                    [*index.indicators, *index.nodes],
                    "indicator or node",
                    file,
                    f"{field}.among",
                )
        if isinstance(choice, StepChoice):
            for each in choice.among:
                if isinstance(each, Aggregate) and needs_positive(each.aggregate):
                    trial = index.model_copy(
                        update={"steps": (*index.steps[:-1], each), "uncertainty": None}
                    )
                    _check_positive(trial, file)
