"""The part of Python that a rule may use, and its translation into an expression.

The subset is documented with examples in ``docs/language.md``. Whatever is refused here is refused
when the law is loaded, with file, line and what to write instead; whatever passes also compiles.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from .expressions import (
    Arithmetic,
    Brackets,
    Compare,
    Constant,
    Dates,
    Expression,
    Extreme,
    Given,
    Logic,
    Lookup,
    Name,
    Not,
    PerMonth,
    Round,
    Select,
    always_evaluated,
)
from .faults import LawFault
from .terms import Enumeration, Way

ARITHMETIC: dict[type[ast.AST], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS: dict[type[ast.AST], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
ROUNDINGS = {"round_down": Way.DOWN, "round_up": Way.UP, "round_nearest": Way.NEAREST}
# How the loader spells exact division (a law file writes ``/``).
QUOTIENT = "__quotient__"
DATES = ("age_in_years", "age_in_months", "months_between")

REMEDIES: dict[type[ast.AST], str] = {
    ast.For: "declare an aggregation such as sum_over(HOUSEHOLD, ...) and take it as an argument",
    ast.While: "a rule has no loops: declare an aggregation, or write the closed formula",
    ast.ListComp: "declare an aggregation such as sum_over(HOUSEHOLD, ...)",
    ast.GeneratorExp: "declare an aggregation such as sum_over(HOUSEHOLD, ...)",
    ast.Lambda: "write the formula where it is used",
    ast.Try: "a rule raises nothing; test the condition with if",
    ast.Raise: "a rule raises nothing; a fact that is missing makes the result undetermined by itself",
    ast.Attribute: "only members of an Enumeration have a dot, as in Tenure.OWNED",
    ast.Dict: "put the table into a parameter file and look it up: table[key]",
    ast.List: "put the values into a parameter file",
    ast.FloorDiv: "use round_down(a / b)",
    ast.Mod: "use a - round_down(a, to=...)",
    ast.Pow: "write the product out",
    ast.JoinedStr: "a rule computes amounts, counts, flags, days and choices; no text",
    ast.Is: "use == and !=",
    ast.IsNot: "use == and !=",
    ast.NamedExpr: "give the value a name on a line of its own",
}
CALLED = (*ROUNDINGS, *DATES, "per_month", "by_brackets")
# Deeper or more branching than any article: a rule like that is refused rather than explained badly.
DEEPEST = 80
MOST_WAYS = 300
# What the statements before have computed, whether or not it is read later.
DEMANDED = ""


class Translator:
    """Translates the body of one rule into one expression."""

    def __init__(self, function: ast.FunctionDef, names: Mapping[str, Any], file: str) -> None:
        self.function = function
        self.globals = names
        self.file = file
        self.arguments = [argument.arg for argument in function.args.args]
        self.not_values = {
            argument.arg
            for argument in function.args.args
            if getattr(argument.annotation, "id", "") in ("Table", "Schedule")
        }
        self.depth = 0
        self.ways = 0

    def translate(self) -> Expression:
        """The expression that the function returns.

        Raises:
            LawFault: where the body leaves the subset.
        """
        environment: dict[str, Expression] = {
            name: Name(self.function.lineno, name) for name in self.arguments
        }
        body = self.function.body
        if _is_docstring(body[0]):
            body = body[1:]
        result = self.block(body, environment)
        if result is None:
            raise self.fault(
                self.function,
                f"rule {self.function.name!r} can end without returning a value",
                "return a value on every path",
            )
        return result

    def fault(self, node: ast.AST, message: str, remedy: str = "") -> LawFault:
        return LawFault(message, file=self.file, line=getattr(node, "lineno", 0), remedy=remedy)

    def refuse(self, node: ast.AST, what: str) -> LawFault:
        return self.fault(
            node, f"{what} is not part of the language of law", REMEDIES.get(type(node), "")
        )

    # Statements

    def block(
        self, statements: list[ast.stmt], environment: dict[str, Expression]
    ) -> Expression | None:
        """What the statements return; ``None`` where they fall through (the environment is updated)."""
        for index, statement in enumerate(statements):
            if isinstance(statement, ast.Return):
                if index + 1 < len(statements):
                    raise self.fault(statements[index + 1], "this line is never reached")
                if statement.value is None:
                    raise self.fault(statement, "return without a value")
                return self.returned(statement, environment)
            if isinstance(statement, ast.If):
                result = self.condition(statement, statements[index + 1 :], environment)
                if result is not None:
                    return result
                continue
            self.assignment(statement, environment)
        return None

    def returned(self, statement: ast.Return, environment: dict[str, Expression]) -> Expression:
        """The returned value, which also needs whatever Python computed on the way to it."""
        assert statement.value is not None
        result = self.expression(statement.value, environment)
        needed = always_evaluated(result)
        demanded = environment.get(DEMANDED)
        while isinstance(demanded, Given):
            if id(demanded.demanded) not in needed:
                result = Given(statement.lineno, demanded.demanded, result)
            demanded = demanded.result
        if demanded is None or isinstance(demanded, Constant):
            return result
        return Given(statement.lineno, demanded, result)

    def demand(self, environment: dict[str, Expression], value: Expression | None) -> None:
        """Remember that Python computes ``value`` here, whether or not it is read later."""
        if value is not None:
            before = environment.get(DEMANDED, Constant(value.line, False))
            environment[DEMANDED] = Given(value.line, value, before)

    def assignment(self, statement: ast.stmt, environment: dict[str, Expression]) -> None:
        target: ast.expr
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], self.expression(statement.value, environment)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, self.expression(statement.value, environment)
        elif isinstance(statement, ast.AugAssign) and type(statement.op) in ARITHMETIC:
            target = statement.target
            current = self.expression(
                ast.copy_location(ast.Name(_name_of(target), ast.Load()), target), environment
            )
            value = Arithmetic(
                statement.lineno,
                ARITHMETIC[type(statement.op)],
                current,
                self.expression(statement.value, environment),
            )
        else:
            raise self.refuse(statement, f"a statement of kind {type(statement).__name__}")
        if not isinstance(target, ast.Name):
            raise self.refuse(target, "an assignment to anything but a plain name")
        if target.id in self.not_values:
            raise self.fault(target, f"{target.id!r} is a table or schedule and keeps its name")
        environment[target.id] = value
        self.demand(environment, _used(value))

    def condition(
        self, statement: ast.If, rest: list[ast.stmt], environment: dict[str, Expression]
    ) -> Expression | None:
        """The value returned if one branch returns; ``None`` if both fall through."""
        test = self.expression(statement.test, environment)
        if not _may_return(statement) and not isinstance(test, Constant):
            self.demand(environment, test)
        on_true, on_false = dict(environment), dict(environment)
        if not _may_return(statement):
            self.block(statement.body, on_true)
            self.block(statement.orelse, on_false)
            self.merge(statement, test, environment, on_true, on_false)
            return None
        self.ways += 1
        if self.ways > MOST_WAYS:
            raise self.fault(
                statement,
                f"more than {MOST_WAYS} ways through this rule",
                "let each branch of an if return on all its paths or on none, or write two rules",
            )
        ends = _always_returns(statement.body), _always_returns(statement.orelse)
        if all(ends) and rest:
            raise self.fault(rest[0], "this line is never reached")
        then = self.block(statement.body + ([] if ends[0] else rest), on_true)
        otherwise = self.block(statement.orelse + ([] if ends[1] else rest), on_false)
        if then is None or otherwise is None:
            raise self.fault(
                statement,
                "one way through this if ends without returning a value",
                "return a value on every path",
            )
        return Select(statement.lineno, test, then, otherwise)

    def merge(
        self,
        statement: ast.If,
        test: Expression,
        environment: dict[str, Expression],
        on_true: dict[str, Expression],
        on_false: dict[str, Expression],
    ) -> None:
        for name in [*on_true, *(name for name in on_false if name not in on_true)]:
            nothing = Constant(statement.lineno, False) if name == DEMANDED else None
            left, right = on_true.get(name, nothing), on_false.get(name, nothing)
            if left is None or right is None:
                environment.pop(name, None)  # known on one side only: may not be read afterwards
            elif left is not right:
                environment[name] = Select(statement.lineno, test, left, right)

    # Expressions

    def expression(self, node: ast.expr, environment: dict[str, Expression]) -> Expression:
        """The expression that ``node`` stands for."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault(
                node, f"nested more than {DEEPEST} levels deep", "give its parts names of their own"
            )
        try:
            return self.translated(node, environment)
        finally:
            self.depth -= 1

    def translated(self, node: ast.expr, environment: dict[str, Expression]) -> Expression:
        def inner(part: ast.expr) -> Expression:
            return self.expression(part, environment)

        line = node.lineno
        if isinstance(node, ast.Constant):
            return self.constant(node)
        if isinstance(node, ast.Name):
            if node.id in environment:
                return environment[node.id]
            raise self.fault(
                node,
                f"{node.id!r} has no value here",
                "take it as an argument, or give it a value on every path before it is read",
            )
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == QUOTIENT:
            return Arithmetic(line, "/", inner(node.args[0]), inner(node.args[1]))
        if isinstance(node, ast.BinOp):
            if type(node.op) not in ARITHMETIC:
                raise self.fault(
                    node,
                    f"operator {type(node.op).__name__} is not part of the language of law",
                    REMEDIES.get(type(node.op), ""),
                )
            return Arithmetic(line, ARITHMETIC[type(node.op)], inner(node.left), inner(node.right))
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                return Not(line, inner(node.operand))
            if isinstance(node.op, ast.USub):
                return Arithmetic(line, "-", Constant(line, 0), inner(node.operand))
            raise self.refuse(node, f"operator {type(node.op).__name__}")
        if isinstance(node, ast.BoolOp):
            operator = "and" if isinstance(node.op, ast.And) else "or"
            result = inner(node.values[0])
            for value in node.values[1:]:
                result = Logic(line, operator, result, inner(value))
            return result
        if isinstance(node, ast.Compare):
            return self.comparison(node, inner)
        if isinstance(node, ast.IfExp):
            return Select(line, inner(node.test), inner(node.body), inner(node.orelse))
        if isinstance(node, ast.Subscript):
            return self.lookup(node, inner)
        if isinstance(node, ast.Call):
            return self.call(node, inner)
        if isinstance(node, ast.Attribute):
            return self.member(node)
        raise self.refuse(node, f"an expression of kind {type(node).__name__}")

    def constant(self, node: ast.Constant) -> Expression:
        if type(node.value) in (int, bool):
            return Constant(node.lineno, node.value)
        if isinstance(node.value, float):
            raise self.fault(
                node,
                f"the decimal number {node.value} in a rule",
                "put it into a parameter file with its citation and take it as an argument",
            )
        raise self.fault(node, f"{node.value!r} is neither a whole number nor a flag")

    def comparison(self, node: ast.Compare, inner: Any) -> Expression:
        result: Expression | None = None
        left = inner(node.left)
        for operator, comparator in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, (ast.In, ast.NotIn)):
                part = self.membership(node, left, operator, comparator, inner)
                right = left
            elif type(operator) in COMPARISONS:
                right = inner(comparator)
                part = Compare(node.lineno, COMPARISONS[type(operator)], left, right)
            else:
                raise self.fault(
                    node,
                    f"{type(operator).__name__} is not part of the language of law",
                    REMEDIES.get(type(operator), ""),
                )
            result = part if result is None else Logic(node.lineno, "and", result, part)
            left = right
        assert result is not None
        return result

    def membership(
        self,
        node: ast.Compare,
        left: Expression,
        operator: ast.cmpop,
        choices: ast.expr,
        inner: Any,
    ) -> Expression:
        if not isinstance(choices, (ast.Tuple, ast.Set)) or not choices.elts:
            raise self.fault(node, "in wants the choices written out", "x in (Kind.A, Kind.B)")
        result: Expression | None = None
        for choice in choices.elts:
            equal = Compare(node.lineno, "==", left, inner(choice))
            result = equal if result is None else Logic(node.lineno, "or", result, equal)
        assert result is not None
        return Not(node.lineno, result) if isinstance(operator, ast.NotIn) else result

    def member(self, node: ast.Attribute) -> Expression:
        owner = self.globals.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if not (isinstance(owner, type) and issubclass(owner, Enumeration)):
            raise self.refuse(node, f"{ast.unparse(node)!r}")
        if node.attr not in owner.__members__:
            raise self.fault(
                node,
                f"{owner.__name__} has no member {node.attr!r}",
                f"its members are {', '.join(owner.__members__)}",
            )
        return Constant(node.lineno, owner[node.attr])

    def lookup(self, node: ast.Subscript, inner: Any) -> Expression:
        if not isinstance(node.value, ast.Name) or node.value.id not in self.arguments:
            raise self.fault(node, "only a parameter table that is an argument has [ ]")
        keys = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return Lookup(node.lineno, node.value.id, tuple(inner(key) for key in keys))

    def call(self, node: ast.Call, inner: Any) -> Expression:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        line, given = node.lineno, node.args
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        if name in CALLED and name not in self.globals:
            raise self.fault(
                node, f"{name!r} is not imported", f"from donghaeng.rules import {name}"
            )
        if name in ("min", "max") and len(given) > 1 and not keywords:
            return Extreme(line, name, tuple(inner(argument) for argument in given))
        if name in ROUNDINGS and len(given) in (1, 2) and set(keywords) <= {"to"}:
            return Round(line, ROUNDINGS[name], self.multiple(node), inner(given[0]))
        if name in DATES and len(given) == 2 and not keywords:
            return Dates(line, name, inner(given[0]), inner(given[1]))
        if name == "per_month" and len(given) == 1 and not keywords:
            return PerMonth(line, inner(given[0]))
        if name == "by_brackets" and len(given) == 2 and not keywords:
            if not isinstance(given[1], ast.Name) or given[1].id not in self.arguments:
                raise self.fault(node, "by_brackets wants a schedule that is an argument")
            return Brackets(line, inner(given[0]), given[1].id)
        allowed = ("min", "max", *CALLED)
        raise self.fault(
            node,
            f"the call {ast.unparse(node)!r} is not part of the language of law",
            f"what may be called: {', '.join(allowed)}; another rule is used by naming its "
            "variable as an argument",
        )

    def multiple(self, node: ast.Call) -> int:
        to = next((word.value for word in node.keywords), node.args[1] if node.args[1:] else None)
        if to is None:
            return 1
        if isinstance(to, ast.Constant) and type(to.value) is int and to.value > 0:
            return to.value
        raise self.fault(node, "the multiple to round to is a whole number, such as to=10")


