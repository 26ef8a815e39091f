"""Units that start in one group are in one group after 200 iterations."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.unbalance(*datasets.flower(), label=0, drop=120)
layer_dims = (2, 4, 3, 1)
settings = dict(learning_rate=0.3, num_iterations=200)
groups = initializers.normal(layer_dims, seed=1, scale=0.5)
for layer, unit, copy in [(1, 0, 1), (1, 0, 2), (2, 0, 1)]:
    groups[f"W{layer}"][copy] = groups[f"W{layer}"][unit]
    groups[f"W{layer + 1}"][:, copy] = groups[f"W{layer + 1}"][:, unit]
starts = {
    "zeros": initializers.zeros(layer_dims),
    "0.01": initializers.constant(layer_dims, 0.01),
    "0.01 times the layer": initializers.constant_times_layer(layer_dims),
    "groups": groups,
    "random": initializers.normal(layer_dims, seed=1, scale=0.5),
}


def sizes(p):
    layers = [symmetry.tied_groups(p, layer) for layer in (1, 2)]
    return ", ".join("+".join(str(len(g)) for g in groups) for groups in layers)


activations, rows = ("tanh", "sigmoid", "relu"), []
for name, start in starts.items():
    cells = [name, sizes(start)]
    for activation in activations:
        p, _ = network.train(X, Y, start, activation=activation, **settings)
        moved = any(np.any(p[W] != start[W]) for W in ("W1", "W2", "W3"))
        cells.append(sizes(p) + ("" if moved else ", stuck"))
    rows.append(cells)
show_table(["start", "groups at the start", *activations], rows)
