"""What is computed for a diagnosis, and the table of its findings."""

import string
from types import SimpleNamespace

import numpy as np
import pytest
import reports
from diagnosis_cases import DATA, FLOWER, LN_2, SMALL, TIED, train

from symbreak import diagnose, initializers, network
from symbreak.diagnosis import Finding
from symbreak.diagnosis.findings import KINDS, finding, in_order
from symbreak.diagnosis.reading import Network, _no_signal, read_labels

BROAD = initializers.normal((2, 4, 1), seed=1, scale=1)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 12))
LABELS = {  # what the outputs are compared with
    "one sigmoid": (1, np.arange(12) % 2),
    "three sigmoids": (3, RNG.uniform(size=(3, 12))),
    "softmax": (3, np.arange(12) % 3),
}


def _network(which, g="tanh"):
    n_y, Y = LABELS[which]
    parameters = initializers.random_biases((2, 4, 3, n_y), seed=1, scale=0.8)
    parameters |= {k: W for k, W in reports.normal((2, 4, 3, n_y)).items() if k[0] == "W"}
    return Network(parameters, X, g, read_labels(Y))


@pytest.mark.parametrize("which", LABELS)
@pytest.mark.parametrize("g", ["tanh", "sigmoid", "relu"])
def test_the_gradients_are_those_of_the_cost(which, g):
    net, h = _network(which, g), 1e-6
    assert net.soft == (which == "softmax")
    for name, array in net.parameters.items():
        for at in np.ndindex(array.shape):
            costs = []
            for sign in (1, -1):
                moved = array.copy()
                moved[at] += sign * h
                costs.append(net.look(net.parameters | {name: moved})[1])
            slope = (costs[0] - costs[1]) / (2 * h)
            assert net.grads[f"d{name}"][at] == pytest.approx(slope, abs=1e-8)


def test_the_cost_is_the_mean_cross_entropy():
    for which, (_, Y) in LABELS.items():
        net = _network(which)
        A = net.answers
        if which == "softmax":
            np.testing.assert_allclose(A.sum(axis=0), 1)
            cost = -np.log(A[Y, np.arange(12)]).mean()
        else:
            cost = -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean() * len(A)
        assert net.cost == pytest.approx(cost)


def test_runs_side_by_side_are_computed_as_one_by_one():
    for which in LABELS:
        net = _network(which)
        other = {name: array / 2 for name, array in net.parameters.items()}
        A, costs, grads = net.look(initializers.stack([net.parameters, other]))
        for run, parameters in enumerate((net.parameters, other)):
            one = net.look(parameters)
            np.testing.assert_allclose(A[run], one[0])
            assert costs[run] == pytest.approx(one[1])
            for name, grad in one[2].items():
                np.testing.assert_allclose(grads[name][run], grad, atol=1e-12)


@pytest.mark.parametrize("rate", [0.01, 0.5])
def test_the_promise_is_what_training_does(rate):
    start = initializers.normal((2, 4, 1), seed=1)
    Y = FLOWER[1]
    net = Network(start, FLOWER[0], "tanh", read_labels(Y))
    for steps in (1, 20):
        _, history = network.train(
            *FLOWER, start, learning_rate=rate, num_iterations=steps, cost_every=steps
        )
        assert net.after(rate, steps) == pytest.approx(history.costs[-1], abs=1e-12)
    assert net.promised_before(1e-6, 1) == pytest.approx(net.cost - net.after(1e-6, 1), rel=1e-3)


def test_a_promise_is_smaller_where_the_gradient_has_grown():
    start = initializers.normal((2, 4, 1), seed=1)
    costs, later = train("flower", start, num_iterations=100, learning_rate=0.5, every=1)
    net = Network(later, FLOWER[0], "tanh", read_labels(FLOWER[1]))
    seen = (costs[0] - net.cost) / 100
    assert 0.5 * seen < net.promised_before(0.5, 100) < 2 * seen
    assert net.after(0.5, 100) < net.cost - 2 * 100 * seen


# A run that records another cost: the last recorded one names its formula.
def _terms(Z, Y):
    A = reports.sigmoid(Z)
    return -(Y * np.log(A)).mean(), -((1 - Y) * np.log(1 - A)).mean()


def _clipped(Z, Y):
    A = np.clip(reports.sigmoid(Z), 1e-7, 1 - 1e-7)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean()


