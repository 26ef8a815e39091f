"""From each default some seeds are slow on the moons, and none is stuck."""

import numpy as np
from sklearn.datasets import make_moons

from symbreak import initializers, network, show_table

X, y = make_moons(200, noise=0.2, random_state=1)
X, Y = X.T, y[None, :]
seeds, level = 20, 0.25  # the copies end above this loss
shapes = {"W1": (4, 2), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)}
rules = {  # the largest number in W1, b1, W2 and b2; uniform up to it
    "PyTorch": (2**-0.5, 2**-0.5, 4**-0.5, 4**-0.5),
    "Keras": (1, 0, 1.2**0.5, 0),
    "scikit-learn": (1, 1, 1.2**0.5, 1.2**0.5),
}
rng = np.random.RandomState(1)


def draw(rule):
    largest = zip(shapes.items(), rule)
    return {name: rng.uniform(-r, r, shape) for (name, shape), r in largest}


def train(start, steps):
    p, history = network.train(
        X, Y, start, learning_rate=0.5, num_iterations=steps, cost_every=steps
    )
    return p, history.costs[-1] > level


draws = [draw(rule) for rule in rules.values() for _ in range(seeds)]
p, above = train(initializers.stack(draws), 1000)
waiting = {name: value[above] for name, value in p.items()}
total = 10_000  # steps
_, later = train(waiting, total - 1000)
slow = dict(zip(rules, above.reshape(3, seeds).sum(axis=1).tolist()))
stuck = int(later.sum())
columns = ["default of", f"of {seeds} seeds, slow after 1000 steps"]
show_table(columns, slow.items())
