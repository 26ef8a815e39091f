"""Find weights that are zero, and units that are dead or saturated on the data."""

import numpy as np

from symbreak import network
from symbreak.activations import ACTIVATIONS
from symbreak.diagnosis.findings import Finding
from symbreak.diagnosis.ties import all_zero

# A slope below 1 % of g'(0) on 95 % of the samples hardly passes a gradient. Trained units often
# get there, and that is no fault while the cost is low; so saturation is reported only where the
# cost is above half the label entropy.
FLAT_SLOPE, SATURATED = 0.01, 0.95


def read_zeros(parameters: dict, activation: str | None = None) -> list[Finding]:
    """Return at most one finding: which weight matrices are all zero."""
    L = len(parameters) // 2
    zero = [f"W{layer}" for layer in range(1, L + 1) if all_zero(parameters[f"W{layer}"])]
    if L < 2 or not zero:
        return []
    means = "Behind a zero matrix every sample looks the same: there is one answer for all. "
    biases = all_zero(*(parameters[f"b{layer}"] for layer in range(1, L)))
    if len(zero) < L or not biases:
        means += "Other parameters are not zero, so gradients need not be zero."
    elif activation is None:
        means += "With tanh or ReLU the weights stay zero for ever; with sigmoid they may move."
    elif ACTIVATIONS[activation].function(np.zeros(1))[0] == 0:
        means += "All weights and hidden biases are zero and g(0) = 0: they stay so for ever."
    else:
        means += "All units are equal, and stay equal if they move at all."
    seen = f"all entries of {', '.join(zero)} are 0"
    return [Finding("zero_weights", seen, means, "Start from small random weights.")]


def read_responses(parameters, activation: str, X, cost: float, entropy: float) -> list[Finding]:
    """Return findings for each layer with units that are dead or saturated on X (n_x, m)."""
    found, g = [], ACTIVATIONS[activation]
    cache = network.forward(X, parameters, activation=activation)[1]
    for layer in range(1, len(parameters) // 2):
        A = cache[f"A{layer}"]
        if all_zero(parameters[f"W{layer}"], parameters[f"b{layer}"]):
            continue  # zero weights are a finding of their own
        if g.dies and (dead := (A == 0).all(axis=1)).any():
            found.append(_dead(layer, dead))
        if g.saturates and not cost <= entropy / 2:  # a cost that is NaN too
            zero = np.zeros(1)
            slope = g.derivative(cache[f"Z{layer}"], A) / g.derivative(zero, g.function(zero))
            flat = (slope < FLAT_SLOPE).mean(axis=1) >= SATURATED
            found += [_saturated(layer, flat)] if flat.any() else []
    return found


def _dead(layer, dead):
    means = "A unit that is 0 on all samples has slope 0 there: it gets no gradient and stays dead"
    means += " until layers before it move." if layer > 1 else "."
    change = "Start from other weights, with biases 0; if units die while training, try a smaller"
    seen = f"layer {layer}: {dead.sum()} of {dead.size} units are 0 on all samples"
    name = "dead_layer" if dead.all() else "dead_units"
    return Finding(name, seen, means, change + " learning rate.")


def _saturated(layer, flat):
    seen = f"layer {layer}: {flat.sum()} of {flat.size} units have a slope below 1% of the largest"
    means = "Their Z is so large that the activation is flat: hardly any gradient gets through."
    change = "Start from smaller weights and biases; bring the inputs to size about 1."
    name = "saturated_layer" if flat.all() else "saturated_units"
    return Finding(name, f"{seen} on 95% of the samples", means, change)
