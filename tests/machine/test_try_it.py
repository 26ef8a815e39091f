"""The answers under "Try it": each edit that a page proposes is made, run, and looked at.

Where a long run shows no more than a short one, the short one is taken.
"""

import re

import numpy as np
import pytest
from pasted import checked

from snippets.machine import prose
from snippets.machine.examples import Example
from snippets.machine.record import NUMBERS
from symbreak import datasets, initializers, network, paste, symmetry

QUESTION = re.compile(r'^\?\?\? question "(.+)"$', re.MULTILINE)
CASES = {}  # the beginning of a question -> the function that tries it


def replaced(text, edits):
    for old, new in edits:
        assert old in text, f"there is no {old!r} in\n{text}"
        text = text.replace(old, new)
    return text


@pytest.fixture
def edited(no_screen, capsys):
    """Run an example with some of its text replaced; return its names, and what it printed."""

    def run(name, *edits):
        names = {"__name__": "__main__"}
        exec(compile(replaced(Example(name).source, edits), name, "exec"), names)
        return names, capsys.readouterr().out

    return run


def case(question):
    def keep(function):
        assert question not in CASES
        CASES[question] = function
        return function

    return keep


def record(name):
    whole = Example(name).record.read_text(encoding="utf-8")
    return whole.partition(f"\n{NUMBERS}\n")[0]


def cells(text, by=lambda row: row[0]):
    """Return the rows of a Markdown table without its head, by their first cell."""
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {by(row): row[1:] for row in rows}


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def test_every_question_has_a_case_and_every_case_a_question():
    asked = [q for page in prose.pages() for q in QUESTION.findall(page.read_text("utf-8"))]
    assert len(asked) > 25
    without = [q for q in asked if sum(map(q.startswith, CASES)) != 1]
    assert not without, f"give each a case here, whose @case(...) is how it begins: {without}"
    assert [c for c in CASES if sum(q.startswith(c) for q in asked) != 1] == []


# Logistic regression --------------------------------------------------------------------------


@case("In `logistic/gradient.py`, add `X = X[[0, 0]]`")
def two_equal_features(edited):
    line = "X, Y = datasets.moons(seed=1, noise=0.2)  # (2, 200), (1, 200)\n"
    names, said = edited("logistic/gradient", (line, f"{line}X = X[[0, 0]]\n"))
    w = names["parameters"]["w"]
    assert w[0] == pytest.approx(w[1], rel=1e-12)
    assert f"{w.sum():.4f}" == "1.6537"
    assert "cost 0.5230" in said
    assert "w = 1.6537" in record("logistic/starts")


ONE_FEATURE = "X = X[:1]  # one feature, (1, 200): now w and b are all there is\n"


@case("In `logistic/starts.py`, add `Y = (X > 0.5) * 1.0`")
def separable(edited):
    names, _ = edited("logistic/starts", (ONE_FEATURE, f"{ONE_FEATURE}Y = (X > 0.5) * 1.0\n"))
    ends = np.array([path[-1] for path in names["paths"].values()])
    assert len(np.unique(ends.round(4), axis=0)) > 1
    ws = np.array([path[:, 0] for path in names["paths"].values()])
    assert (ws[:, -1] > ws[:, -100]).all()
    costs = np.array([history.costs for history in names["histories"].values()])
    assert (costs[:, -1] < costs[:, -100]).all()
    assert np.ptp(costs[:, -1]) < 0.01


@case("In `logistic/starts.py`, set `learning_rate=10.0`")
def too_long_steps(edited):
    names, said = edited("logistic/starts", ("learning_rate=1.0", "learning_rate=10.0"))
    assert len({line.partition(" ends")[2] for line in said.splitlines()}) == 1
    for path in names["paths"].values():
        assert np.abs(path[-1] - path[-2]).max() > 0.1
        np.testing.assert_allclose(path[-1], path[-3], atol=1e-6)
        # On either side: from one to the other the way leads past the optimum.
        assert np.dot(path[-1] - (1.6537, -0.8544), path[-2] - (1.6537, -0.8544)) < 0
    assert all(history.costs[-1] > 0.5230 for history in names["histories"].values())


