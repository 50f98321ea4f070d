"""How an operation is spelt: for one household at a time in floats, in 64-bit integers, or for arrays.

The float spelling is exact because the analysis of ranges proves every numerator below 2**53: there
a float holds every whole number, and the quotient of two such numbers never rounds across a whole
number, so that floor and ceiling are those of the exact quotient.
"""

from __future__ import annotations


class Dialect:
    """Spelling of one target; the plain one is Python on 64-bit integers, compiled by Numba."""

    true = "True"
    false = "False"
    array = "q"
    # Tables of up to so many cells are looked up by comparing, not by reading memory.
    selected = 0
    # Whether a fixed divisor is multiplied by its inverse.
    inverse = False

    def number(self, value: int) -> str:
        return str(value) if value >= 0 else f"({value})"

    def parameter(self, slot: int) -> str:
        return f"{self.array}{slot}"

    def parameter_known(self, slot: int) -> str:
        return f"k{slot}"

    def as_flag(self, text: str) -> str:
        return f"({text} != {self.number(0)})"

    def from_flag(self, text: str) -> str:
        return self.select(text, self.number(1), self.number(0))

    def select(self, condition: str, then: str, otherwise: str) -> str:
        return f"select({condition}, {then}, {otherwise})"

    def extreme(self, operator: str, left: str, right: str) -> str:
        sign = "<" if operator == "min" else ">"
        return f"select({left} {sign} {right}, {left}, {right})"

    def both(self, left: str, right: str) -> str:
        return f"({left} & {right})"

    def either(self, left: str, right: str) -> str:
        return f"({left} | {right})"

    def opposite(self, text: str) -> str:
        return f"(not {text})"

    def floor(self, numerator: str, divisor: str) -> str:
        return f"({numerator} // {divisor})"

    def floor_by_inverse(self, numerator: str, inverse: str) -> str:
        raise TypeError(f"{type(self).__name__} divides: {numerator} by the inverse {inverse}")

    def index(self, text: str, base: int) -> str:
        return f"int64({text}) + {base}"

    def inside(self, index: str, first: int, last: int) -> str:
        return f"min(max({index}, {first}), {last})"

    def cell(self, index: str) -> str:
        return f"{self.array}[{index}]"

    def cell_known(self, index: str) -> str:
        return f"k[{index}]"


class FloatDialect(Dialect):
    """Whole numbers carried in 64-bit floats: what the processor's vector units do fastest.

    With ``inverse`` a floor is ``floor((n + 1/2) * (1/d))``. For whole n and d, (n + 1/2)/d lies at
    least 1/(2d) away from every whole number; the two roundings move it by less than
    (n + 1/2)/d / 2**52. So the floor is exact for every |n| below 2**50, and no division is needed.
    """

    array = "p"
    selected = 32

    def __init__(self, inverse: bool) -> None:
        self.inverse = inverse

    def number(self, value: int) -> str:
        return f"{value}.0" if value >= 0 else f"({value}.0)"

    def floor(self, numerator: str, divisor: str) -> str:
        return f"floor({numerator} / {divisor})"

    def floor_by_inverse(self, numerator: str, inverse: str) -> str:
        return f"floor(({numerator} + 0.5) * {inverse})"


class ArrayDialect(Dialect):
    """NumPy on whole arrays of 64-bit integers: the independent form that needs no compiler."""

    def from_flag(self, text: str) -> str:
        return f"where({text}, 1, 0)"

    def select(self, condition: str, then: str, otherwise: str) -> str:
        return f"where({condition}, {then}, {otherwise})"

    def extreme(self, operator: str, left: str, right: str) -> str:
        return f"{operator}imum({left}, {right})"

    def both(self, left: str, right: str) -> str:
        return f"({left} & {right})"

    def either(self, left: str, right: str) -> str:
        return f"({left} | {right})"

    def opposite(self, text: str) -> str:
        return f"logical_not({text})"

    def index(self, text: str, base: int) -> str:
        return f"{text} + {base}"

    def inside(self, index: str, first: int, last: int) -> str:
        return f"clip({index}, {first}, {last})"
