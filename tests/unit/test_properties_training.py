"""What holds for every training, on generated input: stacked runs, ties, parts, coordinates."""

import numpy as np
from hypothesis import strategies as st
from strategies import (
    activations,
    all_close,
    close,
    data,
    generated,
    layer_dims,
    problems,
    random_parameters,
    run_of,
    seeds,
    smooth,
    trained,
)

from symbreak import gram, initializers, logistic, network, optimizers, symmetry

# Stacked runs ---------------------------------------------------------------------------------


@generated(problem=problems(runs=True), activation=activations, n=st.integers(0, 5))
def test_a_stacked_run_equals_the_single_runs(problem, activation, n):
    X, Y, stacked = problem
    settings = {"learning_rate": 0.1, "num_iterations": n, "activation": activation}
    end, history = trained(network.train, X, Y, stacked, snapshots=range(n + 1), **settings)
    accuracies = network.accuracy(end, X, Y, activation=activation)
    singles = [run_of(stacked, r) for r in range(len(stacked["W1"]))]
    assert all_close(initializers.stack(singles), stacked, 0)
    for r, start in enumerate(singles):
        one, alone = trained(network.train, X, Y, start, snapshots=range(n + 1), **settings)
        assert all_close(run_of(end, r), one)
        assert close(history.costs[:, r], alone.costs)
        assert history.snapshots.keys() == alone.snapshots.keys() == set(range(n + 1))
        assert all_close(run_of(history.snapshots[n], r), one)
        # At probability 1/2 rounding may decide: compare where no sample is that close.
        A, _ = network.forward(X, one, activation=activation)
        if (np.abs(A - 0.5) > 1e-9).all():
            assert accuracies[r] == network.accuracy(one, X, Y, activation=activation)


@generated(seed=seeds, n_x=st.integers(1, 5), m=st.integers(1, 8), runs=st.integers(1, 3))
def test_logistic_regression_is_the_network_of_one_layer_and_its_runs_stack(seed, n_x, m, runs):
    X, Y = data((n_x, 1), seed, m)
    p = random_parameters((n_x, 1), seed, (runs,))
    start = {"w": p["W1"].swapaxes(-1, -2), "b": p["b1"]}
    settings = {"learning_rate": 0.1, "num_iterations": 4}
    end, history = logistic.train(X, Y, start, **settings)
    network_end, _ = trained(network.train, X, Y, p, **settings)
    assert close(end["w"].swapaxes(-1, -2), network_end["W1"])
    assert close(end["b"], network_end["b1"])
    for r in range(runs):
        one, alone = logistic.train(X, Y, run_of(start, r), **settings)
        assert close(end["w"][r], one["w"]) and close(end["b"][r], one["b"])
        assert close(history.costs[:, r], alone.costs)


# Training -------------------------------------------------------------------------------------


@generated(problem=problems(), activation=activations, n=st.integers(0, 6), k=st.integers(0, 6))
def test_training_in_two_parts_is_training_at_once(problem, activation, n, k):
    X, Y, start = problem
    given = {name: array.copy() for name, array in start.items()}

    def train(start, n):
        return trained(
            network.train,
            X,
            Y,
            start,
            learning_rate=0.1,
            num_iterations=n,
            activation=activation,
            cost_every=1,
        )

    (middle, first), (whole, history) = train(start, n), train(start, n + k)
    end, second = train(middle, k)
    assert all_close(end, whole, 0)
    assert history.iterations.tolist() == list(range(n + k + 1))
    assert (history.costs == [*first.costs, *second.costs[1:]]).all()
    assert all_close(start, given, 0)  # nothing is changed in place


@generated(
    dims=layer_dims(2, 4, n_y=1),
    seed=seeds,
    activation=smooth,
    choice=st.data(),
    m=st.integers(2, 8),
)
def test_tied_units_stay_tied(dims, seed, activation, choice, m):
    """Equal units after 30 steps differ by less than 1e-9 of the largest number of their layer."""
    X, Y = data(dims, seed, m)
    start = random_parameters(dims, seed)
    wanted = []
    for k in range(1, len(dims) - 1):
        copied = [choice.draw(st.integers(0, i)) for i in range(dims[k])]  # unit i copies copied[i]
        copied = [copied[j] if copied[j] == j else i for i, j in enumerate(copied)]
        start[f"W{k}"], start[f"b{k}"] = start[f"W{k}"][copied], start[f"b{k}"][copied]
        start[f"W{k + 1}"] = start[f"W{k + 1}"][:, copied]
        wanted.append([[i for i, j in enumerate(copied) if j == u] for u in sorted(set(copied))])
    end, _ = trained(
        network.train, X, Y, start, learning_rate=0.1, num_iterations=30, activation=activation
    )
    for k, groups in enumerate(wanted, 1):
        assert symmetry.tied_groups(start, k) == groups
        found = symmetry.tied_groups(end, k, rtol=1e-9)
        assert all(any(set(group) <= set(other) for other in found) for group in groups)
    narrow, factors = symmetry.collapse(start)
    assert {key: a.shape for key, a in factors.items()} == {
        key: a.shape for key, a in narrow.items()
    }
    rates = {key: 0.1 * factor for key, factor in factors.items()}
    small, _ = trained(
        network.train, X, Y, narrow, learning_rate=rates, num_iterations=30, activation=activation
    )
    outputs = [network.forward(X, p, activation=activation)[0] for p in (end, small)]
    assert close(*outputs, 1e-9)


@generated(seed=seeds, m=st.integers(1, 4), more=st.integers(0, 5), activation=activations)
def test_training_in_the_coordinates_of_the_samples_is_exact(seed, m, more, activation):
    X, Y = data((m + more, 1), seed, m)
    start = random_parameters((m + more, 3, 1), seed)
    settings = {"learning_rate": 0.1, "num_iterations": 10, "activation": activation}
    (a, _), (b, _) = (
        trained(train, X, Y, start, **settings) for train in (gram.train, network.train)
    )
    assert all_close(a, b, 1e-9)


@generated(m=st.integers(1, 60), size=st.integers(1, 70), seed=seeds, other=seeds)
def test_mini_batches_hold_every_sample_once(m, size, seed, other):
    batches = optimizers.mini_batches(m, size, seed=seed)
    assert sorted(np.concatenate(batches)) == list(range(m))
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
    again = optimizers.mini_batches(m, size, seed=seed)
    assert all((a == b).all() for a, b in zip(batches, again))
    if m > 20 and seed != other:
        others = optimizers.mini_batches(m, size, seed=other)
        assert (np.concatenate(others) != np.concatenate(batches)).any()


@generated(dims=layer_dims(2, 4), m=st.integers(1, 9), keep=st.floats(0.01, 1), seed=seeds)
def test_dropout_masks_are_0_or_1_over_keep_prob_and_work_like_a_scaled_network(
    dims, m, keep, seed
):
    masks = optimizers.dropout_masks(dims, m, keep_prob=keep, seed=seed)
    assert list(masks) == [f"D{k}" for k in range(1, len(dims) - 1)]
    for key, D in masks.items():
        assert D.shape == (dims[int(key[1:])], m)
        assert set(D.ravel()) <= {0.0, 1 / keep}
    X, _ = data(dims, seed, m)
    parameters = random_parameters(dims, seed)
    _, cache = network.forward(X, parameters, masks=masks)
    for k in range(1, len(dims) - 1):
        Z = parameters[f"W{k + 1}"] @ (cache[f"A{k}"] * masks[f"D{k}"]) + parameters[f"b{k + 1}"]
        assert close(cache[f"Z{k + 1}"], Z)
