"""Korean and English: one catalogue for every screen, notice and report, and how amounts are written."""

from .amounts import date_text, large_money_text, money_text, number_text
from .catalogue import LANGUAGES, Words
from .particles import with_particle

__all__ = [
    "LANGUAGES",
    "Words",
    "date_text",
    "large_money_text",
    "money_text",
    "number_text",
    "with_particle",
]
