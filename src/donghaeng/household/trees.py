"""An explanation as a tree for programs: every node with value, rule, citation, inputs, parameters."""

from __future__ import annotations

from typing import Any

from donghaeng.rules import Enumeration, Explanation, is_missing
from donghaeng.rules.difference import spell_value
from donghaeng.rules.explanation import ParameterUse

from .assess import plain


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The tree; a node that was told before is named again without what lies below it."""
    return _node(explanation, set())


def _node(node: Explanation, told: set[tuple[str, str]]) -> dict[str, Any]:
    declaration = node.declaration
    tree: dict[str, Any] = {
        "name": node.name,
        "label": {"ko": declaration.label[0], "en": declaration.label[1]},
        "value": None if is_missing(node.value) else plain(node.value),
    }
    if node.person:
        tree["person"] = node.person
    if declaration.citation:
        tree["citation"] = declaration.citation
    tree["place"] = f"{declaration.place.file}:{declaration.place.line}"
    if node.assumed:
        tree["assumed"] = True
    if is_missing(node.value):
        tree["blocked_by"] = list(node.blockers())
    if (node.name, node.person) in told:
        return tree
    told.add((node.name, node.person))
    if node.parameters:
        tree["parameters"] = [_parameter(use) for use in node.parameters]
    if node.inputs:
        tree["inputs"] = [_node(each, told) for each in node.inputs]
    return tree


def _parameter(use: ParameterUse) -> dict[str, Any]:
    value = use.value.word if isinstance(use.value, Enumeration) else spell_value(use.value)
    tree: dict[str, Any] = {
        "name": use.name,
        "label": {"ko": use.label[0], "en": use.label[1]},
        "value": None if is_missing(use.value) else value,
        "since": use.start.isoformat(),
        "status": use.status.value,
        "citation": use.citation,
        "source": use.source,
    }
    if use.key:
        tree["key"] = list(use.key)
    if use.regimes:
        tree["regimes"] = list(use.regimes)
    return tree
