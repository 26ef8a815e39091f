"""All 12 weights differ, and yet four tanh units stay two mirrored pairs."""

import numpy as np

from symbreak import datasets, network, plots, show, symmetry

X, Y = datasets.flower()
start = {
    "W1": np.outer([-0.03, -0.01, 0.01, 0.03], [1, 2]),  # (4, 2)
    "b1": np.zeros((4, 1)),
    "W2": np.array([[-0.05, -0.04, 0.04, 0.05]]),  # <- mirrored, like W1
    "b2": np.zeros((1, 1)),
}
weights = np.concatenate([start["W1"].ravel(), start["W2"].ravel()])
print(f"different weights: {np.unique(weights).size} of {weights.size}")
parameters, history = network.train(
    X,
    Y,
    start,
    activation="tanh",
    learning_rate=1.2,
    num_iterations=10_000,
    snapshots=range(0, 10_001, 50),
)
show(parameters, decimals=2)
width = symmetry.effective_width(parameters, activation="tanh")
print(f"different units: {width} of 4")
print(f"accuracy {network.accuracy(parameters, X, Y):.1%}")

fig = plots.threads(history, scale="sqrt", title="Rows that mirror each other")
