"""The workload as Polars expressions and as SQL for DuckDB, in whole numbers."""

from __future__ import annotations

from typing import Any

import polars as pl

from .workload import OUTPUTS, Array, Households, Parameters, parameters


def _frames(given: Households) -> tuple[pl.DataFrame, pl.DataFrame]:
    households = pl.DataFrame({"id": range(given.count), **given.household})
    persons = pl.DataFrame({"id": given.owner, **given.person})
    return households.with_columns(pl.col("id").cast(pl.Int64)), persons


class Polars:
    """Lazy expressions; the sums are one group-by over the persons."""

    def __init__(self, given: Households) -> None:
        self.households, self.persons = _frames(given)
        self.parameters = parameters()

    def run(self) -> dict[str, Array]:
        result = self.plan().collect()
        return {name: result[name].to_numpy() for name in OUTPUTS}

    def plan(self) -> pl.LazyFrame:
        """The query."""
        persons = self.person_stage(self.parameters)
        sums = persons.group_by("id").agg(
            pl.len().cast(pl.Int64).alias("household_size"),
            pl.col("child").sum().cast(pl.Int64).alias("children"),
            pl.col("income").sum().alias("household_income"),
            pl.col("insurance").sum().alias("household_insurance"),
            pl.col("tax").sum().alias("household_tax"),
        )
        households = self.households.lazy().join(sums, on="id", how="left", maintain_order="left")
        return self.household_stage(households, self.parameters)

    def person_stage(self, p: Parameters) -> pl.LazyFrame:
        wage, won = pl.col("wage"), p.won
        base = wage.clip(won["pension_floor"], won["pension_ceiling"])
        return (
            self.persons.lazy()
            .with_columns(
                pl.when(wage == 0)
                .then(pl.lit(0, pl.Int64))
                .otherwise(_share(base, p, "pension_rate"))
                .alias("pension"),
                _share(wage.clip(upper_bound=won["health_ceiling"]), p, "health_rate").alias(
                    "health"
                ),
                _share(wage, p, "employment_rate").alias("employment"),
                _brackets(wage, p, "wage_deduction_rates").alias("wage_deduction"),
                (wage + pl.col("other_income")).alias("income"),
                (pl.col("age") < won["child_age_limit"]).alias("child"),
            )
            .with_columns(_share(pl.col("health"), p, "care_rate").alias("care"))
            .with_columns(
                pl.sum_horizontal("pension", "health", "care", "employment").alias("insurance")
            )
            .with_columns(
                (
                    pl.col("income")
                    - pl.col("wage_deduction")
                    - pl.col("insurance")
                    - won["personal_allowance"]
                )
                .clip(0)
                .alias("taxable_income")
            )
            .with_columns(_brackets(pl.col("taxable_income"), p, "tax_rates").alias("tax"))
        )

    def household_stage(self, households: pl.LazyFrame, p: Parameters) -> pl.LazyFrame:
        won, rates = p.won, p.rates
        size, income = pl.col("household_size"), pl.col("household_income")
        median: Any = pl.lit(p.medians[-1])
        for place, amount in reversed(list(enumerate(p.medians[:-1], start=1))):
            median = pl.when(size == place).then(pl.lit(amount)).otherwise(median)
        share, minimum = rates["safety_share"], rates["minimum_ratio"]
        gap = (pl.col("safety_line") - income).clip(0)
        lacking = pl.col("median_income") * minimum[0] - (
            (income + pl.col("converted_assets")) * minimum[1]
        )
        return (
            households.with_columns(
                median.cast(pl.Int64).alias("median_income"),
                (pl.col("general_assets") + pl.col("financial_assets")).alias("assets"),
                (pl.col("children") * won["allowance_per_child"]).alias("child_allowance"),
            )
            .with_columns(
                _share(pl.col("median_income"), p, "safety_line_ratio").alias("safety_line"),
                _share(
                    (pl.col("assets") - won["basic_property"]).clip(0), p, "conversion_rate"
                ).alias("converted_assets"),
            )
            .with_columns(
                pl.when(pl.col("assets") <= won["asset_limit"])
                .then(_up_to_ten(gap * share[0], share[1]))
                .otherwise(pl.lit(0, pl.Int64))
                .alias("safety_income"),
                _up_to_ten(lacking.clip(0), minimum[1]).alias("minimum_benefit"),
            )
            .with_columns(
                (
                    income
                    - pl.col("household_insurance")
                    - pl.col("household_tax")
                    + pl.max_horizontal("safety_income", "minimum_benefit")
                    + pl.col("child_allowance")
                ).alias("disposable_income")
            )
            .select(OUTPUTS)
        )


