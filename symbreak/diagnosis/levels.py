"""Find out whether a cost curve stands still, and at which level."""

import math

import numpy as np

from symbreak.diagnosis.findings import Finding, digits

LN_2 = math.log(2)
# A cost is "at" a level such as ln 2. This must let pass a level typed with four decimals, and must
# not confuse levels that mean different things: tied ReLU units on the cat images end 0.003 above
# the label entropy.
AT = 5e-4
ABOVE = "flat_above_label_entropy"


def read_level(costs, entropy: float | None = None) -> list[Finding]:
    """Return at most one finding: the level at which at least 3 finite costs (n,) stand still."""
    end = tail(costs)
    seen = f"the last {len(end)} costs lie between {digits(end.min())} and {digits(end.max())}"
    level = LN_2 if entropy is None else entropy
    if np.abs(end - level).max() <= AT:
        return [_at_level(costs, entropy, seen)]
    # It stands still if its last third moves by at most AT, and by at most 1 % of the cost.
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


def guess(end) -> str:
    """Say for which labels constant costs (n,) would be the label entropy; "" if for none."""
    if not 0 < end[-1] < LN_2 or np.ptp(end) > AT:
        return ""
    share = share_with_entropy(end[-1])
    return (
        f" It would be the label entropy if a share of {share:.3f} or {1 - share:.3f} of the"
        " labels is one."
    )


def tail(costs):
    """Return the last third of the costs (n,), at least two."""
    return costs[-max(2, -(-len(costs) // 3)) :]


def _at_level(costs, entropy, seen):
    level = LN_2 if entropy is None else entropy
    seen += f"; ln 2 is {LN_2:.4f}" if entropy is None else f"; the label entropy is {level:.4f}"
    # It is leaving if each third of the last half falls further than the third before, by a factor
    # of 1.2, and the last by more than printing six decimals can fake.
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


def share_with_entropy(cost: float) -> float:
    """Return the share of ones, below one half, whose label entropy is the cost, 0 to ln 2."""
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        entropy = -middle * math.log(middle) - (1 - middle) * math.log(1 - middle)
        low, high = (middle, high) if entropy < cost else (low, middle)
    return high
