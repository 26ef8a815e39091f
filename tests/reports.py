"""What readers report, with the true cause: the cases that `diagnose` is judged by.

`python tests/reports.py` prints, for each case, what is found first today, and the scores. REPORTS
are twenty public threads, rebuilt with other data and a training loop that holds the same mistake,
and ten cases from trying the package. KINDS has three further inputs for each kind of fault found.
"""

import inspect
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from symbreak import diagnose

# The cause, and the names that the first finding about it may have. What has no finding yet has the
# name that it would have; a finding that gets another name changes it here.
CAUSES = {
    "symmetry-zero": ("zero_weights",),
    "symmetry-equal": ("tied_equal", "one_effective_unit"),
    "plateau": ("plateau",),
    "learning": ("leveled_off", "still_falling", "plateau_then_falling", "leaving_plateau"),
    "wrong-update": ("update",),  # what was taken for the gradient is not this cost's
    "labels-broadcast": ("labels_broadcast", "update"),
    "weights-not-updated": ("weights_did_not_move", "update"),
    "dead-relu": ("dead_layer",),
    "rate-too-large": ("jumped",),
    "rate-too-small": ("rate_too_small",),
    "other-cost": ("other_cost",),
    "sigmoid-twice": ("other_cost",),
    "softmax-one-output": ("one_output", "other_cost"),
    "labels-outside": ("labels", "negative"),
    "no-signal": ("no_signal", "no_gradient"),
    "logistic-at-limit": ("no_line_does_better",),
    "bad-basin": ("bad_basin",),
    "classes": ("classes",),
    "diverged-nan": ("diverged",),
    "log-of-zero": ("log_of_zero",),
}
STANDING = ("stuck_at_ln_2", "stuck_at_label_entropy")  # all that the costs alone can say
SYMMETRY = r"^(tied_\w+|one_effective_unit|zero_weights)$"  # the line with a finding's name
UPDATE = r"^(update|labels_broadcast|weights_did_not_move)$"
UPDATES = {"wrong-update", "labels-broadcast", "weights-not-updated", "sigmoid-twice"}
UPDATES |= {"symmetry-zero"}  # where weights do not move either
LONGER = "Train longer"
WAITING = "^(plateau|not_tied)$"


@dataclass(frozen=True)
class Report:
    """A case: what the reader says and passes, what is the cause, and what would be right."""

    name: str
    cause: str  # a key of CAUSES
    words: str  # of the reader, in one line
    build: Callable  # returns the arguments of `diagnose`
    framework: str = "numpy"
    source: str = "rebuilt"  # the address of a public thread, or how the case came about
    title: str = ""  # of the thread
    right: tuple = ()  # the names that the first finding may have, if not those of the cause
    says: str = ""  # what the first finding has to contain: a pattern
    misleading: str = ""  # what the whole text must not contain: a pattern

    def allowed(self):
        return self.right or CAUSES[self.cause]

    def harmful(self):
        """Return a pattern: what blames symmetry or the update without reason, and `misleading`."""
        symmetry = "" if self.cause.startswith("symmetry") else SYMMETRY
        update = "" if self.cause in UPDATES else UPDATE
        return "|".join(filter(None, (symmetry, update, self.misleading)))


REPORTS, KINDS = [], []


def report(name, cause, words, **rest):
    return lambda build: REPORTS.append(Report(name, cause, words, build, **rest))


def kind(number, name, cause, words, **rest):
    return lambda build: KINDS.append(Report(f"{number}. {name}", cause, words, build, **rest))


# A small network of our own, so that the mistakes do not pass through the package: samples in
# columns, W (n, n_prev), b (n, 1).
def sigmoid(Z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-Z))


FUNCTIONS = {
    "tanh": (np.tanh, lambda Z: 1 - np.tanh(Z) ** 2),
    "sigmoid": (sigmoid, lambda Z: sigmoid(Z) * (1 - sigmoid(Z))),
    "relu": (lambda Z: np.maximum(Z, 0), lambda Z: (Z > 0) * 1.0),
    "leaky_relu": (lambda Z: np.maximum(Z, 0.01 * Z), lambda Z: np.where(Z > 0, 1, 0.01)),
}


def entropy(Z, Y):
    return (np.logaddexp(0, Z) - Y * Z).mean()


def squared(Z, Y):
    return ((sigmoid(Z) - Y) ** 2).mean()


def error(Z, Y):
    return (sigmoid(Z) - Y) / Y.size


def broadcast(Z, Y):
    """Return dZ (1, m) of the mean over all m * m pairs of an output and a label."""
    return (sigmoid(Z) - Y.mean()) / Z.size


def normal(sizes, seed=0, scale=None):
    """Return W1, b1, ...: randn times scale, or divided by the root of n_prev; biases zero."""
    rng, p = np.random.default_rng(seed), {}
    for layer, (n_prev, n) in enumerate(zip(sizes, sizes[1:]), start=1):
        size = 1 / np.sqrt(n_prev) if scale is None else scale
        p |= {f"W{layer}": rng.normal(size=(n, n_prev)) * size, f"b{layer}": np.zeros((n, 1))}
    return p


