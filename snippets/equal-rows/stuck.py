"""Zero units stay equal for any g, and stay zero where g(0) = 0."""

import numpy as np

from symbreak import datasets, initializers, network
from symbreak.activations import ACTIVATIONS

X, Y = datasets.flower()
start = initializers.normal((2, 4, 1), seed=1, scale=0.5)
start["W1"][:3] = 0
start["W2"][:, :3] = 0, 0, 1  # units 1 and 2: all zero; unit 3: only its row


def units(p):
    return np.hstack([p["W1"], p["b1"], p["W2"].T])  # (4, 4)


print("| activation | g(0) | unit 1 moved by |", end=" ")
print("units 1 and 2 differ by | unit 3 moved by |")
print("|---|---|---|---|---|")
for name, g in ACTIVATIONS.items():
    p, _ = network.train(
        X,
        Y,
        start,
        activation=name,
        learning_rate=0.3,
        num_iterations=200,
    )
    moved = np.abs(units(p) - units(start)).max(axis=1)
    differ = np.abs(units(p)[0] - units(p)[1]).max()
    print(f"| {name} | {g.function(np.zeros(1)).item():.1f} |", end="")
    print(f" {moved[0]:.3f} | {differ:.6f} | {moved[2]:.3f} |")
