"""From W = 0 and random b: first W2 moves, then W1, then A1 sees the data."""

import numpy as np

from symbreak import datasets, initializers, network, show

X, Y = datasets.flower()
start = initializers.random_biases((2, 4, 1), seed=2, scale=1)  # <- W = 0
_, history = network.train(
    X,
    Y,
    start,
    activation="tanh",
    learning_rate=1.2,
    num_iterations=3,
    snapshots=range(4),
)
show(b1=start["b1"], b2=start["b2"])
ends = [0, -1]
print("A1 and dZ1: the first sample and the last. dW1: both columns.")
for iteration, p in history.snapshots.items():
    _, cache = network.forward(X, p)
    grads = network.backward(p, cache, X, Y)
    rank = np.linalg.matrix_rank(p["W1"], tol=1e-9)
    print(f"--- iteration {iteration}, rank of W1: {rank}")
    show(dW2=grads["dW2"])
    columns = cache["A1"][:, ends], grads["dZ1"][:, ends], grads["dW1"]
    show({"[A1 dZ1 dW1]": np.hstack(columns)})
