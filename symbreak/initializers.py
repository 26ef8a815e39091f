"""The starts: layer_dims -> parameters {"W1": (n_1, n_0), "b1": (n_1, 1), "W2": ...}.

``layer_dims`` = (n_0, n_1, ..., n_L) counts inputs, hidden units and outputs: (2, 4, 1) is the
planar network of the course. Random starts draw from their own ``np.random.RandomState(seed)``,
whose stream is the course's and is frozen across numpy versions.
"""

from itertools import pairwise

import numpy as np

from symbreak import checks


def zeros(layer_dims):
    """Start all weights and biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> zeros((2, 1))
    {'W1': array([[0., 0.]]), 'b1': array([[0.]])}
    """
    dims = checks.layer_dims(layer_dims)
    return _parameters([np.zeros((n, n_prev)) for n_prev, n in pairwise(dims)])


def constant(layer_dims, value=0.01):
    """Start all weights at one value, the biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    value : float, default 0.01
        The value of every weight.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> constant((2, 1))["W1"]
    array([[0.01, 0.01]])
    """
    dims = checks.layer_dims(layer_dims)
    value = checks.moderate_number("value", value)
    return _parameters([np.full((n, n_prev), value) for n_prev, n in pairwise(dims)])


def constant_times_layer(layer_dims, value=0.01):
    """Start the weights of each layer at a value of its own, the biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    value : float, default 0.01
        The weights of layer l are value * l.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> start = constant_times_layer((2, 2, 1))
    >>> start["W1"].tolist(), start["W2"].tolist()
    ([[0.01, 0.01], [0.01, 0.01]], [[0.02, 0.02]])
    """
    dims = checks.layer_dims(layer_dims)
    value = checks.moderate_number("value", value)
    return _parameters(
        [np.full((n, n_prev), value * layer) for layer, (n_prev, n) in enumerate(pairwise(dims), 1)]
    )


def linspace(layer_dims, low=-0.01, high=0.01, value=0.01):
    """Start the first weights evenly spaced, the others constant: distinct without chance.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    low, high : float, default -0.01 and 0.01
        First and last entry of W1, read row by row.
    value : float, default 0.01
        The value of every weight of the later layers.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Notes
    -----
    The later layers are constant on purpose. Were they spaced around zero as well, some units
    could be tied up to sign, incoming and outgoing: different numbers, the same symmetry.

    Examples
    --------
    >>> linspace((2, 2, 1), -3, 3)["W1"].tolist()
    [[-3.0, -1.0], [1.0, 3.0]]
    """
    dims = checks.layer_dims(layer_dims)
    low = checks.moderate_number("low", low)
    high = checks.moderate_number("high", high)
    parameters = constant(dims, value)
    parameters["W1"] = np.linspace(low, high, dims[0] * dims[1]).reshape(dims[1], dims[0])
    return parameters


def normal(layer_dims, *, seed, scale=0.01):
    """Start the weights at small normal random numbers, the biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    seed : int
        Seed, at least 0. ``normal((2, 4, 1), seed=2)`` is the start of Course 1, Week 3.
    scale : float, default 0.01
        Standard deviation of the weights, at least 0.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> normal((2, 1), seed=2)["W1"].round(6).tolist()
    [[-0.004168, -0.000563]]
    """
    dims = checks.layer_dims(layer_dims)
    return partly_random(dims, _names("W", dims), seed=seed, scale=scale)


def random_biases(layer_dims, *, seed, scale=0.01):
    """Start the biases at small normal random numbers, the weights at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    seed : int
        Seed, at least 0.
    scale : float, default 0.01
        Standard deviation of the biases, at least 0.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> random_biases((2, 1), seed=2)["W1"].tolist()
    [[0.0, 0.0]]
    """
    dims = checks.layer_dims(layer_dims)
    return partly_random(dims, _names("b", dims), seed=seed, scale=scale)


