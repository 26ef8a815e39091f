r"""Logistic regression: the network without a hidden layer, in the notation of Course 1, Week 2.

Shapes: X (n_x, m), Y (1, m), w and dw (n_x, 1), b and db a number. Several runs at once: w and b
may carry leading run axes, (..., n_x, 1) and (..., 1, 1); X and Y are shared by all runs.
"""

import numpy as np

from symbreak import checks
from symbreak.activations import ACTIVATIONS
from symbreak.algebra import cross_entropy, matmul, transpose
from symbreak.descent import descend

_sigmoid = ACTIVATIONS["sigmoid"].function


def forward(w, b, X):
    r"""Compute the probability of label 1.

    Parameters
    ----------
    w : ndarray of shape (..., n_x, 1)
        Weights.
    b : float or ndarray of shape (..., 1, 1)
        Bias.
    X : ndarray of shape (n_x, m)
        Data.

    Returns
    -------
    ndarray of shape (..., 1, m)
        $A = \sigma(w^T X + b)$.

    Examples
    --------
    >>> forward([[0], [0]], 0, [[1, 2], [3, 4]]).tolist()
    [[0.5, 0.5]]
    """
    w, b, X = _check(w, b, X)
    with np.errstate(all="ignore"):
        return _sigmoid(_logits(w, b, X))


def propagate(w, b, X, Y):
    r"""Compute the gradient and the cost.

    Parameters
    ----------
    w : ndarray of shape (..., n_x, 1)
        Weights.
    b : float or ndarray of shape (..., 1, 1)
        Bias.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    grads : dict
        The gradients dw, of the shape of w, and db, of the shape of b.
    cost : float or ndarray
        The cross-entropy cost; with run axes, an array of one cost per run.

    Notes
    -----
    $dw = \frac1m X (A - Y)^T$ and $db = \frac1m \sum (A - Y)$. At w = 0, b = 0 all of A is 1/2, so
    $dw = \frac1m X (\frac12 - Y)^T$: it depends on the data, not on the weights.

    Examples
    --------
    >>> grads, cost = propagate([[0], [0]], 0, [[1, 2], [3, 4]], [[0, 1]])
    >>> grads["dw"].tolist(), grads["db"], round(cost, 6)
    ([[-0.25], [-0.25]], 0.0, 0.693147)
    """
    w, b, X = _check(w, b, X)
    Y = checks.labels(Y, 1, X.shape[1], X.dtype)
    with np.errstate(all="ignore"):
        Z = _logits(w, b, X)
        cost = cross_entropy(Z, Y)
        return _gradient(Z, X, Y, np.ndim(b)), cost if cost.ndim else float(cost)


def train(X, Y, parameters, *, learning_rate, num_iterations, snapshots=(), cost_every=None):
    """Train by full-batch gradient descent.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.
    parameters : dict
        The start: {"w": ndarray of shape (..., n_x, 1), "b": float or ndarray of shape
        (..., 1, 1)}.
    learning_rate : float, ndarray or dict
        Greater than 0. An array of shape (runs, 1, 1) gives each run its own rate; a dictionary
        {"w": rate, "b": rate} gives each parameter its own.
    num_iterations : int
        Number of updates, at least 0.
    snapshots : collection of int, default ()
        Iterations at which to keep the parameters, between 0 and num_iterations.
    cost_every : int, optional
        Record the cost every so many iterations, and at the last one. The default keeps at most
        about 1000 costs.

    Returns
    -------
    parameters : dict
        The parameters w and b after the last update.
    history : History
        Costs and snapshots. "At iteration t" means: of the parameters after t updates.

    Raises
    ------
    DivergenceError
        If a parameter or the cost is no longer finite.

    Examples
    --------
    >>> from symbreak import datasets
    >>> X, Y = datasets.blobs(seed=1)
    >>> start = {"w": np.zeros((2, 1)), "b": 0.0}
    >>> parameters, history = train(X, Y, start, learning_rate=0.5, num_iterations=100)
    >>> bool(history.costs[0] > history.costs[-1]), accuracy(**parameters, X=X, Y=Y) > 0.95
    (True, True)
    """
    checks.dictionary("parameters", parameters, ("w", "b"))
    w, b, X = _check(parameters["w"], parameters["b"], X)
    Y = checks.labels(Y, 1, X.shape[1], X.dtype)
    parameters = {"w": w, "b": b}
    return descend(
        parameters,
        _evaluator(X, Y),
        rates=checks.learning_rates(learning_rate, parameters),
        num_iterations=num_iterations,
        snapshots=snapshots,
        cost_every=cost_every,
    )


def predict(w, b, X):
    """Predict the labels.

    Parameters
    ----------
    w : ndarray of shape (..., n_x, 1)
        Weights.
    b : float or ndarray of shape (..., 1, 1)
        Bias.
    X : ndarray of shape (n_x, m)
        Data.

    Returns
    -------
    ndarray of int, of shape (..., 1, m)
        1 where the probability is greater than 0.5, else 0.

    Examples
    --------
    >>> predict([[1.0]], 0.0, [[-1.0, 0.0, 1.0]]).tolist()
    [[0, 0, 1]]
    """
    return (forward(w, b, X) > 0.5).astype(int)


def accuracy(w, b, X, Y):
    """Compute the fraction of labels that are predicted correctly.

    Parameters
    ----------
    w : ndarray of shape (..., n_x, 1)
        Weights.
    b : float or ndarray of shape (..., 1, 1)
        Bias.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (1, m)
        Labels 0 and 1.

    Returns
    -------
    float or ndarray
        Between 0 and 1; with run axes, an array of one accuracy per run.

    Examples
    --------
    >>> accuracy([[1.0]], 0.0, [[-1.0, 1.0]], [[1, 1]])
    0.5
    """
    labels = predict(w, b, X)
    right = (labels == checks.labels(Y, 1, labels.shape[-1])).mean(axis=(-2, -1))
    return right if right.ndim else float(right)


def _logits(w, b, X):
    return matmul(transpose(w), X) + b  # (..., 1, m)


def _gradient(Z, X, Y, b_ndim):
    m = X.shape[1]
    dZ = _sigmoid(Z) - Y
    dw = transpose(matmul(dZ, X.T)) / m  # X (A - Y)^T / m
    db = dZ.sum(axis=-1, keepdims=True) / m if b_ndim else float(dZ.sum() / m)
    return {"dw": dw, "db": db}


def _evaluator(X, Y):
    """Return the function that `descend` calls."""

    def evaluate(parameters, cost):
        Z = _logits(**parameters, X=X)
        grads = _gradient(Z, X, Y, np.ndim(parameters["b"]))
        return cross_entropy(Z, Y) if cost else None, {"w": grads["dw"], "b": grads["db"]}

    return evaluate


def _check(w, b, X):
    X = checks.data(X)
    w = checks.matrix("w", w, (X.shape[0], 1), ("n_x", "1"))
    b = checks.real_array("b", b)
    runs = w.shape[:-2]
    if b.ndim and b.shape != (*runs, 1, 1):
        raise ValueError(f"b must be a number or have shape {(*runs, 1, 1)}, got {b.shape}")
    if b.ndim == 0:
        b = np.full((*runs, 1, 1), b, w.dtype) if runs else float(b)
    return w, b, X
