"""Measure how far two results are apart, insist on a tolerance, and remember the largest."""

import numpy as np

LARGEST = {}  # what was compared -> [number of comparisons, tolerance, largest deviation]


def insist(what, deviation, tolerance):
    """Fail if deviation > tolerance; a deviation of NaN fails too."""
    entry = LARGEST.setdefault(what, [0, tolerance, 0.0])
    entry[0] += 1
    entry[1:] = max(entry[1], tolerance), max(entry[2], deviation)
    assert deviation <= tolerance, f"{what}: deviation {deviation:.1e}, tolerance {tolerance:.0e}"


def parameters_deviation(ours, theirs):
    """Return the largest difference, relative to the largest entry of its layer [W | b].

    A bias often is a small rest of a sum that cancels: measured by its own size, its rounding
    would look large. Where a whole layer is below 0.001, the difference is measured by 0.001.
    """
    worst = 0.0
    for layer in range(1, len(ours) // 2 + 1):
        names = f"W{layer}", f"b{layer}"
        size = max(1e-3, *(np.abs(theirs[name]).max() for name in names))
        worst = max(worst, *(difference(ours[name], theirs[name]) / size for name in names))
    return worst


def gradients_deviation(ours, theirs, terms):
    r"""Return the largest difference of gradients, relative to the terms they are sums of.

    $\sum_i x_i y_i$ in floating point is off by at most about $m u \sum_i |x_i y_i|$: `terms` holds
    these sums, array by array. Where they are 0, ours and theirs must be the same.
    """
    worst = 0.0
    for name, array in theirs.items():
        if off := difference(ours[name], array):
            size = np.abs(terms[name]).max()
            worst = max(worst, off / size if size else np.inf)
    return worst


def difference(ours, theirs):
    assert np.shape(ours) == np.shape(theirs)
    return float(np.abs(np.subtract(ours, theirs)).max())