def constant(sizes, value):
    return {name: np.full_like(array, value) for name, array in normal(sizes).items()}


def forward(X, p, g):
    """Return Z1, ..., ZL and A0 = X, ..., A(L-1)."""
    A, Z = [X], []
    for layer in range(1, len(p) // 2 + 1):
        if Z:
            A.append(FUNCTIONS[g][0](Z[-1]))
        Z.append(p[f"W{layer}"] @ A[-1] + p[f"b{layer}"])
    return Z, A


def gradients(p, Z, A, dZ, slope):
    grads = {}
    for layer in range(len(Z), 0, -1):
        grads[f"W{layer}"] = dZ @ A[layer - 1].T
        grads[f"b{layer}"] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = p[f"W{layer}"].T @ dZ * slope(Z[layer - 2])
    return grads


def run(X, Y, p, g="tanh", rate=1.0, steps=1000, every=100, cost=entropy, dZ=error, **bugs):
    """Return the costs, recorded each `every` steps, and the parameters.

    A mistake is another dZ(Z, Y), another slope(Z) of the hidden units, or another
    step(p, grads, i), which returns the next parameters.
    """
    slope = bugs.get("slope", FUNCTIONS[g][1])
    step = bugs.get("step", lambda p, grads, i: {k: p[k] - rate * grads[k] for k in p})
    costs = []
    with np.errstate(all="ignore"):
        for i in range(steps + 1):
            Z, A = forward(X, p, g)
            if i % every == 0:
                costs.append(float(cost(Z[-1], Y)))
            if i < steps:
                p = step(p, gradients(p, Z, A, dZ(Z[-1], Y), slope), i)
    return costs, p


def adam(rate):
    first, second = {}, {}

    def step(p, grads, i):
        for k, grad in grads.items():
            first[k] = 0.9 * first.get(k, 0) + 0.1 * grad
            second[k] = 0.999 * second.get(k, 0) + 0.001 * grad**2
        scale = rate * np.sqrt(1 - 0.999 ** (i + 1)) / (1 - 0.9 ** (i + 1))
        return {k: p[k] - scale * first[k] / (np.sqrt(second[k]) + 1e-7) for k in p}

    return step


def rates(*stages):
    """Return a step with the rate of the first stage (until, rate) that has not ended."""

    def step(p, grads, i):
        rate = next(rate for until, rate in stages if i < until)
        return {k: p[k] - rate * grads[k] for k in p}

    return step


# Data: X (n_x, m), Y (1, m).
XOR = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])


def blobs(m=60, seed=0, gap=1.0, n_x=2, ones=0.5):
    """Two clouds around -gap and +gap."""
    rng = np.random.default_rng(seed)
    Y = (np.arange(m) < ones * m)[None] * 1.0
    return rng.normal(size=(n_x, m)) + gap * (2 * Y - 1), Y


def ring(m=80, seed=0):
    """Ones inside, zeros around them."""
    rng = np.random.default_rng(seed)
    Y = (np.arange(m) % 2)[None] * 1.0
    angle, radius = rng.uniform(0, 2 * np.pi, m), np.where(Y[0] == 1, 0.6, 1.6)
    return radius * np.array([np.cos(angle), np.sin(angle)]) + 0.1 * rng.normal(size=(2, m)), Y


# Formats of other frameworks.
class Tensor:
    """What a `state_dict` holds, as far as someone who reads it needs it."""

    requires_grad = False

    def __init__(self, array, dtype="float32"):
        self._array = np.asarray(array, dtype=dtype)
        self.shape, self.ndim, self.dtype = self._array.shape, self._array.ndim, f"torch.{dtype}"

    def __len__(self):
        return len(self._array)

    def detach(self):
        return self

    def cpu(self):
        return self

    def double(self):
        return Tensor(self._array, "float64")

    def numpy(self):
        return self._array

    def tolist(self):
        return self._array.tolist()

    def __array__(self, dtype=None, copy=None):
        return self._array if dtype is None else self._array.astype(dtype)


