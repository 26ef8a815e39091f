"""The contestants of `make bench` compute the same runs, and its rows say what they measured."""

import bench
import numpy as np
import pytest
import results
from contestants import arithmetic, course, pytorch

from symbreak import datasets, initializers, network

N = 50


@pytest.mark.parametrize("contestant", [course, arithmetic, pytorch])
def test_a_contestant_trains_as_the_package_does(contestant):
    if contestant is pytorch:
        pytest.importorskip("torch", reason="`make oracles` installs it")
    X, Y = datasets.flower()
    start = initializers.normal((2, 4, 1), seed=3, scale=1)
    ours, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=N)
    theirs = contestant(X, Y, start, 1.2, N)
    for name, value in ours.items():
        np.testing.assert_allclose(theirs[name], value, rtol=0, atol=1e-10)
        assert np.abs(value - start[name]).max() > 1e-3


@pytest.mark.parametrize(("dims", "runs"), [((2, 4, 1), 1), ((2, 4, 1), 64), ((2, 4, 4, 1), 20)])
def test_the_arithmetic_has_the_costs_of_the_package(dims, runs):
    X, Y = datasets.flower(80)
    starts = [initializers.normal(dims, seed=seed, scale=1) for seed in range(runs)]
    start = starts[0] if runs == 1 else initializers.stack(starts)
    _, history = network.train(X, Y, start, learning_rate=0.5, num_iterations=N)
    p = arithmetic(X, Y, start, 0.5, N, fits=2000)
    cost = network.compute_cost(network.forward(X, p)[1][f"Z{len(dims) - 1}"], Y)
    np.testing.assert_allclose(cost, history.costs[-1], rtol=1e-12)


def test_the_loop_trains_relu_too():
    X, Y = datasets.flower()
    start = initializers.normal((2, 4, 1), seed=3, scale=1)
    options = {"learning_rate": 0.1, "num_iterations": N, "activation": "relu"}
    ours, _ = network.train(X, Y, start, **options)
    theirs = course(X, Y, start, **options)
    for name, value in ours.items():
        np.testing.assert_allclose(theirs[name], value, rtol=0, atol=1e-10)


def test_a_row_says_whether_its_target_is_met():
    seconds = {"slow": np.array([2.0, 4.0, 3.0, 3.0]), "fast": np.array([1.0, 1.0, 1.0, 2.0])}
    row = bench.compare("one", "small", seconds, "slow", "fast", at_least=3)
    assert row.plain() == {
        "name": "one", "problem": "small", "a": "slow", "b": "fast", "ratio": 3.0,
        "quartiles": [1.875, 3.25], "target": "at least 3", "holds": "yes", "amounts": {},
        "unit": "",
    }  # fmt: skip
    missed = bench.compare("one", "small", seconds, "slow", "fast", at_most=2.9)
    assert (missed.plain()["target"], missed.plain()["holds"]) == ("at most 2.9", "no")


def test_contestants_take_turns():
    turns = []
    contestants = {name: lambda name=name: turns.append(name) for name in "ab"}
    seconds = bench.interleaved(contestants, rounds=2)
    assert turns == ["a", "b"] * 3
    assert seconds["a"].shape == (2,)


def test_what_is_measured_has_the_names_that_the_page_shows():
    rows = [row.plain() for row in bench.stacked(rounds=2, iterations=50)]
    known = results.read(bench.FILE)["stacked"]["rows"]
    for row, old in zip(rows, known, strict=True):
        assert [row[key] for key in ("name", "problem", "a", "b", "target")] == [
            old[key] for key in ("name", "problem", "a", "b", "target")
        ]
