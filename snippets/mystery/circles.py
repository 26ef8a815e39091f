"""The draw of the circles decides how long the wait is."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, theory

draws = {
    "100 samples, seed 1": datasets.circles(100, seed=1),
    "100 samples, seed 2": datasets.circles(100, seed=2),
    "100 samples, seed 3": datasets.circles(100, seed=3),
    "300 samples, as in Course 2": datasets.circles(),
}
iterations, rate, scale, seeds = 20_000, 1.2, 0.01, 6
start = initializers.stack(
    initializers.random_biases((2, 4, 1), seed=seed, scale=scale)
    for seed in range(seeds)
)
signals, left, rows = [], [], []
for name, (X, Y) in draws.items():
    signals.append(np.linalg.norm(theory.signal(X, Y)))
    _, history = network.train(
        X,
        Y,
        start,
        learning_rate=rate,
        num_iterations=iterations,
        cost_every=100,
    )
    fallen = history.costs < theory.label_entropy(Y) - 0.01
    ever = fallen.any(axis=0)
    left.append(int(ever.sum()))
    waits = history.iterations[fallen.argmax(axis=0)[ever]]
    wait = f"{waits.min()} to {waits.max()}"
    rows.append([name, f"{signals[-1]:.4f}", f"{left[-1]} of {seeds}", wait])
show_table(["circles", "signal", "left", "at iteration"], rows)
