"""One combination of incoming and outgoing weights grows, the other shrinks."""

import numpy as np

from symbreak import datasets, initializers, network, theory

X, Y = datasets.flower()
C = theory.signal(X, Y)[:2]  # (n_x, 1); the entry of b1 is 0
s, learning_rate, scale = np.linalg.norm(C), 1.2, 1e-8
print(f"size of the signal C: {s:.4f}")

start = initializers.normal((2, 4, 1), seed=3, scale=scale)
_, history = network.train(
    X,
    Y,
    start,
    learning_rate=learning_rate,
    num_iterations=20,
    snapshots=[0, 20],
)
W1, W2 = (history.weights(name)[1] for name in ("W1", "W2"))
c, v = (W1 @ C)[..., 0] / s, W2[:, 0]  # (2, n_h): iterations 0 and 20
for name, part in {"c - v": c - v, "c + v": c + v}.items():
    factors = (part[1] / part[0]) ** (1 / 20)  # per iteration, each unit
    print(f"{name} times per iteration, units 1 to 4:", end=" ")
    print(*(f"{factor:.4f}" for factor in factors))
grow, shrink = 1 + learning_rate * s, 1 - learning_rate * s
print(f"predicted: {grow:.4f} and {shrink:.4f}")
per_decade = np.log(10) / np.log(grow)
