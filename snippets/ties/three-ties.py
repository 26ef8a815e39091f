"""Each kind of tie asks something else of the update rule."""

import numpy as np

from symbreak import datasets, network, optimizers, show_table

X, Y = datasets.flower()
unit = np.array([[0.1, 0.2, 0.03, 0.05]])  # w, w, b, v
ties = {  # unit k starts at factors[k] times unit 1
    "equal": ([1, 1, 1, 1], "tanh"),
    "up to sign": ([1, -1, 1, -1], "tanh"),
    "up to a factor": ([1, 2, 4, 8], "relu"),
}
updates, rows = optimizers.OPTIMIZERS, []
for rule in (*updates, "L2", "mini-batches", "dropout"):
    cells = [rule.replace("_", " ")]
    update = updates.get(rule, optimizers.gradient_descent)
    rate = 0.01 if rule in ("rmsprop", "adam") else 0.5
    for factors, g in ties.values():
        factors = np.array(factors)[:, None]  # (4, 1)
        W1, b1, W2 = np.split((factors * unit).T, [2, 3])
        p = {"W1": W1.T, "b1": b1.T, "W2": W2, "b2": [[0]]}
        state, random = {}, np.random.RandomState(0)
        for t in range(100):
            i = random.permutation(400)[: 64 if rule == "mini-batches" else 400]
            keep = 0.8 if rule == "dropout" else 1
            D = optimizers.dropout_masks(
                (2, 4, 1), len(i), keep_prob=keep, seed=t
            )
            _, cache = network.forward(X[:, i], p, activation=g, masks=D)
            grads = network.backward(p, cache, X[:, i], Y[:, i], activation=g)
            if rule == "L2":
                for W in ("W1", "W2"):
                    grads["d" + W] += p[W] / len(i)
            p, state = update(p, grads, state, learning_rate=rate)
        units = np.hstack([p["W1"], p["b1"], p["W2"].T]) / factors
        cells.append(f"{np.ptp(units, axis=0).max():.2f}")
    rows.append(cells)
show_table(["rule", *(f"{tie}, {g}" for tie, (_, g) in ties.items())], rows)
