"""The optimizers, the mini-batches and the dropout masks; the masks inside the network."""

import numpy as np
import pytest
from functions import FUNCTIONS

from symbreak import datasets, initializers, network, symmetry
from symbreak.activations import ACTIVATIONS
from symbreak.optimizers import (
    OPTIMIZERS,
    adam,
    dropout_masks,
    gradient_descent,
    mini_batches,
    momentum,
    rmsprop,
)

DIMS = (3, 4, 3, 1)


def some_parameters(seed=0):
    random = np.random.RandomState(seed)
    start = initializers.zeros(DIMS)
    return {name: random.randn(*array.shape) for name, array in start.items()}


def gradients_like(parameters, steps, seed=1):
    random = np.random.RandomState(seed)
    return [
        {f"d{name}": random.randn(*array.shape) for name, array in parameters.items()}
        for _ in range(steps)
    ]


def walk(optimizer, parameters, gradients, **arguments):
    state = {}
    for grads in gradients:
        parameters, state = optimizer(parameters, grads, state, **arguments)
    return parameters, state


def one_weight(W, dW):
    return {"W1": [[W]], "b1": [[0]]}, {"dW1": [[dW]], "db1": [[0]]}


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        (gradient_descent, [3, 1]),  # 5 - 2, 3 - 2
        (momentum, [4, 2.5]),  # v = 1, then (1 + 2) / 2
        (rmsprop, [5 - 2 / (np.sqrt(2) + 1), 6 - np.sqrt(3) - 2 / (np.sqrt(2) + 1)]),  # s = 2, 3
        (adam, [5 - 2 / (2 + 1), 5 - 4 / 3]),  # corrected: v = 2, s = 4 in both steps
    ],
)
def test_two_steps_worked_by_hand(optimizer, expected):
    arguments = {
        gradient_descent: {},
        momentum: {"beta": 0.5},
        rmsprop: {"beta": 0.5, "epsilon": 1},
        adam: {"beta1": 0.5, "beta2": 0.75, "epsilon": 1},
    }[optimizer]
    parameters, grads = one_weight(5, 2)
    state = {}
    for value in expected:
        parameters, state = optimizer(parameters, grads, state, learning_rate=1, **arguments)
        assert parameters["W1"].item() == pytest.approx(value, rel=1e-15)
        assert parameters["b1"].item() == 0


def averages(gradients, name, beta, power=1):
    """Moving averages after each step, as explicit sums."""
    values = np.array([grads[name] ** power for grads in gradients])
    for t in range(1, len(gradients) + 1):
        weights = (1 - beta) * beta ** np.arange(t - 1, -1, -1)
        yield np.tensordot(weights, values[:t], axes=1)


def test_momentum_equals_the_explicit_sum_of_all_gradients():
    start = some_parameters()
    gradients = gradients_like(start, 7)
    end, _ = walk(momentum, start, gradients, learning_rate=0.3)
    for name in start:
        moves = sum(averages(gradients, f"d{name}", 0.9))
        np.testing.assert_allclose(end[name], start[name] - 0.3 * moves, rtol=1e-12, atol=1e-14)


def test_rmsprop_equals_the_explicit_sum_of_all_gradients():
    start = some_parameters()
    gradients = gradients_like(start, 7)
    end, _ = walk(rmsprop, start, gradients, learning_rate=0.3)
    for name in start:
        roots = [np.sqrt(s) for s in averages(gradients, f"d{name}", 0.9, power=2)]
        moves = sum(g[f"d{name}"] / (root + 1e-8) for g, root in zip(gradients, roots))
        np.testing.assert_allclose(end[name], start[name] - 0.3 * moves, rtol=1e-12, atol=1e-14)


def test_adam_equals_the_explicit_sum_of_all_gradients():
    start = some_parameters()
    gradients = gradients_like(start, 7)
    end, state = walk(adam, start, gradients, learning_rate=0.3)
    assert state["t"] == 7
    for name in start:
        first = averages(gradients, f"d{name}", 0.9)
        second = averages(gradients, f"d{name}", 0.999, power=2)
        moves = sum(
            v / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
            for t, (v, s) in enumerate(zip(first, second), 1)
        )
        np.testing.assert_allclose(end[name], start[name] - 0.3 * moves, rtol=1e-12, atol=1e-14)


