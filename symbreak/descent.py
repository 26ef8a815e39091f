"""Gradient descent, for any model that can say its cost and its gradient.

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


def descend(parameters, evaluate, *, rates, num_iterations, snapshots, cost_every, keep=None):
    """Repeat the update `num_iterations` times.

    Parameters
    ----------
    parameters : dict
        The start, already checked.
    evaluate : callable
        Maps parameters and a boolean to the cost, a number or an array over the runs (None if the
        boolean is False), and to the gradients under the names of the parameters.
    rates : dict
        The learning rates, under the same names.
    num_iterations : int
        Number of updates.
    snapshots : collection of int
        Iterations at which to keep the parameters.
    cost_every : int or None
        Record the cost every so many iterations.
    keep : callable, optional
        Maps the parameters to what the caller gets of them, in arrays of its own; a copy without
        it.

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
    ...     evaluate=lambda parameters, cost: (parameters["w"] ** 2, {"w": 2 * parameters["w"]}),
    ...     rates={"w": 0.25},
    ...     num_iterations=3,
    ...     snapshots=(),
    ...     cost_every=None,
    ... )
    >>> parameters, history.costs.tolist()
    ({'w': 0.125}, [1.0, 0.25, 0.0625, 0.015625])
    """
    num_iterations = checks.integer("num_iterations", num_iterations, 0)
    kept = _kept(snapshots, num_iterations)
    cost_every = _cost_every(cost_every, num_iterations)
    keep, parameters = keep or _copy, _copy(parameters)
    costs, taken, safe = {}, {}, None

    with Progress(num_iterations) as progress, np.errstate(all="ignore"):
        for iteration in range(num_iterations + 1):
            last = iteration == num_iterations
            look = iteration % CHECK_EVERY == 0 or last
            record = iteration % cost_every == 0 or last
            cost, grads = evaluate(parameters, look or record)
            if iteration in kept:
                taken[iteration] = keep(parameters)
            if record:
                costs[iteration] = cost
                look = look or not np.isfinite(cost).all()
            if look:
                if not _finite(parameters, cost).all():
                    iteration, runs = _first_bad(*(safe or (0, parameters)), evaluate, rates)
                    raise DivergenceError(iteration, runs, _history(costs, taken, iteration))
                safe = iteration, _copy(parameters)
                progress(iteration)
            if not last:
                _move(parameters, grads, rates)
    return keep(parameters), _history(costs, taken, num_iterations + 1)


def _copy(parameters):
    return {name: copy(value) for name, value in parameters.items()}


def _move(parameters, grads, rates):
    """Take one step in place."""
    for name in parameters:
        parameters[name] -= rates[name] * grads[name]


def _finite(parameters, cost):
    """Tell for each run whether its parameters and its cost are finite."""
    values = [np.isfinite(np.atleast_2d(value)) for value in parameters.values()]
    return np.isfinite(cost) & np.all([value.all(axis=(-2, -1)) for value in values], axis=0)


def _first_bad(iteration, parameters, evaluate, rates):
    """Repeat the updates since the last safe iteration, and look at each of them.

    A parameter that is not finite stays so under ``parameters - rate * gradient``: looking only
    now and then while training missed nothing.
    """
    while True:
        cost, grads = evaluate(parameters, True)
        if not (good := _finite(parameters, cost)).all():
            break
        _move(parameters, grads, rates)
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
