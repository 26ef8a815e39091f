"""Gradient descent as a loop: what it records, how it stops, what it leaves alone."""

import io

import numpy as np
import pytest

from symbreak import datasets, initializers, network
from symbreak.descent import descend
from symbreak.history import DivergenceError, History
from symbreak.progress import Progress

X, Y = datasets.flower(100)
START = initializers.normal((2, 3, 1), seed=0)


def train(parameters=START, **arguments):
    return network.train(
        X, Y, parameters, **({"learning_rate": 1, "num_iterations": 10} | arguments)
    )


def test_iteration_t_means_after_t_updates():
    _, history = train(num_iterations=7, snapshots=range(8), cost_every=3)
    assert history.iterations.tolist() == [0, 3, 6, 7]
    for t in range(8):
        parameters, _ = train(num_iterations=t)
        for name, array in parameters.items():
            np.testing.assert_array_equal(history.snapshots[t][name], array)
    for t, cost in zip(history.iterations, history.costs, strict=True):
        Z2 = network.forward(X, history.snapshots[int(t)])[1]["Z2"]
        assert cost == pytest.approx(network.compute_cost(Z2, Y), rel=1e-14)


def test_no_iterations_return_the_start_and_its_cost():
    parameters, history = train(num_iterations=0, snapshots=[0])
    assert history.iterations.tolist() == [0]
    assert history.costs.shape == (1,)
    np.testing.assert_array_equal(parameters["W1"], START["W1"])


@pytest.mark.parametrize(("num_iterations", "recorded"), [(1000, 1001), (1001, 502), (2500, 835)])
def test_about_a_thousand_costs_are_kept_however_long_the_run(num_iterations, recorded):
    _, history = network.train(
        [[1.0]], [[1]], initializers.zeros((1, 1)), learning_rate=1, num_iterations=num_iterations
    )
    assert history.iterations.size == history.costs.size == recorded
    assert history.iterations[-1] == num_iterations


def test_training_lowers_the_cost():
    _, history = train(num_iterations=500)
    assert history.costs[-1] < 0.6 < history.costs[0]


def test_the_start_is_neither_changed_nor_shared():
    start = {name: array.copy() for name, array in START.items()}
    parameters, history = train(start, num_iterations=0, snapshots=[0])
    start["W1"][:] = 7
    np.testing.assert_array_equal(history.snapshots[0]["W1"], START["W1"])
    np.testing.assert_array_equal(parameters["W1"], START["W1"])
    parameters, _ = train(START)
    assert not np.array_equal(parameters["W1"], START["W1"])
    np.testing.assert_array_equal(START["W1"], initializers.normal((2, 3, 1), seed=0)["W1"])


def test_the_parameters_and_the_last_snapshot_are_two_things():
    parameters, history = train(num_iterations=3, snapshots=[3])
    before = history.snapshots[3]["W1"].copy()
    np.testing.assert_array_equal(parameters["W1"], before)
    parameters["W1"] += 1
    np.testing.assert_array_equal(history.snapshots[3]["W1"], before)


def test_rates_may_be_numbers_arrays_or_one_per_parameter():
    expected, _ = train(learning_rate=0.5)
    entries = {name: np.full(array.shape, 0.5) for name, array in START.items()}
    for rate in (np.float32(0.5), np.array(0.5), np.full((1, 1), 0.5), entries):
        parameters, _ = train(learning_rate=rate)
        np.testing.assert_array_equal(parameters["W1"], expected["W1"])
    frozen, _ = train(learning_rate=entries | {"W1": 1e-300})
    np.testing.assert_array_equal(frozen["W1"], START["W1"])


def test_a_diverging_run_names_the_iteration_and_keeps_the_history():
    arguments = {"activation": "relu", "learning_rate": 1e60, "snapshots": range(300)}
    with pytest.raises(DivergenceError, match="training diverged: at iteration") as caught:
        train(num_iterations=300, **arguments)
    error = caught.value
    assert isinstance(error, ArithmeticError)
    assert 0 < error.iteration < 300
    assert f"at iteration {error.iteration} " in str(error)
    assert error.runs == []
    assert error.history.iterations.tolist() == list(range(error.iteration))
    assert np.isfinite(error.history.costs).all()
    assert max(error.history.snapshots) == error.iteration - 1
    train(num_iterations=error.iteration - 1, **arguments | {"snapshots": ()})
    with pytest.raises(DivergenceError, match=f"at iteration {error.iteration} "):
        train(num_iterations=error.iteration, **arguments | {"snapshots": ()})


def test_a_late_divergence_is_dated_exactly():
    rate = np.full((1, 1), 3.0)  # W doubles in size, up to sign, until it overflows
    parameters = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[1.0]], "b2": [[0.0]]}
    iterations = []
    for cost_every in (1, 1000):
        with pytest.raises(DivergenceError) as caught:
            network.train(
                [[1e3, -1e3]],
                [[0, 1]],
                parameters,
                learning_rate=rate,
                num_iterations=1000,
                activation="identity",
                cost_every=cost_every,
            )
        iterations.append(caught.value.iteration)
    assert iterations[0] == iterations[1]


