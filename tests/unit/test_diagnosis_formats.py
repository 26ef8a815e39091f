"""Costs, labels, data and parameters in the forms that readers have them in, and the refusals."""

import numpy as np
import pytest
import reports
from diagnosis_cases import FLOWER, LN_2, SMALL, train

from symbreak import diagnose, initializers, parameters_from
from symbreak.diagnosis.costs import read_costs
from symbreak.diagnosis.reading import read_labels

COSTS = [0.6931, 0.65, 0.5]


LOGGED = {"loss": COSTS, "val_loss": [1.0, 2.0, 3.0], "accuracy": [0.5, 0.6, 0.7]}


class History:
    def __init__(self):
        self.history = LOGGED


LOGS = {
    "the course": (
        "Cost after iteration 0: 0.693100\nCost after iteration 1000: 0.650000\n"
        "Cost after iteration 2000: 0.500000\n",
        [0, 1000, 2000],
    ),
    "Keras, one line": (
        "Epoch 1/3 - 1s - loss: 0.6931 - acc: 0.5000 - val_loss: 0.7\n"
        "Epoch 2/3 - 1s - loss: 0.65 - acc: 0.6000 - val_loss: 0.6\n"
        "Epoch 3/3 - 1s - loss: 0.5 - acc: 0.7000 - val_loss: 0.4\n",
        [1, 2, 3],
    ),
    "Keras, two lines": (
        "Epoch 1/3\n7/7 ━━━━━ 1s 2ms/step - accuracy: 0.5000 - loss: 0.6931 - val_loss: 0.7\n"
        "Epoch 2/3\n7/7 ━━━━━ 0s 2ms/step - accuracy: 0.6000 - loss: 0.65 - val_loss: 0.6\n"
        "Epoch 3/3\n7/7 ━━━━━ 0s 2ms/step - accuracy: 0.7000 - loss: 0.5 - val_loss: 0.4\n",
        None,
    ),
    "a comma": ("epoch 3, loss 0.6931\nepoch 4, loss 0.65\nepoch 5, loss 0.5", [3, 4, 5]),
    "the tutorial of PyTorch": (
        "[1,  2000] loss: 0.6931\n[1,  4000] loss: 0.65\n[1,  6000] loss: 0.5\nFinished Training",
        None,
    ),
    "pipes": ("100 | loss=0.6931\n200 | loss=0.65\n300 | loss=5.0e-1", None),
    "scikit-learn": (
        "Iteration 1, loss = 0.69310000\nIteration 2, loss = 0.65000000\n"
        "Iteration 3, loss = 0.50000000\n",
        [1, 2, 3],
    ),
    "a bar of tqdm": (
        "100%|####| 10/10 [00:01<00:00, loss=0.6931]\n100%|####| 10/10 [00:01<00:00, loss=0.65]\n"
        "100%|####| 10/10 [00:01<00:00, loss=0.5]",
        None,
    ),
    "one a line": ("0.6931\n\n0.65\n0.5\n", None),
    "a list": ("[0.6931, 0.65, .5]", None),
}
PAIRS = list(zip((0, 100, 200), COSTS))
FORMS = {
    "list": (COSTS, None),
    "array (n, 1)": (np.array(COSTS)[:, None], None),
    "tensors": ([reports.Tensor(cost, "float64") for cost in COSTS], None),
    "tensor": (reports.Tensor(COSTS, "float64").numpy(), None),
    "a generator": ((cost for cost in COSTS), None),
    "a history": (History(), None),
    "its dictionary": (LOGGED, None),
    "costs of the course": ({"costs": COSTS, "learning_rate": 0.1}, None),
    "pairs": (PAIRS, [0, 100, 200]),
    "an array of pairs": (np.array(PAIRS), [0, 100, 200]),
    **LOGS,
}


@pytest.mark.parametrize("form", FORMS)
def test_costs_are_read_in_every_form(form):
    given, after = FORMS[form]
    costs, iterations = read_costs(given)
    np.testing.assert_allclose(costs, COSTS)
    assert (None if iterations is None else list(iterations)) == after


def test_a_log_that_prints_several_times_in_an_epoch_gives_the_last_of_each():
    log = "\n".join(f"Epoch {e} batch {b}: loss {e + b / 10}" for e in (1, 2, 3) for b in (1, 2))
    costs, iterations = read_costs(log)
    assert (list(costs), list(iterations)) == ([1.2, 2.2, 3.2], [1, 2, 3])


