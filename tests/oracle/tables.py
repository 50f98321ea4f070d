"""Published tables used by the oracle, typed by hand from the facts (law), §2-§3.

Money a month unless said.  A status word in a comment is the one the facts give:
official, press, secondary, derived, unverified.  Nothing here comes from the
rules engine or from its parameter files.
"""

from fractions import Fraction

FIRST_YEAR = 2015  # the tables of 2015 hold from 2015-07-01
LAST_YEAR = 2027  # nothing is known of later years

# --------------------------------------------------------------------------
# Median income (기준 중위소득), households of 1 to 7 persons.
# 국민기초생활 보장법 §2-11, §6의2; facts §2.
# --------------------------------------------------------------------------
MEDIAN_INCOME = {
    2015: (1_562_337, 2_660_196, 3_441_364, 4_222_533, 5_003_702, 5_784_870, 6_566_039),
    2016: (1_624_831, 2_766_603, 3_579_019, 4_391_434, 5_203_849, 6_016_265, 6_828_680),
    2017: (1_652_931, 2_814_449, 3_640_915, 4_467_380, 5_293_845, 6_120_311, 6_946_776),
    2018: (1_672_105, 2_847_097, 3_683_150, 4_519_202, 5_355_254, 6_191_307, 7_027_359),
    2019: (1_707_008, 2_906_528, 3_760_032, 4_613_536, 5_467_040, 6_320_544, 7_174_048),
    2020: (1_757_194, 2_991_980, 3_870_577, 4_749_174, 5_627_771, 6_506_368, 7_389_715),
    2021: (1_827_831, 3_088_079, 3_983_950, 4_876_290, 5_757_373, 6_628_603, 7_497_198),
    2022: (1_944_812, 3_260_085, 4_194_701, 5_121_080, 6_024_515, 6_907_004, 7_780_592),
    2023: (2_077_892, 3_456_155, 4_434_816, 5_400_964, 6_330_688, 7_227_981, 8_107_515),
    2024: (2_228_445, 3_682_609, 4_714_657, 5_729_913, 6_695_735, 7_618_369, 8_514_994),
    2025: (2_392_013, 3_932_658, 5_025_353, 6_097_773, 7_108_192, 8_064_805, 8_988_428),
    2026: (2_564_238, 4_199_292, 5_359_036, 6_494_738, 7_556_719, 8_555_952, 9_515_150),
    2027: (2_736_042, 4_480_645, 5_718_091, 6_929_885, 8_063_019, 9_129_201, 10_152_665),
}

# --------------------------------------------------------------------------
# Ratios of the four lines, in percent of median income.
# 국민기초생활 보장법 §8②, §12의3②, §12③; 주거급여법 §5①; facts §3.1.
# --------------------------------------------------------------------------
RATIO_PERCENT = {
    2015: {"livelihood": 28, "medical": 40, "housing": 43, "education": 50},
    2016: {"livelihood": 29, "medical": 40, "housing": 43, "education": 50},
    2017: {"livelihood": 30, "medical": 40, "housing": 43, "education": 50},
    2018: {"livelihood": 30, "medical": 40, "housing": 43, "education": 50},
    2019: {"livelihood": 30, "medical": 40, "housing": 44, "education": 50},
    2020: {"livelihood": 30, "medical": 40, "housing": 45, "education": 50},
    2021: {"livelihood": 30, "medical": 40, "housing": 45, "education": 50},
    2022: {"livelihood": 30, "medical": 40, "housing": 46, "education": 50},
    2023: {"livelihood": 30, "medical": 40, "housing": 47, "education": 50},
    2024: {"livelihood": 32, "medical": 40, "housing": 48, "education": 50},
    2025: {"livelihood": 32, "medical": 40, "housing": 48, "education": 50},
    2026: {"livelihood": 32, "medical": 40, "housing": 48, "education": 50},
    2027: {"livelihood": 32, "medical": 40, "housing": 48, "education": 50},
}

# Published lines the formula misses by one won (facts §3.1): (benefit, year, size).
PUBLISHED_LINES = {
    ("livelihood", 2023, 2): 1_036_846,  # half up gives 1,036,847; secondary
    ("medical", 2023, 3): 1_773_927,  # half up gives 1,773,926; secondary
    ("medical", 2023, 6): 2_891_193,  # half up gives 2,891,192; derived from the 8-person line
}

# --------------------------------------------------------------------------
# Deduction from earned and business income (시행령 §5의2, 10호 and 11호).
# --------------------------------------------------------------------------
WORK_DEDUCTION = Fraction(30, 100)
# 대통령령 30258: from 2020-01-01 "up to 30 %" in 11호 (before: up to 10 %).  The
# minister sets 30 % (secondary); what he set before 2020 is not known.
GENERAL_DEDUCTION_FROM = 2020

# --------------------------------------------------------------------------
# Property (시행령 §5의4; facts §3.2).  From 2023 on; all secondary.
# --------------------------------------------------------------------------
PROPERTY_FROM = 2023

BASIC_PROPERTY = {  # 기본재산액
    "seoul": 99_000_000,
    "gyeonggi": 80_000_000,
    "metropolitan": 77_000_000,  # 광역시, 세종, 창원
    "other": 53_000_000,
}

RESIDENTIAL_LIMIT = {  # 주거용재산 한도
    "seoul": 172_000_000,
    "gyeonggi": 151_000_000,
    "metropolitan": 146_000_000,
    "other": 112_000_000,
}

