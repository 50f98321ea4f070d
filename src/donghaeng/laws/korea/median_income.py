"""기준 중위소득 and the lines of the four benefits (국민기초생활 보장법 §6의2, §8②, §11, §12③, §12의3②).

The published lines are data: the ministry rounds before it multiplies in some years, so that ratio ×
median is off by a won in places.
"""

from donghaeng.rules import HOUSEHOLD, MONTH, Count, Money, Role, Table, rule


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("기준 중위소득", "Standard median income"),
    citation="국민기초생활 보장법 §6의2",
    history="8 and more persons: each further person adds (7 persons − 6 persons), yearly notice",
)
def median_income(benefit_unit_size: Count, median_income_table: Table) -> Money:
    """기준 중위소득 by number of persons; beyond seven, the step from six to seven is added for each."""
    if benefit_unit_size <= 7:
        return median_income_table[min(max(benefit_unit_size, 1), 7)]
    step = median_income_table[7] - median_income_table[6]
    return median_income_table[7] + (benefit_unit_size - 7) * step


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("생계급여 선정기준", "Livelihood benefit line"),
    citation="국민기초생활 보장법 §8②",
)
def livelihood_line(
    benefit_unit_size: Count, livelihood_line_table: Table, livelihood_line_increment: Money
) -> Money:
    """생계급여 선정기준 as published."""
    if benefit_unit_size <= 7:
        return livelihood_line_table[min(max(benefit_unit_size, 1), 7)]
    return livelihood_line_table[7] + (benefit_unit_size - 7) * livelihood_line_increment


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("의료급여 선정기준", "Medical aid line"),
    citation="국민기초생활 보장법 §12의3②",
)
def medical_line(
    benefit_unit_size: Count, medical_line_table: Table, medical_line_increment: Money
) -> Money:
    """의료급여 선정기준 as published."""
    if benefit_unit_size <= 7:
        return medical_line_table[min(max(benefit_unit_size, 1), 7)]
    return medical_line_table[7] + (benefit_unit_size - 7) * medical_line_increment


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("주거급여 선정기준", "Housing benefit line"),
    citation="주거급여법 §5①",
)
def housing_line(
    benefit_unit_size: Count, housing_line_table: Table, housing_line_increment: Money
) -> Money:
    """주거급여 선정기준 as published."""
    if benefit_unit_size <= 7:
        return housing_line_table[min(max(benefit_unit_size, 1), 7)]
    return housing_line_table[7] + (benefit_unit_size - 7) * housing_line_increment


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    role=Role.LINE,
    label=("교육급여 선정기준", "Education benefit line"),
    citation="국민기초생활 보장법 §12③",
)
def education_line(
    benefit_unit_size: Count, education_line_table: Table, education_line_increment: Money
) -> Money:
    """교육급여 선정기준 as published."""
    if benefit_unit_size <= 7:
        return education_line_table[min(max(benefit_unit_size, 1), 7)]
    return education_line_table[7] + (benefit_unit_size - 7) * education_line_increment
