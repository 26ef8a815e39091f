"""Units must differ up to sign and factor; random numbers are one way to it."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
dims, deep, seeds = (2, 4, 1), (2, 4, 4, 4, 1), range(10)


def run(starts, activation="tanh", num_iterations=5000):
    """Return effective width, accuracy and fall of the cost, per run."""
    p, history = network.train(
        X,
        Y,
        initializers.stack(starts),
        activation=activation,
        learning_rate=1.2,
        num_iterations=num_iterations,
    )
    width = symmetry.effective_width(p, activation=activation, X=X)
    fall = history.costs[0] - history.costs[-1]
    return width, 100 * network.accuracy(p, X, Y, activation=activation), fall


W_random = [initializers.normal(dims, seed=seed) for seed in seeds]
b_random = [initializers.random_biases(dims, seed=seed) for seed in seeds]
usual, biases = run(W_random), run(b_random)
relu = run(b_random, "relu", 1000)
waits = run([initializers.normal(deep, seed=seed) for seed in seeds])
constant = initializers.constant(dims)
alike = run([constant | {"W2": start["W2"]} for start in W_random])
mirror = {
    "W1": np.outer([-0.03, -0.01, 0.01, 0.03], [1, 2]),
    "W2": np.array([[-0.05, -0.04, 0.04, 0.05]]),
}
mirror = run([initializers.zeros(dims) | mirror])

page = "[breaking symmetry](breaking-symmetry.md#claim-s{})".format
percent = "{:.0f}% to {:.0f}%".format


def units(width):
    least = width.min()
    return "all 4 differ" if least == 4 else f"at least {least} of 4 differ"


tried = "2-4-1, tanh, the flower, 10 seeds, 5000 iterations"
rows = [  # claim, whether it held in each setting, the settings, the numbers
    (
        "<span id='s6'></span>Random `W` with zero `b` breaks the symmetry.",
        usual[0] == 4,
        tried,
        units(usual[0]),
        page(6),
    ),
    (
        "From random `W` of scale 0.01 the network learns.",
        np.append(usual[1] > 85, waits[2] > 0.1),
        f"{tried}; the same with 2-4-4-4-1",
        f"one hidden layer {percent(usual[1].min(), usual[1].max())}; three: "
        f"the cost falls by over 0.1 in {np.sum(waits[2] > 0.1)} of 10 runs",
        page(6),
    ),
    (
        "<span id='s7'></span>Zero `W` with random `b` breaks the symmetry "
        "too.",
        np.append(biases[0] == 4, relu[0] > 1),
        f"{tried}; the same with ReLU, 1000 iterations",
        f"tanh: {units(biases[0])}; ReLU: at most {relu[0].max()} different",
        page(7),
    ),
    (
        "<span id='s12'></span>The values must all be different.",
        alike[0] < 4,
        f"`W1` constant, `W2` random; {tried}",
        f"{units(alike[0])}, {percent(alike[1].min(), alike[1].max())}",
        page(12),
    ),
    (
        "If the values are all different, the symmetry is broken.",
        np.append(usual[0] == 4, mirror[0] == 4),
        f"random `W`; 12 different weights, mirrored; {tried}",
        f"random: {units(usual[0])}; mirrored: {mirror[0].item()} up to sign",
        page(12),
    ),
    (
        "<span id='s14'></span>On the planar data with tanh, zero `W` and "
        "random `b` do as well as random `W`.",
        [np.median(biases[1]) > np.median(usual[1]) - 1],
        tried,
        f"{percent(biases[1].min(), biases[1].max())} against "
        f"{percent(usual[1].min(), usual[1].max())}",
        page(14),
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "tried on", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
