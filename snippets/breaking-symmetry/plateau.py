"""Half the scale: with two hidden layers, about 4 times as long a wait."""

import numpy as np

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
X, Y = X[:, ::5], Y[:, ::5]  # every fifth sample: m = 80
seeds, scales, waits = range(10), (0.2, 0.1, 0.05), {}
print("Iteration at which 5 of 10 seeds have a cost below 0.68:")
for dims in ((2, 4, 1), (2, 4, 4, 1)):
    runs = [
        initializers.random_biases(dims, seed=seed, scale=scale)
        for scale in scales
        for seed in seeds
    ]
    _, history = network.train(
        X,
        Y,
        initializers.stack(runs),
        learning_rate=1.2,
        num_iterations=16_000 if len(dims) > 3 else 200,
        cost_every=10 if len(dims) > 3 else 1,
        snapshots=[200],
    )
    waits[len(dims) - 1] = found = []
    left = (history.costs < 0.68).reshape(-1, 3, 10).sum(axis=2) >= 5
    for scale, column in zip(scales, left.T):
        first = history.iterations[column][:1]  # empty if not reached
        print("-".join(map(str, dims)), f"scale {scale}:", *first)
        found.extend(first)
more = np.diff(waits[2])  # iterations, for half the scale
times = np.divide(waits[3][1:], waits[3][:-1])

start = {name: array[20] for name, array in initializers.stack(runs).items()}
after = {name: array[20] for name, array in history.snapshots[200].items()}
print("2-4-4-1, seed 0, scale 0.05, iteration 200:")
show(W3=after["W3"], decimals=5)
show(formula=-start["b3"] * np.tanh(start["b2"]).T, decimals=5)
