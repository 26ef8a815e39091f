"""ReLU, W1 zero: a unit lives if its bias is positive, and then W2 decides."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
widths = {}
for random in ("b1 + b2", "W2 + b1 + b2"):
    start = initializers.stack(
        [
            initializers.partly_random((2, 4, 1), random.split(" + "), seed=s)
            for s in range(160)
        ]
    )
    p, _ = network.train(
        X,
        Y,
        start,
        activation="relu",
        learning_rate=1.2,
        num_iterations=100,
    )
    live = (start["b1"] > 0).sum(axis=(1, 2))  # units, (160,)
    width = symmetry.effective_width(p, activation="relu")
    moved = (p["W1"] != start["W1"]).any(axis=(1, 2))
    widths[random] = live, width, moved

none_live, width, moved = live == 0, *widths["b1 + b2"][1:]
asleep, first = int(none_live.sum()), int(none_live.argmax())
rows = []
for k, expected in enumerate([10, 40, 60, 40, 10]):
    cells = [f"{k} of 4", expected]
    for live, width, moved in widths.values():
        w = np.unique(width[live == k])
        units = "–".join(map(str, dict.fromkeys([w[0], w[-1]])))
        units = units if moved[live == k].any() else "stuck"
        cells.append(f"{(live == k).sum()} seeds: {units}")
    rows.append(cells)
units = [f"units, {random}" for random in widths]
show_table(["b1 > 0", "expected seeds", *units], rows)
