"""From constants the rows of every layer stay equal, with any activation."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
spread, moved = {}, {}
for name in "constant", "constant_times_layer":
    start = initializers.INITIALIZERS[name]((2, 4, 3, 1))
    for activation in "tanh", "sigmoid", "relu":
        p, history = network.train(
            X,
            Y,
            start,
            activation=activation,
            learning_rate=1.2,
            num_iterations=200,
            snapshots=(100, 200),
        )
        change = [np.abs(p[W] - start[W]).max() for W in ("W1", "W2", "W3")]
        moved.setdefault(name, []).append(min(change))
        for p in history.snapshots.values():
            rows = [symmetry.row_spread(p, layer) for layer in (1, 2)]
            spread.setdefault(name, []).append(max(rows))

four = initializers.constant((2, 4, 1))
one, factors = symmetry.collapse(four)
matched = {name: 1.2 * factor for name, factor in factors.items()}
A2 = {"start": [network.forward(X, p)[0] for p in (four, one)], "end": []}
for start, rate in (four, 1.2), (one, matched), (one, 1.2):
    p, _ = network.train(X, Y, start, learning_rate=rate, num_iterations=50)
    A2["end"].append(network.forward(X, p)[0])
function = np.abs(A2["start"][1] - A2["start"][0]).max()
alike, other = (np.abs(A - A2["end"][0]).max() for A in A2["end"][1:])

page = "[constants](constant.md#claim-s{})".format
rows = [  # claim, whether it held in each setting, what was measured
    (
        "<span id='s8'></span>From constants the parameters change.",
        [change > 1e-5 for change in moved["constant"]],
        f"every `W` moves by at least {min(moved['constant']):.4f}",
        page(8),
    ),
    (
        "All neurons of a layer give the same values.",
        [size < 1e-12 for size in spread["constant"]],
        f"spread of the rows {max(spread['constant']):.6f}",
        page(8),
    ),
    (
        "<span id='s9'></span>One neuron per layer computes the same function.",
        [function < 1e-12],
        f"`A2` differs by {function:.6f}",
        page(9),
    ),
    (
        "One neuron per layer trains the same way.",
        [alike < 1e-12, other < 1e-12],
        f"after 50 iterations `A2` differs by {alike:.6f} with matched "
        f"rates, by {other:.3f} with the same rate",
        page(9),
    ),
    (
        "<span id='s10'></span>More layers, 100 and 200 iterations: equal "
        "rows.",
        [size < 1e-12 for size in spread["constant"]],
        f"2-4-3-1: spread of the rows {max(spread['constant']):.6f}",
        page(10),
    ),
    (
        "<span id='s11'></span>A constant per layer gives the same.",
        [size < 1e-12 for size in spread["constant_times_layer"]],
        f"spread of the rows {max(spread['constant_times_layer']):.6f}",
        page(11),
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