def state_dict(p):
    """Return the keys and shapes of nn.Sequential(Linear, activation, Linear, ...)."""
    named = OrderedDict()
    for layer in range(1, len(p) // 2 + 1):
        named[f"{2 * layer - 2}.weight"] = Tensor(p[f"W{layer}"])
        named[f"{2 * layer - 2}.bias"] = Tensor(p[f"b{layer}"][:, 0])
    return named


def get_weights(p):
    """Return what Keras' model.get_weights() does: kernel (in, out), bias (out,), ..."""
    return [array.T if name[0] == "W" else array[:, 0] for name, array in p.items()]


def sklearn_weights(p):
    """Return coefs_ and intercepts_."""
    arrays = get_weights(p)
    return arrays[::2], arrays[1::2]


def printed(costs):
    return [round(cost, 4) for cost in costs]


def one_hot(labels, n_y):
    """Return labels (m,) as rows (m, n_y)."""
    return np.eye(n_y)[labels]


# Ten cases from trying the package.
@report(
    "large gradient, flat cost",
    "wrong-update",
    "The cost stays at 0.6931 though tanh units and random weights are used.",
    source="rebuilt: a step that is not along the gradient, given as its cost and parameters",
    misleading=WAITING,
)
def _():
    parameters = {"W1": np.array([[0.5, 0], [0, 0.6]]), "b1": np.zeros((2, 1))}
    parameters |= {"W2": np.array([[0.001, 0.002]]), "b2": np.zeros((1, 1))}
    X, Y = np.array([[-2.0, -1, 1, 2], [1, -1, 1, -1]]), np.array([[0.0, 0, 1, 1]])
    costs = [0.6931] * 5
    return dict(costs=costs, Y=Y, parameters=parameters, X=X, activation="tanh")


@report(
    "squared error recorded",
    "other-cost",
    "The cost begins at 0.25, and the package takes it for that of other parameters.",
    source="rebuilt: a good run whose recorded cost is the squared error",
    says="(?i)squared",
    misleading="another run",
)
def _():
    X, Y = blobs()
    costs, parameters = run(X, Y, normal((2, 4, 1), scale=0.1), cost=squared)
    return dict(costs=costs, Y=Y, parameters=parameters, X=X, activation="tanh")


@report(
    "one layer, separable, stuck",
    "wrong-update",
    "Logistic regression stays at 0.6931 with w = 0.",
    source="rebuilt: a learner's dw of the wrong sign in one term, canceled to zero",
)
def _():
    X, Y = np.array([[-2.0, -1, 1, 2]]), np.array([[0.0, 0, 1, 1]])
    return dict(costs=[0.6931] * 5, Y=Y, parameters={"w": np.zeros((1, 1)), "b": 0.0}, X=X)


@report(
    "wild, then standing at ln 2",
    "rate-too-large",
    "The loss jumped about, and then stayed at 0.6931 for ever.",
    source="rebuilt: a rate so large that the units died",
    right=STANDING,
)
def _():
    wild = [0.6773, 2.4587, 5.3353, 1.0234, 10.6901, 1.9899, 3.5713, 0.6869]
    return dict(costs=wild + [0.6931] * 21)


@report(
    "a quarter",
    "other-cost",
    "The loss is 0.25 in every epoch.",
    source="rebuilt: squared error of one half for every sample",
    says="(?i)squared",
    misleading="label entropy if a share",
)
def _():
    return dict(costs=[0.25] * 10)


@report(
    "constant start, state_dict",
    "symmetry-equal",
    "I used nn.init.constant_ and the loss stops falling early.",
    framework="PyTorch",
    source="rebuilt: the weights of a torch model, samples in rows, labels (m, 1)",
    misleading=r"got \[\]",
)
def _():
    X, Y = ring()
    costs, p = run(X, Y, constant((2, 6, 1), 0.5))
    return dict(costs=costs, Y=Y.T, parameters=state_dict(p), X=X.T, activation="tanh")


@report(
    "constant start, square kernel",
    "symmetry-equal",
    "kernel_initializer='ones', two inputs, two units: it learns half of it.",
    framework="Keras",
    source="rebuilt: kernels (in, out) under the names W1 and W2",
)
def _():
    X, Y = ring()
    costs, p = run(X, Y, constant((2, 2, 1), 1.0), g="tanh", rate=0.5)
    kernels = dict(zip(("W1", "b1", "W2", "b2"), get_weights(p)))
    return dict(costs=costs, Y=Y.T, parameters=kernels, X=X.T, activation="tanh")


@report(
    "Adam keeps its memory",
    "learning",
    "I set all weights to one number with set_weights, and still it learns.",
    framework="Keras",
    source="rebuilt: set_weights in the middle of training, the optimizer's averages stay",
    right=("ties_parted", *CAUSES["learning"]),
)
def _():
    X, Y = ring()
    step = adam(0.05)
    run(X, Y, normal((2, 6, 1)), step=step, steps=50)
    start = constant((2, 6, 1), 0.3)
    costs, p = run(X, Y, start, step=step, steps=400, every=20)
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="tanh", start=start)


@report(
    "NaN in W2, W1 still zero",
    "diverged-nan",
    "The cost is NaN.",
    source="rebuilt: W1 of zeros, and W2 grown without bound",
    right=("diverged", "not_finite"),
)
def _():
    start = normal((2, 3, 1)) | {"W1": np.zeros((3, 2))}
    end = start | {"W2": np.full((1, 3), np.nan)}
    return dict(costs=[0.7, 0.9, 4.1, np.nan], parameters=end, start=start)


@report(
    "a jump, then down",
    "rate-too-large",
    "The cost went up once, and now it falls slowly.",
    source="rebuilt: one step that was too long",
    says=r"0\.9",
    misleading="not down again",
)
def _():
    return dict(costs=[0.5, 0.9, 0.6, 0.55, 0.52])


