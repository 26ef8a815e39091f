"""Find which units run together along a picture."""

from itertools import pairwise

import numpy as np

from symbreak.symmetry import agreement


def tied_at(values, tolerance=0.012, patience=0.04, x=None):
    """Find which units run together, snapshot by snapshot.

    Two units run together while they agree to the eye (`symbreak.symmetry.agreement`, with
    `tolerance` of each entry's range as its absolute tolerance), and if they do so for at
    least `patience` of the axis: threads that only cross are no rope.

    Parameters
    ----------
    values : ndarray of shape (n_snapshots, n_units, n_entries)
        The entries of each unit.
    tolerance : float
        Largest difference, as a part of the range of the entry over all units and snapshots.
    patience : float
        Shortest stretch, as a part of the axis.
    x : array_like of shape (n_snapshots,), optional
        Position of the snapshots on the axis; equally spaced without it.

    Returns
    -------
    ndarray of int, shape (n_snapshots, n_units)
        For each unit the lowest unit of its group.

    Examples
    --------
    >>> values = np.array([[0, 0, 9], [0, 0, 9], [0, 5, 9]])[:, :, None]
    >>> tied_at(values).tolist()
    [[0, 0, 2], [0, 0, 2], [0, 1, 2]]
    """
    n_snapshots, n_units, _ = values.shape
    x = np.arange(n_snapshots, dtype=float) if x is None else np.asarray(x, dtype=float)
    ranges = np.ptp(values, axis=(0, 1))
    room = tolerance * np.where(ranges > 1e-9, ranges, 1.0)
    agree = np.stack([agreement([rows], rtol=0, atol=1) for rows in values / room])
    group = np.tile(np.arange(n_units), (n_snapshots, 1))
    for j in range(n_units):
        for i in range(j):
            close = lasting(agree[:, i, j], x, patience * np.ptp(x))
            # Units i and j join the groups they are in.
            low = np.minimum(group[:, i], group[:, j])
            for old in (group[:, i].copy(), group[:, j].copy()):
                group = np.where((group == old[:, None]) & close[:, None], low[:, None], group)
    return group


def lasting(close, x, shortest):
    """Keep the stretches of True that are long enough.

    Parameters
    ----------
    close : ndarray of bool, shape (n,)
        Whether a condition holds at each position.
    x : ndarray of shape (n,)
        The positions, ascending.
    shortest : float
        Shortest stretch to keep.

    Returns
    -------
    ndarray of bool, shape (n,)
        The stretches that remain.

    Examples
    --------
    >>> lasting(np.array([1, 1, 1, 0, 1], bool), np.arange(5.0), 2).tolist()
    [True, True, True, False, False]
    """
    edges = np.flatnonzero(np.diff(np.r_[False, close, False].astype(int)))
    kept = np.zeros_like(close)
    for start, stop in zip(edges[::2], edges[1::2]):
        kept[start:stop] = x[stop - 1] - x[start] >= shortest
    return kept


def stretches(group):
    """Cut the picture into stretches along which the same units run together.

    Parameters
    ----------
    group : ndarray of int, shape (n_snapshots, n_units)
        What `tied_at` returns.

    Returns
    -------
    list of tuple (first, last, members)
        Snapshots `first` to `last`, both included, and the units of the stretch. Between
        two snapshots units run together if they do so at both.
    """
    open_since, done = {}, []
    for edge, (left, right) in enumerate(pairwise(group)):
        now = groups_of(list(zip(left.tolist(), right.tolist())))
        for members in [m for m in open_since if list(m) not in now]:
            done.append((open_since.pop(members), edge, list(members)))
        for members in now:
            open_since.setdefault(tuple(members), edge)
    done += [(first, len(group) - 1, list(m)) for m, first in open_since.items()]
    return sorted(done)


def groups_of(labels):
    """List the units that share a label, in the order of their first unit.

    Parameters
    ----------
    labels : sequence of shape (n_units,)
        A label for each unit.

    Returns
    -------
    list of list of int
        The groups.

    Examples
    --------
    >>> groups_of([0, 1, 0])
    [[0, 2], [1]]
    """
    groups = {}
    for unit, label in enumerate(labels):
        groups.setdefault(label, []).append(unit)
    return list(groups.values())
