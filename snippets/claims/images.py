"""Zero W with random b and ReLU is one unit: it shows no broken symmetry."""

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y, X_test, Y_test = datasets.load_digits(8)
runs = {}
for name in ("random_biases", "sqrt_n"):
    make = initializers.INITIALIZERS[name]
    p, history = network.train(
        X,
        Y,
        initializers.stack([make((64, 7, 1), seed=seed) for seed in range(5)]),
        activation="relu",
        learning_rate=0.3,
        num_iterations=500,
    )
    units = symmetry.effective_width(p, activation="relu", X=X)
    runs[name] = units, history.costs[0] - history.costs[-1]

(units, fall), (usual, _) = runs.values()
page = "[real images](images.md#claim-s15)"
rows = [  # claim, whether it held in each setting, what was measured
    (
        "<span id='s15'></span>On images, a ReLU network learns from zero `W` "
        "and random `b`.",
        fall > 0.1,
        f"digits, 5 seeds: the cost falls by at least {fall.min():.2f}",
        page,
    ),
    (
        "So this start breaks the symmetry.",
        units > 1,
        f"different units of 7: {units.max()}, after the usual start "
        f"{usual.min()} to {usual.max()}",
        page,
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
