"""Gradient descent, for any model that can say its cost and its gradient."""

from copy import copy

import numpy as np

from symbreak import checks
from symbreak.history import DivergenceError, History
from symbreak.progress import Progress

CHECK_EVERY = 100  # iterations between two looks for a number that is not finite


def step(parameters: dict, grads: dict, rates: dict) -> dict:
    """Return the parameters after one step; the gradient of W1 is under dW1, its rate under W1."""
    return {name: value - rates[name] * grads["d" + name] for name, value in parameters.items()}


def descend(parameters, evaluate, *, rates, num_iterations, snapshots, cost_every, keep=None):
    """Repeat the update `num_iterations` times; return the last parameters and the history."""
    # evaluate(parameters, wanted) returns the cost, a number or one for each run, or None if it is
    # not wanted; and the gradients, under the names of the parameters. keep(parameters) returns
    # what the caller gets of them, in arrays of its own.
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
    """Repeat the updates since the last safe iteration; return the first bad one and its runs."""
    # A parameter that is not finite stays so under parameters - rate * gradient: looking only now
    # and then while training missed nothing.
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