# Two layers, zeros, constants -----------------------------------------------------------------


BACKWARD = 'network.backward(parameters, cache, X, Y, activation="tanh")'


@case("In `two-layers/differences.py`, give `network.backward` the wrong activation")
def wrong_activation(edited):
    edit = (BACKWARD, BACKWARD.replace("tanh", "sigmoid"))
    _, said = edited("two-layers/differences", edit)
    assert re.findall(r"True|False", said) == ["False", "False", "True", "True"]


@case("In `two-layers/differences.py`, set `step = 1e-2`")
def wrong_steps(edited):
    for step in ("1e-2", "1e-12"):
        _, said = edited("two-layers/differences", ("step = 1e-5", f"step = {step}"))
        assert re.findall(r"True|False", said) == ["False"] * 4


@case("In `two-layers/rows.py`, remove the line")
def rows_without_columns(edited):
    line = 'parameters["W2"][:, 1] = parameters["W2"][:, 0]  # <- equal columns\n'
    names, _ = edited("two-layers/rows", (line, ""))
    grads = names["grads"]
    assert grads["dW2"][0, 0] == pytest.approx(grads["dW2"][0, 1], rel=1e-12)
    assert (grads["dW1"][0] != grads["dW1"][1]).all()
    assert names["fig"].alt.endswith("no two hidden units are tied.")


@case("In `zero-init/tanh.py`, make one entry of W2 equal to 1")
def one_outgoing_weight(edited):
    line = "parameters = initializers.zeros((2, 4, 1))  # <- so A1 = tanh(0) = 0\n"
    names, _ = edited("zero-init/tanh", (line, f'{line}parameters["W2"][0, 0] = 1\n'))
    grads = names["grads"]
    for gradient in ("dW1", "dZ1"):
        assert grads[gradient][0].any()
        assert not grads[gradient][1:].any()
    assert not grads["dW2"].any()
    np.testing.assert_allclose(grads["db1"], 0, atol=1e-15)
    X, Y, start = names["X"], names["Y"], names["parameters"]
    _, history = network.train(X, Y, start, learning_rate=1.2, num_iterations=2, snapshots=range(3))
    _, one, two = history.snapshots.values()
    assert (one["W2"] == start["W2"]).all()
    assert two["W2"][0, 0] != 1
    assert abs(two["b1"][0]) > 1e-6
    for p in (one, two):
        assert not any(part.any() for part in (p["W1"][1:], p["b1"][1:], p["W2"][:, 1:]))


@case("In `zero-init/base-rate.py`, set `drop=0`")
def nothing_dropped(edited):
    names, _ = edited("zero-init/base-rate", ("drop=120", "drop=0"))
    assert np.ptp(names["history"].costs) < 1e-15
    assert names["history"].costs[0] == pytest.approx(np.log(2), abs=1e-15)
    assert names["parameters"]["b2"] == 0


@case("In `zero-init/sigmoid.py`, set `zeros = initializers.constant")
def constant_sigmoid(edited):
    _, said = edited("zero-init/sigmoid", ("initializers.zeros", "initializers.constant"))
    balanced = said[: said.index("--- unbalanced")]
    assert "different units: 1 (4 copies)" in balanced
    W1 = np.reshape(numbers(balanced.partition("W1")[2].partition("b1")[0]), (4, 2))
    assert (W1[0] == W1).all()
    assert (W1[0] != 0.01).all()


ROWS_EQUAL = "np.ones((n_h, n_x)) * 0.01,  # <- all rows equal"


@case("In `constant/rows.py`, set `W1` to")
def equal_rows_of_different_columns(edited):
    names, _ = edited("constant/rows", (ROWS_EQUAL, "np.tile([0.01, 0.03], (n_h, 1)),"))
    for p in names["history"].snapshots.values():
        assert np.ptp(p["W1"], axis=0).max() < 1e-12
        assert (p["W1"][:, 0] != p["W1"][:, 1]).all()


