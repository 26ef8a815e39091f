"""From a constant start all parameters move, and the rows stay equal."""

import numpy as np

from symbreak import datasets, network, plots, show

X, Y = datasets.flower()  # (2, 400), (1, 400)
n_x, n_h, n_y = 2, 4, 1
start = {
    "W1": np.ones((n_h, n_x)) * 0.01,  # <- all rows equal
    "b1": np.zeros((n_h, 1)),
    "W2": np.ones((n_y, n_h)) * 0.01,
    "b2": np.zeros((n_y, 1)),
}
parameters, history = network.train(
    X,
    Y,
    start,
    activation="tanh",
    learning_rate=1.2,
    num_iterations=200,
    snapshots=[0, 100, 200],
)
for iteration, snapshot in history.snapshots.items():
    print(f"--- iteration {iteration}")
    show(snapshot)

fig = plots.matrices(parameters, title="Constant start, iteration 200")
