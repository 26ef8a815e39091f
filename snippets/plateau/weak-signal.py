"""Where the class means nearly coincide, the law holds for a tiny drop."""

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
    "xor": datasets.xor(seed=1),
    "circles": datasets.circles(),
}
scales, seeds = (0.1, 0.01, 1e-3, 1e-4, 1e-5), range(5)
start = initializers.stack(
    initializers.normal((2, 4, 1), seed=seed, scale=scale)
    for seed in seeds
    for scale in scales
)
rows = []
for name, (X, Y) in data.items():
    zero = {"w": np.zeros((2, 1)), "b": 0.0}
    _, line = logistic.train(X, Y, zero, learning_rate=1.2, num_iterations=1000)
    most = np.log(2) - line.costs[-1]  # what logistic regression reaches
    C = theory.signal(X, Y)[:2]
    s = np.linalg.norm(C)
    per_decade = np.log(10) / np.log(1 + 1.2 * s)
    c = (start["W1"] @ C)[..., 0] / s  # (runs, n_h)
    size = np.linalg.norm((c - start["W2"][:, 0]) / np.sqrt(2), axis=1)
    _, history = network.train(
        X,
        Y,
        start,
        learning_rate=1.2,
        num_iterations=int(9 * per_decade),
        cost_every=1,
    )
    for drop in (most / 10, 0.01):
        predicted = np.log(np.sqrt(2 * drop / s) / size) / np.log(1 + 1.2 * s)
        measured = (history.costs < np.log(2) - drop).argmax(axis=0)
        times = predicted.clip(0), measured
        p, m = (np.median(t.reshape(5, 5), axis=0) for t in times)
        cells = (f"{a:.0f} / {b:.0f}" for a, b in zip(p, m))
        rows.append([name, f"{drop:.6f}", *cells])
    rest = [f"{per_decade:.1f}", "", "", "", ""]
    rows.append([f"{name}, per decade", "", *rest])
show_table(["data", "drop", *(f"{scale:g}" for scale in scales)], rows)
