"""The weighted log-likelihood of a conditional logit, with its gradient and Hessian.

For terms x (n, m, k), parameters b and chosen points c, the probability of point j is the softmax of x b.
The log-likelihood is sum w ln P(c); the gradient sums w (x_c - E x), the Hessian -w Cov x, both under P.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from donghaeng.policy.labour.arrays import FloatArray, WholeArray


def probabilities(utility: FloatArray) -> FloatArray:
    """Of each point, (n, m), from utilities (n, m).

    >>> probabilities(numpy.log(numpy.array([[1.0, 3.0]]))).tolist()
    [[0.25, 0.75]]
    """
    powers = numpy.exp(utility - utility.max(axis=1, keepdims=True))
    shares: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    return shares


@dataclass(frozen=True)
class Likelihood:
    """Terms (n, m, k), chosen points (n,) and weights (n,)."""

    terms: FloatArray
    chosen: WholeArray
    weight: FloatArray

    def value(self, parameters: FloatArray) -> float:
        """The weighted log-likelihood."""
        utility = self.terms @ parameters
        best = utility.max(axis=1)
        total = best + numpy.log(numpy.exp(utility - best[:, None]).sum(axis=1))
        of_chosen = numpy.take_along_axis(utility, self.chosen[:, None], axis=1)[:, 0]
        return float(self.weight @ (of_chosen - total))

    def scores(self, parameters: FloatArray) -> FloatArray:
        """The weighted gradient of every row, (n, k)."""
        expected = numpy.einsum("nm,nmk->nk", probabilities(self.terms @ parameters), self.terms)
        of_chosen = numpy.take_along_axis(self.terms, self.chosen[:, None, None], axis=1)[:, 0]
        scores: FloatArray = self.weight[:, None] * (of_chosen - expected)
        return scores

    def gradient(self, parameters: FloatArray) -> FloatArray:
        """Of the log-likelihood, (k,)."""
        gradient: FloatArray = self.scores(parameters).sum(axis=0)
        return gradient

    def hessian(self, parameters: FloatArray) -> FloatArray:
        """Of the log-likelihood, (k, k); never positive."""
        shares = probabilities(self.terms @ parameters)
        mean = numpy.einsum("nm,nmk->nk", shares, self.terms)
        spread = (self.terms - mean[:, None, :]) * numpy.sqrt(shares * self.weight[:, None])[
            ..., None
        ]
        flat = spread.reshape(-1, self.terms.shape[-1])
        hessian: FloatArray = -(flat.T @ flat)
        return hessian
