"""The answer in plain sentences: how high, how sure, what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from donghaeng.charts.description import change, figure
from donghaeng.evidence.reproduction import Reproduced, Verdict
from donghaeng.index.framework.vocabulary import UnitKind
from donghaeng.language import Words

from .draws import Drawn
from .material import Material
from .pictures import Pictures
from .public_ranks import not_ranked


@dataclass(frozen=True)
class Answer:
    """Writes the answer from the build, the draws and the verdicts."""

    material: Material
    drawn: Drawn | None
    reproduced: Sequence[Reproduced]
    words: Words

    def sentences(self) -> list[str]:
        """A handful of sentences, the most important first."""
        single = len(self.material.build.panel.units) == 1
        return [each for each in (self._of_one() if single else self._of_several()) if each]

    @property
    def _pictures(self) -> Pictures:
        return Pictures(self.material, self.drawn, self.words)

    # ---- one city over years

    def _of_one(self) -> Iterator[str]:
        build, words = self.material.build, self.words
        periods = build.panel.periods
        scores = [known_figure(each) for each in build.scores[:, build.tree.top]]
        if scores[-1] is None:
            yield words("There is no figure for {period}.", period=periods[-1])
            return
        said = {"period": periods[-1], "value": figure(scores[-1], words)}
        if self._pictures.is_ratio:
            base = f"{self._pictures.base:g}"
            first = words(
                "In {period} the index is {value}, where the base year is {base}.",
                base=base,
                **said,
            )
        else:
            first = words("In {period} the index is {value}.", **said)
        if len(scores) > 1 and scores[-2] is not None:
            moved = change(scores[-1] - scores[-2], words)
            before = figure(scores[-2], words)
            said = {"change": moved, "before": periods[-2], "earlier": before}
            first += " " + words("That is {change} points against {before} ({earlier}).", **said)
        yield first
        yield self._movers()
        yield self._rise()
        yield self._not_reproduced()

    def _movers(self) -> str:
        """The largest rise and the largest fall."""
        parts, words = self._pictures.contributions(), self.words
        known = [(value, label) for label, value in parts if value is not None]
        rises, falls = [x for x in known if x[0] > 0], [x for x in known if x[0] < 0]
        said = []
        if rises:
            value, label = max(rises)
            amount = change(value, words)
            said.append(
                words("What raised it most: {label} ({points} points).", label=label, points=amount)
            )
        if falls:
            value, label = min(falls)
            amount = change(value, words)
            said.append(
                words(
                    "What lowered it most: {label} ({points} points).", label=label, points=amount
                )
            )
        return " ".join(said)

    def _rise(self) -> str:
        """In how many of the draws the whole rose since the period before."""
        build, words = self.material.build, self.words
        if self.drawn is None or len(build.panel.periods) < 2:
            return ""
        _, rose = self.drawn.change(len(build.panel.rows) - 1, build.index.top)
        if rose != rose:
            return ""
        before, period = build.panel.periods[-2:]
        return words(
            "However the declared choices are drawn, it rose from {before} to {period} "
            "in {share} % of {draws} draws.",
            before=before,
            period=period,
            share=f"{100 * rose:.1f}".removesuffix(".0"),
            draws=f"{self.drawn.on_scale:,}",
        )

    def _not_reproduced(self) -> str:
        """Printed figures that do not come out of what was printed."""
        words = self.words
        found = []
        for each in self.reproduced:
            if each.verdict is Verdict.NOT_REPRODUCED and each.published and each.recomputed:
                low, high = float(each.recomputed.low), float(each.recomputed.high)
                found.append(
                    words(
                        "{figure} {period}: {printed} was printed, "
                        "{low} to {high} comes out of the printed parts",
                        figure=words.label(each.label),
                        period=each.period,
                        printed=each.published.printed,
                        low=f"{low:.2f}",
                        high=f"{high:.2f}",
                    )
                )
        return (
            words("Not reproduced from what was published: {figures}.", figures="; ".join(found))
            if found
            else ""
        )

    # ---- several units

    def _of_several(self) -> Iterator[str]:
        build, words = self.material.build, self.words
        rows = build.panel.period_slices[-1]
        known = {
            unit: value
            for (unit, _), score in zip(
                build.panel.rows[rows], build.scores[rows, build.tree.top], strict=True
            )
            if (value := known_figure(score)) is not None
        }
        if not known:
            yield words("There is no figure for {period}.", period=build.panel.periods[-1])
            return
        yield words(
            "In {period} the index of {count} {units} lies between {low} and {high}; "
            "the middle one is at {middle}.",
            period=build.panel.periods[-1],
            count=len(known),
            units=self.kind,
            low=figure(min(known.values()), words),
            high=figure(max(known.values()), words),
            middle=figure(median(known.values()), words),
        )
        if build.index.top not in not_ranked(build):
            yield self._ends(known)

    def _ends(self, known: dict[str, float]) -> str:
        """Who stands at either end, and how sure that is."""
        words, pictures = self.words, self._pictures
        top, bottom = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
        said = {"high": pictures.unit(top), "low": pictures.unit(bottom)}
        first = words("Highest is {high}, lowest {low}.", **said)
        if self.drawn is None:
            return first
        build = self.material.build
        period = build.panel.periods[-1]
        spans = [self.drawn.rank(build.panel.row(unit, period), build.index.top) for unit in known]
        widths = [span.high - span.low for span in spans if span.low == span.low]
        if not widths:
            return first
        sure = words(
            "How sure is a place? When the declared choices are drawn anew, half of the {units} can stand "
            "{places} places or more apart (90 % interval).",
            units=self.kind,
            places=f"{median(widths):g}",
        )
        return f"{first} {sure}"

    @property
    def kind(self) -> str:
        """What the units are, several of them."""
        words = self.words
        return {
            UnitKind.CITY: words("cities"),
            UnitKind.DISTRICT: words("districts"),
            UnitKind.COUNTRY: words("countries"),
            UnitKind.REGION: words("regions"),
            UnitKind.OTHER: words("units"),
        }[self.material.index.units.kind]


def known_figure(value: float) -> float | None:
    """A figure, or nothing where it is not a number."""
    return None if value != value else float(value)
