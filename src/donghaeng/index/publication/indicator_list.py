"""The indicators as a reader sees them: what each counts, where it comes from, and what is not official."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from donghaeng.index.framework.indicators import Indicator
from donghaeng.index.framework.vocabulary import Better, Naming
from donghaeng.language import Words

from .material import Material

OFFICIAL = ("official", "derived")


@dataclass(frozen=True)
class Fact:
    """A word and what is said of it; the index file says some things in English only."""

    word: str
    text: str
    english: bool = False


@dataclass(frozen=True)
class IndicatorEntry:
    """One indicator: its name, what a reader should know at once, and everything else."""

    name: str
    marks: tuple[str, ...]
    facts: tuple[Fact, ...]
    sensitive: bool


@dataclass(frozen=True)
class AreaEntry:
    """One area with its indicators, and how many hold a place without a name."""

    name: str
    note: str
    indicators: tuple[IndicatorEntry, ...]
    unnamed: int

    @property
    def sensitive(self) -> bool:
        """Whether health or deaths are among them."""
        return any(each.sensitive for each in self.indicators)


@dataclass(frozen=True)
class IndicatorList:
    """Makes the list of the material's indicators in one language."""

    material: Material
    words: Words

    def areas(self) -> list[AreaEntry]:
        """Every area that has indicators right under it."""
        index, found = self.material.index, []
        for code, node in index.nodes.items():
            own = [item for item in index.indicators.items() if item[1].parent == code]
            named = [item for item in own if item[1].naming is Naming.NAMED]
            if own:
                entries = tuple(self._entry(*item) for item in named)
                name = self.words.label(node.label.pair)
                found.append(AreaEntry(name, node.note or "", entries, len(own) - len(named)))
        return found

    def by_status(self) -> tuple[tuple[str, str], ...]:
        """How many figures have each status."""
        total: Counter[str] = Counter()
        for counts in self._statuses.values():
            total.update(counts)
        return tuple((self.status(status), f"{count:,}") for status, count in sorted(total.items()))

    def _entry(self, code: str, each: Indicator) -> IndicatorEntry:
        words = self.words
        marks = [] if each.title_verified else [words("title not confirmed")]
        if code not in self._statuses:
            marks.append(words("no published figure"))
        if each.sensitive:
            marks.append(words("health or deaths: not ranked"))
        found = sorted(self._statuses.get(code, ()))
        marks += [self.status(status) for status in found if status not in OFFICIAL]
        facts = tuple(self._facts(each))
        name = words.label(each.label.pair)
        return IndicatorEntry(name, tuple(marks), facts, each.sensitive is not None)

    def _facts(self, each: Indicator) -> list[Fact]:
        words, said, source = self.words, each.definition, each.source
        table = words("not known")
        if source is not None:
            table = " ".join(part for part in (source.agency, source.table) if part)
        better = words("lower is better")
        if each.better is Better.HIGHER:
            better = words("higher is better")
        if each.direction_status == "inferred":
            better = words("{direction} (read from the name)", direction=better)
        facts = [
            (words("Unit of measure"), each.unit, True),
            (words("Direction"), better, False),
            (words("Numerator"), said.numerator, True),
            (words("Denominator"), said.denominator, True),
            (words("Threshold"), said.threshold, True),
            (words("Population"), said.population, True),
            (words("Whose help is counted"), said.scope, True),
            (words("As of"), said.as_of or each.period, True),
            (words("Measurement error"), self._error(each), False),
            (words("Source"), table, False),
            (words("Address of the source"), None if source is None else source.address, True),
            (words("Note"), each.note, True),
        ]
        return [Fact(word, text, english) for word, text, english in facts if text]

    def _error(self, each: Indicator) -> str:
        if each.measurement_error is None:
            return self.words("not published")
        if each.measurement_error == "none":
            return self.words("none, it is a count")
        return self.words("stated in the index file")

    @cached_property
    def _statuses(self) -> dict[str, Counter[str]]:
        """The statuses of the figures of each code, and how often each."""
        found: dict[str, Counter[str]] = {}
        figures = self.material.figures
        known = figures.filter(figures["value"].is_not_null())
        for code, status in known.select("indicator", "status").iter_rows():
            found.setdefault(code, Counter())[status] += 1
        return found

    def status(self, status: str) -> str:
        """What a status of a figure means."""
        words = self.words
        return {
            "official": words("official"),
            "derived": words("computed from official figures"),
            "press": words("from the press"),
            "secondary": words("read through another carrier, not at the source"),
            "unverified": words("not confirmed"),
            "estimated": words("estimated"),
            "provisional": words("provisional"),
            "missing": words("Missing"),
        }[status]
