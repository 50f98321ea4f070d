"""Whether a sentence holds: its numbers against what it states, and its wording against its evidence.

A stated figure holds where some numbers that would be printed as the inputs were, give a result that
would be printed as the stated figure. Anything else does not hold, and the other things that people
compute of the same numbers are tried, so that the reader learns what the figure is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .claim_files import FIELDS, PAIR, Claim, ClaimKind, Group, Numbers, Order, Reading, Verdict
from .input_files import range_of
from .ranges import Range
from .rounding import Printed, read_printed


class Formula(StrEnum):
    """What may be computed of two numbers. ``label`` is its name in the catalogue."""

    PERCENT_CHANGE = "percent_change"
    PERCENT_OF_LATER = "percent_of_later"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    RATIO_AS_PERCENT = "ratio_as_percent"
    TIMES_MORE = "times_more"
    INVERSE_RATIO = "inverse_ratio"
    WITHOUT_SIGN = "without_sign"
    SHARE = "share"
    REST = "rest"
    PART_TO_REST = "part_to_rest"
    PART_OF_BOTH = "part_of_both"
    LEVEL = "level"
    SUM = "sum"

    @property
    def label(self) -> str:
        return FORMULA_LABELS[self]


FORMULA_LABELS = {
    Formula.PERCENT_CHANGE: "the change as a percentage of the earlier figure",
    Formula.PERCENT_OF_LATER: "the change as a percentage of the later figure",
    Formula.DIFFERENCE: "the difference, in percentage points where these are percentages",
    Formula.RATIO: "the later figure divided by the earlier one",
    Formula.RATIO_AS_PERCENT: "the later figure as a percentage of the earlier one",
    Formula.TIMES_MORE: "the change divided by the earlier figure",
    Formula.INVERSE_RATIO: "the earlier figure divided by the later one",
    Formula.WITHOUT_SIGN: "the size of the change with the other sign",
    Formula.SHARE: "the part of the whole",
    Formula.REST: "the rest of the whole",
    Formula.PART_TO_REST: "the part against the rest",
    Formula.PART_OF_BOTH: "the part of both numbers together",
    Formula.LEVEL: "the figure that the source prints",
    Formula.SUM: "the sum of the parts",
}


class Obstacle(StrEnum):
    """Why numbers that are there do not decide a claim."""

    NO_BASE = "no_base"  # it may be zero or less
    WITHIN_ROUNDING = "within_rounding"


# What a reading may rest on without saying more than is there.
SUFFICES = {
    Reading.EFFECT: {Reading.EFFECT},
    Reading.ASSOCIATION: {Reading.EFFECT, Reading.ASSOCIATION},
    Reading.DESCRIPTION: {Reading.EFFECT, Reading.ASSOCIATION, Reading.DESCRIPTION},
    Reading.SIMULATION: {Reading.SIMULATION},
}


@dataclass(frozen=True)
class CheckedClaim:
    """A claim with its verdict and everything that it rests on.

    ``found`` is what follows from the numbers; ``off_by`` how far the stated figure lies above
    (below: negative) all of it; ``correct`` the stated words with the right number; ``matches`` what
    the stated figure would be right as; ``denominators`` the smallest and largest whole
    denominator that would fit; ``beside`` what the same formula gives for the comparison group.
    """

    claim: Claim
    arithmetic: Verdict
    wording: tuple[Verdict, ...]
    missing: tuple[str, ...] = ()
    obstacle: Obstacle | None = None
    found: Range | None = None
    stated: Printed | None = None
    off_by: Fraction = Fraction(0)
    correct: str = ""
    matches: tuple[Formula, ...] = ()
    beside: Range | None = None
    denominators: tuple[int, int] | None = None

    @property
    def verdict(self) -> Verdict:
        """The one that weighs most: numbers that are wrong, then wording, then gaps."""
        if self.arithmetic is Verdict.DOES_NOT_HOLD or not self.wording:
            return self.arithmetic
        return self.wording[0]

    @property
    def is_finding(self) -> bool:
        """Whether somebody should look at it."""
        return self.verdict not in (Verdict.HOLDS, Verdict.NOT_CHECKABLE) or not self.as_expected

    @property
    def as_expected(self) -> bool:
        return self.claim.expected in (None, self.verdict)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        claim = self.claim
        return {
            "id": claim.id,
            "about": claim.about.model_dump(),
            "kind": claim.kind.value,
            "stated": claim.stated,
            "verdict": self.verdict.value,
            "arithmetic": self.arithmetic.value,
            "wording": [each.value for each in self.wording],
            "found": self.found.as_json() if self.found else None,
            "off_by": float(self.off_by),
            "correct": self.correct,
            "matches": [formula.value for formula in self.matches],
            "missing": list(self.missing),
            "obstacle": self.obstacle.value if self.obstacle else None,
            "denominators": list(self.denominators) if self.denominators else None,
            "beside": self.beside.as_json() if self.beside else None,
            "claimed": claim.claimed.value if claim.claimed else None,
            "supported": claim.supported.value,
            "source": claim.source,
            "date": claim.date.isoformat() if claim.date else None,
            "status": claim.status.value,
            "expected": claim.expected.value if claim.expected else None,
        }


def check_claim(claim: Claim) -> CheckedClaim:
    """The verdict on one claim: its numbers against what it states, and its wording against its evidence."""
    wording = _wording(claim)
    missing = missing_fields(claim)
    if claim.kind is ClaimKind.COMPARISON:
        return _check_order(claim, wording, missing)
    stated = read_printed(claim.stated) if claim.stated is not None else None
    formulas = _formulas(claim, stated)
    main = _main_formula(claim.kind, stated)
    found = _value(formulas, main)
    common: dict[str, Any] = {
        "missing": missing,
        "found": found,
        "stated": stated,
        "beside": _beside(claim, stated, main),
    }
    if found is None or stated is None:
        obstacle = None if missing else Obstacle.NO_BASE
        return CheckedClaim(
            claim,
            Verdict.NOT_CHECKABLE,
            wording,
            obstacle=obstacle,
            denominators=_denominators(claim, stated),
            **common,
        )
    printed = stated.range(claim.rounding)
    if found.meets(printed):
        return CheckedClaim(claim, Verdict.HOLDS, wording, **common)
    return CheckedClaim(
        claim,
        Verdict.DOES_NOT_HOLD,
        wording,
        off_by=printed.distance(found),
        correct=_correct(stated, found),
        matches=_matches(formulas, main, printed),
        denominators=_denominators(claim, stated),
        **common,
    )


def check_claims(claims: Iterable[Claim]) -> list[CheckedClaim]:
    """The verdict on each claim, in the order of the file."""
    return [check_claim(claim) for claim in claims]


def missing_fields(claim: Claim) -> tuple[str, ...]:
    """The numbers without which the claim cannot be checked."""
    gaps = ["stated"] if claim.stated is None else []
    if FIELDS[claim.kind] == PAIR:
        known = [field for field in PAIR if claim.number(field) is not None]
        if len(known) < 2:
            gaps += [field for field in ("from", "to") if field not in known]
            if known == ["change"]:
                gaps.remove("to")
        return tuple(gaps)
    if claim.kind is ClaimKind.SUM:
        parts = claim.parts or (None,)
        return (*gaps, *(f"parts[{place}]" for place, part in enumerate(parts) if part is None))
    return (*gaps, *(field for field in FIELDS[claim.kind] if claim.number(field) is None))


def common_denominators(checked: Iterable[CheckedClaim]) -> dict[str, tuple[int, int]]:
    """For each group of people that several shares count: the whole denominators that fit them all.

    The key is the Korean name of the group; the pair the smallest and the largest, the first above
    the second where none fits.
    """
    fits: dict[str, list[tuple[int, int]]] = {}
    for each in checked:
        claim = each.claim
        if claim.kind is ClaimKind.SHARE and claim.counted and each.stated:
            pair = _denominators(claim, each.stated)
            if pair:
                fits.setdefault(claim.counted.ko, []).append(pair)
    return {
        name: (max(low for low, _ in pairs), min(high for _, high in pairs))
        for name, pairs in fits.items()
        if len(pairs) > 1
    }


# What is computed.


def _formulas(
    numbers: Numbers, stated: Printed | None
) -> Mapping[Formula, Callable[[], Range | None]]:
    """Everything that may be computed of the numbers that are there."""
    hundred = 100 if stated is None or stated.is_percent else 1
    if numbers.numerator is not None and numbers.denominator is not None:
        part, whole = range_of(numbers.numerator), range_of(numbers.denominator)
        return {
            Formula.SHARE: lambda: hundred * _per(part, whole),
            Formula.REST: lambda: hundred * (1 - _per(part, whole)),
            Formula.PART_TO_REST: lambda: hundred * (_per(whole, part) - 1).reciprocal(),
            Formula.PART_OF_BOTH: lambda: hundred * (_per(whole, part) + 1).reciprocal(),
        }
    if numbers.value is not None:
        value = range_of(numbers.value)
        return {Formula.LEVEL: lambda: value}
    if numbers.parts and None not in numbers.parts:
        parts = [range_of(part) for part in numbers.parts if part is not None]
        return {Formula.SUM: lambda: sum(parts[1:], parts[0])}
    return _pair_formulas(numbers)


def _pair_formulas(numbers: Numbers) -> Mapping[Formula, Callable[[], Range | None]]:
    first, second, change = (
        range_of(number) if number is not None else None
        for number in (numbers.from_, numbers.to, numbers.change)
    )
    if sum(each is not None for each in (first, second, change)) < 2:
        return {}

    # Each number is taken once, so that the range is no wider than what is not known.
    def ratio() -> Range:
        if first and second:
            return _per(second, first)
        if first and change:
            return _per(change, first) + 1
        assert second is not None
        assert change is not None
        return _per(Range.exactly(1), 1 - _per(change, second))

    def difference() -> Range | None:
        return second - first if first and second else change

    return {
        Formula.PERCENT_CHANGE: lambda: 100 * (ratio() - 1),
        Formula.PERCENT_OF_LATER: lambda: 100 * (1 - ratio().reciprocal()),
        Formula.DIFFERENCE: difference,
        Formula.RATIO: ratio,
        Formula.RATIO_AS_PERCENT: lambda: 100 * ratio(),
        Formula.TIMES_MORE: lambda: ratio() - 1,
        Formula.INVERSE_RATIO: lambda: ratio().reciprocal(),
        Formula.WITHOUT_SIGN: lambda: -100 * (ratio() - 1),
    }


def _per(amount: Range, base: Range) -> Range:
    """A percentage of a base that may be zero or less says nothing."""
    if base.low <= 0:
        raise ZeroDivisionError("the base may be zero or less")
    return amount / base


MAIN = {
    ClaimKind.PERCENT_CHANGE: Formula.PERCENT_CHANGE,
    ClaimKind.RATIO: Formula.RATIO,
    ClaimKind.DIFFERENCE: Formula.DIFFERENCE,
    ClaimKind.PERCENTAGE_POINT: Formula.DIFFERENCE,
    ClaimKind.SHARE: Formula.SHARE,
    ClaimKind.LEVEL: Formula.LEVEL,
    ClaimKind.SUM: Formula.SUM,
    ClaimKind.COMPARISON: Formula.DIFFERENCE,
}


def _main_formula(kind: ClaimKind, stated: Printed | None) -> Formula:
    if kind is ClaimKind.RATIO and stated and stated.is_percent:
        return Formula.RATIO_AS_PERCENT
    return MAIN[kind]


def _value(
    formulas: Mapping[Formula, Callable[[], Range | None]], formula: Formula
) -> Range | None:
    try:
        return formulas[formula]() if formula in formulas else None
    except ZeroDivisionError:
        return None


def _matches(
    formulas: Mapping[Formula, Callable[[], Range | None]], main: Formula, printed: Range
) -> tuple[Formula, ...]:
    """What else of the same numbers would be printed as the stated figure."""
    others = ((formula, _value(formulas, formula)) for formula in formulas if formula is not main)
    return tuple(formula for formula, value in others if value and value.meets(printed))


def _beside(claim: Claim, stated: Printed | None, main: Formula) -> Range | None:
    group = claim.comparison
    return _value(_formulas(group, stated), main) if isinstance(group, Group) else None


def _correct(stated: Printed, found: Range) -> str:
    low, high = stated.like(found.low), stated.like(found.high)
    return low if low == high else f"{low} – {high}"


def _denominators(claim: Claim, stated: Printed | None) -> tuple[int, int] | None:
    """The smallest and the largest whole denominator with which the stated share fits."""
    if claim.kind is not ClaimKind.SHARE or stated is None or not isinstance(claim.numerator, int):
        return None
    share = stated.range(claim.rounding)
    if share.low <= 0 or claim.numerator <= 0:
        return None
    scaled = claim.numerator * (100 if stated.is_percent else 1)
    return math.ceil(scaled / share.high), math.floor(scaled / share.low)


def _check_order(
    claim: Claim, wording: tuple[Verdict, ...], missing: tuple[str, ...]
) -> CheckedClaim:
    """Whether one figure is above, below or the same as another."""
    found = _value(_pair_formulas(claim), Formula.DIFFERENCE)
    if missing or found is None:
        return CheckedClaim(claim, Verdict.NOT_CHECKABLE, wording, missing, found=found)
    above, below = found.low > 0, found.high < 0
    same = found.low == found.high == 0
    if not (above or below or same):
        within = Obstacle.WITHIN_ROUNDING
        return CheckedClaim(claim, Verdict.NOT_CHECKABLE, wording, obstacle=within, found=found)
    holds = {Order.HIGHER: above, Order.LOWER: below, Order.SAME: same}[Order(str(claim.stated))]
    verdict = Verdict.HOLDS if holds else Verdict.DOES_NOT_HOLD
    return CheckedClaim(claim, verdict, wording, found=found)


def _wording(claim: Claim) -> tuple[Verdict, ...]:
    """Whether the sentence says more than its evidence bears."""
    found = []
    if claim.claimed and claim.supported not in SUFFICES[claim.claimed]:
        causal = claim.claimed is Reading.EFFECT
        found.append(Verdict.CAUSAL_WITHOUT_ASSIGNMENT if causal else Verdict.ANOTHER_KIND)
    if isinstance(claim.comparison, Group) and not claim.comparison.comparable:
        found.append(Verdict.NOT_COMPARABLE)
    return tuple(found)
