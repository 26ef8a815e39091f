"""Copies cut the plane along one straight line, as a single unit does."""

import numpy as np

from symbreak import (
    datasets,
    initializers,
    network,
    plots,
    show_table,
    symmetry,
)

X, Y = datasets.flower()
settings = dict(learning_rate=1.2, num_iterations=10_000)
models = {
    "logistic regression": ((2, 1), "sigmoid"),
    "4 relu copies": ((2, 4, 1), "relu"),
    "4 sigmoid copies": ((2, 4, 1), "sigmoid"),
    "4 tanh copies": ((2, 4, 1), "tanh"),
}
rows = []
for name, (layer_dims, g) in models.items():
    start = initializers.constant(layer_dims, 0.01)
    p, history = network.train(X, Y, start, activation=g, **settings)
    right = network.accuracy(p, X, Y, activation=g)
    width = symmetry.effective_width(p, activation=g) if "W2" in p else "-"
    rows.append([name, width, f"{history.costs[-1]:.3f}", f"{right:.2%}"])

# The best line touches two samples, which can go to either side: try all.
best, sign = 0, 2 * Y[0] - 1
for i in range(400):
    x, y = X - X[:, [i]]
    side = np.sign(np.outer(x, y) - np.outer(y, x))  # of the line through i, j
    side[:, i] = side[range(400), range(400)] = 0
    ahead = np.abs(np.delete(side, i, axis=0) @ sign).max()  # right - wrong
    best = max(best, (398 + ahead) / 2 + 2)
best_share = best / 400
rows.append(["the best straight line", "", "", f"{best_share:.2%}"])
show_table(["model", "different units", "cost", "accuracy"], rows)

fig = plots.decision_regions(
    lambda points: network.predict(p, points), X, Y, title=name.capitalize()
)
fig.alt += " One straight line separates the regions."
