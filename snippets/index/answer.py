"""One unit may start from zero; a hidden layer needs units that differ."""

# limit: 180 s
import numpy as np

from symbreak import (
    datasets,
    initializers,
    logistic,
    network,
    show_table,
    symmetry,
)

moons, flower = datasets.moons(m=200, seed=1, noise=0.2), datasets.flower()
settings = dict(learning_rate=1.2, num_iterations=10_000)
layer_dims, seeds = (2, 4, 1), range(10)


def percent(accuracy):
    low, high = 100 * np.min(accuracy), 100 * np.max(accuracy)
    return f"{low:.1f}%" if low == high else f"{low:.1f} to {high:.1f}%"


cells = []
for X, Y in (moons, flower):
    zero = {"w": np.zeros((2, 1)), "b": 0.0}
    trained, _ = logistic.train(X, Y, zero, **settings)
    cells.append(percent(logistic.accuracy(**trained, X=X, Y=Y)))
moved = "yes" if trained["w"].any() else "no"
rows = [["logistic regression", "zero", moved, "1 of 1", *cells]]

starts = {
    "zero": [initializers.zeros(layer_dims)],
    "constant 0.01": [initializers.constant(layer_dims)],
    "W zero, b random": [
        initializers.random_biases(layer_dims, seed=seed) for seed in seeds
    ],
    "W random, b zero": [
        initializers.normal(layer_dims, seed=seed) for seed in seeds
    ],
}
for name, runs in starts.items():
    start, cells = initializers.stack(runs), []  # all seeds in one call
    for X, Y in (moons, flower):
        trained, _ = network.train(X, Y, start, activation="tanh", **settings)
        cells.append(percent(network.accuracy(trained, X, Y)))
    moved = "yes" if np.any(trained["W1"] != start["W1"]) else "no"
    each = [{k: v[run] for k, v in trained.items()} for run in range(len(runs))]
    counts = [len(symmetry.tied_groups(p, kind="sign")) for p in each]
    count = f"{min(counts)} of 4"
    rows.append(["4 tanh units", name, moved, count, *cells])
columns = ["model", "start", "W moves", "different units", "moons", "flower"]
show_table(columns, rows)
