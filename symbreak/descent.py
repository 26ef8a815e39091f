"""Gradient descent, for any model that can go forward and backward.

The loop knows neither layers nor activations. It repeats ``parameters - rate * gradient``, keeps
the costs and snapshots that were asked for, and notices when a run diverges.
"""

from copy import copy

import numpy as np

from symbreak import checks
from symbreak.history import DivergenceError, History
from symbreak.progress import Progress

CHECK_EVERY = 100


def step(parameters, grads, rates):
    """Take one step of gradient descent.

    Parameters
    ----------
    parameters : dict
        Parameters under their names.
    grads : dict
        Their gradients, under "d" + name.
    rates : dict
        Their learning rates, under their names.

    Returns
    -------
    dict
        New parameters.

    Examples
    --------
    >>> step({"w": 1.0}, {"dw": 0.5}, {"w": 0.1})
    {'w': 0.95}
    """
    return {name: value - rates[name] * grads["d" + name] for name, value in parameters.items()}


def descend(
    parameters, forward, backward, cost, *, learning_rate, num_iterations, snapshots, cost_every
):
    """Repeat the update `num_iterations` times.

    Parameters
    ----------
    parameters : dict
        The start, already checked.
    forward : callable
        Maps parameters to a cache.
    backward : callable
        Maps parameters and cache to grads.
    cost : callable
        Maps the cache to the cost, a number or an array over the runs.
    learning_rate : float, ndarray or dict
        As in `symbreak.network.train`, like the next three.
    num_iterations : int
        Number of updates.
    snapshots : collection of int
        Iterations at which to keep the parameters.
    cost_every : int or None
        Record the cost every so many iterations.

    Returns
    -------
    parameters : dict
        The parameters after the last update.
    history : History
        Costs and snapshots.

    Raises
    ------
    DivergenceError
        If a parameter is no longer finite, or a cost: those that are recorded are looked at, and
        that of each hundredth iteration.

    Examples
    --------
    >>> parameters, history = descend(
    ...     {"w": 1.0},
    ...     forward=lambda parameters: parameters["w"],
    ...     backward=lambda parameters, w: {"dw": 2 * w},
    ...     cost=lambda w: w**2,
    ...     learning_rate=0.25,
    ...     num_iterations=3,
    ...     snapshots=(),
    ...     cost_every=None,
    ... )
    >>> parameters, history.costs.tolist()
    ({'w': 0.125}, [1.0, 0.25, 0.0625, 0.015625])
    """
    rates = checks.learning_rates(learning_rate, parameters)
    num_iterations = checks.integer("num_iterations", num_iterations, 0)
    kept = _kept(snapshots, num_iterations)
    cost_every = _cost_every(cost_every, num_iterations)
    parameters = {name: copy(value) for name, value in parameters.items()}
    costs, taken, safe = {}, {}, (0, parameters)
    np.empty(31 * 2**17)  # 31 MB, freed at once: glibc then keeps the memory of temporaries

    with Progress(num_iterations) as progress, np.errstate(all="ignore"):
        for iteration in range(num_iterations + 1):
            last = iteration == num_iterations
            cache = forward(parameters)
            if iteration in kept:
                taken[iteration] = parameters
            look = iteration % CHECK_EVERY == 0 or last
            if iteration % cost_every == 0 or last:
                costs[iteration] = cost(cache)
                look = look or not np.isfinite(costs[iteration]).all()
            if look:
                if not _finite(parameters, cost(cache)).all():
                    iteration, runs = _first_bad(*safe, forward, backward, cost, rates)
                    raise DivergenceError(iteration, runs, _history(costs, taken, iteration))
                safe = iteration, parameters
                progress(iteration)
            if not last:
                parameters = step(parameters, backward(parameters, cache), rates)
    # A copy: what the caller does with it must not change the last snapshot.
    end = {name: copy(value) for name, value in parameters.items()}
    return end, _history(costs, taken, num_iterations + 1)


def _finite(parameters, cost):
    """Tell for each run whether its parameters and its cost are finite."""
    values = [np.isfinite(np.atleast_2d(value)) for value in parameters.values()]
    return np.isfinite(cost) & np.all([value.all(axis=(-2, -1)) for value in values], axis=0)


def _first_bad(iteration, parameters, forward, backward, cost, rates):
    """Repeat the updates since the last safe iteration, and look at each of them.

    A parameter that is not finite stays so under ``parameters - rate * gradient``: looking only
    now and then while training missed nothing.
    """
    while (good := _finite(parameters, cost(cache := forward(parameters)))).all():
        parameters = step(parameters, backward(parameters, cache), rates)
        iteration += 1
    if good.ndim <= 1:
        return iteration, [int(run) for run in np.flatnonzero(~good)] if good.ndim else []
    return iteration, [tuple(map(int, run)) for run in np.argwhere(~good)]


def _history(costs, taken, end):
    costs = {iteration: cost for iteration, cost in costs.items() if iteration < end}
    taken = {iteration: parameters for iteration, parameters in taken.items() if iteration < end}
    return History(np.array(list(costs), dtype=int), np.array(list(costs.values())), taken)


def _kept(snapshots, num_iterations):
    kept = {checks.integer("a snapshot", t, 0) for t in checks.collection("snapshots", snapshots)}
    if kept and max(kept) > num_iterations:
        raise ValueError(
            f"snapshots must lie between 0 and num_iterations = {num_iterations}, got {max(kept)}"
        )
    return kept


def _cost_every(cost_every, num_iterations):
    if cost_every is None:
        return max(1, -(-num_iterations // 1000))
    return checks.integer("cost_every", cost_every, 1)
