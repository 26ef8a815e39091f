"""The identity tells two units apart; its zero rows leave that to W2."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
rows = []
for n_h, name, W2, predicted in (
    (2, "zero", np.zeros((1, 2)), 2),
    (4, "zero", np.zeros((1, 4)), 2),
    (4, "evenly spaced", np.array([[0.2, 0.4, 0.6, 0.8]]), 4),
    (4, "constant", np.full((1, 4), 0.5), 3),
):
    start = initializers.zeros((2, n_h, 1))
    start |= {"W1": np.eye(n_h, 2), "W2": W2}
    p, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=2000)
    units = symmetry.effective_width(p, activation="tanh")
    accuracy = network.accuracy(p, X, Y)
    rows.append([n_h, name, predicted, units, f"{accuracy:.0%}"])
columns = ["n_h", "W2", "different units, predicted", "measured", "accuracy"]
show_table(columns, rows)
