"""Real runs: each failing start is found, and healthy ones raise no alarm."""

import numpy as np
import pytest
from diagnosis_cases import (
    BIASES,
    DATA,
    DEAD,
    DEEP,
    FLOWER,
    LARGE,
    LN_2,
    NO_ALARM,
    SMALL,
    TIED,
    ZEROS,
    mirror,
    names_of,
    train,
)

from symbreak import diagnose, initializers, logistic, network
from symbreak.theory import label_entropy


@pytest.mark.parametrize(
    ("data", "start", "activation", "names"),
    [
        ("flower", ZEROS, "tanh", ("zero_weights", "weights_did_not_move")),
        ("flower", ZEROS, "sigmoid", ("zero_weights", "weights_did_not_move")),
        ("unbalanced", ZEROS, "relu", ("zero_weights", "weights_did_not_move")),
        ("unbalanced", ZEROS, "sigmoid", ("tied_equal", "one_effective_unit")),
        ("unbalanced", TIED, "tanh", ("tied_equal", "one_effective_unit")),
        ("flower", mirror(), "tanh", ("tied_sign", "leveled_off")),
        (
            "flower",
            BIASES,
            "relu",
            ("tied_factor", "one_effective_unit", "leveled_off", "dead_units"),
        ),
        ("flower", DEEP, "tanh", ("plateau",)),
        ("flower", DEAD, "relu", ("dead_layer", "weights_did_not_move")),
        ("flower", LARGE, "tanh", ("saturated_layer", "saturated_layer")),
        ("circles", initializers.zeros((2, 1)), "tanh", ("no_line_does_better",)),
    ],
)
def test_each_failing_start_gets_its_own_findings(data, start, activation, names):
    assert names_of(data, start, activation=activation) == names


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize(
    ("data", "learning_rate"),
    # At 1.2 some runs on the moons do jump: the test after the next.
    [("flower", 1.2), ("flower", 0.5), ("unbalanced", 0.5), ("moons", 0.5), ("blobs", 0.5)],
)
def test_healthy_runs_raise_no_alarm_at_any_spacing_of_the_costs(data, learning_rate, activation):
    X, Y = DATA[data]
    family = (initializers.normal, initializers.he)
    starts = [start((2, 4, 1), seed=seed) for start in family for seed in (0, 3)]
    settings = {"learning_rate": learning_rate, "num_iterations": 5000, "every": 50}
    costs, parameters = train(data, initializers.stack(starts), activation=activation, **settings)
    for run in range(len(starts)):
        end = {name: array[run] for name, array in parameters.items()}
        for every in (1, 20):
            one, passed = costs[::every, run], {"learning_rate": learning_rate, "every": 50 * every}
            found = diagnose(one, Y, end, X=X, activation=activation, start=starts[run], **passed)
            assert set(found.names) <= NO_ALARM | {"bad_basin"}
            if "bad_basin" in found.names:  # one of the forty: it ends at two thirds right
                assert network.accuracy(end, X, Y, activation=activation) < 0.7
                continue
            assert diagnose(one, Y).names == diagnose(one.round(6), Y).names == found.names
            assert not found.missing


def test_dead_units_of_healthy_relu_runs_are_reported_only_if_they_are_dead():
    X, Y = DATA["moons"]
    starts = [initializers.he((2, 4, 1), seed=seed) for seed in range(10)]
    settings = {"activation": "relu", "learning_rate": 0.1}
    costs, parameters = train("moons", initializers.stack(starts), **settings)
    reported, real = [], []
    for run in range(len(starts)):
        end = {name: array[run] for name, array in parameters.items()}
        found = diagnose(costs[:, run], Y, end, X=X, activation="relu")
        assert set(found.names) <= NO_ALARM | {"dead_units", "bad_basin"}
        if "bad_basin" in found.names:
            assert network.accuracy(end, X, Y, activation="relu") < 0.9
        reported.append("dead_units" in found.names)
        real.append((end["W1"] @ X + end["b1"] <= 0).all(axis=1).any())
    assert reported == real
    assert 0 < sum(real) < len(real)


def test_good_runs_near_the_largest_learning_rate_can_jump_and_are_reported():
    starts = [initializers.normal((2, 4, 1), seed=seed) for seed in range(12)]
    settings = {"num_iterations": 5000, "every": 1}
    costs, parameters = train("moons", initializers.stack(starts), **settings)
    good = network.accuracy(parameters, *DATA["moons"]) == 1
    names = [diagnose(one).names[0] for one in costs[:, good].T]
    assert {"jumped", "oscillating"} & set(names)
    rises = (costs / np.minimum.accumulate(costs))[:, good].max(axis=0)
    assert all(rise >= 1.1 for name, rise in zip(names, rises) if name in ("jumped", "oscillating"))


