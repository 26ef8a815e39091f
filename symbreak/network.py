r"""A network of L layers for binary labels: forward, cost, backward, update.

Shapes, stated once. Columns are samples; n_0 = n_x inputs, n_L = n_y outputs, m samples:

======================  =====================================
X                       (n_x, m)
Y                       (n_y, m), entries 0 or 1
Wl, dWl                 (n_l, n_{l-1})
bl, dbl                 (n_l, 1)
Zl, Al, dZl             (n_l, m)
======================  =====================================

Hidden layers have the activation g, the output layer is a sigmoid. L = 1 is logistic regression.

Several runs at once: the parameters may carry leading run axes, (..., n_l, n_{l-1}) and
(..., n_l, 1), the same for all of them. X and Y are shared by all runs; everything computed from
the parameters then carries the run axes too. A sweep over seeds is one call to the same code.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from symbreak import checks
from symbreak.activations import ACTIVATIONS
from symbreak.algebra import cross_entropy, matmul, transpose
from symbreak.descent import descend, step

OUTPUT = ACTIVATIONS["sigmoid"]  # of the last layer
CACHE = 2**15  # numbers of one array of a pass: more runs than fit are taken some at a time


def forward(X, parameters, *, activation="tanh", masks=None):
    r"""Compute the output of the network.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, for the hidden layers.
    masks : dict, optional
        Dropout: some of D0 of shape (n_x, m), for the input, and D1, ..., D(L-1) of shape
        (n_l, m), for hidden layers; run axes allowed. `symbreak.optimizers.dropout_masks` draws
        them, already divided by keep_prob.

    Returns
    -------
    AL : ndarray of shape (..., n_y, m)
        Probability of label 1.
    cache : dict
        Z1, A1, ..., ZL, AL, and the masks.

    Notes
    -----
    $Z_l = W_l A_{l-1} + b_l$ with $A_0 = X$; $A_l = g(Z_l)$, and $A_L = \sigma(Z_L)$. A mask
    multiplies what its layer sends: $Z_{l+1} = W_{l+1} (A_l * D_l) + b_{l+1}$. The cache holds
    $A_l$ without the mask.

    Examples
    --------
    >>> X = np.array([[1.0, 2.0]])
    >>> A2, cache = forward(X, {"W1": [[1]], "b1": [[0]], "W2": [[2]], "b2": [[0]]})
    >>> list(cache), A2.round(4).tolist()
    (['Z1', 'A1', 'Z2', 'A2'], [[0.821, 0.873]])
    """
    parameters, X = _check(parameters, X)
    g = checks.known("activation", activation, ACTIVATIONS)
    masks = checks.masks(masks, parameters, X)
    layers = _pack(parameters, X)
    at, cache = _room(layers, X), dict(masks)
    with np.errstate(all="ignore"):
        _forward(layers, at, g, masks)
    for l in range(1, len(layers) + 1):
        cache |= {f"Z{l}": at.Z[l], f"A{l}": at.A[l].copy()}
    return cache[f"A{len(layers)}"], cache


@np.errstate(over="ignore")
def compute_cost(ZL, Y):
    r"""Compute the cross-entropy cost from the logits.

    Parameters
    ----------
    ZL : ndarray of shape (..., n_y, m)
        Logits of the output layer, before the sigmoid.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.

    Returns
    -------
    float or ndarray
        The cost; with run axes, an array of one cost per run.

    Notes
    -----
    With $A = \sigma(Z)$ the loss $-Y \log A - (1 - Y) \log (1 - A)$ equals
    $\log(1 + e^Z) - Y Z$, which does not overflow. The cost is its mean over the samples, summed
    over the output units.

    Examples
    --------
    >>> round(compute_cost([[0.0, 0.0]], [[0, 1]]), 6)
    0.693147
    >>> compute_cost([[1000.0, -1000.0]], [[0, 1]])
    1000.0
    """
    ZL = checks.matrix("ZL", ZL, (None, None), ("n_y", "m"))
    Y = checks.labels(Y, *ZL.shape[-2:], ZL.dtype)
    cost = cross_entropy(ZL, Y)
    return cost if cost.ndim else float(cost)


def backward(parameters, cache, X, Y, *, activation="tanh"):
    r"""Compute the gradient of the cost.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    cache : dict
        The cache that `forward` returned for these parameters, with the masks it was given.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, for the hidden layers.

    Returns
    -------
    dict
        Gradients dZl, dWl, dbl for every layer l, from the last to the first.

    Notes
    -----
    $dZ_L = A_L - Y$; below it $dZ_l = W_{l+1}^T dZ_{l+1} * g'(Z_l)$, entry by entry. Then
    $dW_l = \frac1m dZ_l A_{l-1}^T$ and $db_l = \frac1m \sum dZ_l$ over the samples. With a mask,
    $A_{l-1} * D_{l-1}$ takes the place of $A_{l-1}$, and
    $dZ_l = W_{l+1}^T dZ_{l+1} * D_l * g'(Z_l)$.

    Examples
    --------
    >>> X, Y = np.array([[1.0, 2.0]]), np.array([[0, 1]])
    >>> parameters = {"W1": [[1]], "b1": [[0]], "W2": [[2]], "b2": [[0]]}
    >>> grads = backward(parameters, forward(X, parameters)[1], X, Y)
    >>> grads["dW2"].round(4).tolist(), grads["dW1"].round(4).tolist()
    ([[0.2514]], [[0.3269]])
    """
    parameters, X = _check(parameters, X)
    g = checks.known("activation", activation, ACTIVATIONS)
    L, m = len(parameters) // 2, X.shape[1]
    n = {layer: parameters[f"b{layer}"].shape[:-1] for layer in range(1, L + 1)}  # (..., n_l)
    values = checks.arrays("cache", cache, {f"{c}{k}": (*n[k], m) for k in n for c in "ZA"})
    masks = {key: D for key, D in cache.items() if str(key).startswith("D")}
    masks = checks.masks(masks, parameters, X)
    Y = checks.labels(Y, _n_y(parameters), m, X.dtype)
    layers = _pack(parameters, X)
    Z, A = ([None] + [values[f"{letter}{l}"] for l in n] for letter in "ZA")
    sent = [_with_ones(X), *map(_with_ones, A[1:L])]
    at = _Pass(Z, A, sent, dZ=[None, *map(_empty_like, Z[1:])], slope=[None] * (L + 1))
    packed = list(map(_empty_like, layers))
    with np.errstate(all="ignore"):
        _backward(layers, at, Y, packed, g, masks)
    grads = {}
    for l in range(L, 0, -1):
        dW, db = _split(packed[l - 1])
        grads |= {f"dZ{l}": at.dZ[l], f"dW{l}": dW, f"db{l}": db}
    return grads


@np.errstate(over="ignore")
def update(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    grads : dict
        Gradients dW1, db1, ..., dWL, dbL; further entries are ignored.
    learning_rate : float, ndarray or dict
        As in `train`.

    Returns
    -------
    dict
        New parameters; the given ones are not changed.

    Examples
    --------
    >>> update({"W1": [[1]], "b1": [[0]]}, {"dW1": [[0.5]], "db1": [[-1]]}, 0.1)
    {'W1': array([[0.95]]), 'b1': array([[0.1]])}
    """
    parameters = checks.parameters(parameters)
    grads = checks.arrays("grads", grads, {f"d{k}": v.shape for k, v in parameters.items()})
    return step(parameters, grads, checks.learning_rates(learning_rate, parameters))


