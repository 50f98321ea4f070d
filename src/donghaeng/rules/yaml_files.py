"""Reading YAML that nobody vouches for: bounded in depth, without aliases, tags or double keys."""

from __future__ import annotations

import re
from typing import Any

import yaml

from .faults import LawFault


class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """Refuses duplicate keys, and numbers that YAML would read in another base."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise _problem("a key is a plain word, number or day", key_node)
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise _problem(f"{key!r} stands here twice", key_node)
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping

    def whole(self, node: Any) -> int:
        digits = node.value.lstrip("+-")
        if len(digits) > 1 and (digits[0] == "0" or ":" in digits):
            raise _problem(f"{node.value!r} is not written as a whole number", node)
        return int(self.construct_yaml_int(node))

    def day(self, node: Any) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:  # 2024-02-30: whoever reads the field says so, with its name
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.whole)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.day)


def _problem(message: str, node: Any) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, message, node.start_mark)


def _at(event: Any, message: str) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, message, event.start_mark)


# An anchor or alias: & or * at the beginning of a value.
ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*][^\s,\]}]")
DEEPEST = 40


def _check_shape(text: str) -> None:
    """Refuse what a parser should not meet: deep nesting, and aliases that grow without bound."""
    nested = text.count("[") + text.count("{") > DEEPEST or "- - - -" in text or "? ? ? ?" in text
    if not nested and not ANCHOR.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _at(event, "aliases are not used here")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _at(event, f"nested more than {DEEPEST} levels deep")


def read_yaml(text: str, file: str) -> tuple[Any, dict[str, int]]:
    """The document in ``text`` and the line of each key of its first level.

    Raises:
        LawFault: where it is not plain YAML.
    """
    try:
        _check_shape(text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return {}, {}
            lines = (
                {key.value: key.start_mark.line + 1 for key, _ in node.value}
                if isinstance(node, yaml.MappingNode)
                else {}
            )
            return loader.construct_document(node), lines
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable as YAML"
        raise LawFault(str(problem), file=file, line=mark.line + 1 if mark else 1) from None
    except (ValueError, TypeError, RecursionError) as error:
        raise LawFault(f"not readable as YAML: {str(error)[:80]}", file=file, line=1) from None
