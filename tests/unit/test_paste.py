"""The boxes, as text and in stand-ins for the notebooks (tests/hosts)."""

import ast
import contextlib
import io
import re
from dataclasses import replace

import numpy as np
import promised
import pytest
import unit_cases
from hosts import arithmetic
from pasted import BOXES, DATA, LABELS, TEXTS, checked, costs, host
from promised import GENERATIONS, ORIGINS, Host
from unit_cases import UNITS

from symbreak import datasets, initializers, network, paste

pytestmark = pytest.mark.usefixtures("trained_once")

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


# The stand-ins are the notebooks -------------------------------------------------------------


@pytest.mark.parametrize(
    ("notebook", "generation", "cells", "published"),
    [
        # Published outputs; the last lines of the planar notebook vary with the machine.
        (
            "planar",
            "old",
            "test nn_model, train",
            "0: 0.692739, 1000: 0.000218, 9000: 0.000023, 0.76773391 -1.41477129, 0.20459656, "
            "0: 0.693048, 1000: 0.288083, 6000: 0.219731",
        ),
        (
            "planar",
            "new",
            "test nn_model, train",
            "0: 0.693198, 1000: 0.000219, 9000: 0.000024, 1.82196893  3.09657075, "
            "All tests passed!, 0: 0.693162, 1000: 0.258625, 6000: 0.219094",
        ),
        (
            "initialization",
            "new",
            "initialize_parameters_he, train he",
            "0: 0.8830537463419, 1000: 0.6879825919728, 14000: 0.07357895962677, "
            "Accuracy: 0.9933333333333333, Accuracy: 0.96\n",
        ),
        ("application", "new", "test two_layer_model", "All tests passed."),
        ("application", "new", "constants deep, L_layer_model, test L_layer_model", "All tests"),
        ("logistic", "new", "test initialize_with_zeros", "First test passed!, Second test passed"),
        ("logistic", "new", "test model", "All tests passed!"),
    ],
)
def test_the_stand_ins_print_what_the_notebooks_print(notebook, generation, cells, published):
    printed = host(notebook, generation).run(*cells.split(", "))
    for text in published.split(", "):
        assert text in printed


def test_the_stand_ins_compute_the_published_numbers_of_the_course_s_test_cases():
    said = []
    w, b, X = np.array([[1.0], [2.0]]), 1.5, np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.2]])
    Y = np.array([[1, 1, 0]])
    w, b = arithmetic.descend_one_unit(X, Y, w, b, 0.009, 100, lambda i, cost: said.append(cost))
    assert said[0] == pytest.approx(0.15900537707692405, abs=1e-15)
    assert w.ravel() == pytest.approx([0.80956046, 2.0508202], abs=5e-9)
    assert b == pytest.approx(1.5948713189708588, abs=1e-14)
    new = host("application", "new")
    new.run("constants deep", "L_layer_model")
    new.paste(
        "np.random.seed(1)\n"
        "X, Y = np.random.randn(10, 10), np.random.randn(1, 10)\n"
        "two_layer_model(X, Y, (10, 4, 1), 0.1, 3, True)\n"
    )
    assert costs(new.printed)[2] == pytest.approx(0.6524135179683452, abs=1e-14)
    new.paste(
        "np.random.seed(1)\n"
        "X, Y = np.random.randn(10, 10), np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])\n"
        "L_layer_model(X, Y, (10, 5, 6, 1), 0.02, 3, True)\n"
    )
    assert costs(new.printed)[2] == pytest.approx(0.7063462654190897, abs=1e-14)


SHORT = """
result = two_layer_model(
    train_x, train_y, layers_dims=(n_x, n_h, n_y), num_iterations=101, print_cost=True
)
parameters = result[0] if isinstance(result, tuple) else result
"""


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_constant_of_0_01_is_nan_in_the_application_and_0_001_is_not(generation, monkeypatch):
    """By the notebook's formula; with A - Y in its place nobody would see it."""
    notebook = host("application", generation, lambda: promised.images(12288))
    text = paste.box("application", "constant")
    assert "0.001" in text
    notebook.paste(text)
    assert np.isfinite(costs(notebook.paste(SHORT))[100])
    notebook.paste(text.replace("0.001", "0.01"))
    found = costs(notebook.paste(SHORT))
    assert found[0] > 2
    assert np.isnan(found[100])
    assert np.isnan(notebook.names["parameters"]["W1"]).all()
    said = notebook.paste(paste.check_box("application"))
    assert "-> Not all numbers are finite, so nothing can be compared." in said
    easier = replace(arithmetic.APPLICATION, first=lambda A, Z, Y: A - Y)
    monkeypatch.setattr(arithmetic, "APPLICATION", easier)
    notebook.paste(SHORT)
    assert np.isfinite(notebook.names["parameters"]["W1"]).all()


