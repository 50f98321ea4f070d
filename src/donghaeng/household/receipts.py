"""What a household says it receives already, beside what it is entitled to."""

from __future__ import annotations

from donghaeng.rules import HouseholdFacts, Law
from donghaeng.rules.graph import ordered
from donghaeng.rules.terms import Kind, Period, Role

from .answer import Answer, Claim

PRESENT = "total_present"


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
        received = household.receipts.get(name, False if entitled is True else 0)
        if entitled > received:
            rule = law.rules[name]
            claims.append(Claim(name, rule.label, rule.citation, entitled, received))
    return claims
