"""Neither chance nor difference decides, but ties of three kinds."""

import numpy as np

from symbreak import datasets, network, show_table, symmetry

X, Y = datasets.flower()
ones = np.ones((4, 1))
multiple = np.arange(1, 5)[:, None]  # 1, 2, 3, 4
around_0 = np.linspace(-1, 1, 4)[:, None]  # -1, -1/3, 1/3, 1
row, out = np.array([[0.01, 0.025]]), 0.007
starts = {
    "equal rows, outputs differ": (ones * row, multiple.T * out),
    "rows spaced around 0, equal outputs": (around_0 * row, ones.T * out),
    "rows and outputs spaced around 0": (around_0 * row, around_0.T * out),
    "rows and outputs times 1, 2, 3, 4": (multiple * row, multiple.T * out),
}
kinds = {"tanh": "sign", "sigmoid": "equal", "relu": "factor"}
rows = []
for name, (W1, W2) in starts.items():
    weights = np.concatenate([W1.ravel(), W2.ravel()]).round(12)
    cells = [name, f"{np.unique(weights).size} of 12"]
    start = {"W1": W1, "b1": np.zeros((4, 1)), "W2": W2, "b2": np.zeros((1, 1))}
    for g, kind in kinds.items():
        predicted = len(symmetry.tied_groups(start, kind=kind))
        p, _ = network.train(
            X, Y, start, activation=g, learning_rate=1.2, num_iterations=1000
        )
        width = symmetry.effective_width(p, activation=g)
        a = network.accuracy(p, X, Y, activation=g)
        cells.append(f"{predicted}, {width}: {a:.0%}")
    rows.append(cells)
show_table(["W1 and W2", "different weights", *kinds], rows)
