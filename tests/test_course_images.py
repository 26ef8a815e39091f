"""The numbers of the page on images that need the course's own files.

SYMBREAK_CATS names the folder with train_catvnoncat.h5 and test_catvnoncat.h5; `make cats` sets it.
"""

import os
import re
from pathlib import Path

import numpy as np
import pytest

from snippets.catalog import DOCS
from symbreak import datasets, gram, initializers, network, symmetry

if "SYMBREAK_CATS" not in os.environ:
    pytest.skip("no SYMBREAK_CATS: the course's images were not tried", allow_module_level=True)

FOLDER = Path(os.environ["SYMBREAK_CATS"])
TWO, ONE, FOUR = (12288, 7, 1), (12288, 1, 1), (12288, 20, 7, 5, 1)
SEEDS = range(12)
RUNS = {
    "two layers, `W` random, 0.01": [initializers.normal(TWO, seed=1)],
    "two layers, zeros": [initializers.zeros(TWO)],
    "two layers, constant 0.01": [initializers.constant(TWO)],
    "two layers, `W` zero, `b` random, 12 seeds": [
        initializers.random_biases(TWO, seed=seed) for seed in SEEDS
    ],
    "one lone unit, `W` zero, `b` random, 12 seeds": [
        {k: np.abs(v) if k == "b1" else v for k, v in start.items()}  # alive: b1 > 0
        for start in (initializers.random_biases(ONE, seed=seed) for seed in SEEDS)
    ],
    "four layers, `W` random / sqrt(n)": [initializers.sqrt_n(FOUR, seed=1)],
    "four layers, `W` random, 0.01": [initializers.normal(FOUR, seed=1)],
}


@pytest.fixture(scope="module")
def images():
    return datasets.load_cats(FOLDER / "train_catvnoncat.h5", FOLDER / "test_catvnoncat.h5")


def rows() -> dict[str, list[str]]:
    text = (DOCS / "images.md").read_text(encoding="utf-8")
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1:] for row in cells if row[0] in RUNS}


@pytest.mark.parametrize("name", RUNS)
def test_the_page_has_the_numbers_of_this_run(images, name):
    X, Y, X_test, Y_test = images
    start = initializers.stack(RUNS[name])
    p, history = gram.train(X, Y, start, learning_rate=0.0075, num_iterations=2500)
    measured = (
        history.costs[-1],
        100 * network.accuracy(p, X, Y, activation="relu"),
        100 * network.accuracy(p, X_test, Y_test, activation="relu"),
        symmetry.effective_width(p, activation="relu", X=X),
    )
    print(name, *(f"{v.min():.4f} to {v.max():.4f}" for v in measured))
    # One image is 0.5% in training and 2% in the test; units are counted.
    for cell, values, slack in zip(rows()[name], measured, (6e-4, 0.6, 2.1, 0), strict=True):
        said = [float(number) for number in re.findall(r"[\d.]+", cell)]
        assert abs(values.min() - said[0]) <= slack
        assert abs(values.max() - said[-1]) <= slack


def test_both_ways_of_training_have_the_same_costs(images):
    X, Y, *_ = images
    setting = {"learning_rate": 0.0075, "num_iterations": 200, "cost_every": 1}
    start = initializers.normal(TWO, seed=1)
    _, history = gram.train(X, Y, start, **setting)
    _, plain = network.train(X, Y, start, activation="relu", **setting)
    assert np.abs(history.costs - plain.costs).max() < 1e-8


def test_always_cat_scores_66_percent_of_the_test_images(images):
    assert images[3].mean() == 0.66
    assert images[1].sum() == 72
