import ast
import tracemalloc

import numpy as np
import pytest
import unit_cases
from conftest import ROOT
from unit_cases import KINDS, UNITS

from symbreak import datasets, initializers, network, symmetry
from symbreak.symmetry import collapse, effective_width, row_spread, tied_groups

X, Y = datasets.flower()


def two_layers(rows, biases, outgoing):
    return {
        "W1": np.array(rows, dtype=float),
        "b1": np.array(biases, dtype=float)[:, None],
        "W2": np.array([outgoing], dtype=float),
        "b2": np.zeros((1, 1)),
    }


EQUAL = two_layers([[1, 2], [3, 4], [1, 2]], [5, 6, 5], [7, 8, 7])
SIGNS = two_layers([[1, 2], [-1, -2], [1, 2]], [5, -5, 5], [7, -7, 7])
RAY = two_layers([[1, 2], [3, 6], [-1, -2]], [5, 15, -5], [7, 21, -7])
ZERO = two_layers([[0, 0], [0, 0], [1, 2]], [0, 0, 5], [0, 0, 7])


def train(parameters, **arguments):
    arguments = {"learning_rate": 1.2, "num_iterations": 50} | arguments
    return network.train(X, Y, parameters, **arguments)[0]


def test_row_spread_is_the_largest_difference_in_a_column():
    parameters = two_layers([[1, 2], [1, 5], [0, 2]], [0, -1, 0], [1, 2, 3])
    assert row_spread(parameters) == 3
    assert row_spread(parameters, 2) == 0
    parameters["b1"][1] = 9
    assert row_spread(parameters) == 9


def test_row_spread_of_stacked_runs_is_one_number_per_run():
    runs = [initializers.constant((2, 4, 1)), initializers.linspace((2, 4, 1), 0, 7)]
    np.testing.assert_allclose(row_spread(initializers.stack(runs)), [0, 6])


@pytest.mark.parametrize("case", UNITS)
def test_ties_and_widths_are_those_of_the_shared_cases(case):
    units = UNITS[case]
    p = units.parameters()
    for kind, activation in KINDS.items():
        assert tied_groups(p, kind=kind) == units.tied(kind)
        assert effective_width(p, activation=activation, X=unit_cases.X) == units.width(kind)
    assert len(collapse(p)[0]["b1"]) == len(units.tied("equal"))


@pytest.mark.parametrize("case", UNITS)
def test_the_check_that_a_lab_gives_away_names_the_same_copies(case, capsys):
    lab = ast.parse((ROOT / "docs" / "labs" / "planar.py").read_text(encoding="utf-8"))
    (check,) = [node for node in lab.body if getattr(node, "name", "") == "check_symmetry"]
    names = {"np": np}
    exec(ast.unparse(check), names)
    names["check_symmetry"](UNITS[case].parameters())
    own = [line.endswith("own") for line in capsys.readouterr().out.splitlines()]
    groups = UNITS[case].tied("equal")
    assert own == [unit in {group[0] for group in groups} for unit in range(len(own))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["W1", "b1", "W2"])
