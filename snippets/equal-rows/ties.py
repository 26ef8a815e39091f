"""Which relation between two units gradient descent keeps depends on g."""

import numpy as np

from symbreak import activations, datasets, initializers, network, show_table

X, Y = datasets.flower()
relations = {  # unit 2 = (k w, k b, c v), where unit 1 = (w, b, v)
    "equal: $(w, b, v)$": (1, 1, lambda g: True),
    "sign: $-(w, b, v)$": (-1, -1, lambda g: g.odd),
    "factor: $2 (w, b, v)$": (2, 2, lambda g: g.homogeneous),
    "$(2w, 2b, v/2)$": (2, 0.5, lambda g: False),
}
rate, rows = 0.3, []
for name, (k, c, kept) in relations.items():
    cells = [name]
    for g in activations.ACTIVATIONS.values():
        start = initializers.normal((2, 4, 1), seed=1, scale=0.5)
        start["b1"] += [[0.3], [0.0], [-0.2], [0.1]]
        start["W1"][1], start["b1"][1] = k * start["W1"][0], k * start["b1"][0]
        start["W2"][0, 1] = c * start["W2"][0, 0]
        p, _ = network.train(
            X,
            Y,
            start,
            activation=g.name,
            learning_rate=rate,
            num_iterations=200,
        )
        unit = np.hstack([p["W1"], p["b1"], p["W2"].T])  # (4, 4)
        off = np.abs(unit[1] - unit[0] * [k, k, k, c]).max()
        cells.append(f"{'yes' if kept(g) else 'no'} {off:.3f}")
    rows.append(cells)
show_table(["unit 2 at the start", *activations.ACTIVATIONS], rows)