def test_momentum_is_the_sum_without_averaging_at_a_smaller_rate():
    start, beta, rate = some_parameters(), 0.8, 0.3
    gradients = gradients_like(start, 5)
    other = dict(start)
    buffer = {name: 0 for name in start}  # the convention of PyTorch's SGD
    for grads in gradients:
        buffer = {name: beta * buffer[name] + grads[f"d{name}"] for name in start}
        other = {name: other[name] - (1 - beta) * rate * buffer[name] for name in start}
    end, _ = walk(momentum, start, gradients, learning_rate=rate, beta=beta)
    for name in start:
        np.testing.assert_allclose(end[name], other[name], rtol=1e-12)


def test_adam_moves_by_the_learning_rate_whatever_the_size_of_a_steady_gradient():
    for size in (1e-3, 1.0, 1e3):
        parameters, grads = one_weight(0, size)
        end, _ = walk(adam, parameters, [grads] * 5, learning_rate=0.1)
        assert end["W1"].item() == pytest.approx(-0.5, rel=2e-5)


def test_without_memory_momentum_is_gradient_descent():
    start = some_parameters()
    gradients = gradients_like(start, 3)
    plain, state = walk(gradient_descent, start, gradients, learning_rate=0.3)
    without, _ = walk(momentum, start, gradients, learning_rate=0.3, beta=0)
    assert state == {}
    for name in start:
        np.testing.assert_array_equal(plain[name], without[name])
        assert not np.array_equal(plain[name], start[name])


def permuted(arrays, prefix=""):
    order = [2, 0, 3, 1]
    return arrays | {
        f"{prefix}W1": arrays[f"{prefix}W1"][order],
        f"{prefix}b1": arrays[f"{prefix}b1"][order],
        f"{prefix}W2": arrays[f"{prefix}W2"][:, order],
    }


def scaled(factor, arrays, prefix=""):
    """Multiply the first unit of layer 1 in all its parts."""
    new = {name: array.copy() for name, array in arrays.items()}
    for name in ("W1", "b1"):
        new[prefix + name][0] *= factor
    new[f"{prefix}W2"][:, 0] *= factor
    return new


def commutes(optimizer, transform):
    start = some_parameters()
    gradients = gradients_like(start, 4)
    end, _ = walk(optimizer, start, gradients, learning_rate=0.3)
    other = [transform(grads, prefix="d") for grads in gradients]
    end_other, _ = walk(optimizer, transform(start), other, learning_rate=0.3)
    expected = transform(end)
    return all(np.allclose(end_other[name], expected[name], rtol=1e-9) for name in start)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_commutes_with_permutations_and_signs(name):
    assert commutes(OPTIMIZERS[name], permuted)
    assert commutes(OPTIMIZERS[name], lambda arrays, prefix="": scaled(-1, arrays, prefix))


def test_only_gradient_descent_and_momentum_commute_with_a_positive_factor():
    triple = {
        name: commutes(optimizer, lambda arrays, prefix="": scaled(3, arrays, prefix))
        for name, optimizer in OPTIMIZERS.items()
    }
    assert triple == {"gradient_descent": True, "momentum": True, "rmsprop": False, "adam": False}