# Twenty public threads.
@report(
    "XOR, sigmoid, randn * 0.01",
    "plateau",
    "The loss of my XOR network does not go down and remains near 0.6.",
    source="https://datascience.stackexchange.com/questions/31384/neural-network-xor-gate-classification",
    title="neural network xor gate classification",
)
def _():
    X, Y = XOR
    costs, p = run(X, Y, normal((2, 5, 1), 1, 0.01), "sigmoid", 0.03, 3000, 300)
    more = dict(X=X, activation="sigmoid", learning_rate=0.03, every=300)
    return dict(costs=costs, Y=Y, parameters=p, **more)


@report(
    "XOR, ReLU, few units",
    "bad-basin",
    "With ReLU the loss falls to 0.34 and then stops; with sigmoid it works.",
    framework="Keras",
    source="https://stats.stackexchange.com/questions/320672",
    title="Clarification on simple perceptron neural network",
    misleading=LONGER,
)
def _():
    X, Y = XOR
    costs, p = run(X, Y, normal((2, 2, 1), 11, 1.0), "relu", 0.3, 4000, 200)
    more = dict(X=X.T, activation="relu")
    return dict(costs={"loss": costs}, Y=Y.T, parameters=get_weights(p), **more)


@report(
    "softmax of one output",
    "softmax-one-output",
    "My LSTM with Dense(1, activation='softmax') does not get beyond 55%.",
    framework="Keras",
    source="https://stackoverflow.com/questions/47241622",
    title="Is it okay to use stateful Recurrent NN (LSTM) for classification",
    says="(?i)softmax|always 1|clip|1e-0?7",
)
def _():
    Y = np.array([1.0] * 55 + [0.0] * 45)
    A = np.clip(np.ones(100), 1e-7, 1 - 1e-7)  # what Keras takes the logarithm of
    cost = -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean()
    return dict(costs=[float(cost)] * 10, Y=Y)


@report(
    "digits and one sigmoid",
    "labels-outside",
    "On MNIST the loss is -55 in every epoch, and the accuracy 11%.",
    framework="Keras",
    source="https://datascience.stackexchange.com/questions/38604",
    title="Too low accuracy on MNIST dataset using a neural network",
    says="(?i)label",
)
def _():
    rng = np.random.default_rng(0)
    X, Y = rng.uniform(size=(9, 200)), rng.integers(0, 10, (1, 200)) * 1.0

    def clipped(Z, Y):
        A = np.clip(sigmoid(Z), 1e-7, 1 - 1e-7)
        return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean()

    step = adam(0.05)
    costs, p = run(X, Y, normal((9, 8, 1)), "relu", steps=400, every=20, cost=clipped, step=step)
    return dict(costs=costs[10:], Y=Y[0].astype(int), parameters=p, X=X, activation="relu")


@report(
    "all ReLU units negative",
    "dead-relu",
    "The network learns a constant: all first weights are negative, the output is the bias.",
    source="https://ai.stackexchange.com/questions/28864",
    title="ReLU function converging to local optimum in one case and diverging in the other one",
)
def _():
    X, Y = np.array([[1.0, 2, 3, 4, 5], [1, 2, 3, 4, 6]]).T, np.array([[15.0, 16]])
    costs, p = run(
        *(X, Y, normal((5, 2, 1), 3), "relu", 0.05, 400, 20),
        cost=lambda Z, Y: ((Z - Y) ** 2).mean(),
        dZ=lambda Z, Y: 2 * (Z - Y) / Y.size,
    )
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="relu")


@report(
    "0.693 first, then down",
    "learning",
    "BCE is stuck at 0.693 for thousands of steps and then starts to decrease. Why?",
    framework="PyTorch",
    source="https://discuss.pytorch.org/t/bce-loss-stuck-at-0-693-in-the-beginnng-of-training-and-then-started-to-decrease-why/183958",
    title="BCE loss stuck at 0.693 in the beginning of training and then started to decrease, why?",
)
def _():
    X, Y = blobs(gap=1.5)
    costs, _ = run(X, Y, normal((2, 4, 4, 4, 1), 0, 0.05), rate=0.1, steps=1200, every=20)
    return dict(costs=costs, Y=Y.T)


@report(
    "XOR without hidden units",
    "logistic-at-limit",
    "My XOR network with two softmax outputs always answers 0.5.",
    source="https://ai.stackexchange.com/questions/27010",
    title="Why does my neural network to solve the XOR problem always output 0.5?",
    misleading=LONGER,
)
def _():
    X, labels = XOR
    Y = one_hot(labels[0].astype(int), 2).T

    def softmax(Z):
        return np.exp(Z) / np.exp(Z).sum(axis=0)

    costs, p = run(
        *(X, Y, normal((2, 2), 1), "tanh", 1.0, 1000, 50),
        cost=lambda Z, Y: -(Y * np.log(softmax(Z))).sum(axis=0).mean(),
        dZ=lambda Z, Y: (softmax(Z) - Y) / 4,
    )
    return dict(costs=costs, Y=Y, parameters=p, X=X)


