"""The arithmetic of the notebooks: their operations in their order, in code of our own.

It is written a second time, apart from symbreak, because the order decides what is not a number:
where a prediction is exactly 1, (A - Y) is 0, and -(Y / A - (1 - Y) / (1 - A)) * A * (1 - A) is
0 / 0. Nobody's graded function stands here: all notebooks share one loop over the layers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(0, z)


@dataclass(frozen=True)
class Rules:
    """What differs between the notebooks."""

    hidden: Callable  # Z -> A
    cost: Callable  # A, Y -> cost
    first: Callable  # A, Z, Y -> dZ of the output
    back: Callable  # dA, A, Z -> dZ of a hidden layer
    averaged: Callable = lambda m: 1.0 / m  # the factor of dW and db


def _application_first(A, Z, Y):
    dA = -(np.divide(Y, A) - np.divide(1 - Y, 1 - A))
    return dA * sigmoid(Z) * (1 - sigmoid(Z))


def _where_positive(dA, A, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


PLANAR = Rules(
    np.tanh,
    lambda A, Y: float(
        -np.sum(np.multiply(np.log(A), Y) + np.multiply(np.log(1 - A), 1 - Y)) / Y.shape[1]
    ),
    lambda A, Z, Y: A - Y,
    lambda dA, A, Z: dA * (1 - np.power(A, 2)),
)
APPLICATION = Rules(
    relu,
    lambda A, Y: np.squeeze(
        (1.0 / Y.shape[1]) * (-np.dot(Y, np.log(A).T) - np.dot(1 - Y, np.log(1 - A).T))
    ),
    _application_first,
    _where_positive,
)
INITIALIZATION = Rules(  # the cost leaves out what is not a number
    relu,
    lambda A, Y: (
        1.0
        / Y.shape[1]
        * np.nansum(np.multiply(-np.log(A), Y) + np.multiply(-np.log(1 - A), 1 - Y))
    ),
    lambda A, Z, Y: 1.0 / Y.shape[1] * (A - Y),
    lambda dA, A, Z: np.multiply(dA, np.int64(A > 0)),
    lambda m: 1,
)


def forward(X, parameters, hidden):
    """Return Z and A of each layer; A[0] is X, and Z[0] is nothing."""
    Z, A = [None], [X]
    L = len(parameters) // 2
    for k in range(1, L + 1):
        Z.append(np.dot(parameters[f"W{k}"], A[-1]) + parameters[f"b{k}"])
        A.append(hidden(Z[-1]) if k < L else sigmoid(Z[-1]))
    return Z, A


def descend(X, Y, parameters, rate, steps, rules, report):
    """Call report(i, cost) for the cost before step i; change the dictionary, and return it."""
    factor = rules.averaged(X.shape[1])
    for i in range(steps):
        Z, A = forward(X, parameters, rules.hidden)
        cost = rules.cost(A[-1], Y)
        dZ, grads = rules.first(A[-1], Z[-1], Y), {}
        for k in range(len(Z) - 1, 0, -1):
            grads[f"W{k}"] = factor * np.dot(dZ, A[k - 1].T)
            grads[f"b{k}"] = factor * np.sum(dZ, axis=1, keepdims=True)
            if k > 1:
                dZ = rules.back(np.dot(parameters[f"W{k}"].T, dZ), A[k - 1], Z[k - 1])
        for name in parameters:
            parameters[name] = parameters[name] - rate * grads[name]
        report(i, cost)
    return parameters


def descend_one_unit(X, Y, w, b, rate, steps, report):
    """Do the same for logistic regression, with w (n_x, 1); return w and b."""
    m = X.shape[1]
    for i in range(steps):
        A = sigmoid(np.dot(w.T, X) + b)
        report(i, np.squeeze((-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))))
        error = A - Y
        w, b = w - rate * ((1 / m) * np.dot(X, error.T)), b - rate * ((1 / m) * np.sum(error))
    return w, b


def over_half(X, parameters, hidden):
    return forward(X, parameters, hidden)[1][-1] > 0.5
