"""What holds for every run that is read, predicted or printed, on generated input."""

import io
import math
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import strategies as st
from strategies import activations, data, generated, layer_dims, problems, random_parameters, seeds

from symbreak import diagnose, initializers, network, paste, printing, theory
from symbreak.paste import EXPERIMENTS, NOTEBOOKS

TIES = {"tied_equal", "tied_sign", "tied_factor", "one_effective_unit", "not_tied"}
labels = st.lists(st.integers(0, 1), min_size=1, max_size=40)
both_labels = labels.filter(lambda Y: 0 < sum(Y) < len(Y))
costs = st.lists(
    st.one_of(
        st.floats(0, 3),
        st.floats(),
        st.sampled_from([math.nan, math.inf, math.log(2), 0.6931, 0.0, 1e308, -1.0]),
        st.integers(-(2**60), 2**60),
        st.floats(0, 1).map(lambda cost: np.array([[cost]])),
        st.floats(0, 1, width=32).map(np.float32),
    ),
    min_size=1,
    max_size=30,
)
curves = st.builds(
    lambda n, low, high, noise, seed: (
        np.linspace(high, low, n) + noise * np.random.RandomState(seed).randn(n)
    ).tolist(),
    st.integers(1, 50),
    st.floats(0, 1),
    st.floats(0, 2),
    st.sampled_from([0, 1e-7, 1e-4, 0.1]),
    seeds,
)


@generated(
    curve=st.one_of(costs, curves), Y=st.none() | labels, every=st.none() | st.integers(1, 99)
)
def test_a_diagnosis_of_costs_always_ends_and_says_nothing_of_units(curve, Y, every):
    found = diagnose(curve, Y, every=every)
    assert 1 <= len(found.names) <= 3
    assert not TIES & set(found.names)
    text = " ".join(str(found).split())
    assert "tied units" not in text.replace("In the costs, tied units", "")
    assert str(found).startswith(found.names[0])
    assert ("label entropy" in str(found.missing)) == (Y is None)
    if not np.isfinite(np.array([float(np.squeeze(cost)) for cost in curve])).all():
        assert len(found.names) == 1  # one finding for NaN, and no other reading of the curve


@generated(
    problem=problems(n_y=1),
    curve=st.one_of(costs, curves),
    activation=st.none() | activations,
    with_data=st.booleans(),
    bad=st.sampled_from([0, 0, math.nan, math.inf]),
)
def test_a_diagnosis_of_a_random_start_finds_no_ties(problem, curve, activation, with_data, bad):
    X, Y, parameters = problem
    parameters["b1"] = parameters["b1"] + bad
    arguments = {"X": X, "Y": Y} if with_data else {}
    found = diagnose(curve, parameters=parameters, activation=activation, **arguments)
    assert not {"tied_equal", "tied_sign", "tied_factor"} & set(found.names)
    assert str(found)


@generated(dims=layer_dims(2, 4, n_y=1), value=st.floats(0.001, 3), curve=st.one_of(costs, curves))
def test_a_diagnosis_finds_the_ties_of_a_constant_start_in_every_layer(dims, value, curve):
    found = diagnose(curve, parameters=initializers.constant(dims, value), activation="tanh")
    wide = sum(n > 1 for n in dims[1:-1])
    assert found.names.count("tied_equal") == found.names.count("one_effective_unit") == wide


@generated(Y=labels)
def test_the_label_entropy_lies_between_0_and_ln_2_and_ignores_the_names(Y):
    Y = np.array([Y])
    H = theory.label_entropy(Y)
    assert 0 <= H <= math.log(2) + 1e-15
    assert (H == 0) == (Y.min() == Y.max())
    assert (abs(H - math.log(2)) < 1e-15) == (2 * Y.sum() == Y.size)
    assert abs(theory.label_entropy(1 - Y) - H) < 1e-15


