"""Zero W with random b and ReLU is one unit: it shows no broken symmetry."""

from symbreak import datasets, initializers, network, show_table, symmetry
from symbreak.theory import label_entropy

X, Y, X_test, Y_test = datasets.load_digits(8)
dims, seeds = (64, 7, 1), range(5)
starts = {
    "zeros": [initializers.zeros(dims)],
    "biases": [initializers.random_biases(dims, seed=k) for k in seeds],
    "usual": [initializers.sqrt_n(dims, seed=k) for k in seeds],
}
units, cost = {}, {}
for name, runs in starts.items():
    p, history = network.train(
        X,
        Y,
        initializers.stack(runs),
        activation="relu",
        learning_rate=0.3,
        num_iterations=500,
    )
    units[name] = symmetry.effective_width(p, activation="relu", X=X)
    cost[name] = history.costs[-1]

entropy = label_entropy(Y)  # the cost of the same answer for all images
tried = "digits, is it an 8? 64-7-1, 5 seeds, 500 iterations"
page = "[real images](images.md#claim-s15)"
rows = [  # claim, whether it held in each setting, the settings, the numbers
    (
        "<span id='s15'></span>On images, a ReLU network learns from zero `W` "
        "and random `b`.",
        cost["biases"] < entropy - 0.1,
        tried,
        f"cost at most {cost['biases'].max():.2f}; one answer for all images "
        f"costs {entropy:.2f}, and all zeros end at {cost['zeros'].max():.2f}",
        page,
    ),
    (
        "So this start breaks the symmetry.",
        units["biases"] > 1,
        tried,
        f"different units of 7: at most {units['biases'].max()}; usual start: "
        f"{units['usual'].min()} to {units['usual'].max()}",
        page,
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "tried on", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
