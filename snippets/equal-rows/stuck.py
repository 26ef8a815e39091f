"""Zero units stay equal for any g, and stay zero where g(0) = 0."""

import numpy as np

from symbreak import activations, datasets, initializers, network, show_table

X, Y = datasets.flower()
start = initializers.normal((2, 4, 1), seed=1, scale=0.5)
start["W1"][:3] = 0
start["W2"][:, :3] = 0, 0, 1  # units 1 and 2: all zero; unit 3: only its row


def units(p):
    return np.hstack([p["W1"], p["b1"], p["W2"].T])  # (4, 4)


rate, rows = 0.3, []
for name, g in activations.ACTIVATIONS.items():
    p, _ = network.train(
        X,
        Y,
        start,
        activation=name,
        learning_rate=rate,
        num_iterations=200,
    )
    moved = np.abs(units(p) - units(start)).max(axis=1)
    differ = np.abs(units(p)[0] - units(p)[1]).max()
    g0 = g.function(np.zeros(1)).item()
    moves = f"{moved[0]:.3f}", f"{differ:.6f}", f"{moved[2]:.3f}"
    rows.append([name, f"{g0:.1f}", *moves])
moves = ["unit 1 moved by", "units 1 and 2 differ by", "unit 3 moved by"]
show_table(["activation", "g(0)", *moves], rows)
