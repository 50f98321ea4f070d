"""From what people were observed to choose to what they choose under a reform, exactly.

The tastes that the model does not see (the e of its utility) stay with the person. Given that a person was
observed at point j, which needed a large e there, the reform moves the person to k with a probability that
can be written down, so that nothing need be drawn. With P the probabilities before and Q under the reform,

    P(j and then k) = P_j Q_k x integral of dv / S(v)^2 from P_k / Q_k to P_j / Q_j,   j != k,
    S(v) = sum over m of max(P_m, v Q_m),

and 0 where P_k / Q_k >= P_j / Q_j: nobody moves to a point that gained less than their own. Where it
comes from: j was best with the utility s, k was d below it, and all others m were below both s and what k
gained more than they; with type I extreme value tastes the integral over s is elementary, and v = e^d up to
scale is left. S is linear between the ratios P_m / Q_m, and there the integral of 1 / S^2 is
(v2 - v1) / (S(v1) S(v2)). Transition probabilities of this kind: de Palma and Kilani 2011, Economic
Theory 46(3). Summed over the observed points, they give Q: the baseline is what was observed and the change is
the model's.
"""

from __future__ import annotations

import numpy

from donghaeng.policy.labour.arrays import FloatArray, WholeArray

# Probabilities below this are taken as this, so that ratios are numbers.
SMALLEST = 1e-250


def transition_probabilities(
    before: FloatArray, after: FloatArray, chosen: WholeArray
) -> FloatArray:
    """The probability of every point under the reform, (n, m), given the observed point.

    Args:
        before, after: probabilities of the points under baseline and reform, (n, m).
        chosen: the observed points, (n,).

    Without a change everyone stays. If all of P move by halves to the second point, half of those at the
    first do:

    >>> p, q = numpy.array([[1.0, 0.0]]), numpy.array([[0.5, 0.5]])
    >>> transition_probabilities(p, q, numpy.array([0])).round(9).tolist()
    [[0.5, 0.5]]
    """
    p, q = numpy.maximum(before, SMALLEST), numpy.maximum(after, SMALLEST)
    ratio = p / q
    order = numpy.argsort(ratio, axis=1)
    v = numpy.take_along_axis(ratio, order, axis=1)
    # S at every ratio, (n, m): the sum over points m of the larger of P_m and v Q_m.
    s = numpy.maximum(p[:, None, :], v[:, :, None] * q[:, None, :]).sum(axis=2)
    steps = (v[:, 1:] - v[:, :-1]) / s[:, 1:] / s[:, :-1]
    summed = numpy.zeros_like(v)
    numpy.cumsum(steps, axis=1, out=summed[:, 1:])
    integral = numpy.empty_like(v)
    numpy.put_along_axis(integral, order, summed, axis=1)
    own = chosen[:, None]
    moves = q * numpy.maximum(numpy.take_along_axis(integral, own, axis=1) - integral, 0.0)
    numpy.put_along_axis(moves, own, 0.0, axis=1)
    leaves = moves.sum(axis=1, keepdims=True)
    moves /= numpy.maximum(leaves, 1.0)  # what rounding adds to certainty
    numpy.put_along_axis(moves, own, numpy.maximum(1 - leaves, 0.0), axis=1)
    return moves
