"""Bring costs, labels and parameters together."""

import numpy as np

from symbreak import checks
from symbreak.activations import ACTIVATIONS
from symbreak.diagnosis import ties, together, units
from symbreak.diagnosis.curve import read_curve
from symbreak.diagnosis.findings import Diagnosis
from symbreak.diagnosis.levels import LN_2
from symbreak.diagnosis.not_finite import read_not_finite
from symbreak.theory import label_entropy

STUCK = {"stuck_at_ln_2", "stuck_at_label_entropy", "leaving_plateau"}
STOPS = {"zero_weights", "dead_layer", "saturated_layer"}  # by themselves they stop the weights


def diagnose(costs, Y=None, parameters=None, *, X=None, activation=None, start=None, every=None):
    r"""Say what the costs of a training run mean, and what to change.

    Parameters
    ----------
    costs : list of float
        The costs in the order they were recorded, at least one; NaN and infinity are allowed. They
        are taken to be of all samples, not of mini-batches, and recorded at equal intervals.
    Y : array_like of shape (1, m), optional
        Labels 0 and 1.
    parameters : dict, optional
        W1, b1, ..., WL, bL after training, or w, b of logistic regression; other keys are ignored.
    X : ndarray of shape (n_x, m), optional
        The data the costs belong to.
    activation : str, optional
        Of the hidden layers, a key in `symbreak.activations.ACTIVATIONS`.
    start : dict, optional
        The parameters before training.
    every : int, optional
        Iterations between two costs, to name iterations in the text.

    Returns
    -------
    Diagnosis
        Its findings; printed, a text.

    Raises
    ------
    ValueError
        If there is no cost, or what is passed does not fit together.

    Notes
    -----
    A finding says no more than what was passed can show; the thresholds are stated in
    `symbreak.diagnosis.levels`, `curve` and `units`, those of ties in `symbreak.symmetry`. The
    label entropy is
    $H(p) = -p \ln p - (1 - p) \ln(1 - p)$ with p the share of ones.

    Examples
    --------
    >>> labels = [[1] * 72 + [0] * 137]
    >>> found = diagnose([0.6931, 0.6477, 0.6442, 0.6440, 0.6440, 0.6440], labels)
    >>> found.names
    ('stuck_at_label_entropy',)
    >>> print(found.findings[0].evidence)
    the last 2 costs lie between 0.6440 and 0.6440; the label entropy is 0.6440
    """
    costs = read_costs(costs)
    where = _namer(len(costs), every)
    if activation is not None:
        checks.known("activation", activation, ACTIVATIONS)
    Y = None if Y is None else _labels(Y)
    X = None if X is None else checks.data(X)
    entropy = None if Y is None else label_entropy(Y)
    if start is not None and start is parameters:
        raise ValueError("start and parameters must be two dictionaries, got one; copy the start")
    parameters, start = _read("parameters", parameters), _read("start", start)
    _check_sizes(X, Y, parameters)

    if np.isfinite(costs).all():
        found = read_curve(costs, entropy, where)
    else:
        found = [read_not_finite(costs, where, parameters)]
    if parameters is not None and together.finite(parameters):
        found += _from_parameters(parameters, found, costs, Y, X, activation)
    if parameters is None and start is not None and together.finite(start):
        found += ties.read_ties(start, activation)
    if parameters is not None and start is not None:
        found += together.read_movement(start, parameters)
    return Diagnosis(tuple(found), _missing(Y, parameters, X, activation, start))


def read_costs(costs):
    """Return costs, numbers or arrays of one number, as an array (n,); NaN and infinity stay."""
    listed = checks.collection("costs", costs)
    if not listed:
        raise ValueError("costs must hold at least 1 cost, got none")
    arrays = [checks.rectangular(f"cost {i}", cost) for i, cost in enumerate(listed, start=1)]
    for i, cost in enumerate(arrays):
        if cost.dtype.kind not in "fiu":
            raise TypeError(f"costs must hold numbers, got {listed[i]!r} as cost {i + 1}")
        if cost.size != 1:
            raise ValueError(
                f"costs must be those of one run, got shape {cost.shape} as cost {i + 1}; "
                "pick a run r: costs[:, r]"
            )
    return np.array([float(cost.reshape(())) for cost in arrays])


def _namer(n, every):
    if every is None:
        return lambda i: f"cost {i + 1} of {n}"
    checks.integer("every", every, 1)
    return lambda i: f"iteration {i * every}"


def _labels(Y):
    Y = checks.real_array("Y", Y)
    if Y.size != max(Y.shape, default=0):
        raise ValueError(f"Y must have shape (1, m), got {Y.shape}")
    return checks.labels(Y.reshape(1, -1), 1, Y.size)


def _check_sizes(X, Y, parameters):
    """Insist on as many labels as samples, and as many features as inputs."""
    if X is None:
        return
    if Y is not None:
        checks.labels(Y, 1, X.shape[1])
    if parameters is not None:
        checks.data(X, parameters["W1"].shape[1])


def _read(what, given):
    """Return W1, b1, ... as arrays, which may hold NaN, without other keys."""
    if given is None:
        return None
    if not hasattr(given, "keys"):
        raise TypeError(f"{what} must be a dictionary W1, b1, ..., got {type(given).__name__}")
    if "w" in given and "b" in given and "W1" not in given:
        w, b = checks.any_array("w", given["w"]), checks.any_array("b", given["b"])
        if w.ndim != 2 or w.shape[1] != 1:
            raise ValueError(f"w must have shape (n_x, 1), got {w.shape}")
        if b.size != 1:
            raise ValueError(f"b must be one number, got shape {b.shape}")
        given = {"W1": w.T, "b1": b.reshape(1, 1)}
    names = [key for key in map(str, given) if key[:1] in ("W", "b") and key[1:].isdigit()]
    picked = {name: checks.any_array(name, given[name]) for name in names}
    shapes = {name: np.where(np.isfinite(array), array, 0) for name, array in picked.items()}
    checks.one_run(shapes)
    last = len(names) // 2
    if len(shapes[f"b{last}"]) != 1:
        raise ValueError(f"{what} must have one output, got {len(shapes[f'b{last}'])}")
    return {name: picked[name] for name in checks.parameters(shapes)}


def _from_parameters(parameters, found, costs, Y, X, activation):
    stuck = any(finding.name in STUCK for finding in found)
    other = []
    if np.isfinite(costs).all() and X is not None and Y is not None:
        other = together.read_same_run(costs, parameters, X, Y, activation)
    if len(parameters) == 2:
        return other + ([together.no_hidden_layer()] if stuck and not other else [])
    entropy = LN_2 if Y is None else label_entropy(Y)
    tied = ties.read_ties(parameters, activation)
    causes = units.read_zeros(parameters, activation)
    if X is not None and activation is not None:
        causes += units.read_responses(parameters, activation, X, costs[-1], entropy)
    width = ties.read_width(parameters, activation, X if activation else None)
    if stuck and not other and not any(finding.name in STOPS for finding in causes):
        causes += together.read_stuck(parameters, bool(tied), X, Y, activation)
    return other + causes + tied + width


def _missing(Y, parameters, X, activation, start):
    missing = [] if Y is not None else ["Y, for the label entropy"]
    if parameters is None:
        missing.append("parameters, for ties and zeros")
    if X is None or activation is None:
        missing.append("X with activation, for dead and saturated units")
    if start is None:
        missing.append("start, for what moved")
    return tuple(missing)
