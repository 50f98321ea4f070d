"""The hash of a law: the same for every spelling of the same law, another for any other law.

Comments, docstrings, blank lines and the order of files do not count; a value, a citation, a label
or a line of a rule does.
"""

from __future__ import annotations

import ast
import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .declarations import Declaration, Rule
from .expressions import Expression
from .terms import Enumeration
from .yaml_files import read_yaml

# Raised when the same sources would be answered differently by a newer engine.
LANGUAGE_VERSION = 1


def content_hash(sources: Mapping[str, str]) -> str:
    """SHA-256 over the meaning of ``sources``, as hexadecimal text."""
    meaning = {
        path: _module(text) if path.endswith(".py") else _plain(read_yaml(text, path)[0])
        for path, text in sources.items()
        if path.endswith((".py", ".yaml"))
    }
    meaning = {path: part for path, part in meaning.items() if part}
    text = json.dumps([LANGUAGE_VERSION, meaning], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _module(text: str) -> Any:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)):
            node.body = [
                statement
                for statement in node.body
                if not (
                    isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
                )
            ]
    return [_node(statement) for statement in tree.body]


def _node(node: Any) -> Any:
    """A form of the syntax tree that does not depend on the version of Python."""
    if isinstance(node, ast.AST):
        fields = {
            name: _node(value)
            for name, value in ast.iter_fields(node)
            if name not in ("ctx", "kind", "type_comment", "type_params")
            and value not in (None, [])
        }
        return [type(node).__name__, fields]
    if isinstance(node, list):
        return [_node(part) for part in node]
    return node if isinstance(node, (str, int, bool)) or node is None else repr(node)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return [[_plain(key), _plain(inner)] for key, inner in sorted(value.items(), key=_order)]
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, (str, int, bool)) or value is None else repr(value)


def _order(item: tuple[Any, Any]) -> str:
    return str(item[0])


def meaning_of_rule(declaration: Declaration | None) -> Any:
    """What a declaration says, apart from where it stands: equal for equal rules of two laws."""
    if declaration is None:
        return None
    fields = {
        name: _meaning(value)
        for name, value in vars(declaration).items()
        if name not in ("place", "function", "body")
    }
    body = _expression(declaration.body, {}) if isinstance(declaration, Rule) else None
    return fields, body


def _meaning(value: Any) -> Any:
    """A value that compares equal to its like in a law that was read another time."""
    if isinstance(value, Enumeration):
        return value.word
    if isinstance(value, type) and issubclass(value, Enumeration):
        return [value.__name__, [member.value for member in value]]
    if isinstance(value, Declaration):
        return meaning_of_rule(value)
    return value


def _expression(node: Expression, seen: dict[int, int]) -> Any:
    if id(node) in seen:
        return seen[id(node)]
    plain = {
        name: _meaning(value)
        for name, value in vars(node).items()
        if name != "line" and not isinstance(value, (Expression, tuple))
    }
    parts = [_expression(part, seen) for part in node.parts()]
    seen[id(node)] = len(seen)
    return [type(node).__name__, plain, parts]
