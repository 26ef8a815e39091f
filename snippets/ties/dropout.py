"""A mask per unit separates the units; one mask for all of them does not."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
keep, worst, rows = 0.8, {}, []
for value, g in ((0.01, "tanh"), (0, "sigmoid")):
    for drawn, masks in ((4, "a mask per unit"), (1, "one mask for all")):
        start = initializers.constant((2, 4, 1), value)
        p = initializers.stack([start] * 5)  # 5 seeds
        rand = np.random.RandomState(0).rand
        for iteration in range(1000):
            D1 = (rand(5, drawn, 400) < keep) / keep  # inverted dropout
            D1 = D1.repeat(4 // drawn, axis=1)  # (5, 4, 400)
            _, cache = network.forward(X, p, activation=g, masks={"D1": D1})
            grads = network.backward(p, cache, X, Y, activation=g)
            p = network.update(p, grads, learning_rate=1.2)
        spread = symmetry.row_spread(p).min()
        a = network.accuracy(p, X, Y, activation=g)
        worst[f"{g}, {masks}"] = a.min()
        accuracy = f"{a.min():.0%} to {a.max():.0%}"
        rows.append([f"{value}, {g}", masks, f"{spread:.1f}", accuracy])
show_table(["start", "masks", "smallest row spread", "accuracy"], rows)
