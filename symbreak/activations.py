r"""The activation functions g of the hidden layers, each with its derivative.

A derivative may use the output A = g(Z), which the forward step has already computed: for tanh,
$g'(Z) = 1 - A^2$.
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
        Maps Z to A = g(Z), entry by entry; writes A into `out` if that is given.
    derivative : callable
        Maps Z and A = g(Z) to g'(Z), entry by entry; `out` likewise, which may be Z.
    odd : bool, default False
        Whether g(-z) = -g(z). Units may then be tied up to sign.
    homogeneous : bool, default False
        Whether g(k z) = k g(z) for every k > 0. Units may then be tied up to a positive factor.
    smooth : bool, default True
        Whether g has a derivative at 0.
    dies : bool, default False
        Whether g is 0 on one side of 0. A unit that is 0 for all samples gets no gradient.
    saturates : bool, default False
        Whether g is flat far from 0, on both sides.

    Examples
    --------
    >>> tanh = ACTIVATIONS["tanh"]
    >>> Z = np.array([0.0, 1.0])
    >>> tanh.derivative(Z, tanh.function(Z)).round(4).tolist()
    [1.0, 0.42]
    >>> tanh.odd, tanh.homogeneous
    (True, False)
    """

    name: str
    function: Callable
    derivative: Callable
    odd: bool = False
    homogeneous: bool = False
    smooth: bool = True
    dies: bool = False
    saturates: bool = False


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


def _sigmoid(Z, out=None):
    out = np.empty_like(Z) if out is None else out  # in every step of training: nothing is checked
    np.exp(np.negative(Z, out=out), out=out)
    return np.divide(1.0, np.add(1.0, out, out=out), out=out)


def _relu(Z, out=None):
    return np.maximum(Z, 0, out=out)


def _leaky_relu(Z, out=None):
    return np.maximum(Z, LEAK * Z, out=out)


def _tanh_derivative(Z, A, out=None):
    out = np.multiply(A, A, out=out)
    return np.subtract(1.0, out, out=out)


def _sigmoid_derivative(Z, A, out=None):
    out = np.subtract(1.0, A, out=out)
    return np.multiply(A, out, out=out)


def _relu_derivative(Z, A, out=None):
    return np.greater(Z, 0, out=np.empty_like(Z) if out is None else out)  # 0 at the kink


def _leaky_relu_derivative(Z, A, out=None):
    return np.maximum(_relu_derivative(Z, A, out), LEAK, out=out)


def _identity_derivative(Z, A, out=None):
    out = np.empty_like(Z) if out is None else out
    out.fill(1.0)
    return out


ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("tanh", np.tanh, _tanh_derivative, odd=True, saturates=True),
        Activation("sigmoid", _sigmoid, _sigmoid_derivative, saturates=True),
        Activation("relu", _relu, _relu_derivative, homogeneous=True, smooth=False, dies=True),
        Activation(
            "leaky_relu", _leaky_relu, _leaky_relu_derivative, homogeneous=True, smooth=False
        ),
        Activation("identity", np.positive, _identity_derivative, odd=True, homogeneous=True),
    )
}
