"""Read what only costs, parameters and data together can tell."""

import numpy as np

from symbreak import network
from symbreak.diagnosis.findings import Finding, digits
from symbreak.diagnosis.levels import AT, tail
from symbreak.symmetry import ATOL


def finite(parameters: dict) -> bool:
    """Tell whether all parameters are finite."""
    return all(bool(np.isfinite(array).all()) for array in parameters.values())


def no_hidden_layer() -> Finding:
    """Return the finding for a stuck network without a hidden layer."""
    return Finding(
        "no_hidden_layer",
        "there is one layer, W1 and b1",
        "No hidden units, so nothing can be tied, and the cost is convex: a start at zero is fine."
        " If dw is zero, no line does better than one answer. If not, the steps are too small, or"
        " the updates do not arrive.",
        "Print dw. If it is zero, add a hidden layer with a random start; if not, check the update,"
        " then try a larger learning rate.",
    )


def read_stuck(parameters: dict, tied: bool, X, Y, activation: str | None) -> list[Finding]:
    """Return findings about a network at the label entropy though none of its units is stopped."""
    L = len(parameters) // 2
    names = [f"W{layer}" for layer in range(1, L + 1)]
    seen = "units of a hidden layer are tied" if tied else "no two units of a hidden layer are tied"
    means = "" if tied else "This is not symmetry. "
    if X is None or Y is None or activation is None:
        if tied:
            return []
        largest = ", ".join(f"{np.abs(parameters[name]).max():.4f} in {name}" for name in names)
        means += "A plateau fits, where small weights wait; so do dead or saturated units."
        change = "Pass X, Y and activation: the gradient can decide."
        return [Finding("not_tied", f"{seen}; largest weights {largest}", means, change)]
    A, cache = network.forward(X, parameters, activation=activation)
    grads = network.backward(parameters, cache, X, Y, activation=activation)
    gradient = max(np.abs(grads[f"d{name}"]).max() for name in names)
    seen += f"; the answers lie between {A.min():.4f} and {A.max():.4f}"
    if gradient <= ATOL:
        means += "No weight has a gradient, so no step moves one."
        seen += "; all gradients of weights are 0"
        return [Finding("no_gradient", seen, means, "Start from other random weights.")]
    seen += f"; the largest gradient of a weight is about {gradient:.0e}"
    means += (
        "The gradients are not zero, so a plateau fits: a product of small weights makes small"
        " gradients; the more layers, the smaller. A learning rate that is far too small fits too,"
        " and updates that do not arrive."
    )
    larger = "start with larger weights, as randn / sqrt(n_prev) does"
    if L == 2:  # the wait is short unless the class means nearly coincide
        change = f"Check the update and the learning rate first. If both are right, {larger}."
    else:
        change = f"{larger.capitalize()}; waiting can take long."
    change += " Pass start: it shows whether the weights move."
    return [Finding("plateau", seen, means, change)]


def read_movement(start: dict, parameters: dict) -> list[Finding]:
    """Return a finding if no weight moved between the start and the parameters."""
    shapes = [{name: array.shape for name, array in p.items()} for p in (start, parameters)]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"start and parameters must have the same shapes, got {shapes[0]} and {shapes[1]}"
        )
    moved = {name: np.abs(parameters[name] - start[name]).max() for name in start}
    if not max(size for name, size in moved.items() if name[0] == "W") <= ATOL:
        return []
    bias = max(size for name, size in moved.items() if name[0] == "b")
    seen = f"from start to end no weight changed; the largest change of a bias is {bias:.4f}"
    if bias > ATOL:
        means = (
            "A bias moved and no weight did. Either the gradients of the weights were zero, or the"
            " update of the weights is missing."
        )
        change = "Print dW1 once. If it is zero, start from small random weights."
        return [Finding("weights_did_not_move", seen, means, change)]
    means = "Either all gradients are zero at this start, or no update reached these parameters."
    change = "Print the gradients once; check that the result of the update is assigned."
    return [Finding("weights_did_not_move", seen, means, change)]


def read_same_run(costs, parameters: dict, X, Y, activation: str | None) -> list[Finding]:
    """Return a finding if the costs stand still and the parameters have another cost."""
    L, end = len(parameters) // 2, tail(costs)
    if not finite(parameters) or (activation is None and L > 1) or np.ptp(end) > 0.01:
        return []
    cache = network.forward(X, parameters, activation=activation or "tanh")[1]
    cost = network.compute_cost(cache[f"Z{L}"], Y)
    lower_later = cost < end[-1] and np.ptp(end) > AT  # a falling cost may fall on
    if lower_later or abs(cost - end[-1]) <= max(0.01, 0.1 * end[-1]):
        return []
    last = digits(end[-1])
    seen = f"the parameters have the cost {digits(cost)} on X and Y, the last cost is {last}"
    means = (
        "They are not of the same moment. Either training went on after the last recorded cost; or"
        " they are of another run, other data or another activation."
    )
    change = "Pass what belongs together, or record the cost once more at the end."
    return [Finding("parameters_do_not_match", seen, means, change)]
