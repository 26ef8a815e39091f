r"""Measure symmetry: find the hidden units that are still the same unit.

Hidden unit k of layer l is its incoming row [w | b] = row k of [W_l | b_l] and its outgoing
column v = column k of W_{l+1}. Two units are tied, and gradient descent keeps them tied,

- if they are equal: (w, b, v) = (w', b', v');
- up to sign: (w, b, v) = -(w', b', v'), if the activation is odd (tanh);
- up to a factor: (w, b, v) = k (w', b', v') with k > 0, if g(k z) = k g(z) (ReLU).

`agreement` is the one rule for all three. Units that are not tied are different units. Another
question is how many functions the units that look at the input compute: see `effective_width`.
"""

import numpy as np

from symbreak import checks
from symbreak.activations import ACTIVATIONS
from symbreak.network import forward

KINDS = ("equal", "sign", "factor")
RTOL, ATOL = 1e-6, 1e-15  # copies agree to six digits even in float32; below ATOL is rounding


def row_spread(parameters, layer=1):
    """Measure how far the units of a layer are apart.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    layer : int, default 1
        The layer, 1 to L.

    Returns
    -------
    float or ndarray
        The largest (max - min over the units) of any column of [W_l | b_l]: 0 if and only if the
        rows are equal. With run axes, an array of one spread per run.

    Examples
    --------
    >>> from symbreak import initializers
    >>> row_spread(initializers.constant((2, 4, 1)))
    0.0
    >>> round(row_spread(initializers.linspace((2, 4, 1))), 4)
    0.0171
    """
    parameters = checks.parameters(parameters)
    spread = np.ptp(_incoming(parameters, checks.layer(parameters, layer)), axis=-2).max(axis=-1)
    return spread if spread.ndim else float(spread)


def agreement(blocks, *, rtol=RTOL, atol=ATOL, odd=False, homogeneous=False):
    """Tell which units agree, each measured by its own size.

    Parameters
    ----------
    blocks : list of ndarray of shape (n, any)
        The numbers of n units, a row for each: [W_l | b_l] and W_{l+1}.T, say.
    rtol : float, default 1e-6
        Tolerance relative to the largest number of a unit in a block; the smaller unit decides.
    atol : float, default 1e-15
        Absolute tolerance: smaller differences are the dust of rounding.
    odd, homogeneous : bool, default False
        Whether opposite units agree, and whether positive multiples do.

    Returns
    -------
    ndarray of bool, shape (n, n)
        Whether row i is k times row j in all blocks, with one k for all of them: 1; for `odd`
        also -1; for `homogeneous` each unit is first divided by its largest number.

    Examples
    --------
    >>> rows, columns = np.array([[1e9], [1.0], [2.0]]), np.array([[1.0], [3.0], [6.0]])
    >>> agreement([rows])[1].tolist(), agreement([rows, columns], homogeneous=True)[1].tolist()
    ([False, True, False], [False, True, True])
    """
    if homogeneous:
        size = _largest(np.hstack(blocks))
        blocks = [block / np.where(size > atol, size, 1) for block in blocks]
    rooms = [np.maximum(rtol * _largest(block), atol) for block in blocks]
    same = [_close(blocks, rooms, sign) for sign in ((1, -1) if odd else (1,))]
    return np.any(same, axis=0)


def tied_groups(parameters, layer=1, *, kind="equal", rtol=RTOL, atol=ATOL):
    """Group the units of a hidden layer that are tied.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL of one run.
    layer : int, default 1
        The hidden layer, 1 to L - 1.
    kind : {"equal", "sign", "factor"}, default "equal"
        The kind of tie, see the module. The kinds "sign" and "factor" include equal units.
    rtol, atol : float
        Tolerances for the incoming rows and for the outgoing columns, as in `agreement`.

    Returns
    -------
    list of list of int
        The groups, each ascending, ordered by their first unit. Every unit is in one group; a
        unit that is not tied is alone in its group.

    Notes
    -----
    "Within the tolerance" is not transitive, so a group holds all units that a chain of ties
    connects: it does not depend on the order of the units. Units that are zero in and out are tied
    with each other: four of them are one different unit.

    Examples
    --------
    >>> W1, W2 = [[1, 2], [-1, -2], [1, 2]], [[3, -3, 3]]
    >>> parameters = {"W1": W1, "b1": [[0], [0], [0]], "W2": W2, "b2": [[0]]}
    >>> tied_groups(parameters), tied_groups(parameters, kind="sign")
    ([[0, 2], [1]], [[0, 1, 2]])
    """
    parameters = checks.one_run(parameters)
    layer = checks.layer(parameters, layer, hidden=True)
    checks.known("kind", kind, dict.fromkeys(KINDS))
    rtol, atol = checks.number("rtol", rtol, 0), checks.number("atol", atol, 0)
    blocks = _incoming(parameters, layer), parameters[f"W{layer + 1}"].T
    symmetry = {"odd": kind == "sign", "homogeneous": kind == "factor"}
    return _components(agreement(blocks, rtol=rtol, atol=atol, **symmetry))


