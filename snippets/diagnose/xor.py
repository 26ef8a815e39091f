"""XOR needs two units that differ; a few random units may still end short."""

import numpy as np

from symbreak import initializers, network, show_table

X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
Y = np.array([[0, 1, 1, 0]])
n_runs = 200
rows, solved, dead = [], {}, {}
first, second = dict(tanh=0, relu=0), dict(tanh=0, relu=0)
for n_h in (1, 2, 3, 4, 8):
    start = initializers.stack(
        initializers.normal((2, n_h, 1), seed=seed, scale=1)
        for seed in range(n_runs)
    )
    for g in ("tanh", "relu"):
        p, _ = network.train(
            X, Y, start, activation=g, learning_rate=0.5, num_iterations=5000
        )
        right = network.accuracy(p, X, Y, activation=g)
        solved[g, n_h] = int(np.sum(right == 1))
        A2 = network.forward(X, p, activation=g)[0][right == 0.5]
        alike = np.ptp(A2, axis=(1, 2)) < 0.01  # one answer for all
        if n_h > 1:
            first[g] += int(alike.sum())
            second[g] += int((~alike).sum())
    A1 = network.forward(X, start, activation="relu")[1]["A1"]
    silent = (A1 == 0).all(axis=-1)  # (run, unit): 0 for every sample
    dead[n_h] = int(silent.any(axis=-1).sum())
    rows.append([n_h, solved["tanh", n_h], solved["relu", n_h], dead[n_h]])

constant = initializers.constant((2, 8, 1), 0.5)
copies, _ = network.train(
    X, Y, constant, learning_rate=0.5, num_iterations=5000
)
of_copies = network.accuracy(copies, X, Y)
columns = ["hidden units", "tanh: all four right", "ReLU: all four right"]
show_table([*columns, "ReLU: a dead unit at the start"], rows)
