import math

import numpy as np
import pytest

from symbreak import datasets, hessian, initializers, network, theory

FLOWER = datasets.flower()
UNBALANCED = datasets.unbalance(*FLOWER, label=0, drop=100)


def at_base_rate(Y, n_h=4, n_x=2):
    zeros = initializers.zeros((n_x, n_h, 1))
    return zeros | {"b2": np.full((1, 1), np.log(Y.mean() / (1 - Y.mean())))}


def test_the_label_entropy_of_the_course_images_is_0_6440():
    Y = np.array([[1] * 72 + [0] * 137])
    assert theory.label_entropy(Y) == pytest.approx(0.643974, abs=1e-6)


def test_one_label_only_has_entropy_zero():
    assert str(theory.label_entropy([[1, 1]])) == "0.0"  # with no minus sign


def test_the_label_entropy_is_the_lowest_cost_of_a_constant_answer():
    _, Y = UNBALANCED
    costs = [network.compute_cost(np.full(Y.shape, b), Y) for b in np.linspace(-2, 2, 4001)]
    assert min(costs) == pytest.approx(theory.label_entropy(Y), abs=1e-6)


@pytest.mark.parametrize("b2", [0.0, None, -1.5])
def test_the_signal_is_the_gradient_per_outgoing_weight(b2):
    X, Y = UNBALANCED
    start = at_base_rate(Y) if b2 is None else at_base_rate(Y) | {"b2": [[b2]]}
    start = start | {"W2": [[0.0, 1.0, 0.0, 0.0]]}  # one unit passes the error down
    grads = network.backward(start, network.forward(X, start)[1], X, Y)
    C = theory.signal(X, Y, b2)
    np.testing.assert_allclose(grads["dW1"][1], C[:2, 0], atol=1e-12)
    np.testing.assert_allclose(grads["db1"][1], C[2], atol=1e-12)


def test_at_the_base_rate_the_signal_is_the_distance_of_the_class_means():
    X, Y = UNBALANCED
    means = [X[:, Y[0] == label].mean(axis=1) for label in (0, 1)]
    p = Y.mean()
    C = theory.signal(X, Y)
    np.testing.assert_allclose(C[:2, 0], p * (1 - p) * (means[0] - means[1]), atol=1e-12)
    assert abs(C[2, 0]) < 1e-12


@pytest.mark.parametrize("b2", [None, 0.0, 1.0])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "identity"])
@pytest.mark.parametrize(("X", "Y"), [FLOWER, UNBALANCED, datasets.moons(seed=1)])
@pytest.mark.parametrize("n_h", [1, 3])
def test_predicted_eigenvalues_are_those_of_the_computed_hessian(X, Y, activation, b2, n_h):
    start = at_base_rate(Y, n_h) if b2 is None else at_base_rate(Y, n_h) | {"b2": [[b2]]}
    computed = np.linalg.eigvalsh(hessian.hessian(start, X, Y, activation=activation))
    predicted = theory.hessian_eigenvalues(X, Y, n_h, activation=activation, b2=b2)
    np.testing.assert_allclose(predicted, computed, atol=1e-8)


@pytest.mark.parametrize("data", ["flower", "unbalanced", "moons", "blobs"])
@pytest.mark.parametrize("learning_rate", [0.3, 1.2])
def test_the_escape_comes_within_5_iterations_of_its_prediction(data, learning_rate):
    X, Y = {
        "flower": FLOWER,
        "unbalanced": UNBALANCED,
        "moons": datasets.moons(seed=1),
        "blobs": datasets.blobs(seed=1),
    }[data]
    starts = [
        initializers.normal((2, 4, 1), seed=k, scale=10.0**-d) for k in (0, 1) for d in (4, 8)
    ]
    b2 = at_base_rate(Y)["b2"]
    start = initializers.stack([start | {"b2": b2} for start in starts])
    predicted = theory.escape_time(start, X, Y, learning_rate=learning_rate, drop=0.01)
    _, history = network.train(
        X, Y, start, learning_rate=learning_rate, num_iterations=int(predicted.max()) + 50,
        cost_every=1,
    )  # fmt: skip
    measured = (history.costs < theory.label_entropy(Y) - 0.01).argmax(axis=0)
    slack = 5 * 1.2 / learning_rate  # a smaller rate needs more iterations for the same distance
    assert (np.abs(measured - predicted) < slack).all()


def test_sigmoid_units_with_opposite_outgoing_weights_leave_at_a_quarter_of_the_rate():
    X, Y = FLOWER
    s = theory.escape_rate(X, Y, activation="sigmoid")
    assert s == pytest.approx(theory.escape_rate(X, Y) / 4)
    start = initializers.zeros((2, 2, 1)) | {"W2": [[1e-8, -1e-8]]}
    _, history = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=200, activation="sigmoid",
        snapshots=[100, 200],
    )  # fmt: skip
    sizes = [np.ptp(history.snapshots[t]["W2"]) for t in (100, 200)]
    assert sizes[1] / sizes[0] == pytest.approx((1 + 1.2 * s) ** 100, rel=1e-3)


def test_nothing_escapes_where_the_class_means_coincide():
    X, Y = [[-1.0, 1.0, -1.0, 1.0], [-1.0, 1.0, 1.0, -1.0]], [[0, 0, 1, 1]]
    assert theory.escape_rate(X, Y) == 0
    start = initializers.normal((2, 3, 1), seed=0)
    assert theory.escape_time(start, X, Y, learning_rate=1, drop=0.01) == math.inf
    runs = initializers.stack([start, start])
    assert theory.escape_time(runs, X, Y, learning_rate=1, drop=0.01).tolist() == [math.inf] * 2


def test_a_start_of_zeros_takes_for_ever():
    start = initializers.zeros((2, 4, 1))
    assert theory.escape_time(start, *FLOWER, learning_rate=1.2, drop=0.01) == math.inf


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: theory.signal([[1, 2]], [[1, 1]]), "Y must hold both labels .* got only 1"),
        (lambda: theory.signal([[1, 2]], [[0, 0]]), "Y must hold both labels .* got only 0"),
        (lambda: theory.escape_rate(*FLOWER, activation="relu"), "differentiable at 0, got 'relu'"),
        (lambda: theory.growth_time(0.5, 1, 1), "factor must be at least 1, got 0.5"),
        (lambda: theory.growth_time(10, 0, 1), "rate must be greater than 0, got 0"),
        (lambda: theory.hessian_eigenvalues(*FLOWER, 0), "n_h must be at least 1, got 0"),
        (
            lambda: theory.escape_time(
                initializers.zeros((2, 1)), *FLOWER, learning_rate=1, drop=0.1
            ),
            r"two layers, got \['W1', 'b1'\]",
        ),
        (
            lambda: theory.escape_time(
                initializers.zeros((2, 3, 1)), *FLOWER, learning_rate=1, drop=0.1,
                activation="sigmoid",
            ),
            r"activation needs g\(0\) = 0, got 'sigmoid' with g\(0\) = 0.5",
        ),
    ],
)  # fmt: skip
def test_what_the_theory_does_not_cover_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
