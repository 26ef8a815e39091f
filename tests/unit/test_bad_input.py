"""Whatever is passed, a public function returns a result or says what it wants and what it got."""

import contextlib
import io
from functools import partial
from numbers import Integral

import matplotlib.pyplot as plt
import numpy as np
import pytest
from contract import assert_same, outcome, plain
from hypothesis import assume
from hypothesis import strategies as st
from starts import USES
from strategies import data, generated, random_parameters, spoiled

from symbreak import (
    activations,
    datasets,
    diagnose,
    gram,
    hessian,
    initializers,
    logistic,
    network,
    optimizers,
    parameters_from,
    paste,
    plots,
    printing,
    symmetry,
    theory,
)
from symbreak.initializers import INITIALIZERS

DIMS = (2, 3, 1)
X, Y = data(DIMS, 0, 4)
Y[0, :2] = 0, 1
PARAMETERS = random_parameters(DIMS, 1)
TIED = initializers.constant(DIMS)
CACHE = network.forward(X, PARAMETERS)[1]
GRADS = network.backward(PARAMETERS, CACHE, X, Y)
MASKS = {"D1": np.ones((3, 4))}
W, B = np.ones((2, 1)), np.array([[0.5]])
STARTED = optimizers.adam(PARAMETERS, GRADS, {}, learning_rate=0.1)[1]
START = {
    "layer_dims": DIMS,
    "random": ("W1", "b2"),
    "seed": 1,
    "scale": 0.01,
    "value": 0.01,
    "low": -0.1,
    "high": 0.1,
}
TRAIN = {
    "X": X,
    "Y": Y,
    "parameters": PARAMETERS,
    "learning_rate": 0.1,
    "num_iterations": 2,
    "snapshots": [0, 1],
    "cost_every": 1,
}
STEP = {"parameters": PARAMETERS, "grads": GRADS, "state": {}, "learning_rate": 0.1}
LINE = {"w": W, "b": B, "X": X}
HISTORY = network.train(**TRAIN)[1]


