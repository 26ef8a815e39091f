"""Whatever the activation and the constants, only columns of W1 differ."""

import numpy as np

from symbreak import datasets, initializers, network, show_table

X, Y = datasets.flower()
starts = {
    "0.01": initializers.constant((2, 4, 3, 1), 0.01),
    "0.01 x layer": initializers.constant_times_layer((2, 4, 3, 1), 0.01),
}
table, largest = [], 0
for activation in ("tanh", "sigmoid", "relu"):
    for name, start in starts.items():
        p, _ = network.train(
            X,
            Y,
            start,
            activation=activation,
            learning_rate=1.2,
            num_iterations=200,
        )
        moved = np.abs(p["W1"] - start["W1"]).max()
        rows = max(np.ptp(array, axis=0).max() for array in p.values())
        largest = max(largest, rows)
        columns = [np.ptp(p[W], axis=1).max() for W in ("W1", "W2", "W3")]
        cells = moved, rows, columns[0], max(columns[1:])
        table.append([activation, name, *(f"{cell:.5f}" for cell in cells)])
columns = ["columns of W1 differ by", "columns of W2, W3 differ by"]
moves = ["W1 moved by", "rows differ by"]
show_table(["hidden units", "start", *moves, *columns], table)
