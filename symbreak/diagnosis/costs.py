"""What the costs alone say: read them in the forms they come in, then read their shape."""

import math
import re

import numpy as np

from symbreak import checks
from symbreak.diagnosis.findings import Finding, digits, finding

LN_2 = math.log(2)
# A cost is "at" a level such as ln 2. This must let pass a level typed with four decimals, and must
# not confuse levels that mean different things: copies of ReLU units on the cat images end 0.003
# above the label entropy.
AT = 5e-4
# A rise between a low and a later high that counts: 10 %, at least 0.005. Gradient descent with a
# fitting learning rate lowers the cost at each step; in float64 and near the largest stable rate it
# rises a little. The tests hold both sides.
JUMP, JUMP_FLOOR = 0.10, 0.005
ROUNDING = 1e-12
CLIPPED = -math.log(1e-7)  # what frameworks make of the logarithm of 0

NUMBER = r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|nan|inf)"
LOGGED = re.compile(rf"\b(?:loss|cost)\b[^\n:=|]*[\s:=|]\s*({NUMBER})", re.IGNORECASE)
AFTER = re.compile(r"\b(?:iteration|iter|epoch|step)s?\W{0,3}(\d+)", re.IGNORECASE)
ACCEPTED = "a list of numbers, (iteration, cost) pairs, Keras' history.history, or a pasted log"


def plain(value):
    """Return a tensor as an array, and anything else as it is."""
    return value.detach().cpu().numpy() if hasattr(value, "detach") else value


def read_costs(costs):
    """Return costs (n,), which may hold NaN, and the iteration of each, or None."""
    history = getattr(costs, "history", costs)
    if hasattr(history, "keys"):
        names = [name for name in ("loss", "cost", "costs") if name in history]
        if not names:
            raise ValueError(
                f"a history must have the key 'loss', got {list(history)}; diagnose(history['...'])"
            )
        costs = history[names[0]]
    if isinstance(costs, str):
        costs = _logged(costs)
    listed = checks.collection("costs", costs)
    if not listed:
        raise ValueError("costs must hold at least 1 cost, got none; pass " + ACCEPTED)
    listed = [plain(cost) for cost in listed]
    arrays = [checks.rectangular(f"cost {i}", cost) for i, cost in enumerate(listed, start=1)]
    for i, cost in enumerate(arrays):
        if cost.dtype.kind not in "fiu":
            raise TypeError(
                f"costs must hold numbers, got {listed[i]!r} as cost {i + 1}; pass {ACCEPTED}"
            )
    iterations = None
    if all(cost.shape == (2,) for cost in arrays):
        pairs = np.array(arrays, float)
        if (pairs[:, 0] % 1 == 0).all() and (np.diff(pairs[:, 0]) > 0).all():
            iterations, arrays = pairs[:, 0].astype(int), list(pairs[:, 1])
    for i, cost in enumerate(arrays):
        if np.size(cost) != 1:
            raise ValueError(
                f"costs must be those of one run, got shape {cost.shape} as cost {i + 1}; "
                "pick a run r: costs[:, r]"
            )
    return np.array([float(np.reshape(cost, ())) for cost in arrays]), iterations


