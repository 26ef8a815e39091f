"""Read costs that are not finite: NaN or infinity."""

import numpy as np

from symbreak.diagnosis.curve import rises
from symbreak.diagnosis.findings import Finding, digits

LOG_OF_ZERO = (
    "In float64 an output is exactly 1 once Z is above about 37. Then the cost takes the logarithm"
    " of 0: infinity if the label is 0, and 0 times infinity, which is NaN, if it is 1."
)
FROM_Z = (
    "Compute the cost from Z, as symbreak.network.compute_cost does: the mean of"
    " np.logaddexp(0, Z) - Y * Z."
)
SMALLER = (
    "Use smaller weights, and inputs of size about 1 (pixels divided by 255); or compute the cost"
    " from Z. Look for NaN in X first."
)


def read_not_finite(costs, where, parameters: dict | None = None) -> Finding:
    """Return the finding about costs (n,) of which some is not finite; `where(i)` names cost i."""
    first = int(np.flatnonzero(~np.isfinite(costs))[0])
    before, after = costs[:first], costs[first:]
    seen = f"{costs[first]} at {where(first)}"
    recovered = after[np.isfinite(after) & (after > 0)]
    if recovered.size:
        seen += f", but {digits(recovered[-1])} later"
        means = "No parameter is NaN, or every later cost would be NaN. "
        return Finding("log_of_zero", seen, means + LOG_OF_ZERO, SMALLER if first == 0 else FROM_Z)
    bad = [n for n, array in (parameters or {}).items() if not np.isfinite(array).all()]
    if bad:
        seen += f"; NaN or infinity in {', '.join(bad)}"
    elif parameters is not None:
        return _finite_parameters(seen, before, parameters)
    if first == 0:
        means = (
            "The first cost is that of the start, before any update, if it was recorded at"
            " iteration 0: then the learning rate is not the reason. Either X or the start holds"
            " NaN, or the outputs are exactly 0 or 1. "
        )
        return Finding("not_finite_at_start", seen, means + LOG_OF_ZERO, SMALLER)
    found = rises(before)
    if found or bad:
        if found:
            low, high, _ = found[-1]
            seen += f"; before that a rise from {digits(costs[low])} to {digits(costs[high])}"
        means = "The steps grew too long, until a number was too large to compute with."
        change = "Divide the learning rate by 10, and train again from the start."
        return Finding("diverged", seen, means, change)
    seen += f"; before that no rise that counts, {digits(before[0])} to {digits(before[-1])}"
    means = (
        "The costs allow two readings. The steps were too long and the parameters diverged between"
        " two recorded costs. Or the parameters are fine, and an output came to exactly 0 or 1. "
    )
    change = "Pass the parameters: NaN in them, or very large ones, speak for the first reading."
    return Finding("not_finite", seen, means + LOG_OF_ZERO, change)


def _finite_parameters(seen, before, parameters):
    largest = max(np.abs(array).max() for array in parameters.values())
    seen += f"; no parameter is NaN or infinite, the largest is {largest:.2g}"
    if not before.size:
        return Finding("log_of_zero", seen, LOG_OF_ZERO, SMALLER)
    name = "not_finite" if rises(before) else "log_of_zero"
    means = " Or the steps grew too long: a run can diverge and still have finite parameters."
    change = (
        " If the parameters are much larger than at the start, divide the learning rate by 10 and"
        " train again."
    )
    return Finding(name, seen, LOG_OF_ZERO + means, FROM_Z + change)
