"""The formula of one figure in plain arithmetic: as text, and what it gives when it is evaluated again."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .aggregation import methods
from .framework import options


@dataclass(frozen=True)
class Formula:
    """How a figure was made: arithmetic or a cell as it stands, or a message of the catalogue with its values."""

    message: str
    values: dict[str, str] | None = None

    def said(self, words: Callable[..., str] = str.format) -> str:
        """As a sentence; in English where no ``words`` are given."""
        return self.message if self.values is None else words(self.message, **self.values)


# A formula and what it gives.
Evaluated = tuple[Formula, float]


def of_mean(method: methods.Aggregator, known: Sequence[tuple[float, float]]) -> Evaluated | None:
    """A weighted mean of (weight, value); None where the method is none.

    >>> formula, again = of_mean(methods.Arithmetic(), [(1.0, 40.0), (3.0, 60.0)])
    >>> formula.said(), again
    ('(1 × 40 + 3 × 60) / 4', 55.0)
    """
    total = math.fsum(weight for weight, _ in known)
    if not known or not total:
        return Formula("no part has a figure", {}), math.nan
    shares = [(weight / total, value) for weight, value in known]
    if isinstance(method, methods.Arithmetic):
        terms = " + ".join(f"{text(weight)} × {text(value)}" for weight, value in known)
        again = math.fsum(share * value for share, value in shares)
        return Formula(f"({terms}) / {text(total)}"), again
    if isinstance(method, methods.Geometric):
        terms = " × ".join(f"{text(value)}^{text(weight)}" for weight, value in known)
        again = math.exp(math.fsum(share * math.log(value) for share, value in shares))
        return Formula(f"({terms})^(1/{text(total)})"), again
    if isinstance(method, methods.Harmonic):
        terms = " + ".join(f"{text(weight)} / {text(value)}" for weight, value in known)
        again = 1 / math.fsum(share / value for share, value in shares)
        return Formula(f"{text(total)} / ({terms})"), again
    return None


def of_quotient(figure: float, denominator: float, scale: float) -> Evaluated:
    """A figure by its denominator: figure / (denominator / scale).

    >>> of_quotient(30.0, 60_000.0, 1_000.0)[1]
    0.5
    """
    formula = Formula(f"{text(figure)} / ({text(denominator)} / {text(scale)})")
    return formula, figure / (denominator / scale)


def of_line(
    name: str,
    x: float,
    *,
    origin: float,
    spread: float,
    start: float,
    factor: float,
    least: float | None,
    most: float | None,
) -> Evaluated:
    """A straight line: start + factor × (x - origin) / spread, held within ``least`` and ``most``."""
    formula = (
        f"{name}: {text(start)} + {text(factor)} × ({text(x)} − {text(origin)}) / {text(spread)}"
    )
    return _held(formula, start + factor * (x - origin) / spread, least, most)


def of_ratio(method: options.BaseYearRatio, x: float, base: float, rising: bool) -> Evaluated:
    """The figure in per cent of that of the base period; turned round where lower is better."""
    whole = text(method.base)
    if rising:
        formula, again = f"{whole} × {text(x)} / {text(base)}", method.base * x / base
    elif method.reversal is options.Reversal.INVERSE:
        formula, again = f"{whole} × {text(base)} / {text(x)}", method.base * base / x
    else:
        formula = f"{text(2 * method.base)} − {whole} × {text(x)} / {text(base)}"
        again = 2 * method.base - method.base * x / base
    return _held(formula, again, method.floor, method.cap)


def _held(formula: str, again: float, least: float | None, most: float | None) -> Evaluated:
    end = again
    if least is not None and again < least:
        end = least
    elif most is not None and again > most:
        end = most
    if end == again or math.isnan(again):
        return Formula(formula), again
    return Formula("{formula}, held at {limit}", {"formula": formula, "limit": text(end)}), end


def text(value: float) -> str:
    """A figure in full, whole where it is whole.

    >>> text(3.0), text(0.1)
    ('3', '0.1')
    """
    if math.isnan(value):
        return "–"
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(float(value))
