"""Read the shape of a cost curve, without the parameters."""

import numpy as np

from symbreak.diagnosis.findings import Finding, digits
from symbreak.diagnosis.levels import ABOVE, AT, LN_2, guess, read_level, tail

# A rise between a low and a later high that counts: 10 %, at least 0.005. Gradient descent with a
# fitting learning rate lowers the cost at each step; in float64 and near the largest stable rate it
# rises a little. The tests hold both sides.
JUMP, JUMP_FLOOR = 0.10, 0.005
ROUNDING = 1e-12


def rises(costs) -> list[tuple[int, int, bool]]:
    """Return rises that count: index of low, of high, and whether a fall that counts followed."""
    found, low, high = [], 0, None
    for i, cost in enumerate(costs):
        if high is None:
            low = i if cost < costs[low] else low
            high = i if _counts(costs[low], cost) else None
        elif cost > costs[high]:
            high = i
        elif _counts(cost, costs[high]):
            found.append((low, high, True))
            low, high = i, None
    return found if high is None else [*found, (low, high, False)]


def read_curve(costs, entropy: float | None = None, where=None) -> list[Finding]:
    """Return one to three findings about finite costs (n,); `where(i)` names cost i."""
    where = where or (lambda i: f"cost {i + 1}")
    if costs.min() < -ROUNDING:
        return [_negative(costs, where)]
    if len(costs) < 3:
        return [_too_few(costs, entropy)]
    level = read_level(costs, entropy)
    if moving := _rising(costs, where) or _oscillating(costs, where):
        return moving + [finding for finding in level if finding.name == ABOVE]
    return (
        _jumped(costs, where) + _plateau(costs, entropy, where) + (level or _ending(costs, entropy))
    )


def _counts(low, high):
    return high - low >= max(JUMP * abs(low), JUMP_FLOOR)


def _negative(costs, where):
    low = int(costs.argmin())
    return Finding(
        "negative",
        f"the lowest cost is {digits(costs[low])}, at {where(low)}",
        "A cross-entropy is the mean of -ln of probabilities, and never below 0. So this is another"
        " cost, or one with a wrong sign, or the labels or outputs lie outside of 0 to 1.",
        "Check the minus sign in front of the sum; print the range of Y and of the output.",
    )


def _too_few(costs, entropy):
    seen = " and ".join(f"{digits(cost)}" for cost in costs)
    means = "Too few to see a movement: it takes three."
    if abs(costs[0] - LN_2) <= 0.02:
        means += (
            " A first cost near ln 2 = 0.6931 is what any start has that answers about 0.5 to"
            " every sample. By itself it says nothing about being stuck."
        )
    return Finding("too_few_costs", f"cost {seen}", means, "Pass all costs that were recorded.")


def _rising(costs, where):
    found = rises(costs)
    ends_high = len(found) == 1 and not found[0][2]
    climbs = bool((np.diff(costs) > 0).all()) and costs[-1] - costs[0] > 1e-4
    higher = len(found) < 2 and costs[-1] - costs[0] > AT
    if not (ends_high or climbs or higher):
        return []
    low, high = found[0][:2] if ends_high else (0, len(costs) - 1)
    means = (
        "A step along the gradient that is short enough lowers the cost. These steps do not, if all"
        " costs are of the same samples."
    )
    return [
        Finding(
            "rising",
            f"from {digits(costs[low])} at {where(low)} up to {digits(costs[high])} at"
            f" {where(high)}, and not down again",
            means,
            "Divide the learning rate by 10. If the cost rises still, only slower, the sign of a"
            " gradient or of the update is wrong.",
        )
    ]


def _oscillating(costs, where):
    found = rises(costs)
    if len(found) < 2:
        return []
    low, high, _ = max(found, key=lambda rise: costs[rise[1]] - costs[rise[0]])
    return [
        Finding(
            "oscillating",
            f"{len(found)} rises of at least 10%; the largest from {digits(costs[low])} at"
            f" {where(low)} to {digits(costs[high])} at {where(high)}",
            "If all costs are of the same samples: the steps are so long that they jump across the"
            " valley, the learning rate is too large. Costs of mini-batches go up and down anyway.",
            "Divide the learning rate by 3 or by 10.",
        )
    ]


def _jumped(costs, where):
    found = rises(costs)
    if not found:
        return []
    low, high, _ = found[0]
    return [
        Finding(
            "jumped",
            f"one rise, from {digits(costs[low])} at {where(low)} to {digits(costs[high])} at"
            f" {where(high)}, then down again",
            "If all costs are of the same samples, some steps were too long: the learning rate is"
            " near the largest that works here.",
            "If the end is not good enough, try a smaller learning rate.",
        )
    ]


def _plateau(costs, entropy, where):
    # It lasts at least three costs and a tenth of the curve, and moves by at most 2 % of the whole
    # fall; afterwards comes at least a fifth of the fall, with a step five times as steep.
    whole = np.ptp(costs)
    if whole <= AT:
        return []
    first, last = _flattest(costs, 0.02 * whole)
    rest = costs[last:]
    if last - first + 1 < max(3, len(costs) / 10) or rest[0] - rest[-1] < 0.2 * whole:
        return []
    inside, after = -np.diff(costs[first : last + 1]), -np.diff(rest)
    if after.max() < 5 * max(inside.max(), 0):
        return []
    seen = f"about {np.median(costs[first : last + 1]):.4f} from {where(first)} to {where(last)}"
    level, called = (LN_2, "ln 2") if entropy is None else (entropy, "the label entropy")
    if np.abs(costs[first : last + 1] - level).max() <= max(AT, 0.02 * whole):
        seen += f" ({called} is {level:.4f})"
    return [
        Finding(
            "plateau_then_falling",
            f"{seen}, then down to {digits(rest[-1])}",
            "The cost waited on a plateau and left it. That is a wait, not a fault: near a saddle"
            " the gradients are small, and the weights need time to grow.",
            "If the wait is too long, try a start with larger weights.",
        )
    ]


def _flattest(costs, tolerance):
    """Return the ends of the longest stretch found whose range is within the tolerance."""
    best, first = (0, 0), 0
    low = high = costs[0]
    for i, cost in enumerate(costs):
        low, high = min(low, cost), max(high, cost)
        if high - low > tolerance:
            first, low, high = i, cost, cost
        if i - first > best[1] - best[0]:
            best = first, i
    return best


def _ending(costs, entropy):
    end = tail(costs)
    fall, whole = end[0] - end[-1], costs[0] - costs[-1]
    seen = (
        f"from {digits(costs[0])} to {digits(costs[-1])}; in the last third from {digits(end[0])}"
    )
    if fall < 0.05 * end[0] and fall < 0.1 * whole:
        means = "The cost fell and has leveled off." + (guess(end) if entropy is None else "")
        return [Finding("leveled_off", seen, means)]
    slow = whole < 0.05 * costs[0]
    return [
        Finding(
            "still_falling",
            seen,
            "The cost had not stopped falling when the record ends.",
            "Try a larger learning rate first: less than 5% was gained in all."
            if slow
            else "Train longer, if you want a lower cost.",
        )
    ]
