import numpy as np
import pytest

from symbreak import datasets, initializers, network
from symbreak.hessian import hessian, hessian_across

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
    T = hessian_across(start, X, Y, activation=activation)
    before = np.array([1e-6, 1e-6, 0, *[0] * dims[2]])  # [w | b], v
    unit = [np.hstack([after["W1"][k], after["b1"][k], after["W2"][:, k]]) for k in (0, 1)]
    predicted = before - 1.2 * T @ before
    np.testing.assert_allclose(unit[0] - unit[1], predicted, atol=1e-10)


@pytest.mark.parametrize(("dims", "layer"), [((2, 4, 1), 1), ((2, 3, 3, 1), 1), ((2, 3, 3, 1), 2)])
def test_across_a_tie_it_is_a_difference_of_two_blocks(dims, layer):
    start = initializers.constant(dims, value=0.3)
    H = hessian(start, X, Y)
    n, below = dims[layer], dims[layer - 1]
    first = sum(dims[k + 1] * (dims[k] + 1) for k in range(layer - 1))  # of this layer's W
    i, j = (
        np.r_[
            first + unit * below + np.arange(below),
            first + n * below + unit,
            first + n * (below + 1) + np.arange(dims[layer + 1]) * n + unit,
        ]
        for unit in (0, 2)
    )
    T = hessian_across(start, X, Y, layer=layer, units=(0, 2))
    np.testing.assert_allclose(T, H[np.ix_(i, i)] - H[np.ix_(i, j)], atol=1e-9)
    np.testing.assert_allclose(T, T.T, atol=0)


def test_units_that_are_not_equal_are_refused():
    with pytest.raises(ValueError, match=r"units \(0, 1\) of layer 1 must be equal"):
        hessian_across(initializers.normal((2, 3, 1), seed=0), X, Y)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layer": 2}, r"layer must be a hidden layer \(1 to 1\), got 2"),
        ({"units": (1, 1)}, r"units must be two different units, got \(1, 1\)"),
        ({"units": (0, 4)}, "units must lie between 0 and 3, got 4"),
        ({"layer": 0}, "layer must be at least 1, got 0"),
    ],
)
def test_a_layer_or_a_unit_that_is_not_there_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        hessian_across(initializers.constant((2, 4, 1)), X, Y, **options)


def test_more_parameters_than_there_is_room_for_are_refused_before_anything_is_made():
    message = "parameters must ask for arrays of at most 100,000,000 numbers, got 10201 x 10201"
    with pytest.raises(ValueError, match=message):
        hessian(initializers.zeros((100, 100, 1)), np.zeros((100, 1)), [[1]])


def test_stacked_runs_are_refused():
    runs = initializers.stack([initializers.constant((2, 4, 1))] * 2)
    with pytest.raises(ValueError, match="parameters must be those of one run"):
        hessian(runs, X, Y)