@case("Now set `W1` to")
def different_rows_of_equal_columns(edited):
    column = "np.tile([[0.01], [0.02], [0.03], [0.04]], (1, n_x)),"
    names, _ = edited("constant/rows", (ROWS_EQUAL, column))
    p = names["parameters"]
    for part in (p["W1"][:, 0], p["W1"][:, 1], p["b1"][:, 0], p["W2"][0]):
        assert np.diff(np.sort(part)).min() > 1e-4
    assert names["fig"].alt.endswith("no two hidden units are tied.")


@case("In `constant/one-unit.py`, set `n` to 8")
def eight_units(edited):
    _, said = edited("constant/one-unit", ("n, rate = 4", "n, rate = 8"))
    assert "matched rates: 0.00000000" in said
    assert numbers(said)[-1] > numbers(record("constant/one-unit").partition("\n\n---")[0])[-1]


@case("In `constant/half-plane.py`, change each")
def seven_units(edited):
    _, said = edited("constant/half-plane", ("(2, 4, 1)", "(2, 7, 1)"))
    rows = cells(said)
    best = numbers(rows["the best straight line"][-1])[0]
    for name in ("relu", "sigmoid", "tanh"):  # rounding may untie them; another machine, others
        units, *_, accuracy = rows[f"4 {name} copies"]
        assert units != "1" or numbers(accuracy)[0] <= best, name
    assert numbers(rows["4 relu copies"][-1])[0] < best


# Breaking symmetry, depth ---------------------------------------------------------------------


@case("In `breaking-symmetry/first-gradient.py`, add")
def output_weights_zero(edited):
    line = "start = initializers.normal((2, 4, 1), seed=2, scale=0.01)\n"
    names, _ = edited("breaking-symmetry/first-gradient", (line, f'{line}start["W2"] *= 0\n'))
    start, grads = names["start"], names["grads"]
    assert not grads["dW1"].any()
    assert len(np.unique(grads["dW2"])) == 4
    after = network.update(start, grads, learning_rate=1.2)
    _, cache = network.forward(names["X"], after)
    grads = network.backward(after, cache, names["X"], names["Y"])
    assert len(np.unique(grads["dW1"], axis=0)) == 4


@case("In `breaking-symmetry/first-steps.py`, add")
def last_bias_zero(edited):
    line = "start = initializers.random_biases((2, 4, 1), seed=2, scale=1)  # <- W = 0\n"
    edit = (line, f'{line}start["b2"] *= 0\n')
    _, said = edited("breaking-symmetry/first-steps", edit)
    lines = [line.partition("=")[2] or line for line in said.partition("---")[2].splitlines()]
    rows = [numbers(line) for line in lines if "[" in line]
    gradients = [row[2:] if len(row) == 6 else row for row in rows]
    assert len(gradients) == 20
    assert not np.any(np.hstack(gradients))


@case("In `breaking-symmetry/mirror.py`, add")
def one_unit_leaves_the_mirror(edited):
    line = "weights = np.concatenate("
    names, _ = edited("breaking-symmetry/mirror", (line, f'start["W2"][0, 3] = 1\n{line}'))
    p = names["parameters"]
    assert names["width"] == 3
    np.testing.assert_allclose(p["W1"][1], -p["W1"][2], atol=1e-6)
    np.testing.assert_allclose(p["W2"][0, 1], -p["W2"][0, 2], atol=1e-6)
    assert network.accuracy(p, names["X"], names["Y"]) > 0.672


@case("In `breaking-symmetry/depth.py`, let the random weights have scale 1")
def large_random_weights(edited):
    edits = [
        ("(initializers.normal, 0.01)", "(initializers.normal, 1)"),
        ("((2, 4, 1), (2, 4, 4, 1), (2, 4, 4, 4, 1))", "((2, 4, 4, 4, 1),)"),
    ]
    names, _ = edited("breaking-symmetry/depth", *edits)
    assert names["good"][2].sum() > 10
    assert "| 2-4-4-4-1 | 0.69 (0) | 0.69 (0) | 0.29 (1) |" in record("breaking-symmetry/depth")


