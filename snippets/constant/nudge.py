"""One weight off by 1e-9: tanh separates quickly, ReLU hardly at all."""

import numpy as np

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
start = initializers.constant((2, 4, 1), 0.01)
start["W1"][0, 0] += 1e-9  # <- one of 8 weights

print("Row spread at iterations 0, 100, 200 and 1000:")
curves = {}
for activation in ("tanh", "sigmoid", "relu"):
    _, history = network.train(
        X,
        Y,
        start,
        activation=activation,
        learning_rate=1.2,
        num_iterations=1000,
        snapshots=range(0, 1001, 10),
    )
    t, parameters = zip(*history.snapshots.items())
    spread = np.array([symmetry.row_spread(p) for p in parameters])
    print(f"{activation}:", *(f"{spread[k]:.0e}" for k in (0, 10, 20, 100)))
    curves[activation] = t, np.log10(spread)

fig = plots.costs(
    curves,
    title="One weight of W1 off by 1e-9",
    ylabel="log10 of the row spread",
)
