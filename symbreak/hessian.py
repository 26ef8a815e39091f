"""Compute the Hessian of the cost, of all parameters or across a tie, by differences."""

import numpy as np

from symbreak import checks
from symbreak.network import backward, forward


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
    n = sum(array.size for array in parameters.values())
    H = _rows(np.arange(n), parameters, X, Y, activation)
    return (H + H.T) / 2


def hessian_across(parameters, X, Y, *, layer=1, units=(0, 1), activation="tanh"):
    r"""Compute the Hessian across a tie: how the cost bends when two tied units move apart.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL of one run, with the two units equal.
    X : ndarray of shape (n_x, m)
        Data.
    Y : ndarray of shape (n_y, m)
        Labels 0 and 1.
    layer : int, default 1
        The hidden layer.
    units : tuple of int, default (0, 1)
        The two tied units, counted from 0.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`.

    Returns
    -------
    ndarray of shape (k, k)
        $T = H_{ii} - H_{ij}$ for units i and j, in the order [w | b] and then v (row i of
        [W_l | b_l], column i of W_{l+1}).

    Raises
    ------
    ValueError
        If the two units are not equal, or are the same one.

    Notes
    -----
    A difference $\delta$ between two tied units changes, to first order, by
    $\delta \leftarrow (I - \alpha T) \delta$ in one iteration of gradient descent: it grows where T
    has a negative eigenvalue, and shrinks where it has only positive ones (and $\alpha$ is small).

    Examples
    --------
    >>> zero = np.zeros((2, 1))
    >>> equal = {"W1": zero, "b1": zero, "W2": zero.T, "b2": [[0.0]]}
    >>> np.linalg.eigvalsh(hessian_across(equal, [[1.0, 3.0]], [[0, 1]])).round(8).tolist()
    [-0.5, 0.0, 0.5]
    """
    parameters = checks.one_run(parameters)
    layer = checks.layer(parameters, layer, hidden=True)
    units = checks.collection("units", units)
    if len(units) != 2:
        raise ValueError(f"units must be two units, got {units}")
    i, j = (_indices(parameters, layer, unit) for unit in units)
    if units[0] == units[1]:
        raise ValueError(f"units must be two different units, got {units}")
    at = np.concatenate([array.ravel() for array in parameters.values()])
    if (at[i] != at[j]).any():
        raise ValueError(f"units {units} of layer {layer} must be equal, got {at[i]} and {at[j]}")
    H = _rows(i, parameters, X, Y, activation)  # (k, n)
    T = H[:, i] - H[:, j]
    return (T + T.T) / 2


def _rows(chosen, parameters, X, Y, activation):
    """Return some rows of the Hessian: how the gradient changes along these parameters."""
    at = np.concatenate([array.ravel() for array in parameters.values()])  # (n,)
    checks.room("parameters", len(chosen), at.size)
    step = 1e-5
    moves = np.zeros((len(chosen), at.size))
    moves[np.arange(len(chosen)), chosen] = step
    ends = [_gradients(at + move, parameters, X, Y, activation) for move in (moves, -moves)]
    return (ends[0] - ends[1]) / (2 * step)


def _gradients(points, like, X, Y, activation):
    """Return the gradient at each of the r points, (r, n): r runs in one call."""
    runs, start = {}, 0
    for name, array in like.items():
        runs[name] = points[:, start : start + array.size].reshape(-1, *array.shape)
        start += array.size
    _, cache = forward(X, runs, activation=activation)
    grads = backward(runs, cache, X, Y, activation=activation)
    return np.concatenate([grads[f"d{name}"].reshape(len(points), -1) for name in like], axis=1)


def _indices(parameters, layer, unit):
    """Return where [w | b] and v of a unit lie in the vector of all parameters."""
    places, start = {}, 0
    for name, array in parameters.items():
        places[name] = np.arange(start, start + array.size).reshape(array.shape)
        start += array.size
    n_h = places[f"b{layer}"].size
    if not 0 <= checks.integer("a unit", unit, 0) < n_h:
        raise ValueError(f"units must lie between 0 and {n_h - 1}, got {unit}")
    row = places[f"W{layer}"][unit], places[f"b{layer}"][unit]
    return np.concatenate([*row, places[f"W{layer + 1}"][:, unit]])
