"""Every measure: its name in a plan, its label in the catalogue, and where it is defined."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .nonpositive import Incomes


class MeasureName(StrEnum):
    """The measures of this room. What is computed by name from one distribution is in ``registry``."""

    # amounts
    TOTAL = "total"
    MEAN = "mean"
    MEDIAN = "median"
    QUANTILE = "quantile"
    POVERTY_LINE = "poverty_line"
    # inequality
    GINI = "gini"
    S80_S20 = "s80_s20"
    PALMA = "palma"
    SHARE_RATIO = "share_ratio"
    D9_D1 = "d9_d1"
    D9_D5 = "d9_d5"
    D5_D1 = "d5_d1"
    PERCENTILE_RATIO = "percentile_ratio"
    THEIL = "theil"
    MEAN_LOG_DEVIATION = "mean_log_deviation"
    GENERALISED_ENTROPY = "generalised_entropy"
    ATKINSON = "atkinson"
    # poverty
    POVERTY_RATE = "poverty_rate"
    POVERTY_GAP = "poverty_gap"
    POVERTY_SEVERITY = "poverty_severity"
    FOSTER_GREER_THORBECKE = "foster_greer_thorbecke"
    MEDIAN_GAP = "median_gap"
    SEN = "sen"
    SEN_SHORROCKS_THON = "sen_shorrocks_thon"
    WATTS = "watts"
    # polarisation
    WOLFSON = "wolfson"
    ESTEBAN_RAY = "esteban_ray"
    DUCLOS_ESTEBAN_RAY = "duclos_esteban_ray"
    MIDDLE_CLASS = "middle_class"
    MIDDLE_CLASS_OECD = "middle_class_oecd"
    MIDDLE_CLASS_SHARE = "middle_class_share"
    MIDDLE_CLASS_INCOME = "middle_class_income"
    # redistribution
    CONCENTRATION = "concentration"
    KAKWANI = "kakwani"
    REYNOLDS_SMOLENSKY = "reynolds_smolensky"
    RERANKING = "reranking"
    REDISTRIBUTION = "redistribution"
    AVERAGE_RATE = "average_rate"
    # of two measures
    DIFFERENCE = "difference"
    RATIO = "ratio"
    RELATIVE_CHANGE = "relative_change"

    @property
    def label(self) -> str:
        return DEFINITIONS[self].label


@dataclass(frozen=True, slots=True)
class Definition:
    """``label`` is the name in the catalogue; ``incomes`` are those that it is defined for."""

    label: str
    citation: str
    incomes: Incomes = Incomes.ANY


OSIER = "Osier 2009, Survey Research Methods 3(3)"
EUROSTAT = "Eurostat, EU-SILC monitoring indicators (Laeken indicators)"
GINI_1914 = "Gini 1914; Sen 1973, On Economic Inequality"
SHORROCKS_1980 = "Shorrocks 1980, Econometrica 48(3)"
THEIL_1967 = "Theil 1967, Economics and Information Theory"
FGT_1984 = "Foster, Greer and Thorbecke 1984, Econometrica 52(3)"
KAKWANI_1977 = "Kakwani 1977, Economic Journal 87"
KAKWANI_1984 = "Kakwani 1984, Advances in Applied Micro-Economics 3"
OECD_2019 = "OECD 2019, Under Pressure: The Squeezed Middle Class"
ARITHMETIC = "survey statistics"

POSITIVE, NOT_NEGATIVE = Incomes.ABOVE_ZERO, Incomes.NOT_NEGATIVE
NAME = MeasureName

DEFINITIONS = {
    NAME.TOTAL: Definition("total", ARITHMETIC),
    NAME.MEAN: Definition("mean", ARITHMETIC),
    NAME.MEDIAN: Definition("median", OSIER),
    NAME.QUANTILE: Definition("quantile", OSIER),
    NAME.POVERTY_LINE: Definition("poverty line, a share of the median", EUROSTAT),
    NAME.GINI: Definition("Gini coefficient", GINI_1914),
    NAME.S80_S20: Definition("S80/S20, richest fifth to poorest fifth", EUROSTAT),
    NAME.PALMA: Definition(
        "Palma ratio, richest tenth to poorest four tenths",
        "Cobham and Sumner 2013, CGD Working Paper 343",
    ),
    NAME.SHARE_RATIO: Definition("ratio of income shares", EUROSTAT),
    NAME.D9_D1: Definition("D9/D1, ninth decile to first", OSIER),
    NAME.D9_D5: Definition("D9/D5, ninth decile to median", OSIER),
    NAME.D5_D1: Definition("D5/D1, median to first decile", OSIER),
    NAME.PERCENTILE_RATIO: Definition("ratio of two quantiles", OSIER),
    NAME.THEIL: Definition("Theil index", THEIL_1967, NOT_NEGATIVE),
    NAME.MEAN_LOG_DEVIATION: Definition("mean log deviation", THEIL_1967, POSITIVE),
    NAME.GENERALISED_ENTROPY: Definition("generalised entropy", SHORROCKS_1980, POSITIVE),
    NAME.ATKINSON: Definition(
        "Atkinson index", "Atkinson 1970, Journal of Economic Theory 2(3)", POSITIVE
    ),
    NAME.POVERTY_RATE: Definition("poverty rate", FGT_1984),
    NAME.POVERTY_GAP: Definition("poverty gap index", FGT_1984),
    NAME.POVERTY_SEVERITY: Definition("squared poverty gap index", FGT_1984),
    NAME.FOSTER_GREER_THORBECKE: Definition("Foster–Greer–Thorbecke index", FGT_1984),
    NAME.MEDIAN_GAP: Definition("median poverty gap of the poor", EUROSTAT),
    NAME.SEN: Definition("Sen index", "Sen 1976, Econometrica 44(2), for a large population"),
    NAME.SEN_SHORROCKS_THON: Definition(
        "Sen–Shorrocks–Thon index", "Shorrocks 1995, Econometrica 63(5)"
    ),
    NAME.WATTS: Definition(
        "Watts index", "Watts 1968, in Moynihan (ed.), On Understanding Poverty", POSITIVE
    ),
    NAME.WOLFSON: Definition(
        "Wolfson bipolarisation", "Wolfson 1994, American Economic Review 84(2)"
    ),
    NAME.ESTEBAN_RAY: Definition(
        "Esteban–Ray polarisation", "Esteban and Ray 1994, Econometrica 62(4)"
    ),
    NAME.DUCLOS_ESTEBAN_RAY: Definition(
        "Duclos–Esteban–Ray polarisation", "Duclos, Esteban and Ray 2004, Econometrica 72(6)"
    ),
    NAME.MIDDLE_CLASS: Definition("people with 50 to 150 % of the median", "Statistics Korea"),
    NAME.MIDDLE_CLASS_OECD: Definition("people with 75 to 200 % of the median", OECD_2019),
    NAME.MIDDLE_CLASS_SHARE: Definition("people in the middle class", OECD_2019),
    NAME.MIDDLE_CLASS_INCOME: Definition("income share of the middle class", OECD_2019),
    NAME.CONCENTRATION: Definition("concentration index", KAKWANI_1977),
    NAME.KAKWANI: Definition("Kakwani index of progressivity", KAKWANI_1977),
    NAME.REYNOLDS_SMOLENSKY: Definition(
        "Reynolds–Smolensky index", "Reynolds and Smolensky 1977, Public Finance Quarterly 5(4)"
    ),
    NAME.RERANKING: Definition(
        "Atkinson–Plotnick reranking",
        "Atkinson 1980; Plotnick 1981, Review of Economics and Statistics",
    ),
    NAME.REDISTRIBUTION: Definition("Gini before less Gini after", KAKWANI_1984),
    NAME.AVERAGE_RATE: Definition("net payment as a share of income before", KAKWANI_1977),
    NAME.DIFFERENCE: Definition("difference", ARITHMETIC),
    NAME.RATIO: Definition("ratio", ARITHMETIC),
    NAME.RELATIVE_CHANGE: Definition("relative change", ARITHMETIC),
}
