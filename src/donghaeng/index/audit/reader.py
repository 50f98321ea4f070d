"""How the documents of an audit name and print things, in the language of their reader."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from donghaeng.charts.description import change, figure
from donghaeng.charts.measures import Sheet
from donghaeng.index.framework.index_file import Index
from donghaeng.index.framework.vocabulary import Label
from donghaeng.language import Words

from .audit import Audit
from .over_years import Kind

KINDS = {
    Kind.ALL: "modelling choices and errors of the figures",
    Kind.MODELLING: "modelling choices only",
    Kind.ROUNDING: "rounding of the figures only",
    Kind.SAMPLING: "sampling error of the figures only",
    Kind.ROUNDING_AND_SAMPLING: "rounding and sampling error of the figures only",
}
KINDS_OF_CHOICE = {
    "step": "form of a step",
    "weight_noise": "noise on the weights",
    "weight_shares": "shares of the weights",
    "weight_experts": "one expert's weights",
    "parameter": "number within a step",
    "data_error": "error of the figures",
    "leave_out": "leave one out",
    "imputed_table": "table of a multiple imputation",
}
OUTCOMES = {
    "passed": "within the limits",
    "winsorised": "winsorised",
    "transformed": "transformed",
    "failing": "treated, and still outside the limits",
    "empty": "no figures",
    "constant": "the same everywhere",
    "too_few": "too few figures to judge",
    "nearly_constant": "nearly the same everywhere",
    "undefined": "the transformation is not defined for it",
    "not treated": "outside the limits, not treated",
}
STATUSES = {
    "official": "official",
    "press": "press",
    "secondary": "secondary source",
    "unverified": "not verified",
    "provisional": "provisional",
    "estimated": "estimated",
    "derived": "computed from others",
    "not said": "status not said",
}
# Forms that are not named by the words of the index file.
FORMS = {
    "drawn": "drawn",
    "as usual": "as usual",
    "skip": "left out",
    "left out with its step": "left out with its step",
}


@dataclass(frozen=True)
class Reader:
    """The words of one language and the names of one index."""

    index: Index
    words: Words

    def name(self, code: str) -> str:
        """An indicator, node or denominator."""
        if code in self.index.denominators:
            return self.label(self.index.denominators[code].label)
        return self.label(self.index.label_of(code))

    def short(self, code: str) -> str:
        """The short name of a node, where it has one."""
        node = self.index.nodes.get(code)
        return self.label(node.short) if node is not None and node.short else self.name(code)

    def unit(self, code: str) -> str:
        """A unit."""
        return self.label(self.index.units.members[code].label)

    def label(self, label: Label) -> str:
        """Korean or English."""
        return self.words.label(label.pair)

    def names(self, codes: Iterable[str], most: int = 5) -> str:
        """Names side by side, of many only the first."""
        from donghaeng.charts.description import named

        return named([self.name(code) for code in codes], self.words, most)

    def number(self, value: float, digits: int = 2) -> str:
        """A figure; in words where there is none."""
        if math.isinf(value):
            return self.words("appears or disappears")
        return figure(None if math.isnan(value) else value, self.words, digits)

    def cell(self, value: float, digits: int = 2) -> str:
        """A figure in a table; empty where there is none."""
        return "" if math.isnan(value) else self.number(value, digits)

    def change(self, value: float, digits: int = 2) -> str:
        """A difference with its sign; empty where there is none."""
        return "" if math.isnan(value) else change(value, self.words, digits)

    def interval(self, low: float, high: float, digits: int = 2) -> str:
        """An interval in a table; empty where there is none."""
        if math.isnan(low) or math.isnan(high):
            return ""
        return f"[{self.number(low, digits)}, {self.number(high, digits)}]"

    def share(self, value: float, digits: int = 0) -> str:
        """A share as a percentage, never rounded up to certainty."""
        if math.isnan(value):
            return ""
        text = f"{100 * value:.{digits}f}"
        if value < 1 and float(text) == 100:
            return f"> {100 - 10**-digits:.{digits}f} %"
        if value > 0 and float(text) == 0:
            return f"< {10**-digits:.{digits}f} %"
        return f"{text} %"

    def rank(self, value: float) -> str:
        """A rank, or a quantile of ranks; empty where there is none."""
        return "" if math.isnan(value) else f"{round(value, 1):g}"

    def said(self, known: dict[str, str], word: str) -> str:
        """A word of the result in the reader's words; as it is where nobody foresaw it."""
        return self.words(known[word]) if word in known else word

    def sheet(self, title: str, axis: str = "", digits: int = 1) -> Sheet:
        """What a chart is drawn on."""
        return Sheet(title, self.words, axis=axis, width=720, digits=digits)

    def form(self, form: str) -> str:
        """A form of a choice: in the words of the index file, or in the reader's where it has none."""
        return self.said(FORMS, form)


def reader_of(index: Index, language: str) -> Reader:
    """The reader of an index in ``ko`` or ``en``."""
    return Reader(index, Words(language))


def caution(words: Words) -> str:
    """What every audit has to say of itself."""
    return words(
        "Soundness is necessary, not sufficient: figures can hang together and still miss what matters to "
        "people. Correlations need not be influence. Intervals cover what the index file declares "
        "uncertain, and nothing else."
    )


def is_one_city(audit: Audit) -> bool:
    """Whether the audit is about one unit over its periods."""
    return audit.over_years is not None
