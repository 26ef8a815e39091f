r"""Find out whether a cost curve stands still, and at which level.

- `AT` = 0.0005: a cost is "at" a level such as ln 2. It must let pass a level typed with four
  decimals, and must not confuse levels that mean different things: tied ReLU units on the cat
  images end 0.003 above the label entropy.
- A cost at a level is leaving it if each third of the last half of the curve falls further than
  the third before, by a factor of 1.2, and the last by more than printing six decimals can fake.
- A curve stands still at its end if its last third, and at least two costs, moves by no more than
  that, and by no more than 1 % of the cost.
"""

import math

import numpy as np

from symbreak.diagnosis.findings import Finding, digits

LN_2 = math.log(2)
AT = 5e-4
ABOVE = "flat_above_label_entropy"


def read_level(costs, entropy=None):
    """Find a level at which a curve of finite costs stands still.

    Parameters
    ----------
    costs : ndarray of shape (n,)
        Finite costs, n at least 3.
    entropy : float, optional
        The label entropy, if the labels are known.

    Returns
    -------
    list of Finding
        At most one finding.

    Examples
    --------
    >>> [finding.name for finding in read_level(np.array([0.70, 0.65, 0.60]))]
    []
    >>> read_level(np.array([0.644, 0.644, 0.644]))[0].name
    'flat'
    """
    end = tail(costs)
    seen = f"the last {len(end)} costs lie between {digits(end.min())} and {digits(end.max())}"
    level = LN_2 if entropy is None else entropy
    if np.abs(end - level).max() <= AT:
        return [_at_level(costs, entropy, seen)]
    if np.ptp(end) > min(AT, 0.01 * end.min()):
        return []
    if entropy is not None and end.min() > entropy + AT:
        return [_above(seen, entropy)]
    if np.ptp(costs) > min(AT, 0.01 * end.min()):
        return []
    means = "The cost stands still. By itself it does not say why."
    if entropy is None:
        means += guess(end)
    return [Finding("flat", seen, means, "Look at the parameters: pass what you have.")]


def guess(end):
    """Say for which labels a standing cost would be the label entropy.

    Parameters
    ----------
    end : ndarray of shape (n,)
        The last costs.

    Returns
    -------
    str
        A sentence, or nothing if the cost moves, or is not that of any share.

    Examples
    --------
    >>> guess(np.array([0.644, 0.644]))
    ' It would be the label entropy if a share of 0.345 or 0.655 of the labels is one.'
    """
    if not 0 < end[-1] < LN_2 or np.ptp(end) > AT:
        return ""
    share = share_with_entropy(end[-1])
    return (
        f" It would be the label entropy if a share of {share:.3f} or {1 - share:.3f} of the"
        " labels is one."
    )


def tail(costs):
    """Return the end of a curve: its last third, at least two costs.

    Parameters
    ----------
    costs : ndarray of shape (n,)
        Costs.

    Returns
    -------
    ndarray
        The last of them.

    Examples
    --------
    >>> tail(np.arange(10)).tolist(), tail(np.arange(3)).tolist()
    ([6, 7, 8, 9], [1, 2])
    """
    return costs[-max(2, -(-len(costs) // 3)) :]


def _at_level(costs, entropy, seen):
    level = LN_2 if entropy is None else entropy
    seen += f"; ln 2 is {LN_2:.4f}" if entropy is None else f"; the label entropy is {level:.4f}"
    falls = _last_falls(costs)
    if len(falls) == 3 and falls[-1] > 2e-6 and (falls[1:] > 1.2 * falls[:-1]).all():
        return Finding(
            "leaving_plateau",
            f"{seen}; over the last half it falls by " + ", ".join(f"{x:.6f}" for x in falls),
            "The cost is still that of one answer for all samples, but it falls faster each time:"
            " it is leaving.",
            "Train longer before you change anything.",
        )
    what = "0.5" if entropy is None else "the share of ones"
    means = f"This is the cost of answering {what} to every sample."
    if entropy is None:
        means += " It is where balanced labels get stuck; with others it need not be."
    return Finding(
        "stuck_at_ln_2" if abs(level - LN_2) <= AT else "stuck_at_label_entropy",
        seen,
        means + " In the costs, tied units, zero weights, dead units and a plateau look alike.",
        "The parameters tell these apart: see the findings below, or pass them.",
    )


def _last_falls(costs):
    """Return how far the cost falls in the three thirds of the last half of the curve."""
    third = max(1, len(costs) // 6)
    return -np.diff(costs[-1 - 3 * third :: third])


def _above(seen, entropy):
    return Finding(
        ABOVE,
        f"{seen}; the label entropy is {entropy:.4f}",
        "If the cost has no L2 term, this is no resting point. For a given last hidden layer it"
        " is convex in the last weights and bias, and one choice of them has the label entropy. So"
        " where their gradient is zero, the cost is not above it.",
        "Check that the updates reach the parameters. Then try another learning rate: too small"
        " moves too little, too large can jump to and fro between two recorded costs.",
    )


def share_with_entropy(cost):
    """Find the share of ones, below one half, that has a given label entropy.

    Parameters
    ----------
    cost : float
        Between 0 and ln 2.

    Returns
    -------
    float
        The share.

    Examples
    --------
    >>> round(209 * share_with_entropy(0.643974), 2)
    72.0
    """
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        entropy = -middle * math.log(middle) - (1 - middle) * math.log(1 - middle)
        low, high = (middle, high) if entropy < cost else (low, middle)
    return high
