import numpy as np
import pytest

from symbreak import datasets, initializers, network
from symbreak.hessian import hessian

X, Y = datasets.flower()


def test_hessian_agrees_with_second_differences_of_the_cost():
    parameters = initializers.normal((2, 2, 2, 1), seed=4, scale=0.7)
    H = hessian(parameters, X, Y)

    def cost(w, b):
        moved = parameters | {"W2": parameters["W2"] + w, "b3": parameters["b3"] + b}
        return network.compute_cost(network.forward(X, moved)[1]["Z3"], Y)

    e, d = 1e-4, np.array([[0, 1.0], [0, 0]])
    mixed = (cost(e * d, e) - cost(e * d, -e) - cost(-e * d, e) + cost(-e * d, -e)) / (4 * e * e)
    W1b1 = 4 + 2
    assert H[W1b1 + 1, -1] == pytest.approx(mixed, abs=1e-6)  # W2[0, 1] and b3
    np.testing.assert_allclose(H, H.T, atol=0)


def test_logistic_regression_has_the_textbook_hessian():
    parameters = initializers.normal((2, 1), seed=1, scale=1)
    A, _ = network.forward(X, parameters)
    X1 = np.vstack([X, np.ones_like(Y)])
    np.testing.assert_allclose(
        hessian(parameters, X, Y), (X1 * A * (1 - A)) @ X1.T / X.shape[1], atol=1e-8
    )


@pytest.mark.parametrize("dims", [(2, 4, 1), (2, 3, 3, 1)])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_small_difference_across_a_tie_moves_as_predicted(dims, activation):
    start = initializers.constant(dims, value=0.3)
    nudged = {name: array.copy() for name, array in start.items()}
    nudged["W1"][0] += 1e-6
    after, _ = network.train(
        X, Y, nudged, learning_rate=1.2, num_iterations=1, activation=activation
    )
    n_h, n_2 = dims[1:3]
    unit, other = (
        [2 * k, 2 * k + 1, 2 * n_h + k, *(3 * n_h + n_h * row + k for row in range(n_2))]
        for k in (0, 1)
    )  # where w, b and v of units 1 and 2 are
    H = hessian(start, X, Y, activation=activation)
    T = H[unit][:, unit] - H[unit][:, other]
    before = np.array([1e-6, 1e-6, 0, *[0] * n_2])
    ends = [np.hstack([after["W1"][k], after["b1"][k], after["W2"][:, k]]) for k in (0, 1)]
    np.testing.assert_allclose(ends[0] - ends[1], before - 1.2 * T @ before, atol=1e-10)


def test_more_parameters_than_there_is_room_for_are_refused_before_anything_is_made():
    message = "parameters must ask for arrays of at most 100,000,000 numbers, got 10201 x 10201"
    with pytest.raises(ValueError, match=message):
        hessian(initializers.zeros((100, 100, 1)), np.zeros((100, 1)), [[1]])


def test_stacked_runs_are_refused():
    runs = initializers.stack([initializers.constant((2, 4, 1))] * 2)
    with pytest.raises(ValueError, match="parameters must be those of one run"):
        hessian(runs, X, Y)