@report(
    "sigmoid twice",
    "sigmoid-twice",
    "The network ends in a sigmoid, and BCEWithLogitsLoss does not decrease beyond 0.5.",
    framework="PyTorch",
    source="https://github.com/avBuffer/UNet3plus_pth/issues/23",
    title="bug: bceloss not decrease",
    says="(?i)twice|two sigmoids",
)
def _():
    X, Y = blobs(gap=1.5)
    costs, p = run(
        *(X, Y, normal((2, 4, 1)), "relu", 2.0, 3000, 150),
        cost=lambda Z, Y: entropy(sigmoid(Z), Y),
        dZ=lambda Z, Y: error(sigmoid(Z), Y) * FUNCTIONS["sigmoid"][1](Z),
    )
    more = dict(X=X.T, activation="relu")
    return dict(costs=costs, Y=Y.T, parameters=state_dict(p), **more)


@report(
    "labels (m, 1), outputs (m,)",
    "labels-broadcast",
    "A warning says that the target size differs from the input size; the loss hardly falls.",
    framework="PyTorch",
    source="https://github.com/deepset-ai/FARM/issues/229",
    title="Using a target size ... that is different to the input size",
    misleading=WAITING,
)
def _():
    X, Y = blobs()
    costs, p = run(
        *(X, Y, normal((2, 6, 1)), "relu", 0.5),
        cost=lambda Z, Y: (np.logaddexp(0, Z) - Y.T * Z).mean(),
        dZ=broadcast,
    )
    more = dict(X=X, activation="relu", learning_rate=0.5, every=100)
    return dict(costs=costs, Y=Y.T, parameters=p, **more)


@report(
    "ln 10",
    "classes",
    "VGG16 on CIFAR-10: the loss stays about 2.303 and the accuracy 10%.",
    framework="PyTorch",
    source="https://github.com/rasbt/deeplearning-models/issues/76",
    title="cnn-vgg16.ipynb got abnormal results",
    says=r"\b(10|ten)\b",
)
def _():
    noise = np.random.default_rng(0).normal(0, 2e-4, 12)
    return dict(costs=[(100 * i, round(np.log(10) + e, 4)) for i, e in enumerate(noise)])


@report(
    "all zeros, three layers",
    "symmetry-zero",
    "With initialize_parameters_zeros the model learns nothing, and I do not see why.",
    source="https://community.deeplearning.ai/t/week-1-programming-assignment-initialization-exercise-1-initialize-parameters-zeros/121049",
    title="Week 1, Programming Assignment initialization, Exercise 1",
    misleading=WAITING,
)
def _():
    X, Y = ring()
    costs, p = run(X, Y, constant((2, 10, 5, 1), 0.0), "relu", 0.01, 150, 10)
    return dict(costs=printed(costs), Y=Y, parameters=p, X=X, activation="relu")


@report(
    "all ones, two outputs",
    "symmetry-equal",
    "I start with ones everywhere, and after gradient descent the weights are the same.",
    source="https://datascience.stackexchange.com/questions/79607",
    title="Why my weights are being the same?",
)
def _():
    X, Y = np.array([[0.7, 0.2], [0.3, 0.9]]), np.array([[0.1, 0.8], [0.6, 0.3]])
    costs, p = run(
        *(X, Y, constant((2, 3, 3, 2), 1.0), "sigmoid", 0.5, 400, 20),
        cost=squared,
        dZ=lambda Z, Y: 2 * error(Z, Y) * FUNCTIONS["sigmoid"][1](Z),
    )
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="sigmoid")


@report(
    "the cost is NaN",
    "log-of-zero",
    "The cost turns NaN although the parameters look fine.",
    source="https://community.deeplearning.ai/t/cost-nan/754037",
    title="Cost NaN",
)
def _():
    X, Y = blobs()

    def course(Z, Y):
        A = sigmoid(Z)
        return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean()

    costs, p = run(50 * X, Y, normal((2, 4, 1)), "relu", 0.003, 120, 10, cost=course)
    return dict(costs=costs, Y=Y, parameters=p, X=50 * X, activation="relu")


@report(
    "both classes are the same files",
    "no-signal",
    "Why is the loss always 0.6931?",
    framework="PyTorch",
    source="https://github.com/1204BUPT/Zhu-Net-image-steganalysis/issues/1",
    title="why always loss equal 0.6931?",
    misleading=LONGER + "|larger weights",
)
def _():
    half = np.random.default_rng(2).normal(size=(3, 30))
    X, Y = np.hstack([half, half]), np.repeat([[0.0, 1.0]], 30, axis=1)
    costs, p = run(X, Y, normal((3, 5, 1)), "tanh", 1.0, 3000, 150)
    more = dict(X=X, activation="tanh", learning_rate=1.0, every=150)
    return dict(costs=costs, Y=Y, parameters=p, **more)


