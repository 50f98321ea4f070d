"""What each household is paid."""

from donghaeng.rules import HOUSEHOLD, MONTH, Count, Money, Rate, Rounding, Table, rule


@rule(entity=HOUSEHOLD, period=MONTH, label=("중위소득", "Median income"), citation="benchmark")
def median_income(household_size: Count, median_incomes: Table) -> Money:
    return median_incomes[min(household_size, 6)]


@rule(entity=HOUSEHOLD, label=("재산", "Assets"), citation="benchmark")
def assets(general_assets: Money, financial_assets: Money) -> Money:
    return general_assets + financial_assets


@rule(entity=HOUSEHOLD, label=("재산기준 충족", "Asset test passed"), citation="benchmark")
def asset_test(assets: Money, asset_limit: Money) -> bool:
    return assets <= asset_limit


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("안심소득 기준선", "Safety income line"),
    citation="benchmark",
)
def safety_line(median_income: Money, safety_line_ratio: Rate) -> Money:
    return median_income * safety_line_ratio


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP_10,
    label=("안심소득", "Safety income"),
    citation="benchmark",
)
def safety_income(
    safety_line: Money, household_income: Money, asset_test: bool, safety_share: Rate
) -> Money:
    if not asset_test:
        return 0
    return max(safety_line - household_income, 0) * safety_share


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.DOWN,
    label=("재산의 소득환산액", "Income converted from assets"),
    citation="benchmark",
)
def converted_assets(assets: Money, basic_property: Money, conversion_rate: Rate) -> Money:
    return max(assets - basic_property, 0) * conversion_rate


@rule(
    entity=HOUSEHOLD,
    period=MONTH,
    rounding=Rounding.UP_10,
    label=("최저보장급여", "Means-tested minimum"),
    citation="benchmark",
)
def minimum_benefit(
    median_income: Money, minimum_ratio: Rate, household_income: Money, converted_assets: Money
) -> Money:
    return max(median_income * minimum_ratio - household_income - converted_assets, 0)


@rule(entity=HOUSEHOLD, period=MONTH, label=("아동수당", "Child allowance"), citation="benchmark")
def child_allowance(children: Count, allowance_per_child: Money) -> Money:
    return children * allowance_per_child


@rule(
    entity=HOUSEHOLD, period=MONTH, label=("가처분소득", "Disposable income"), citation="benchmark"
)
def disposable_income(
    household_income: Money,
    household_insurance: Money,
    household_tax: Money,
    safety_income: Money,
    minimum_benefit: Money,
    child_allowance: Money,
) -> Money:
    return (
        household_income
        - household_insurance
        - household_tax
        + max(safety_income, minimum_benefit)
        + child_allowance
    )
