"""Oracle of 안심소득 (from 2024-09 서울디딤돌소득): amount by the published formula.

Facts §1.1-§1.3.  Stages, periods and entry tests are not modelled: the function
answers "what does the formula give with the median income of this year".
"""

from fractions import Fraction
from math import ceil, floor

from . import tables
from .basic_livelihood import median_income


def line_85(*, year, size):
    """85 % of median income, exact (not rounded); None where not known."""
    median = median_income(year=year, size=size)
    if median is None:
        return None
    return median * tables.SAFETY_LINE


def safety_income(*, year, size, income, assets, rounding):
    """Half of (85 % of median income - 소득평가액), to 10 won; facts §1.1.

    rounding "up" or "nearest" (half up): the facts leave both open.  0 if the
    income reaches the line, 0 if the household's assets exceed 326,000,000 won.
    """
    if rounding not in ("up", "nearest"):
        raise ValueError("rounding is up or nearest")
    threshold = line_85(year=year, size=size)
    if threshold is None or income is None or assets is None:
        return None
    for amount in (income, assets):
        if type(amount) not in (int, Fraction) or amount < 0:
            raise ValueError(f"not a whole won or fraction of 0 or more: {amount!r}")
    if assets > tables.SAFETY_ASSET_LIMIT:
        return 0
    if income >= threshold:
        return 0
    tens = (threshold - income) * tables.SAFETY_SHARE / 10
    if rounding == "up":
        return ceil(tens) * 10
    return floor(tens + Fraction(1, 2)) * 10


def made_up(*, safety, former_benefits):
    """보전: never less than the household's former benefits (facts §1.3).

    That the city makes up the difference is printed; per which period and against
    which sum is not.  Here: the larger of the two monthly sums.
    """
    if safety is None or former_benefits is None:
        return None
    return max(safety, former_benefits)
