"""What a draw settles: the choices of an index file as distributions, and what they came to in each draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy

from donghaeng.index.arrays import FloatArray, WholeArray
from donghaeng.index.chain.aggregating import tree_of
from donghaeng.index.chain.context import Context
from donghaeng.index.framework import options, steps
from donghaeng.index.framework.uncertain import (
    DataError,
    LeaveOut,
    Parameter,
    Skip,
    StepChoice,
    WeightExperts,
    WeightNoise,
    WeightShares,
)
from donghaeng.index.hierarchy import Tree
from donghaeng.rules.faults import BadInput, nearest

from .data_errors import DataErrors, data_errors
from .distributions import Choice, Choices, Dirichlet, Discrete, Distribution, NoisyWeights, Uniform
from .forms import DRAWN, LEFT_OUT, Setting, form_name, with_parameter
from .joined import Joined

# The choice of a completed table that a multiple imputation brings with it.
TABLES = "imputed_table"
# In which order weights are varied: whose they are, how they are shared out, noise, what is left out.
WEIGHTS_IN_ORDER: tuple[type, ...] = (WeightExperts, WeightShares, WeightNoise, LeaveOut)


@dataclass(frozen=True)
class Terms:
    """The choices of an index file, each with its distribution."""

    context: Context
    choices: Choices
    errors: dict[str, DataErrors]

    def settle(self, sample: FloatArray) -> Settled:
        """What every draw of ``sample`` (draws, columns) settles."""
        values = self.choices.values(sample)
        return Settled(self, dict(zip(self.choices.names, values, strict=True)))

    @property
    def declared(self) -> dict[str, object]:
        """The choices as the file declares them."""
        uncertainty = self.context.index.uncertainty
        return {} if uncertainty is None else dict(uncertainty.choices)


def terms_of(context: Context) -> Terms:
    """The distributions of the choices of an index.

    Raises:
        BadInput: where a choice has nothing to vary.
    """
    uncertainty = context.index.uncertainty
    assert uncertainty is not None
    tree = tree_of(context, context.index.aggregation.aggregate)
    _check_apart(uncertainty.choices)
    _check_weights(context, uncertainty.choices)
    found, errors = [], {}
    for name, choice in uncertainty.choices.items():
        if isinstance(choice, DataError):
            errors[name] = data_errors(choice, context, name)
            found.append(Choice(name, errors[name].distribution))
        else:
            found.append(Choice(name, _distribution(name, choice, tree, context)))
    _check_cells(errors)
    tables = _most_tables(context)
    if tables:
        found.append(Choice(TABLES, Discrete.of(tables)))
    return Terms(context, Choices(tuple(found)), errors)


def _distribution(name: str, choice: object, tree: Tree, context: Context) -> Distribution:
    """What one choice can be."""
    if isinstance(choice, StepChoice):
        if choice.chances is None:
            return Discrete.of(len(choice.among))
        total = sum(choice.chances)
        return Discrete(tuple(chance / total for chance in choice.chances))
    if isinstance(choice, Parameter):
        if choice.whole:
            return Discrete.of(round(choice.high) - round(choice.low) + 1)
        return Uniform(choice.low, choice.high)
    if isinstance(choice, WeightNoise):
        count = len(_children(choice.children_of, tree))
        return NoisyWeights((1.0,) * count, choice.factor)
    if isinstance(choice, WeightShares):
        return Joined(
            tuple(
                Dirichlet(
                    tuple(float(tree.weights[place]) for place in family), choice.concentration
                )
                for family in _families(choice.children_of, tree, name)
            )
        )
    if isinstance(choice, WeightExperts):
        return Discrete.of(len(_experts(context, name)))
    assert isinstance(choice, LeaveOut)
    for code in choice.among:
        if code not in tree.codes:
            raise BadInput(
                f"{code!r} is not computed in this index, so it cannot be left out",
                field=f"uncertainty.choices.{name}",
                remedy=nearest(code, tree.codes),
            )
    return Discrete.of(len(choice.among) + choice.none)


def _check_weights(context: Context, choices: Mapping[str, object]) -> None:
    """Refuse shares that would overrule the weights of the step `weigh` or those of an expert."""
    step = next((each for each in context.index.steps if isinstance(each, steps.Weigh)), None)
    panel = [name for name, choice in choices.items() if isinstance(choice, WeightExperts)]
    for name, choice in choices.items():
        if not isinstance(choice, WeightShares):
            continue
        if panel or not (step is None or isinstance(step.weigh, options.NominalWeights)):
            raise BadInput(
                "draws shares about the weights beside the names, and so would overrule "
                + (panel[0] if panel else "the step weigh"),
                field=f"uncertainty.choices.{name}",
                remedy="weight_noise, which varies whatever weights there are",
            )


def _check_cells(errors: Mapping[str, DataErrors]) -> None:
    """Refuse two choices that draw the same figure."""
    seen: dict[tuple[int, int], str] = {}
    for name, drawn in errors.items():
        for cell in zip(drawn.rows.tolist(), drawn.columns.tolist(), strict=True):
            if cell in seen:
                raise BadInput(
                    f"draws figures that {seen[cell]} draws too",
                    field=f"uncertainty.choices.{name}",
                    remedy="name the indicators of each",
                )
            seen[cell] = name


def _check_apart(choices: Mapping[str, object]) -> None:
    """Refuse two choices of which one would always overrule the other."""
    taken: dict[str, str] = {}
    for name, choice in choices.items():
        about = choice.step if isinstance(choice, StepChoice) else None
        about = choice.of if isinstance(choice, Parameter) else about
        if about is None:
            continue
        if about in taken:
            raise BadInput(
                f"is about {about}, as {taken[about]} is",
                field=f"uncertainty.choices.{name}",
                remedy="one choice with all the forms",
            )
        taken[about] = name


def columns_of(name: str, context: Context, errors: Mapping[str, DataErrors]) -> list[str]:
    """What each drawn number of a choice is about; one empty text where there is but one number."""
    assert context.index.uncertainty is not None
    choice = context.index.uncertainty.choices.get(name)
    tree = tree_of(context, context.index.aggregation.aggregate)
    if isinstance(choice, WeightNoise):
        return [tree.codes[place] for place in _children(choice.children_of, tree)]
    if isinstance(choice, WeightShares):
        families = _families(choice.children_of, tree, name)
        return [tree.codes[place] for family in families for place in family]
    if isinstance(choice, DataError):
        cells = zip(errors[name].rows, errors[name].columns, strict=True)
        rows, codes = context.panel.rows, context.panel.columns
        return [".".join(part for part in (*rows[r], codes[c]) if part) for r, c in cells]
    return [""]


def _children(parents: tuple[str, ...], tree: Tree) -> list[int]:
    """Places of the children of ``parents``; of every node where none is named."""
    return [
        place
        for place, parent in enumerate(tree.parents)
        if parent >= 0 and (not parents or tree.codes[parent] in parents)
    ]


def _side_by_side(places: list[int]) -> list[int] | slice:
    """A slice where the places follow each other: arrays are reached through it many times faster."""
    first, last = places[0], places[-1]
    return slice(first, last + 1) if last - first + 1 == len(places) else places


def _families(parents: tuple[str, ...], tree: Tree, name: str) -> list[list[int]]:
    """The weighted children of each parent that has several."""
    families = []
    for group in tree.groups:
        if parents and tree.codes[group] not in parents:
            continue
        family = [int(place) for place in tree.children[group] if tree.weights[place] > 0]
        if len(family) > 1:
            families.append(family)
    if not families:
        raise BadInput("no node has several children", field=f"uncertainty.choices.{name}")
    return families


def _experts(context: Context, name: str) -> list[FloatArray]:
    """The weights of each expert of the panel."""
    from donghaeng.index.chain.weighing import expert_weights

    step = next((each for each in context.index.steps if isinstance(each, steps.Weigh)), None)
    tree = tree_of(context, context.index.aggregation.aggregate)
    found = None if step is None else expert_weights(step.weigh, tree)
    if not found:
        raise BadInput(
            "there is no panel of experts",
            field=f"uncertainty.choices.{name}",
            remedy="a step `weigh` with budget_allocation or analytic_hierarchy",
        )
    return found


def _most_tables(context: Context) -> int:
    """The number of completed tables that a multiple imputation may ask for; 0 where there is none."""
    found = [
        each.impute.tables
        for each in _forms(context)
        if isinstance(each, steps.Impute) and isinstance(each.impute, options.ImputeMultiple)
    ]
    if len(set(found)) > 1:
        raise BadInput("multiple imputations of different sizes", field="uncertainty.choices")
    return found[0] if found else 0


def _forms(context: Context) -> list[object]:
    """Every step of the file and every form that it may take."""
    uncertainty = context.index.uncertainty
    choices = [] if uncertainty is None else list(uncertainty.choices.values())
    among = [each for choice in choices if isinstance(choice, StepChoice) for each in choice.among]
    return [*context.index.steps, *among]


@dataclass(frozen=True)
class Settled:
    """What the draws of one sample came to; ``values`` has an array (draws, columns) for each choice."""

    terms: Terms
    values: dict[str, FloatArray]

    @cached_property
    def figures(self) -> Callable[[WholeArray], FloatArray] | None:
        """For given draws, figures of their own (draws, rows, columns); None where data have no error."""
        if not self.terms.errors:
            return None

        def drawn(draws: WholeArray) -> FloatArray:
            values = self.terms.context.panel.values
            figures = numpy.broadcast_to(values, (len(draws), *values.shape)).copy()
            for name, errors in self.terms.errors.items():
                figures[:, errors.rows, errors.columns] = self.values[name][draws]
            return figures

        return drawn

    def tables(self, setting: Setting) -> WholeArray | None:
        """The completed table that each draw takes, after a multiple imputation."""
        step = setting.step
        if isinstance(step, steps.Impute) and isinstance(step.impute, options.ImputeMultiple):
            return self.values[TABLES][:, 0].astype(numpy.int64)
        return None

    def forms_of(
        self, step: steps.StepPart, draws: WholeArray
    ) -> Iterator[tuple[Setting, WholeArray]]:
        """Each form of a step with those of ``draws`` that take it."""
        open_here = [
            name
            for name, choice in self.terms.declared.items()
            if (isinstance(choice, StepChoice) and choice.step == step.step)
            or (isinstance(choice, Parameter) and choice.of.startswith(f"{step.step}."))
        ]
        if not open_here:
            yield Setting(step), draws
            return
        taken = numpy.column_stack([self.values[name][draws, 0] for name in open_here])
        distinct, of_draw = numpy.unique(taken, axis=0, return_inverse=True)
        for number, settled in enumerate(distinct):
            members = draws[of_draw.ravel() == number]
            yield self._setting(step, open_here, settled), members

    def _setting(self, step: steps.StepPart, names: list[str], settled: FloatArray) -> Setting:
        """The form that given values of the choices about one step come to."""
        form: steps.StepPart | None = step
        said: list[tuple[str, str]] = []
        countable = True
        # Which form the step takes is settled first, then the numbers within that form.
        for name, value in sorted(
            zip(names, settled, strict=True),
            key=lambda pair: isinstance(self.terms.declared[pair[0]], Parameter),
        ):
            choice = self.terms.declared[name]
            if isinstance(choice, StepChoice):
                chosen = choice.among[int(value)]
                form = None if isinstance(chosen, Skip) else chosen
                said.append((name, form_name(choice, float(value))))
                continue
            assert isinstance(choice, Parameter)
            countable = countable and choice.whole
            if form is None:
                said.append((name, LEFT_OUT))
                continue
            form = with_parameter(form, choice, float(value), name)
            said.append((name, form_name(choice, float(value)) if choice.whole else DRAWN))
        taken = tuple((name, float(value)) for name, value in zip(names, settled, strict=True))
        return Setting(form, taken, tuple(said), countable)

    def weights(self, base: FloatArray, draws: WholeArray, tree: Tree) -> FloatArray:
        """The weights of each draw: (draws, nodes), or ``base`` (nodes,) where nothing varies them."""
        declared = {
            name: choice
            for name, choice in self.terms.declared.items()
            if type(choice) in WEIGHTS_IN_ORDER
        }
        if not declared:
            return base
        weights = numpy.broadcast_to(base, (len(draws), len(tree.codes))).copy()
        for name, choice in sorted(
            declared.items(), key=lambda item: WEIGHTS_IN_ORDER.index(type(item[1]))
        ):
            drawn = self.values[name][draws]
            if isinstance(choice, WeightExperts):
                experts = numpy.stack(_experts(self.terms.context, name))
                weights[:] = experts[drawn[:, 0].astype(numpy.int64)]
            elif isinstance(choice, WeightShares):
                families = _families(choice.children_of, tree, name)
                weights[:, [place for family in families for place in family]] = drawn
            elif isinstance(choice, WeightNoise):
                weights[:, _side_by_side(_children(choice.children_of, tree))] *= drawn
            elif isinstance(choice, LeaveOut):
                for number, code in enumerate(choice.among):
                    weights[drawn[:, 0] == number, tree.place(code)] = 0.0
        return weights

    # What of these was carried out is counted where it is done: a choice that no step asks for has no count.

    def data_errors_of(self, draws: WholeArray) -> Counter[tuple[str, str]]:
        """The errors of figures that ``draws`` were given."""
        return Counter({(name, DRAWN): len(draws) for name in self.terms.errors})

    def tables_of(self, setting: Setting, draws: WholeArray) -> Counter[tuple[str, str]]:
        """The completed tables that ``draws`` took at a step of imputation."""
        if TABLES not in self.values:
            return Counter()
        tables = self.tables(setting)
        if tables is None:
            return Counter({(TABLES, "no multiple imputation"): len(draws)})
        return Counter((TABLES, f"table {table + 1}") for table in tables[draws].tolist())

    def weights_of(self, draws: WholeArray) -> Counter[tuple[str, str]]:
        """The choices about weights that ``draws`` were aggregated with."""
        found: Counter[tuple[str, str]] = Counter()
        for name, choice in self.terms.declared.items():
            if isinstance(choice, WeightNoise | WeightShares):
                found[name, DRAWN] += len(draws)
            elif isinstance(choice, LeaveOut | WeightExperts):
                numbers, counts = numpy.unique(self.values[name][draws, 0], return_counts=True)
                for number, count in zip(numbers, counts, strict=True):
                    found[name, form_name(choice, float(number))] += int(count)
        return found