@case("In `mystery/three-layers.py`, set `scale = 0.1`")
def twice_the_scale(edited):
    def waits(table):
        pairs = {seed: row[-1].split(" / ") for seed, row in cells(table).items()}
        return {
            seed: (float(predicted), float(measured))
            for seed, (predicted, measured) in pairs.items()
            if measured.isdigit()
        }

    _, said = edited("mystery/three-layers", ("0.05", "0.1"))
    before, after = waits(record("mystery/three-layers")), waits(said)
    shorter = np.array([np.divide(before[seed], after[seed]) for seed in before])
    assert len(shorter) > 5
    assert ((shorter[:, 1] > 3) & (shorter[:, 1] < 5)).all(), shorter
    off = [[p / m for p, m in found.values()] for found in (before, after)]
    assert np.median(off[1]) < np.median(off[0]) < 1
    assert np.median(shorter[:, 0]) > np.median(shorter[:, 1])


@case("In `mystery/suspects.py`, use `initializers.normal`")
def random_weights_leave(edited):
    edits = [("random_biases", "normal"), ("(1e-3, 1e-2, 0.1, 1, 10, 100)", "(1,)")]
    edits += [(count, "4000") for count in ("10_000", "20_000")]
    _, said = edited("mystery/suspects", *edits)
    assert [line.split(" | ")[2] for line in said.splitlines()[2:]] == ["3"] * 7


# The map, the plateau, rounding ---------------------------------------------------------------


@case("In `map/verdicts.py`, set `scale=1`")
def map_at_scale_one(edited):
    names, _ = edited("map/verdicts", ("scale=0.01", "scale=1"))
    assert f"alt: {names['fig'].alt}\n" in record("map/verdicts")
    usual = names["columns"]
    names, _ = edited("map/verdicts", ("scale=0.01", "scale=10"))
    for i, column in enumerate(names["columns"]):
        for subset, before, now in zip(names["subsets"], usual[i], column, strict=True):
            flat = i < 4 and before == "D" and "b1" in subset and "W1" not in subset
            assert now == ("D?" if flat else before)  # columns 4 and 5 are those of ReLU


@case("In `plateau/law.py`, replace the data")
def law_on_moons(edited):
    names, _ = edited("plateau/law", ("datasets.flower()", "datasets.moons(seed=1)"))
    flower = cells(record("plateau/law"))["1e-11"]
    for (predicted, measured), cell in zip(names["waits"].values(), flower, strict=True):
        assert (predicted[-1] - predicted[0]) / 10 < numbers(cell)[0] / 11
        assert np.abs(measured - predicted).max() < 2


@case("In `plateau/growth.py`, halve the learning rate")
def half_the_rate(edited):
    names, said = edited("plateau/growth", ("1.2", "0.6"))
    grow, shrink = names["grow"], names["shrink"]
    assert said.count(f"{grow:.4f}") == 5
    assert said.count(f"{shrink:.4f}") == 5
    assert grow - 1 == pytest.approx((1.2379 - 1) / 2, abs=5e-5)
    assert 1 - shrink == pytest.approx((1 - 0.7621) / 2, abs=5e-5)


@case("In `rounding/sums.py`, let `sizes` return")
def groups_of_one(edited):
    line = "return n_h // 4 * [4] + (n_h & 2) // 2 * [2] + (n_h & 1) * [1]"
    _, said = edited("rounding/sums", (line, "return [1] * n_h"))
    rows = cells(said)
    assert [rows[str(n_h)][1] for n_h in range(1, 10)] == ["1"] * 9


@case("In `rounding/sorted-samples.py`, let `running_sum` return")
def sums_in_blocks(edited):
    line = "return np.cumsum(P, axis=-1)[..., -1:]"
    _, said = edited("rounding/sorted-samples", (line, "return P.sum(axis=-1, keepdims=True)"))
    assert "W1 still zero: False" in said.partition("shuffled")[2].splitlines()[0]


# Ties, groups, zeros that are right -----------------------------------------------------------


