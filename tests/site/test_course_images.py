"""What the pages say of the course's cats, beside their tables.

The stand-ins for the notebooks train on them with each box, and print what the pages promise.

SYMBREAK_CATS names the folder with train_catvnoncat.h5 and test_catvnoncat.h5; `make cats` sets it.
"""

import os
from pathlib import Path

import numpy as np
import promised
import pytest

from symbreak import datasets, gram, initializers, network

if "SYMBREAK_CATS" not in os.environ:
    pytest.skip("no SYMBREAK_CATS: the course's images were not tried", allow_module_level=True)

FOLDER = Path(os.environ["SYMBREAK_CATS"])
TWO, ONE = (12288, 7, 1), (12288, 1, 1)
SETTING = {"learning_rate": 0.0075, "num_iterations": 2500, "activation": "relu"}


def lone_unit(start):
    """Return the start of the one unit that units with zero weights amount to, with ReLU."""
    b1 = np.sqrt((start["b1"].clip(0) ** 2).sum(keepdims=True))
    return initializers.zeros(ONE) | {"b1": b1, "b2": start["b2"]}


BIASES = [initializers.random_biases(TWO, seed=seed) for seed in range(12)]


@pytest.fixture(scope="module")
def images():
    return datasets.load_cats(FOLDER / "train_catvnoncat.h5", FOLDER / "test_catvnoncat.h5")


def test_seven_units_and_their_lone_unit_have_the_same_costs_throughout(images):
    X, Y, *_ = images
    seven, one = (
        gram.train(X, Y, initializers.stack(starts), cost_every=1, **SETTING)[1].costs
        for starts in (BIASES, [lone_unit(start) for start in BIASES])
    )
    assert seven.shape == (2501, 12)
    assert np.abs(seven - one).max() < 1e-12


def test_the_scores_swing_with_the_cost_in_the_last_iterations(images):
    X, Y, X_test, Y_test = images
    last = range(2200, 2501)
    _, history = gram.train(X, Y, BIASES[1], cost_every=1, snapshots=last, **SETTING)
    p = initializers.stack([history.snapshots[t] for t in last])
    train = 100 * network.accuracy(p, X, Y, activation="relu")
    test = 100 * network.accuracy(p, X_test, Y_test, activation="relu")
    costs = history.costs[2200:]
    assert (np.diff(costs) > 0).sum() > 100  # of 300 steps
    assert np.any((train.round(1) == 97.6) & (test.round() == 66))  # what the thread reports


def test_both_ways_of_training_have_the_same_costs(images):
    X, Y, *_ = images
    setting = SETTING | {"num_iterations": 200, "cost_every": 1}
    start = initializers.normal(TWO, seed=1)
    _, history = gram.train(X, Y, start, **setting)
    _, plain = network.train(X, Y, start, **setting)
    assert np.abs(history.costs - plain.costs).max() < 1e-8


def test_always_cat_scores_66_percent_of_the_test_images(images):
    assert images[3].mean() == 0.66
    assert images[1].sum() == 72


# The notebooks ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course():
    found = promised.cats()
    return lambda: found


@pytest.mark.usefixtures("trained_once")
@pytest.mark.parametrize("promise", promised.CATS, ids=lambda promise: promise.example)
def test_a_notebook_prints_with_each_box_what_its_page_promises(built, course, promise):
    """Both generations in one test: they compute the same, once."""
    page = promised.read(built, promise.notebook)
    for generation in promised.GENERATIONS:
        notebook, seen = promised.kernel(promise.notebook, generation, course), set()
        for name, wanted, printed in promised.rows(promise, page, generation, notebook):
            assert promised.faults(wanted, printed, generation) == [], (generation, name)
            seen.add(name)
        assert seen == set(page.tables[promise.example])


@pytest.mark.parametrize("generation", promised.GENERATIONS)
def test_a_constant_of_0_01_prints_the_cost_of_the_page_and_then_nan(built, course, generation):
    notebook = promised.kernel("application", generation, course)
    page = promised.read(built, "application")
    notebook.paste(page.boxes["application constant"].replace("0.001", "0.01"))
    notebook.cells["train"] = notebook.cells["train"].replace("2500", "101")
    printed = promised.said(notebook.run("train"))
    html = (built / "assignments" / "application" / "index.html").read_text(encoding="utf-8")
    assert f"cost at iteration 0: {printed['0'][:5]}\n" in html
    assert printed["100"] == "nan"
    assert printed.get("train") is None
    notebook.run("accuracy train")
    assert notebook.printed == "Accuracy: 0.6555023923444976\n"  # every image "no cat"


def test_the_stand_in_prints_the_published_costs_of_the_application(course):
    new = promised.kernel("application", "new", course)
    printed = promised.said(new.run("train"))
    assert float(printed["0"]) == pytest.approx(0.693049735659989, abs=1e-12)
    assert float(printed["2499"]) == pytest.approx(0.04421498215868956, abs=1e-12)
