"""From the text of law files to declarations.

A law file is read before it is run: whatever is not a declaration, an enumeration or a rule is
refused, and what is left runs without Python's built-in functions. A law from another city can
therefore be opened without trusting it.
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import FunctionType
from typing import Any

from . import terms
from .declarations import Aggregation, Declaration, Fact, Place, Relation, Rule
from .faults import LawFault, nearest
from .law_files import BUILT_IN, LANGUAGE, check_names, check_statement, parsed
from .parameters import Parameter, read_parameters
from .subset import QUOTIENT, Translator
from .terms import Enumeration
from .yaml_files import read_yaml


class _ExactDivision(ast.NodeTransformer):
    """In a law ``a / b`` is exact, also for two whole numbers."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        called = ast.copy_location(ast.Name(QUOTIENT, ast.Load()), node)
        return ast.copy_location(ast.Call(called, [node.left, node.right], []), node)


@dataclass
class Declared:
    """Everything that the files of a law declare, for all dates."""

    facts: dict[str, Fact] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    aggregations: dict[str, Aggregation] = field(default_factory=dict)
    rules: dict[str, list[Rule]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    enumerations: dict[str, type[Enumeration]] = field(default_factory=dict)
    chapters: dict[str, dict[str, Any]] = field(default_factory=dict)

    def copy(self) -> Declared:
        """The same declarations, to be changed without changing these."""
        return Declared(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


def read_sources(sources: Mapping[str, str], only: str = "") -> Declared:
    """What the files declare.

    Args:
        sources: text of each file by its path inside the book, such as ``korea/housing.py``.
        only: read this one file (and what it imports), and give what it declares itself.

    Raises:
        LawFault: with file and line.
    """
    reading = _Reading(sources)
    return reading.read_one(only) if only else reading.read()


class _Reading:
    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources
        self.declared = Declared()
        self.namespaces: dict[str, dict[str, Any]] = {}
        self.reading: list[str] = []
        self.owners: dict[str, Place] = {}

    def read(self) -> Declared:
        for path in sorted(self.sources):
            if path.endswith(".yaml"):
                self.yaml_file(path)
        for path in sorted(self.sources):
            if path.endswith("__init__.py"):
                parsed(self.sources[path], path)
            elif path.endswith(".py"):
                self.module(path)
        return self.declared

    def read_one(self, path: str) -> Declared:
        """What ``path`` declares, apart from what it imports."""
        imported = self.declared
        for statement in parsed(self.sources[path], path).body:
            if (
                isinstance(statement, ast.ImportFrom)
                and self.target(statement, path) in self.sources
            ):
                self.module(self.target(statement, path))
        self.declared, self.owners = Declared(chapters=imported.chapters), {}
        self.module(path)
        return self.declared

    def yaml_file(self, path: str) -> None:
        if path.rsplit("/", 1)[-1] == "law.yaml":
            document, _ = read_yaml(self.sources[path], path)
            if not isinstance(document, dict):
                raise LawFault("law.yaml is a mapping", file=path, line=1)
            self.declared.chapters[path] = document
            return
        for name, parameter in read_parameters(self.sources[path], path).items():
            self.own(name, Place(path, parameter.line))
            self.declared.parameters[name] = parameter

    def own(self, name: str, place: Place) -> None:
        if name in self.owners:
            first = self.owners[name]
            raise LawFault(
                f"{name!r} is declared already, in {first.file}:{first.line}",
                file=place.file,
                line=place.line,
                remedy="a name stands for one thing in the whole law",
            )
        self.owners[name] = place

    def module(self, path: str) -> dict[str, Any]:
        if path in self.namespaces:
            return self.namespaces[path]
        if path in self.reading:
            raise LawFault(
                f"files import each other: {' → '.join([*self.reading, path])}", file=path, line=1
            )
        self.reading.append(path)
        tree = parsed(self.sources[path], path)
        namespace: dict[str, Any] = {"__builtins__": BUILT_IN, "__name__": path}
        kept = []
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom):
                self.imports(statement, path, namespace)
            else:
                check_statement(statement, path)
                kept.append(statement)
        check_names(kept, path, namespace)
        tree.body = kept
        divided = _ExactDivision().visit(tree)
        try:
            exec(compile(divided, path, "exec", dont_inherit=True), namespace)
        except LawFault:
            raise
        except Exception as error:  # a declaration that its own function refuses
            trace = error.__traceback__
            line = 1
            while trace is not None:
                if trace.tb_frame.f_code.co_filename == path:
                    line = trace.tb_lineno
                trace = trace.tb_next
            raise LawFault(_plainly(str(error)), file=path, line=line) from None
        self.reading.pop()
        self.namespaces[path] = namespace
        self.declare(path, tree, namespace)
        return namespace

    def imports(self, statement: ast.ImportFrom, path: str, namespace: dict[str, Any]) -> None:
        module = statement.module or ""
        if module == "__future__":
            return
        if module == "donghaeng.rules" and statement.level == 0:
            source, where = LANGUAGE, "the language of law"
        else:
            target = self.target(statement, path)
            if target not in self.sources:
                raise LawFault(
                    f"import of {'.' * statement.level}{module}",
                    file=path,
                    line=statement.lineno,
                    remedy="a law file imports from donghaeng.rules and from files of the law only",
                )
            source, where = self.module(target), target
        for alias in statement.names:
            if alias.asname is not None:
                raise LawFault(
                    f"import of {alias.name} under another name",
                    file=path,
                    line=statement.lineno,
                    remedy="a word of law has one name everywhere",
                )
            if alias.name not in source or alias.name.startswith("_"):
                raise LawFault(
                    f"{alias.name!r} is not in {where}",
                    file=path,
                    line=statement.lineno,
                    remedy=nearest(alias.name, source),
                )
            namespace[alias.name] = source[alias.name]

    def target(self, statement: ast.ImportFrom, path: str) -> str:
        module = statement.module or ""
        if statement.level == 0:
            return module.removeprefix("donghaeng.laws.").replace(".", "/") + ".py"
        folder = path.split("/")[: -statement.level]
        return "/".join([*folder, *module.split(".")]) + ".py"

    def declare(self, path: str, tree: ast.Module, namespace: dict[str, Any]) -> None:
        named = {
            id(value): name
            for name, value in namespace.items()
            if isinstance(value, (Declaration,))
        }
        for statement in tree.body:
            place = Place(path, statement.lineno)
            if isinstance(statement, ast.ClassDef):
                self.own(statement.name, place)
                self.declared.enumerations[statement.name] = namespace[statement.name]
            elif isinstance(statement, ast.FunctionDef):
                self.declare_rule(statement, namespace[statement.name], namespace, place)
            elif isinstance(statement, ast.Assign):
                for target in statement.targets:
                    assert isinstance(target, ast.Name)
                    self.declare_value(target.id, namespace[target.id], place, named)

    def declare_value(self, name: str, value: Any, place: Place, named: Mapping[int, str]) -> None:
        if not isinstance(value, Declaration):
            return  # a unit, or a piece of text used by other declarations
        self.own(name, place)
        if isinstance(value, Aggregation):
            over = value.over
            if isinstance(over, Relation):
                if id(over) not in named:
                    raise LawFault(
                        f"{name!r} points with a relation that has no name",
                        file=place.file,
                        line=place.line,
                        remedy="spouse = relation(...), then of(spouse, ...)",
                    )
                over = dataclasses.replace(over, name=named[id(over)])
            self.declared.aggregations[name] = dataclasses.replace(
                value, name=name, place=place, over=over
            )
        elif isinstance(value, Fact):
            self.declared.facts[name] = dataclasses.replace(
                value, name=name, place=place, field=value.field or name
            )
        elif isinstance(value, Relation):
            self.declared.relations[name] = dataclasses.replace(
                value, name=name, place=place, field=value.field or name
            )

    def declare_rule(
        self,
        statement: ast.FunctionDef,
        function: FunctionType,
        names: dict[str, Any],
        place: Place,
    ) -> None:
        record: Rule = function.__dict__["__rule__"]
        if record.name not in self.declared.rules:
            self.own(record.name, place)
        if not record.citation.strip():
            raise LawFault(
                f"rule {record.name!r} has no citation",
                file=place.file,
                line=place.line,
                remedy='citation="국민기초생활 보장법 §8③"',
            )
        annotations = {
            argument.arg: ast.unparse(argument.annotation)
            for argument in statement.args.args
            if argument.annotation is not None
        }
        assert statement.returns is not None
        returns = ast.unparse(statement.returns)
        kind, choices = result_kind(returns, names, place)
        self.declared.rules.setdefault(record.name, []).append(
            dataclasses.replace(
                record,
                kind=kind,
                choices=choices,
                place=place,
                annotations=annotations,
                returns=returns,
                body=Translator(statement, names, place.file).translate(),
            )
        )


def _plainly(message: str) -> str:
    """What Python says of a declaration, in the words of the language of law."""
    function, _, rest = message.partition("() missing ")
    if not rest:
        return message
    names = ", ".join(f"{name}=..." for name in rest.split("'")[1::2])
    return f"{function} needs {names}"


def result_kind(
    returns: str, names: Mapping[str, Any], place: Place
) -> tuple[terms.Kind, type[Enumeration] | None]:
    """The kind of value that an annotated result is."""
    plain = {
        "Money": terms.Kind.MONEY,
        "Count": terms.Kind.COUNT,
        "bool": terms.Kind.FLAG,
        "Day": terms.Kind.DAY,
    }
    if returns in plain:
        return plain[returns], None
    owner = names.get(returns)
    if isinstance(owner, type) and issubclass(owner, Enumeration):
        return terms.Kind.CHOICE, owner
    raise LawFault(
        f"a rule cannot return {returns!r}",
        file=place.file,
        line=place.line,
        remedy="Money, Count, bool, Day or an Enumeration; a rate stays inside a rule",
    )