@case("In `ties/picture.py`, write")
def one_mask(edited):
    _, said = edited("ties/picture", ('name == "dropout":', 'name == "dropout" and t == 0:'))
    assert numbers(said.partition("Dropout on the hidden layer")[2])[0] > 0.01


@case("In `ties/three-ties.py`, replace")
def l1(edited):
    _, said = edited("ties/three-ties", ("p[W] / len(i)", "np.sign(p[W]) / len(i)"))
    equal, mirrored, multiple = cells(said)["L2"]
    assert (equal, mirrored) == ("0.00", "0.00")
    assert multiple != "0.00"


@case("In `equal-rows/corollaries.py`, add")
def one_entry_of_two_units(edited):
    line = "starts = {\n"
    edit = (line, f'groups["W2"][0, 2] += 0.1\n{line}')
    _, said = edited("equal-rows/corollaries", edit)
    assert cells(said)["groups"] == ["2+1+1, 1+1+1"] * 4


@case("In `images/digits.py`, replace the digit 8 by 0")
def zeros_are_easier(edited):
    edits = [("load_digits(8)", "load_digits(0)"), ("seeds=range(3)", "seeds=range(1)")]
    _, said = edited("images/digits", *edits)
    eights, zeros = (
        cells(table, by=lambda row: (row[0], row[1])) for table in (record("images/digits"), said)
    )
    for start, (_, _, cost, right) in zeros.items():
        learns = [numbers(costs)[-1] < 0.3 for costs in (eights[start][2], cost)]
        assert learns[0] == learns[1], start
        if learns[0]:
            assert numbers(right)[0] > numbers(eights[start][3])[-1], start


@case("In `diagnose/look-alikes.py`, replace `initializers.normal`")
def larger_weights(edited):
    edit = ("initializers.normal", "initializers.sqrt_n")
    names, _ = edited("diagnose/look-alikes", edit)
    costs, _ = names["runs"]["small random"]
    assert costs.min() < 0.4
    assert not {"stuck_at_ln_2", "plateau"} & {*names["found"].names}


@case("In `diagnose/share-of-ones.py`, replace `initializers.zeros`")
def constant_share(edited):
    edit = ("initializers.zeros", "initializers.constant")
    names, said = edited("diagnose/share-of-ones", edit)
    zeros, _ = edited("diagnose/share-of-ones")
    np.testing.assert_allclose(names["costs"], zeros["costs"], atol=0.001)
    for finding in ("one_effective_unit", "plateau", "units 1, 2, 3, 4 are equal"):
        assert finding in said.partition("=== all there is")[2]


@case("In `zeros-right/factors.py`, set `activation")
def relu_factors(edited):
    _, said = edited(
        "zeros-right/factors",
        ("X, Y, start, learning", 'X, Y, start, activation="relu", learning'),
        ("accuracy(p, X, Y)", 'accuracy(p, X, Y, activation="relu")'),
    )
    tanh, relu = cells(record("zeros-right/factors")), cells(said)
    assert relu["W1"][1] == relu["W2"][1] == "never never never"
    assert "mixed" in relu["all, b random"][1]
    same = {zero for zero in tanh if tanh[zero][1] == relu[zero][1]}
    assert {*tanh} - same == {"W1", "W2", "all, b random"}
    for zero in ("none", "W3"):
        assert numbers(relu[zero][2])[0] < numbers(tanh[zero][2])[0] - 20


@case("In `zeros-right/factors.py`, unbalance the labels")
def unbalanced_factors(edited):
    edit = ("datasets.flower()", "datasets.unbalance(*datasets.flower(), drop=10)")
    names, said = edited("zeros-right/factors", edit, ("iterations=2000", "iterations=200"))
    before, after = cells(record("zeros-right/factors")), cells(said)
    changed = {zero: row[1] for zero, row in after.items() if row[1] != before[zero][1]}
    assert changed == {"W1 W2": "never never 2"}
    share = max(names["Y"].mean(), 1 - names["Y"].mean())
    assert after["W1 W2"][2] == f"{share:.0%}"


