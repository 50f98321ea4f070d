"""Where each fact of a law stands in a household file."""

from __future__ import annotations

from typing import Any

from donghaeng.rules import Law
from donghaeng.rules.declarations import Fact, Relation, Rule
from donghaeng.rules.terms import Entity, Role

PROGRAMMES = "programmes"
RECEIPTS = "receipts"


class Fields:
    """The tree of fields of a household and of a person.

    ``household`` and ``person`` map a key to a further mapping, or to the facts that are read there
    (several where a list is summed in several ways).
    """

    def __init__(self, law: Law) -> None:
        self.law = law
        self.household = _tree(law, Entity.HOUSEHOLD)
        self.person = _tree(law, Entity.PERSON)
        self.relations: dict[str, list[Relation]] = {}
        for relation in law.relations.values():
            self.relations.setdefault(relation.field.split("[")[0], []).append(relation)
        for relations in self.relations.values():
            relations.sort(key=lambda each: each.field)

    def programmes(self) -> list[str]:
        """Names of the programmes that a household can be in."""
        return list(self.household.get(PROGRAMMES, {}))

    def benefits(self) -> dict[str, Rule]:
        """The benefits that the law computes: a file may say what is received of each."""
        return {rule.name: rule for rule in self.law.rules.values() if rule.role is Role.BENEFIT}

    def words_of_items(self, fact: Fact) -> dict[str, set[str]]:
        """The words that tell the items of a list apart, by entry."""
        words: dict[str, set[str]] = {}
        below: Any = self.household
        for key in fact.field.split("."):
            below = below[key]
        for each in below:
            if each.items is not None:
                for key, word in each.items[1].items():
                    words.setdefault(key, set()).add(word)
        return words


def _tree(law: Law, entity: Entity) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for fact in law.facts.values():
        if fact.entity is entity:
            *folders, last = fact.field.split(".")
            below = tree
            for folder in folders:
                below = below.setdefault(folder, {})
            below.setdefault(last, []).append(fact)
    return tree
