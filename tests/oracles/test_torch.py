"""PyTorch on the CPU, in float64: a network of its own operations, gradients from autograd.

Tolerances. One step is a few hundred sums and products, each off by at most 1.1e-16 relative to its
terms: 1e-12 leaves room for the sums over 60 samples through four layers. A difference between two
runs then grows with them: near the saddle by at most 1 + 0.3 * 0.36 per step, where 0.36 is the
larger size of `theory.signal` of these data, in 100 steps 26,000-fold. Of 1.1e-16 that makes 3e-12:
hence 1e-11 after 100 steps.

ReLU. With zero biases, a unit of the second hidden layer starts exactly at the kink for the samples
at which all of its inputs are dead. Biases of 1e-15 would change its first step by far more than
that. The runs still are comparable: these zeros are exact in both programs, and both choose the
slope 0 there (0.01 for leaky ReLU).
"""

import numpy as np
import pytest

from oracles.cases import DEPTHS, LABELS, STEPS, start
from oracles.compare import gradients_deviation, insist, parameters_deviation
from oracles.torch_network import ACTIVATIONS, descent, gradients, one_step, train
from symbreak import datasets, gram, initializers, logistic, network, optimizers
from symbreak.activations import ACTIVATIONS as OURS
from symbreak.initializers import INITIALIZERS

RATE = 0.3
AFTER = {1: 1e-12, 10: 1e-12, 100: 1e-11}
every_case = pytest.mark.parametrize(
    ("initializer", "activation", "depth"),
    [(name, g, depth) for name in INITIALIZERS for g in OURS for depth in DEPTHS],
)
both_labels = pytest.mark.parametrize("labels", LABELS)


def our_path(X, Y, parameters, activation, learning_rate, steps):
    """Return our parameters after each number of steps in `steps`."""
    options = {"num_iterations": max(steps), "snapshots": steps, "activation": activation}
    return network.train(X, Y, parameters, learning_rate=learning_rate, **options)[1].snapshots


def test_torch_has_every_activation():
    assert set(ACTIVATIONS) == set(OURS)


@both_labels
@every_case
def test_training_agrees_after_1_10_and_100_steps(initializer, activation, depth, labels):
    X, Y = LABELS[labels]
    parameters = start(initializer, DEPTHS[depth])
    ours = our_path(X, Y, parameters, activation, RATE, STEPS)
    theirs = train(X, Y, parameters, activation, descent(RATE), STEPS)
    for step, tolerance in AFTER.items():
        deviation = parameters_deviation(ours[step], theirs[step])
        insist(f"PyTorch: parameters, {step:3d} steps", deviation, tolerance)


@both_labels
@every_case
def test_cost_and_gradients_agree_wherever_training_went(initializer, activation, depth, labels):
    X, Y = LABELS[labels]
    path = our_path(X, Y, start(initializer, DEPTHS[depth]), activation, RATE, (0, *STEPS))
    for parameters in path.values():
        assert_gradients_agree(X, Y, parameters, activation)


def assert_gradients_agree(X, Y, parameters, activation, masks=None):
    _, cache = network.forward(X, parameters, activation=activation, masks=masks)
    grads = network.backward(parameters, cache, X, Y, activation=activation)
    J, theirs, terms = gradients(parameters, X, Y, activation, masks)
    cost = network.compute_cost(cache[f"Z{len(parameters) // 2}"], Y)
    insist("PyTorch: cost", abs(cost - J) / J, 1e-13)
    insist("PyTorch: gradients", gradients_deviation(grads, theirs, terms), 1e-13)


def test_a_chaotic_run_agrees_in_each_of_its_steps():
    """Two such runs part after 100 steps, whoever computes them.

    A nudge of 1e-13 grows more than a millionfold: no two sums in another order give the same
    parameters at the end. What each step does is well defined all the same. So PyTorch takes one
    step from each of our 100 iterates.
    """
    X, Y = LABELS["unbalanced"]
    parameters = start("he", DEPTHS[4], seed=3)
    path = our_path(X, Y, parameters, "tanh", RATE, range(101))
    nudged = parameters | {"W1": parameters["W1"] + 1e-13}
    end = our_path(X, Y, nudged, "tanh", RATE, [100])[100]
    assert parameters_deviation(end, path[100]) > 1e-7
    assert_steps_agree(X, Y, path, "tanh", RATE, range(100))


