"""One step on paper: zero stays, equal stays equal, different differ more."""

import numpy as np

from symbreak import network, show_table

X, Y = np.array([[1.0, -1.0]]), np.array([[1, 0]])  # two samples
starts = {"zero": (0, 0), "equal": (0.5, 0.5), "different": (0.5, 0.1)}

columns = []
for units in starts.values():  # two tanh units
    W1, W2 = np.array([units]).T * 1.0, np.array([units]) * 1.0
    start = {"W1": W1, "b1": 0 * W1, "W2": W2, "b2": np.zeros((1, 1))}
    A2, cache = network.forward(X, start)
    grads = network.backward(start, cache, X, Y)
    end, _ = network.train(X, Y, start, learning_rate=1, num_iterations=1)
    first = {"A1": cache["A1"][:, 0], "A2": A2[:, 0]}  # of the first sample
    after = {f"{name} after": value for name, value in end.items()}
    columns.append(start | first | grads | after)

names = "W1 b1 W2 b2 A1 A2 dW2 db2 dW1 db1".split() + ["W1 after", "W2 after"]
rows = []
for name in names:
    cells = [np.round(c[name], 2).ravel() + 0 for c in columns]
    texts = [", ".join(f"{value:.2f}" for value in cell) for cell in cells]
    rows.append([f"`{name}`", *texts])
show_table(["array", *(f"from {name}" for name in starts)], rows)
