"""Data, starts and training for the tests of the diagnosis."""

import numpy as np

from symbreak import datasets, diagnose, initializers, network

FLOWER = datasets.flower()
DATA = {
    "flower": FLOWER,
    "unbalanced": datasets.unbalance(*FLOWER, drop=120),
    "moons": datasets.moons(seed=1),
    "blobs": datasets.blobs(seed=1),
    "circles": datasets.circles(),
    "xor": datasets.xor(seed=1),
}
LN_2 = np.log(2)
NO_ALARM = {"leveled_off", "still_falling", "plateau_then_falling"}


def train(data, start, *, activation="tanh", learning_rate=1.2, num_iterations=2000, every=100):
    """Return the costs as the course records them, without the last, and the parameters."""
    parameters, history = network.train(
        *DATA[data],
        start,
        activation=activation,
        learning_rate=learning_rate,
        num_iterations=num_iterations,
        cost_every=every,
    )
    return history.costs[:-1], parameters


def names_of(data, start, *, activation="tanh", **settings):
    costs, parameters = train(data, start, activation=activation, **settings)
    X, Y = DATA[data]
    return diagnose(costs, Y, parameters, X=X, activation=activation, start=start).names


def mirror():
    rows = np.array([[0.01, 0.02], [0.02, -0.01]])
    start = initializers.zeros((2, 4, 1))
    return start | {
        "W1": np.vstack([rows, -rows[::-1]]),
        "W2": np.array([[0.01, 0.03, -0.03, -0.01]]),
    }


ZEROS = initializers.zeros((2, 4, 1))
TIED = initializers.constant((2, 4, 1))
BIASES = initializers.random_biases((2, 4, 1), seed=1)
DEEP = initializers.normal((2, 4, 4, 4, 1), seed=0)
DEAD = initializers.normal((2, 4, 1), seed=1) | {"b1": np.full((4, 1), -5.0)}
LARGE = initializers.random_biases((2, 4, 4, 1), seed=1, scale=10)
SMALL = initializers.normal((2, 4, 1), seed=1)
