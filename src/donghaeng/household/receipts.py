"""What a household says it receives already, beside what it is entitled to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from donghaeng.rules import BadInput, HouseholdFacts, Law
from donghaeng.rules.faults import nearest
from donghaeng.rules.graph import ordered
from donghaeng.rules.terms import LARGEST_AMOUNT, Kind, Period, Role

from .answer import Answer, Claim
from .fields import RECEIPTS, Fields

PRESENT = "total_present"


def read_receipts(
    fields: Fields, values: dict[str, Any], place: str, fault: Callable[..., BadInput]
) -> dict[str, int | bool] | None:
    """What a household file says is received of benefits that the law computes, taken out of ``values``.

    Receipts that the law takes as facts (an amount that reduces another) stay. ``fault`` makes the
    refusal for a field of the file.
    """
    given = values.get(RECEIPTS)
    if not isinstance(given, dict):
        return None
    facts, benefits = fields.household.get(RECEIPTS, {}), fields.benefits()
    received: dict[str, int | bool] = {}
    for key, value in given.items():
        where = f"{place}.{key}"
        if value is None or (key in facts and key not in benefits):
            continue
        if key not in benefits:
            raise fault(where, f"unknown field {key!r}", nearest(str(key), [*benefits, *facts]))
        if benefits[key].kind is Kind.FLAG:
            if type(value) is not bool:
                raise fault(where, f"{value!r} is not a flag", "true or false")
        elif type(value) is not int or not 0 <= value <= LARGEST_AMOUNT:
            raise fault(where, f"{value!r} is not whole won", "a whole number, such as 450000")
        received[key] = value
    values[RECEIPTS] = {key: value for key, value in given.items() if key in facts}
    if not values[RECEIPTS]:
        del values[RECEIPTS]
    return received


def may_be_claimed(law: Law) -> list[str]:
    """The benefits that anybody who is entitled may ask for.

    Of the monthly amounts these are the ones that the total of the present system adds up: a pilot pays
    only those whom it drew.
    """
    of_the_present = set(ordered(law.variables, [PRESENT])) if PRESENT in law.rules else set()
    return [
        rule.name
        for rule in law.rules.values()
        if rule.role is Role.BENEFIT
        and (
            rule.kind is not Kind.MONEY
            or rule.period is not Period.MONTH
            or rule.name in of_the_present
        )
    ]


def could_ask(law: Law, household: HouseholdFacts, answer: Answer) -> list[Claim] | None:
    """Benefits of which the household is entitled to more than it receives.

    ``None`` where nothing was said of receipts; where something was, a benefit that is not named is
    not received.
    """
    if household.receipts is None:
        return None
    claims = []
    for name in may_be_claimed(law):
        entitled = next(
            (s[name] for s in (answer.amounts, answer.yearly, answer.flags) if name in s), None
        )
        if entitled is None or not isinstance(entitled, (bool, int)):
            continue
        told = _told_of(household, name)
        received = household.receipts.get(name, bool(told) if entitled is True else told)
        if entitled > received:
            rule = law.rules[name]
            claims.append(Claim(name, rule.label, rule.citation, entitled, received))
    return claims


def _told_of(household: HouseholdFacts, name: str) -> int:
    """What was said to be received of a benefit as a fact that the law itself uses, added up."""
    fact = f"{name}_received"
    return sum(int(told.get(fact, 0)) for told in (household.household, *household.persons))
