"""The verdict says whether units differ, not how good the result is."""

from itertools import compress, product

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

choices = list(product([0, 1], repeat=4))  # is W1, W2, b1, b2 random?
subsets = [list(compress(["W1", "W2", "b1", "b2"], c)) for c in choices]
start = initializers.stack(
    [
        initializers.partly_random((2, 4, 1), subset, seed=seed, scale=0.01)
        for subset in subsets
        for seed in range(5)
    ]
)
X, Y = datasets.flower()
mixed = np.arange(400).reshape(2, 200).T.ravel()  # labels 0, 1, 0, 1, ...
X, Y = X[:, mixed], Y[:, mixed]
unbalanced = datasets.unbalance(X, Y, label=0, drop=100)
names = [" + ".join(subset) or "nothing" for subset in subsets[:8]]
ends = {}  # lowest and highest accuracy
for data, (X, Y) in {"bal.": (X, Y), "unbal.": unbalanced}.items():
    table = [[name] for name in [*names, "W1, and any others"]]
    for g in ("tanh", "sigmoid", "relu"):
        p, _ = network.train(
            X, Y, start, activation=g, learning_rate=1.2, num_iterations=500
        )
        accuracy = network.accuracy(p, X, Y, activation=g)
        width = symmetry.effective_width(p, activation=g)
        for k, row in enumerate(table):
            runs = slice(5 * k, 5 * k + 5 if k < 8 else None)
            w, a = width[runs], accuracy[runs]
            units = "–".join(dict.fromkeys([str(w.min()), str(w.max())]))
            units = units if w.max() else "S"  # no unit looks at the input
            ends.setdefault(f"{g}, {data}", {})[row[0]] = [a.min(), a.max()]
            spread = f"–{a.max():.2f}" if w.max() else ""
            row.append(f"{units}: {a.min():.2f}{spread}")
    show_table([data, "tanh", "sigmoid", "relu"], table)
    print()
