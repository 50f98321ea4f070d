"""차상위계층 (국민기초생활 보장법 §2-10, 시행령 §3)."""

from donghaeng.rules import HOUSEHOLD, PERSON, Count, Money, Rate, Role, rule


@rule(
    name="near_poor",
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("차상위계층", "Near-poor household"),
    citation="국민기초생활 보장법 §2-10, 시행령 §3; 주거급여법 §5②",
    history="other acts kept the former notion until 2015-12-31 (법률 12933 부칙 §6③)",
    valid_until="2018-09-30",
)
def near_poor_with_supporters(
    benefit_unit_size: Count,
    recognised_income: Money,
    median_income: Money,
    housing_line: Money,
    livelihood_benefit: Money,
    support_to_be_had: bool,
    imputed_support: Money,
    near_poor_ratio: Rate,
) -> bool:
    """Income up to half of the median and no benefit, also where it is a 부양의무자 that bars it."""
    if benefit_unit_size == 0 or recognised_income > median_income * near_poor_ratio:
        return False
    if recognised_income > housing_line:
        return True
    if livelihood_benefit > 0:
        return False
    if support_to_be_had:
        return True
    return recognised_income + imputed_support > housing_line


@rule(
    name="near_poor",
    entity=HOUSEHOLD,
    role=Role.FLAG,
    label=("차상위계층", "Near-poor household"),
    citation="국민기초생활 보장법 §2-10, 시행령 §3; 주거급여법 §5①",
    history="주거급여 looks at no 부양의무자 since 2018-10-01 (법률 15358)",
    valid_from="2018-10-01",
)
def near_poor(
    benefit_unit_size: Count,
    recognised_income: Money,
    median_income: Money,
    housing_line: Money,
    near_poor_ratio: Rate,
) -> bool:
    """Above the line of 주거급여, the highest of three, and up to half of the median."""
    if benefit_unit_size == 0 or recognised_income <= housing_line:
        return False
    return recognised_income <= median_income * near_poor_ratio


@rule(
    entity=PERSON,
    label=("차상위자", "Near-poor person"),
    citation="국민기초생활 보장법 §2-10, §7③",
)
def near_poor_person(
    in_benefit_unit: bool, education_benefit_entitled: bool, near_poor: bool
) -> bool:
    """A pupil with 교육급여 is entitled himself or herself (§2-1); the others of the household are not."""
    if not in_benefit_unit or education_benefit_entitled:
        return False
    return near_poor
