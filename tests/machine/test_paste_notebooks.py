"""The boxes and the check in stand-ins for the notebooks (tests/hosts), which train."""

import contextlib
import io
from dataclasses import replace

import numpy as np
import promised
import pytest
from hosts import arithmetic
from pasted import BOXES, DATA, TEXTS, costs, host
from promised import GENERATIONS, ORIGINS, Host

from symbreak import datasets, initializers, network, paste

pytestmark = pytest.mark.usefixtures("trained_once")

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
