"""One hidden layer, random W: a small start waits, a large one saturates."""

import numpy as np

from symbreak import datasets, initializers, network, show_table

X, Y = datasets.flower()
rows, waits, worst, level = [], {}, {}, 0.6
for scale in (1e-6, 1e-4, 0.01, 1, 100):
    runs = [
        initializers.normal((2, 4, 1), seed=seed, scale=scale)
        for seed in range(10)
    ]
    start = initializers.stack(runs)
    A1 = network.forward(X, start)[1]["A1"]
    p, history = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=5000, cost_every=1
    )
    below = (history.costs < level).sum(axis=1) >= 5  # 5 of 10 seeds
    first = below.argmax() if below.any() else "not reached"
    waits[scale] = first
    a, slope = network.accuracy(p, X, Y), np.mean(1 - A1**2)
    worst[scale] = a.min()
    ends = dict.fromkeys([f"{a.min():.0%}", f"{a.max():.0%}"])
    rows.append([f"{scale:g}", f"{slope:.2f}", first, " to ".join(ends)])
columns = ["scale", "slope of tanh", f"iterations to cost {level}", "accuracy"]
show_table(columns, rows)
