"""The network: formulas, gradients, stacked runs. Training and its errors: test_training.py."""

from itertools import pairwise

import numpy as np
import pytest
from functions import FUNCTIONS

from symbreak import datasets, initializers, network
from symbreak.activations import ACTIVATIONS

LAYER_DIMS = [(3, 1), (3, 4, 1), (3, 4, 3, 2), (3, 4, 3, 2, 1)]


def loss(X, Y, parameters, activation):
    """The cost of one run, written anew and for complex numbers."""
    A, L = X, len(parameters) // 2
    for layer in range(1, L + 1):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        A = FUNCTIONS[activation](Z, np.exp)
    return (np.log(1 + np.exp(Z)) - Y * Z).sum() / X.shape[1]


def complex_step(X, Y, parameters, activation, h=1e-30):
    grads = {}
    for name, array in parameters.items():
        grads[f"d{name}"] = np.empty_like(array)
        for index in np.ndindex(array.shape):
            nudged = array.astype(complex)
            nudged[index] += 1j * h
            nudged_parameters = parameters | {name: nudged}
            value = loss(X, Y, nudged_parameters, activation)
            grads[f"d{name}"][index] = value.imag / h
    return grads


def random_problem(dims, seed, m=6):
    random = np.random.RandomState(seed)
    X = random.randn(dims[0], m)
    Y = random.randint(0, 2, (dims[-1], m))
    parameters = {
        f"{letter}{layer}": random.randn(n, k if letter == "W" else 1)
        for layer, (k, n) in enumerate(pairwise(dims), 1)
        for letter in "Wb"
    }
    return X, Y, parameters


def run(parameters, r):
    return {name: array[r] for name, array in parameters.items()}


