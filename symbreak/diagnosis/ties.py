"""Find hidden units that are tied, and layers that compute a single function."""

import numpy as np

from symbreak.activations import ACTIVATIONS
from symbreak.diagnosis.findings import Finding
from symbreak.symmetry import ATOL, effective_width, tied_groups

DIFFERENT = "Start from different rows: small random numbers in W{}."
TIES = {
    "equal": (
        "equal",
        "Tied units get equal gradients, so gradient descent keeps them tied at any learning rate"
        " (rounding aside).",
    ),
    "sign": (
        "equal up to sign",
        "tanh is odd, so a unit and its mirror image get opposite gradients and stay mirror images:"
        " all weights may differ, and still they are copies.",
    ),
    "factor": (
        "positive multiples of each other",
        "relu(k z) = k relu(z) for k > 0, so these units stay multiples of each other under"
        " gradient descent, and say the same up to that factor.",
    ),
}


def hidden_layers(parameters: dict) -> list[int]:
    """Return the numbers of the hidden layers that have at least two units."""
    L = len(parameters) // 2
    return [layer for layer in range(1, L) if len(parameters[f"b{layer}"]) > 1]


def all_zero(*arrays) -> bool:
    """Tell whether all entries of the arrays are zero, up to rounding."""
    return all(bool(np.abs(array).max() <= ATOL) for array in arrays)


def read_ties(parameters: dict, activation: str | None = None) -> list[Finding]:
    """Return findings for each layer: units that are equal, or tied further by sign or factor."""
    found = []
    g = ACTIVATIONS.get(activation)
    allowed = {"sign": g is None or g.odd, "factor": g is None or g.homogeneous}
    needs = {"sign": "If the activation is odd: ", "factor": "If the activation is ReLU: "}
    for layer in hidden_layers(parameters):
        n = len(parameters[f"b{layer}"])
        equal = tied_groups(parameters, layer)
        units = (parameters[name] for name in (f"W{layer}", f"b{layer}", f"W{layer + 1}"))
        if len(equal) < n and not all_zero(*units):
            found.append(_tie("equal", layer, n, equal))
        for kind in ("sign", "factor"):
            groups = tied_groups(parameters, layer, kind=kind)
            if allowed[kind] and len(groups) < len(equal):
                found.append(_tie(kind, layer, n, groups, needs[kind] if g is None else ""))
    return found


def read_width(parameters: dict, activation: str | None = None, X=None) -> list[Finding]:
    """Return a finding for each layer whose units, apart from those dead on X, are one function."""
    found = []
    for layer in hidden_layers(parameters):
        # With sigmoid, only equal units count as one function.
        g, n = activation or "sigmoid", len(parameters[f"b{layer}"])
        if effective_width(parameters, layer, activation=g, X=X) == 1:
            seen = f"layer {layer}: 1 different function, {n} units"
            means = "The layer computes what a single unit can compute, whatever its width."
            change = DIFFERENT.format(layer)
            found.append(Finding("one_effective_unit", seen, means, change))
    return found


def _tie(kind, layer, n, groups, needs=""):
    how, means = TIES[kind]
    tied = [group for group in groups if len(group) > 1]
    names = "; ".join(", ".join(str(unit + 1) for unit in group) for group in tied[:3])
    seen = f"layer {layer}, in and out: units {names} are {how}"
    seen += f" ({len(groups)} different of {n})" if len(tied) <= 3 else f" and so on ({n} in all)"
    return Finding(f"tied_{kind}", seen, needs + means, DIFFERENT.format(layer))
