"""ReLU, W zero, b random: the live units are multiples of one unit."""

import numpy as np

from symbreak import datasets, initializers, network, show, symmetry

X, Y = datasets.flower()
seeds = range(10)
four = initializers.stack(
    [initializers.random_biases((2, 4, 1), seed=seed) for seed in seeds]
)
alive = np.maximum(four["b1"], 0)  # (10, 4, 1)
one = {
    "W1": np.zeros((10, 1, 2)),
    "b1": np.sqrt((alive**2).sum(axis=1, keepdims=True)),
    "W2": np.zeros((10, 1, 1)),
    "b2": four["b2"],
}
outputs = []
for name, start in {"4 units": four, "1 unit": one}.items():
    p, _ = network.train(
        X,
        Y,
        start,
        activation="relu",
        learning_rate=1.2,
        num_iterations=10_000,
    )
    width = symmetry.effective_width(p, activation="relu")
    a = network.accuracy(p, X, Y, activation="relu")
    print(f"{name}, 10 seeds: different units", *width, end=", ")
    print(f"accuracy {a.min():.1%} to {a.max():.1%}")
    outputs.append(network.forward(X, p, activation="relu")[0])
    if start is four:
        rows = np.concatenate([p["W1"], p["b1"]], axis=-1)[3]  # seed 3
print(f"largest difference of A2: {np.ptp(outputs, axis=0).max():.6f}")
show({"seed 3, [W1 b1]": rows}, decimals=3)
show({"divided by b1 at the start": rows / four["b1"][3]}, decimals=1)