def effective_width(parameters, layer=1, *, activation, X=None, rtol=RTOL):
    r"""Count the different functions that the units which look at the input compute.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL; run axes allowed.
    layer : int, default 1
        The hidden layer, 1 to L - 1.
    activation : str
        Key in `symbreak.activations.ACTIVATIONS`.
    X : ndarray of shape (n_x, m), optional
        Data. If given, ReLU units whose output is 0 for all samples do not look at the input.
    rtol : float, default 1e-6
        Tolerance relative to the largest number of a unit in [W_l | b_l], as in `agreement`.

    Returns
    -------
    int or ndarray of int
        The number of units that look at the input, where units with equal rows [w | b] count once;
        so do units with rows equal up to sign, if the activation is odd, and up to a positive
        factor, if it is homogeneous. With run axes, an array of one width per run.

    Notes
    -----
    A unit whose incoming weights w are all zero, to the tolerance, does not look at the input: in a
    layer of such units the width is 0, though there is at least 1 different unit. Outgoing weights
    are not looked at: two units of the same function count once.

    Examples
    --------
    >>> W1 = [[1, 2], [-1, -2], [2, 4], [0, 0]]
    >>> parameters = {"W1": W1, "b1": np.zeros((4, 1)), "W2": np.ones((1, 4)), "b2": [[0]]}
    >>> {g: effective_width(parameters, activation=g) for g in ("sigmoid", "tanh", "relu")}
    {'sigmoid': 3, 'tanh': 2, 'relu': 2}
    """
    parameters = checks.parameters(parameters)
    layer = checks.layer(parameters, layer, hidden=True)
    g = checks.known("activation", activation, ACTIVATIONS)
    rtol = checks.number("rtol", rtol, 0)
    rows = _incoming(parameters, layer)
    live = np.ones(rows.shape[:-1], dtype=bool)
    if X is not None and g.dies:
        _, cache = forward(X, parameters, activation=activation)
        live = (cache[f"A{layer}"] > 0).any(axis=-1)
    runs = rows.shape[:-2]
    widths = np.empty(runs, dtype=int)
    for run in np.ndindex(runs):
        widths[run] = _width(rows[run][live[run]], g, rtol)
    return widths if runs else int(widths)


def collapse(parameters):
    r"""Build the narrower network that equal units amount to.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL of one run.

    Returns
    -------
    narrow : dict
        Parameters of the same function, with one unit per group of `tied_groups` in each hidden
        layer; the outgoing columns of a group are summed.
    factors : dict
        For each parameter an array of its shape: what its learning rate must be multiplied with,
        so that gradient descent on the narrow network stays equivalent.

    Notes
    -----
    Let $n_{l,h}$ be the number of units in group h of layer l, and 1 for inputs and outputs. The
    factors are $n_{l-1,g} / n_{l,h}$ for entry (h, g) of $W_l$, and $1 / n_{l,h}$ for $b_l$.

    Examples
    --------
    >>> from symbreak import initializers
    >>> narrow, factors = collapse(initializers.constant((2, 4, 1)))
    >>> {name: array.tolist() for name, array in narrow.items()}
    {'W1': [[0.01, 0.01]], 'b1': [[0.0]], 'W2': [[0.04]], 'b2': [[0.0]]}
    >>> {name: array.tolist() for name, array in factors.items()}
    {'W1': [[0.25, 0.25]], 'b1': [[0.25]], 'W2': [[4.0]], 'b2': [[1.0]]}
    """
    parameters = checks.one_run(parameters)
    L = len(parameters) // 2
    groups = [[g] for g in range(parameters["W1"].shape[1])]
    narrow, factors = {}, {}
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        groups_prev, groups = groups, [[h] for h in range(W.shape[0])]
        if layer < L:
            groups = tied_groups(parameters, layer)
        first = [group[0] for group in groups]
        n_prev, n = _sizes(groups_prev), _sizes(groups)[:, None]
        narrow[f"W{layer}"] = np.stack([W[first][:, g].sum(axis=1) for g in groups_prev], axis=1)
        narrow[f"b{layer}"] = b[first]
        factors[f"W{layer}"] = n_prev / n
        factors[f"b{layer}"] = 1 / n
    return narrow, factors


def _sizes(groups):
    return np.array([len(group) for group in groups])


def _incoming(parameters, layer):
    """Return [W_l | b_l], (..., n_l, n_{l-1} + 1)."""
    return np.concatenate([parameters[f"W{layer}"], parameters[f"b{layer}"]], axis=-1)


def _largest(block):
    """Return the largest entry of each row in size, (n, 1)."""
    return np.abs(block).max(axis=-1, keepdims=True)


def _close(blocks, rooms, sign):
    """Return the matrix (n, n) of whether row i is sign * row j in all blocks."""
    near = [
        _differences(block, sign) <= np.minimum(room, room.T) for block, room in zip(blocks, rooms)
    ]
    return np.all(near, axis=0)


def _differences(block, sign):
    """Return the matrix (n, n) of the largest entry of row i - sign * row j, in size.

    Some rows at a time: for 1000 units of 784 inputs, all pairs at once take 6 GB.
    """
    rows = max(1, 2**20 // block.size)
    parts = [block[i : i + rows, None] for i in range(0, len(block), rows)]
    return np.concatenate([np.abs(part - sign * block).max(axis=-1) for part in parts])


def _components(tied):
    """Return the connected components of a symmetric matrix (n, n) of ties."""
    groups, left = [], set(range(len(tied)))
    while left:
        group, new = set(), {min(left)}
        while new:
            group |= new
            new = {int(j) for i in new for j in np.flatnonzero(tied[i])} - group
        groups.append(sorted(group))
        left -= group
    return groups


def _width(rows, g, rtol):
    looks = _largest(rows[:, :-1]) > np.maximum(rtol * _largest(rows), ATOL)
    rows = rows[looks[:, 0]]
    if not rows.size:
        return 0
    return len(_components(agreement([rows], rtol=rtol, odd=g.odd, homogeneous=g.homogeneous)))
