"""He nearly keeps the size of the outputs of ReLU; the others do not."""

import numpy as np

from symbreak import initializers, network, plots, show_table

layers, n, m = range(10), 100, 200
X = np.random.RandomState(1).randn(n, m)  # features of size 1
layer_dims = (n,) * len(layers) + (1,)
starts = {
    "randn": initializers.normal(layer_dims, seed=2, scale=1),
    "He": initializers.he(layer_dims, seed=2),
    "Xavier": initializers.sqrt_n(layer_dims, seed=2),
    "0.01 randn": initializers.normal(layer_dims, seed=2, scale=0.01),
}
sizes = {}
for name, start in starts.items():
    _, cache = network.forward(X, start, activation="relu")
    outputs = [X] + [cache[f"A{layer}"] for layer in layers[1:]]
    sizes[name] = [np.sqrt(np.mean(A**2)) for A in outputs]
rows = [
    [name, *(f"{size[layer]:.1g}" for layer in (1, 5, 9))]
    for name, size in sizes.items()
]
show_table(["start", "layer 1", "layer 5", "layer 9"], rows)

labels = {"xlabel": "layer", "ylabel": "size of the outputs (log scale)"}
fig, ax = plots.panel("10 layers of 100 ReLU units", **labels)
ax.set(yscale="log", xlim=(0, 11.5), xticks=[0, 3, 6, 9])
for name, size in sizes.items():
    color = plots.COLORS["accent" if name == "He" else "ink"]
    ax.plot(layers, size, color=color)
    ax.text(9.2, size[-1], name, va="center", color=color)
fig.alt = f"""Size of the outputs over 10 layers, log scale. From randn it
grows to {sizes["randn"][-1]:.0e}, with He it stays near 1, with Xavier it
falls slowly, from 0.01 randn it falls below one billionth."""