def test_flat_then_falling_is_a_plateau_of_small_weights():
    start = initializers.normal((2, 4, 1), seed=1, scale=1e-8)
    names = names_of("flower", start, num_iterations=300, every=10)
    assert names[0] == "plateau_then_falling"
    assert set(names) <= NO_ALARM


def test_a_plateau_that_is_being_left_is_not_called_stuck():
    start = initializers.normal((2, 4, 1), seed=1, scale=1e-8)
    costs, _ = train("flower", start, num_iterations=300, every=3)
    last = int(np.argmax(costs < LN_2 - 4e-4))
    assert diagnose(costs[:last], FLOWER[1]).names == ("leaving_plateau",)
    assert diagnose(costs[: last // 2], FLOWER[1]).names == ("stuck_at_ln_2",)


@pytest.mark.parametrize("every", [1, 2, 5])
def test_a_learning_rate_that_is_too_large_oscillates(every):
    costs, _ = train("flower", SMALL, learning_rate=12, num_iterations=100, every=every)
    found = diagnose(costs, FLOWER[1], every=every)
    assert found.names[0] == "oscillating"
    assert "learning rate" in found.findings[0].change
    assert "iteration" in found.findings[0].evidence


def test_costs_of_mini_batches_swing_though_the_run_is_healthy_and_the_text_says_so():
    X, Y = FLOWER
    parameters, costs, random = SMALL, [], np.random.RandomState(0)
    for _ in range(1300):
        batch = random.permutation(400)[:32]
        _, cache = network.forward(X[:, batch], parameters)
        costs.append(network.compute_cost(cache["Z2"], Y[:, batch]))
        grads = network.backward(parameters, cache, X[:, batch], Y[:, batch])
        parameters = network.update(parameters, grads, 0.3)
    assert network.accuracy(parameters, X, Y) > 0.8
    found = diagnose(costs[::10], Y)
    assert found.names == ("oscillating",)
    assert "mini-batches go up and down" in found.findings[0].meaning


def test_steps_up_the_gradient_are_rising():
    X, Y = FLOWER
    parameters, costs = SMALL, []
    for _ in range(60):
        _, cache = network.forward(X, parameters)
        costs.append(network.compute_cost(cache["Z2"], Y))
        grads = network.backward(parameters, cache, X, Y)
        parameters = network.update(parameters, {name: -grad for name, grad in grads.items()}, 1.2)
    assert diagnose(costs[::5], Y).names == ("rising",)
    assert "sign" in diagnose(costs[::5], Y).findings[0].change


def test_a_rate_far_too_small_is_still_falling_and_asks_for_a_larger_one():
    start = initializers.normal((2, 4, 1), seed=1, scale=1)
    costs, parameters = train("flower", start, learning_rate=1e-5)
    found = diagnose(costs, FLOWER[1], parameters)
    assert found.names == ("still_falling",)
    assert "larger learning rate" in found.findings[0].change


def test_updates_that_do_not_arrive_are_flat_above_the_label_entropy():
    X, Y = DATA["unbalanced"]
    start = initializers.normal((2, 4, 1), seed=1, scale=1)
    cost = network.compute_cost(network.forward(X, start)[1]["Z2"], Y)
    end = {name: array.copy() for name, array in start.items()}
    found = diagnose([cost] * 10, Y, end, X=X, activation="tanh", start=start)
    assert found.names == ("weights_did_not_move",)
    assert "no update reached" in found.findings[0].meaning
    assert diagnose([cost] * 10, Y).names == ("flat_above_label_entropy",)
    assert diagnose([cost] * 10, Y, end, X=X, activation="tanh").names == ("update",)


@pytest.mark.parametrize("seed", range(5))
def test_a_last_layer_at_rest_has_at_most_the_label_entropy(seed):
    X, Y = DATA["unbalanced"]
    start = initializers.normal((2, 4, 1), seed=seed, scale=3)
    _, cache = network.forward(X, start)
    last = {"w": start["W2"].T, "b": 5.0}
    settings = {"learning_rate": 0.5, "num_iterations": 3000}
    _, history = logistic.train(cache["A1"], Y, last, **settings)
    assert history.costs[0] > label_entropy(Y) > history.costs[-1]


def test_a_learning_rate_that_jumps_between_two_points_looks_flat_in_every_second_cost():
    costs, _ = train("unbalanced", ZEROS, learning_rate=12, num_iterations=200, every=1)
    Y = DATA["unbalanced"][1]
    assert diagnose(costs, Y).names == ("oscillating",)
    assert diagnose(costs[100::10], Y).names == ("flat_above_label_entropy",)
