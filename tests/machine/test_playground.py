"""The playground computes what symbreak computes: its modules are asked through Node."""

import contextlib
import html
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest
import starts
import unit_cases
from conftest import ROOT
from unit_cases import KINDS, UNITS

from symbreak import activations, datasets, logistic, network, symmetry, theory

NODE = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
MODULES = ROOT / "docs" / "assets" / "playground"
ADDRESS = re.compile(r'(?:data-state="|href="(?:\.\./playground/)?#)(\w+=[^"]+)"')
DIMS = ((2, 1), (2, 1, 1), (2, 4, 1), (2, 8, 1), (2, 4, 4, 1), (2, 3, 3, 3, 1))


def ask(questions):
    done = subprocess.run(
        [NODE, str(ROOT / "tests" / "parity.mjs"), str(MODULES)],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


(MENUS,) = ask([{"ask": "menus"}])  # setting -> its choices
ACTIVATIONS, STARTS = MENUS["activation"], MENUS["start"]
DATA = {name: getattr(datasets, name)(seed=1) for name in MENUS["data"]}


def start(name, dims, seed, scale):
    """Return the start that the playground calls so, from the package."""
    settings = {"seed": seed, "scale": scale, "value": scale, "low": -scale, "high": scale}
    if name == "W2_random" and len(dims) == 2:  # there is no W2
        return starts.start("zeros", dims)
    if name in ("W1_random", "W2_random"):
        return starts.start("partly_random", dims, random=name[:2], **settings)
    return starts.start(name, dims, **settings)


def data(name, balanced):
    X, Y = DATA[name]
    if balanced:
        return X, Y
    return datasets.unbalance(X, Y, label=0, drop=int((Y == 0).sum()) // 2)


def layers(parameters):
    """Write parameters in the form of the playground."""
    return [
        {
            "n": parameters[f"b{k}"].size,
            "n_prev": parameters[f"W{k}"].shape[1],
            "W": parameters[f"W{k}"].ravel().tolist(),
            "b": parameters[f"b{k}"].ravel().tolist(),
        }
        for k in range(1, len(parameters) // 2 + 1)
    ]


def difference(answer, parameters):
    """Return the largest difference, relative to the larger of 1 and the largest number."""
    wanted = layers(parameters)
    pairs = [(a[part], w[part]) for a, w in zip(answer, wanted, strict=True) for part in "Wb"]
    scale = max(1, *(np.abs(w).max() for _, w in pairs))
    return max(np.abs(np.subtract(a, w)).max() for a, w in pairs) / scale


def test_every_choice_of_a_menu_is_known_to_the_modules():
    choices = [(menu, choice) for menu, choices in MENUS.items() for choice in choices]
    assert len(choices) > 20
    answers = ask([{"ask": "run", "text": f"{menu}={choice}"} for menu, choice in choices])
    for (menu, choice), answer in zip(choices, answers, strict=True):
        # What they do not know becomes the default.
        assert str(answer["settings"][menu]) == choice
        assert answer["iteration"] == 1


def test_every_address_of_a_page_is_understood():
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    found = {html.unescape(text) for page in pages for text in ADDRESS.findall(page)}
    assert len(found) > 10
    for text, answer in zip(found, ask([{"ask": "run", "text": t} for t in found]), strict=True):
        for name, value in parse_qsl(text, strict_parsing=True):
            known = answer["settings"][name]
            assert known == (value if isinstance(known, str) else float(value)), text


def test_the_data_sets_are_those_of_the_package():
    cases = list(itertools.product(DATA, (True, False)))
    answers = ask([{"ask": "dataset", "name": n, "balanced": b} for n, b in cases])
    for (name, balanced), answer in zip(cases, answers, strict=True):
        X, Y = data(name, balanced)
        np.testing.assert_allclose(answer["X"], X, rtol=0, atol=1e-13)
        assert answer["Y"] == Y[0].tolist()


def test_the_starts_are_those_of_the_package():
    cases = list(itertools.product(STARTS, DIMS, (0, 1, 7, 2**32 - 1), (0.01, 3.0)))
    answers = ask(
        [
            {"ask": "start", "name": n, "dims": d, "options": {"seed": s, "scale": c}}
            for n, d, s, c in cases
        ]
    )
    for (name, dims, seed, scale), answer in zip(cases, answers, strict=True):
        assert difference(answer, start(name, dims, seed, scale)) < 1e-15


def states():
    """Walk over a grid of settings, and return more than 500 states on the way of training."""
    found = []
    grid = itertools.product(DATA, ACTIVATIONS, STARTS)
    for number, (name, activation, how) in enumerate(grid):
        dims, balanced = DIMS[number % len(DIMS)], number % 3 > 0
        scale, rate = (0.01, 0.5, 2.0)[number % 3], (0.1, 1.2)[number % 2]
        X, Y = data(name, balanced)
        parameters = start(how, dims, number, scale)
        _, history = network.train(
            X, Y, parameters, activation=activation, learning_rate=rate, num_iterations=201,
            snapshots=(0, 1, 30, 31, 100, 101, 200, 201),
        )  # fmt: skip
        setting = {
            "name": name, "balanced": balanced, "activation": activation, "learning_rate": rate,
        }  # fmt: skip
        found += [
            (setting, history.snapshots[t], history.snapshots[t + 1]) for t in (0, 30, 100, 200)
        ]
    return found


def test_one_step_from_500_states_is_one_step_of_the_package():
    cases = states()
    assert len(cases) > 500
    answers = ask(
        [
            {"ask": "train", "layers": layers(before), "steps": 1, **setting}
            for setting, before, _ in cases
        ]
    )
    off = [difference(a["layers"], after) for a, (*_, after) in zip(answers, cases, strict=True)]
    assert max(off) < 1e-12
    assert np.median(off) < 1e-15


# Smooth units at a moderate rate: errors do not grow by much in 500 iterations.
WELL_CONDITIONED = [
    ("flower", "tanh", "normal", (2, 4, 1), 0.5),
    ("flower", "sigmoid", "normal", (2, 4, 1), 0.5),
    ("moons", "tanh", "sqrt_n", (2, 4, 1), 0.5),
    ("moons", "tanh", "sqrt_n", (2, 4, 4, 1), 0.1),
    ("circles", "tanh", "xavier", (2, 8, 1), 0.1),
    ("xor", "tanh", "random_biases", (2, 4, 1), 0.1),
    ("xor", "sigmoid", "he", (2, 3, 3, 3, 1), 0.1),
    ("flower", "tanh", "zeros", (2, 1), 1.2),
    ("moons", "tanh", "normal", (2, 1), 0.5),
]


def test_500_steps_agree_on_well_conditioned_cases():
    questions, wanted = [], []
    for name, activation, how, dims, rate in WELL_CONDITIONED:
        parameters = start(how, dims, 3, 0.1)
        X, Y = data(name, True)
        wanted.append(
            network.train(
                X, Y, parameters, activation=activation, learning_rate=rate, num_iterations=500,
                cost_every=1,
            )
        )  # fmt: skip
        questions.append(
            {
                "ask": "train", "name": name, "balanced": True, "layers": layers(parameters),
                "activation": activation, "learning_rate": rate, "steps": 500,
            }
        )  # fmt: skip
    for answer, (parameters, history) in zip(ask(questions), wanted, strict=True):
        assert difference(answer["layers"], parameters) < 1e-9
        np.testing.assert_allclose(answer["costs"], history.costs[:-1], atol=1e-9)


def test_without_a_hidden_layer_it_is_logistic_regression():
    X, Y = data("moons", False)
    start = {"w": np.zeros((2, 1)), "b": 0.0}
    wanted, _ = logistic.train(X, Y, start, learning_rate=1.2, num_iterations=300)
    (answer,) = ask(
        [
            {
                "ask": "time", "text": "layers=1&start=zeros&data=moons&balanced=no",
                "iterations": 300, "back": 0,
            }
        ]
    )  # fmt: skip
    ((W, b),) = ((layer["W"], layer["b"]) for layer in answer["end"])
    np.testing.assert_allclose([*W, *b], [*wanted["w"].ravel(), float(wanted["b"])], rtol=1e-10)


def test_from_tied_and_from_other_starts_the_widths_agree():
    questions, wanted = [], []
    for name, activation, how in itertools.product(("flower", "xor"), ACTIVATIONS, STARTS):
        for dims in ((2, 4, 1), (2, 4, 4, 1)):
            X, Y = data(name, False)
            setting = {"activation": activation, "learning_rate": 0.5}
            parameters = start(how, dims, 2, 0.3)
            after, _ = network.train(X, Y, parameters, num_iterations=60, **setting)
            wanted.append(
                [
                    symmetry.effective_width(after, layer, activation=activation, X=X)
                    for layer in range(1, len(dims) - 1)
                ]
            )
            questions.append(
                {
                    "ask": "train", "name": name, "balanced": False,
                    "layers": layers(parameters), "steps": 60, **setting,
                }
            )  # fmt: skip
    assert [answer["widths"] for answer in ask(questions)] == wanted
    assert {1, 2, 4} <= set(itertools.chain(*wanted))


@pytest.mark.parametrize("case", UNITS)
def test_groups_and_widths_are_those_of_the_shared_cases(case):
    units = UNITS[case]
    p = units.parameters()
    blocks = [np.hstack([p["W1"], p["b1"]]).tolist(), p["W2"].T.tolist()]
    A1 = {g: network.forward(unit_cases.X, p, activation=g)[1]["A1"] for g in KINDS.values()}
    answers = ask(
        [
            {
                "ask": "groups", "blocks": blocks, "layers": layers(p), "activation": activation,
                "symmetry": {"odd": kind == "sign", "homogeneous": kind == "factor"},
                "output": A1[activation].ravel().tolist(),
            }
            for kind, activation in KINDS.items()
        ]
    )  # fmt: skip
    assert answers == [
        {"groups": units.tied(k), "width": units.width(k), "different": max(1, units.width(k))}
        for k in KINDS
    ]


@pytest.mark.parametrize("case", UNITS)
def test_the_drawn_rope_binds_the_units_that_agree(case):
    p = UNITS[case].parameters()
    rows = np.hstack([p["W1"], p["b1"]])
    for kind in KINDS:
        tie = {"odd": kind == "sign", "homogeneous": kind == "factor"}
        (bound,) = ask([{"ask": "bound", "layers": layers(p), "symmetry": tie}])
        assert bound == symmetry.agreement([rows], **tie).tolist()


@pytest.mark.parametrize("balanced", [True, False])
def test_the_label_entropy_is_that_of_the_package(balanced):
    (entropy,) = ask([{"ask": "entropy", "name": "moons", "balanced": balanced}])
    assert entropy == pytest.approx(theory.label_entropy(data("moons", balanced)[1]), abs=1e-15)


@pytest.mark.parametrize("iterations", [30, 1000])
def test_back_in_time_is_what_was_there_and_goes_on_alike(iterations):
    text = "start=normal&data=xor&scale=0.5"
    (answer,) = ask([{"ask": "time", "text": text, "iterations": iterations, "back": 25}])
    view = answer["view"]
    assert view["last"] == view["iteration"] <= 25
    assert view["iteration"] > 20
    assert view["cost"] == answer["costs"][view["iteration"]]
    assert view["kept"] <= 401
    assert answer["again"] == answer["end"]


# Every start, every data set and every activation at least once, on the way to the same numbers.
SCRIPTS = [
    ("start=constant&data=flower", 300, []),
    ("start=constant&data=moons&scale=0.3", 60, [0, 20, 20]),
    ("start=zeros&layers=1&data=moons&balanced=no", 300, [100]),
    ("start=W2_random&layers=1&data=moons", 0, []),
    ("start=zeros&activation=sigmoid&balanced=no", 100, []),
    ("start=constant_times_layer&data=circles&layers=3&n_h=3", 40, []),
    ("start=linspace&data=xor&n_h=8", 50, []),
    ("start=normal&data=moons&seed=7&scale=0.5&rate=0.3", 200, [50]),
    ("start=random_biases&data=moons&activation=relu&scale=0.1", 80, []),
    ("start=W1_random&data=xor&scale=1e-7&n_h=1", 20, []),
    ("start=W2_random&data=xor&scale=100&rate=0.0001", 5, []),
    ("start=sqrt_n&data=moons&layers=4&rate=0.1", 100, []),
    ("start=he&activation=relu&data=xor&rate=0.1&seed=4294967295", 60, []),
    ("start=xavier&data=flower&balanced=no&rate=0.5", 60, []),
]
TRIED = {setting for text, *_ in SCRIPTS for setting in text.split("&")}
CHOICES = [f"{menu}={name}" for menu in ("start", "data", "activation") for name in MENUS[menu]]
SCRIPTS += [(f"{choice}&n_h=3", 60, []) for choice in CHOICES if choice not in TRIED]


@pytest.mark.parametrize(("text", "iterations", "nudges"), SCRIPTS, ids=lambda x: str(x))
def test_the_script_prints_what_the_page_says(text, iterations, nudges):
    (answer,) = ask([{"ask": "script", "text": text, "iterations": iterations, "nudges": nudges}])
    assert answer["again"]["iterations"] == iterations
    assert answer["again"]["nudges"] == ".".join(map(str, nudges))
    printed, space = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        exec(answer["script"], space)
    assert difference(answer["parameters"], space["parameters"]) < 1e-9
    assert printed.getvalue().splitlines()[-len(answer["said"]) :] == answer["said"]


def test_an_activation_has_the_symmetries_that_it_has_in_the_package():
    (found,) = ask([{"ask": "symmetries"}])
    for name, *flags in found:
        g = activations.ACTIVATIONS[name]
        assert flags == [g.odd, g.homogeneous, g.dies], name


def layer(groups, n=4, kind="equal"):
    return {"groups": groups, "n": n, "kind": kind}


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"layers": [layer([[0, 1, 2, 3]])]}, "4 units, one rope: the network acts as one unit."),
        ({"layers": [layer([[0], [1], [2], [3]])]}, "4 units, all different."),
        (
            {"layers": [layer([[0, 1], [2, 3]], kind="sign")]},
            "4 units: a rope of 2, up to sign, a rope of 2, up to sign.",
        ),
        (
            {"layers": [layer([[0, 2]], kind="factor")]},
            "4 units: a rope of 2, up to a factor, 2 that do not look at the input: "
            "the network acts as one unit.",
        ),
        ({"layers": [layer([[0], [1, 2, 3]])]}, "4 units: a rope of 3, 1 alone."),
        (
            {"layers": [layer([[0], [1], [2], [3]]), layer([])]},
            "Layer 1: 4 units, all different; layer 2: 4 units, none of which looks at its input: "
            "the network answers the same to every sample.",
        ),
        (
            {"layers": [layer([[0, 1, 2, 3]], kind="factor")]},
            "4 units, one rope, up to a factor: the network acts as one unit.",
        ),
        (
            {"layers": [layer([[0, 1, 2, 3]]), layer([[0, 1, 2, 3]])]},
            "Each layer: 4 units, one rope: the network acts as one unit per layer.",
        ),
        (
            {"layers": [layer([])], "moved": "none"},
            "Stuck: nothing has moved; 4 units, none of which looks at its input.",
        ),
        (
            {"layers": [layer([])], "moved": "last bias"},
            "Stuck: only the last bias has moved; it learns the share of ones.",
        ),
        (
            {"layers": [layer([[0], [1], [2], [3]])], "started": False},
            "At the start: 4 units, all different.",
        ),
        ({"layers": [layer([[0]], n=1)]}, "1 unit: the network acts as one unit."),
        (
            {"layers": [], "costs": [0.69314, 0.67314]},
            "Logistic regression: one unit without copies; its weights have moved, and the "
            "cost fell from 0.6931 to 0.6731.",
        ),
        (
            {"layers": [], "costs": [9.91, 10.12]},
            "Logistic regression: one unit without copies; its weights have moved, and the "
            "cost rose from 9.9100 to 10.1200.",
        ),
        (
            {"layers": [], "costs": [0.69314, 0.69313]},
            "Logistic regression: one unit without copies; its weights have moved, and the "
            "cost is still 0.6931.",
        ),
        (
            {"layers": [], "started": False},
            "At the start: logistic regression, one unit without copies.",
        ),
        ({"layers": [], "moved": "last bias"}, "Stuck: only the bias has moved."),
        (
            {"layers": [], "diverged": True, "iteration": 12},
            "Diverged at iteration 12: a number is no longer finite. Try a smaller learning rate.",
        ),
    ],
)
def test_the_verdict_says_it_in_one_sentence(state, sentence):
    state = {"started": True, "moved": "weights", "diverged": False, **state}
    assert ask([{"ask": "verdict", **state}]) == [sentence]
