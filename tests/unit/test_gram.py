import numpy as np
import pytest

from symbreak import datasets, gram, initializers, network


def wide(n_x=300, m=20, seed=0):
    random = np.random.RandomState(seed)
    return random.randn(n_x, m), (np.arange(m) % 3 == 0)[None].astype(float)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("dims", [(300, 1), (300, 4, 1), (300, 4, 3, 1)])
def test_it_trains_as_the_plain_loop_does(dims, activation):
    X, Y = wide()
    start = initializers.stack([initializers.sqrt_n(dims, seed=k) for k in (1, 2)])
    options = {
        "learning_rate": 0.05,
        "num_iterations": 200,
        "activation": activation,
        "snapshots": (0, 100),
        "cost_every": 1,
    }
    p, history = gram.train(X, Y, start, **options)
    q, plain = network.train(X, Y, start, **options)
    np.testing.assert_allclose(history.costs, plain.costs, atol=1e-10)
    for name in p:
        np.testing.assert_allclose(p[name], q[name], atol=1e-10)
        for t in (0, 100):
            np.testing.assert_allclose(
                history.snapshots[t][name], plain.snapshots[t][name], atol=1e-10
            )
    assert np.abs(p["W1"] - start["W1"]).max() > 1e-3


def test_w1_outside_the_span_of_the_samples_stays():
    X, Y = wide()
    start = initializers.normal((300, 4, 1), seed=3, scale=1)
    p, _ = gram.train(X, Y, start, learning_rate=0.05, num_iterations=50)
    outside = np.eye(300) - X @ np.linalg.pinv(X)
    np.testing.assert_allclose(p["W1"] @ outside, start["W1"] @ outside, atol=1e-12)


@pytest.mark.parametrize("samples", [range(400), [0, 0, 1, 1]])
def test_few_features_or_repeated_samples_change_nothing(samples):
    X, Y = (array[:, list(samples)] for array in datasets.flower())
    start = initializers.normal((2, 4, 1), seed=1)
    options = {"learning_rate": 1.2, "num_iterations": 30, "activation": "tanh"}
    p, _ = gram.train(X, Y, start, **options)
    q, _ = network.train(X, Y, start, **options)
    np.testing.assert_allclose(p["W1"], q["W1"], atol=1e-12)


def test_each_row_of_w1_may_have_its_own_rate_but_not_each_column():
    X, Y = wide()
    start = initializers.sqrt_n((300, 2, 1), seed=1)
    rates = {"W1": np.array([[0.1], [0.01]]), "b1": 0.1, "W2": 0.1, "b2": 0.1}
    p, _ = gram.train(X, Y, start, learning_rate=rates, num_iterations=20)
    q, _ = network.train(X, Y, start, learning_rate=rates, num_iterations=20)
    np.testing.assert_allclose(p["W1"], q["W1"], atol=1e-12)
    rates["W1"] = np.full((2, 300), 0.1)
    with pytest.raises(ValueError, match=r"same for all its columns, got the shape \(2, 300\)"):
        gram.train(X, Y, start, learning_rate=rates, num_iterations=1)