def test_a_log_with_nan_is_read_to_the_end():
    assert diagnose("iter 0 loss 0.7\niter 1 loss 4.1\niter 2 loss: nan").names == ("diverged",)
    assert np.isinf(read_costs("0.7\ninf")[0][1])


def test_the_iterations_of_pairs_and_logs_are_named_and_give_every():
    costs = [(0, 0.5), (50, 0.9), (100, 0.6), (150, 0.55), (200, 0.5)]
    assert "at iteration 50," in diagnose(costs).findings[0].evidence
    assert "at iteration 7," in diagnose(costs, every=7).findings[0].evidence


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ("", ValueError, "must hold at least 1 cost, got none; pass a list of numbers"),
        ("  \n", ValueError, "must hold at least 1 cost, got none; pass a list of numbers"),
        ("it does not learn", ValueError, "a log must have lines with 'loss' .*got 'it does not l"),
        ("epoch 1 of 2", ValueError, "a log must have lines .*; pass a list of numbers"),
        ({"mse": [1, 2]}, ValueError, r"key 'loss', got \['mse'\]; diagnose\(history\['...'\]\)"),
        ([[1, 2, 3]] * 2, ValueError, r"got shape \(3,\) as cost 1; pick a run r: costs\[:, r\]"),
        ([(5, 0.7), (5, 0.6)], ValueError, "costs must be those of one run"),
        (b"0.7", TypeError, "costs must be a collection"),
        ([True, False], TypeError, "costs must hold numbers, got True as cost 1; pass a list"),
        (["0.7", "0.6"], TypeError, "costs must hold numbers, got '0.7' as cost 1; pass a list"),
    ],
)
def test_costs_that_are_none_are_refused_with_a_way_on(given, error, message):
    with pytest.raises(error, match=message):
        diagnose(given)


# Labels: K, the rows that are computed with, and the label entropy.
HALF, THIRDS = [0, 1, 1, 0], [0, 1, 2, 0, 1, 2]
SOFT = np.array([[0.9, 0.2], [0.1, 0.8]])


@pytest.mark.parametrize(
    ("Y", "K", "rows", "entropy"),
    [
        (HALF, 2, [HALF], LN_2),
        ([HALF], 2, [HALF], LN_2),
        (np.array([HALF]).T, 2, [HALF], LN_2),
        (np.array(HALF) == 1, 2, [HALF], LN_2),
        (np.array(HALF, np.uint8), 2, [HALF], LN_2),
        (reports.Tensor([[0], [1], [1], [0]]), 2, [HALF], LN_2),
        ([-1, 1, 1, -1], 2, [HALF], LN_2),
        ([1, 1, 1, 1], 2, [[1] * 4], 0),
        ([0], 2, [[0]], 0),
        (THIRDS, 3, np.eye(3)[THIRDS].T, np.log(3)),
        (np.eye(3)[THIRDS], 3, np.eye(3)[THIRDS].T, np.log(3)),
        (np.eye(3)[THIRDS].T, 3, np.eye(3)[THIRDS].T, np.log(3)),
        ([0, 2, 2], 3, [[1, 0, 0], [0, 0, 0], [0, 1, 1]], 0.6365),
        (SOFT, 0, SOFT, np.nan),
        ([0.1, 3.5, -2.0], 0, [[0.1, 3.5, -2.0]], np.nan),
        ([15, 16], 0, [[15, 16]], np.nan),
    ],
)
def test_labels_are_read_in_every_form(Y, K, rows, entropy):
    labels = read_labels(Y)
    assert labels.K == K and labels.m == np.shape(rows)[1]
    np.testing.assert_array_equal(labels.Y, rows)
    np.testing.assert_allclose(labels.entropy, entropy, atol=1e-4)


@pytest.mark.parametrize("turn_X", [False, True])
@pytest.mark.parametrize("turn_Y", [False, True])
def test_samples_may_be_in_rows_or_in_columns(turn_X, turn_Y):
    X, Y = FLOWER
    costs, parameters = train("flower", SMALL)
    found = diagnose(costs, Y, parameters, X=X, activation="tanh")
    other = {"X": X.T if turn_X else X, "Y": Y.T if turn_Y else Y}
    assert str(diagnose(costs, parameters=parameters, activation="tanh", **other)) == str(found)
    assert found.computed["answers"].endswith("% right")