def _used(value: Expression) -> Expression | None:
    """What must be known to give ``value`` a name: ``None`` where a name or a cell is only passed on.

    The result is a flag that means nothing but that its parts were evaluated.
    """
    nothing = Constant(value.line, False)
    if isinstance(value, (Name, Constant)):
        return None
    if isinstance(value, Lookup):
        keys = [key for key in value.keys if not isinstance(key, Constant)]
        result: Expression | None = None
        for key in reversed(keys):
            result = Given(value.line, key, result or nothing)
        return result
    if isinstance(value, Select):
        first, sides = value.condition, (_used(value.then), _used(value.otherwise))
    elif isinstance(value, Logic):
        right = _used(value.right)
        first, sides = value.left, (right, None) if value.operator == "and" else (None, right)
    else:
        return value
    if sides == (None, None):
        return first
    then, otherwise = (Given(value.line, side, nothing) if side else nothing for side in sides)
    return Given(value.line, first, Select(value.line, first, then, otherwise))


def _is_docstring(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _may_return(statement: ast.stmt) -> bool:
    return any(isinstance(part, ast.Return) for part in ast.walk(statement))


def _always_returns(statements: list[ast.stmt]) -> bool:
    if not statements:
        return False
    last = statements[-1]
    if isinstance(last, ast.If):
        return _always_returns(last.body) and _always_returns(last.orelse)
    return isinstance(last, ast.Return)


def _name_of(target: ast.expr) -> str:
    return target.id if isinstance(target, ast.Name) else ""
