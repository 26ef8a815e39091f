"""On the course's cats zero W with random b learns, and is one unit."""

# data: SYMBREAK_CATS
# limit: 300 s
import os
from pathlib import Path

import numpy as np

from symbreak import (
    datasets,
    gram,
    initializers,
    network,
    plots,
    show_table,
    symmetry,
)

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
TWO, ONE, FOUR = (12288, 7, 1), (12288, 1, 1), (12288, 20, 7, 5, 1)
SEEDS = range(12)
m, cats = Y.size, int(Y.sum())
m_test, cats_test = Y_test.size, int(Y_test.sum())
always_cat = cats_test / m_test


def random_biases(dims):
    return [initializers.random_biases(dims, seed=seed) for seed in SEEDS]


def lone_unit(start):
    """With ReLU, units with zero weights amount to this one."""
    b1 = np.sqrt((start["b1"].clip(0) ** 2).sum(keepdims=True))
    return initializers.zeros(ONE) | {"b1": b1, "b2": start["b2"]}


starts = {
    "two layers, `W` random, 0.01": [initializers.normal(TWO, seed=1)],
    "two layers, zeros": [initializers.zeros(TWO)],
    "two layers, constant 0.01": [initializers.constant(TWO)],
    "two layers, `W` zero, `b` random": random_biases(TWO),
    "the lone unit each of these is": [*map(lone_unit, random_biases(TWO))],
    "four layers, `W` random / √n": [initializers.sqrt_n(FOUR, seed=1)],
    "four layers, `W` random, 0.01": [initializers.normal(FOUR, seed=1)],
    "four layers, `W` zero, `b` random": random_biases(FOUR),
}
rate = 0.0075
setting = dict(
    learning_rate=rate,
    num_iterations=2500,
    activation="relu",
    cost_every=5,
)


def row(name, runs, costs, p):
    columns = [[f"{cost:.4f}" for cost in costs]]
    for x, y in ((X, Y), (X_test, Y_test)):
        share = 100 * network.accuracy(p, x, y, activation="relu")
        columns.append([f"{number:.1f}" for number in share])
    # Units that do not look at the images are one unit, too.
    units = symmetry.effective_width(p, activation="relu", X=X).clip(1)
    columns.append([str(number) for number in units])
    cells = []
    for column in columns:
        low, high = min(column, key=float), max(column, key=float)
        cells.append(low if low == high else f"{low} to {high}")
    return [name, runs, *cells]


costs, rows = {}, []  # one value every 5 iterations
for name, runs in starts.items():
    start = initializers.stack(runs)
    p, history = gram.train(X, Y, start, **setting)
    rows.append(row(name, len(runs), history.costs[-1], p))
    costs[name] = history.costs

last = range(2200, 2501)
start = random_biases(TWO)[1]
_, history = gram.train(
    X, Y, start, **setting | dict(cost_every=1), snapshots=last
)
p = initializers.stack([history.snapshots[t] for t in last])
name = "`W` zero, `b` random, seed 1, from 2200 to 2500"
rows.append(row(name, 1, history.costs[2200:], p))
trained = network.accuracy(p, X, Y, activation="relu")
tested = network.accuracy(p, X_test, Y_test, activation="relu")
low, high = tested.min(), tested.max()
thread = (trained.round(3) == 0.976) & (tested.round(2) == 0.66)
both, times = int(thread.sum()), len(last)  # with the thread's two numbers
shares = ["training %", "test %"]
show_table(["start", "runs", "cost", *shares, "different units"], rows)

every = range(0, 2501, 5)
curves = {
    "random b": (range(2501), history.costs),
    "random W": (every, costs["two layers, `W` random, 0.01"]),
    "zeros": (every, costs["two layers, zeros"]),
    "four layers": (every, costs["four layers, `W` random / √n"]),
}
fig = plots.costs(curves, title="Is it a cat?")
fig.caption = """Zero W with random b learns, as one unit, and its cost
swings ever wider. Of zeros only the last bias learns."""
