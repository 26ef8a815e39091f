"""Depth, data without a signal or a large scale can keep the cost up."""
# limit: 120 s

import numpy as np

from symbreak import datasets, initializers, network, show_table, theory

X, Y = datasets.flower()
flower = X[:, ::10], Y[:, ::10]  # every tenth sample: m = 40
uneven = datasets.unbalance(*flower, drop=10)
circles = datasets.circles(100)
settings = (
    ("flower", flower, (2, 4, 1), 1.2, 10_000),
    ("flower", flower, (2, 4, 1), 0.1, 10_000),
    ("circles", circles, (2, 4, 1), 0.3, 20_000),
    ("flower", flower, (2, 4, 4, 1), 1.2, 20_000),
    ("flower", flower, (2, 4, 4, 1), 0.1, 20_000),
    ("uneven flower", uneven, (2, 4, 4, 1), 1.2, 20_000),
    ("flower", flower, (2, 4, 4, 4, 1), 1.2, 20_000),
)
scales, seeds = (1e-3, 1e-2, 0.1, 1, 10, 100), range(3)
rows, left = [], {}
for name, (X, Y), dims, rate, num_iterations in settings:
    start = initializers.stack(
        initializers.random_biases(dims, seed=seed, scale=scale)
        for scale in scales
        for seed in seeds
    )
    p, history = network.train(
        X, Y, start, learning_rate=rate, num_iterations=num_iterations
    )
    low = theory.label_entropy(Y) - 0.01
    fallen = (history.costs < low).any(axis=0)
    counts = fallen.reshape(len(scales), len(seeds)).sum(axis=1).tolist()
    last = np.abs(p[f"W{len(dims) - 1}"][-3:]).max(axis=(1, 2)).min()
    setting = f"{name}, {'-'.join(map(str, dims))}, {rate}"
    left[setting] = counts
    rows.append([setting, num_iterations, *counts, f"{last:.1f}"])
columns = ["data, layers, rate", "iterations", *(f"{c:g}" for c in scales)]
show_table([*columns, "last W at 100"], rows)
