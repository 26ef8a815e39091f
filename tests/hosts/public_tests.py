"""What the newer notebooks import with a star: tests that look at the start, in code of our own.

Each compares with published results of the notebook's own start, and ends as the notebook's test
does: with its error if they differ, else with "All tests passed".
"""

import numpy as np

__all__ = [
    "L_layer_model_test",
    "initialize_parameters_test",
    "initialize_parameters_zeros_test",
    "initialize_with_zeros_test",
    "model_test",
    "nn_model_test",
    "two_layer_model_test",
]
PASSED = "\033[92mAll tests passed!"


def initialize_parameters_test(target):
    for seed, (n_x, n_h, n_y) in ((2, (2, 4, 1)), (2, (3, 5, 2))):
        np.random.seed(seed)
        found = target(n_x, n_h, n_y)
        np.random.seed(seed)
        for name, size in (("W1", (n_h, n_x)), ("W2", (n_y, n_h))):
            assert found[name].shape == size, f"Wrong shape for {name}."
            assert np.allclose(found[name], np.random.randn(*size) * 0.01), (
                f"Wrong values for {name}"
            )
    print(PASSED)


def nn_model_test(target):
    np.random.seed(1)
    X, Y = np.random.randn(2, 3), np.random.randn(1, 3) > 0
    found = target(X, Y, 4, num_iterations=10000, print_cost=True)
    for name in ("W1", "b1", "W2", "b2"):
        print(name + " = " + str(found[name]))
    assert np.allclose(found["W1"][0], [0.56305445, -1.03925886]), "Wrong values for W1"
    assert np.allclose(found["b2"], 0.21344644), "Wrong values for b2"
    print(PASSED)


def initialize_with_zeros_test(target):
    for dim in (3, 4):
        w, b = target(dim)
        assert type(b) is float, f"Wrong type for b. {type(b)} != float"
        assert b == 0, "b must be 0.0"
        assert w.shape == (dim, 1), f"Wrong shape for w. {w.shape} != {(dim, 1)}"
        assert np.allclose(w, 0), f"Wrong values for w. {w} != {[[0.0]] * dim}"
        print(("First", "Second")[dim - 3] + " test passed!")


def model_test(target):
    np.random.seed(0)
    X, Y = np.random.randn(4, 7), np.array([[1, 0, 0, 1, 0, 0, 1]])
    X_test, Y_test = np.random.randn(4, 3), np.array([[0, 1, 0]])
    found = target(X, Y, X_test, Y_test, num_iterations=50, learning_rate=0.01)
    assert np.allclose(found["costs"], np.log(2)), (
        f"Wrong values for d['costs']. {found['costs']} != {[np.array(np.log(2))]}"
    )
    w = [[0.08639757], [-0.08231268], [-0.11798927], [0.12866053]]
    assert np.allclose(found["w"], w), f"Wrong values for d['w']. {found['w']} != {w}"
    print(PASSED)


def _all_or_none(target, wrong):
    """Say which results are wrong, as the course's test_utils does."""
    for name in wrong:
        print("\033[91mError: Wrong output for variable " + name + ".")
    if wrong:
        print("\033[92m", 2, " Tests passed")
        print("\033[91m", 2, " Tests failed")
        raise AssertionError(
            f"Not all tests were passed for {target.__name__}. Check your equations "
            "and avoid using global variables inside the function."
        )
    print("\033[92m All tests passed.")


def _differ(wanted, found):
    return [name for name, x in wanted.items() if not np.allclose(found[name], x, atol=1.5e-6)]


def two_layer_model_test(target):
    np.random.seed(1)
    X, Y = np.random.randn(10, 10), np.random.randn(1, 10)
    parameters, costs = target(X, Y, (10, 4, 1), 0.0075, 2, False)
    wanted = {
        "W2": [[-0.00200283, -0.00888593, -0.00751122, 0.01688162]],
        "b2": -0.00689018,
        "0": 0.69315968,
    }
    _all_or_none(target, _differ(wanted, {**parameters, "0": costs[0]}))


def L_layer_model_test(target):  # noqa: N802
    np.random.seed(1)
    X, Y = np.random.randn(10, 10), np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])
    parameters, costs = target(X, Y, (10, 5, 6, 1), 0.0075, 2, False)
    wanted = {"b3": 0.0013201, "0": 0.70723944}
    _all_or_none(target, _differ(wanted, {**parameters, "0": costs[0]}))


def initialize_parameters_zeros_test(target):
    found = target([3, 2, 1])
    wanted = {"W1": np.zeros((2, 3)), "b1": 0, "W2": np.zeros((1, 2)), "b2": 0}
    _all_or_none(target, _differ(wanted, found))
