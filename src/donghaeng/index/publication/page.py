"""The page of a publication: what a reader sees first, and everything behind it, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from donghaeng.charts.description import change, figure
from donghaeng.evidence.reproduction import Reproduced
from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.vocabulary import Label
from donghaeng.language import Words
from donghaeng.reports.documents import render
from donghaeng.version import __version__

from .answer import Answer, known_figure
from .calendar import moment_text
from .draws import Drawn
from .indicator_list import AreaEntry, IndicatorList
from .material import Material
from .nodes import address
from .pictures import Picture, Pictures
from .public_ranks import not_ranked, public_ranks, sensitive_share
from .revisions import Revisions

# So many revised figures stand on the page; all are in the table.
MOST_REVISIONS = 40


@dataclass(frozen=True)
class Cells:
    """A table as it is read: its caption, its column heads, and rows whose first cell is their head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: bool = False  # cells of text stand to the left, figures to the right


@dataclass(frozen=True)
class Page:
    """Everything that the page of one language shows."""

    material: Material
    drawn: Drawn | None
    reproduced: Sequence[Reproduced]
    revisions: Revisions | None
    pictures: Sequence[Picture]
    words: Words
    files: tuple[str, ...]
    documents: tuple[str, ...]
    description: str

    def html(self) -> str:
        """The page."""
        return render("publication.html", self.words, page=self, program=__version__)

    @cached_property
    def charts(self) -> dict[str, Picture]:
        """The charts by name."""
        return {each.name: each for each in self.pictures}

    def label(self, label: Label | None) -> str:
        """The reader's half of a label."""
        return "" if label is None else self.words.label(label.pair)

    # ---- the head of the page

    @property
    def index(self) -> Index:
        """The index file."""
        return self.material.index

    @property
    def title(self) -> str:
        """The name of the index."""
        return self.label(self.index.label)

    @property
    def period(self) -> str:
        """The last period."""
        return self.material.build.panel.periods[-1]

    @property
    def published(self) -> str:
        """Time of publication, with its zone."""
        return moment_text(self.material.at)

    @property
    def embargo(self) -> str:
        """Until when nothing of this may be passed on; empty where it may."""
        release = self.material.release
        if not self.material.under_embargo or release is None:
            return ""
        return moment_text(release.release)

    @property
    def corrections(self) -> list[tuple[str, str, str]]:
        """Day, notice and figures of every correction."""
        release = self.material.release
        return [
            (each.at.strftime("%Y-%m-%d"), self.label(each.notice), ", ".join(each.figures))
            for each in (release.corrections if release else ())
        ]

    @property
    def rule(self) -> str:
        """Whose rule it is."""
        words = self.words
        return {
            "official": words("The rule is the official one."),
            "published": words("The rule is the published one."),
            "assumed": words("Parts of the rule are assumed, because they are not published."),
            "inferred": words(
                "Parts of the rule are inferred from published figures, because they are not published."
            ),
            "own": words("The rule is that of the publisher named below, not of any public office."),
        }[self.index.rule_status]  # fmt: skip

    # ---- the answer

    @property
    def single(self) -> bool:
        """Whether it is about one unit over time."""
        return len(self.material.build.panel.units) == 1

    @property
    def answer(self) -> tuple[str, str]:
        """The figure and its interval, as large as they can be; empty where there are several units."""
        if not self.single:
            return "", ""
        build = self.material.build
        row = len(build.panel.rows) - 1
        value = figure(known_figure(build.scores[row, build.tree.top]), self.words)
        if self.drawn is None:
            return value, ""
        found = self.drawn.score(row, self.index.top)
        low, high = (figure(known_figure(each), self.words) for each in (found.low, found.high))
        said = self.words(
            "90 % interval over the declared choices: {low} to {high}", low=low, high=high
        )
        return value, said

    @property
    def sentences(self) -> list[str]:
        """What happened, in a few sentences."""
        return Answer(self.material, self.drawn, self.reproduced, self.words).sentences()

    @property
    def ranking(self) -> str:
        """What is ranked and what is not."""
        build, words = self.material.build, self.words
        unranked = not_ranked(build)
        if self.single or not unranked:
            return ""
        names = [
            self.label(self.index.label_of(c))
            for c in (*self.index.nodes, *self.index.indicators)
            if c in unranked
        ]
        first = words(
            "Units are never ranked on health and deaths: {names}.", names=", ".join(names)
        )
        if self.index.top in unranked:
            return first
        share = f"{100 * sensitive_share(build):.0f}"
        return (
            first + " " + words("These indicators make {share} % of the whole index.", share=share)
        )

    # ---- areas

    @property
    def areas(self) -> Cells:
        """Areas by period of one unit, or units by area in the last period."""
        return self._areas_by_period if self.single else self._units_by_area

    @property
    def _codes(self) -> list[str]:
        tree = self.material.build.tree
        return [code for code in self.index.children(self.index.top) if code in tree.codes]

    @property
    def _areas_by_period(self) -> Cells:
        build, words = self.material.build, self.words
        rows = []
        for code in (self.index.top, *self._codes):
            scores = [known_figure(each) for each in build.scores[:, build.tree.place(code)]]
            moved = ""
            if len(scores) > 1 and scores[-1] is not None and scores[-2] is not None:
                moved = change(scores[-1] - scores[-2], words)
            name = self.label(self.index.label_of(code))
            rows.append(
                (name, *(figure(each, words) for each in scores), moved, self._interval(code))
            )
        head = (
            words("Area"),
            *build.panel.periods,
            words("Change since the period before"),
            words("90 % interval, {period}", period=self.period),
        )
        return Cells(words("The index and its areas"), head, tuple(rows))

    def _interval(self, code: str) -> str:
        build = self.material.build
        if self.drawn is None:
            return "–"
        found = self.drawn.score(len(build.panel.rows) - 1, code)
        return self._between(found.low, found.high)

    def _between(self, low: float, high: float) -> str:
        """From low to high, with as many digits as it takes to tell them apart, up to two."""
        for digits in (1, 2):
            bounds = [figure(known_figure(each), self.words, digits) for each in (low, high)]
            if bounds[0] != bounds[1]:
                break
        return "–".join(bounds)

    @property
    def _units_by_area(self) -> Cells:
        """In the order of their codes, whatever the figures."""
        build, words = self.material.build, self.words
        ranks, top = public_ranks(build), self.index.top
        ranked = top not in not_ranked(build)
        rows = []
        places = build.panel.period_slices[-1]
        for row in range(places.start, places.stop):
            unit = self.index.units.members[build.panel.rows[row][0]]
            cells = [
                self.label(unit.label),
                figure(known_figure(build.scores[row, build.tree.top]), words),
            ]
            if self.drawn is not None:
                found = self.drawn.score(row, top)
                cells.append(self._between(found.low, found.high))
            if ranked:
                rank = known_figure(ranks[row, build.tree.top])
                said = words("no figure") if rank is None else f"{rank:.0f}"
                if self.drawn is not None and rank is not None:
                    place = self.drawn.rank(row, top)
                    said += f" ({place.low:.0f}–{place.high:.0f})"
                cells.append(said)
            cells += [
                figure(known_figure(build.scores[row, build.tree.place(c)]), words)
                for c in self._codes
            ]
            rows.append(tuple(cells))
        head = [words("Unit"), words("Whole index")]
        head += [words("90 % interval")] if self.drawn is not None else []
        if ranked:
            head.append(words("Rank (90 % interval)") if self.drawn is not None else words("Rank"))
        head += [self.label(self.index.label_of(code)) for code in self._codes]
        caption = words(
            "Every unit and area, {period}, in the order of official codes", period=self.period
        )
        return Cells(caption, tuple(head), tuple(rows))

    # ---- how sure

    @property
    def scale(self) -> str:
        """Which draws the intervals of scores rest on, where not all."""
        drawn = self.drawn
        if drawn is None or drawn.on_scale == drawn.draws:
            return ""
        return self.words(
            "{scale} of {draws} draws keep the scale of the index. Intervals of scores are those; "
            "intervals of ranks are those of all draws.",
            scale=f"{drawn.on_scale:,}",
            draws=f"{drawn.draws:,}",
        )

    @property
    def choices(self) -> Cells | None:
        """How many draws went through each form of each choice."""
        if self.drawn is None:
            return None
        words = self.words
        names = Pictures(self.material, self.drawn, words)
        rows = tuple(
            (names.choice(choice), self._form(choice, form), f"{count:,}")
            for choice, form, count in self.drawn.forms
        )
        caption = words(
            "What was varied, and how many of {draws} draws took each form",
            draws=f"{self.drawn.draws:,}",
        )
        return Cells(caption, (words("Choice"), words("Form"), words("Draws")), rows, text=True)

    def _form(self, choice: str, form: str) -> str:
        known = {*self.index.nodes, *self.index.indicators}
        if form in known:
            return self.label(self.index.label_of(form))
        words = self.words
        said = {
            "drawn": words("drawn anew each time"),
            "none": words("nothing"),
            "skip": words("left out"),
            "nominal": words("weights as declared"),
            "equal": words("equal weights"),
            "arithmetic": words("arithmetic mean"),
            "geometric": words("geometric mean"),
            "harmonic": words("harmonic mean"),
            "rank": words("places in the order"),
        }
        return said.get(form.partition(",")[0], form)

    @property
    def reproduction(self) -> Cells | None:
        """Printed figures with what comes out of the printed parts."""
        words = self.words
        shown = [each for each in self.reproduced if each.published is not None]
        if not shown:
            return None
        rows = []
        for each in shown:
            assert each.published is not None
            found = each.recomputed
            between = "–"
            if found is not None:
                between = f"{float(found.low):.2f}–{float(found.high):.2f}"
            label = f"{self.words.label(each.label)}, {each.period}"
            rows.append((label, each.published.printed, between, words(each.verdict.label)))
        head = (
            words("Figure"),
            words("Printed"),
            words("Comes out, with rounding"),
            words("Verdict"),
        )
        return Cells(
            words("Printed figures, computed again from what was printed"),
            head,
            tuple(rows),
            text=True,
        )

    # ---- indicators

    @cached_property
    def _list(self) -> IndicatorList:
        return IndicatorList(self.material, self.words)

    @property
    def indicator_areas(self) -> list[AreaEntry]:
        """Every area with the indicators under it."""
        return self._list.areas()

    @property
    def not_official(self) -> Cells:
        """How many figures rest on what."""
        words = self.words
        head = (words("Status"), words("Figures"))
        return Cells(words("What the source figures rest on"), head, self._list.by_status())

    # ---- gaps, revisions, data

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """What is not known, and what is assumed instead."""
        return [(self.label(each.what), self.label(each.assumed)) for each in self.index.gaps]

    @property
    def publisher(self) -> str:
        """Who publishes it."""
        publication = self.index.publication
        return self.words("not said") if publication is None else self.label(publication.publisher)

    @property
    def licence(self) -> str:
        """On what terms."""
        publication = self.index.publication
        licence = None if publication is None else publication.licence
        return licence or self.words("not said")

    @property
    def example(self) -> str:
        """The address of the last figure of the whole."""
        build = self.material.build
        return address(build, len(build.panel.rows) - 1, self.index.top)

    @property
    def revised(self) -> Cells | None:
        """Old figures that have changed."""
        found, words = self.revisions, self.words
        if found is None:
            return None
        rows = []
        for each in found.figures[:MOST_REVISIONS]:
            unit = (
                "" if self.single else self.label(self.index.units.members[each.unit].label) + ", "
            )
            name = f"{unit}{self.label(self.index.label_of(each.node))}, {each.period}"
            parts = [
                "–" if part is None or part != part else change(part, words, 2)
                for part in (each.size, each.of_data, each.of_rules)
            ]
            before, after = (figure(known_figure(x), words, 2) for x in (each.before, each.after))
            rows.append((name, before, after, *parts))
        head = (words("Figure"), words("Before"), words("Now"), words("Revision"),
                words("From new data"), words("From new rules"))  # fmt: skip
        return Cells(words("Figures of the earlier edition that have changed"), head, tuple(rows))

    @property
    def revision_sentence(self) -> str:
        """How much was revised."""
        found, words = self.revisions, self.words
        if found is None:
            return ""
        said = words(
            "Against edition {edition}, {revised} of {compared} old figures have changed; "
            "{cells} source figures and {rules} parts of the rules are not what they were.",
            edition=found.earlier,
            revised=len(found.figures),
            compared=found.compared,
            cells=found.cells.height,
            rules=len(found.rules),
        )
        if found.not_separated:
            why = words("Data and rules cannot be told apart: {reason}", reason=found.not_separated)
            said = f"{said} {why}"
        return said


def language_choice(material: Material) -> str:
    """The first page: the languages to choose from."""
    index = material.index
    names = {"ko": index.label.ko, "en": index.label.en}
    languages = [(code, names[code], Words(code)) for code in material.languages]
    return render("publication_languages.html", languages[0][2], languages=languages)
