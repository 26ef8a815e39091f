"""Every message of the public functions of the network: the rule, and what was received."""

import numpy as np
import pytest

from symbreak import initializers, network

X, Y = np.ones((2, 5)), np.array([[0, 1, 0, 1, 1]])
PARAMETERS = initializers.normal((2, 4, 1), seed=0)


def replaced(**arrays):
    return PARAMETERS | arrays


def without(name):
    return {key: array for key, array in PARAMETERS.items() if key != name}


def train(X=X, Y=Y, parameters=PARAMETERS, learning_rate=1, num_iterations=1, **arguments):
    network.train(
        X, Y, parameters, learning_rate=learning_rate, num_iterations=num_iterations, **arguments
    )


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (X.T, ValueError, r"X must have shape \(n_x = 2, m\), got \(5, 2\); X.T would fit"),
        (np.ones((3, 5)), ValueError, r"X must have shape \(n_x = 2, m\), got \(3, 5\)$"),
        (np.ones(2), ValueError, r"got \(2,\); X.reshape\(-1, 1\) would fit"),
        (np.ones((2, 0)), ValueError, r"X must not be empty, got shape \(2, 0\)"),
        (np.ones((1, 2, 5)), ValueError, r"got \(1, 2, 5\); all runs share one X"),
        ([[1, np.nan], [0, 0]], ValueError, "X must be finite, got NaN"),
        ([[1, -np.inf], [0, 0]], ValueError, "X must be finite, got infinity"),
        ([[1, 2], [3]], ValueError, "X must be a rectangular array, got rows of unequal length"),
        ([[1j], [2]], TypeError, "X must hold real numbers, got dtype complex128"),
        ([[None], [2]], TypeError, "X must hold real numbers, got dtype object"),
        ("data", TypeError, "X must hold real numbers, got dtype <U4"),
    ],
)
def test_bad_data_are_named(value, error, message):
    with pytest.raises(error, match=message):
        train(X=value)
    with pytest.raises(error, match=message):
        network.forward(value, PARAMETERS)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (Y[0], r"Y must have shape \(n_y = 1, m = 5\), got \(5,\); Y.reshape\(1, -1\) would fit"),
        (Y.T, r"Y must have shape \(n_y = 1, m = 5\), got \(5, 1\); Y.T would fit"),
        (Y[:, :4], r"Y must have shape \(n_y = 1, m = 5\), got \(1, 4\)$"),
        (Y[None], r"got \(1, 1, 5\); all runs share one Y"),
        (2 * Y - 1, "Y must hold the labels 0 and 1, got -1"),
        (Y + 0.5, "Y must hold the labels 0 and 1, got 0.5"),
        (Y * np.nan, "Y must be finite, got NaN"),
    ],
)
def test_bad_labels_are_named(value, message):
    with pytest.raises(ValueError, match=message):
        train(Y=value)
    with pytest.raises(ValueError, match=message):
        network.accuracy(PARAMETERS, X, value)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (None, TypeError, "parameters must be a dictionary .* got NoneType"),
        ([1, 2], TypeError, "parameters must be a dictionary with the keys W1, b1, got list"),
        ({}, ValueError, r"parameters lacks the key 'W1', got \[\]"),
        (
            without("b2"),
            ValueError,
            r"parameters lacks the key 'b2', got \['W1', 'b1', 'W2'\]",
        ),
        (without("W1"), ValueError, r"parameters lacks the key 'W1', got \['b1', 'W2', 'b2'\]"),
        (replaced(V=1), ValueError, r"parameters has the unknown key 'V', expected \['W1', 'b1'"),
        (replaced(b1=np.zeros(4)), ValueError, r"b1 must have shape \(4, 1\), got \(4,\)"),
        (replaced(W2=np.zeros((4, 1))), ValueError, r"W2 must have shape \(4, 4\), got \(4, 1\)"),
        (replaced(W1=np.zeros(4)), ValueError, r"W1 must have shape \(n_1, n_0\), got \(4,\)"),
        (
            replaced(W2=np.zeros((3, 1, 4))),
            ValueError,
            r"W2 must have shape \(1, 4\), got \(3, 1, 4\)",
        ),
        (replaced(b2=[[np.nan]]), ValueError, "b2 must be finite, got NaN"),
        (replaced(W1=None), TypeError, "W1 must hold real numbers, got dtype object"),
    ],
)
def test_bad_parameters_are_named(value, error, message):
    with pytest.raises(error, match=message):
        train(parameters=value)
    with pytest.raises(error, match=message):
        network.predict(value, X)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"learning_rate": 0}, ValueError, "learning_rate must be greater than 0, got 0"),
        ({"learning_rate": -1.5}, ValueError, "learning_rate must be greater than 0, got -1.5"),
        ({"learning_rate": np.inf}, ValueError, "learning_rate must be a finite float, got inf"),
        ({"learning_rate": "1"}, TypeError, "learning_rate must be a number, got '1'"),
        ({"learning_rate": True}, TypeError, "learning_rate must be a number, got True"),
        ({"learning_rate": None}, TypeError, "learning_rate must be a number, got None"),
        (
            {"learning_rate": [1, 2]},
            ValueError,
            r"learning_rate as an array must have shape \(runs, 1, 1\), got \(2,\)",
        ),
        (
            {"learning_rate": np.ones((2, 1, 1))},
            ValueError,
            r"learning_rate must broadcast to the shape \(4, 2\) of W1, got \(2, 1, 1\)",
        ),
        ({"learning_rate": [[0.0]]}, ValueError, "learning_rate must be greater than 0, got 0"),
        ({"learning_rate": {"W1": 1}}, ValueError, "learning_rate lacks the key 'b1'"),
        (
            {"learning_rate": dict.fromkeys([*PARAMETERS, "V"], 1)},
            ValueError,
            "learning_rate has the unknown key 'V'",
        ),
        (
            {"learning_rate": dict.fromkeys(PARAMETERS, 1) | {"b1": -1}},
            ValueError,
            r"learning_rate\['b1'\] must be greater than 0, got -1",
        ),
        (
            {"learning_rate": dict.fromkeys(PARAMETERS, 1) | {"b1": np.ones((3, 1))}},
            ValueError,
            r"learning_rate must broadcast to the shape \(4, 1\) of b1, got \(3, 1\)",
        ),
        ({"num_iterations": -1}, ValueError, "num_iterations must be at least 0, got -1"),
        ({"num_iterations": 2.0}, TypeError, "num_iterations must be an integer, got 2.0"),
        ({"num_iterations": True}, TypeError, "num_iterations must be an integer, got True"),
        ({"snapshots": [2]}, ValueError, "snapshots must lie between 0 and num_.* = 1, got 2"),
        ({"snapshots": [-1]}, ValueError, "a snapshot must be at least 0, got -1"),
        ({"snapshots": [0.5]}, TypeError, "a snapshot must be an integer, got 0.5"),
        ({"snapshots": 1}, TypeError, "snapshots must be a collection, got 1"),
        ({"cost_every": 0}, ValueError, "cost_every must be at least 1, got 0"),
        (
            {"activation": "tanhh"},
            ValueError,
            "activation must be one of tanh, sigmoid, relu, .*, got 'tanhh'; did you mean 'tanh'",
        ),
        ({"activation": np.tanh}, TypeError, "activation must be one of .* got <ufunc 'tanh'>"),
    ],
)
def test_bad_settings_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        train(**arguments)


