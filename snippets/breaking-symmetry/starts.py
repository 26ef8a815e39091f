"""What counts is that the units differ, not how they were made to differ."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
dims, seeds = (2, 4, 1), range(10)
uniform = [np.random.RandomState(seed).rand(4, 3) / 100 for seed in range(5)]
normal = [initializers.normal(dims, seed=seed) for seed in seeds]
biases = [initializers.random_biases(dims, seed=seed) for seed in seeds]
five = normal[:5]
zeros, constant = initializers.zeros(dims), initializers.constant(dims)
starts = {
    "W random, b zero": normal,
    "W zero, b random": biases,
    "W uniform from 0 to 0.01, b zero": [
        zeros | {"W1": u[:, :2], "W2": u[:, 2:].T} for u in uniform
    ],
    "W1 random, W2 zero": [zeros | {"W1": w["W1"]} for w in five],
    "W1 zero, W2 random": [zeros | {"W2": w["W2"]} for w in five],
    "W1 constant, W2 random": [constant | {"W2": w["W2"]} for w in five],
    "W1 evenly spaced, W2 constant": [initializers.linspace(dims)],
    "W1 constant, W2 constant": [constant],
}
rows, accuracies = [], {}
for name, runs in starts.items():
    start = initializers.stack(runs)
    p, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=10_000)
    units = symmetry.effective_width(p, activation="tanh").min()
    a = network.accuracy(p, X, Y)
    accuracies[name] = a.min(), a.max()
    ends = f"{a.min():.0%}", f"{a.max():.0%}"
    different = "1 (4 copies)" if units == 1 else units
    rows.append([name, len(runs), different, *ends])
columns = ["start", "runs", "different units", "lowest accuracy", "highest"]
show_table(columns, rows)
