"""Weights from elsewhere, read from stand-ins; tests/oracles has the frameworks themselves."""

from types import SimpleNamespace

import numpy as np
import pytest

from symbreak import initializers, parameters_from

DIMS = (2, 4, 3, 1)
OURS = initializers.normal(DIMS, seed=1, scale=1) | {
    f"b{l}": np.arange(1.0, n + 1)[:, None] for l, n in enumerate(DIMS[1:], 1)
}
WEIGHTS = [OURS[f"W{l}"] for l in (1, 2, 3)]
BIASES = [OURS[f"b{l}"][:, 0] for l in (1, 2, 3)]
SQUARE = [np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros(2)]


class Tensor:
    """A tensor that gives numpy its numbers only without a gradient, on the CPU, in float64."""

    def __init__(self, array, steps=()):
        self.array, self.steps, self.shape = np.asarray(array), steps, np.shape(array)

    def step(self, name):
        return Tensor(self.array, (*self.steps, name))

    detach, cpu, double = (
        lambda self: self.step("detach"),
        lambda self: self.step("cpu"),
        lambda self: self.step("double"),
    )

    def numpy(self):
        assert {"detach", "cpu", "double"} <= set(self.steps)
        return self.array.astype(float)

    def __array__(self, *arguments, **options):
        raise TypeError("can't convert cuda device type tensor to numpy")


class Embedding:
    pass


class Module:
    """A module of PyTorch: names and tensors in the order of registration."""

    def __init__(self, tensors, **kinds):
        self.tensors, self.kinds = tensors, kinds

    def state_dict(self):
        return {name: Tensor(array) for name, array in self.tensors.items()}

    def named_modules(self):
        return [("", self), *self.kinds.items()]


class Model:
    """A model of Keras; with PyTorch below it is a module too, whose names are sorted."""

    def __init__(self, **arrays):
        self.arrays = [(name.replace("__", "/"), array) for name, array in arrays.items()]
        self.weights = [SimpleNamespace(path=name, name="kernel") for name, _ in self.arrays]

    def get_weights(self):
        return [array for _, array in self.arrays]

    def state_dict(self):
        raise AssertionError("get_weights comes first")


class Estimator:
    def fit(self, X, y): ...


def names(weight, bias, arrays=WEIGHTS, biases=BIASES):
    pairs = enumerate(zip(arrays, biases), 1)
    return {k: a for l, (W, b) in pairs for k, a in ((weight.format(l), W), (bias.format(l), b))}


def tensors(named):
    return {name: Tensor(array) for name, array in named.items()}


def fitted(**arrays):
    return type("MLPClassifier", (Estimator,), arrays)()


def listed(arrays, biases=BIASES):
    return [array for pair in zip(arrays, biases) for array in pair]


KERNELS = [W.T for W in WEIGHTS]
TORCH = names("net.{}.weight", "net.{}.bias")
SHUFFLED = {k: OURS[k] for k in ("W3", "b2", "W1", "b1", "b3", "W2")}
OTHERS = {"costs": [0.7, 0.6], "dW1": WEIGHTS[0], "learning_rate": 0.1}
SAME = {
    "course": OURS,
    "in any order": SHUFFLED,
    "with other keys": OURS | OTHERS,
    "course, flat biases": names("W{}", "b{}"),
    "course, row biases": names("W{}", "b{}", WEIGHTS, [b[None] for b in BIASES]),
    "kernels under names of the course": names("W{}", "b{}", KERNELS),
    "kernels and column biases": names("W{}", "b{}", KERNELS, [b[:, None] for b in BIASES]),
    "tensors under names of the course": tensors(OURS),
    "small letters": names("w{}", "b{}"),
    "module": Module(TORCH),
    "state_dict": tensors(TORCH),
    "parallel": tensors(names("module.layers.{}.linear.weight", "module.layers.{}.linear.bias")),
    "arrays": TORCH,
    "bias first": dict(sorted(TORCH.items())),
    "keras names": names("dense_{}/kernel:0", "dense_{}/bias:0", KERNELS),
    "model": Model(**names("net__d{}__kernel", "net__d{}__bias", KERNELS)),
    "get_weights": listed(KERNELS),
    "list of PyTorch": listed(WEIGHTS),
    "lists of lists": [array.tolist() for array in listed(KERNELS)],
    "parameters()": (Tensor(array) for array in listed(WEIGHTS)),
    "float32": Model(**names("d{}__kernel", "d{}__bias", [W.astype(np.float32) for W in KERNELS])),
    "MLPClassifier": fitted(coefs_=KERNELS, intercepts_=BIASES),
}