@report(
    "optimizer of another model",
    "weights-not-updated",
    "With optimizer.step() the loss goes up and down and does not diminish.",
    framework="PyTorch",
    source="https://github.com/spro/practical-pytorch/issues/9",
    title="char-rnn-classification parameters update method confusion",
    misleading="^(oscillating|rising)$",
)
def _():
    X, Y = blobs(240)
    p = normal((2, 6, 1))
    batches = np.random.default_rng(0).permutation(240).reshape(12, 20)
    costs = [float(entropy(forward(X[:, i], p, "tanh")[0][-1], Y[:, i])) for i in batches]
    more = dict(X=X, activation="tanh", learning_rate=0.1)
    return dict(costs=costs, Y=Y, parameters=p, start={k: v.copy() for k, v in p.items()}, **more)


@report(
    "slope of leaky ReLU is one number",
    "wrong-update",
    "With leaky ReLU the outputs for XOR are about 0.4, with tanh it works.",
    source="https://geek-questions.imtqy.com/articles/1262502/index.html",
    title="(a mirror, without its title: leaky ReLU and XOR)",
    misleading=WAITING,
)
def _():
    X, Y = XOR
    costs, p = run(
        *(X, Y, normal((2, 4, 1), 5), "leaky_relu", 0.5, 2000, 100),
        slope=lambda Z: 1 if (Z > 0.01).all() else 0.01,
    )
    more = dict(X=X, activation="leaky_relu", learning_rate=0.5, every=100)
    return dict(costs=costs, Y=Y, parameters=p, **more)


@report(
    "four sigmoid layers",
    "plateau",
    "Four hidden layers of sigmoid units are unable to learn even the training data.",
    framework="TensorFlow",
    source="https://ai.stackexchange.com/questions/16557",
    title="What could be the problem when a neural network with four hidden layers with the sigmoid"
    " activation function is not learning?",
)
def _():
    X, Y = blobs()
    costs, p = run(X, Y, normal((2, 6, 6, 6, 6, 1), 0, 0.3), "sigmoid", 0.1, 500, 25)
    kernels = dict(zip(p, get_weights(p)))
    more = dict(X=X.T, activation="sigmoid", learning_rate=0.1, every=25)
    return dict(costs=costs, Y=Y[0], parameters=kernels, **more)


@report(
    "rate of 0.00001",
    "rate-too-small",
    "The loss is the same in every epoch; a rate of 0.1 instead of 0.00001 helped.",
    framework="Keras",
    source="https://chenzhang.org/notes/developer/loss-and-accuracy-get-stuck-in-keras/",
    title="Loss and Accuracy Get Stuck in Keras",
    misleading="larger weights",
)
def _():
    X, Y = blobs()
    start = normal((2, 6, 1), 1)
    costs, p = run(X, Y, start, "relu", 1e-5, 300, 30)
    more = dict(X=X, activation="relu", learning_rate=1e-5, every=30, start=start)
    return dict(costs=printed(costs), Y=Y, parameters=p, **more)


@report(
    "MLPClassifier on XOR",
    "plateau",
    "MLPClassifier(activation='logistic') answers 0 for all four points of XOR.",
    framework="scikit-learn",
    source="https://qa.1r1g.com/sf/ask/3142751741",
    title="(a mirror, translated: training a network to compute XOR in scikit-learn)",
)
def _():
    X, Y = XOR
    step = adam(0.001)  # it stops once the loss falls by less than 1e-4 in ten epochs
    costs, p = run(X, Y, normal((2, 4, 2, 1), 0, 0.5), "sigmoid", steps=300, every=1, step=step)
    more = dict(X=X.T, activation="logistic", learning_rate=0.001, every=1)
    return dict(costs=costs, Y=Y[0].astype(int), parameters=sklearn_weights(p), **more)


@report(
    "class_mode='categorical', one output",
    "labels-broadcast",
    "Training and validation accuracy always converge to 0.5.",
    framework="Keras",
    source="https://github.com/keras-team/keras/issues/13006",
    title="Keras training and validation accuracy always converges to 0.5",
    right=("labels_broadcast", "labels", "update"),
    misleading=WAITING,
)
def _():
    X, labels = blobs()
    Y = one_hot(labels[0].astype(int), 2)  # (m, 2): each output is compared with a 0 and a 1
    costs, p = run(
        *(X, labels, normal((2, 8, 1), 3), "tanh", 0.5),
        cost=lambda Z, _: (np.logaddexp(0, Z.T) - Y * Z.T).mean(),
        dZ=lambda Z, _: (sigmoid(Z) - 0.5) / Z.size,
    )
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="tanh")


# Three further inputs for each kind of fault.
@kind(1, "labels broadcast", "labels-broadcast", "0.6931, tanh", misleading=WAITING)
def _():
    X, Y = blobs(seed=3, gap=1.5)
    costs, p = run(X, Y, normal((2, 5, 1), 2, 0.5), "tanh", 0.3, 2000, 100, dZ=broadcast)
    more = dict(X=X, activation="tanh", learning_rate=0.3, every=100)
    return dict(costs=costs, Y=Y, parameters=p, **more)


