"""Conventions on which published figures differ, by name. ``label`` is each one's name in the catalogue."""

from __future__ import annotations

from enum import StrEnum


class Quantile(StrEnum):
    """Which income is the p-quantile of weighted incomes.

    LOWEST: the lowest income up to which a share p has it (the inverse of the distribution function; Hyndman
    and Fan 1996, type 1; Osier 2009). AVERAGED: the same, but the mean of it and the next income where the
    share is p exactly (type 2; Eurostat's programs, laeken). INTERPOLATED: linear between the shares up to two
    incomes that follow each other (type 4).
    """

    LOWEST = "lowest_income"
    AVERAGED = "averaged_at_steps"
    INTERPOLATED = "linear_between_incomes"

    @property
    def label(self) -> str:
        return QUANTILE_LABELS[self]


QUANTILE_LABELS = {
    Quantile.LOWEST: "quantile: the lowest income that a share reaches",
    Quantile.AVERAGED: "quantile: averaged where a share is met exactly",
    Quantile.INTERPOLATED: "quantile: linear between incomes",
}


class Shares(StrEnum):
    """What the poorest and the richest have together.

    EUROSTAT: the income of those at or below a quantile (AVERAGED), and of those above one, each person
    whole. INTERPOLATED: read from the Lorenz curve, so that the person at the border counts in part and the
    shares of people are met exactly.
    """

    EUROSTAT = "whole_persons"
    INTERPOLATED = "lorenz_curve"

    @property
    def label(self) -> str:
        return SHARE_LABELS[self]


SHARE_LABELS = {
    Shares.EUROSTAT: "shares of whole persons, as Eurostat counts them",
    Shares.INTERPOLATED: "shares read from the Lorenz curve",
}


class WolfsonScale(StrEnum):
    """USUAL: 2(2T - G) mean/median: 1/3 if uniform, 1 if one half has nothing. HALF: half of it."""

    USUAL = "wolfson_usual"
    HALF = "wolfson_half"

    @property
    def label(self) -> str:
        return WOLFSON_LABELS[self]


WOLFSON_LABELS = {
    WolfsonScale.USUAL: "usual scale, from 0 to 1",
    WolfsonScale.HALF: "half of the usual scale",
}


class PairScale(StrEnum):
    """How pairs are counted in polarisation.

    ORDERED: both (x, y) and (y, x), as the definition does; UNORDERED: half of it, which goes to the Gini as
    alpha goes to zero (DASP).
    """

    ORDERED = "ordered_pairs"
    UNORDERED = "unordered_pairs"

    @property
    def label(self) -> str:
        return PAIR_LABELS[self]


PAIR_LABELS = {
    PairScale.ORDERED: "every pair counted both ways",
    PairScale.UNORDERED: "every pair counted once",
}

Convention = Quantile | Shares | WolfsonScale | PairScale
