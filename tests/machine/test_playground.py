"""The playground computes what symbreak computes: its modules are asked through Node."""

import html
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

from symbreak import datasets, network, symmetry, theory

NODE = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
MODULES = ROOT / "docs" / "assets" / "playground"
DATA = {
    "flower": datasets.flower(),
    "circles": datasets.circles(),
    "xor": datasets.xor(seed=1),
    "moons": datasets.moons(seed=1),
}
ADDRESS = re.compile(r'(?:data-state="|href="(?:\.\./playground/)?#)(\w+=[^"]+)"')
DIMS = ((2, 1, 1), (2, 4, 1), (2, 8, 1), (2, 4, 4, 1), (2, 3, 3, 3, 1))


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


def start(name, dims, seed, scale):
    """Return the start that the playground calls so, from the package."""
    settings = {"seed": seed, "scale": scale, "value": scale, "low": -scale, "high": scale}
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


@pytest.mark.parametrize("balanced", [True, False])
def test_the_label_entropy_is_that_of_the_package(balanced):
    (entropy,) = ask([{"ask": "entropy", "name": "moons", "balanced": balanced}])
    assert entropy == pytest.approx(theory.label_entropy(data("moons", balanced)[1]), abs=1e-15)


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
            "Layer 1: 4 units, one rope; layer 2: 4 units, one rope: the network acts as one unit "
            "per layer.",
        ),
        (
            {"layers": [layer([])], "moved": "none"},
            "Stuck: nothing has moved. 4 units, none of which looks at its input.",
        ),
        (
            {"layers": [layer([])], "moved": "last bias"},
            "Stuck: only the last bias has moved. It learns the share of ones.",
        ),
        (
            {"layers": [layer([[0], [1], [2], [3]])], "started": False},
            "At the start: 4 units, all different.",
        ),
        ({"layers": [layer([[0]], n=1)]}, "1 unit: the network acts as one unit."),
        (
            {"layers": [], "diverged": True, "iteration": 12},
            "Diverged at iteration 12: a number is no longer finite. Try a smaller learning rate.",
        ),
    ],
)
def test_the_verdict_says_it_in_one_sentence(state, sentence):
    state = {"started": True, "moved": "weights", "diverged": False, **state}
    assert ask([{"ask": "verdict", **state}]) == [sentence]
