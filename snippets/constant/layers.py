"""Three layers, started at 0.01 times the layer number: rows equal again."""

import numpy as np

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
start = initializers.constant_times_layer((2, 4, 3, 1), value=0.01)
_, history = network.train(
    X,
    Y,
    start,
    activation="relu",
    learning_rate=1.2,
    num_iterations=200,
    snapshots=[0, 100, 200],
)
for iteration, p in history.snapshots.items():
    print(f"--- iteration {iteration}, b is the last column")
    for layer in (1, 2, 3):
        W, b = p[f"W{layer}"], p[f"b{layer}"]
        show({f"[W{layer} b{layer}]": np.hstack([W, b])})