@kind(1, "labels in another order", "wrong-update", "0.69, sigmoid", misleading=WAITING)
def _():
    X, Y = blobs(seed=4, gap=2)
    order = np.random.default_rng(1).permutation(Y.size)
    wrong = lambda Z, Y: error(Z, Y[:, order])
    costs, p = run(X, Y, normal((2, 3, 1), 2), "sigmoid", 0.5, 600, 30, dZ=wrong)
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="sigmoid")


@kind(
    *(1, "updated a copy", "weights-not-updated", "The cost is the same in every iteration."),
    misleading=WAITING,
)
def _():
    X, Y = blobs(seed=5)
    costs, p = run(X, Y, normal((2, 4, 1), 2, 0.3), step=lambda p, grads, i: p)
    more = dict(X=X, activation="tanh", learning_rate=1.0, every=100)
    return dict(costs=printed(costs), Y=Y, parameters=p, **more)


def _recorded(cost, g="tanh", seed=0):
    """A good run whose recorded cost is another one."""
    X, Y = blobs(seed=seed)
    costs, p = run(X, Y, normal((2, 4, 1), seed), g, cost=cost)
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation=g)


OTHER = "The cost falls, and the package speaks of another run."


@kind(2, "log2", "other-cost", OTHER, says="(?i)log ?2|base 2|bits", misleading="another run")
def _():
    return _recorded(lambda Z, Y: entropy(Z, Y) / np.log(2))


@kind(2, "sum, not mean", "other-cost", OTHER, says="(?i)\\bsum", misleading="another run")
def _():
    return _recorded(lambda Z, Y: entropy(Z, Y) * Y.size, "sigmoid", 1)


@kind(2, "half squared error", "other-cost", OTHER, says="(?i)half", misleading="another run")
def _():
    return _recorded(lambda Z, Y: squared(Z, Y) / 2, "relu", 2)


@kind(3, "dw of the wrong shape summed", "wrong-update", "Logistic regression, 0.6931.")
def _():
    X, Y = blobs(seed=6, n_x=3, gap=2)
    costs, p = run(X, Y, constant((3, 1), 0.0), rate=0.1, dZ=broadcast)
    parameters = {"w": p["W1"].T, "b": float(p["b1"][0, 0])}
    return dict(costs=costs, Y=Y, parameters=parameters, X=X, learning_rate=0.1, every=100)


@kind(3, "no line does better", "logistic-at-limit", "0.6931 on XOR", misleading=LONGER)
def _():
    X, Y = XOR
    costs, p = run(2 * X - 1, Y, constant((2, 1), 0.0), rate=1.0)
    return dict(costs=costs, Y=Y, parameters={"w": p["W1"].T, "b": 0.0}, X=2 * X - 1)


@kind(3, "one layer, tiny rate", "rate-too-small", "Logistic regression does not move.")
def _():
    X, Y = blobs(seed=7, gap=2)
    costs, p = run(X, Y, constant((2, 1), 0.0), rate=1e-6)
    more = dict(X=X, learning_rate=1e-6, every=100)
    return dict(costs=printed(costs), Y=Y, parameters={"w": p["W1"].T, "b": p["b1"]}, **more)


SLOWED = rates((30, 4.0), (80, 0.5))
WILD = "It jumped at first, and then the cost did not move any more."


@kind(4, "then the label entropy", "rate-too-large", WILD, right=STANDING)
def _():
    X, Y = blobs(seed=1, gap=0.5, ones=0.25)
    costs, _ = run(3 * X, Y, normal((2, 4, 4, 1), 9), "relu", steps=80, every=1, step=SLOWED)
    return dict(costs=costs, Y=Y)


@kind(4, "then dead units", "dead-relu", WILD)
def _():
    X, Y = blobs(seed=1, gap=0.5)
    costs, p = run(X, Y, normal((2, 4, 4, 1), 0), "relu", steps=80, every=2, step=SLOWED)
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="relu")


@kind(
    *(4, "then well", "learning", "It jumped at first, and then it learned."),
    right=("jumped", *CAUSES["learning"]),
    misleading="^oscillating$",
)
def _():
    X, Y = blobs(seed=2)
    step = rates((10, 20.0), (400, 1.0))
    costs, _ = run(X, Y, normal((2, 6, 1), 2), steps=400, every=4, step=step)
    return dict(costs=costs, Y=Y)


GUESS = "label entropy if a share"


@kind(5, "ln 4", "classes", "1.3863 all the time", says=r"\b(4|four)\b")
def _():
    return dict(costs=[1.3863] * 10)


@kind(5, "ln 3", "classes", "1.0986 all the time", says=r"\b(3|three)\b")
def _():
    return dict(costs=[1.0987, 1.0986, 1.0986, 1.0985, 1.0986, 1.0986, 1.0987, 1.0986])


@kind(5, "half of a quarter", "other-cost", "0.125", says="(?i)half", misleading=GUESS)
def _():
    return dict(costs=[0.125] * 12)


