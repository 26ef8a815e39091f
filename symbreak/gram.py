r"""Train on wide data exactly, in the coordinates of the samples.

A step of gradient descent changes W1 by $-\frac{\alpha}{m} dZ_1 X^T$: by a combination of the rows
of $X^T$, which are the samples. What W1 does outside their span never changes and never matters
while training. With m samples of n_x > m features, m coordinates are enough.
"""

import numpy as np

from symbreak import checks, network
from symbreak.history import History


def train(X, Y, parameters, *, learning_rate, activation="tanh", **options):
    r"""Train by full-batch gradient descent, as `network.train` does, on m features, not n_x.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        Data. It pays where n_x is far above m.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.
    parameters : dict
        The start: W1, b1, ..., WL, bL; run axes allowed.
    learning_rate : float, ndarray or dict
        As in `symbreak.network.train`, but the same for all columns of W1: the coordinates mix
        them.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`, for the hidden layers.
    **options : dict
        The further options of `symbreak.network.train`.

    Returns
    -------
    parameters : dict
        The parameters after the last update: those of `symbreak.network.train`, up to rounding.
    history : History
        Costs and snapshots, W1 with all its columns.

    Raises
    ------
    DivergenceError
        If a parameter or the cost is no longer finite. The snapshots of its history hold W1 in the
        coordinates of the samples.

    Notes
    -----
    Let $X = Q R$ with $Q^T Q = I$, Q of shape (n_x, m), R of shape (m, m); $R^T R = X^T X$ is the
    Gram matrix. Then $W_1 X = (W_1 Q) R$, and the update times Q is

    $$W_1 Q - \frac{\alpha}{m} dZ_1 X^T Q = (W_1 Q) - \frac{\alpha}{m} dZ_1 R^T ,$$

    the update of a network with data R and weights $W_1 Q$. So that network is trained, and
    $W_1 = W_1(0) + (V - W_1(0) Q) Q^T$ with its weights V at the end. The products of the first
    layer shrink from (n_1, n_x) (n_x, m) to (n_1, m) (m, m). It holds too for mini-batches and
    momentum, but not for Adam, which does not treat all coordinates alike.

    Examples
    --------
    >>> from symbreak import initializers
    >>> X, Y = np.random.RandomState(0).randn(50, 6), [[0, 1, 0, 1, 0, 1]]
    >>> start = initializers.sqrt_n((50, 3, 1), seed=1)
    >>> options = {"learning_rate": 0.1, "num_iterations": 20, "activation": "relu"}
    >>> p, _ = train(X, Y, start, **options)
    >>> q, _ = network.train(X, Y, start, **options)
    >>> bool(np.abs(p["W1"] - q["W1"]).max() < 1e-12)
    True
    """
    parameters = checks.parameters(parameters)
    X, W1 = checks.data(X, parameters["W1"].shape[-1]), parameters["W1"]
    rates = checks.learning_rates(learning_rate, parameters)
    if np.shape(rates["W1"])[-1:] not in ((), (1,)):
        raise ValueError(
            f"the learning rate of W1 must be the same for all its columns, got the shape "
            f"{rates['W1'].shape}"
        )
    Q, R = np.linalg.qr(X)  # (n_x, k), (k, m), k the smaller of n_x and m
    V = W1 @ Q  # (..., n_1, k)

    def _whole(reduced):
        return reduced | {"W1": W1 + (reduced["W1"] - V) @ Q.T}

    end, history = network.train(
        R, Y, parameters | {"W1": V}, learning_rate=rates, activation=activation, **options
    )
    snapshots = {t: _whole(reduced) for t, reduced in history.snapshots.items()}
    return _whole(end), History(history.iterations, history.costs, snapshots)