# The notebooks --------------------------------------------------------------------------------


@case("In `paste-application/results.py`, change the seed of `X`")
def other_noise(edited):
    for new in ("RandomState(1).rand(48, m)", "RandomState(0).rand(48, m) * 100"):
        _, said = edited("paste-application/results", ("RandomState(0).rand(48, m)", new))
        assert said.strip() == record("paste-application/results").strip()


@case("In `paste-logistic/results.py`, set `num_iterations=200`")
def a_tenth(edited):
    edits = [("num_iterations=2000", "num_iterations=200"), ("(0, 1, 19)", "(0, 1, -1)")]
    _, said = edited("paste-logistic/results", *edits)
    rows = list(cells(said).values())
    assert len(rows) == 3
    assert [row[-1] for row in rows] == ["597 of 597"] * 3
    for column in (1, 2):
        assert len({row[column] for row in rows}) == 1


def boxed(notebook, box, *edits, function):
    """Return the function with which an edited box replaces that of the notebook."""
    names = {function: None}
    exec(replaced(paste.box(notebook, box), edits), names)
    return names[function]


@case("In the box *constant*, change `0.3` to `0.01`")
def small_constant_box(edited):
    dims, (X, Y) = (2, 10, 5, 1), datasets.circles(300, seed=1)
    function = "initialize_parameters_zeros"
    small = boxed("initialization", "constant", ("0.3", "0.01"), function=function)(dims)
    for start in (small, initializers.normal(dims, seed=3)):
        _, history = network.train(
            X, Y, start, activation="relu", learning_rate=0.01, num_iterations=15_000
        )
        assert np.abs(history.costs - np.log(2)).max() < 0.0005


@case("Run the cell that tries several hidden layer sizes")
def sizes(edited):
    assert all(numbers(line)[1] < 0.7 for line in record("paste-planar/sizes").splitlines())


@case("In the box *linspace*, change both 0.01")
def linspace_box(edited):
    edit = ("np.linspace(-0.01, 0.01,", "np.linspace(-0, 0,")
    start = boxed("planar", "linspace", edit, function="initialize_parameters")(2, 4, 1)
    p, _ = network.train(*datasets.flower(), start, learning_rate=1.2, num_iterations=10_000)
    assert "4 units, 1 different" in checked("planar", p)


@case("The notebook asks: what if you change tanh to sigmoid or ReLU?")
def other_activations(edited):
    rows = cells(record("paste-planar/activations"), by=lambda row: (row[0], row[1]))
    assert all(row[-1] == units for (_, units), row in rows.items())
    assert {start for start, row in rows.items() if row[-2] == "10"} == {("tanh", "4")}
    assert {start for start, row in rows.items() if row[-2] == "0"} == {
        ("relu", "4"),
        ("relu", "20"),
    }
    relu = {"activation": "relu", "learning_rate": 1.2, "num_iterations": 1000}
    for box, units in (("w1-zero", 0), ("random-biases", 1)):
        start = paste.start("planar", box, (2, 4, 1))
        p, _ = network.train(*datasets.flower(), start, **relu)
        assert symmetry.effective_width(p, activation="relu") == units
        assert np.array_equal(p["W1"], start["W1"]) == (box == "w1-zero")


# Other frameworks -----------------------------------------------------------------------------


@case('In `scikit-learn/memory.py`, add `solver="sgd", momentum=0`')
def without_memory(edited):
    settings = "settings = dict("
    name = "scikit-learn/memory"
    _, said = edited(name, (settings, f'{settings}solver="sgd", momentum=0, '))
    rows = [numbers(line) for line in said.splitlines() if "[" in line]
    assert len(rows) == 4 and all(len(set(row)) == 1 and len(row) == 4 for row in rows)
    _, said = edited(name)  # as it stands, the first two rows differ
    rows = [numbers(line) for line in said.splitlines() if "[" in line]
    assert [len(set(row)) for row in rows] == [4, 4, 1, 1]


@pytest.mark.parametrize("question", CASES)
def test_the_answer_is_what_happens(edited, question):
    CASES[question](edited)
