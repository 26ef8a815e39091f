"""From zeros the weights stay; the last bias moves if the labels are uneven."""

import numpy as np

from symbreak import datasets, initializers, network, show_table

flower = X, Y = datasets.flower()
p = initializers.normal((2, 4, 1), seed=0, scale=0.5)
A2, cache = network.forward(X, p)
grads = network.backward(p, cache, X, Y)
dZ2 = A2 - Y
dZ1 = p["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
off = [
    np.abs(dZ2 @ cache["A1"].T / 400 - grads["dW2"]).max(),
    np.abs(dZ1 @ X.T / 400 - grads["dW1"]).max(),
]

moved, fall = {"tanh": [], "sigmoid": []}, {"tanh": [], "sigmoid": []}
for X, Y in flower, datasets.unbalance(*flower, label=0, drop=100):
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
both = "{:.4f} with balanced labels, {:.4f} with unbalanced ones".format
rows = [  # claim, whether it held in each setting, what was measured
    (
        "<span id='s3'></span>The equations for `dZ2`, `dW2`, `dZ1` and `dW1`.",
        [difference < 1e-12 for difference in off],
        f"written out, they differ from the gradient by {max(off):.6f}",
        "[two layers](two-layers.md#claim-s3)",
    ),
    (
        "<span id='s4'></span>With tanh and all zeros, the weights stay zero.",
        [size == 0 for size in moved["tanh"]],
        "largest weight " + both(*moved["tanh"]),
        page(4),
    ),
    (
        "With tanh and all zeros, no learning can take place.",
        [abs(f) < 1e-9 for f in fall["tanh"]],
        "the cost falls by " + both(*fall["tanh"]),
        page(4),
    ),
    (
        "<span id='s5'></span>Sigmoid hidden units do not change that.",
        [size == 0 for size in moved["sigmoid"]],
        "largest weight " + both(*moved["sigmoid"]),
        page(5),
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
