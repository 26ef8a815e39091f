"""Find which units run together along a picture."""

from itertools import pairwise

import numpy as np

from symbreak.symmetry import agreement


def tied_at(values, tolerance=0.012, patience=0.04, x=None):
    """Return the lowest unit that runs with each, at each snapshot (n_snapshots, n_units)."""
    # Units run together while all entries in values (n_snapshots, n_units, n_entries) agree to the
    # eye, to `tolerance` of the range of that entry over all units and snapshots, and if they do so
    # for `patience` of the axis at least: threads that only cross are no rope.
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


def lasting(close, x, shortest: float):
    """Return `close` (n,) without the stretches of True that are too short on the axis x (n,)."""
    edges = np.flatnonzero(np.diff(np.r_[False, close, False].astype(int)))
    kept = np.zeros_like(close)
    for start, stop in zip(edges[::2], edges[1::2]):
        kept[start:stop] = x[stop - 1] - x[start] >= shortest
    return kept


def stretches(group) -> list[tuple[int, int, list[int]]]:
    """Return (first, last, members): the snapshots between which these units run together."""
    open_since, done = {}, []
    # Between two snapshots units run together if they do so at both.
    for edge, (left, right) in enumerate(pairwise(group)):
        now = groups_of(list(zip(left.tolist(), right.tolist())))
        for members in [m for m in open_since if list(m) not in now]:
            done.append((open_since.pop(members), edge, list(members)))
        for members in now:
            open_since.setdefault(tuple(members), edge)
    done += [(first, len(group) - 1, list(m)) for m, first in open_since.items()]
    return sorted(done)


def groups_of(labels) -> list[list[int]]:
    """Return lists of the units that share a label, in the order of their first unit."""
    groups = {}
    for unit, label in enumerate(labels):
        groups.setdefault(label, []).append(unit)
    return list(groups.values())
