"""What holds for every shape, seed and order of units, on generated input."""

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import strategies as st
from starts import RANDOM, start
from strategies import (
    activations,
    all_close,
    close,
    generated,
    layer_dims,
    permutations,
    permuted,
    problems,
    seeds,
    smooth,
)

from symbreak import datasets, hessian, network, symmetry
from symbreak.initializers import INITIALIZERS
from symbreak.optimizers import OPTIMIZERS

# Starts and data ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INITIALIZERS)
@generated(dims=layer_dims(), seed=seeds, other=seeds)
def test_a_start_has_the_layout_of_the_course_and_follows_its_seed(name, dims, seed, other):
    before = np.random.get_state()[1].copy()
    parameters = start(name, dims, seed=seed)
    L = len(dims) - 1
    assert list(parameters) == [f"{letter}{k}" for k in range(1, L + 1) for letter in "Wb"]
    for k in range(1, L + 1):
        assert parameters[f"W{k}"].shape == (dims[k], dims[k - 1])
        assert parameters[f"b{k}"].shape == (dims[k], 1)
    assert all(a.dtype == np.float64 and np.isfinite(a).all() for a in parameters.values())
    assert all_close(start(name, dims, seed=seed), parameters, 0)
    assume(seed != other)
    assert all_close(start(name, dims, seed=other), parameters, 0) == (name not in RANDOM)
    assert (np.random.get_state()[1] == before).all()


@pytest.mark.parametrize("name", ["flower", "circles", "xor", "moons", "blobs"])
@generated(half=st.integers(1, 40), seed=seeds, other=seeds)
def test_a_data_set_has_two_balanced_classes_and_follows_its_seed(name, half, seed, other):
    draw = getattr(datasets, name)
    X, Y = draw(2 * half, seed=seed)
    assert X.shape == (2, 2 * half)
    assert Y.shape == (1, 2 * half)
    assert set(Y.ravel()) <= {0.0, 1.0}
    assert abs(Y.sum() - half) <= 1  # xor deals to four corners in turn
    again = draw(2 * half, seed=seed)
    assert (again[0] == X).all() and (again[1] == Y).all()
    assume(seed != other)
    assert (draw(2 * half, seed=other)[0] != X).any()


@generated(m=st.integers(2, 60), seed=seeds, label=st.integers(0, 1), choice=st.data())
def test_unbalance_removes_what_it_should_and_keeps_the_order(m, seed, label, choice):
    X, Y = datasets.moons(m, seed=seed)
    drop = choice.draw(st.integers(0, int((label == Y).sum())))
    assume(drop < m)
    fewer, labels = datasets.unbalance(X, Y, label=label, drop=drop)
    assert (labels == label).sum() == (label == Y).sum() - drop
    assert (labels != label).sum() == (label != Y).sum()
    stay = [i for i in range(m) if Y[0, i] != label or (Y[0, :i] == label).sum() >= drop]
    assert (fewer == X[:, stay]).all()


# Permutations ---------------------------------------------------------------------------------


@generated(problem=permutations(problems(runs=True)), activation=activations)
def test_permuting_units_permutes_the_gradients_and_leaves_the_cost(problem, activation):
    X, Y, parameters, orders = problem
    L = len(parameters) // 2
    other = permuted(parameters, orders)
    costs, grads = [], []
    for p in (parameters, other):
        A, cache = network.forward(X, p, activation=activation)
        assert A.shape == (*p["W1"].shape[:-2], *Y.shape)
        assert ((A >= 0) & (A <= 1)).all()
        costs.append(network.compute_cost(cache[f"Z{L}"], Y))
        grads.append(network.backward(p, cache, X, Y, activation=activation))
    assert close(*costs)
    assert {key: array.shape for key, array in grads[0].items() if key[1] != "Z"} == {
        f"d{name}": array.shape for name, array in parameters.items()
    }
    expected = permuted(grads[0], orders, "d")
    assert all(close(grads[1][f"d{name}"], expected[f"d{name}"]) for name in parameters)


@pytest.mark.parametrize("name", OPTIMIZERS)
@generated(problem=permutations(problems()), seed=seeds, steps=st.integers(1, 3))
def test_an_optimizer_treats_all_units_alike(name, problem, seed, steps):
    _, _, parameters, orders = problem
    grads = {f"d{name}": array for name, array in parameters.items()}
    p, q = parameters, permuted(parameters, orders)
    states = {}, {}
    for _ in range(steps):
        p, state = OPTIMIZERS[name](p, grads, states[0], learning_rate=0.1)
        other = permuted(grads, orders, "d")
        q, state_q = OPTIMIZERS[name](q, other, states[1], learning_rate=0.1)
        states = state, state_q
    assert all_close(permuted(p, orders), q, 0)


@generated(problem=permutations(problems(min_layers=2)), activation=activations)
def test_measures_of_symmetry_do_not_depend_on_the_order_of_units(problem, activation):
    _, _, parameters, orders = problem
    other = permuted(parameters, orders)
    for k, order in enumerate(orders, 1):
        assert close(symmetry.row_spread(other, k), symmetry.row_spread(parameters, k), 0)
        widths = [
            symmetry.effective_width(p, k, activation=activation) for p in (parameters, other)
        ]
        assert widths[0] == widths[1] <= len(order)
        for kind in symmetry.KINDS:
            groups = symmetry.tied_groups(other, k, kind=kind)
            assert sorted(sorted(order[i] for i in group) for group in groups) == (
                symmetry.tied_groups(parameters, k, kind=kind)
            )


@generated(problem=permutations(problems(min_layers=2, max_layers=2, largest=3)), activation=smooth)
def test_the_hessian_is_symmetric_and_its_eigenvalues_ignore_the_order(problem, activation):
    X, Y, parameters, orders = problem
    H = hessian.hessian(parameters, X, Y, activation=activation)
    assert H.shape == (sum(array.size for array in parameters.values()),) * 2
    assert (H == H.T).all()
    other = hessian.hessian(permuted(parameters, orders), X, Y, activation=activation)
    assert close(np.linalg.eigvalsh(other), np.linalg.eigvalsh(H), 1e-8)