@pytest.mark.parametrize("name", SAME)
def test_all_forms_of_one_network_are_read_as_that_of_the_course(name):
    parameters = parameters_from(SAME[name])
    assert list(parameters) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    for key, array in parameters.items():
        np.testing.assert_allclose(array, OURS[key], rtol=1e-6, strict=True)
        assert array.dtype == np.float64 and array.flags["C_CONTIGUOUS"]


@pytest.mark.parametrize("given", [OURS, TORCH, names("W{}", "b{}", KERNELS)])
def test_arrays_are_copies(given):
    before = {name: array.copy() for name, array in given.items()}
    for array in parameters_from(given).values():
        array += 1
    assert all((given[name] == before[name]).all() for name in given)


@pytest.mark.parametrize(
    "given",
    [
        {"w": [[1.0], [2.0]], "b": 0.5},
        {"w": np.array([[1.0], [2.0]]), "b": np.float64(0.5), "costs": [0.7], "num_iterations": 9},
        fitted(coef_=np.array([[1.0, 2.0]]), intercept_=np.array([0.5])),
        fitted(coef_=np.array([1.0, 2.0]), intercept_=0.5),  # LinearRegression
        Module({"weight": [[1.0, 2.0]], "bias": [0.5]}),
        [np.array([[1.0], [2.0]]), [0.5]],
    ],
)
def test_logistic_regression_is_one_layer(given):
    parameters = parameters_from(given)
    assert {name: array.tolist() for name, array in parameters.items()} == {
        "W1": [[1.0, 2.0]],
        "b1": [[0.5]],
    }


def test_several_outputs_and_one_intercept_for_all():
    W = np.arange(6.0).reshape(3, 2)
    parameters = parameters_from(fitted(coef_=W, intercept_=0.0))
    assert (parameters["W1"] == W).all() and parameters["b1"].tolist() == [[0.0]] * 3


def test_a_layer_without_bias_gets_zeros():
    given = tensors({k: a for k, a in TORCH.items() if k != "net.2.bias"})
    for parameters in (parameters_from(given), parameters_from(Module({"a.weight": [[1.0, 2]]}))):
        assert list(parameters)[:2] == ["W1", "b1"]
    assert parameters_from(given)["b2"].tolist() == [[0.0]] * 3
    assert parameters_from(WEIGHTS)["b3"].tolist() == [[0.0]]
    # Two models of one name: a/kernel, then a/kernel and a/bias.
    model = Model(a__kernel=KERNELS[0], b=0, a__bias=BIASES[1])
    model.arrays[1] = ("a/kernel", KERNELS[1])
    model.weights[1].path = "a/kernel"
    assert [array.ravel()[0] for k, array in parameters_from(model).items() if k[0] == "b"] == [
        0,
        1,
    ]


def test_nan_and_infinity_are_read():
    parameters = parameters_from({"W1": [[np.nan, np.inf]], "b1": [[1]]})
    np.testing.assert_array_equal(parameters["W1"], [[np.nan, np.inf]])


def test_bfloat16_of_numpy_is_read():
    class BFloat16(np.ndarray):
        @property
        def dtype(self):
            return SimpleNamespace(name="bfloat16", kind="V")

    array = np.array([[1.0, 2.0]], np.float32).view(BFloat16)
    assert parameters_from({"W1": array, "b1": [1]})["W1"].tolist() == [[1.0, 2.0]]


