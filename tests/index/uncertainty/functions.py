"""Functions of uniform numbers whose sensitivity is known in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from donghaeng.index.arrays import FloatArray


@dataclass(frozen=True)
class Known:
    """First and total Sobol indices, shape (choices,), and the variance."""

    first: FloatArray
    total: FloatArray
    variance: float


def ishigami(points: FloatArray) -> FloatArray:
    """Ishigami and Homma (1990) with a = 7, b = 0.1 on [-π, π]³."""
    x = np.pi * (2 * points - 1)
    wave: FloatArray = np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2
    return wave


def ishigami_known() -> Known:
    """V1 = (1 + b π⁴/5)²/2, V2 = a²/8, V13 = b² π⁸ (1/18 - 1/50), as printed in Saltelli et al. (2008)."""
    first, second = (1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 49 / 8
    third = 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first + second + third
    return Known(
        np.array([first, second, 0]) / variance,
        np.array([first + third, second, third]) / variance,
        variance,
    )


G_COEFFICIENTS = np.array([0.0, 1.0, 4.5, 9.0])


def g_function(points: FloatArray) -> FloatArray:
    """Sobol's g-function: the product of (|4x - 2| + a)/(1 + a)."""
    factors = (np.abs(4 * points - 2) + G_COEFFICIENTS) / (1 + G_COEFFICIENTS)
    product: FloatArray = factors.prod(axis=1)
    return product


def g_known() -> Known:
    """Partial variances v = 1/(3 (1 + a)²); V = Π(1 + v) - 1; total of i: v_i Π over others (1 + v)."""
    own = 1 / (3 * (1 + G_COEFFICIENTS) ** 2)
    variance = float(np.prod(1 + own) - 1)
    return Known(own / variance, own / (1 + own) * (variance + 1) / variance, variance)
