"""A network with groups of copies trains as a narrower one does."""

import numpy as np

from symbreak import datasets, initializers, network, plots, show, symmetry

X, Y = datasets.flower()
p = initializers.normal((2, 2, 2, 1), seed=1, scale=0.5)
h, k = [0, 0, 0, 1], [0, 0, 1]  # copies: 3 + 1 units, then 2 + 1 units
start = {
    "W1": p["W1"][h],
    "b1": p["b1"][h],
    "W2": p["W2"][k][:, h],
    "b2": p["b2"][k],
    "W3": p["W3"][:, k],
    "b3": p["b3"],
}
rate, settings = 1.2, dict(num_iterations=400, snapshots=range(0, 401, 4))
wide, history = network.train(X, Y, start, learning_rate=rate, **settings)

narrow, factors = symmetry.collapse(start)
print("Factors of the learning rate in the narrow network 2-2-2-1:")
show(factors, decimals=2)
matched = {name: rate * factor for name, factor in factors.items()}
predicted, _ = symmetry.collapse(wide)

line = "{}: cost {:.4f} at iteration 20, {:.4f} at 400".format
print(line("2-4-3-1, one rate", *history.costs[[20, 400]]))
at_20 = {"wide": history.costs[20]}
for name, rates in {"one rate": rate, "matched rates": matched}.items():
    twin, twins = network.train(X, Y, narrow, learning_rate=rates, **settings)
    at_20[name] = twins.costs[20]
    off = max(np.abs(twin[key] - predicted[key]).max() for key in twin)
    print(line(f"2-2-2-1, {name}", *twins.costs[[20, 400]]), end="; ")
    print(f"off by {off:.6f}")

fig = plots.matrices(wide, title="Equal blocks, iteration 400")
fig.caption = "W2 has one number for each pair of groups: blocks."
fig = plots.threads(history, title="Line: 2-4-3-1. Dots: its twin 2-2-2-1")
t, W1 = twins.weights("W1")
fig.axes[0].plot(t[::10], W1[::10, :, 0], "o", color=plots.COLORS["ink"], ms=4)
fig.alt += " Dots of the narrow network lie on the rope and on the thread."
fig.caption = "The narrow network with matched rates lies on rope and thread."
