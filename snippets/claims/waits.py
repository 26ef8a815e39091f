"""Zero W with random b waits at ln 2 in deeper nets, and without a signal."""

from symbreak import datasets, initializers, network, show_table

flower, circles = datasets.flower(), datasets.circles(seed=1)
settings = {
    "2-4-1 on the flower": (flower, (2, 4, 1)),
    "2-4-1 on one draw of circles": (circles, (2, 4, 1)),
    "2-4-4-1 on the flower": (flower, (2, 4, 4, 1)),
    "2-4-4-4-1 on the flower": (flower, (2, 4, 4, 4, 1)),
}
fall = {}
for name, ((X, Y), dims) in settings.items():
    starts = [initializers.random_biases(dims, seed=k) for k in range(5)]
    _, history = network.train(
        X,
        Y,
        initializers.stack(starts),
        learning_rate=1.2,
        num_iterations=4000,
    )
    fall[name] = history.costs[0] - history.costs[-1]

rows = [  # claim, whether it held in each setting, the settings, the numbers
    (
        "<span id='s13'></span>From zero `W` and random `b` the weights hardly "
        "move: the cost stays where it was.",
        [max(f) < 0.01 for f in fall.values()],
        "tanh, 4 networks, 5 seeds, scale 0.01, 4000 iterations",
        "largest fall of the cost: "
        + ", ".join(f"{name} {max(f):.3f}" for name, f in fall.items()),
        "[the mystery](mystery.md#claim-s13)",
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "tried on", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