LIVING_RESERVE = 5_000_000  # 생활준비금

# 소득환산율, a month
RATE_RESIDENTIAL = Fraction(104, 10_000)  # 1.04 %
RATE_GENERAL = Fraction(417, 10_000)  # 4.17 %
RATE_FINANCIAL = Fraction(626, 10_000)  # 6.26 %
RATE_VEHICLE = Fraction(1)  # 100 %

# --------------------------------------------------------------------------
# Base rent (기준임대료), thousand won: BASE_RENT[year][size] = zones 1, 2, 3, 4.
# 주거급여법 §7③; facts §3.3.  None: not known.  A missing size: no zone known.
# Zone 1 서울, 2 경기·인천, 3 광역·세종·수도권 외 특례시, 4 the rest.
# --------------------------------------------------------------------------
BASE_RENT = {
    2015: {4: (300, 270, 210, 190)},  # press
    2016: {4: (307, None, None, None)},  # press
    # 2017 press; it also gives 136 and 378 as the smallest and the largest cell
    # of the table without naming the cells: not entered.
    2017: {4: (315, 283, 220, 200)},
    2018: {},
    2019: {4: (365, None, None, None)},  # press
    2020: {4: (415, None, None, None)},  # press
    2021: {  # derived: 2022 less the printed increase
        1: (310, 239, 190, 163),
        2: (348, 268, 212, 183),
        3: (414, 320, 254, 217),
        4: (480, 371, 294, 253),
        5: (497, 383, 303, 261),
        6: (588, 453, 359, 309),
    },
    2022: {  # secondary; size 4 press
        1: (327, 253, 201, 163),
        2: (367, 283, 224, 183),
        3: (437, 338, 268, 218),
        4: (506, 391, 310, 254),
        5: (524, 404, 320, 262),
        6: (621, 478, 379, 310),
    },
    2023: {},
    2024: {  # secondary; sizes 5 and 6 are unverified, see below
        1: (341, 268, 216, 178),
        2: (382, 300, 240, 198),
        3: (455, 358, 287, 236),
        4: (527, 415, 333, 274),
    },
    2025: {  # secondary; the other cells are unverified, see below
        1: (352, 281, 228, 191),
        2: (395, 314, 254, 215),
        4: (545, None, None, None),
    },
    2026: {  # secondary
        1: (369, 300, 247, 212),
        2: (414, 337, 278, 239),
        3: (493, 401, 331, 284),
        4: (571, 464, 382, 328),
        5: (590, 480, 395, 339),
        6: (700, 570, 469, 403),
    },
    2027: {},
}

# Cells the facts print but mark unverified.  Not used unless a caller of
# housing_benefit asks for them: an unverified figure is not a fact (facts, status words).
BASE_RENT_UNVERIFIED = {
    2024: {
        5: (545, 429, 344, 283),
        6: (563, 443, 355, 292),  # the facts say: too low
    },
    2025: {
        3: (470, 375, 302, None),
        4: (None, 433, 351, 297),
        6: (667, 531, 428, 363),
    },
}

# --------------------------------------------------------------------------
# 안심소득 / 디딤돌소득 (facts §1.1, §1.2).
# --------------------------------------------------------------------------
SAFETY_LINE = Fraction(85, 100)
SAFETY_SHARE = Fraction(1, 2)
SAFETY_ASSET_LIMIT = 326_000_000

# --------------------------------------------------------------------------
# Step of a line for each person beyond seven, where the notice prints its own
# (facts §3.1, "other known deviations": A(2021-211)).
# --------------------------------------------------------------------------
PUBLISHED_STEPS = {("livelihood", 2022): 262_076}

# --------------------------------------------------------------------------
# Flat parts of the deduction from work (facts §3.2): disabled and old 200,000;
# youth 400,000, from 2026 600,000, to the age of 24, 2024 29, 2026 34; the old
# from 75, 2025 from 65 (unverified).
# --------------------------------------------------------------------------
FLAT_DISABLED = 200_000
FLAT_OLD = 200_000


def flat_deductions(year):
    """Highest age and amount of the youth deduction, and the age from which one is old."""
    youth_limit = 24 if year < 2024 else 29 if year < 2026 else 34
    youth_flat = 400_000 if year < 2026 else 600_000
    return youth_limit, youth_flat, 75 if year < 2025 else 65


# --------------------------------------------------------------------------
# Other deductions of 시행령 §5의2: 8호 one half, official; 6호 20 % of the median income
# of one person, official (facts §3.2).
# --------------------------------------------------------------------------
REHABILITATION_DEDUCTION = Fraction(1, 2)
WAR_VETERANS_SHARE = Fraction(20, 100)

# --------------------------------------------------------------------------
# Basic property amount by the three classes of region, 2017 (press) and 2020-2022 (unverified),
# and the first year in which the conversion rates hold (고시 제2019-188호, 2019-09-01).
# --------------------------------------------------------------------------
BASIC_PROPERTY_2017 = {"large_city": 54_000_000, "city": 34_000_000, "rural": 29_000_000}
BASIC_PROPERTY_2020_TO_2022 = {
    "large_city": 69_000_000,
    "city": 42_000_000,
    "rural": 35_000_000,
}
CONVERSION_RATES_FROM = 2020
