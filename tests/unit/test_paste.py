"""The boxes and the check, as text and run on their own."""

import ast
import re

import numpy as np
import pytest
import unit_cases
from pasted import BOXES, LABELS, TEXTS, checked
from unit_cases import UNITS

from symbreak import initializers, network, paste

CHECKS = [paste.check_box(name) for name in paste.NOTEBOOKS]
SIZES = {
    "planar": [(2, 4, 1), (3, 5, 2)],
    "logistic": [(6, 1)],
    "application": [(12, 7, 1), (12, 5, 4, 3, 1)],
    "initialization": [(2, 10, 5, 1), (2, 3, 1)],
}


# The text ------------------------------------------------------------------------------------


def expected(notebook, experiment, dims):
    """Return the same start by the functions of symbreak.initializers."""
    host = paste.NOTEBOOKS[notebook]
    weights = [f"W{layer}" for layer in range(1, len(dims))]
    drawn = {"seed": host.seed, "scale": host.value}
    return {
        "zeros": lambda: initializers.zeros(dims),
        "constant": lambda: initializers.constant(dims, host.constant),
        "constant-times-layer": lambda: initializers.constant_times_layer(dims, host.constant),
        "random": lambda: initializers.normal(dims, **drawn),
        "random-biases": lambda: initializers.random_biases(dims, **drawn),
        "w1-zero": lambda: initializers.partly_random(dims, weights[1:], **drawn),
        "last-w-zero": lambda: initializers.partly_random(dims, weights[:-1], **drawn),
        "linspace": lambda: initializers.linspace(dims, -host.value, host.value, host.value),
    }[experiment]()


@pytest.mark.parametrize(("notebook", "experiment"), BOXES)
def test_a_box_gives_the_start_of_the_initializer_number_for_number(notebook, experiment):
    for dims in SIZES[notebook]:
        start = paste.start(notebook, experiment, dims)
        wanted = expected(notebook, experiment, dims)
        if notebook == "logistic":
            start = {"W1": start["w"].T, "b1": np.array([[start["b"]]])}
        assert sorted(start) == sorted(wanted)
        for name, array in wanted.items():
            np.testing.assert_array_equal(start[name], array)


def test_the_random_boxes_have_the_seeds_of_the_course():
    seeds = {name: host.seed for name, host in paste.NOTEBOOKS.items()}
    assert seeds == {"planar": 2, "logistic": 1, "application": 1, "initialization": 3}


def test_every_experiment_has_a_box_and_every_array_is_named():
    assert {experiment for _, experiment in BOXES} == set(paste.EXPERIMENTS)


@pytest.mark.parametrize("text", TEXTS + CHECKS)
def test_a_box_is_short_plain_python_3_6_that_imports_numpy_alone(text):
    tree = ast.parse(text, feature_version=(3, 6))
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [alias.name for node in imports for alias in node.names] == ["numpy"]
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    assert lines[1] == "# Work in a copy of the notebook, or delete this cell before you submit."
    assert len(lines) <= (85 if text in CHECKS else 30)
    assert max(map(len, lines)) <= 82


@pytest.mark.parametrize("text", TEXTS)
def test_a_box_calls_only_what_numpy_has_kept_since_1_11(text):
    calls = set(re.findall(r"np\.([\w.]+)", text))
    assert calls <= {"zeros", "full", "linspace", "random.RandomState"}


def test_a_box_leaves_the_global_random_numbers_alone():
    np.random.seed(7)
    wanted = np.random.rand()
    for names in BOXES:
        np.random.seed(7)
        paste.start(*names, SIZES[names[0]][0])
        assert np.random.rand() == wanted


def test_an_unknown_notebook_or_box_is_named_with_what_there_is():
    with pytest.raises(ValueError, match=r"notebook must be one of planar, .*got 'planer'.*planar"):
        paste.box("planer", "zeros")
    with pytest.raises(ValueError, match="experiment of logistic must be one of constant, random"):
        paste.box("logistic", "zeros")
    with pytest.raises(ValueError, match="notebook must be one of"):
        paste.check_box("week 3")


def test_a_large_sum_makes_the_sigmoid_1_and_the_notebook_s_cost_nan_or_infinite():
    with np.errstate(all="ignore"):
        A = 1 / (1 + np.exp(-np.array(40.0)))
        costs = [-(Y * np.log(A) + (1 - Y) * np.log(1 - A)) for Y in (1, 0)]
    assert A == 1
    assert np.isnan(costs[0])
    assert np.isinf(costs[1])


# The check -----------------------------------------------------------------------------------


def different(printed):
    return [int(count) for count in re.findall(r"-> \d+ units, (\d+) different", printed)]


@pytest.mark.parametrize("case", UNITS)
def test_the_check_finds_the_copies_of_the_shared_cases(case):
    units = UNITS[case]
    for notebook, kind in (("planar", "sign"), ("initialization", "factor")):
        printed = checked(notebook, units.parameters(), unit_cases.X)
        groups = {}
        for unit, of in re.findall(r"^ (\d) row.*?  out\s+\S+ .*?(\d?)$", printed, re.MULTILINE):
            groups.setdefault(int(of or unit) - 1, []).append(int(unit) - 1)
        tied, n = units.tied(kind), len(units.rows)
        assert list(groups.values()) == tied
        assert different(printed) == [len(tied)]
        if units.parameters()["W1"].any():
            assert ("the rest are copies" in printed) == (len(tied) < n)
            assert ("no two are the same" in printed) == (len(tied) == n)


