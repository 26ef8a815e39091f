"""With two hidden layers the wait follows from the biases of the start."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, theory

X, Y = datasets.flower()
X, Y = X[:, ::5], Y[:, ::5]
s, rate, scale = np.linalg.norm(theory.signal(X, Y)), 1.2, 0.05
seeds = range(10)
start = initializers.stack(
    initializers.random_biases((2, 4, 4, 1), seed=seed, scale=scale)
    for seed in seeds
)
_, history = network.train(
    X,
    Y,
    start,
    learning_rate=rate,
    num_iterations=50_000,
    cost_every=10,
    snapshots=[100],
)
size = {
    name: np.linalg.norm(array, axis=(1, 2))
    for name, array in history.snapshots[100].items()
}
a1, a2 = (np.linalg.norm(np.tanh(start[b]), axis=(1, 2)) for b in ("b1", "b2"))
b3 = np.abs(start["b3"][:, 0, 0])
w3, w2 = b3 * a2, b3**2 / 2 * a2 * a1  # what W3 and W2 freeze at

q = np.geomspace(1e-12, 1e3, 4000)[:, None]  # the size of W1
speed = rate * s * np.sqrt(q**2 + w3**2) * np.sqrt(q**2 + w2**2)
time = (1 / speed[1:] + 1 / speed[:-1]) / 2 * np.diff(q, axis=0)
predicted = time.sum(axis=0)
fallen = history.costs < np.log(2) - 0.01
rows = []
for k in seeds:
    wait = "more than 50000"
    if fallen[:, k].any():
        wait = f"{history.iterations[fallen[:, k].argmax()]}"
    sizes = f"{w3[k]:.4f} / {size['W3'][k]:.4f}"
    rows.append([k, sizes, f"{predicted[k]:.0f} / {wait}"])
sizes = "size of W3: predicted / iteration 100"
show_table(["seed", sizes, "wait: predicted / measured"], rows)