def train(
    X,
    Y,
    parameters,
    *,
    learning_rate,
    num_iterations,
    activation="tanh",
    snapshots=(),
    cost_every=None,
):
    """Train by full-batch gradient descent.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.
    parameters : dict
        The start: W1, b1, ..., WL, bL; run axes allowed.
    learning_rate : float, ndarray or dict
        Greater than 0. An array of shape (runs, 1, 1) gives each run its own rate; a dictionary
        {"W1": rate, "b1": rate, ...} gives each parameter its own, a number or an array that
        broadcasts to the parameter.
    num_iterations : int
        Number of updates, at least 0.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, for the hidden layers.
    snapshots : collection of int, default ()
        Iterations at which to keep the parameters, between 0 and num_iterations.
    cost_every : int, optional
        Record the cost every so many iterations, and at the last one. The default keeps at most
        about 1000 costs.

    Returns
    -------
    parameters : dict
        The parameters after the last update.
    history : History
        Costs and snapshots. "At iteration t" means: of the parameters after t updates.

    Raises
    ------
    DivergenceError
        If a parameter is no longer finite, or a cost: those that are recorded are looked at, and
        that of each hundredth iteration. Its ``history`` holds what was recorded before.

    Examples
    --------
    >>> from symbreak import datasets, initializers
    >>> X, Y = datasets.flower()
    >>> start = initializers.constant((2, 4, 1))
    >>> parameters, history = train(X, Y, start, learning_rate=1.2, num_iterations=100)
    >>> round(float(np.ptp(parameters["W1"], axis=0).max()), 6)  # the rows of W1 stay equal
    0.0
    """
    parameters, X = _check(parameters, X)
    Y = checks.labels(Y, _n_y(parameters), X.shape[1], X.dtype)
    g = checks.known("activation", activation, ACTIVATIONS)
    layers = _pack(parameters, X)
    return descend(
        dict(enumerate(layers)),
        _evaluator(layers, X, Y, g),
        rates=dict(enumerate(_pack_rates(learning_rate, parameters))),
        num_iterations=num_iterations,
        snapshots=snapshots,
        cost_every=cost_every,
        keep=lambda layers: _unpack(layers.values()),
    )


