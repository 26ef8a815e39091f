"""From constants the rows of every layer stay equal, with any activation."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
same = 1e-12  # what is closer together counts as equal


def run(start, X=X):
    """Return, with tanh, sigmoid and ReLU, least move of a W, row spread."""
    moves, spreads = [], []
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
        L = len(p) // 2
        change = [np.abs(p[W] - start[W]).max() for W in p if W[0] == "W"]
        rows = [
            symmetry.row_spread(p, layer)
            for p in history.snapshots.values()
            for layer in range(1, L)
        ]
        moves.append(min(change))
        spreads.append(max(rows))
    return np.array(moves), np.array(spreads)


four, deep = (initializers.constant(n) for n in ((2, 4, 1), (2, 4, 3, 1)))
(moves, spread), (no_moves, _) = run(four), run(four, -np.abs(X))
_, spread_deep = run(deep)
_, spread_times = run(initializers.constant_times_layer((2, 4, 3, 1)))

one, factors = symmetry.collapse(four)
matched = {name: 1.2 * factor for name, factor in factors.items()}
root = {name: 2 * one[name] for name in ("W1", "b1")}  # 2 is the root of 4
root |= {"W2": one["W2"] / 2, "b2": one["b2"]}


def output(start, rate, activation="tanh", num_iterations=50):
    """Return the output after training."""
    kind = {"activation": activation}
    p, _ = network.train(
        X, Y, start, learning_rate=rate, num_iterations=num_iterations, **kind
    )
    return network.forward(X, p, **kind)[0]


pairs = {
    "start": (output(four, 1.2, num_iterations=0), network.forward(X, one)[0]),
    "matched": (output(four, 1.2), output(one, matched)),
    "equal": (output(four, 1.2), output(one, 1.2)),
    "root": (output(four, 1.2, "relu"), output(root, 1.2, "relu")),
}
off = {name: np.abs(a - b).max() for name, (a, b) in pairs.items()}

page = "[constants](constant.md#claim-s{})".format
tried = "{}, the flower; tanh, sigmoid and ReLU; 100 and 200 iterations".format
rows = [  # claim, whether it held in each setting, the settings, the numbers
    (
        "<span id='s8'></span>From constants the parameters change.",
        np.append(moves > 1e-5, no_moves > 1e-5),
        tried("2-4-1") + "; the same with all features negative",
        f"every `W` moves by at least {moves.min():.4f}; with negative "
        f"features and ReLU by {no_moves[2]:.4f}",
        page(8),
    ),
    (
        "All neurons of a layer give the same values.",
        spread < same,
        tried("2-4-1"),
        f"spread of the rows {spread.max():.6f}",
        page(8),
    ),
    (
        "<span id='s9'></span>One neuron per layer computes the same function.",
        [off["start"] < same],
        "2-4-1 against 2-1-1, tanh, the flower, at the start",
        f"`A2` differs by {off['start']:.6f}",
        page(9),
    ),
    (
        "One neuron per layer trains the same way.",
        [off[kind] < same for kind in ("matched", "equal", "root")],
        "2-4-1 against 2-1-1, the flower, 50 iterations, tanh and ReLU",
        f"`A2` differs by {off['matched']:.6f} with matched rates and by "
        f"{off['equal']:.3f} with the same rate (tanh); by {off['root']:.6f} "
        "from a unit twice as large as one of the four (ReLU, same rate)",
        page(9),
    ),
    (
        "<span id='s10'></span>More layers, 100 and 200 iterations: equal "
        "rows.",
        spread_deep < same,
        tried("2-4-3-1"),
        f"spread of the rows {spread_deep.max():.6f}",
        page(10),
    ),
    (
        "<span id='s11'></span>A constant per layer gives the same.",
        spread_times < same,
        tried("2-4-3-1"),
        f"spread of the rows {spread_times.max():.6f}",
        page(11),
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "tried on", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
