"""b1 alone, balanced labels: plus and minus cancel, if nothing is rounded."""

import math

import numpy as np

from symbreak import datasets, initializers, network

X, Y = datasets.flower()  # sorted: 200 labels 0, then 200 labels 1
mixed = np.arange(400).reshape(2, 200).T.ravel()  # labels 0, 1, 0, 1, ...
b1 = np.array([[0.01], [0.02], [0.03], [0.04]])
terms = (0.5 - Y) * b1  # dZ2 * A1 for ReLU, (4, 400)
print("400 dW2, exact:", *[math.fsum(row) for row in terms])
for name, order in {"sorted": np.arange(400), "mixed": mixed}.items():
    total = terms[:, order].cumsum(axis=1)[:, -1]  # one after the other
    print(f"400 dW2, {name}:", *[f"{t:.0e}" if t else "0.0" for t in total])

start = initializers.zeros((2, 4, 1)) | {"b1": b1}
start["W2"] = start["W2"] + 1e-12
_, history = network.train(
    X[:, mixed],
    Y[:, mixed],
    start,
    activation="tanh",
    learning_rate=1.2,
    num_iterations=100,
    snapshots=[40, 80],
)
size = [np.abs(history.snapshots[t]["W2"]).max() for t in (40, 80)]
C = ((0.5 - Y) * X).mean(axis=1)  # a quarter of the difference of the means
growth = (size[1] / size[0]) ** (1 / 40)
print(f"W2 nudged by 1e-12: times {growth:.3f} a step")
print(f"predicted: 1 + 1.2 |C| = {1 + 1.2 * np.hypot(*C):.3f}")
