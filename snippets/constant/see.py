"""From a constant start all four units give the same output."""

import matplotlib.pyplot as plt
import numpy as np

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
starts = {
    "From 0.01 everywhere": initializers.constant((2, 4, 1), 0.01),
    "From random W1 and W2": initializers.normal((2, 4, 1), seed=3),
}
ticks = np.linspace(-4.5, 4.5, 45)
plane = np.stack(np.meshgrid(ticks, ticks)).reshape(2, -1)  # (2, 45 * 45)
fig, axes = plt.subplots(2, 4, figsize=(4.4, 3.2), layout="constrained")
fig.patch.set_alpha(0)
for row, (name, start) in zip(axes, starts.items()):
    p, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=500)
    n = len(symmetry.tied_groups(p))
    units = "1 (4 copies)" if n == 1 else n
    print(f"{name}: different units: {units}")
    A1 = network.forward(plane, p)[1]["A1"]  # (4, 45 * 45)
    reach = np.abs(A1).max()
    look = dict(cmap="coolwarm", vmin=-reach, vmax=reach, alpha=0.7)
    look |= dict(extent=[-4.5, 4.5] * 2, origin="lower")
    look |= dict(interpolation="none")
    for k, ax in enumerate(row):
        ax.imshow(A1[k].reshape(45, 45), **look)
        for label, marker in ((0, "o"), (1, "^")):
            dots = X[:, Y[0] == label][:, ::5]
            color = plots.COLORS[f"class-{label}"]
            ax.plot(*dots, marker, color=color, markersize=2)
        ax.set(xticks=[], yticks=[])
        ax.set_xlabel(f"unit {k + 1}", color=plots.COLORS["ink"])
        ax.spines[:].set(color=plots.unit_color(k), linewidth=2)
    row[0].set_title(name, loc="left", fontsize=11, color=plots.COLORS["ink"])
fig.alt = (
    "Two rows of four tiles, the output of each unit over the plane. "
    "From 0.01 everywhere the tiles are identical, from random W1 and W2 all "
    "are different."
)
