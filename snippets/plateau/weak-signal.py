"""With a weak signal the law holds for a decade, not for the whole wait."""

import numpy as np

from symbreak import (
    datasets,
    initializers,
    logistic,
    network,
    show_table,
    theory,
)

data = {
    "flower": datasets.flower(),
    "XOR": datasets.xor(seed=1),
    "circles": datasets.circles(),
}
scales, seeds, rate = (0.01, 1e-3, 1e-4, 1e-5), range(5), 1.2
start = initializers.stack(
    initializers.normal((2, 4, 1), seed=seed, scale=scale)
    for scale in scales
    for seed in seeds
)
rows, gains = [], {}
for name, (X, Y) in data.items():
    zero = {"w": np.zeros((2, 1)), "b": 0.0}
    _, line = logistic.train(
        X, Y, zero, learning_rate=rate, num_iterations=1000
    )
    gains[name] = line.costs[0] - line.costs[-1]
    C = theory.signal(X, Y)[:2]
    s = np.linalg.norm(C)
    grow = np.log(1 + rate * s)
    per_decade = np.log(10) / grow
    c = (start["W1"] @ C)[..., 0] / s  # (20 runs, n_h)
    size = np.linalg.norm((c - start["W2"][:, 0]) / np.sqrt(2), axis=1)
    predicted = np.log(np.sqrt(2 * 0.01 / s) / size) / grow
    _, history = network.train(
        X,
        Y,
        start,
        learning_rate=rate,
        num_iterations=int(9 * per_decade),
        cost_every=1,
    )
    measured = (history.costs < np.log(2) - 0.01).argmax(axis=0)
    times = predicted.reshape(4, 5), measured.reshape(4, 5)
    p, m = (np.median(t, axis=1) for t in times)
    pairs = (per_decade, (m[-1] - m[0]) / 3), *zip(p, m)  # three decades
    rows.append([name, *(f"{a:.0f} / {b:.0f}" for a, b in pairs)])
columns = ["data", "per decade", *(f"{scale:g}" for scale in scales)]
show_table(columns, rows)