@pytest.mark.parametrize("activation", OURS)
@pytest.mark.parametrize("initializer", ["normal", "constant", "random_biases"])
def test_the_course_run_agrees_in_every_fifth_of_its_steps(initializer, activation):
    """400 samples at the rate 1.2, where 100 steps may stretch a difference 1e9-fold."""
    X, Y = datasets.flower()
    path = our_path(X, Y, start(initializer, (2, 4, 1)), activation, 1.2, range(101))
    assert_steps_agree(X, Y, path, activation, 1.2, range(0, 100, 5))


def assert_steps_agree(X, Y, path, activation, learning_rate, steps):
    for step in steps:
        theirs = one_step(X, Y, path[step], activation, learning_rate)
        deviation = parameters_deviation(path[step + 1], theirs)
        insist("PyTorch: one step from our iterates", deviation, 1e-12)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_at_the_kink_both_choose_the_same_slope(activation):
    """A sample at the origin and zero biases: Z1 is exactly 0 there, for tied and other rows."""
    X, Y = LABELS["unbalanced"]
    X, Y = np.hstack([np.zeros((2, 3)), X]), np.hstack([[[0, 1, 1]], Y])
    for parameters in (start("constant", DEPTHS[2]), start("he", DEPTHS[2])):
        _, cache = network.forward(X, parameters, activation=activation)
        assert not cache["Z1"][:, :3].any()
        assert_gradients_agree(X, Y, parameters, activation)


@pytest.mark.parametrize("activation", OURS)
def test_gradients_with_masks_and_two_outputs_agree(activation):
    X, Y = LABELS["unbalanced"]
    Y = np.vstack([Y, X[:1] > 0])
    parameters = start("he", (2, 4, 3, 2))
    keep_prob = {"D0": 0.9, "D1": 0.5, "D2": 0.7}
    masks = optimizers.dropout_masks((2, 4, 3, 2), X.shape[1], keep_prob=keep_prob, seed=4)
    assert_gradients_agree(X, Y, parameters, activation, masks)
    assert_gradients_agree(X, Y, parameters, activation)


def test_stacked_runs_agree_one_by_one():
    X, Y = LABELS["unbalanced"]
    runs = [start("normal", DEPTHS[3], seed=seed) for seed in range(5)]
    ours = our_path(X, Y, initializers.stack(runs), "tanh", RATE, STEPS)
    for k, run in enumerate(runs):
        for step, theirs in train(X, Y, run, "tanh", descent(RATE), STEPS).items():
            mine = {name: array[k] for name, array in ours[step].items()}
            deviation = parameters_deviation(mine, theirs)
            insist(f"PyTorch: parameters, {step:3d} steps", deviation, AFTER[step])


def test_training_through_the_gram_matrix_agrees():
    random = np.random.RandomState(0)
    X, Y = random.randn(300, 20), random.randint(0, 2, (1, 20)).astype(float)
    parameters = start("sqrt_n", (300, 4, 1))
    options = {"learning_rate": 0.1, "num_iterations": 100, "snapshots": STEPS}
    _, history = gram.train(X, Y, parameters, activation="relu", **options)
    for step, theirs in train(X, Y, parameters, "relu", descent(0.1), STEPS).items():
        deviation = parameters_deviation(history.snapshots[step], theirs)
        insist(f"PyTorch: parameters, {step:3d} steps", deviation, AFTER[step])


@both_labels
def test_logistic_regression_agrees_after_1_10_and_100_steps(labels):
    X, Y = LABELS[labels]
    options = {"learning_rate": RATE, "num_iterations": 100, "snapshots": STEPS}
    for w in (np.zeros((2, 1)), np.array([[0.5], [-2.0]])):
        _, history = logistic.train(X, Y, {"w": w, "b": 0.0}, **options)
        parameters = {"W1": w.T, "b1": np.zeros((1, 1))}
        for step, theirs in train(X, Y, parameters, "tanh", descent(RATE), STEPS).items():
            kept = history.snapshots[step]
            ours = {"W1": kept["w"].T, "b1": np.full((1, 1), kept["b"])}
            deviation = parameters_deviation(ours, theirs)
            insist(f"PyTorch: parameters, {step:3d} steps", deviation, AFTER[step])
