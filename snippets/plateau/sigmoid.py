"""Sigmoid units wait nearly four times as long, with balanced labels only."""

import numpy as np

from symbreak import datasets, initializers, network, symmetry, theory

flower = datasets.flower()
data = {"balanced": flower, "unbalanced": datasets.unbalance(*flower, drop=100)}
scales = 10.0 ** -np.arange(2, 12)
runs = [initializers.normal((2, 4, 1), seed=3, scale=s) for s in scales]
start = initializers.stack(runs)
per_decade = {}
for labels, (X, Y) in data.items():
    _, history = network.train(
        X,
        Y,
        start,
        learning_rate=1.2,
        num_iterations=600,
        cost_every=1,
        activation="sigmoid",
        snapshots=[50],
    )
    low = theory.label_entropy(Y) - 0.01
    times = (history.costs < low).argmax(axis=0)
    slope = np.polyfit(np.arange(2, 12), times, 1)[0]
    per_decade[labels] = slope
    rate = np.linalg.norm(theory.signal(X, Y)) / 4  # the slope at 0
    print(f"--- {labels}, scales 1e-2 to 1e-11: iterations to the drop")
    print(*times)
    print(f"per decade: {slope:.1f}, |C| / 4 = {rate:.4f}", end=" ")
    print(f"predicts {np.log(10) / np.log(1 + 1.2 * rate):.1f}")
    spread = symmetry.row_spread(history.snapshots[50])
    print(f"scale 1e-6: row spread {spread[4]:.0e} at iteration 50")
