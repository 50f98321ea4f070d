"""자동차: which are converted in full, which count as general property (시행령 §5의3①3, §5의4①1, §5의4①3; 고시).

A car that has no special use can be described (`assets.car`), and the law classes it. All others stand in
the list `assets.vehicles` with the treatment that the office found: `exempt` (excluded by the notice, such as
the car of a severely disabled person), `general` (such as a family with several children), `full`.
"""

from donghaeng.rules import (
    HOUSEHOLD,
    Count,
    Day,
    Enumeration,
    Money,
    Table,
    age_in_years,
    fact,
    rule,
)


class CarKind(Enumeration):
    """차종 of a car without a special use."""

    PASSENGER = "passenger", "승용자동차", "passenger car"
    SMALL_VAN_OR_TRUCK = "small_van_or_truck", "경형·소형 승합·화물자동차", "small van or truck"


vehicles_at_full_value = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.vehicles",
    items=("value", {"treatment": "full"}),
    label=("가액 전부가 소득으로 환산되는 자동차", "Vehicles converted in full"),
    citation="국민기초생활 보장법 시행령 §5의4①3",
)
vehicles_as_general_property = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.vehicles",
    items=("value", {"treatment": "general"}),
    label=("일반재산으로 보는 자동차", "Vehicles treated as general property"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
exempt_vehicles = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.vehicles",
    items=("value", {"treatment": "exempt"}),
    label=("재산에서 제외되는 자동차", "Vehicles that are not counted"),
    citation="국민기초생활 보장법 시행령 §5의3①3 단서",
)
car_value = fact(
    HOUSEHOLD,
    Money,
    default=0,
    field="assets.car.value",
    label=("자동차 가액(특별한 용도가 없는 1대)", "Value of the car (one, without a special use)"),
    citation="국민기초생활 보장법 시행령 §5의3③10",
)
car_kind = fact(
    HOUSEHOLD,
    CarKind,
    default=CarKind.PASSENGER,
    field="assets.car.kind",
    label=("자동차 차종", "Kind of the car"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
car_engine_cc = fact(
    HOUSEHOLD,
    Count,
    range=(0, 20_000),
    field="assets.car.engine_cc",
    label=("자동차 배기량(cc)", "Engine of the car (cc)"),
    question=("자동차 배기량은 몇 cc인가요?", "How many cc does the engine of the car have?"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
car_age_from = fact(
    HOUSEHOLD,
    Day,
    field="assets.car.age_from",
    label=("차령 기산일", "Day from which the age of the car counts"),
    question=("자동차는 언제 처음 등록되었나요?", "When was the car first registered?"),
    citation="자동차관리법 시행령 §3",
)


@rule(
    name="car_as_general_property",
    entity=HOUSEHOLD,
    label=("일반재산으로 보는 자동차인지", "The car counts as general property"),
    citation="국민기초생활 보장법 시행령 §5의4①1; 고시 제2013-172호 1나",
    valid_until="2025-12-31",
)
def car_with_small_engine_as_general_property(
    car_value: Money,
    car_kind: CarKind,
    car_engine_cc: Count,
    car_age_from: Day,
    assessment_day: Day,
    car_largest_engine: Count,
    small_van_largest_engine: Count,
    car_old_age: Count,
    car_low_value: Table,
) -> bool:
    """A small engine, and either ten years old or of a low value."""
    if car_value == 0:
        return False
    if car_kind == CarKind.PASSENGER and car_engine_cc > car_largest_engine:
        return False
    if car_kind == CarKind.SMALL_VAN_OR_TRUCK and car_engine_cc > small_van_largest_engine:
        return False
    if age_in_years(car_age_from, assessment_day) >= car_old_age:
        return True
    return car_value < car_low_value[car_kind]


@rule(
    entity=HOUSEHOLD,
    label=("일반재산으로 보는 자동차인지", "The car counts as general property"),
    citation="국민기초생활 보장법 시행령 §5의4①1; 고시 제2025-204호 별표 2",
    history=(
        "passenger cars: up to 1,600 cc until 2024, below 2,000 cc since 2025-01-01; vans and trucks: "
        "up to 1,000 cc until 2025, small ones (소형) whatever the engine since 2026-01-01"
    ),
    valid_from="2026-01-01",
)
def car_as_general_property(
    car_value: Money,
    car_kind: CarKind,
    car_engine_cc: Count,
    car_age_from: Day,
    assessment_day: Day,
    car_largest_engine: Count,
    car_old_age: Count,
    car_low_value: Table,
) -> bool:
    """A passenger car with a small engine or a small van or truck; ten years old or of a low value."""
    if car_value == 0:
        return False
    if car_kind == CarKind.PASSENGER and car_engine_cc > car_largest_engine:
        return False
    if age_in_years(car_age_from, assessment_day) >= car_old_age:
        return True
    return car_value < car_low_value[car_kind]


@rule(
    entity=HOUSEHOLD,
    label=("일반재산으로 보는 자동차 가액", "Vehicles that count as general property"),
    citation="국민기초생활 보장법 시행령 §5의4①1",
)
def vehicles_like_general_property(
    vehicles_as_general_property: Money, car_value: Money, car_as_general_property: bool
) -> Money:
    """Vehicles of the list treated so, and the car where it is of that kind."""
    if car_value == 0 or not car_as_general_property:
        return vehicles_as_general_property
    return vehicles_as_general_property + car_value


@rule(
    entity=HOUSEHOLD,
    label=("가액 전부를 소득으로 보는 자동차 가액", "Vehicles whose value counts as income"),
    citation="국민기초생활 보장법 시행령 §5의4①3",
)
def vehicles_converted_in_full(
    vehicles_at_full_value: Money, car_value: Money, car_as_general_property: bool
) -> Money:
    """All vehicles that are neither excluded nor treated as general property."""
    if car_value == 0 or car_as_general_property:
        return vehicles_at_full_value
    return vehicles_at_full_value + car_value