def _logged(text):
    """Return the numbers of a pasted log, with their iterations if each line has one."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [(AFTER.search(line), LOGGED.search(line)) for line in lines]
    found = [(after, cost) for after, cost in found if cost]
    if found and all(after for after, _ in found):
        pairs = {int(after[1]): float(cost[1]) for after, cost in found}  # the last of each epoch
        if sorted(pairs) == list(pairs) and (len(pairs) > 1 or len(found) == 1):
            return list(pairs.items())
    if found:
        return [float(cost[1]) for _, cost in found]
    numbers = re.fullmatch(rf"[\s,;\[\]]*(?:{NUMBER}[\s,;\[\]]+)*", text + "\n", re.IGNORECASE)
    if not numbers:
        raise ValueError(
            "a log must have lines with 'loss' or 'cost' and a number, or numbers alone, got "
            f"{text[:40]!r}; pass {ACCEPTED}"
        )
    return [float(number) for number in re.findall(NUMBER, text, re.IGNORECASE)]


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


def _counts(low, high):
    return high - low >= max(JUMP * abs(low), JUMP_FLOOR)


def tail(costs):
    """Return the last third of the costs (n,), at least two."""
    return costs[-max(2, -(-len(costs) // 3)) :]


def read_curve(costs, labels, where) -> list[Finding]:
    """Return what finite costs (n,) say; `where(i)` names cost i, `labels` may be None."""
    if costs.min() < -ROUNDING:
        low = int(costs.argmin())
        seen = f"the lowest cost is {digits(costs[low])}, at {where(low)}"
        return [finding("negative", seen)]
    if len(costs) < 3:
        return [finding("too_few_costs", "cost " + " and ".join(map(digits, costs)))]
    level, moving = _level(costs, labels), _moving(costs, where)
    if any(one.name == "rising" or one.name == "oscillating" for one in moving):
        return moving + level
    return moving + _plateau(costs, labels, where) + (level or _ending(costs, labels))


def _level(costs, labels):
    """Return at most one finding: the level at which the end of at least 3 costs stands still."""
    end, (level, called) = tail(costs), _one_answer(labels)
    seen = f"the last {len(end)} costs lie between {digits(end.min())} and {digits(end.max())}"
    if _near(end, level, costs):
        return [_at(costs, level, f"{seen}; {called} is {level:.4f}")]
    # It stands still if its last third moves by at most AT, and by at most 1 % of the cost.
    if np.ptp(end) > min(AT, 0.01 * end.min()):
        return []
    if other := _other_level(costs, labels):
        return [other]
    if labels is not None and end.min() > level + AT:
        return [finding("flat_above_label_entropy", f"{seen}; {called} is {level:.4f}")]
    if np.ptp(costs) > min(AT, 0.01 * end.min()):
        return []
    return [finding("flat", seen, guess=_guess(end) if labels is None else "")]


def _near(some, level, costs):
    """Tell whether some of the costs (n,) are at a level, as far as their printed digits say."""
    places = (2, 3) if costs.max() < 1e9 else ()  # no rounding of what could overflow
    unit = next((10.0**-n for n in places if (np.round(costs, n) == costs).all()), 0)
    # 0.64 is 0.6440 rounded or cut.
    above, below = max(AT, unit / 2), max(AT, unit)
    return bool((some <= level + above).all() and (some >= level - below).all())


def _one_answer(labels):
    """Return the cost of one answer for all samples, and what it is called."""
    return (LN_2, "ln 2") if labels is None else (labels.entropy, "the label entropy")


def _at(costs, level, seen):
    # It is leaving if each third of the last half falls further than the third before, by a factor
    # of 1.2, and the last by more than printing six decimals can fake.
    falls = -np.diff(costs[-1 - 3 * max(1, len(costs) // 6) :: max(1, len(costs) // 6)])
    if len(falls) == 3 and falls[-1] > 2e-6 and (falls[1:] > 1.2 * falls[:-1]).all():
        seen += "; over the last half it falls by " + ", ".join(f"{x:.6f}" for x in falls)
        return finding("leaving_plateau", seen)
    return finding("stuck_at_ln_2" if abs(level - LN_2) <= AT else "stuck_at_label_entropy", seen)


def _other_level(costs, labels):
    """Return the finding if the costs (n,) end at the level of K classes, or of another cost."""
    end, cost, seen = tail(costs), float(costs[-1]), f"the last costs are {digits(costs[-1])}"
    if labels is None:
        K = round(math.exp(min(cost, 9)))
        near = _near(costs[-1:], math.log(K), costs) and abs(cost - math.log(K)) <= 0.2 / K
        if 2 < K < 5000 and near:
            return finding("classes", f"{seen}; ln {K} is {math.log(K):.4f}", K=K)
        p, entropy, levels, what = 0.5, LN_2, {}, "one half"
    else:
        p, entropy, what = labels.ones, labels.entropy, "the share of ones"
        levels = {f"the sum over {labels.m} samples, not their mean": labels.m * entropy}
        if p < 1 and abs(cost - CLIPPED * (1 - p)) <= 0.005 * cost:
            seen += f", {1 - p:.3f} (the share of zeros) times -ln(1e-7) = {CLIPPED:.3f}"
            return finding("one_output", seen)
    if np.ptp(costs) > 0.2 * cost:  # squares begin near the level where they get stuck
        return None
    levels |= {
        "the squared error": p * (1 - p),
        "half the squared error": p * (1 - p) / 2,
        "a cross-entropy in base 2 (np.log2)": entropy / LN_2,
    }
    for formula, level in levels.items():
        if np.abs(end - level).max() <= min(AT, 0.02 * level):
            seen += f"; {formula} of the answer {what} is {level:.4f}"
            return finding("other_cost", seen, formula=formula)
    return None


def _guess(end):
    """Say for which labels constant costs (n,) would be the label entropy; "" if for none."""
    if not 0 < end[-1] < LN_2 or np.ptp(end) > AT:
        return ""
    share = share_with_entropy(end[-1])
    return (
        f" It would be the label entropy if a share of {share:.3f} or {1 - share:.3f} of the labels"
        " is one."
    )


def share_with_entropy(cost: float) -> float:
    """Return the share of ones, below one half, whose label entropy is the cost, 0 to ln 2."""
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        entropy = -middle * math.log(middle) - (1 - middle) * math.log(1 - middle)
        low, high = (middle, high) if entropy < cost else (low, middle)
    return high


def _moving(costs, where):
    """Return at most one finding about rises; those before the last two thirds are a beginning."""

    def from_to(low, high, to="to"):
        return (
            f"from {digits(costs[low])} at {where(low)} {to} {digits(costs[high])} at {where(high)}"
        )

    found, end = rises(costs), len(costs) - 1
    if found and found[-1][2] and (found[-1][1] < len(costs) / 3 or len(found) == 1):
        low, high, _ = max(found, key=lambda rise: costs[rise[1]])
        many = f"{len(found)} rises, the largest" if len(found) > 1 else "one rise,"
        seen = f"{many} {from_to(low, high)}, then down to {digits(costs[end])}"
        return [finding("jumped", seen)]
    ends_high = len(found) == 1  # and no fall that counts after it
    climbs = bool((np.diff(costs) > 0).all()) and costs[end] - costs[0] > 1e-4
    if ends_high or climbs or (not found and costs[end] - costs[0] > AT):
        low, high = found[0][:2] if ends_high else (0, end)
        return [finding("rising", f"{from_to(low, high, 'up to')}, and not down again")]
    if len(found) < 2:
        return []
    low, high, _ = max(found, key=lambda rise: costs[rise[1]] - costs[rise[0]])
    seen = f"{len(found)} rises of at least 10%; the largest {from_to(low, high)}"
    return [finding("oscillating", seen)]


def _plateau(costs, labels, where):
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
    seen = (
        f"about {digits(np.median(costs[first : last + 1]))} from {where(first)} to {where(last)}"
    )
    level, called = _one_answer(labels)
    if np.abs(costs[first : last + 1] - level).max() <= max(AT, 0.02 * whole):
        seen += f" ({called} is {level:.4f})"
    return [finding("plateau_then_falling", f"{seen}, then down to {digits(rest[-1])}")]


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


def _ending(costs, labels):
    end = tail(costs)
    fall, whole = end[0] - end[-1], costs[0] - costs[-1]
    seen = (
        f"from {digits(costs[0])} to {digits(costs[-1])}; in the last third from {digits(end[0])}"
    )
    if fall < 0.05 * end[0] and fall < 0.1 * whole:
        return [finding("leveled_off", seen, guess=_guess(end) if labels is None else "")]
    change = "Train longer, if you want a lower cost."
    if whole < 0.05 * costs[0]:
        change = "Try a larger learning rate first: less than 5% was gained in all."
    return [finding("still_falling", seen, change=change)]


def read_not_finite(costs, where, parameters: dict | None = None) -> Finding:
    """Return the finding about costs (n,) of which some is not finite; `where(i)` names cost i."""
    first = int(np.flatnonzero(~np.isfinite(costs))[0])
    before, after = costs[:first], costs[first:]
    seen, up = f"{costs[first]} at {where(first)}", rises(before)
    bad = [n for n, array in (parameters or {}).items() if not np.isfinite(array).all()]
    recovered = after[np.isfinite(after) & (after > 0)]
    if recovered.size:
        return finding("log_of_zero", f"{seen}, but {digits(recovered[-1])} later")
    if bad:
        seen += f"; NaN or infinity in {', '.join(bad)}"
    elif parameters is not None:
        largest = max(np.abs(array).max() for array in parameters.values())
        seen += f"; no parameter is NaN or infinite, the largest is {largest:.2g}"
        return finding("not_finite" if up else "log_of_zero", seen)
    elif first == 0:
        return finding("not_finite_at_start", seen)
    if up:
        low, high, _ = up[-1]
        seen += f"; before that a rise from {digits(costs[low])} to {digits(costs[high])}"
    elif not bad:
        seen += f"; before that no rise that counts, {digits(before[0])} to {digits(before[-1])}"
    return finding("diverged" if up or bad else "not_finite", seen)
