"""A rule of the user's own: a Python function, named ``module:function``.

It runs whatever code it names, so it can be given from Python only; a file of an index cannot name one.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import numpy

from donghaeng.rules.faults import BadInput, nearest

from ..arrays import FloatArray
from .availability import checked_weights

Rule = Callable[[FloatArray, FloatArray], FloatArray]


def named_function(name: str) -> Rule:
    """The function that ``module:function`` names.

    >>> named_function("donghaeng.index.aggregation.means:arithmetic").__name__
    'arithmetic'
    """
    module_name, colon, function_name = name.partition(":")
    if not colon or not module_name or not function_name:
        raise BadInput(f"{name!r} names no function", remedy="module:function")
    try:
        module = importlib.import_module(module_name)
    except ImportError as fault:
        raise BadInput(f"the module of {name!r} cannot be imported: {fault}") from fault
    function = getattr(module, function_name, None)
    if not callable(function):
        known = [name for name, value in vars(module).items() if callable(value)]
        raise BadInput(
            f"module {module_name!r} has no function {function_name!r}",
            remedy=nearest(function_name, known),
        )
    rule: Rule = function
    return rule


def apply_function(rule: Rule, values: FloatArray, weights: FloatArray) -> FloatArray:
    """What ``rule`` makes of values (..., rows, children) and weights (..., children), checked.

    It gets copies that are shared with nobody and must give one number for each row; what else it gives is
    refused. It must deal with missing children itself.
    """
    weights = checked_weights(weights)
    expected = (*numpy.broadcast_shapes(values.shape[:-2], weights.shape[:-1]), values.shape[-2])
    result = numpy.asarray(rule(values.copy(), weights.copy()))
    name = getattr(rule, "__name__", "the user's function")
    if result.shape != expected or result.dtype.kind not in "fiu":
        raise BadInput(
            f"{name} gave {result.dtype} of shape {result.shape}",
            remedy=f"one number for each row: shape {expected}",
        )
    scores = result.astype(numpy.float64)
    if numpy.isinf(scores).any():
        row = int(numpy.argwhere(numpy.isinf(scores))[0][-1])
        raise BadInput(f"{name} gave an infinite score for row {row}")
    return scores