# The tests of the newer notebooks ------------------------------------------------------------


@pytest.mark.parametrize("notebook", paste.NOTEBOOKS)
def test_no_cell_of_an_older_notebook_fails_with_a_box(notebook):
    old = host(notebook, "old")
    old.paste(paste.box(notebook, "constant"))
    titles = [title for title in old.cells if title.startswith("test ")]
    old.run(*(title for title in titles if not title.endswith("_he")))


# What the numpy of today refuses -------------------------------------------------------------

MODERN = tuple(map(int, np.__version__.split(".")[:2])) >= (2, 4)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.skipif(not MODERN, reason="NumPy before 2.4 only warns")
def test_numpy_refuses_the_accuracy_of_the_planar_notebook_and_the_check_prints_it(generation):
    notebook = host("planar", generation, current=True)
    notebook.paste(paste.box("planar", "zeros"))
    notebook.run("train")
    with pytest.raises(TypeError, match="only 0-dimensional arrays can be converted to Python"):
        notebook.run("accuracy")
    assert "right for 50.0% of 400" in notebook.paste(paste.check_box("planar"))


@pytest.mark.parametrize("generation", GENERATIONS)
def test_numpy_has_no_int_for_predict_and_the_line_of_the_page_mends_it(generation, monkeypatch):
    notebook = host("initialization", generation, current=True)
    notebook.paste(paste.box("initialization", "constant"))
    with pytest.raises(AttributeError, match="module 'numpy' has no attribute 'int'"):
        notebook.run("train")
    assert costs(notebook.printed)[14_000] > 0
    assert "10 units, 1 different" in notebook.paste(paste.check_box("initialization"))
    monkeypatch.setattr(np, "int", None, raising=False)  # so that it is taken back
    notebook.paste("np.int = int")
    assert "Accuracy: 0.57" in notebook.run("train")


def test_numpy_has_no_alltrue_for_a_cell_of_the_newer_logistic_notebook(monkeypatch):
    with pytest.raises(AttributeError, match=r"`np.alltrue` was removed in the NumPy 2.0 release"):
        host("logistic", "new", current=True)
    monkeypatch.setattr(np, "alltrue", None, raising=False)
    new = Host("logistic_new", current=True, image_data=promised.digits)
    new.paste("import numpy as np\nnp.alltrue = np.all")
    new.run_all_above("train")


# Twice, too early, undone, without effect ----------------------------------------------------

HOOKS = [
    (name, hook)
    for name, notebook in paste.NOTEBOOKS.items()
    for hook in filter(None, (notebook.hook, notebook.short_hook))
]


def start_of(notebook, hook):
    sizes = {
        "initialize_with_zeros": (5,),
        "initialize_parameters": (2, 4, 1),
        "initialize_parameters_deep": ([2, 4, 3, 1],),
        "initialize_parameters_zeros": ([2, 4, 3, 1],),
    }
    with contextlib.redirect_stdout(io.StringIO()):
        made = notebook.names[hook](*sizes[hook])
    return made if isinstance(made, dict) else dict(zip("wb", made))


def same(one, other):
    return sorted(one) == sorted(other) and all(np.array_equal(one[k], other[k]) for k in one)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(("notebook", "hook"), HOOKS)
def test_a_box_can_be_pasted_twice_and_undone(notebook, hook, generation):
    notebook_run = host(notebook, generation)
    np.random.seed(3)
    original = start_of(notebook_run, hook)
    for experiment in paste.NOTEBOOKS[notebook].experiments:
        text = paste.box(notebook, experiment)
        notebook_run.paste(text)
        once = start_of(notebook_run, hook)
        notebook_run.paste(text)
        assert same(start_of(notebook_run, hook), once)
        assert not same(once, original)
        notebook_run.run(ORIGINS[notebook])
        np.random.seed(3)
        assert same(start_of(notebook_run, hook), original)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("notebook", paste.NOTEBOOKS)
