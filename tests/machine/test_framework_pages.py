"""The pages on other frameworks print what this package computes from the same start."""

import re

import numpy as np
import pytest
from sklearn.datasets import make_moons

from snippets.machine.examples import FOLDER
from symbreak import initializers, network

PAGES = ("pytorch", "keras", "scikit-learn")


@pytest.mark.parametrize("start", ["zeros", "constant"])
def test_each_framework_ends_where_this_package_ends(start):
    X, y = make_moons(200, noise=0.2, random_state=1)
    parameters, history = network.train(
        X.T,
        y[None, :],
        getattr(initializers, start)((2, 4, 1)),  # the constant is 0.01
        learning_rate=0.5,
        num_iterations=1000,
    )
    W1 = parameters["W1"]
    for page in PAGES:
        record = (FOLDER / page / "starts.out").read_text(encoding="utf-8")
        loss, printed = re.search(
            rf"{start}: loss (\S+),[^\n]*\n(\[\[.*?\]\])", record, re.S
        ).groups()
        assert float(loss) == pytest.approx(history.costs[-1], abs=0.01)
        weights = np.array([row.split() for row in re.findall(r"[^\[\]\n]{3,}", printed)], float)
        expected = W1 if page == "pytorch" else W1.T  # units are rows there, columns elsewhere
        assert weights.shape == expected.shape
        assert weights == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("page", PAGES)
def test_from_the_default_start_all_units_differ(page):
    record = (FOLDER / page / "starts.out").read_text(encoding="utf-8")
    printed = re.search(r"default: [^\n]*\n(\[\[.*?\]\])", record, re.S)[1]
    weights = np.array([row.split() for row in re.findall(r"[^\[\]\n]{3,}", printed)], float)
    units = weights if page == "pytorch" else weights.T
    assert units.shape == (4, 2) and len(np.unique(units, axis=0)) == 4
