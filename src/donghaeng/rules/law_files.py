"""What may stand in a law file: checked before anything of it is run."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence
from typing import Any

from . import arithmetic, declarations, parameters, terms
from .faults import LawFault
from .subset import QUOTIENT

# The names that a law file may take from `donghaeng.rules`.
LANGUAGE: dict[str, Any] = {
    name: getattr(module, name)
    for module, names in (
        (
            terms,
            "Money Rate Count Day Enumeration Role Rounding PERSON HOUSEHOLD POINT MONTH YEAR",
        ),
        (
            declarations,
            "fact relation unit children_by rule sum_over count_over any_over max_over min_over "
            "of_oldest of",
        ),
        (
            arithmetic,
            "round_down round_up round_nearest by_brackets per_month age_in_years age_in_months "
            "months_between Schedule",
        ),
        (parameters, "Table"),
    )
    for name in names.split()
}
DECLARING = frozenset(
    [
        "fact",
        "relation",
        "unit",
        "children_by",
        "rule",
        "sum_over",
        "count_over",
        "any_over",
        "max_over",
        "min_over",
        "of_oldest",
        "of",
    ]
)
# Deeper than any article, and less than Python's own recursion allows.
DEEPEST_TREE = 120
BUILT_IN = {
    "__build_class__": builtins.__build_class__,
    QUOTIENT: arithmetic.quotient,
    "min": min,
    "max": max,
    "bool": bool,
    "True": True,
    "False": False,
}


def parsed(text: str, path: str) -> ast.Module:
    """The syntax tree of a law file.

    Raises:
        LawFault: where it is no Python.
    """
    try:
        tree = ast.parse(text, filename=path)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        message = getattr(error, "msg", None) or str(error)
        raise LawFault(f"not readable as Python: {message}", file=path, line=line) from None
    stack: list[tuple[ast.AST, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > DEEPEST_TREE:
            raise LawFault(
                f"nested more than {DEEPEST_TREE} levels deep",
                file=path,
                line=getattr(node, "lineno", 1),
                remedy="give parts of the formula names of their own",
            )
        stack.extend((part, depth + 1) for part in ast.iter_child_nodes(node))
    return tree


def check_names(statements: Sequence[ast.stmt], path: str, imported: Mapping[str, Any]) -> None:
    """A name is given once in a file, and never to a word of the language."""
    given: dict[str, int] = {}
    for statement in statements:
        names: list[str] = []
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names = [statement.name]
        elif isinstance(statement, ast.Assign):
            names = [part.id for part in statement.targets if isinstance(part, ast.Name)]
        for name in names:
            where = f"in {path}:{given[name]}" if name in given else ""
            if name in LANGUAGE or name in BUILT_IN or name in imported:
                where = "in the language of law or by an import"
            if where:
                raise LawFault(
                    f"{name!r} is declared already, {where}",
                    file=path,
                    line=statement.lineno,
                    remedy="a name stands for one thing in the whole law",
                )
            given[name] = statement.lineno


def check_statement(statement: ast.stmt, path: str) -> None:
    line = statement.lineno
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return
    if isinstance(statement, ast.ClassDef):
        check_enumeration(statement, path)
        return
    if isinstance(statement, ast.FunctionDef):
        check_rule_head(statement, path)
        return
    if isinstance(statement, ast.Assign) and all(
        isinstance(target, ast.Name) and not target.id.startswith("_")
        for target in statement.targets
    ):
        check_value(statement.value, path)
        return
    raise LawFault(
        f"a statement of kind {type(statement).__name__} in a law file",
        file=path,
        line=line,
        remedy="a law file holds imports, enumerations, declarations and rules",
    )


def check_value(node: ast.AST, path: str) -> None:
    """A declared value calls nothing but the declaring functions."""
    for part in ast.walk(node):
        allowed = isinstance(
            part,
            (
                ast.Call,
                ast.Name,
                ast.Attribute,
                ast.Constant,
                ast.Tuple,
                ast.List,
                ast.Dict,
                ast.keyword,
                ast.Load,
                ast.UnaryOp,
                ast.USub,
                ast.BinOp,
                ast.Mult,
                ast.Add,
            ),
        )
        if isinstance(part, ast.Call):
            allowed = isinstance(part.func, ast.Name) and part.func.id in DECLARING
        if isinstance(part, ast.Attribute):
            allowed = isinstance(part.value, ast.Name) and not part.attr.startswith("_")
        if isinstance(part, ast.Name):
            allowed = part.id != "Rate"
        if isinstance(part, (ast.BinOp, ast.UnaryOp)):
            allowed = all(_is_number(operand) for operand in ast.iter_child_nodes(part))
        if not allowed:
            raise LawFault(
                f"{ast.unparse(part)!r} in a declaration"
                if isinstance(part, ast.expr)
                else f"{type(part).__name__} in a declaration",
                file=path,
                line=getattr(part, "lineno", getattr(node, "lineno", 1)),
                remedy=f"what may be called: {', '.join(sorted(DECLARING))}",
            )


def check_enumeration(statement: ast.ClassDef, path: str) -> None:
    plain_base = (
        len(statement.bases) == 1
        and isinstance(statement.bases[0], ast.Name)
        and statement.bases[0].id == "Enumeration"
    )
    if not plain_base or statement.keywords or statement.decorator_list:
        raise LawFault(
            f"class {statement.name}",
            file=path,
            line=statement.lineno,
            remedy="the only class in a law file is an Enumeration",
        )
    for member in statement.body:
        docstring = isinstance(member, ast.Expr) and isinstance(member.value, ast.Constant)
        listed = (
            isinstance(member, ast.Assign)
            and len(member.targets) == 1
            and isinstance(member.targets[0], ast.Name)
            and not member.targets[0].id.startswith("_")
            and isinstance(member.value, ast.Tuple)
            and len(member.value.elts) >= 3
            and all(
                isinstance(part, ast.Constant) and isinstance(part.value, str)
                for part in member.value.elts
            )
        )
        if not (docstring or listed):
            raise LawFault(
                f"enumeration {statement.name}: a member is a word and two labels",
                file=path,
                line=member.lineno,
                remedy='OWNED = "owned", "자가", "Owned"',
            )


def check_rule_head(function: ast.FunctionDef, path: str) -> None:
    def fault(message: str, remedy: str) -> LawFault:
        return LawFault(message, file=path, line=function.lineno, remedy=remedy)

    decorators = function.decorator_list
    if len(decorators) != 1 or not (
        isinstance(decorators[0], ast.Call)
        and isinstance(decorators[0].func, ast.Name)
        and decorators[0].func.id == "rule"
    ):
        raise fault(f"function {function.name!r} is not a rule", "@rule(entity=..., ...) above it")
    for part in (*decorators[0].args, *(word.value for word in decorators[0].keywords)):
        check_value(part, path)
    given = function.args
    if given.posonlyargs or given.kwonlyargs or given.vararg or given.kwarg or given.defaults:
        raise fault(
            f"rule {function.name!r}: arguments are plain names with annotations",
            "def rule(income: Money, livelihood_line: Money) -> Money",
        )
    for argument in given.args:
        if not isinstance(argument.annotation, ast.Name):
            raise fault(
                f"rule {function.name!r}: argument {argument.arg!r} has no type",
                f"{argument.arg}: Money, Rate, Count, bool, Day, Table, Schedule or an Enumeration",
            )
    if not isinstance(function.returns, ast.Name):
        raise fault(f"rule {function.name!r} has no type of result", "-> Money")


def _is_number(node: ast.AST) -> bool:
    if isinstance(node, (ast.BinOp, ast.UnaryOp)):
        return all(_is_number(part) for part in ast.iter_child_nodes(node))
    return isinstance(node, ast.operator | ast.unaryop) or (
        isinstance(node, ast.Constant) and type(node.value) is int
    )