def predict(parameters, X, *, activation="tanh"):
    """Predict the labels.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    X : ndarray of shape (n_x, m)
        Data.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, for the hidden layers.

    Returns
    -------
    ndarray of int, of shape (..., n_y, m)
        1 where the probability is greater than 0.5, else 0.

    Examples
    --------
    >>> predict({"W1": [[1.0]], "b1": [[0.0]]}, [[-1.0, 0.0, 1.0]]).tolist()
    [[0, 0, 1]]
    """
    AL, _ = forward(X, parameters, activation=activation)
    return (AL > 0.5).astype(int)


def accuracy(parameters, X, Y, *, activation="tanh"):
    """Compute the fraction of labels that are predicted correctly.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, for the hidden layers.

    Returns
    -------
    float or ndarray
        Between 0 and 1; with run axes, an array of one accuracy per run.

    Examples
    --------
    >>> accuracy({"W1": [[1.0]], "b1": [[0.0]]}, [[-1.0, 1.0]], [[1, 1]])
    0.5
    """
    labels = predict(parameters, X, activation=activation)
    right = (labels == checks.labels(Y, *labels.shape[-2:])).mean(axis=(-2, -1))
    return right if right.ndim else float(right)


def _check(parameters, X):
    parameters = checks.parameters(parameters)
    return parameters, checks.data(X, parameters["W1"].shape[-1])


def _n_y(parameters):
    return parameters[f"W{len(parameters) // 2}"].shape[-2]