def test_any_entry_of_a_unit_can_untie_it(kind, name):
    parameters = {key: array.copy() for key, array in EQUAL.items()}
    assert [0, 2] in tied_groups(parameters, kind=kind)
    parameters[name][(0, 2) if name == "W2" else (2, 0)] += 0.1
    assert [0, 2] not in tied_groups(parameters, kind=kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_tolerance_is_relative_to_the_size_of_the_units(kind, scale):
    tied = {key: array * scale for key, array in EQUAL.items()}
    tied["W1"][2, 0] *= 1 + 1e-7
    assert [0, 2] in tied_groups(tied, kind=kind)
    tied["W1"][2, 0] *= 1 + 1e-4
    assert [0, 2] not in tied_groups(tied, kind=kind)
    assert [0, 2] in tied_groups(tied, kind=kind, rtol=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_small_rows_under_large_outgoing_weights_are_compared_on_their_own_scale(kind):
    rows = np.array([[1, 2], [2, 1]]) * 1e-12
    assert tied_groups(two_layers(rows, [0, 0], [1, 1]), kind=kind) == [[0], [1]]


@pytest.mark.parametrize("kind", KINDS)
def test_dust_of_rounding_counts_as_zero(kind):
    dust = {key: array * 1e-17 for key, array in RAY.items()}
    assert tied_groups(dust, kind=kind) == [[0, 1, 2]]
    assert tied_groups(dust, kind="equal", atol=0) == [[0], [1], [2]]


def test_without_rtol_copies_agree_to_one_part_in_a_million():
    for difference, groups in ((0.9e-6, [[0, 1]]), (1.1e-6, [[0], [1]])):
        parameters = two_layers([[1.0, 1.0], [1.0, 1.0 + difference]], np.zeros(2), np.ones(2))
        assert tied_groups(parameters) == groups


@pytest.mark.parametrize("kind", KINDS)
def test_grouping_does_not_depend_on_the_order_of_the_units(kind):
    random = np.random.RandomState(0)
    chain = np.arange(8) * 0.9e-6 + 1  # each within rtol of the next, the ends are not
    parameters = two_layers(np.stack([chain, np.ones(8)], axis=1), np.zeros(8), np.ones(8))
    parameters["W1"][5:, 1] = [2, -2, 2]
    groups = {frozenset(group) for group in map(tuple, tied_groups(parameters, kind=kind))}
    assert frozenset(range(5)) in groups
    for _ in range(10):
        order = random.permutation(8)
        shuffled = {
            "W1": parameters["W1"][order],
            "b1": parameters["b1"][order],
            "W2": parameters["W2"][:, order],
            "b2": parameters["b2"],
        }
        again = tied_groups(shuffled, kind=kind)
        assert {frozenset(order[group].tolist()) for group in again} == groups
        assert [group[0] for group in again] == sorted(group[0] for group in again)


@pytest.mark.parametrize(
    ("parameters", "widths"),
    [
        (EQUAL, {"tanh": 2, "sigmoid": 2, "relu": 2, "leaky_relu": 2, "identity": 2}),
        (SIGNS, {"tanh": 1, "sigmoid": 2, "relu": 2, "leaky_relu": 2, "identity": 1}),
        (RAY, {"tanh": 2, "sigmoid": 3, "relu": 2, "leaky_relu": 2, "identity": 1}),
        (ZERO, {"tanh": 1, "sigmoid": 1, "relu": 1, "leaky_relu": 1, "identity": 1}),
        (initializers.zeros((2, 4, 1)), dict.fromkeys(["tanh", "sigmoid", "relu"], 0)),
        (initializers.random_biases((2, 4, 1), seed=0), {"tanh": 0, "sigmoid": 0, "relu": 0}),
        (initializers.normal((2, 4, 1), seed=0), {"tanh": 4, "sigmoid": 4, "relu": 4}),
    ],
)
def test_effective_width_counts_different_functions(parameters, widths):
    for activation, width in widths.items():
        assert effective_width(parameters, activation=activation) == width


def test_the_pairs_of_a_wide_layer_need_no_memory_for_all_pairs_at_once():
    n = 300
    wide = initializers.normal((200, n, 1), seed=0)
    wide["W1"][[7, 299]], wide["W2"][:, [7, 299]] = wide["W1"][3], wide["W2"][:, [3]]
    tracemalloc.start()
    groups = tied_groups(wide)
    width = effective_width(wide, activation="tanh")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [group for group in groups if len(group) > 1] == [[3, 7, 299]]
    assert width == n - 2
    assert most < 60e6 < 8 * n**2 * 201  # bytes


def test_effective_width_ignores_the_outgoing_weights():
    parameters = EQUAL | {"W2": np.array([[1.0, 2.0, 3.0]])}
    assert effective_width(parameters, activation="tanh") == 2


def test_relu_units_that_are_zero_on_all_samples_count_nothing():
    parameters = two_layers([[1, 0], [0, 1], [0, 1]], [0, 0, -100], [1, 1, 1])
    assert effective_width(parameters, activation="relu") == 3
    assert effective_width(parameters, activation="relu", X=X) == 2
    assert effective_width(parameters, activation="tanh", X=X) == 3
    stacked = initializers.stack([parameters, initializers.zeros((2, 3, 1))])
    assert effective_width(stacked, activation="relu", X=X).tolist() == [2, 0]
    assert effective_width(stacked, activation="relu").tolist() == [3, 0]


def test_relu_with_zero_weights_and_random_biases_trains_as_one_unit():
    start = initializers.random_biases((2, 6, 1), seed=0)
    X, Y = datasets.unbalance(*datasets.flower(), drop=100)
    parameters, _ = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=1000, activation="relu"
    )
    live = (start["b1"] > 0).sum()
    assert live >= 3
    assert effective_width(parameters, activation="relu") == 1
    assert max(map(len, tied_groups(parameters, kind="factor"))) == live
    assert max(map(len, tied_groups(parameters, kind="equal"))) <= len(start["b1"]) - live


def test_tanh_units_spaced_on_a_line_stay_tied_up_to_sign():
    slope = np.linspace(-0.01, 0.01, 4)[:, None]
    start = initializers.zeros((2, 4, 1)) | {"W1": slope @ [[1.0, 2.0]]}
    parameters = train(start, num_iterations=300)
    assert tied_groups(parameters) == [[0], [1], [2], [3]]
    assert tied_groups(parameters, kind="sign") == [[0, 3], [1, 2]]
    assert effective_width(parameters, activation="tanh") == 2


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("n", range(2, 10))
def test_n_tied_units_train_as_their_collapse(n, activation):
    wide = two_layers([[0.3, -0.2]] * n, [0.1] * n, [0.5 / n] * n)
    assert_trains_as_its_collapse(wide, (2, 1, 1), activation)


def test_groups_of_three_and_one_train_as_their_collapse():
    wide = two_layers([[1, 2]] * 2 + [[-1, 1]] + [[1, 2]], [0, 0, 1, 0], [1, 1, -2, 1])
    assert_trains_as_its_collapse(wide, (2, 2, 1))


def test_groups_in_two_layers_train_as_their_collapse():
    a, b, c, d = 0.5, -0.3, 0.2, 0.7  # weights between the groups {0, 2}, {1, 3} and {0, 1}, {2}
    wide = {
        "W1": np.array([[1, 2], [-1, 1], [1, 2], [-1, 1]]) / 2,
        "b1": np.array([[0], [1], [0], [1]]) / 2,
        "W2": np.array([[a, b, a, b], [a, b, a, b], [c, d, c, d]]),
        "b2": np.array([[0.1], [0.1], [-0.2]]),
        "W3": np.array([[0.4, 0.4, -0.6]]),
        "b3": np.zeros((1, 1)),
    }
    assert_trains_as_its_collapse(wide, (2, 2, 2, 1))


def assert_trains_as_its_collapse(wide, layer_dims, activation="tanh"):
    narrow, factors = collapse(wide)
    shapes = {name: array.shape for name, array in initializers.zeros(layer_dims).items()}
    assert {name: array.shape for name, array in narrow.items()} == shapes
    assert {name: array.shape for name, array in factors.items()} == shapes
    rates = {name: 0.5 * factor for name, factor in factors.items()}
    arguments = {"num_iterations": 50, "activation": activation}
    wide, wide_history = network.train(X, Y, wide, learning_rate=0.5, **arguments)
    narrow, history = network.train(X, Y, narrow, learning_rate=rates, **arguments)
    np.testing.assert_allclose(history.costs, wide_history.costs, rtol=0, atol=1e-12)
    assert np.ptp(history.costs) > 1e-3
    for name, array in collapse(wide)[0].items():
        np.testing.assert_allclose(narrow[name], array, rtol=0, atol=1e-12, err_msg=name)


def test_collapse_without_the_factors_trains_differently():
    wide = two_layers([[0.3, -0.2]] * 3, [0.1] * 3, [0.2] * 3)
    narrow, _ = collapse(wide)
    assert np.abs(train(narrow)["W1"] - collapse(train(wide))[0]["W1"]).max() > 0.01


def test_collapse_of_distinct_units_changes_nothing():
    parameters = initializers.normal((2, 4, 3, 1), seed=0)
    narrow, factors = collapse(parameters)
    for name, array in parameters.items():
        np.testing.assert_array_equal(narrow[name], array)
        assert (factors[name] == 1).all()


STACKED = initializers.stack([EQUAL, SIGNS])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tied_groups(STACKED), r"those of one run, got W1 of shape \(2, 3, 2\); pick"),
        (lambda: collapse(STACKED), r"those of one run, got W1 of shape \(2, 3, 2\); pick"),
        (lambda: row_spread(EQUAL, 3), r"layer must be a layer \(1 to 2\), got 3"),
        (lambda: row_spread(EQUAL, 0), "layer must be at least 1, got 0"),
        (lambda: tied_groups(EQUAL, 2), r"layer must be a hidden layer \(1 to 1\), got 2"),
        (
            lambda: tied_groups(initializers.zeros((2, 1))),
            r"layer must be a hidden layer \(none here\), got 1",
        ),
        (
            lambda: tied_groups(EQUAL, kind="equals"),
            "kind must be one of equal, sign, factor, got 'equals'; did you mean 'equal'",
        ),
        (lambda: tied_groups(EQUAL, rtol=-1), "rtol must be at least 0, got -1"),
        (
            lambda: effective_width(EQUAL, activation="ReLU"),
            "activation must be one of .* got 'ReLU'; did you mean 'relu'",
        ),
        (
            lambda: effective_width(EQUAL, activation="relu", X=X.T),
            r"X must have shape \(n_x = 2, m\), got \(400, 2\); X.T would fit",
        ),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_measuring_does_not_change_the_parameters():
    before = {name: array.copy() for name, array in EQUAL.items()}
    for measure in (row_spread, tied_groups, collapse):
        measure(EQUAL)
    symmetry.effective_width(EQUAL, activation="relu", X=X)
    for name, array in EQUAL.items():
        np.testing.assert_array_equal(array, before[name])
