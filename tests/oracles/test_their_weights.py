"""What `parameters_from` reads computes what the network of PyTorch, Keras or scikit-learn does."""

import numpy as np
import pytest
import torch
from sklearn.datasets import make_blobs
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from torch import nn

from symbreak import network, parameters_from

X = np.random.RandomState(0).randn(2, 50)  # (n_x, m); theirs are rows
SMALL = [(2, 4, 1), (2, 2, 2), (2, 3, 3, 2)]


def agrees(parameters, theirs, activation="tanh", *, linear=False):
    """Compare our output, or our logits, with theirs of shape (m, n_y)."""
    A, cache = network.forward(X, parameters, activation=activation)
    ours = cache[f"Z{len(parameters) // 2}"] if linear else A
    np.testing.assert_allclose(ours.T, theirs, rtol=0, atol=1e-5)


# PyTorch --------------------------------------------------------------------------------------


def sequential(dims, **options):
    torch.manual_seed(1)
    layers = [
        part
        for n_prev, n in zip(dims, dims[1:])
        for part in (nn.Linear(n_prev, n, **options), nn.Dropout(0.3), nn.Tanh())
    ]
    return nn.Sequential(*layers[:-2], nn.Sigmoid()).eval()


def outputs(net):
    with torch.no_grad():
        return net(torch.tensor(X.T, dtype=torch.float32)).numpy()


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("dims", SMALL)
def test_torch_modules_and_state_dicts(dims, bias):
    net = sequential(dims, bias=bias)
    state = net.state_dict()
    wrapped = nn.DataParallel(net)
    arrays = {name: tensor.numpy() for name, tensor in state.items()}
    for model in (net, state, wrapped, dict(net.named_parameters())):
        agrees(parameters_from(model), outputs(net))
    agrees(parameters_from(arrays, layout="out_in"), outputs(net))
    agrees(parameters_from(net.parameters(), layout="out_in"), outputs(net))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_torch_in_other_precisions(dtype):
    net = sequential((2, 4, 1)).to(dtype)
    parameters = parameters_from(net)
    agrees(parameters, outputs(net.float()))
    assert {array.dtype.name for array in parameters.values()} == {"float64"}


def test_a_torch_network_that_is_written_by_hand():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.W1, self.W2 = nn.Parameter(torch.randn(4, 2)), nn.Parameter(torch.randn(1, 4))
            self.b1, self.b2 = nn.Parameter(torch.randn(4, 1)), nn.Parameter(torch.randn(1, 1))

        def forward(self, rows):
            return torch.sigmoid(self.W2 @ torch.tanh(self.W1 @ rows.T + self.b1) + self.b2).T

    net = Net()
    agrees(parameters_from(net), outputs(net))


def test_the_linear_part_of_a_torch_network():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.features = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))
            self.classifier = sequential((2, 4, 1))

    net, state = Net(), Net().state_dict()
    for model in (net, state):
        with pytest.raises(ValueError, match=r"got also features.0.weight \(2, 1, 3, 3\)"):
            parameters_from(model)
    agrees(parameters_from(net.classifier), outputs(net.classifier))
    part = {k: W for k, W in net.state_dict().items() if k.startswith("classifier.")}
    agrees(parameters_from(part), outputs(net.classifier))


@pytest.mark.parametrize(
    "part",
    [
        lambda: nn.Embedding(4, 4),
        lambda: nn.Sequential(nn.Linear(2, 4, bias=False), nn.BatchNorm1d(4)),
        lambda: nn.Sequential(nn.Linear(2, 4), nn.LayerNorm(4)),
        lambda: nn.Sequential(nn.Linear(2, 4), nn.PReLU()),
        lambda: nn.RNN(2, 4),
        lambda: nn.LSTMCell(2, 4),
        lambda: nn.Conv1d(2, 4, 3),
        lambda: nn.Bilinear(2, 2, 4),
        lambda: nn.MultiheadAttention(4, 2),
        lambda: nn.utils.parametrizations.weight_norm(nn.Linear(2, 4)),
    ],
)
def test_what_is_no_linear_layer_of_torch_is_refused(part):
    with pytest.raises(ValueError, match=r"^only linear layers can be read"):
        parameters_from(part())


def test_a_checkpoint_names_the_state_dict():
    with pytest.raises(ValueError, match=r"parameters_from\(model\['model'\]\)$"):
        parameters_from({"epoch": 1, "model": sequential((2, 4, 1)).state_dict()})


# scikit-learn ---------------------------------------------------------------------------------

y = (X[0] * X[1] > 0).astype(int)
short = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@short
@pytest.mark.parametrize("hidden", [(4,), (2,), (3, 3)])
def test_scikit_learn_networks(hidden):
    classifier = MLPClassifier(
        hidden_layer_sizes=hidden, activation="tanh", max_iter=20, random_state=0
    ).fit(X.T, y)
    agrees(parameters_from(classifier), classifier.predict_proba(X.T)[:, 1:])
    regressor = MLPRegressor(
        hidden_layer_sizes=hidden, activation="tanh", max_iter=20, random_state=0
    ).fit(X.T, X.T)
    agrees(parameters_from(regressor), regressor.predict(X.T), linear=True)