@generated(dims=layer_dims(2, 4, n_y=1), Y=labels, seed=seeds, bias=st.floats(-9, 9))
def test_no_network_that_ignores_its_input_is_better_than_the_label_entropy(dims, Y, seed, bias):
    Y = np.array([Y])
    X = np.random.RandomState(seed).randn(dims[0], Y.size)
    parameters = random_parameters(dims, seed)
    L = len(dims) - 1
    parameters["W1"] = 0 * parameters["W1"]
    parameters[f"b{L}"] = np.array([[bias]])
    _, cache = network.forward(X, parameters)
    cost = network.compute_cost(cache[f"Z{L}"], Y)
    assert cost >= theory.label_entropy(Y) - 1e-12


@generated(Y=both_labels, seed=seeds, n_x=st.integers(1, 4), shift=st.floats(-3, 3))
def test_the_signal_ignores_where_the_data_lie_and_follows_their_scale(Y, seed, n_x, shift):
    Y = np.array([Y])
    X = np.random.RandomState(seed).randn(n_x, Y.size)
    C = theory.signal(X, Y)
    assert C.shape == (n_x + 1, 1)
    assert abs(C[-1, 0]) < 1e-12
    assert np.abs(theory.signal(X + shift, Y) - C).max() < 1e-12
    assert np.abs(theory.signal(2 * X, Y)[:-1] - 2 * C[:-1]).max() < 1e-12
    assert np.abs(theory.signal(X, 1 - Y)[:-1] + C[:-1]).max() < 1e-12


@generated(
    shape=st.lists(st.integers(0, 4), max_size=3), seed=seeds, decimals=st.integers(0, 12),
    size=st.integers(-8, 8), dtype=st.sampled_from([float, int, bool, np.float32]),
)  # fmt: skip
def test_a_printed_matrix_reads_back_within_half_a_unit(shape, seed, decimals, size, dtype):
    A = np.array(10.0**size * np.random.RandomState(seed).randn(*shape)).astype(dtype)
    text = printing.format_matrix(A, decimals)
    words = text.replace("[", " ").replace("]", " ").split()
    assert len(words) == A.size
    assert "e" not in text
    assert not any(word.startswith("-") and not word.strip("-0.") for word in words)
    for word, value in zip(words, np.asarray(A, dtype=float).ravel()):
        assert abs(float(word) - value) <= 0.5000001 * 10.0**-decimals + 1e-15 * abs(value)
    assert len({len(line) for line in text.split("\n") if line.strip("[] ")}) <= 1 or A.ndim > 1
    out = io.StringIO()
    with redirect_stdout(out):
        printing.show(A=A, decimals=decimals)
    assert out.getvalue().split() == f"A = {text}".split()


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@generated(dims=layer_dims(2, 4), choice=st.data())
def test_a_box_starts_a_network_of_any_size_in_the_layout_of_the_course(notebook, dims, choice):
    host = NOTEBOOKS[notebook]
    experiment = choice.draw(st.sampled_from(host.experiments))
    if host.signature == "dim":
        w, b = paste.start(notebook, experiment, (dims[0], 1)).values()
        assert w.shape == (dims[0], 1)
        assert b == 0.0
        return
    dims = dims[:3] if host.signature == "n_x, n_h, n_y" else dims
    start = paste.start(notebook, experiment, dims)
    assert {name: array.shape for name, array in start.items()} == {
        name: array.shape for name, array in initializers.zeros(dims).items()
    }
    assert EXPERIMENTS[experiment].biases == "random" or not any(
        array.any() for name, array in start.items() if name[0] == "b"
    )
    again = paste.start(notebook, experiment, dims)
    assert all((again[name] == start[name]).all() for name in start)


@generated(dims=layer_dims(1, 3), seed=seeds, m=st.integers(1, 6), activation=activations)
def test_labels_and_accuracy_follow_from_the_probabilities(dims, seed, m, activation):
    X, Y = data(dims, seed, m)
    parameters = random_parameters(dims, seed)
    A, _ = network.forward(X, parameters, activation=activation)
    predicted = network.predict(parameters, X, activation=activation)
    assert (predicted == (A > 0.5)).all()
    share = network.accuracy(parameters, X, Y, activation=activation)
    assert math.isclose(share, 1 - np.abs(predicted - Y).mean())