W, KERNEL = [[1.0, 2.0], [3.0, 4.0]], [[1.0, 3.0], [2.0, 4.0]]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (Module({"0.weight": W, "0.bias": [0, 0]}), W),
        (tensors({"weight": np.array(W)}), W),
        (Model(d__kernel=np.array(W), d__bias=np.zeros(2)), KERNEL),
        (fitted(coefs_=[np.array(W)], intercepts_=[np.zeros(2)]), KERNEL),
        (fitted(coef_=np.array(W), intercept_=np.zeros(2)), W),
        ({"W1": W, "b1": [[0], [0]]}, W),
        ({"W1": W, "b1": [0, 0], "W2": [[1, 2]], "b2": [0]}, W),
        ({"W1": W, "b1": [[0], [0]], "W2": [[1], [2]], "b2": [[0]]}, KERNEL),
        ([W, [0, 0], [[1], [2]], [0]], KERNEL),
        ([W, [[1, 2]]], W),
    ],
)
def test_a_square_weight_is_turned_if_the_object_or_another_layer_says_it(given, read):
    assert parameters_from(given)["W1"].tolist() == read


@pytest.mark.parametrize(
    "given",
    [
        [W, [0, 0]],
        [W],
        {"W1": W},
        {"W1": W, "b1": [0, 0]},
        {"W1": W, "b1": [[0, 0]]},
        {"fc.weight": W, "fc.bias": [0, 0]},
        {"W1": Tensor(W), "b1": Tensor([0, 0])},
    ],
)
def test_a_square_weight_that_could_be_either_needs_a_layout(given):
    with pytest.raises(ValueError, match=r"^layout must be given where the shapes fit both"):
        parameters_from(given)
    assert parameters_from(given, layout="out_in")["W1"].tolist() == W
    assert parameters_from(given, "in_out")["W1"].tolist() == KERNEL


def test_one_number_needs_no_layout():
    assert parameters_from([[[2.0]], [1.0]])["W1"].tolist() == [[2.0]]