def test_scikit_learn_linear_models():
    model = LogisticRegression().fit(X.T, y)
    assert model.coef_.shape == (1, 2)
    agrees(parameters_from(model), model.predict_proba(X.T)[:, 1:])
    model = LogisticRegression().fit(*make_blobs(90, centers=3, random_state=0))
    agrees(parameters_from(model), model.decision_function(X.T), linear=True)
    for options in ({}, {"fit_intercept": False}):
        for targets in (y, X.T[:, ::-1]):
            model = LinearRegression(**options).fit(X.T, targets)
            theirs = model.predict(X.T).reshape(X.shape[1], -1)
            agrees(parameters_from(model), theirs, linear=True)


def test_scikit_learn_estimators_without_weights():
    for model in (MLPClassifier(), make_pipeline(LogisticRegression())):
        with pytest.raises(ValueError, match=r"^an estimator must be fitted"):
            parameters_from(model)


# Keras ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keras(tmp_path_factory):
    """Keras on PyTorch; it keeps its settings in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "torch")
        patch.setenv("KERAS_HOME", str(tmp_path_factory.mktemp("keras")))
        yield pytest.importorskip("keras", reason="`make oracles` installs it")


# Keras 3.15 has no `copy` in its __array__, which numpy 2 asks for.
of_keras = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def dense(keras, dims, **options):
    keras.utils.set_random_seed(1)
    layers = [
        keras.layers.Dense(n, "tanh", bias_initializer="normal", **options) for n in dims[1:-1]
    ]
    last = keras.layers.Dense(dims[-1], "sigmoid", bias_initializer="normal")
    return keras.Sequential([keras.Input((dims[0],)), *layers, keras.layers.Dropout(0.3), last])


def predicted(model):
    return model.predict(X.T.astype(np.float32), verbose=0)


@of_keras
@pytest.mark.parametrize("dims", SMALL)
def test_keras_models_and_their_weights(keras, dims):
    model = dense(keras, dims)
    agrees(parameters_from(model), predicted(model))
    agrees(parameters_from(model.get_weights(), layout="in_out"), predicted(model))
    agrees(parameters_from(model.weights, layout="in_out"), predicted(model))
    named = {variable.path: variable.numpy() for variable in model.weights}
    agrees(parameters_from(named, layout="in_out"), predicted(model))
    agrees(
        parameters_from(dense(keras, dims, use_bias=False)),
        predicted(dense(keras, dims, use_bias=False)),
    )
    model = dense(keras, dims, dtype="bfloat16")
    assert model.get_weights()[0].dtype.name == "bfloat16"
    assert parameters_from(model)["W1"].dtype == np.float64


@of_keras
def test_keras_models_inside_a_model_may_use_a_name_twice(keras):
    def part(n_x, n, **options):
        inputs = keras.Input((n_x,))
        return keras.Model(inputs, keras.layers.Dense(n, name="a", **options)(inputs))

    tanh, sigmoid = keras.layers.Activation("tanh"), keras.layers.Activation("sigmoid")
    first = part(2, 3, use_bias=False)
    model = keras.Sequential([keras.Input((2,)), first, tanh, part(3, 1), sigmoid])
    assert [v.path for v in model.weights] == ["a/kernel", "a/kernel", "a/bias"]
    agrees(parameters_from(model), predicted(model))


@of_keras
def test_what_is_no_dense_layer_of_keras_is_refused(keras):
    layers = keras.layers
    for shape, part, name in (
        ((5, 2), [layers.SimpleRNN(4)], "simple_rnn_cell/recurrent_kernel"),
        ((5,), [layers.Embedding(4, 4), layers.Flatten()], "embeddings"),
        ((8, 8, 1), [layers.Conv2D(2, 3), layers.Flatten()], "kernel"),
        ((2,), [layers.Dense(4, use_bias=False), layers.BatchNormalization()], "gamma"),
    ):
        model = keras.Sequential([keras.Input(shape), *part, layers.Dense(2), layers.Dense(1)])
        with pytest.raises(ValueError, match=f"^only linear layers can be read: .*{name} "):
            parameters_from(model)
        read = parameters_from(keras.Sequential(model.layers[-2:]))  # as the message says
        assert [len(read["b1"]), len(read["b2"])] == [2, 1]


@of_keras
def test_a_keras_model_that_is_not_built(keras):
    model = keras.Sequential([keras.layers.Dense(1)])
    with pytest.raises(ValueError, match=r"got Sequential without any; model.build\(\(None, n_x"):
        parameters_from(model)
    model.build((None, 2))
    assert parameters_from(model)["W1"].shape == (1, 2)