def test_bad_caches_and_gradients_are_named():
    _, cache = network.forward(X, PARAMETERS)
    grads = network.backward(PARAMETERS, cache, X, Y)
    with pytest.raises(ValueError, match="cache lacks the key 'Z1'"):
        network.backward(PARAMETERS, {}, X, Y)
    with pytest.raises(ValueError, match=r"A1 must have shape \(4, 5\), got \(4, 3\)"):
        network.backward(PARAMETERS, cache | {"A1": np.ones((4, 3))}, X, Y)
    with pytest.raises(TypeError, match="cache must be a dictionary with the keys Z1, A1"):
        network.backward(PARAMETERS, None, X, Y)
    with pytest.raises(ValueError, match=r"dW1 must have shape \(4, 2\), got \(2, 4\)"):
        network.update(PARAMETERS, grads | {"dW1": np.ones((2, 4))}, 1)
    with pytest.raises(ValueError, match="grads lacks the key 'dW1'"):
        network.update(PARAMETERS, {}, 1)


def test_bad_logits_are_named():
    with pytest.raises(ValueError, match=r"ZL must have shape \(n_y, m\), got \(2,\)"):
        network.compute_cost([1, 2], [[0, 1]])
    with pytest.raises(ValueError, match="ZL must be finite, got infinity"):
        network.compute_cost([[np.inf]], [[0]])