@pytest.mark.parametrize("dims", LAYER_DIMS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_matches_complex_step_derivatives(activation, dims):
    X, Y, parameters = random_problem(dims, seed=1)
    _, cache = network.forward(X, parameters, activation=activation)
    kinks = [np.abs(cache[f"Z{layer}"]).min() for layer in range(1, len(dims) - 1)]
    assert min(kinks, default=1) > 1e-4  # relu: away from the kink
    grads = network.backward(parameters, cache, X, Y, activation=activation)
    for name, expected in complex_step(X, Y, parameters, activation).items():
        np.testing.assert_allclose(grads[name], expected, rtol=1e-10, atol=1e-10, err_msg=name)
        assert np.abs(grads[name]).max() > 1e-4 or activation == "relu"


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_matches_complex_step_derivatives_in_each_stacked_run(activation):
    dims = (3, 4, 3, 1)
    X, Y, _ = random_problem(dims, seed=0)
    runs = [random_problem(dims, seed)[2] for seed in (1, 2, 3)]
    parameters = initializers.stack(runs)
    _, cache = network.forward(X, parameters, activation=activation)
    grads = network.backward(parameters, cache, X, Y, activation=activation)
    for r, single in enumerate(runs):
        for name, expected in complex_step(X, Y, single, activation).items():
            np.testing.assert_allclose(grads[name][r], expected, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_cost_equals_an_independent_loss(activation):
    X, Y, parameters = random_problem((3, 4, 2), seed=4)
    _, cache = network.forward(X, parameters, activation=activation)
    cost = network.compute_cost(cache["Z2"], Y)
    assert isinstance(cost, float)
    assert cost == pytest.approx(loss(X, Y, parameters, activation), rel=1e-14)


def test_one_step_worked_by_hand():
    X, Y = np.array([[1.0, 2.0]]), np.array([[0, 1]])
    parameters = {"W1": [[1], [1]], "b1": [[0], [0]], "W2": [[1, -1]], "b2": [[0]]}
    A2, cache = network.forward(X, parameters, activation="identity")
    assert list(cache) == ["Z1", "A1", "Z2", "A2"]
    assert A2.tolist() == [[0.5, 0.5]]  # the two units cancel
    grads = network.backward(parameters, cache, X, Y, activation="identity")
    assert {name: grad.tolist() for name, grad in grads.items()} == {
        "dZ2": [[0.5, -0.5]],
        "dW2": [[-0.25, -0.25]],  # (0.5 * 1 - 0.5 * 2) / 2
        "db2": [[0.0]],
        "dZ1": [[0.5, -0.5], [-0.5, 0.5]],
        "dW1": [[-0.25], [0.25]],
        "db1": [[0.0], [0.0]],
    }
    new = network.update(parameters, grads, 2)
    assert {name: array.tolist() for name, array in new.items()} == {
        "W1": [[1.5], [0.5]],
        "b1": [[0.0], [0.0]],
        "W2": [[1.5, -0.5]],
        "b2": [[0.0]],
    }
    trained, _ = network.train(
        X, Y, parameters, learning_rate=2, num_iterations=1, activation="identity"
    )
    assert all(np.array_equal(trained[name], new[name]) for name in new)


def test_update_moves_every_parameter_by_rate_times_gradient():
    _, _, parameters = random_problem((2, 3, 1), seed=0)
    grads = {f"d{name}": np.ones_like(array) for name, array in parameters.items()}
    rates = {name: k + 1.0 for k, name in enumerate(parameters)}
    new = network.update(parameters, grads, rates)
    for name, array in parameters.items():
        np.testing.assert_allclose(array - new[name], rates[name], rtol=1e-14)


def test_gradient_at_zero_is_that_of_the_base_rate_only():
    X, Y = datasets.unbalance(*datasets.flower(), drop=100)
    zeros = initializers.zeros((2, 4, 1))
    grads = network.backward(zeros, network.forward(X, zeros)[1], X, Y)
    assert not grads["dW1"].any() and not grads["db1"].any() and not grads["dW2"].any()
    assert grads["db2"].item() == pytest.approx(1 / 2 - 2 / 3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_stacked_runs_equal_single_runs(activation):
    X, Y = datasets.flower(100)
    runs = [initializers.normal((2, 4, 3, 1), seed=seed, scale=0.5) for seed in range(6)]
    arguments = {"num_iterations": 20, "activation": activation, "snapshots": [10]}
    rates = np.linspace(0.1, 1.1, 6)
    grid = {
        name: array.reshape(2, 3, *array.shape[1:])
        for name, array in initializers.stack(runs).items()
    }  # two run axes
    stacked, history = network.train(
        X, Y, grid, learning_rate=rates.reshape(2, 3, 1, 1), **arguments
    )
    accuracy = network.accuracy(stacked, X, Y, activation=activation)
    assert history.costs.shape == (21, 2, 3)
    for r, start in enumerate(runs):
        at = divmod(r, 3)
        single, record = network.train(X, Y, start, learning_rate=float(rates[r]), **arguments)
        np.testing.assert_allclose(history.costs[(slice(None), *at)], record.costs, atol=1e-12)
        assert accuracy[at] == network.accuracy(single, X, Y, activation=activation)
        for name, array in single.items():
            np.testing.assert_allclose(stacked[name][at], array, rtol=1e-12, atol=1e-12)
            snapshot = history.snapshots[10][name][at]
            np.testing.assert_allclose(snapshot, record.snapshots[10][name], atol=1e-12)


def test_probability_one_half_is_class_zero():
    zeros = initializers.zeros((2, 1))
    assert network.predict(zeros, np.ones((2, 3))).tolist() == [[0, 0, 0]]
    assert network.predict(zeros, np.ones((2, 3))).dtype.kind == "i"


def test_accuracy_counts_correct_labels():
    parameters = {"W1": [[1.0, 0.0]], "b1": [[-0.5]]}
    X, Y = np.array([[0, 1, 1, 0], [5, 5, 5, 5]]), np.array([[0, 1, 0, 0]])
    assert network.accuracy(parameters, X, Y) == 0.75
    stacked = initializers.stack([parameters, initializers.zeros((2, 1))])
    assert network.accuracy(stacked, X, Y).tolist() == [0.75, 0.75]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_float32_stays_float32_and_integers_become_float64(activation):
    X, Y, parameters = random_problem((3, 4, 1), seed=0)
    for dtype, expected in ((np.float32, np.float32), (int, np.float64)):
        theta = {name: array.astype(dtype) for name, array in parameters.items()}
        arguments = {"learning_rate": np.full((1, 1), 0.1), "activation": activation}
        for num_iterations in (0, 3):
            trained, history = network.train(
                X.astype(dtype), Y, theta, num_iterations=num_iterations, **arguments
            )
            assert {array.dtype for array in trained.values()} == {np.dtype(expected)}
            assert history.costs.dtype == expected


def test_huge_logits_give_finite_costs_and_no_warnings():
    parameters = {"W1": [[1e6]], "b1": [[0.0]]}
    AL, cache = network.forward([[1.0, -1.0]], parameters)
    assert AL.tolist() == [[1.0, 0.0]]
    assert network.compute_cost(cache["Z1"], [[0, 1]]) == 1e6
    assert network.compute_cost(cache["Z1"], [[1, 0]]) == 0


def test_forward_and_backward_do_not_change_their_inputs():
    X, Y, parameters = random_problem((3, 4, 1), seed=0)
    before = {name: array.copy() for name, array in (parameters | {"X": X, "Y": Y}).items()}
    _, cache = network.forward(X, parameters)
    kept = {name: array.copy() for name, array in cache.items()}
    grads = network.backward(parameters, cache, X, Y)
    network.update(parameters, grads, 0.1)
    for name, array in (parameters | {"X": X, "Y": Y}).items():
        np.testing.assert_array_equal(array, before[name])
    for name, array in cache.items():
        np.testing.assert_array_equal(array, kept[name])
