"""Arithmetic with 50 digits, and no formula of a derivative: forward, cost, backward, training.

float64 has 1.1e-16 of relative rounding; the sums here have few terms, so 1e-14 after one step and
1e-13 after ten, where differences may have grown. The largest number of a layer [W | b] sets the
scale.
"""

import numpy as np
import pytest

from oracles import mp_network
from oracles.cases import start
from oracles.compare import difference, insist, parameters_deviation
from oracles.mp_network import SMOOTH, cost, exact, flat, gradient, mp, outputs, shaped, train
from symbreak import logistic, network
from symbreak.activations import ACTIVATIONS, sigmoid
from symbreak.algebra import cross_entropy
from symbreak.initializers import INITIALIZERS

RATE = 0.7
X = np.random.RandomState(5).randn(2, 6)
Y = {"balanced": np.array([[1, 0, 0, 1, 0, 1.0]]), "unbalanced": np.array([[1, 0, 0, 1, 0, 0.0]])}
both_labels = pytest.mark.parametrize("labels", Y)
tiny = pytest.mark.parametrize("layer_dims", [(2, 3, 1), (2, 2, 2, 1)], ids=str)


@both_labels
@tiny
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_output_cost_and_gradients_agree(activation, layer_dims, labels):
    parameters = start("he", layer_dims)
    A, cache = network.forward(X, parameters, activation=activation)
    hidden = [cache[f"Z{layer}"] for layer in range(1, len(layer_dims) - 1)]
    assert min(np.abs(Z).min() for Z in hidden) > 1e-6  # away from the kink
    grads = network.backward(parameters, cache, X, Y[labels], activation=activation)
    ours = {name: grads[f"d{name}"] for name in parameters}

    theta, problem = flat(parameters), (layer_dims, X, Y[labels], activation)
    answers = np.array(outputs(theta, layer_dims, X, activation), dtype=float).T
    insist("mpmath: output", difference(A, answers), 1e-15)
    J = network.compute_cost(cache[f"Z{len(layer_dims) - 1}"], Y[labels])
    insist("mpmath: cost", float(abs(J / cost(theta, *problem) - 1)), 1e-15)
    theirs = shaped(gradient(theta, *problem), parameters)
    insist("mpmath: gradients", parameters_deviation(ours, theirs), 1e-14)


@tiny
@pytest.mark.parametrize("activation", SMOOTH)
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_two_steps_agree_from_every_start(initializer, activation, layer_dims):
    assert_training_agrees(start(initializer, layer_dims), activation, layer_dims, "unbalanced", 2)


@both_labels
@tiny
@pytest.mark.parametrize("activation", SMOOTH)
def test_ten_steps_agree(activation, layer_dims, labels):
    assert_training_agrees(start("he", layer_dims), activation, layer_dims, labels, 10)


def assert_training_agrees(parameters, activation, layer_dims, labels, steps):
    options = {"num_iterations": steps, "snapshots": range(steps + 1), "activation": activation}
    _, history = network.train(X, Y[labels], parameters, learning_rate=RATE, **options)
    problem = (layer_dims, X, Y[labels], activation)
    path = train(flat(parameters), *problem, learning_rate=RATE, num_iterations=steps)
    for step in range(1, steps + 1):
        theirs = shaped(path[step], parameters)
        deviation = parameters_deviation(history.snapshots[step], theirs)
        if step == 1:
            insist("mpmath: parameters, 1 step", deviation, 1e-14)
        else:
            insist("mpmath: parameters, 2 to 10 steps", deviation, 1e-13)


@both_labels
@pytest.mark.parametrize("w", [[0.0, 0.0], [1.5, -0.5]])
def test_logistic_regression_agrees(w, labels):
    begin = {"w": np.reshape(w, (2, 1)), "b": 0.0}
    options = {"learning_rate": RATE, "num_iterations": 10, "snapshots": range(11)}
    _, history = logistic.train(X, Y[labels], begin, **options)
    grads, J = logistic.propagate(**begin, X=X, Y=Y[labels])

    theta, problem = exact([*w, 0.0]), ((2, 1), X, Y[labels], "tanh")
    insist("mpmath: cost", float(abs(J / cost(theta, *problem) - 1)), 1e-15)
    insist(
        "mpmath: gradients",
        vector_deviation(grads["dw"], grads["db"], gradient(theta, *problem)),
        1e-14,
    )
    path = train(theta, *problem, learning_rate=RATE, num_iterations=10)
    for step in range(1, 11):
        kept = history.snapshots[step]
        deviation = vector_deviation(kept["w"], kept["b"], path[step])
        insist("mpmath: logistic regression, 1 to 10 steps", deviation, 1e-14)


def vector_deviation(w, b, exactly):
    theirs = np.array(exactly, dtype=float)
    return difference(np.append(w, b), theirs) / np.abs(theirs).max()


def test_sigmoid_and_cost_of_large_logits_agree():
    """1 - A of the definition needs more than 304 digits to differ from 1 at z = -700: 800 here.

    The cost is compared to 1e-15 absolutely below 1, relatively above.
    """
    Z = np.array([[-700.0, -40.0, -1e-9, 0.0, 1e-9, 3.7, 36.0, 37.0, 700.0]])
    with mp.workdps(800):
        for z in Z[0]:
            A = mp_network.logistic(mp.mpf(z))
            insist("mpmath: sigmoid of large logits", float(abs(sigmoid(z) / A - 1)), 1e-15)
            for y, loss in ((0.0, -mp.log(1 - A)), (1.0, -mp.log(A))):
                ours = cross_entropy(np.array([[z]]), np.array([[y]]))
                insist(
                    "mpmath: cost of large logits", float(abs(ours - loss) / max(loss, 1)), 1e-15
                )
