"""From zeros the weights stay; the last bias moves if the labels are uneven."""

import numpy as np

from symbreak import datasets, initializers, network, show_table

flower = X, Y = datasets.flower()
p = initializers.normal((2, 4, 1), seed=0, scale=0.5)
A2, cache = network.forward(X, p)
dZ2 = A2 - Y
dZ1 = p["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
written = {"W2": dZ2 @ cache["A1"].T / 400, "W1": dZ1 @ X.T / 400}
off = []
for W, dW in written.items():  # the slope of the cost in a random direction
    step = 1e-5 * np.random.default_rng(0).normal(size=dW.shape)
    ends = [network.forward(X, p | {W: p[W] + s})[1] for s in (step, -step)]
    rise = np.subtract(*(network.compute_cost(c["Z2"], Y) for c in ends))
    off.append(abs(rise / 2 - np.sum(dW * step)) / 1e-5)

moved, fall = {"tanh": [], "sigmoid": []}, {"tanh": [], "sigmoid": []}
for X, Y in flower, datasets.unbalance(*flower, label=0, drop=120):
    for activation in moved:
        p, history = network.train(
            X,
            Y,
            initializers.zeros((2, 4, 1)),
            activation=activation,
            learning_rate=1.2,
            num_iterations=1000,
        )
        moved[activation].append(max(np.abs(p[W]).max() for W in ("W1", "W2")))
        fall[activation].append(history.costs[0] - history.costs[-1])

page = "[zero initialization](zero-init.md#claim-s{})".format
both = "{:.4f} balanced, {:.4f} unbalanced".format
tried = "2-4-1 on the flower, 1000 iterations; unbalanced: 120 samples left out"
rows = [  # claim, whether it held in each setting, the settings, the numbers
    (
        "<span id='s3'></span>The equations for `dZ2`, `dW2`, `dZ1` and `dW1`.",
        [difference < 1e-8 for difference in off],
        "2-4-1, tanh, the flower, one random start",
        f"they differ from the slope of the cost by {max(off):.6f}",
        "[two layers](two-layers.md#claim-s3)",
    ),
    (
        "<span id='s4'></span>With tanh and all zeros, the weights stay zero.",
        [size == 0 for size in moved["tanh"]],
        tried,
        "largest weight " + both(*moved["tanh"]),
        page(4),
    ),
    (
        "With tanh and all zeros, no learning can take place.",
        [abs(f) < 1e-9 for f in fall["tanh"]],
        tried,
        "the cost falls by " + both(*fall["tanh"]),
        page(4),
    ),
    (
        "<span id='s5'></span>Sigmoid hidden units do not change that.",
        [size == 0 for size in moved["sigmoid"]],
        tried,
        "largest weight " + both(*moved["sigmoid"]),
        page(5),
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "tried on", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
