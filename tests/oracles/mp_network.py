"""The network at 50 digits: the cost by its definition, derivatives as differences of the cost.

There is no formula of a derivative here. At 50 digits, differences are as good as one: a central
difference with the step 1e-18 is right to about 30 digits, a second difference with 1e-12 to 24.
"""

from functools import partial

import numpy as np
from functions import FUNCTIONS
from mpmath import mp

from symbreak import activations

mp.dps = 50


ACTIVATIONS = {name: partial(g, exp=mp.exp) for name, g in FUNCTIONS.items()}
SMOOTH = [name for name, g in activations.ACTIVATIONS.items() if g.smooth]
logistic = ACTIVATIONS["sigmoid"]


def exact(array):
    """Return a list of lists of the same numbers, or a list of them, or one."""
    if np.ndim(array):
        return [exact(part) for part in array]
    return mp.mpf(float(array))


def flat(parameters):
    return [value for array in parameters.values() for value in exact(np.ravel(array))]


def shaped(theta, like):
    """Return float64 arrays of the shapes of `like`, the numbers of theta rounded."""
    numbers, parameters = iter(theta), {}
    for name, array in like.items():
        values = [float(next(numbers)) for _ in range(np.size(array))]
        parameters[name] = np.reshape(values, np.shape(array))
    return parameters


def outputs(theta, layer_dims, X, activation):
    """Return A of the output units for each sample: theta is W1, b1, W2, ... in one list."""
    g, L, answers = ACTIVATIONS[activation], len(layer_dims) - 1, []
    for a in exact(np.transpose(X)):
        start = 0
        for layer in range(1, L + 1):
            n_prev, n = layer_dims[layer - 1 : layer + 1]
            bias = start + n * n_prev
            z = [
                mp.fdot(theta[start + k * n_prev : start + (k + 1) * n_prev], a) + theta[bias + k]
                for k in range(n)
            ]
            a = [g(value) if layer < L else logistic(value) for value in z]
            start = bias + n
        answers.append(a)
    return answers


def cost(theta, layer_dims, X, Y, activation):
    """Return the mean of -log(A) where y = 1 and -log(1 - A) where y = 0."""
    answers = outputs(theta, layer_dims, X, activation)
    losses = [
        -mp.log(a if y == 1 else 1 - a)
        for answer, labels in zip(answers, np.transpose(Y))
        for a, y in zip(answer, labels)
    ]
    return mp.fsum(losses) / len(answers)


def gradient(theta, *problem):
    h, slopes = mp.mpf("1e-18"), []
    for i in range(len(theta)):
        ends = [cost(moved(theta, {i: end}), *problem) for end in (h, -h)]
        slopes.append((ends[0] - ends[1]) / (2 * h))
    return slopes


def hessian(theta, *problem):
    h, n = mp.mpf("1e-12"), len(theta)
    H = mp.matrix(n)
    for i in range(n):
        for j in range(i + 1):
            corners = [
                p * q * cost(moved(theta, {i: p * h}, {j: q * h}), *problem)
                for p in (1, -1)
                for q in (1, -1)
            ]
            H[i, j] = H[j, i] = mp.fsum(corners) / (4 * h * h)
    return H


def moved(theta, *moves):
    theta = list(theta)
    for move in moves:
        for i, by in move.items():
            theta[i] += by
    return theta


def train(theta, *problem, learning_rate, num_iterations):
    """Return theta after 0, 1, ..., num_iterations steps of gradient descent."""
    path, rate = [theta], exact(learning_rate)
    for _ in range(num_iterations):
        slopes = gradient(path[-1], *problem)
        path.append([value - rate * slope for value, slope in zip(path[-1], slopes)])
    return path