def partly_random(layer_dims, random=("W1",), *, seed, scale=0.01):
    """Start some parameters at small normal random numbers, the others at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    random : collection of str, default ("W1",)
        Names of the random parameters. They are drawn in the order W1, b1, W2, b2, ..., and only
        they are drawn.
    seed : int
        Seed, at least 0.
    scale : float, default 0.01
        Standard deviation of the random parameters, at least 0.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Raises
    ------
    ValueError
        If a name in `random` is not that of a parameter.

    Examples
    --------
    >>> start = partly_random((2, 2, 1), {"W2"}, seed=0)
    >>> [name for name, array in start.items() if array.any()]
    ['W2']
    """
    parameters = zeros(layer_dims)
    random = (random,) if isinstance(random, str) else checks.collection("random", random)
    for name in random:
        checks.known("random", name, parameters)
    scale = checks.moderate_number("scale", scale, 0)
    draw = checks.random_state(seed).randn
    for name, array in parameters.items():
        if name in random:
            parameters[name] = draw(*array.shape) * scale
    return parameters


def sqrt_n(layer_dims, *, seed):
    r"""Start the weights at normal random numbers divided by $\sqrt{n_{l-1}}$, biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    seed : int
        Seed, at least 0. With seed 1 this is the start of the deep network of Course 1, Week 4.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> sqrt_n((4, 1), seed=1)["W1"].round(4).tolist()
    [[0.8122, -0.3059, -0.2641, -0.5365]]
    """
    return _parameters(W / np.sqrt(W.shape[1]) for W in _draws(layer_dims, seed))


def he(layer_dims, *, seed):
    r"""Start the weights at normal random numbers times $\sqrt{2 / n_{l-1}}$, biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    seed : int
        Seed, at least 0. With seed 3 this is the He start of Course 2, Week 1.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Examples
    --------
    >>> he((2, 1), seed=3)["W1"].round(4).tolist()
    [[1.7886, 0.4365]]
    """
    return _parameters(W * np.sqrt(2 / W.shape[1]) for W in _draws(layer_dims, seed))


def xavier(layer_dims, *, seed):
    r"""Start the weights at normal numbers times $\sqrt{2 / (n_{l-1} + n_l)}$, biases at zero.

    Parameters
    ----------
    layer_dims : sequence of int
        Sizes (n_0, n_1, ..., n_L), each at least 1.
    seed : int
        Seed, at least 0.

    Returns
    -------
    dict
        Parameters W1, b1, ..., WL, bL.

    Notes
    -----
    The course gives the name Xavier to $\sqrt{1 / n_{l-1}}$, which is `sqrt_n` here.

    Examples
    --------
    >>> xavier((3, 5), seed=3)["W1"].shape
    (5, 3)
    """
    return _parameters(W * np.sqrt(2 / sum(W.shape)) for W in _draws(layer_dims, seed))


def stack(runs):
    """Put the parameters of several runs into one dictionary, with a leading run axis.

    Parameters
    ----------
    runs : sequence of dict
        Parameters of the same shapes.

    Returns
    -------
    dict
        Parameters W1 of shape (runs, n_1, n_0), b1 of shape (runs, n_1, 1), ...

    Raises
    ------
    ValueError
        If there are no runs, or the runs differ in their keys or shapes.

    Examples
    --------
    >>> stack([normal((2, 4, 1), seed=seed) for seed in range(5)])["W1"].shape
    (5, 4, 2)
    """
    runs = [checks.parameters(run) for run in checks.collection("runs", runs)]
    if not runs:
        raise ValueError("stack needs at least 1 run, got none")
    shapes = {name: array.shape for name, array in runs[0].items()}
    for k, run in enumerate(runs):
        other = {name: array.shape for name, array in run.items()}
        if other != shapes:
            raise ValueError(
                f"all runs must have the shapes of run 0, {shapes}, run {k} has {other}"
            )
    return {name: np.stack([run[name] for run in runs]) for name in shapes}


def _names(letter, dims):
    return [f"{letter}{layer}" for layer in range(1, len(dims))]


def _draws(layer_dims, seed):
    draw = checks.random_state(seed).randn
    return [draw(n, n_prev) for n_prev, n in pairwise(checks.layer_dims(layer_dims))]


def _parameters(weights):
    parameters = {}
    for layer, W in enumerate(weights, 1):
        parameters |= {f"W{layer}": W, f"b{layer}": np.zeros((W.shape[0], 1))}
    return parameters


INITIALIZERS = {
    make.__name__: make
    for make in (
        zeros, constant, constant_times_layer, linspace, normal, random_biases, partly_random,
        sqrt_n, he, xavier,
    )
}  # fmt: skip
