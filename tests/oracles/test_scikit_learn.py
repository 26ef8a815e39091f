"""scikit-learn's MLPClassifier and LogisticRegression, its own forward and backward pass.

One epoch of its "sgd" with one batch of all samples, no momentum, no penalty and a constant rate is
one step of gradient descent. Tolerances as in `test_torch`.
"""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from oracles.cases import DEPTHS, LABELS, STEPS, start
from oracles.compare import difference, insist, parameters_deviation
from symbreak import logistic, network
from symbreak.initializers import INITIALIZERS

RATE = 0.3
AFTER = {1: 1e-12, 10: 1e-12, 100: 1e-11}
THEIR_NAME = {"tanh": "tanh", "sigmoid": "logistic", "relu": "relu", "identity": "identity"}


def train(X, Y, parameters, activation):
    """Return the classifier and its parameters after each number of steps in STEPS."""
    X, y = X.T, Y[0].astype(int)
    widths = [len(parameters[f"b{layer}"]) for layer in range(1, len(parameters) // 2)]
    classifier = MLPClassifier(
        widths,
        activation=THEIR_NAME[activation],
        solver="sgd",
        alpha=0,
        batch_size=len(y),
        learning_rate="constant",
        learning_rate_init=RATE,
        momentum=0,
        shuffle=False,
        random_state=0,
    )
    classifier.partial_fit(X, y, classes=[0, 1])  # makes the arrays; without momentum, no memory
    for layer, (W, b) in enumerate(zip(classifier.coefs_, classifier.intercepts_), 1):
        W[:], b[:] = parameters[f"W{layer}"].T, parameters[f"b{layer}"][:, 0]

    kept = {}
    for step in range(1, max(STEPS) + 1):
        classifier.partial_fit(X, y)
        if step in STEPS:
            pairs = enumerate(zip(classifier.coefs_, classifier.intercepts_), 1)
            kept[step] = {
                name: array.copy()
                for layer, (W, b) in pairs
                for name, array in ((f"W{layer}", W.T), (f"b{layer}", b[:, None]))
            }
    return classifier, kept


@pytest.mark.parametrize(("depth", "labels"), [(2, "balanced"), (4, "unbalanced")])
@pytest.mark.parametrize("activation", THEIR_NAME)
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_training_agrees_after_1_10_and_100_steps(initializer, activation, depth, labels):
    X, Y = LABELS[labels]
    parameters = start(initializer, DEPTHS[depth])
    options = {"num_iterations": 100, "snapshots": STEPS, "activation": activation}
    end, history = network.train(X, Y, parameters, learning_rate=RATE, **options)
    classifier, theirs = train(X, Y, parameters, activation)
    for step, tolerance in AFTER.items():
        deviation = parameters_deviation(history.snapshots[step], theirs[step])
        insist(f"scikit-learn: parameters, {step:3d} steps", deviation, tolerance)
    A, _ = network.forward(X, end, activation=activation)
    deviation = difference(classifier.predict_proba(X.T)[:, 1], A[0])
    insist("scikit-learn: probabilities, 100 steps", deviation, 1e-11)


@pytest.mark.parametrize("labels", LABELS)
def test_the_optimum_of_logistic_regression_is_where_our_gradient_vanishes(labels):
    X, Y = LABELS[labels]
    model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12)
    model.fit(X.T, Y[0].astype(int))
    w, b = model.coef_.T, float(model.intercept_[0])
    grads, cost = logistic.propagate(w, b, X, Y)
    slope = max(np.abs(grads["dw"]).max(), abs(grads["db"]))
    insist("scikit-learn: gradient at its optimum", slope, 1e-10)

    options = {"learning_rate": 0.5, "num_iterations": 2000}
    ours, history = logistic.train(X, Y, {"w": np.zeros((2, 1)), "b": 0.0}, **options)
    insist("scikit-learn: optimum", max(difference(ours["w"], w), abs(ours["b"] - b)), 1e-9)
    insist("scikit-learn: cost at the optimum", abs(history.costs[-1] - cost), 1e-13)