@pytest.mark.parametrize(
    ("name", "width"), [("gradient_descent", 1), ("momentum", 1), ("rmsprop", 3), ("adam", 3)]
)
def test_zero_weights_and_random_biases_are_one_relu_unit_unless_steps_are_normalized(name, width):
    X, Y = datasets.flower()
    start = initializers.random_biases((2, 4, 1), seed=3)
    assert (start["b1"] > 0).sum() == 3
    parameters, state = start, {}
    rate = 1.2 if name in ("gradient_descent", "momentum") else 0.01
    for _ in range(200):
        _, cache = network.forward(X, parameters, activation="relu")
        grads = network.backward(parameters, cache, X, Y, activation="relu")
        parameters, state = OPTIMIZERS[name](parameters, grads, state, learning_rate=rate)
    dead = start["b1"][:, 0] <= 0
    np.testing.assert_array_equal(parameters["W1"][dead], 0)
    assert np.abs(parameters["W1"][~dead]).min() > 1e-3
    assert symmetry.effective_width(parameters, activation="relu", rtol=1e-4) == width


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_nothing_is_changed_in_place(name):
    start = some_parameters()
    gradients = gradients_like(start, 2)
    empty = {}
    middle, state = OPTIMIZERS[name](start, gradients[0], empty, learning_rate=0.3)
    kept = [start, gradients[1], middle, *(state[key] for key in "vs" if key in state)]
    before = [{key: array.copy() for key, array in arrays.items()} for arrays in kept]
    OPTIMIZERS[name](middle, gradients[1], state, learning_rate=0.3)
    assert empty == {}
    for arrays, copies in zip(kept, before):
        for key, array in arrays.items():
            np.testing.assert_array_equal(array, copies[key])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_stacked_runs_equal_single_runs(name):
    runs = [some_parameters(seed) for seed in (1, 2)]
    gradients = [gradients_like(run, 3, seed) for seed, run in enumerate(runs)]
    both = [{key: np.stack([g[key] for g in pair]) for key in pair[0]} for pair in zip(*gradients)]
    rates = np.array([0.1, 0.4]).reshape(2, 1, 1)
    stacked, _ = walk(OPTIMIZERS[name], initializers.stack(runs), both, learning_rate=rates)
    for r, run in enumerate(runs):
        single, _ = walk(OPTIMIZERS[name], run, gradients[r], learning_rate=float(rates[r, 0, 0]))
        for key in run:
            np.testing.assert_allclose(stacked[key][r], single[key], rtol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_lowers_the_cost_of_the_flower(name):
    X, Y = datasets.flower()
    parameters, state = initializers.normal((2, 4, 1), seed=1), {}
    for _ in range(100):
        _, cache = network.forward(X, parameters)
        grads = network.backward(parameters, cache, X, Y)
        parameters, state = OPTIMIZERS[name](
            parameters,
            grads,
            state,
            learning_rate=1.2 if name in ("gradient_descent", "momentum") else 0.03,
        )
    cost = network.compute_cost(network.forward(X, parameters)[1]["Z2"], Y)
    assert cost < 0.67


def test_batches_deal_every_sample_once_and_the_last_one_is_smaller():
    batches = mini_batches(10, 4, seed=3)
    assert [len(batch) for batch in batches] == [4, 4, 2]
    order = np.concatenate(batches)
    assert sorted(order) == list(range(10)) and list(order) != list(range(10))
    assert [len(batch) for batch in mini_batches(8, 4, seed=3)] == [4, 4]
    assert [len(batch) for batch in mini_batches(3, 64, seed=3)] == [3]
    same, other = mini_batches(10, 4, seed=3), mini_batches(10, 4, seed=4)
    assert np.array_equal(order, np.concatenate(same))
    assert not np.array_equal(order, np.concatenate(other))


def test_gradients_of_the_batches_average_to_the_full_gradient():
    X, Y = datasets.flower(100)
    parameters = initializers.normal((2, 4, 1), seed=1, scale=1)

    def gradient(i):
        return network.backward(
            parameters, network.forward(X[:, i], parameters)[1], X[:, i], Y[:, i]
        )

    batches = mini_batches(100, 30, seed=0)
    full = gradient(np.arange(100))
    parts = [gradient(i) for i in batches]
    for key in ("dW1", "db1", "dW2", "db2"):
        mean = sum(len(i) * part[key] for i, part in zip(batches, parts)) / 100
        np.testing.assert_allclose(mean, full[key], rtol=1e-12, atol=1e-15)


def test_masks_are_zero_or_one_over_keep_prob_and_average_to_one():
    masks = dropout_masks((50, 40, 30, 1), 1000, keep_prob=0.8, seed=0)
    assert {key: D.shape for key, D in masks.items()} == {"D1": (40, 1000), "D2": (30, 1000)}
    for D in masks.values():
        assert set(np.unique(D)) == {0, 1 / 0.8}
        assert D.mean() == pytest.approx(1, abs=0.02)  # standard deviation below 0.003
    ones = dropout_masks((50, 40, 1), 10, keep_prob=1, seed=0)["D1"]
    assert np.all(ones == 1)


def test_masks_can_be_drawn_for_chosen_layers():
    keep = {"D2": 0.5, "D0": 0.9}
    masks = dropout_masks(DIMS, 7, keep_prob=keep, seed=0)
    assert {key: D.shape for key, D in masks.items()} == {"D0": (3, 7), "D2": (3, 7)}
    assert masks["D0"].max() == 1 / 0.9 and masks["D2"].max() == 2
    again = dropout_masks(DIMS, 7, keep_prob=keep, seed=0)
    other = dropout_masks(DIMS, 7, keep_prob=keep, seed=1)
    assert np.array_equal(masks["D2"], again["D2"])
    assert not np.array_equal(masks["D2"], other["D2"])


def masked_loss(X, Y, parameters, activation, masks):
    """The cost with masks, written anew and for complex numbers."""
    A, L = X, len(parameters) // 2
    for layer in range(1, L + 1):
        A = A * masks.get(f"D{layer - 1}", 1)
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        A = FUNCTIONS[activation](Z, np.exp)
    return (np.log(1 + np.exp(Z)) - Y * Z).sum() / X.shape[1]


def problem(m=9, seed=3):
    random = np.random.RandomState(seed)
    return random.randn(DIMS[0], m), random.randint(0, 2, (1, m)), some_parameters(seed)


def complex_step(X, Y, parameters, activation, masks, h=1e-30):
    for name, array in parameters.items():
        derivative = np.empty_like(array)
        for index in np.ndindex(array.shape):
            nudged = array.astype(complex)
            nudged[index] += 1j * h
            value = masked_loss(X, Y, parameters | {name: nudged}, activation, masks)
            derivative[index] = value.imag / h
        yield f"d{name}", derivative


@pytest.mark.parametrize("keep_prob", [0.7, {"D0": 0.7}, {"D2": 0.5}, {"D0": 0.8, "D1": 0.6}])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_with_masks_matches_complex_step_derivatives(activation, keep_prob):
    X, Y, parameters = problem()
    masks = dropout_masks(DIMS, X.shape[1], keep_prob=keep_prob, seed=2)
    assert all((D == 0).any() for D in masks.values())
    _, cache = network.forward(X, parameters, activation=activation, masks=masks)
    assert min(np.abs(cache[Z]).min() for Z in ("Z1", "Z2")) > 1e-4  # away from the kink
    grads = network.backward(parameters, cache, X, Y, activation=activation)
    _, plain = network.forward(X, parameters, activation=activation)
    without = network.backward(parameters, plain, X, Y, activation=activation)
    for name, expected in complex_step(X, Y, parameters, activation, masks):
        np.testing.assert_allclose(grads[name], expected, rtol=1e-10, atol=1e-12, err_msg=name)
    assert not np.allclose(grads["dW1"], without["dW1"], rtol=1e-3)


def test_stacked_runs_have_masks_of_their_own_or_share_them():
    X, Y, _ = problem()
    runs = [some_parameters(seed) for seed in (1, 2)]
    stacked = initializers.stack(runs)
    draws = [dropout_masks(DIMS, 9, keep_prob={"D0": 0.7, "D1": 0.7}, seed=seed) for seed in (5, 6)]
    own = {key: np.stack([masks[key] for masks in draws]) for key in draws[0]}
    for masks, each in ((own, draws), (draws[0], draws[:1] * 2)):
        AL, cache = network.forward(X, stacked, masks=masks)
        grads = network.backward(stacked, cache, X, Y)
        for r, run in enumerate(runs):
            expected, single = network.forward(X, run, masks=each[r])
            np.testing.assert_allclose(AL[r], expected, rtol=1e-12)
            for key, value in network.backward(run, single, X, Y).items():
                np.testing.assert_allclose(grads[key][r], value, rtol=1e-10, atol=1e-14)


def test_masks_of_ones_change_nothing_and_a_masked_unit_gets_no_gradient():
    X, Y, parameters = problem()
    ones = {f"D{layer}": np.ones((n, 9), dtype=int) for layer, n in enumerate(DIMS[:-1])}
    A3, _ = network.forward(X, parameters)
    np.testing.assert_array_equal(network.forward(X, parameters, masks=ones)[0], A3)
    D1 = np.ones((4, 9))
    D1[2] = 0
    A3, cache = network.forward(X, parameters, masks={"D1": D1})
    grads = network.backward(parameters, cache, X, Y)
    assert not grads["dW1"][2].any() and not grads["dW2"][:, 2].any()
    assert grads["dW1"][[0, 1, 3]].all() and grads["dW2"][:, [0, 1, 3]].all()
    without = parameters | {"W2": parameters["W2"] * [1, 1, 0, 1]}
    np.testing.assert_allclose(A3, network.forward(X, without)[0], rtol=1e-12)


def test_the_masks_are_in_the_cache_and_keep_the_type_of_the_data():
    X, Y, parameters = problem()
    masks = dropout_masks(DIMS, 9, keep_prob=0.5, seed=0)
    theta = {name: array.astype(np.float32) for name, array in parameters.items()}
    _, cache = network.forward(X.astype(np.float32), theta, masks=masks)
    assert {"D1", "D2"} <= set(cache) and "D0" not in cache
    assert {array.dtype for array in cache.values()} == {np.dtype(np.float32)}
    grads = network.backward(theta, cache, X.astype(np.float32), Y)
    assert {array.dtype for array in grads.values()} == {np.dtype(np.float32)}


D1 = np.ones((4, 9))


@pytest.mark.parametrize(
    ("masks", "error", "message"),
    [
        ([D1], TypeError, r"masks must be a dictionary \{'D1': D1, ...\}, got \[array"),
        ({"D3": D1}, ValueError, "a mask must be one of D0, D1, D2, got 'D3'"),
        ({"D1": D1.T}, ValueError, r"D1 must have shape \(n_1 = 4, m = 9\), got \(9, 4\); D1.T"),
        ({"D0": D1}, ValueError, r"D0 must have shape \(n_0 = 3, m = 9\), got \(4, 9\)"),
        ({"D1": D1 * np.nan}, ValueError, "D1 must be finite, got NaN"),
        ({"D1": D1[None]}, ValueError, r"D1 must have the run axes \(\) or none, got \(1, 4, 9\)"),
    ],
)
def test_bad_masks_are_named(masks, error, message):
    X, Y, parameters = problem()
    with pytest.raises(error, match=message):
        network.forward(X, parameters, masks=masks)
    if isinstance(masks, dict):
        _, cache = network.forward(X, parameters)
        with pytest.raises(error, match=message):
            network.backward(parameters, cache | masks, X, Y)


@pytest.mark.parametrize(
    ("optimizer", "state", "arguments", "error", "message"),
    [
        (adam, None, {}, TypeError, "state must be a dictionary .* v, s, t, got NoneType"),
        (adam, {"v": {}}, {}, ValueError, r"state lacks the key 's', got \['v'\]"),
        (momentum, {"s": {}}, {}, ValueError, "state lacks the key 'v'"),
        (gradient_descent, {"v": {}}, {}, ValueError, "state has the unknown key 'v'"),
        (momentum, {"v": {}}, {}, ValueError, r"state\['v'\] lacks the key 'dW1'"),
        (momentum, {}, {"beta": 1}, ValueError, "beta must be at least 0 and less than 1, got 1"),
        (adam, {}, {"beta2": -0.1}, ValueError, "beta2 must be at least 0 and less .*, got -0.1"),
        (rmsprop, {}, {"epsilon": 0}, ValueError, "epsilon must be greater than 0, got 0"),
        (rmsprop, {}, {"learning_rate": 0}, ValueError, "learning_rate must be greater than 0"),
    ],
)
def test_a_bad_state_or_setting_is_named(optimizer, state, arguments, error, message):
    parameters, grads = one_weight(1, 1)
    with pytest.raises(error, match=message):
        optimizer(parameters, grads, state, **({"learning_rate": 1} | arguments))


def test_a_number_of_steps_that_no_float_can_hold_is_refused():
    parameters, grads = one_weight(1, 1)
    _, state = adam(parameters, grads, {}, learning_rate=1)
    with pytest.raises(ValueError, match=r"state\['t'\] must be at most 9007199254740992, got 10"):
        adam(parameters, grads, state | {"t": 10**400}, learning_rate=1)


def test_an_epsilon_that_is_0_in_the_type_of_the_parameters_is_refused():
    parameters, grads = ({k: np.float32(v) for k, v in d.items()} for d in one_weight(1, 1))
    with pytest.raises(ValueError, match="epsilon must be greater than 0 in float32, got 1e-50"):
        rmsprop(parameters, grads, {}, learning_rate=1, epsilon=1e-50)


def test_half_precision_is_widened_so_that_the_usual_epsilon_is_not_0():
    zero = {"W1": np.zeros((1, 1), np.float16), "b1": np.zeros((1, 1), np.float16)}
    moved, _ = adam(zero, {f"d{k}": v for k, v in zero.items()}, {}, learning_rate=1)
    assert moved["W1"].dtype == np.float64 and moved["W1"].item() == 0


def test_a_state_of_another_network_is_refused():
    parameters, grads = one_weight(1, 1)
    _, state = momentum(parameters, grads, {}, learning_rate=1)
    wide = {"W1": [[1, 1]], "b1": [[0]]}
    with pytest.raises(ValueError, match=r"dW1 must have shape \(1, 2\), got \(1, 1\)"):
        momentum(wide, {"dW1": [[1, 1]], "db1": [[0]]}, state, learning_rate=1)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: mini_batches(0, 1, seed=0), ValueError, "m must be at least 1, got 0"),
        (lambda: mini_batches(5, 0, seed=0), ValueError, "batch_size must be at least 1, got 0"),
        (lambda: mini_batches(5, 2, seed=None), TypeError, "seed must be an integer, got None"),
        (lambda: dropout_masks(DIMS, 5, keep_prob=0, seed=0), ValueError, "at most 1, got 0"),
        (lambda: dropout_masks(DIMS, 5, keep_prob=1.5, seed=0), ValueError, "at most 1, got 1.5"),
        (
            lambda: dropout_masks(DIMS, 5, keep_prob={"D3": 0.5}, seed=0),
            ValueError,
            "a key of keep_prob must be one of D0, D1, D2, got 'D3'",
        ),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