@pytest.mark.parametrize("rows", [False, True])
def test_classes_are_read_as_labels_and_as_one_hot_for_softmax(rows):
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(2, 30)), np.arange(30) % 3
    parameters = initializers.normal((2, 4, 3), seed=1, scale=0.01)
    one_hot = np.eye(3)[Y] if rows else np.eye(3)[Y].T
    given = dict(costs=[np.log(3)] * 5, parameters=parameters, X=X.T if rows else X)
    for labels in (Y, one_hot):
        found = diagnose(Y=labels, activation="tanh", **given)
        assert found.names == ("plateau",)
        assert found.computed["cost"] == "1.0986, the mean cross-entropy"
    given["parameters"] = initializers.zeros((2, 4, 3))
    assert diagnose(Y=Y, activation="tanh", **given).names == ("zero_weights",)


def test_labels_that_one_output_cannot_give_come_first():
    start, X = initializers.normal((2, 4, 1), seed=1), np.ones((2, 6))
    for Y, seen in ((THIRDS, "Y has 3 labels"), (np.eye(3)[THIRDS], r"Y is one-hot, (3, 6)")):
        found = diagnose([0.69] * 4, Y, start, X=X, activation="tanh")
        assert found.names[0] == "labels" and found.findings[0].evidence.startswith(seen)


WEIGHTS = initializers.normal((2, 6, 1), seed=1)
COPIES = initializers.constant((2, 6, 1), 0.5)


@pytest.mark.parametrize(
    "form", [dict, reports.state_dict, reports.get_weights, reports.sklearn_weights]
)
def test_parameters_are_read_as_every_framework_has_them(form):
    assert diagnose([0.6] * 3, None, form(WEIGHTS)).names == ("flat",)
    assert diagnose([0.6] * 3, None, form(COPIES)).names[0] == "tied_equal"
    assert diagnose([0.6] * 3, start=form(COPIES)).names[0] == "tied_equal"


def test_a_square_kernel_is_asked_for_its_layout_or_read_by_its_biases():
    kernels = reports.get_weights(initializers.constant((2, 2, 1), 1.0))
    assert diagnose([0.6] * 3, None, kernels).names[0] == "tied_equal"  # (1, 2) fits one way only
    square = [np.ones((2, 2)), np.zeros(2), np.eye(2), np.zeros(2)]
    with pytest.raises(ValueError, match="layout must be given"):
        diagnose([0.6] * 3, None, square)
    assert diagnose([0.6] * 3, None, parameters_from(square, "in_out")).names


def test_the_activation_has_the_names_of_other_frameworks():
    X, Y = FLOWER
    costs, parameters = train("flower", SMALL, activation="sigmoid")
    found = [diagnose(costs, Y, parameters, X=X, activation=g) for g in ("sigmoid", "logistic")]
    assert str(found[0]) == str(found[1])
    with pytest.raises(ValueError, match=r"got 'gelu'; without it, .*diagnose\(costs, Y, param"):
        diagnose(costs, activation="gelu")
    with pytest.raises(ValueError, match="did you mean 'relu'"):
        diagnose(costs, activation="rleu")
    with pytest.raises(TypeError, match="activation must be one of"):
        diagnose(costs, activation=np.tanh)


START = initializers.normal((2, 4, 1), seed=1)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (dict(Y=[0, 1], X=np.ones((2, 7))), r"each of the m = 7 samples of X, got .*Y\[:, :7\]"),
        (dict(Y=np.zeros((2, 2, 2))), r"got \(2, 2, 2\); Y.reshape\(len\(Y\), -1\) has"),
        (dict(Y=[[0.1, 0.2], [0.3, 0.4]], parameters=START), "pass the Y of this network"),
        (dict(parameters=START, start=SMALL | {"W1": np.ones((4, 3))}), "leave start out"),
        (dict(learning_rate=-0.1), "greater than 0, got -0.1; pass 0.1"),
        (dict(parameters=START, X=np.ones((3, 7))), r"\(n_x = 2, m\), got \(3, 7\)"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_a_way_on(given, message):
    with pytest.raises(ValueError, match=message):
        diagnose(COSTS, **given)
