"""Input that generated tests found to end in numpy's own message, in a warning or in no error."""

import numpy as np
import pytest

from symbreak import (
    activations,
    datasets,
    diagnose,
    initializers,
    network,
    optimizers,
    paste,
    printing,
    theory,
)

X, Y = np.array([[1.0, 2.0, 4.0], [0.0, 1.0, 0.0]]), np.array([[0, 1, 1]])
START = initializers.normal((2, 3, 1), seed=1)
GRADS = {f"d{name}": array for name, array in START.items()}
SQUARES = {name: array**2 for name, array in GRADS.items()}


def train(**arguments):
    network.train(X, Y, START, num_iterations=1, **arguments)


def rmsprop(state, grads=GRADS):
    optimizers.rmsprop(START, grads, state, learning_rate=0.1)


RAGGED = [[1, 2], [3]]
HUGE = {
    "zeros": lambda: initializers.zeros((2, 10**6, 10**6)),
    "flower": lambda: datasets.flower(10**12),
    "moons": lambda: datasets.moons(10**12, seed=1),
    "mini_batches": lambda: optimizers.mini_batches(10**12, 5, seed=1),
    "dropout_masks": lambda: optimizers.dropout_masks((2, 10, 1), 10**8, keep_prob=1, seed=1),
}
LARGE = {
    "noise": lambda: datasets.blobs(4, seed=1, noise=1e308),
    "factor": lambda: datasets.circles(4, factor=1e101),
    "value": lambda: initializers.constant_times_layer((2, 3, 1), 1e308),
    "low": lambda: initializers.linspace((2, 3, 1), -1e308, 1),
    "high": lambda: initializers.linspace((2, 3, 1), -1, 1e308),
    "scale": lambda: initializers.normal((2, 3, 1), seed=1, scale=1e308),
    "X": lambda: theory.signal(1e200 * X, Y),
    "dW1": lambda: rmsprop({}, GRADS | {"dW1": np.full((3, 2), 1e200)}),
}


@pytest.mark.parametrize("name", HUGE)
def test_arrays_that_no_machine_holds_are_not_asked_for(name):
    with pytest.raises(ValueError, match=r"arrays of at most 100,000,000 numbers, got \d+ x \d+"):
        HUGE[name]()


def test_the_largest_arrays_that_are_allowed_are_made():
    assert initializers.zeros((10**4, 10**4, 1))["W1"].shape == (10**4, 10**4)


@pytest.mark.parametrize("name", LARGE)
def test_numbers_whose_squares_overflow_are_named(name):
    with pytest.raises(
        ValueError, match=rf"^{name} must hold numbers of size at most 1e\+100, got"
    ):
        LARGE[name]()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: train(learning_rate=RAGGED), ValueError, "^learning_rate must be a rectangular"),
        (lambda: printing.format_matrix(RAGGED), ValueError, "^A must be a rectangular array, got"),
        (lambda: activations.sigmoid(RAGGED), ValueError, "^Z must be a rectangular array, got"),
        (lambda: activations.sigmoid("1"), TypeError, "^Z must hold real numbers, got dtype <U1"),
        (lambda: activations.sigmoid(None), TypeError, "^Z must hold real numbers, got dtype obj"),
        (lambda: rmsprop(np.zeros(0)), TypeError, "^state must be a dictionary with the keys s, "),
        (lambda: rmsprop([]), TypeError, "^state must be a dictionary .* got list"),
        (
            lambda: rmsprop({"s": SQUARES | {"db1": -np.ones((3, 1))}}),
            ValueError,
            r"^state\['s'\]\['db1'\] must be at least 0, got -1",
        ),
        (
            lambda: printing.format_matrix(X, 101),
            ValueError,
            "^decimals must be at most 100, got 101",
        ),
        (
            lambda: paste.start("planar", "zeros", (2, 1)),
            ValueError,
            r"^sizes of planar needs 3 entries, got \(2, 1\)",
        ),
        (
            lambda: paste.start("logistic", "random", (2, 3, 1)),
            ValueError,
            r"^sizes of logistic needs 2 entries, got \(2, 3, 1\)",
        ),
        (
            lambda: paste.start("application", "zeros", None),
            TypeError,
            "^layer_dims must be a collection, got None",
        ),
        (
            lambda: diagnose([0.7], parameters={"w": [[object()]], "b": 0.0}),
            TypeError,
            "^W1 must hold real numbers, got dtype object",
        ),
        (
            lambda: diagnose([0.7], parameters={"w": [[1.0]], "b": [1.0, 2.0]}),
            ValueError,
            r"^each layer must have as many biases as units, .*got w \(1, 1\), b \(2,\); pass",
        ),
        (
            lambda: diagnose([0.7], parameters=START | {"W1": "W1"}),
            ValueError,
            r"^only linear layers can be read: .* got also W1 \(\), b1 \(3, 1\); pass",
        ),
    ],
)
def test_what_does_not_fit_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_sum_that_overflows_is_infinite_and_no_warning():
    parameters = network.update(START, {k: np.full_like(v, -1e308) for k, v in GRADS.items()}, 1e10)
    assert all(np.isposinf(array).all() for array in parameters.values())
    assert network.compute_cost([[1e308, 1e308, 1e308]], [[0, 0, 0]]) == np.inf