FORMULAS = {
    "the sum over": lambda Z, Y: reports.entropy(Z, Y) * Y.size,
    "base 2": lambda Z, Y: reports.entropy(Z, Y) / np.log(2),
    "the squared error": reports.squared,
    "half the squared error": lambda Z, Y: reports.squared(Z, Y) / 2,
    "a sigmoid applied twice": lambda Z, Y: reports.entropy(reports.sigmoid(Z), Y),
    "the ones alone": lambda Z, Y: _terms(Z, Y)[0],
    "the zeros alone": lambda Z, Y: _terms(Z, Y)[1],
    "wrong sign": lambda Z, Y: abs(np.subtract(*_terms(Z, Y))),
    "all pairs": lambda Z, Y: (np.logaddexp(0, Z) - Y.T * Z).mean(),
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cost_by_another_formula_is_recognized(formula):
    points, Y = reports.blobs(ones=0.3)
    costs, p = reports.run(
        *(points, Y, reports.normal((2, 4, 1)), "tanh", 0.2, 200, 20), cost=FORMULAS[formula]
    )
    found = diagnose(costs, Y, p, X=points, activation="tanh").findings[0]
    assert found.name == ("labels_broadcast" if formula == "all pairs" else "other_cost")
    assert formula in found.evidence and formula in str(found.evidence) + found.meaning


def test_answers_that_are_clipped_are_recognized():
    points, Y = reports.blobs()
    p = reports.normal((2, 4, 1), scale=20)  # wrong answers of almost 0 and 1
    cost = _clipped(reports.forward(points, p, "tanh")[0][-1], Y)
    found = diagnose([cost] * 4, Y, p, X=points, activation="tanh").findings[0]
    assert found.name == "other_cost" and "clipped at 1e-7" in found.evidence


def test_the_mean_over_several_outputs_is_recognized():
    for which in ("softmax", "three sigmoids"):
        net = _network(which)
        costs = net.cost / 3 + np.array([0.2, 0.1, 0.05, 0])
        found = diagnose(costs, net.Y, net.parameters, X=X, activation="tanh").findings[0]
        assert found.name == "other_cost" and "mean over the outputs" in found.evidence


ALARMS = {"update", "rate_too_small", "bad_basin", "other_cost", "labels_broadcast"}


# The table.
OTHERS = {  # what no report reaches: a call for each
    "negative": lambda: diagnose([-0.1] * 3),
    "not_finite_at_start": lambda: diagnose([np.nan] * 3),
    "not_finite": lambda: diagnose([0.7, 0.6, np.nan]),
    "too_few_costs": lambda: diagnose([0.7]),
    "labels_broadcast": lambda: _all_pairs(),
    "flat": lambda: diagnose([0.6] * 3),
    "rising": lambda: diagnose([0.6, 0.7, 0.9]),
    "oscillating": lambda: diagnose([0.69, 0.3, 0.6, 0.3, 0.6, 0.3, 0.6, 0.3]),
    "leveled_off": lambda: diagnose([0.69, 0.3, 0.2, 0.1, 0.1, 0.1]),
    "plateau_then_falling": lambda: diagnose([0.69, 0.69, 0.69, 0.4, 0.2, 0.1]),
    "stuck_at_ln_2": lambda: diagnose([LN_2] * 3),
    "flat_above_label_entropy": lambda: diagnose([0.8] * 3, [0, 1]),
    "no_hidden_layer": lambda: diagnose(
        [LN_2] * 3, [0, 1], {"w": np.zeros((2, 1)), "b": 0.0}
    ),
    "not_tied": lambda: diagnose([LN_2] * 3, [0, 1], SMALL),
    "tied_sign": lambda: diagnose([0.7], parameters=_related(-1)),
    "tied_factor": lambda: diagnose([0.7], parameters=_related(2)),
    "parameters_do_not_match": lambda: diagnose(
        [0.35] * 5, FLOWER[1], SMALL, X=FLOWER[0], activation="tanh"
    ),
    "saturated_layer": lambda: _saturated(slice(0, 4)),
    "saturated_units": lambda: _saturated(slice(0, 1)),
    "dead_units": lambda: diagnose(
        [0.5, 0.4, 0.3],
        parameters=SMALL | {"b1": np.array([[-9.0], [1], [1], [1]])},
        X=FLOWER[0],
        activation="relu",
    ),
    "no_gradient": lambda: diagnose(
        [LN_2] * 5,
        [[0, 0, 1, 1]],
        {"W1": np.array([[1.0, 0], [0.5, 0]]), "b1": np.zeros((2, 1))}
        | {"W2": np.array([[1, -np.tanh(1) / np.tanh(0.5)]]), "b2": np.zeros((1, 1))},
        X=np.array([[1.0, -1, 1, -1], [1, -1, -1, 1]]),
        activation="tanh",
    ),
}  # fmt: skip


def _all_pairs():
    Z = reports.forward(FLOWER[0], BROAD, "tanh")[0][-1]
    cost = FORMULAS["all pairs"](Z, FLOWER[1])
    return diagnose([cost] * 3, FLOWER[1], BROAD, X=FLOWER[0], activation="tanh")


def _related(k):
    start = initializers.normal((2, 4, 1), seed=1, scale=1)
    start["W1"][1] = k * start["W1"][0]
    start["W2"][:, 1] = k * start["W2"][:, 0]
    return start


def _saturated(units):
    parameters = {name: array.copy() for name, array in SMALL.items()}
    parameters["b1"][units] = 50
    return diagnose([0.6] * 3, None, parameters, X=FLOWER[0], activation="tanh")


def test_every_finding_is_reached():
    reached = {name for name, call in OTHERS.items() if name in call().names}
    assert reached == set(OTHERS)
    for case in reports.REPORTS + reports.KINDS:
        reached |= set(diagnose(**case.build()).names)
    assert reached <= set(KINDS)
    assert not (new := set(KINDS) - reached), f"tests/reports.py has no report with the cause {new}"


def test_the_table_is_whole():
    for name, kind in KINDS.items():
        assert set(kind) <= {"when", "means", "change", "over"}
        assert kind["when"] and not kind["when"].endswith(".") and kind["when"][0] != " "
        assert kind["means"].endswith((".", "{guess}", "{stay}"))
        assert kind["over"] <= set(KINDS), name


WORDS = {  # what the code fills in
    "classes": {"K"},
    "zero_weights": {"stay"},
    "update": {"or_rate"},
    "tied_equal": {"layer"},
    "tied_sign": {"needs", "layer"},
    "tied_factor": {"needs", "layer"},
    "one_effective_unit": {"layer"},
    "other_cost": {"formula"},
    "not_tied": {"missing"},
    "flat": {"guess"},
    "leveled_off": {"guess"},
    "still_falling": {"change"},
}


@pytest.mark.parametrize("name", KINDS)
def test_the_texts_have_the_words_that_the_code_fills_in(name):
    text = KINDS[name]["means"] + KINDS[name].get("change", "")
    assert {word for _, word, _, _ in string.Formatter().parse(text) if word} == (
        WORDS.get(name, set())
    )
    said = finding(name, "seen", **dict.fromkeys(WORDS.get(name, ()), "x"))
    assert said.name == name and "{" not in str(said)


def test_the_order_is_that_of_the_table_and_what_is_overruled_is_not_said():
    def names(*given):
        return tuple(one.name for one in in_order([Finding(name, "", "") for name in given]))

    assert names("leveled_off", "jumped", "diverged") == ("diverged", "jumped", "leveled_off")
    assert names("stuck_at_ln_2", "plateau") == ("plateau",)
    assert names("plateau", "leaving_plateau") == ("leaving_plateau",)
    # what is overruled itself overrules nothing: a tie would hide the bad basin
    assert names("dead_layer", "no_gradient", "bad_basin") == ("dead_layer",)
    assert names("labels", "update", "oscillating") == ("labels", "oscillating")
    assert names("dead_units", "dead_units") == ("dead_units", "dead_units")  # one for each layer
    assert names() == ()


def test_nothing_that_was_passed_is_asked_for():
    for case in reports.REPORTS + reports.KINDS:
        given = case.build()
        found = diagnose(**given)
        asked = {text.split(",")[0].split(" ")[0] for text in found.missing}
        assert not asked & {name for name in given if name != "X"}
        if "X" in given and "activation" in given:
            assert "X" not in asked
        assert "Pass start" not in str(found) or "start" not in given
        for name in ("X", "Y", "parameters"):
            assert f"Pass {name}" not in str(found) or name not in given


def test_unscaled_inputs_one_sample_and_few_costs_raise_no_alarm():
    rng = np.random.default_rng(1)
    Y = np.arange(60)[None] % 3 == 0
    pixels = rng.uniform(0, 225, (20, 60)) + 30 * Y
    for dims, rate in (((20, 5, 1), 1e-4), ((20, 1), 1e-5)):
        start = initializers.normal(dims, seed=1, scale=0.001)
        settings = dict(activation="relu", learning_rate=rate, num_iterations=400, cost_every=20)
        p, history = network.train(pixels, Y, start, **settings)
        more = dict(X=pixels, activation="relu", start=start, learning_rate=rate, every=20)
        assert set(diagnose(history.costs, Y, p, **more).names) <= {
            *("still_falling", "leveled_off", "plateau_then_falling", "dead_units"),
        }
    one, label = np.ones((2, 1)), np.ones((1, 1))
    p, history = network.train(
        one, label, SMALL, learning_rate=1.2, num_iterations=50, cost_every=5
    )
    more = dict(X=one, activation="tanh", start=SMALL, learning_rate=1.2, every=5)
    assert diagnose(history.costs, label, p, **more).names == ("still_falling",)
    for n in (1, 2):
        costs, later = train("flower", SMALL, num_iterations=100, every=50)
        more = dict(X=FLOWER[0], activation="tanh", start=SMALL, learning_rate=1.2, every=50)
        assert diagnose(costs[:n], FLOWER[1], later, **more).names[-1] == "too_few_costs"


@pytest.mark.parametrize("g", ["tanh", "sigmoid"])
@pytest.mark.parametrize("data", ["moons", "flower"])
def test_a_run_that_ended_early_is_not_told_that_its_update_is_wrong(data, g):
    start = initializers.normal((2, 4, 1), seed=0)
    for steps in (20, 100, 250):
        settings = dict(learning_rate=0.5, num_iterations=steps, every=1)
        costs, p = train(data, start, activation=g, **settings)
        more = dict(X=DATA[data][0], activation=g, start=start)
        for every in (1, 5, 20):
            for passed in ({}, {"learning_rate": 0.5, "every": every}):
                found = diagnose(costs[::every], DATA[data][1], p, **more, **passed)
                assert not ALARMS & set(found.names)


def test_costs_of_mini_batches_do_not_contradict_the_gradient():
    points, Y = FLOWER
    for rate in (0.3, 1.0):
        p, costs, random = SMALL, [], np.random.RandomState(0)
        for _ in range(40):
            order = random.permutation(400)
            for i in range(0, 400, 40):
                at = order[i : i + 40]
                _, cache = network.forward(points[:, at], p)
                p = network.update(p, network.backward(p, cache, points[:, at], Y[:, at]), rate)
            costs.append(network.compute_cost(network.forward(points, p)[1]["Z2"], Y))
        more = dict(X=points, activation="tanh", start=SMALL, learning_rate=rate, every=10)
        found = diagnose(costs, Y, p, **more)
        assert not ALARMS & set(found.names)


def test_the_largest_stable_rate_does_not_contradict_the_gradient():
    for rate in (2.0, 3.0, 6.0):
        costs, p = train("moons", SMALL, learning_rate=rate, num_iterations=600, every=10)
        more = dict(X=DATA["moons"][0], activation="tanh", start=SMALL)
        for passed in ({}, {"learning_rate": rate, "every": 10}):
            found = diagnose(costs, DATA["moons"][1], p, **more, **passed)
            assert not ALARMS & set(found.names)


def test_a_tied_start_is_said_before_what_the_costs_show():
    costs, p = train("flower", TIED)
    names = diagnose(costs, FLOWER[1], p, X=FLOWER[0], activation="tanh").names
    assert names[0] == "tied_equal" and not {"leveled_off", "bad_basin", "flat"} & set(names)


def test_samples_are_not_compared_where_that_would_take_long():
    Y = np.arange(500_001) % 2
    for m, found in ((1000, ["no_signal"]), (500_001, [])):
        net = SimpleNamespace(X=np.ones((2, m)), Y=Y[None, :m].astype(float))
        assert [f.name for f in _no_signal(net, read_labels(Y[None, :m]))] == found
