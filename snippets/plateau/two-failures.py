"""Copies decide how low the cost gets here, a small start decides how late."""

import matplotlib.pyplot as plt
import numpy as np

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
COLORS = plots.COLORS
dims, low = (2, 4, 1), np.log(2) - 0.01
small, large = 1e-6, 0.5
starts = {
    "Copies, plateau": initializers.constant(dims, small),
    "Copies, no plateau": initializers.constant(dims, large),
    "Different, plateau": initializers.normal(dims, seed=0, scale=small),
    "Different, no plateau": initializers.normal(dims, seed=0, scale=large),
}
for kind in ("xtick.color", "ytick.color", "axes.edgecolor"):
    plt.rcParams[kind] = COLORS["muted"]
size = {"figsize": (4.8, 4.2), "layout": "constrained"}
fig, axes = plt.subplots(2, 2, sharex=True, sharey=True, **size)
said, falls, ends = [], [], []
for ax, (name, start) in zip(axes.flat, starts.items()):
    p, history = network.train(
        X, Y, start, learning_rate=1.2, num_iterations=300, cost_every=1
    )
    ties, costs = symmetry.tied_groups(p), history.costs
    first, last = int((costs < low).argmax()), costs[-1]
    falls += [first]
    ends += [last]
    units = "1 rope" if len(ties) == 1 else f"{len(ties)} threads"
    said += [f"{name}: {units}, falls at {first}, ends at {last:.2f}"]
    ax.set_title(name, loc="left", size=11, color=COLORS["ink"])
    ax.axhline(np.log(2), color=COLORS["muted"], linewidth=0.7, dashes=(2, 3))
    ax.plot(costs, color=COLORS["accent"])
    ax.plot(first, costs[first], "o", color=COLORS["ink"], markersize=5)
    for place, units in enumerate(ties):
        plots.draw_line(ax, [190, 290], [1.02 - 0.05 * place] * 2, units)
fig.supxlabel("iteration", size=10, color=COLORS["muted"])
fig.supylabel("cost", size=10, color=COLORS["muted"])
print(*said, sep="\n")
fig.alt = f"Four cost curves over 300 iterations. {'; '.join(said)}."
fig.caption = """Copies decide how low the cost gets by 300, a plateau how late.
Rope: four copies. Dotted: ln 2. Dot: 0.01 below ln 2."""
