"""Measure how far two results are apart, insist on a tolerance, and remember the largest."""

import re

import numpy as np

LARGEST = {}  # what was compared -> [number of comparisons, tolerance, largest deviation]
# What docs/checked.md shows: the other program, what was compared, and which of LARGEST that is.
AUTOGRAD = "PyTorch, gradients by autograd"
DIGITS = "mpmath, 50 digits, differences in place of derivatives"
STARTS = "10 starts, 5 activations, 2 to 4 layers, balanced and unbalanced labels"
SHOWN = {
    "1 step": (AUTOGRAD, f"parameters after 1 step: {STARTS}", "PyTorch: parameters,   1 "),
    "10 steps": (AUTOGRAD, "after 10 steps", "PyTorch: parameters,  10 "),
    "100 steps": (AUTOGRAD, "after 100 steps", "PyTorch: parameters, 100 "),
    "gradients": (
        AUTOGRAD,
        "gradients along these runs, with masks, two outputs, and samples at the kink of ReLU",
        "PyTorch: gradients",
    ),
    "costs": (AUTOGRAD, "costs along these runs", "PyTorch: cost"),
    "one step": (AUTOGRAD, "one step from each of our iterates", "PyTorch: one step"),
    "optimizers": (
        "`torch.optim`",
        "gradient descent, momentum, RMSprop, Adam: 100 steps on the same gradients",
        "torch.optim on our gradients",
    ),
    "own gradients": (
        "`torch.optim`",
        "the same with gradients of their own: 100 steps, RMSprop and Adam 10",
        "torch.optim, own gradients",
    ),
    "scikit-learn": (
        "scikit-learn, `MLPClassifier`",
        "parameters after 1, 10 and 100 steps, 2 and 4 layers",
        "scikit-learn: parameters",
    ),
    "predictions": (
        "scikit-learn",
        "probabilities after 100 steps, logistic regression at its optimum",
        "scikit-learn: (?!parameters)",
    ),
    "mpmath": (
        DIGITS,
        "gradients, up to 10 steps, logistic regression",
        "mpmath: (gradients|parameters|logistic)",
    ),
    "theory": (
        DIGITS,
        "signal at zero weights, label entropy",
        "mpmath: (signal|label entropy)",
    ),
    "outputs": (
        DIGITS,
        "outputs and costs, those of large logits too",
        "mpmath: (output|cost|sigmoid)",
    ),
    "hessian": (DIGITS, "second derivatives", "mpmath: (symbreak.hessian|eigenvalues)"),
}


def shown():
    """Return what snippets/checked/oracles.json holds."""
    kinds = {}
    for name, (program, what, pattern) in SHOWN.items():
        found = [entry for kind, entry in LARGEST.items() if re.match(pattern, kind)]
        numbers, tolerances, largest = zip(*found)
        kinds[name] = {
            "with": program,
            "what": what,
            "number": sum(numbers),
            "allowed": sorted({*tolerances}),
            "largest": float(max(largest)),
        }
    comparisons = sum(number for number, *_ in LARGEST.values())
    assert comparisons == sum(kind["number"] for kind in kinds.values()), "a kind without a row"
    return {"comparisons": comparisons, "kinds": kinds}


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