def test_a_cost_that_is_infinite_only_once_is_noticed():
    with pytest.raises(DivergenceError, match="at iteration 7 ") as caught:
        descend(
            {"w": 0.0},
            # w counts the updates
            lambda p, cost: (np.float64(np.inf if p["w"] == 7 else p["w"]), {"w": -1.0}),
            rates={"w": 1},
            num_iterations=50,
            snapshots=(),
            cost_every=1,
        )
    assert caught.value.history.costs.tolist() == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("cache", [1, 2**15])
def test_a_diverging_stack_names_the_runs(monkeypatch, cache):
    monkeypatch.setattr(network, "CACHE", cache)  # 1: one run at a time
    stacked = initializers.stack([START] * 4)
    rates = np.array([1, 1e60, 1, 1e60]).reshape(4, 1, 1)
    with pytest.raises(DivergenceError, match=r"in the runs 1, 3;") as caught:
        train(stacked, learning_rate=rates, activation="relu", num_iterations=300)
    assert caught.value.runs == [1, 3]
    grid = {name: array.reshape(2, 2, *array.shape[1:]) for name, array in stacked.items()}
    with pytest.raises(DivergenceError, match=r"in the runs \(0, 1\), \(1, 1\);"):
        train(grid, learning_rate=rates.reshape(2, 2, 1, 1), activation="relu", num_iterations=300)


def test_history_returns_one_parameter_over_time():
    _, history = train(snapshots=[10, 0, 5])
    iterations, W1 = history.weights("W1")
    assert iterations.tolist() == [0, 5, 10]
    assert W1.shape == (3, 3, 2)
    np.testing.assert_array_equal(W1[0], START["W1"])


def test_history_says_what_is_missing():
    _, history = train(snapshots=[0])
    with pytest.raises(ValueError, match="name must be one of W1, b1, W2, b2, got 'w1'; did you"):
        history.weights("w1")
    with pytest.raises(ValueError, match=r"history holds no snapshots; pass .*snapshots="):
        History(np.array([]), np.array([])).weights("W1")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("stderr", "drawn"), [(Terminal(), True), (io.StringIO(), False)])
def test_progress_is_drawn_on_a_terminal_only(monkeypatch, stderr, drawn):
    monkeypatch.setattr("sys.stderr", stderr)
    clock = iter(np.arange(0, 100, 0.6))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with Progress(4) as progress:
        progress(1)
        assert stderr.getvalue() == ""  # not yet a second
        progress(2)
        assert ("50%  iteration 2 of 4" in stderr.getvalue()) == drawn
    assert stderr.getvalue().endswith("\r") == drawn


def test_training_is_silent(capsys):
    train(num_iterations=300)
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


# Arrays that are made once --------------------------------------------------------------------


@pytest.mark.parametrize("runs", [1, 2, 5, 7])
@pytest.mark.parametrize("cache", [1, 601, 1201, 2**15])
def test_runs_that_are_taken_some_at_a_time_end_as_all_at_once(monkeypatch, runs, cache):
    """A run of these 3 units and 100 samples takes 300 numbers."""
    starts = initializers.stack([initializers.normal((2, 3, 1), seed=s) for s in range(runs)])
    rates = {name: np.full((runs, 1, 1), 0.5) for name in starts} | {"b1": 1.0}
    together, all_costs = train(starts, learning_rate=rates, cost_every=1, snapshots=[3])
    monkeypatch.setattr(network, "CACHE", cache)
    parts, costs = train(starts, learning_rate=rates, cost_every=1, snapshots=[3])
    np.testing.assert_allclose(costs.costs, all_costs.costs, rtol=1e-13)
    assert costs.costs.shape == (11, runs)
    for name, array in together.items():
        np.testing.assert_allclose(parts[name], array, rtol=1e-11)
        np.testing.assert_allclose(costs.snapshots[3][name], all_costs.snapshots[3][name])


@pytest.mark.parametrize(
    ("runs", "most", "lengths"), [(7, 3, [2, 2, 3]), (6, 3, [3, 3]), (2, 9, [2])]
)
def test_the_parts_have_nearly_the_same_length_and_leave_nothing_out(runs, most, lengths):
    parts = network._parts(runs, most)
    assert [len(range(runs)[part]) for part in parts] == lengths
    assert [run for part in parts for run in range(runs)[part]] == list(range(runs))


def test_what_the_caller_gets_is_contiguous_and_its_own():
    start = {name: np.asfortranarray(array) for name, array in START.items()}
    end, history = train(start, snapshots=[10])
    AL, cache = network.forward(X, start)
    grads = network.backward(start, cache, np.asfortranarray(X), Y)
    arrays = [*end.values(), *history.snapshots[10].values(), AL, *cache.values(), *grads.values()]
    assert all(array.flags["C_CONTIGUOUS"] and array.flags["OWNDATA"] for array in arrays)
    assert len({array.ctypes.data for array in arrays}) == len(arrays) - 1  # A2 is in the cache
