"""Words of 안심소득 (서울디딤돌소득 since 2024-09-05) that have a closed list of answers."""

from donghaeng.rules import Enumeration


class Stage(Enumeration):
    """단계: the selection in which a household was drawn; a hypothesis belongs to none."""

    NOT_ENROLLED = "none", "참여하지 않음", "not in the programme"
    HYPOTHESIS = "hypothesis", "참여를 가정함", "participation is assumed"
    STAGE_1 = "1", "1단계", "stage 1"
    STAGE_2 = "2", "2단계", "stage 2"
    STAGE_3 = "3", "3단계", "stage 3"


class AmountRounding(Enumeration):
    """How the amount becomes a multiple of ten won: the published figures fit both."""

    UP_TO_10_WON = "up_to_10_won", "10원 단위로 올림", "up to ten won"
    NEAREST_10_WON = "nearest_10_won", "10원 단위로 반올림", "to the nearest ten won"


class Earnings(Enumeration):
    """Whether the deductions of 국민기초생활 보장법 시행령 §5의2 apply to the income that is compared."""

    NO_DEDUCTION = "no_deduction", "근로소득을 공제하지 않음", "earnings count in full"
    BASIC_LIVELIHOOD_DEDUCTION = (
        "basic_livelihood_deduction",
        "기초생활보장의 근로소득 공제를 적용함",
        "earnings count after the deduction of basic livelihood",
    )


class Interaction(Enumeration):
    """What happens to the six kinds of cash benefit that are not paid beside it."""

    REPLACES_CASH_BENEFITS = (
        "replaces_cash_benefits",
        "현금성 급여를 대체하고, 줄어드는 가구에는 차액을 보전함",
        "replaces cash benefits; a household that would lose is made up",
    )
    COUNTS_THEM_AS_INCOME = (
        "counts_them_as_income",
        "다른 급여를 소득으로 보고 함께 지급함",
        "counts them as income and is paid beside them",
    )
    PAYS_BESIDE = "pays_beside", "다른 급여와 함께 지급함", "is paid beside them"


class ReplacedBenefit(Enumeration):
    """The kinds of cash benefit that the city's statement of 2022-07-04 names, 생계 and 주거 apart."""

    LIVELIHOOD = "livelihood", "생계급여", "livelihood benefit"
    HOUSING = "housing", "주거급여", "housing benefit"
    BASIC_PENSION = "basic_pension", "기초연금", "basic pension"
    HOUSING_VOUCHER = "housing_voucher", "서울형 주택바우처", "Seoul housing voucher"
    YOUTH_ALLOWANCE = "youth_allowance", "청년수당", "youth allowance"
    YOUTH_RENT_SUPPORT = "youth_rent_support", "청년월세", "youth rent support"
    SEOUL_BASIC_SECURITY = "seoul_basic_security", "서울형 기초보장", "Seoul basic security"


class OtherBenefits(Enumeration):
    """Whether cash benefits that the statement does not name count in the income: not printed."""

    NOT_COUNTED = "not_counted", "소득으로 보지 않음", "do not count in the income"
    COUNTED_AS_INCOME = "counted_as_income", "소득으로 봄", "count in the income"


class AssetRise(Enumeration):
    """What property above the limit does to a household that was selected before."""

    STOPS_PAYMENT = "stops_payment", "지급을 멈춤", "stops the payment"
    ENTRY_ONLY = "entry_only", "선정할 때만 봄", "matters at entry only"
