r"""The activation functions g of the hidden layers, each with its derivative.

A derivative is written in terms of the output A = g(Z), which the forward step has already
computed: for tanh, $g'(Z) = 1 - A^2$.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from symbreak import checks

LEAK = 0.01


@dataclass(frozen=True)
class Activation:
    """Hold an activation function, its derivative and its symmetries.

    Parameters
    ----------
    name : str
        The key in `ACTIVATIONS`.
    function : callable
        Maps Z to A = g(Z), entry by entry.
    derivative : callable
        Maps the output A to g'(Z), entry by entry.
    odd : bool, default False
        Whether g(-z) = -g(z). Units may then be tied up to sign.
    homogeneous : bool, default False
        Whether g(k z) = k g(z) for every k > 0. Units may then be tied up to a positive factor.

    Examples
    --------
    >>> tanh = ACTIVATIONS["tanh"]
    >>> A = tanh.function(np.array([0.0, 1.0]))
    >>> tanh.derivative(A).round(4).tolist()
    [1.0, 0.42]
    >>> tanh.odd, tanh.homogeneous
    (True, False)
    """

    name: str
    function: Callable
    derivative: Callable
    odd: bool = False
    homogeneous: bool = False


@np.errstate(over="ignore")
def sigmoid(Z):
    r"""Compute the logistic function, entry by entry.

    Parameters
    ----------
    Z : array_like
        Any real numbers, infinity and NaN included.

    Returns
    -------
    ndarray
        $1 / (1 + e^{-Z})$, between 0 and 1, of the shape of Z.

    Notes
    -----
    For Z far below 0, $e^{-Z}$ overflows to infinity and the quotient is 0, its limit. So the
    textbook formula needs no case distinction, only silence about the overflow.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    return _sigmoid(checks.any_array("Z", Z))


def _sigmoid(Z):
    return 1.0 / (1.0 + np.exp(-Z))  # in every step of training: nothing is checked


def _identity(Z):
    return Z


def _tanh_derivative(A):
    return 1.0 - A**2


def _sigmoid_derivative(A):
    return A * (1 - A)


def _relu(Z):
    return np.maximum(Z, 0)


def _relu_derivative(A):
    return (A > 0).astype(A.dtype)  # 0 at the kink, as in the course


def _leaky_relu(Z):
    return np.maximum(Z, LEAK * Z)


def _leaky_relu_derivative(A):
    return np.where(A > 0, 1, LEAK).astype(A.dtype)


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("tanh", np.tanh, _tanh_derivative, odd=True),
        Activation("sigmoid", _sigmoid, _sigmoid_derivative),
        Activation("relu", _relu, _relu_derivative, homogeneous=True),
        Activation("leaky_relu", _leaky_relu, _leaky_relu_derivative, homogeneous=True),
        Activation("identity", _identity, np.ones_like, odd=True, homogeneous=True),
    )
}
