"""What readers of an index ask for and do not find: findings about definitions, names and directions.

A finding is not an error: the index can be computed. It says what a council, an auditor or a reader
would have to guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .index_file import Index
from .indicators import Indicator
from .vocabulary import Better, IndicatorKind, Label, Naming


class Rule(StrEnum):
    """What a finding is about."""

    NAME_NOT_KNOWN = "name-not-known"
    TITLE_NOT_CONFIRMED = "title-not-confirmed"
    MISSING_THRESHOLD = "missing-threshold"
    TWO_POPULATIONS = "two-populations"
    UNDECLARED_TERM = "undeclared-term"
    NO_POPULATION = "no-population"
    NO_NUMERATOR = "no-numerator"
    NO_DENOMINATOR = "no-denominator"
    NO_SCOPE = "no-scope"
    DIFFERENT_SCOPES = "different-scopes"
    NO_DATE = "no-date"
    NO_SOURCE = "no-source"
    NO_UNIT = "no-unit"
    NO_KIND = "no-kind"
    NO_ERROR = "no-measurement-error"
    VOLUME_AS_OUTCOME = "volume-as-outcome"
    DIRECTION_AGAINST_NAME = "direction-against-name"
    DIRECTION_INFERRED = "direction-inferred"
    TARGET_WITHOUT_DATE = "target-without-date"


@dataclass(frozen=True)
class Finding:
    """One finding: about which indicator, what is missing, and what would answer it."""

    rule: Rule
    code: str
    message: tuple[str, dict[str, str]]

    @property
    def text(self) -> str:
        """The finding in English."""
        sentence, values = self.message
        return sentence.format(**values)


@dataclass(frozen=True)
class Linted:
    """All findings, and how many indicators are inputs, outputs and outcomes."""

    findings: tuple[Finding, ...]
    kinds: dict[str, int]
    named: int
    placeholders: int


def lint(index: Index) -> Linted:
    """Look at every indicator as a reader would, and at each term that several of them use."""
    findings = [
        finding for code, each in index.indicators.items() for finding in _of_indicator(code, each)
    ]
    findings += _of_terms(index)
    findings += _of_areas(index)
    kinds = Counter(each.kind.value if each.kind else "" for each in index.indicators.values())
    placeholders = sum(each.naming is Naming.PLACEHOLDER for each in index.indicators.values())
    return Linted(
        tuple(findings),
        {kind.value: kinds[kind.value] for kind in IndicatorKind} | {"": kinds[""]},
        len(index.indicators) - placeholders,
        placeholders,
    )


# ---- one indicator --------------------------------------------------------------------------------


def _of_indicator(code: str, indicator: Indicator) -> Iterator[Finding]:
    if indicator.naming is Naming.PLACEHOLDER:
        yield _finding(Rule.NAME_NOT_KNOWN, code, "its name is not known; its place is kept")
        return
    if not indicator.title_verified:
        yield _finding(Rule.TITLE_NOT_CONFIRMED, code, "its official title is not confirmed")
    yield from _of_definition(code, indicator)
    if indicator.source is None:
        yield _finding(Rule.NO_SOURCE, code, "says no source")
    if indicator.unit is None:
        yield _finding(Rule.NO_UNIT, code, "says no unit")
    if indicator.kind is None:
        yield _finding(Rule.NO_KIND, code, "does not say whether it is an input, output or outcome")
    if indicator.measurement_error is None:
        yield _finding(
            Rule.NO_ERROR, code, "says no measurement error, nor that it is a count without one"
        )
    if indicator.target is not None and indicator.target_period is None:
        yield _finding(Rule.TARGET_WITHOUT_DATE, code, "has a target, but not for when")
    if indicator.kind is IndicatorKind.OUTCOME and is_volume(indicator):
        yield _finding(
            Rule.VOLUME_AS_OUTCOME,
            code,
            "is called an outcome, but counts a volume ({unit}) without a denominator",
            unit=indicator.unit or indicator.label.ko,
        )
    expected = expected_direction(indicator)
    if expected is not None and expected is not indicator.better:
        yield _finding(
            Rule.DIRECTION_AGAINST_NAME,
            code,
            "its name says that {expected} is better, the file says {declared}",
            expected=expected.value,
            declared=indicator.better.value,
        )
    if indicator.direction_status == "inferred":
        yield _finding(Rule.DIRECTION_INFERRED, code, "its direction is inferred from its name")


def _of_definition(code: str, indicator: Indicator) -> Iterator[Finding]:
    definition = indicator.definition
    if definition.threshold is None and not definition.no_threshold:
        yield _finding(
            Rule.MISSING_THRESHOLD,
            code,
            "says no threshold: from which figure on somebody counts (or `no_threshold: true`)",
        )
    if definition.threshold is not None and not LIMIT.search(definition.threshold):
        yield _finding(
            Rule.MISSING_THRESHOLD,
            code,
            "its threshold holds no number: {threshold}",
            threshold=definition.threshold,
        )
    if definition.population is None:
        yield _finding(Rule.NO_POPULATION, code, "does not say which population")
    if definition.numerator is None:
        yield _finding(Rule.NO_NUMERATOR, code, "does not say what is counted")
    if definition.scope is None and counts_help(indicator):
        yield _finding(Rule.NO_SCOPE, code, "does not say whose help or money is counted")
    if definition.as_of is None:
        yield _finding(Rule.NO_DATE, code, "does not say as of when")
    if is_ratio(indicator) and definition.denominator is None and indicator.denominator is None:
        yield _finding(
            Rule.NO_DENOMINATOR,
            code,
            "is a share or rate ({unit}), but says no denominator",
            unit=indicator.unit or indicator.label.ko,
        )


# ---- what a name says -----------------------------------------------------------------------------

# A number that is no year: "the benefit's lines of 2024" names a year, and no limit.
LIMIT = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
# Words at the end of a name that say what kind of figure it is.
RATIO_KO = re.compile(r"(율|률|비율|비중|비|당 .*|대비)$")
RATIO_EN = re.compile(r"\b(rates?|shares?|ratio|proportion|percent(age)?|per)\b", re.I)
RATIO_UNIT = re.compile(r"%|퍼센트|percent|/|\bper\b|당")
PHYSICAL_UNIT = re.compile(r"gram|[µμ]g|㎍|㎎|km/h|ppm", re.I)  # per cubic metre, but of nobody
VOLUME_KO = re.compile(r"(규모|인원|(?<![계지점])수)$")  # 건수, 호수, but not 계수, 지수, 점수
VOLUME_EN = re.compile(r"\b(number|count|volume|stock|amount) of\b|\bnumbers?$", re.I)
VOLUME_UNIT = re.compile(
    r"^(명|호|건|개|가구|회|persons?|homes?|cases?|households?|units?|won|원)$", re.I
)
# What is done about a trouble is good, the trouble itself is not: the last of these words decides.
GOOD = re.compile(
    r"지원|관리|제공|연계|개선|확보|설치|참여|만족|기부|유지|발굴|예방|공급|상향|취업|가입|접근|역량|소속감"
    r"|support|help|prevent|manage|satisf|participat|donat|install|improv|access|coverage|belonging|awareness",
    re.I,
)
BAD = re.compile(
    r"과부담|빈곤|실업|사망|사고|범죄|자살|우울|미충족|체납|중독|폭력|결핍|격차|불평등"
    r"|overburden|poverty|unemploy|death|mortality|accident|crime|suicid|depress|unmet|arrears"
    r"|violence|deprivation|inequality|injur",
    re.I,
)
PREPOSITION = re.compile(r"\b(?:against|among|at|by|for|from|in|of|on|to|with)\b", re.I)
# Help or money that somebody gives: then it matters whose is counted.
HELP = re.compile(
    r"지원|지급|급여|수급|제공|연계|공급|개선|확보|설치|발굴|유지율|예산"
    r"|support|benefit|help|found|linked|suppl|provi[ds]|improved|install|budget|retention",
    re.I,
)


def is_ratio(indicator: Indicator) -> bool:
    """Whether the unit or the name says that the figure is a share or a rate."""
    if indicator.unit and PHYSICAL_UNIT.search(indicator.unit):
        return False
    if indicator.unit and RATIO_UNIT.search(indicator.unit):
        return True
    return bool(RATIO_KO.search(indicator.label.ko) or RATIO_EN.search(indicator.label.en))


def is_volume(indicator: Indicator) -> bool:
    """Whether it counts how much was done, with nothing to divide it by."""
    if indicator.denominator is not None or is_ratio(indicator):
        return False
    named = VOLUME_KO.search(indicator.label.ko) or VOLUME_EN.search(indicator.label.en)
    return bool(named or (indicator.unit and VOLUME_UNIT.match(indicator.unit)))


def counts_help(indicator: Indicator) -> bool:
    """Whether it counts what somebody gives: an input or output, or a name that speaks of help.

    An outcome such as a rate of accidents or deaths counts people, whoever helps them.
    """
    if indicator.kind is IndicatorKind.OUTCOME:
        return bool(HELP.search(indicator.label.ko) or HELP.search(indicator.label.en))
    return True


def expected_direction(indicator: Indicator) -> Better | None:
    """In which direction the name says that things get better; None where it does not say.

    The Korean name goes first. It ends with what is measured, so its last word decides; an English name has
    that before the first preposition which something is said after: support | for victims | of violence.
    """
    korean, english = indicator.label.pair
    for part in (korean, *PREPOSITION.split(english)):
        words = [(match.start(), Better.HIGHER) for match in GOOD.finditer(part)]
        words += [(match.start(), Better.LOWER) for match in BAD.finditer(part)]
        if words:
            return max(words)[1]
    return None


# ---- terms that several indicators use --------------------------------------------------------------


def _of_terms(index: Index) -> Iterator[Finding]:
    """One term means one population, wherever it is used.

    The population is that of the register of terms, or where it says none, that of the other indicators
    that use the term. An indicator whose `definition.narrows` names the term counts a declared part of that
    population, such as an age group, and is not compared.
    """
    users: dict[str, list[str]] = {}
    for code, indicator in index.indicators.items():
        for term in indicator.terms:
            users.setdefault(term, []).append(code)
    for name, declared_term in index.terms.items():
        for code, indicator in index.indicators.items():
            if code not in users.get(name, []) and _is_named(declared_term.label, indicator.label):
                yield _finding(
                    Rule.UNDECLARED_TERM, code, "uses the term {term} without naming it", term=name
                )
                users.setdefault(name, []).append(code)
    for name, codes in users.items():
        populations = {
            code: index.indicators[code].definition.population
            for code in codes
            if index.indicators[code].definition.population
            and name not in index.indicators[code].definition.narrows
        }
        declared = index.terms[name].population
        for code, population in populations.items():
            others = [each for each in populations.values() if each != population]
            if (declared and population != declared) or (not declared and others):
                yield _finding(
                    Rule.TWO_POPULATIONS,
                    code,
                    "means by {term} “{population}”, elsewhere it is “{other}”",
                    term=name,
                    population=str(population),
                    other=str(declared or others[0]),
                )


def _is_named(term: Label, name: Label) -> bool:
    """Whether a term stands in a name, in English as whole words."""
    english = rf"\b{re.escape(term.en)}\b"
    return term.ko in name.ko or bool(re.search(english, name.en, re.I))


def _of_areas(index: Index) -> Iterator[Finding]:
    """Within one area the same help is counted: all of it, or that of the state, or that of the city."""
    for node in index.nodes:
        scopes = {
            code: index.indicators[code].definition.scope
            for code in index.children(node)
            if code in index.indicators and index.indicators[code].definition.scope
        }
        if len(set(scopes.values())) > 1:
            yield _finding(
                Rule.DIFFERENT_SCOPES,
                ", ".join(scopes),
                "count different help in one area: {scopes}",
                scopes="; ".join(dict.fromkeys(str(scope) for scope in scopes.values())),
            )


def _finding(rule: Rule, code: str, sentence: str, **values: str) -> Finding:
    return Finding(rule, code, (sentence, values))
