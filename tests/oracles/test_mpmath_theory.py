"""The predictions of `theory` and the Hessians against second differences at 50 digits."""

from functools import cache

import numpy as np
import pytest

from oracles.cases import start
from oracles.compare import difference, insist
from oracles.mp_network import ACTIVATIONS, SMOOTH, cost, exact, flat, hessian, mp
from symbreak import initializers, theory
from symbreak.hessian import hessian as our_hessian

N_H, DIMS = 3, (2, 3, 1)
X = np.random.RandomState(5).randn(2, 5)
LABELS = {
    "two of five": np.array([[1, 0, 0, 1, 0.0]]),
    "four of five": np.array([[1, 1, 0, 1, 1.0]]),
}
PLACES = [  # X, Y, b2
    (X, LABELS["two of five"], None),
    (X, LABELS["four of five"], 0.3),
    (X[:, :4], np.array([[1, 0, 0, 1.0]]), None),
]
names = ["base rate", "b2 = 0.3", "balanced"]
every_place = pytest.mark.parametrize("place", range(3), ids=names)
every_smooth = pytest.mark.parametrize("activation", SMOOTH)


def at_zero_weights(place):
    """Return W1 = b1 = W2 = 0 with b2 of this place, in one list."""
    _, Y, b2 = PLACES[place]
    p = mp.mpf(int(Y.sum())) / Y.size
    return [*exact(np.zeros(4 * N_H)), mp.log(p / (1 - p)) if b2 is None else mp.mpf(b2)]


@cache
def hessian_at_zero(place, activation):
    X, Y, _ = PLACES[place]
    return hessian(at_zero_weights(place), DIMS, X, Y, activation)


def floats(matrix):
    return np.array(matrix.tolist(), dtype=float)


@every_smooth
@every_place
def test_eigenvalues_at_zero_weights_are_those_of_the_second_differences(place, activation):
    X, Y, _ = PLACES[place]
    exactly = mp.eigsy(hessian_at_zero(place, activation), eigvals_only=True)
    theirs = np.sort(floats(exactly).ravel())
    parameters = initializers.zeros(DIMS)
    parameters["b2"] += float(at_zero_weights(place)[-1])
    numeric = np.linalg.eigvalsh(our_hessian(parameters, X, Y, activation=activation))
    insist("mpmath: eigenvalues of symbreak.hessian", difference(numeric, theirs), 1e-9)


@every_smooth
@every_place
def test_the_signal_is_the_mixed_second_difference_per_slope(place, activation):
    X, Y, b2 = PLACES[place]
    H, slope = hessian_at_zero(place, activation), mp.diff(ACTIVATIONS[activation], 0)
    for k in range(N_H):
        unit = [2 * k, 2 * k + 1, 2 * N_H + k]  # row k of [W1 | b1]
        exactly = [H[3 * N_H + k, i] / slope for i in unit]  # with W2[0, k]
        deviation = difference(theory.signal(X, Y, b2)[:, 0], np.array(exactly, dtype=float))
        insist("mpmath: signal", deviation, 1e-14)


@pytest.mark.parametrize("labels", LABELS)
def test_label_entropy_is_the_lowest_cost_of_a_constant_answer(labels):
    Y = LABELS[labels]
    constant = lambda b: cost([0, 0, b], (2, 1), X, Y, "tanh")
    b = mp.findroot(lambda b: mp.diff(constant, b), 0)
    insist("mpmath: label entropy", float(abs(theory.label_entropy(Y) - constant(b))), 1e-15)


@pytest.mark.parametrize("layer_dims", [(2, 3, 1), (2, 2, 2, 1)], ids=str)
def test_hessians_away_from_zero_agree(layer_dims):
    Y = LABELS["two of five"]
    constant = initializers.constant(layer_dims, value=0.3)
    for parameters in (start("he", layer_dims), start("xavier", layer_dims), constant):
        exactly = floats(hessian(flat(parameters), layer_dims, X, Y, "tanh"))
        insist("mpmath: symbreak.hessian", difference(our_hessian(parameters, X, Y), exactly), 1e-9)
