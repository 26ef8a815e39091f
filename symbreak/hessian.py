"""Compute the Hessian of the cost, of all parameters, by differences."""

import numpy as np

from symbreak import checks
from symbreak.network import backward, forward

STEP = 1e-5


def hessian(parameters, X, Y, *, activation="tanh"):
    r"""Compute the Hessian of the cost from differences of the gradient, at any depth.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL of one run.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`. At a kink of ReLU there is no Hessian.

    Returns
    -------
    ndarray of shape (n, n)
        Second derivatives, in the order W1, b1, ..., WL, bL, each row by row; n is the number of
        parameters. It is symmetric.

    Notes
    -----
    Central differences with a step of 1e-5: the error is of size 1e-10 where the fourth
    derivatives are of size 1.

    Examples
    --------
    >>> zeros = {"W1": [[0.0]], "b1": [[0.0]], "W2": [[0.0]], "b2": [[0.0]]}
    >>> H = hessian(zeros, [[1.0, 3.0]], [[0, 1]])
    >>> np.linalg.eigvalsh(H).round(8).tolist()
    [-0.5, 0.0, 0.25, 0.5]
    """
    parameters = checks.one_run(parameters)
    at = np.concatenate([array.ravel() for array in parameters.values()])  # (n,)
    checks.room("parameters", at.size, at.size)
    moves = STEP * np.eye(at.size)
    ends = [_gradients(at + move, parameters, X, Y, activation) for move in (moves, -moves)]
    H = (ends[0] - ends[1]) / (2 * STEP)
    return (H + H.T) / 2


def _gradients(points, like, X, Y, activation):
    """Return the gradient at each of the r points, (r, n): r runs in one call."""
    runs, start = {}, 0
    for name, array in like.items():
        runs[name] = points[:, start : start + array.size].reshape(-1, *array.shape)
        start += array.size
    _, cache = forward(X, runs, activation=activation)
    grads = backward(runs, cache, X, Y, activation=activation)
    return np.concatenate([grads[f"d{name}"].reshape(len(points), -1) for name in like], axis=1)