def _share(amount: pl.Expr, p: Parameters, name: str) -> pl.Expr:
    upper, lower = p.rates[name]
    return amount * upper // lower


def _brackets(amount: pl.Expr, p: Parameters, name: str) -> pl.Expr:
    thresholds, steps, scale = p.schedules[name]
    parts = [step * (amount - at).clip(0) for at, step in zip(thresholds, steps, strict=True)]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total // scale


def _up_to_ten(numerator: pl.Expr, divisor: int) -> pl.Expr:
    return (numerator + (divisor * 10 - 1)) // (divisor * 10) * 10


class DuckDB:
    """One SQL statement over two tables in memory."""

    def __init__(self, given: Households, threads: int) -> None:
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {threads}")
        households, persons = (frame.to_arrow() for frame in _frames(given))
        self.connection.register("h", households)
        self.connection.register("p", persons)
        self.connection.execute("CREATE TABLE households AS SELECT * FROM h")
        self.connection.execute("CREATE TABLE persons AS SELECT * FROM p")
        self.connection.unregister("h")
        self.connection.unregister("p")
        self.query = sql(parameters())

    def run(self) -> dict[str, Array]:
        result: dict[str, Array] = self.connection.execute(self.query).fetchnumpy()
        return result


def sql(p: Parameters) -> str:
    """The workload as one statement."""
    won, rates = p.won, p.rates

    def share(amount: str, name: str) -> str:
        return f"({amount}) * {rates[name][0]} // {rates[name][1]}"

    def brackets(amount: str, name: str) -> str:
        thresholds, steps, scale = p.schedules[name]
        parts = (
            f"({step}) * greatest({amount} - {at}, 0)"
            for at, step in zip(thresholds, steps, strict=True)
        )
        return f"({' + '.join(parts)}) // {scale}"

    def up_to_ten(numerator: str, divisor: int) -> str:
        return f"(({numerator}) + {divisor * 10 - 1}) // {divisor * 10} * 10"

    medians = " ".join(f"WHEN {n} THEN {amount}" for n, amount in enumerate(p.medians, start=1))
    base = f"least(greatest(wage, {won['pension_floor']}), {won['pension_ceiling']})"
    upper, lower = rates["minimum_ratio"]
    lacking = f"median_income * {upper} - (household_income + converted_assets) * {lower}"
    gap = f"greatest(safety_line - household_income, 0) * {rates['safety_share'][0]}"
    return f"""
WITH insured AS (
  SELECT id, age, wage, other_income,
    CASE WHEN wage = 0 THEN 0 ELSE {share(base, "pension_rate")} END AS pension,
    {share(f"least(wage, {won['health_ceiling']})", "health_rate")} AS health,
    {share("health", "care_rate")} AS care,
    {share("wage", "employment_rate")} AS employment,
    pension + health + care + employment AS insurance,
    {brackets("wage", "wage_deduction_rates")} AS wage_deduction,
    greatest(wage - wage_deduction + other_income - insurance - {won["personal_allowance"]}, 0)
      AS taxable_income,
    {brackets("taxable_income", "tax_rates")} AS tax
  FROM persons),
sums AS (
  SELECT id, count(*) AS household_size,
    count(*) FILTER (age < {won["child_age_limit"]}) AS children,
    sum(wage + other_income)::BIGINT AS household_income,
    sum(insurance)::BIGINT AS household_insurance,
    sum(tax)::BIGINT AS household_tax
  FROM insured GROUP BY id),
answers AS (
  SELECT id, household_insurance, household_tax,
    CASE least(household_size, {len(p.medians)}) {medians} END::BIGINT AS median_income,
    general_assets + financial_assets AS assets,
    {share("median_income", "safety_line_ratio")} AS safety_line,
    {share(f"greatest(assets - {won['basic_property']}, 0)", "conversion_rate")}
      AS converted_assets,
    CASE WHEN assets <= {won["asset_limit"]}
      THEN {up_to_ten(gap, rates["safety_share"][1])} ELSE 0 END AS safety_income,
    {up_to_ten(f"greatest({lacking}, 0)", lower)} AS minimum_benefit,
    children * {won["allowance_per_child"]} AS child_allowance,
    household_income - household_insurance - household_tax
      + greatest(safety_income, minimum_benefit) + child_allowance AS disposable_income
  FROM households JOIN sums USING (id))
SELECT {", ".join(OUTPUTS)} FROM answers ORDER BY id"""
