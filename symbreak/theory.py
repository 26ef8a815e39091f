r"""Say from the data alone where a small start waits, and what pulls it away.

At zero weights with g(0) = 0 the network answers the same for every sample, and gradient descent
first moves the last bias until that answer is the base rate, the mean of the labels. The cost there
is the label entropy. With two layers the weights leave along the signal, slowly at first.
"""

import math

import numpy as np

from symbreak import checks
from symbreak.activations import sigmoid


def label_entropy(Y):
    r"""Compute the cost of answering the base rate to every sample.

    Parameters
    ----------
    Y : ndarray of shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    float
        The label entropy in nats, between 0 (one label only) and ln 2 (balanced labels): the
        smallest cost that a network which ignores X can have, at any depth.

    Notes
    -----
    With $p$ the mean of the labels, $H(p) = -p \ln p - (1 - p) \ln(1 - p)$. It is the cost of the
    output $A = p$, the minimum over all constant outputs.

    Examples
    --------
    >>> Y = np.array([[1] * 72 + [0] * 137])
    >>> round(label_entropy(Y), 4), round(label_entropy([[0, 1]]), 4)
    (0.644, 0.6931)
    """
    p = float(checks.labels(Y, 1, None).mean())
    return sum(-q * math.log(q) for q in (p, 1 - p) if q > 0)


def signal(X, Y, b2=None):
    r"""Compute the vector by which the data first pulls the weights from zero.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    b2 : float, optional
        The output bias. The default is that of the base rate, $b_2 = \ln(p / (1 - p))$.

    Returns
    -------
    ndarray of shape (n_x + 1, 1)
        $C$: what the gradient of [W1 | b1] is, at zero weights, per unit of outgoing weight and
        slope g'(0). Its last entry, that of b1, is 0 at the base rate.

    Raises
    ------
    ValueError
        If all labels are equal and b2 is not given: then the base rate has no logit.

    Notes
    -----
    $C = \frac1m \sum_i (\sigma(b_2) - y_i) (x_i, 1)$. At the base rate
    $C = p (1 - p) (\bar x_0 - \bar x_1)$ with the class means $\bar x_0, \bar x_1$: the signal
    vanishes exactly if they coincide.

    Examples
    --------
    >>> signal([[1.0, 3.0], [0.0, 2.0]], [[0, 1]]).ravel().tolist()
    [-0.5, -0.5, 0.0]
    """
    X = checks.moderate("X", checks.data(X))
    Y = checks.labels(Y, 1, X.shape[1], X.dtype)
    A = Y.mean() if b2 is None else sigmoid(checks.number("b2", b2))
    if b2 is None and not 0 < A < 1:
        raise ValueError(f"Y must hold both labels for a base rate, got only {A:g}")
    return np.vstack([X, np.ones_like(Y)]) @ (A - Y).T / Y.size