NUMBERED = r'parameters_from\({"W1": W1, "b1": b1, "W2": W2, "b2": b2}\)$'
CONVOLUTION = {"features.0.weight": np.ones((8, 1, 3, 3)), "features.0.bias": np.ones(8)}
NORM = {"1.weight": np.ones(4), "1.bias": np.ones(4), "1.running_mean": np.ones(4)}
FIRST = {"0.weight": np.ones((4, 2))}
LINEAR = "^only linear layers can be read: .* or W1 and b1; got also "


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            Module(CONVOLUTION | TORCH),
            LINEAR + r"features.0.weight \(8, 1, 3, 3\), features.0.bias \(8,\); pass the linear "
            r"layers alone: parameters_from\(model.classifier\)$",
        ),
        (
            Module(FIRST | NORM | {"1.num_batches_tracked": 3}),  # 1.weight is no bias
            LINEAR + r"1.weight \(4,\), 1.bias \(4,\), 1.running_mean \(4,\), 1.num_.* \(\);",
        ),
        (
            tensors({"rnn.weight_ih_l0": np.ones((3, 2)), "rnn.weight_hh_l0": np.ones((3, 3))}),
            LINEAR + r"rnn.weight_ih_l0 \(3, 2\), rnn.weight_hh_l0 \(3, 3\); .*"
            r'{k: W for k, W in model.items\(\) if k.startswith\("classifier."\)}\)$',
        ),
        (Module({"0.weight": np.ones((4, 4))}, **{"0": Embedding()}), r"also 0.weight of Emb"),
        (Module({"weight": np.ones((4, 4))}, **{"": Embedding()}), r"also weight of Embedding \(4"),
        (tensors({"token_embedding.weight": np.ones((4, 4))}), r"also token_embedding.weight"),
        (
            Model(rnn__kernel=np.ones((2, 4)), rnn__recurrent_kernel=np.ones((4, 4))),
            r"got also rnn/recurrent_kernel \(4, 4\); .*keras.Sequential\(model.layers\[-2:\]\)\)$",
        ),
        (
            [np.ones((2, 4)), np.ones((4, 4)), np.ones(4)],  # a recurrent net, not two layers
            r"^a list must hold .*, got \[0\] \(2, 4\), \[1\] \(4, 4\), \[2\] \(4,\); pass the "
            r"linear layers alone: parameters_from\(model\[-4:\]\)$",
        ),
        ([np.ones((3, 3, 1, 2)), np.ones(2)], r"got \[0\] \(3, 3, 1, 2\), \[1\] \(2,\);"),
        ([np.ones((2, 4)), np.ones(4), np.ones(4), np.ones(4)], r"^a list must hold weights"),
        (
            {"W1": np.ones((5, 4, 2)), "b1": np.ones((5, 4, 1))},
            r"also W1 \(5, 4, 2\), b1 .*_from\({k: array\[r\] for k, array in model.items\(\)}\)$",
        ),
        (
            {"w": [1.0, 2.0], "b": 0.0},
            r'also w \(2,\), b \(\); .*parameters_from\({"w": w.reshape\(-1, 1\), "b": b}\)$',
        ),
        ({"W1": [[1]], "b1": [1], "b2": [1]}, r"got also b2 \(1,\)"),
        (tensors(OURS | {"bn.weight": np.ones(4)}), r"got also bn.weight \(4,\)"),
        ({f"x{i}": 0 for i in range(20)}, r"x7 \(\), 12 more; pass"),
        (
            {"W1": [[1]], "W3": [[1]]},
            r"^weights must be numbered from W1 without a gap, got W1 \(1, 1\), W3 \(1, 1\); "
            + NUMBERED,
        ),
        (
            {"epoch": 3, "model_state_dict": TORCH, "optimizer": {}},
            "^a dictionary must map names to arrays, got a dictionary under 'model_state_dict'; "
            r"parameters_from\(model\['model_state_dict'\]\)$",
        ),
        (
            {"W1": np.ones((4, 2)), "b1": np.ones(3)},
            r"^each layer must have as many biases as units, .* got W1 \(4, 2\), b1 \(3,\); pass "
            "them in order: " + NUMBERED,
        ),
        (
            Module({"b.weight": np.ones((1, 4)), "a.weight": np.ones((4, 2))}),
            r"got b.weight \(1, 4\), a.weight \(4, 2\), read as 'out_in'; pass them in order",
        ),
        (names("W{}", "b{}", [WEIGHTS[0], *KERNELS[1:]]), "^each layer must have as many biases"),
        (listed(WEIGHTS[::2], BIASES[::2]), r"got W1 \(4, 2\), b1 \(4,\), W2 \(1, 3\), b2 \(1,\);"),
        (
            [W, [0, 0]],
            r"got W1 \(2, 2\), b1 \(2,\); parameters_from\(model, layout='out_in'\) for \(units, "
            r"inputs\), as in PyTorch, layout='in_out' for \(inputs, units\), as in Keras$",
        ),
        (Model(), r"^a Keras model must be built .*, got Model without any; model.build\(\(None"),
        (Estimator(), r"^an estimator must be fitted .*, got Estimator without; model.fit\(X.T"),
        (Module({}), "^model must have the weights .*, got Module without any; " + NUMBERED),
        ({}, "^model must have the weights of at least one layer, got dict without any; "),
        ([], "^model must have the weights of at least one layer, got list without any; "),
        ({"W1": [[1, 2], [3]]}, "^W1 must be a rectangular array, got rows of unequal length"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_the_line_that_mends_it(given, message):
    with pytest.raises(ValueError, match=message):
        parameters_from(given)


@pytest.mark.parametrize("given", [3, None, "model.pt", object(), np.array(1.0)])
def test_what_has_no_weights_is_refused(given):
    message = rf"^model must be a PyTorch module .*, got {type(given).__name__}; " + NUMBERED
    with pytest.raises(TypeError, match=message):
        parameters_from(given)


def test_a_layout_that_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"read as 'in_out'; leave layout out: parameters_from\(m"):
        parameters_from(OURS, layout="in_out")
    with pytest.raises(
        ValueError, match=r"^layout must be one of out_in, in_out, got 'in-out'; did"
    ):
        parameters_from(OURS, layout="in-out")


def test_what_is_no_number_is_named():
    with pytest.raises(TypeError, match=r"^W1 must hold real numbers, got dtype object"):
        parameters_from({"W1": [[None]], "b1": [0]})