def _pack(parameters, X):
    """Return [W b] of each layer, (..., n_l, n_{l-1} + 1): the bias is the weight of a 1."""
    dtype = np.result_type(X, parameters["W1"])
    pairs = ((parameters[f"W{l}"], parameters[f"b{l}"]) for l in range(1, len(parameters) // 2 + 1))
    return [np.ascontiguousarray(np.concatenate(p, axis=-1, dtype=dtype)) for p in pairs]


def _pack_rates(learning_rate, parameters):
    """Return a learning rate for each [W b]: a number, or an array that broadcasts to it."""
    rates = checks.learning_rates(learning_rate, parameters)
    if not hasattr(learning_rate, "keys"):
        return [rates[f"W{l}"] for l in range(1, len(parameters) // 2 + 1)]
    full = {name: np.broadcast_to(rates[name], array.shape) for name, array in parameters.items()}
    return _pack(full, full["W1"])


def _split(layer):
    """Return W and b of [W b], in arrays of their own."""
    return layer[..., :-1].copy(), layer[..., -1:].copy()


def _unpack(layers):
    parameters = {}
    for l, layer in enumerate(layers, 1):
        parameters[f"W{l}"], parameters[f"b{l}"] = _split(layer)
    return parameters


def _empty_like(A):
    return np.empty(A.shape, A.dtype)  # contiguous, whatever A is


def _with_ones(A):
    """Return A with a row of ones below, for the bias: (..., n + 1, m)."""
    return np.concatenate([A, np.ones((*A.shape[:-2], 1, A.shape[-1]), A.dtype)], axis=-2)


@dataclass
class _Pass:
    """The arrays of a pass forward and back, in lists over the layers; entry 0 is the data.

    What layer l sends is A[l] with a row of ones below, which the bias multiplies; A[l] is a view
    of it. The derivative of the activation goes into `slope`, where that has an array.
    """

    Z: list
    A: list
    sent: list
    dZ: list
    slope: list


def _room(layers, X):
    """Return the arrays for these layers, (..., n_l, m), empty but for the data."""
    Z = [None, *(np.empty((*layer.shape[:-1], X.shape[1]), layer.dtype) for layer in layers)]
    sent = [_with_ones(X), *map(_with_ones, Z[1:-1])]
    A = [X, *(rows[..., :-1, :] for rows in sent[1:]), _empty_like(Z[-1])]
    return _Pass(Z, A, sent, dZ=[None, *map(_empty_like, Z[1:])], slope=Z)


def _forward(layers, at, g, masks=()):
    """Fill Z and A, from the first layer to the last."""
    L = len(layers)
    for l in range(1, L + 1):
        matmul(layers[l - 1], _sent(at, l - 1, masks), out=at.Z[l])
        (g if l < L else OUTPUT).function(at.Z[l], out=at.A[l])


def _backward(layers, at, Y, grads, g, masks=()):
    """Fill dZ and the gradients [dW db], from the last layer to the first."""
    L, m = len(layers), float(Y.shape[1])  # dividing by an int takes longer
    np.subtract(at.A[L], Y, out=at.dZ[L])
    for l in range(L, 0, -1):
        dW = matmul(at.dZ[l], transpose(_sent(at, l - 1, masks)), out=grads[l - 1])
        dW /= m
        if l > 1:
            dZ = matmul(transpose(layers[l - 1][..., :-1]), at.dZ[l], out=at.dZ[l - 1])
            if masks and f"D{l - 1}" in masks:
                dZ *= masks[f"D{l - 1}"]
            dZ *= g.derivative(at.Z[l - 1], at.A[l - 1], out=at.slope[l - 1])


def _sent(at, l, masks):
    """Return what layer l sends, masked if it has a mask."""
    if masks and f"D{l}" in masks:
        return at.sent[l] * _with_ones(masks[f"D{l}"])
    return at.sent[l]


def _evaluator(layers, X, Y, g):
    """Return the function that `descend` calls, which computes in arrays that are made once.

    More runs than fit the processor's cache are taken some at a time.
    """
    grads, parts = list(map(_empty_like, layers)), [...]
    if layers[0].ndim > 2:
        numbers = max(layer[0, ..., 0].size for layer in layers) * X.shape[1]  # of one run
        parts = _parts(len(layers[0]), max(1, CACHE // numbers))
    work, rooms = [], {}
    for part in parts:
        here = [layer[part] for layer in layers]
        if (shape := here[0].shape) not in rooms:
            rooms[shape] = _room(here, X)
        work.append((part, rooms[shape], [grad[part] for grad in grads]))
    named = dict(enumerate(grads))

    def evaluate(layers, cost):
        costs = []
        for part, at, grads in work:
            here = [layer[part] for layer in layers.values()]
            _forward(here, at, g)
            if cost:
                costs.append(cross_entropy(at.Z[-1], Y))
            _backward(here, at, Y, grads, g)
        if len(costs) > 1:
            costs = [np.concatenate(costs)]
        return (costs[0] if cost else None), named

    return evaluate


def _parts(runs, most):
    """Cut the runs into slices of at most `most`, of nearly the same length."""
    count = -(-runs // most)
    edges = [runs * k // count for k in range(count + 1)]
    return [slice(*edge) for edge in pairwise(edges)]