def test_a_box_says_what_to_run_and_takes_an_earlier_result_away(notebook, generation):
    run, host_ = host(notebook, generation), paste.NOTEBOOKS[notebook]
    name = {"old": "d", "new": "logistic_regression_model"}[generation]
    name = name if notebook == "logistic" else "parameters"
    run.names[name] = "of an earlier start"
    assert run.paste(TEXTS[BOXES.index((notebook, "constant"))]) == (
        f"The box is in place. Now run {host_.trains}.\n"
    )
    assert name not in run.names
    with pytest.raises(NameError, match=f"First run {host_.trains}"):
        run.paste(paste.check_box(notebook))


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize(("notebook", "experiment"), [*BOXES, ("planar", "check")])
def test_a_box_that_is_run_too_early_says_what_to_run_first(notebook, experiment, generation):
    early = Host(f"{notebook}_{generation}", **{promised.NAMES[notebook]: DATA[notebook]})
    hook = paste.NOTEBOOKS[notebook].hook
    text = paste.box(notebook, experiment) if experiment != "check" else paste.check_box(notebook)
    with pytest.raises(NameError, match=r"First run the cell (of|with|that)"):
        early.paste(text)
    assert hook not in early.names
    titles = list(early.cells)
    early.run(*titles[: titles.index(ORIGINS[notebook]) + 1])
    if experiment != "check":
        early.paste(text)
        assert early.names[hook].__name__.startswith("initialize_")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_model_that_makes_its_zeros_itself_does_not_say_that_it_used_the_box(generation):
    notebook = host("logistic", generation)
    own = notebook.cells["model"].replace(
        "initialize_with_zeros(X_train.shape[0])", "np.zeros((X_train.shape[0], 1)), 0.0"
    )
    assert own != notebook.cells["model"]
    notebook.paste(own)
    notebook.paste(paste.box("logistic", "constant"))
    printed = notebook.run("train")
    assert "Start of the box" not in printed
    assert printed.startswith("Cost after iteration 0: 0.693147\n")


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("notebook", ["planar", "application"])
def test_the_check_notices_what_an_earlier_cell_has_left(notebook, generation):
    """Of the shapes of the result, but never trained on the data of the notebook."""
    run = host(notebook, generation)
    if "parameters" not in run.names:  # the older application has none
        run.paste("parameters = initialize_parameters(n_x, n_h, n_y)")
    said = run.paste(paste.check_box(notebook))
    assert "-> The notebook's own start goes lower. Another cell left this:" in said
    run.run("train") if notebook == "planar" else run.paste(SHORT)
    if notebook == "planar":
        assert "Another cell left" not in run.paste(paste.check_box(notebook))


def test_the_check_refuses_the_small_network_that_a_test_of_course_2_has_left():
    run = host("initialization", "new")
    with pytest.raises(ValueError, match="train_X has 2 rows: an earlier cell left this network"):
        run.paste(paste.check_box("initialization"))


def test_a_large_sum_makes_the_sigmoid_1_and_the_notebook_s_cost_nan_or_infinite():
    with np.errstate(all="ignore"):
        A = 1 / (1 + np.exp(-np.array(40.0)))
        costs = [-(Y * np.log(A) + (1 - Y) * np.log(1 - A)) for Y in (1, 0)]
    assert A == 1
    assert np.isnan(costs[0])
    assert np.isinf(costs[1])


@pytest.mark.slow
def test_at_size_0_01_the_circles_stay_at_ln_2_whatever_the_box():
    X, Y = datasets.circles()
    dims = (2, 10, 5, 1)
    texts = [paste.box("initialization", e).replace("0.3", "0.01") for e in SMALL]
    starts = []
    for text in [t for t in texts if "0.01" in t]:
        names = {"initialize_parameters_zeros": None}
        exec(text, names)
        starts.append(names["initialize_parameters_zeros"](dims))
    assert len(starts) == len(SMALL)
    starts.append(initializers.normal(dims, seed=3))
    options = {"activation": "relu", "learning_rate": 0.01, "num_iterations": 15_000}
    _, history = network.train(X, Y, initializers.stack(starts), cost_every=15_000, **options)
    assert np.abs(history.costs - np.log(2)).max() < 1e-4


SMALL = paste.NOTEBOOKS["initialization"].experiments
