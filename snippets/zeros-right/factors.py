"""One zero matrix moves first, the others follow; with two, none moves."""

import numpy as np

from symbreak import datasets, initializers, network, show_table

X, Y = datasets.flower()
dims, seeds, names = (2, 4, 4, 1), range(10), ["W1", "W2", "W3"]
runs = [initializers.sqrt_n(dims, seed=seed) for seed in seeds]
random_b = [initializers.random_biases(dims, seed=s, scale=1) for s in seeds]
rate, rows = 1.2, []
for zero in ("none", "W3", "W2", "W1", "W2 W3", "W1 W3", "W1 W2", "all W"):
    zeros = set(zero.split()) & set(names)
    start = initializers.stack(random_b if zero == "all W" else runs)
    start |= {name: np.zeros_like(start[name]) for name in zeros}
    p, history = network.train(
        X, Y, start, learning_rate=rate, num_iterations=2000, snapshots=range(5)
    )
    others = 2 if len(zeros) == 1 else "never"
    predicted = [1 if zeros <= {name} else others for name in names]
    if zero == "all W":
        zero, predicted = "all, b random", [3, 2, 1]
    measured = []
    for name in names:
        path = np.stack([q[name] for q in history.snapshots.values()])
        step = np.abs(np.diff(path, axis=0)).max(axis=(2, 3))  # (4, 10 seeds)
        never = np.allclose(p[name], start[name], rtol=0, atol=1e-9)
        moves = (step > 1e-9).all(axis=1)  # for all seeds
        first = 1 + moves.argmax() if moves.any() else "mixed"
        measured.append("never" if never else first)
    steps = [" ".join(map(str, what)) for what in (predicted, measured)]
    lowest = network.accuracy(p, X, Y).min()
    rows.append([zero, *steps, f"{lowest:.0%}"])
show_table(["zero", "W1 W2 W3 predicted", "measured", "lowest accuracy"], rows)
