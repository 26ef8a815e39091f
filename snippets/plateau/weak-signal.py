"""Where the class means nearly coincide, the law holds for a tiny drop."""

import numpy as np

from symbreak import datasets, initializers, logistic, network, theory

data = {
    "flower": datasets.flower(),
    "xor": datasets.xor(seed=1),
    "circles": datasets.circles(),
}
scales, seeds = (0.1, 0.01, 1e-3, 1e-4, 1e-5), range(5)
start = initializers.stack(
    initializers.normal((2, 4, 1), seed=seed, scale=scale)
    for seed in seeds
    for scale in scales
)
print("| data | drop |", " | ".join(f"{scale:g}" for scale in scales), "|")
print("|---" * 7 + "|")
for name, (X, Y) in data.items():
    zero = {"w": np.zeros((2, 1)), "b": 0.0}
    _, line = logistic.train(X, Y, zero, learning_rate=1.2, num_iterations=1000)
    most = np.log(2) - line.costs[-1]  # what logistic regression reaches
    per_decade = theory.growth_time(10, theory.escape_rate(X, Y), 1.2)
    _, history = network.train(
        X,
        Y,
        start,
        learning_rate=1.2,
        num_iterations=int(9 * per_decade),
        cost_every=1,
    )
    for drop in (most / 10, 0.01):
        times = (
            theory.escape_time(start, X, Y, learning_rate=1.2, drop=drop),
            (history.costs < np.log(2) - drop).argmax(axis=0),
        )
        p, m = (np.median(t.reshape(5, 5), axis=0) for t in times)
        cells = (f"{a:.0f} / {b:.0f}" for a, b in zip(p, m))
        print(f"| {name} | {drop:.6f} |", " | ".join(cells), "|")
    print(f"| {name}, per decade | | {per_decade:.1f} |" + " |" * 4)