@kind(
    *(6, "leaving, and told to restart", "learning", "0.6931, falling a little"),
    right=("leaving_plateau",),
    misleading="larger weights",
)
def _():
    X, Y = blobs(gap=1.5)
    costs, p = run(X, Y, normal((2, 4, 4, 4, 1), 0, 0.05), rate=0.1, steps=420, every=20)
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="tanh")


@kind(6, "falling, with dead units", "dead-relu", "It falls slowly.", misleading=LONGER)
def _():
    X, Y = blobs(ones=0.2)
    start = normal((2, 8, 1)) | {"b1": np.full((8, 1), -9.0)}
    costs, p = run(X, Y, start, "relu", 0.05, 60, 3)
    return dict(costs=costs, Y=Y, parameters=p, X=X, activation="relu")


@kind(
    *(6, "start passed, nothing moved", "weights-not-updated", "0.6931 for ever"),
    misleading=f"Pass start|{WAITING}",
)
def _():
    X, Y = blobs(seed=8)
    start = normal((2, 4, 1), 3, 0.01)
    costs, p = run(X, Y, start, step=lambda p, grads, i: p)
    end = {name: array.copy() for name, array in p.items()}
    return dict(costs=costs, Y=Y, parameters=end, X=X, activation="tanh", start=start)


def _nan(costs, value=np.nan, **places):
    """Some parameters as at the start, others not finite."""
    start = normal((2, 3, 1), 4) | {"b1": np.ones((3, 1)), "b2": np.ones((1, 1))}
    start |= {name: np.zeros_like(start[name]) for name, bad in places.items() if not bad}
    bad = {name: np.full_like(start[name], value) for name, bad in places.items() if bad}
    return dict(costs=costs, parameters=start | bad, start=start)


NAN = dict(right=("diverged", "not_finite"))


@kind(9, "W1 NaN, W2 zero", "diverged-nan", "NaN", **NAN)
def _():
    return _nan([0.7, 1.2, 9.0, np.nan], W1=True, W2=False)


@kind(9, "W1 infinite", "diverged-nan", "infinity, then NaN", **NAN)
def _():
    return _nan([0.7, 3.0, 80.0, np.inf, np.nan], np.inf, W1=True)


@kind(9, "W1 zero, W2 and b2 NaN", "diverged-nan", "NaN", **NAN)
def _():
    return _nan([0.69, 0.8, 2.0, np.nan, np.nan], W1=False, W2=True, b2=True)


ONE = dict(words="The cost went up once.", misleading="not down again")


@kind(10, "up once, from the start", "rate-too-large", says=r"0\.7", **ONE)
def _():
    return dict(costs=[0.4, 0.7, 0.5, 0.46, 0.43, 0.41])


@kind(10, "up once, in the middle", "rate-too-large", says=r"0\.6", **ONE)
def _():
    return dict(costs=[0.69, 0.5, 0.3, 0.2, 0.6, 0.4, 0.3, 0.25, 0.23])


@kind(10, "one long step", "rate-too-large", says=r"0\.57", **ONE)
def _():
    X, Y = blobs(seed=9)
    step = rates((20, 0.3), (21, 40.0), (60, 0.3))
    costs, _ = run(X, Y, normal((2, 6, 1), 1), steps=60, every=2, step=step)
    return dict(costs=costs, Y=Y)


@dataclass(frozen=True)
class Reading:
    """What `diagnose` said about a report."""

    first: str  # the name of the first finding, or what was raised
    right: bool
    later: bool  # a right finding comes after others
    misleading: str  # what was found of it, "" if nothing


def read(case):
    """Return the reading of the arguments that today's `diagnose` knows."""
    known = inspect.signature(diagnose).parameters
    try:
        found = diagnose(**{name: given for name, given in case.build().items() if name in known})
    except Exception as refusal:
        text = f"{type(refusal).__name__}: {refusal}"
        return Reading(text, False, False, _harm(case, text))
    good = [
        finding.name in case.allowed() and bool(re.search(case.says, _unwrapped(finding)))
        for finding in found.findings
    ]
    text = "\n".join([*found.names, _unwrapped(found)])
    return Reading(found.names[0], good[0], any(good[1:]), _harm(case, text))


def _unwrapped(text):
    return " ".join(str(text).split())


def _harm(case, text):
    found = case.harmful() and re.search(case.harmful(), text, re.MULTILINE)
    return found.group() if found else ""


def table(cases):
    """Return the lines of the table, and the score below."""
    readings = [read(case) for case in cases]
    rows = [("case", "cause", "first finding", "right?", "misleading?")]
    for case, seen in zip(cases, readings):
        verdict = "yes" if seen.right else "later" if seen.later else "no"
        rows.append((case.name, case.cause, seen.first[:58], verdict, seen.misleading or "-"))
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    right, later, misleading = (
        sum(bool(getattr(seen, name)) for seen in readings)
        for name in ("right", "later", "misleading")
    )
    n = len(cases)
    score = f"right first: {right} of {n}; right later: {later}; misleading: {misleading} of {n}"
    return [*lines, "", score]


if __name__ == "__main__":
    for cases in (REPORTS, KINDS):
        print(*table(cases), "", sep="\n")
