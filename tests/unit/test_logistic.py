import numpy as np
import pytest

from symbreak import datasets, initializers, logistic, network

X, Y = datasets.flower(100)


def random_start(seed, runs=()):
    random = np.random.RandomState(seed)
    return random.randn(*runs, 2, 1), random.randn(*runs, 1, 1)


def test_gradient_matches_complex_step_derivatives():
    w, b = random_start(0)
    grads, cost = logistic.propagate(w, b, X, Y)

    def loss(theta):
        Z = theta[:2].T @ X + theta[2]
        return (np.log(1 + np.exp(Z)) - Y * Z).mean()

    theta = np.concatenate([w, b])
    assert cost == pytest.approx(loss(theta), rel=1e-14)
    expected = [loss(theta + 1e-30j * e[:, None]).imag / 1e-30 for e in np.eye(3)]
    np.testing.assert_allclose([*grads["dw"].ravel(), grads["db"].item()], expected, rtol=1e-10)


def test_gradient_at_zero_worked_by_hand():
    grads, cost = logistic.propagate(np.zeros((1, 1)), 0.0, [[2, 1, 1]], [[1, 0, 0]])
    assert grads["dw"].tolist() == [[0.0]]  # the class sums of x cancel around 1/2
    assert grads["db"] == pytest.approx(1 / 6)
    assert isinstance(grads["db"], float)
    assert cost == pytest.approx(np.log(2))


def test_logistic_regression_is_the_network_with_one_layer():
    w, b = random_start(1)
    arguments = {"learning_rate": 0.3, "num_iterations": 30, "snapshots": [20]}
    parameters, history = logistic.train(X, Y, {"w": w, "b": b}, **arguments)
    layer, record = network.train(X, Y, {"W1": w.T, "b1": b}, **arguments)
    np.testing.assert_allclose(parameters["w"].T, layer["W1"], rtol=1e-12)
    np.testing.assert_allclose(parameters["b"], layer["b1"], rtol=1e-12)
    np.testing.assert_allclose(history.costs, record.costs, rtol=1e-12)
    np.testing.assert_allclose(history.weights("w")[1][0].T, record.snapshots[20]["W1"], rtol=1e-12)
    np.testing.assert_array_equal(logistic.predict(**parameters, X=X), network.predict(layer, X))
    assert logistic.accuracy(**parameters, X=X, Y=Y) == network.accuracy(layer, X, Y)


def test_a_number_as_bias_stays_a_number():
    w, b = random_start(2)
    arguments = {"learning_rate": 0.3, "num_iterations": 30, "snapshots": [0, 30]}
    parameters, history = logistic.train(X, Y, {"w": w, "b": b.item()}, **arguments)
    array, _ = logistic.train(X, Y, {"w": w, "b": b}, **arguments)
    assert isinstance(parameters["b"], float)
    assert parameters["b"] == pytest.approx(array["b"].item(), rel=1e-12)
    assert history.weights("b")[1].shape == (2,)


@pytest.mark.parametrize("bias", ["array", "number"])
def test_stacked_runs_equal_single_runs(bias):
    w, b = random_start(3, runs=(4,))
    if bias == "number":
        b = np.zeros_like(b)
    rates = np.linspace(0.1, 0.4, 4)
    stacked, history = logistic.train(
        X,
        Y,
        {"w": w, "b": 0.0 if bias == "number" else b},
        learning_rate=rates.reshape(4, 1, 1),
        num_iterations=20,
    )
    assert history.costs.shape == (21, 4)
    for r in range(4):
        single, record = logistic.train(
            X, Y, {"w": w[r], "b": b[r]}, learning_rate=float(rates[r]), num_iterations=20
        )
        np.testing.assert_allclose(stacked["w"][r], single["w"], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(stacked["b"][r], single["b"], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(history.costs[:, r], record.costs, atol=1e-12)
        accuracy = logistic.accuracy(**stacked, X=X, Y=Y)
        assert accuracy[r] == logistic.accuracy(**single, X=X, Y=Y)


def test_the_cost_never_rises_at_a_small_rate_from_zero():
    start = {"w": np.zeros((2, 1)), "b": 0.0}
    _, history = logistic.train(X, Y, start, learning_rate=0.05, num_iterations=200)
    assert (np.diff(history.costs) < 0).all()
    assert history.costs[0] == pytest.approx(np.log(2), rel=1e-15)


def test_logistic_regression_on_the_flower_scores_47_percent():
    X, Y = datasets.flower()
    start = {"w": np.zeros((2, 1)), "b": 0.0}
    parameters, _ = logistic.train(X, Y, start, learning_rate=1.2, num_iterations=2000)
    assert logistic.accuracy(**parameters, X=X, Y=Y) == pytest.approx(0.47, abs=0.005)


def test_float32_stays_float32():
    start = {"w": np.zeros((2, 1), np.float32), "b": 0.0}
    parameters, _ = logistic.train(
        X.astype(np.float32), Y, start, learning_rate=1, num_iterations=3
    )
    assert parameters["w"].dtype == np.float32
    stacked = {"w": np.zeros((3, 2, 1), np.float32), "b": 0.0}
    parameters, _ = logistic.train(
        X.astype(np.float32), Y, stacked, learning_rate=1, num_iterations=3
    )
    assert parameters["w"].dtype == parameters["b"].dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: logistic.forward(np.zeros(2), 0, X),
            r"w must have shape \(n_x = 2, 1\), got \(2,\); w.reshape\(-1, 1\) would fit",
        ),
        (
            lambda: logistic.forward(np.zeros((1, 2)), 0, X),
            r"w must have shape \(n_x = 2, 1\), got \(1, 2\); w.T would fit",
        ),
        (
            lambda: logistic.forward(np.zeros((2, 1)), np.zeros(3), X),
            r"b must be a number or have shape \(1, 1\), got \(3,\)",
        ),
        (
            lambda: logistic.train(X, Y, {"w": 0}, learning_rate=1, num_iterations=1),
            "parameters lacks the key 'b', got \\['w'\\]",
        ),
        (
            lambda: logistic.train(
                X, Y, initializers.zeros((2, 1)), learning_rate=1, num_iterations=1
            ),
            "parameters lacks the key 'w', got \\['W1', 'b1'\\]",
        ),
        (
            lambda: logistic.propagate(np.zeros((2, 1)), 0, X, Y[0]),
            r"Y must have shape \(n_y = 1, m = 100\), got \(100,\); Y.reshape\(1, -1\) would fit",
        ),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
