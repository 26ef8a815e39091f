"""Which relation between two units gradient descent keeps depends on g."""

import numpy as np

from symbreak import datasets, initializers, network
from symbreak.activations import ACTIVATIONS

X, Y = datasets.flower()
relations = {  # unit 2 = (k w, k b, c v), where unit 1 = (w, b, v)
    "equal: $(w, b, v)$": (1, 1, lambda g: True),
    "sign: $-(w, b, v)$": (-1, -1, lambda g: g.odd),
    "factor: $2 (w, b, v)$": (2, 2, lambda g: g.homogeneous),
    "$(2w, 2b, v/2)$": (2, 0.5, lambda g: False),
}
print("| unit 2 at the start |", " | ".join(ACTIVATIONS), "|")
print("|---" * (1 + len(ACTIVATIONS)) + "|")
for name, (k, c, kept) in relations.items():
    print(f"| {name} |", end="")
    for g in ACTIVATIONS.values():
        start = initializers.normal((2, 4, 1), seed=1, scale=0.5)
        start["b1"] += [[0.3], [0.0], [-0.2], [0.1]]
        start["W1"][1], start["b1"][1] = k * start["W1"][0], k * start["b1"][0]
        start["W2"][0, 1] = c * start["W2"][0, 0]
        p, _ = network.train(
            X,
            Y,
            start,
            activation=g.name,
            learning_rate=0.3,
            num_iterations=200,
        )
        unit = np.hstack([p["W1"], p["b1"], p["W2"].T])  # (4, 4)
        off = np.abs(unit[1] - unit[0] * [k, k, k, c]).max()
        print(f" {'yes' if kept(g) else 'no'} {off:.3f} |", end="")
    print()
