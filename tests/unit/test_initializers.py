import inspect
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from starts import start

from symbreak import initializers
from symbreak.initializers import INITIALIZERS

DIMS = (2, 4, 3, 1)


def assert_equal(parameters, others):
    assert list(parameters) == list(others)
    for name, array in parameters.items():
        np.testing.assert_array_equal(array, others[name], err_msg=name)


def test_every_start_is_in_the_table():
    starts = [
        name
        for name, function in inspect.getmembers(initializers, inspect.isfunction)
        if name[0] != "_" and "layer_dims" in inspect.signature(function).parameters
    ]
    assert sorted(INITIALIZERS) == starts


def test_normal_is_the_planar_start_of_the_course_number_for_number():
    np.random.seed(2)
    W1, W2 = np.random.randn(4, 2) * 0.01, np.random.randn(1, 4) * 0.01
    parameters = initializers.normal((2, 4, 1), seed=2)
    np.testing.assert_array_equal(parameters["W1"], W1)
    np.testing.assert_array_equal(parameters["W2"], W2)
    assert W1[0, 0] == pytest.approx(-0.00416758, abs=1e-8)


def test_sqrt_n_and_he_are_those_of_the_course_number_for_number():
    np.random.seed(3)
    expected = [np.random.randn(n, k) for k, n in pairwise(DIMS)]
    for layer, W in enumerate(expected, 1):
        n_prev = DIMS[layer - 1]
        he, sqrt_n = (f(DIMS, seed=3)[f"W{layer}"] for f in (initializers.he, initializers.sqrt_n))
        np.testing.assert_array_equal(he, W * np.sqrt(2.0 / n_prev))
        np.testing.assert_array_equal(sqrt_n, W / np.sqrt(n_prev))


def test_xavier_has_the_variance_of_glorot_and_bengio():
    W1 = initializers.xavier((300, 100), seed=0)["W1"]
    assert W1.var() == pytest.approx(2 / 400, rel=0.02)


def test_constants_are_constant_and_biases_zero():
    for name, array in initializers.constant(DIMS, 0.5).items():
        assert (array == (0.5 if name[0] == "W" else 0)).all()
    for name, array in initializers.constant_times_layer(DIMS, 0.5).items():
        assert (array == (0.5 * int(name[1]) if name[0] == "W" else 0)).all()


def test_linspace_makes_all_entries_of_the_first_weights_distinct_up_to_row_sign():
    parameters = initializers.linspace(DIMS)
    W1 = parameters["W1"]
    assert np.unique(W1).size == W1.size
    rows = {tuple(row.round(12)) for row in np.concatenate([W1, -W1])}
    assert len(rows) == 8
    assert (parameters["W2"] == 0.01).all()
    assert (parameters["W3"] == 0.01).all()


def test_partly_random_draws_only_the_named_ones_in_order():
    draw = np.random.RandomState(5).randn
    parameters = initializers.partly_random((2, 4, 1), {"b2", "b1", "W2"}, seed=5, scale=1)
    assert not parameters["W1"].any()
    for name, shape in (("b1", (4, 1)), ("W2", (1, 4)), ("b2", (1, 1))):
        np.testing.assert_array_equal(parameters[name], draw(*shape))


def test_partly_random_with_all_weights_or_all_biases_is_normal_or_random_biases():
    weights, biases = {"W1", "W2", "W3"}, {"b1", "b2", "b3"}
    assert_equal(
        initializers.partly_random(DIMS, weights, seed=7), initializers.normal(DIMS, seed=7)
    )
    assert_equal(
        initializers.partly_random(DIMS, biases, seed=7), initializers.random_biases(DIMS, seed=7)
    )
    drawn = initializers.random_biases(DIMS, seed=7)
    assert all(array.any() == (name[0] == "b") for name, array in drawn.items())


def test_partly_random_accepts_one_name():
    assert_equal(
        initializers.partly_random(DIMS, "W2", seed=7),
        initializers.partly_random(DIMS, ["W2"], seed=7),
    )


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda f: f((3,)), ValueError, r"layer_dims needs at least 2 entries, got \(3,\)"),
        (lambda f: f((2, 0, 1)), ValueError, r"layer_dims\[1\] must be at least 1, got 0"),
        (lambda f: f((2, 4.0, 1)), TypeError, r"layer_dims\[1\] must be an integer, got 4.0"),
        (lambda f: f((2, True)), TypeError, r"layer_dims\[1\] must be an integer, got True"),
        (lambda f: f(3), TypeError, "layer_dims must be a collection, got 3"),
        (lambda f: f("241"), TypeError, "layer_dims must be a collection, got '241'"),
    ],
)
def test_bad_layer_dims_are_named_by_every_initializer(call, error, message):
    for name in INITIALIZERS:
        with pytest.raises(error, match=message):
            call(partial(start, name, seed=0))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: initializers.partly_random(DIMS, ["w1"], seed=0),
            ValueError,
            "random must be one of W1, b1, W2, b2, W3, b3, got 'w1'; did you mean 'W1'",
        ),
        (
            lambda: initializers.partly_random(DIMS, [1], seed=0),
            TypeError,
            "random must be one of .* got 1",
        ),
        (
            lambda: initializers.partly_random(DIMS, 1, seed=0),
            TypeError,
            "random must be a collection, got 1",
        ),
        (
            lambda: initializers.normal(DIMS, seed=0, scale=-1),
            ValueError,
            "scale must be at least 0, got -1",
        ),
        (
            lambda: initializers.constant(DIMS, float("nan")),
            ValueError,
            "value must be a finite float, got nan",
        ),
        (
            lambda: initializers.constant(DIMS, 10**400),
            ValueError,
            "value must be a finite float, got 1000",
        ),
        (lambda: initializers.stack([]), ValueError, "stack needs at least 1 run, got none"),
        (
            lambda: initializers.stack([initializers.zeros((2, 1)), initializers.zeros((3, 1))]),
            ValueError,
            "all runs must have the shapes of run 0, .* run 1 has",
        ),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