def show(**arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        return printing.show(**arguments)


def drawn(draw):
    """Return the function that draws a figure and returns what is said of it."""

    def said(**arguments):
        try:
            figure = draw(**arguments)
            figure.draw_without_rendering()
            return figure.alt
        finally:
            plt.close("all")

    return said


# Each public function with arguments that fit.
CALLS = {
    "train": (network.train, TRAIN | {"activation": "tanh"}),
    "forward": (
        network.forward,
        {"X": X, "parameters": PARAMETERS, "activation": "relu", "masks": MASKS},
    ),
    "backward": (
        network.backward,
        {"parameters": PARAMETERS, "cache": CACHE | MASKS, "X": X, "Y": Y, "activation": "tanh"},
    ),
    "compute_cost": (network.compute_cost, {"ZL": CACHE["Z2"], "Y": Y}),
    "update": (
        network.update,
        {"parameters": PARAMETERS, "grads": GRADS, "learning_rate": 0.1},
    ),
    "predict": (network.predict, {"parameters": PARAMETERS, "X": X, "activation": "tanh"}),
    "accuracy": (
        network.accuracy,
        {"parameters": PARAMETERS, "X": X, "Y": Y, "activation": "tanh"},
    ),
    **{name: (make, {k: START[k] for k in USES[name]}) for name, make in INITIALIZERS.items()},
    "stack": (initializers.stack, {"runs": [PARAMETERS, TIED]}),
    "flower": (datasets.flower, {"m": 6, "seed": 1}),
    "circles": (datasets.circles, {"m": 5, "seed": 1, "noise": 0.1, "factor": 0.5}),
    "xor": (datasets.xor, {"m": 5, "seed": 1, "noise": 0.1}),
    "blobs": (datasets.blobs, {"m": 5, "seed": 1, "noise": 0.1}),
    "moons": (datasets.moons, {"m": 5, "seed": 1, "noise": 0.1}),
    "unbalance": (datasets.unbalance, {"X": X, "Y": Y, "label": 0, "drop": 1}),
    "logistic forward": (logistic.forward, LINE),
    "logistic propagate": (logistic.propagate, LINE | {"Y": Y}),
    "logistic predict": (logistic.predict, LINE),
    "logistic accuracy": (logistic.accuracy, LINE | {"Y": Y}),
    "logistic train": (logistic.train, TRAIN | {"parameters": {"w": W, "b": B}}),
    "row_spread": (symmetry.row_spread, {"parameters": PARAMETERS, "layer": 1}),
    "tied_groups": (
        symmetry.tied_groups,
        {"parameters": TIED, "layer": 1, "kind": "factor", "rtol": 1e-9, "atol": 1e-15},
    ),
    "effective_width": (
        symmetry.effective_width,
        {"parameters": TIED, "layer": 1, "activation": "relu", "X": X, "rtol": 1e-6},
    ),
    "collapse": (symmetry.collapse, {"parameters": TIED}),
    "gradient_descent": (optimizers.gradient_descent, STEP),
    "momentum": (optimizers.momentum, STEP | {"beta": 0.9, "state": {"v": STARTED["v"]}}),
    "rmsprop": (
        optimizers.rmsprop,
        STEP | {"beta": 0.9, "epsilon": 1e-8, "state": {"s": STARTED["s"]}},
    ),
    "adam": (
        optimizers.adam,
        STEP | {"beta1": 0.9, "beta2": 0.99, "epsilon": 1e-8, "state": STARTED},
    ),
    "mini_batches": (optimizers.mini_batches, {"m": 5, "batch_size": 2, "seed": 1}),
    "dropout_masks": (
        optimizers.dropout_masks,
        {"layer_dims": DIMS, "m": 4, "keep_prob": {"D0": 0.5, "D1": 0.9}, "seed": 1},
    ),
    "gram train": (gram.train, TRAIN | {"activation": "tanh"}),
    "label_entropy": (theory.label_entropy, {"Y": Y}),
    "signal": (theory.signal, {"X": X, "Y": Y, "b2": 0.5}),
    "hessian": (
        hessian.hessian,
        {"parameters": PARAMETERS, "X": X, "Y": Y, "activation": "tanh"},
    ),
    "sigmoid": (activations.sigmoid, {"Z": X}),
    "diagnose": (
        diagnose,
        {
            "costs": [0.7, 0.6, 0.5],
            "Y": Y,
            "parameters": PARAMETERS,
            "X": X,
            "activation": "tanh",
            "start": TIED,
            "every": 100,
        },
    ),
    "parameters_from": (parameters_from, {"model": PARAMETERS, "layout": "out_in"}),
    "parameters_from list": (parameters_from, {"model": list(PARAMETERS.values())[::2]}),
    "box": (paste.box, {"notebook": "planar", "experiment": "zeros"}),
    "check_box": (paste.check_box, {"notebook": "planar"}),
    "start": (paste.start, {"notebook": "planar", "experiment": "constant", "sizes": DIMS}),
    "format_matrix": (printing.format_matrix, {"A": X, "decimals": 4}),
    "show": (show, {"arrays": PARAMETERS, "decimals": 4}),
    "costs": (
        drawn(plots.costs),
        {
            "curves": {"a": (np.array([0, 1]), np.array([0.7, 0.6])), "b": HISTORY},
            "marks": {"half": 0.5},
            "scale": "sqrt",
            "ylim": (0, 1),
        },
    ),
    "threads": (
        drawn(plots.threads),
        {"history": HISTORY, "name": "W1", "column": 1, "scale": "log", "ylim": (0, 1)},
    ),
    "matrices": (drawn(plots.matrices), {"parameters": TIED}),
    "scatter": (drawn(plots.scatter), {"X": X, "Y": Y}),
    "decision_regions": (
        drawn(partial(plots.decision_regions, lambda points: points[:1] > 0)),
        {"X": X, "Y": Y},
    ),
    "verdict_map": (
        drawn(plots.verdict_map),
        {"verdicts": [["S", "D"]], "rows": ["b2"], "columns": {"tanh": ["even", "odd"]}},
    ),
    "unit_color": (plots.unit_color, {"unit": 3}),
}


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("name", CALLS)
@generated(choice=st.data())
def test_wrong_input_ends_in_a_result_or_in_an_error_that_states_the_rule(name, choice):
    function, arguments = CALLS[name]
    some = st.lists(st.sampled_from(list(arguments)), min_size=1, max_size=2, unique=True)
    wrong = {
        argument: choice.draw(spoiled(arguments[argument]), label=argument)
        for argument in choice.draw(some, label="wrong")
    }
    n = wrong.get("num_iterations")
    assume(not isinstance(n, Integral) or n < 1000)  # very many are no error, only long
    result = outcome(function, arguments | wrong)
    if result is not None and name not in (
        "format_matrix",
        "show",
    ):  # what is accepted means what it says
        same = {name: plain(value, arguments[name]) for name, value in wrong.items()}
        assert_same(result, outcome(function, arguments | same))


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("name", CALLS)
def test_the_arguments_that_are_spoiled_fit_before(name):
    function, arguments = CALLS[name]
    assert outcome(function, arguments) is not None or name == "show"
