"""Four copies train like one unit with learning rates of its own."""

import numpy as np

from symbreak import datasets, initializers, network, plots, show

X, Y = datasets.flower()
n, rate = 4, 1.2
many = initializers.constant((2, n, 1), 0.01)
one = initializers.constant((2, 1, 1), 0.01)
one["W2"] = n * one["W2"]  # v = n w2

matched = {"W1": rate / n, "b1": rate / n, "W2": rate * n, "b2": rate}
runs = {
    "4 copies": (many, rate),
    "1 unit, matched rates": (one, matched),
    "1 unit, same rate": (one, rate),
}
curves, outputs = {}, {}
for name, (start, learning_rate) in runs.items():
    p, history = network.train(
        X,
        Y,
        start,
        learning_rate=learning_rate,
        num_iterations=50,
    )
    print(f"--- {name}, iteration 50")
    show(p)
    outputs[name], _ = network.forward(X, p)
    curves[name] = history.iterations, history.costs

print("Largest difference of A2 from that of the 4 copies:")
differences = {}
for name in list(runs)[1:]:
    difference = np.abs(outputs[name] - outputs["4 copies"]).max()
    print(f"{name}: {difference:.8f}")
    differences[name] = difference

del curves["1 unit, matched rates"]  # lies on the first
fig = plots.costs(curves, title="Four copies, and one unit")
fig.caption = "With the same learning rate, one unit takes another path."
