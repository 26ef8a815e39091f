"""Six cost curves; dotted lines are ln 2 and the label entropy."""
# tolerance: 0.001 in figures because the tied run has spikes

import matplotlib.pyplot as plt
import numpy as np

from symbreak import datasets, initializers, network, plots

flower = datasets.flower()
few = datasets.unbalance(*flower, label=0, drop=120)  # share of ones 5/7
zeros = initializers.zeros((2, 4, 1))
tied = initializers.constant((2, 4, 1))
deep = initializers.normal((2, 4, 4, 4, 1), seed=0)
small = initializers.normal((2, 4, 1), seed=1)
runs = {  # data, start, activation, rate, iterations, one cost every so many
    "stuck at ln 2": (flower, zeros, "tanh", 1.2, 10_000, 1000),
    "stuck at the entropy": (few, zeros, "tanh", 0.01, 2500, 100),
    "falls, rows tied": (flower, tied, "tanh", 1.2, 2500, 100),
    "flat, then falling": (flower, deep, "tanh", 1.2, 7000, 500),
    "oscillating": (flower, small, "tanh", 12, 60, 1),
    "diverging": (flower, small, "relu", 100, 9, 1),
}
fig, axes = plt.subplots(3, 2, figsize=(4.6, 5.4), layout="constrained")
ink, muted = plots.COLORS["ink"], plots.COLORS["muted"]
for ax, (name, run) in zip(axes.flat, runs.items()):
    (X, Y), start, g, rate, n, every = run
    settings = dict(activation=g, learning_rate=rate, num_iterations=n)
    _, history = network.train(X, Y, start, cost_every=every, **settings)
    costs, p = history.costs, Y.mean()
    print(f"{name:21} {costs[0]:.3g} to {costs[-1]:.3g}")
    ax.plot(history.iterations, costs, color=plots.COLORS["accent"])
    for level in (np.log(2), -p * np.log(p) - (1 - p) * np.log(1 - p)):
        ax.axhline(level, color=muted, linestyle=":", zorder=0)
    ax.set_title(name, fontsize=10, color=ink)
    ax.set_ylim(0.2, {"oscillating": 4, "diverging": 1e21}.get(name, 0.75))
    ax.locator_params(axis="x", nbins=4)
    ax.tick_params(labelsize=8.5, colors=muted, which="both")
    ax.spines[:].set_color(muted)
axes[2, 1].set_yscale("log")
for patch in (fig.patch, *(ax.patch for ax in axes.flat)):
    patch.set_alpha(0)
fig.alt = (
    "Cost over iterations, six panels. Two are level at the end, at ln 2 and "
    "at the label entropy. One is a little below ln 2. One is level at ln 2 "
    "and then drops to 0.26. One jumps up and down. One rises to 1e20."
)