def test_the_check_names_the_unit_and_the_kind_of_copy():
    W = np.array([[1.0, 2.0], [-1.0, -2.0], [1.0, 2.0], [3.0, 6.0]])
    p = {"W1": W, "b1": W[:, :1], "W2": W[:, :1].T, "b2": np.zeros((1, 1))}
    found = re.findall(r" (\d) row.*?(=.*|$)", checked("planar", p), re.MULTILINE)
    assert found[:4] == [("1", ""), ("2", "= minus unit 1"), ("3", "= unit 1"), ("4", "")]
    assert "= 3.00 * unit 1" in checked("application", p)


def test_the_check_looks_at_bias_and_outgoing_weights_too():
    p = paste.start("planar", "constant", (2, 3, 1))
    assert different(checked("planar", p)) == [1]
    for name in ("b1", "W2"):
        other = {key: array.copy() for key, array in p.items()}
        other[name].flat[1] += 0.01
        assert different(checked("planar", other)) == [2]


def test_the_check_prints_every_weight_and_bias_of_a_small_network():
    p = initializers.normal((2, 4, 1), seed=2, scale=1)
    p["b1"] += [[1], [2], [3], [4]]
    printed = checked("planar", p)
    for array in p.values():
        for number in array.flat[:3]:
            assert f"{number:.4f}" in printed


def test_the_check_speaks_of_zero_rows_and_of_numbers_that_are_not_finite():
    p = paste.start("initialization", "w1-zero", (2, 3, 2, 1))
    assert "3 different: all rows are zero, so no unit looks at its input" in checked(
        "initialization", p
    )
    p["W1"][0, 0] = np.nan
    assert "-> Not all numbers are finite" in checked("initialization", p).splitlines()[7]


def test_the_check_takes_parameters_and_costs():
    p = paste.start("application", "constant", (5, 3, 1))
    assert checked("application", (p, [0.7, 0.6])) == checked("application", p)


def test_the_check_says_what_it_read_and_what_that_achieves():
    p = initializers.normal((2, 4, 1), seed=2, scale=1)
    X = np.random.RandomState(1).randn(2, 6)
    said = checked("planar", p, X).splitlines()
    assert said[0] == "parameters: W1 (4, 2), b1 (4, 1), W2 (1, 4), b2 (1, 1)"
    AL, _ = network.forward(X, p)
    cost = -np.log(np.where(LABELS == 1, AL, 1 - AL)).mean()
    share = 100 * network.accuracy(p, X, LABELS)
    assert said[1] == f"on X: cost {cost:.4f}, right for {share:.1f}% of 6"


FOREIGN = {
    "a list": ([1, 2], "parameters is a list, no dictionary."),
    "nothing": (None, "parameters is a NoneType, no dictionary."),
    "an empty one": ({}, "parameters has nothing, not W1, b1, W2, b2."),
    "logistic regression": ({"w": 1, "b": 2}, "parameters has b, w, not W1, b1, W2, b2."),
    "half": ({"W1": np.eye(2), "b1": np.zeros((2, 1))}, "parameters has W1, b1, not W1, b1, W2"),
    "keys of numbers": ({1: 2, 3: 4}, "parameters has 1, 3, not W1, b1, W2, b2."),
    "no arrays": (dict.fromkeys(("W1", "b1", "W2", "b2"), 1), "X has 5 rows: an earlier cell"),
    "a flat bias": (
        {"W1": np.ones((3, 5)), "b1": np.ones(3), "W2": np.ones((1, 3)), "b2": np.ones((1, 1))},
        "X has 5 rows: an earlier cell left this network.",
    ),
    "other data": (initializers.normal((3, 4, 1), seed=1), "X has 5 rows: an earlier cell left"),
    "layers that do not meet": (
        initializers.normal((5, 4, 1), seed=1) | {"W2": np.ones((1, 3))},
        "X has 5 rows: an earlier cell left this network.",
    ),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_the_check_refuses_what_is_not_the_result_and_says_what_to_run(case):
    found, message = FOREIGN[case]
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        checked("planar", found, X=np.ones((5, 6)))
    assert str(error.value).endswith(" Run the cell that calls nn_model, then this cell.")


ONE_UNIT = {
    "a number": (3, "d is not what model returns."),
    "other keys": ({"w": 1}, "d is not what model returns."),
    "another size": ({"w": np.ones((2, 1)), "b": 0.0}, "d has w (2, 1) and b (), but train_set_x"),
    "several biases": ({"w": np.ones((5, 1)), "b": np.ones(2)}, "d has w (5, 1) and b (2,), but"),
}


@pytest.mark.parametrize("case", ONE_UNIT)
def test_the_check_of_logistic_regression_refuses_in_the_same_way(case):
    found, message = ONE_UNIT[case]
    names = {"d": found, "train_set_x": np.ones((5, 6)), "train_set_y": np.ones((1, 6))}
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        exec(paste.check_box("logistic"), names)
    assert str(error.value).endswith(" Run the cell that calls model, then this cell.")


def test_the_check_of_logistic_regression_does_not_speak_of_hidden_units(capsys):
    text = paste.check_box("logistic")
    assert not re.search("hidden|parameters|layer|tied", text)
    d = {"w": np.zeros((5, 1)), "b": 0}
    names = {"d": d, "train_set_x": np.ones((5, 6)), "train_set_y": np.ones((1, 6))}
    exec(text, names)
    said = capsys.readouterr().out
    assert "on train_set_x: cost 0.6931, right for 0.0% of 6" in said
    assert "-> w is zero: nothing was learned, or nothing was run." in said
    exec(text, names | {"logistic_regression_model": {"w": np.ones((5, 1)), "b": np.ones((1, 1))}})
    said = capsys.readouterr().out
    assert "logistic_regression_model: w (5, 1) from 1.00000 to 1.00000, b 1.00000" in said
    assert "-> One unit has no copies: there is no symmetry to break." in said
