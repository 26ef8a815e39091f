"""A random W1 separates the units; if W1 is zero, much else decides."""

from itertools import compress, product

import numpy as np

from symbreak import datasets, initializers, network, plots, symmetry

choices = list(product([0, 1], repeat=4))  # is W1, W2, b1, b2 random?
subsets = [list(compress(["W1", "W2", "b1", "b2"], c)) for c in choices]
start = initializers.stack(
    [
        initializers.partly_random((2, 4, 1), subset, seed=seed, scale=0.01)
        for subset in subsets
        for seed in range(10)
    ]
)
X, Y = datasets.flower()
mixed = np.arange(400).reshape(2, 200).T.ravel()  # labels 0, 1, 0, 1, ...
balanced = X[:, mixed], Y[:, mixed]
unbalanced = datasets.unbalance(*balanced, label=0, drop=100)
columns, right = [], 0
rate = 1.2
for g, (X, Y) in product(["tanh", "sigmoid", "relu"], [balanced, unbalanced]):
    p, _ = network.train(
        X, Y, start, activation=g, learning_rate=rate, num_iterations=300
    )
    moved = (p["W1"] != start["W1"]).any(axis=(1, 2))
    moved |= (p["W2"] != start["W2"]).any(axis=(1, 2))
    _, cache = network.forward(X, start, activation=g)
    live = (cache["A1"] > 0).any(axis=2) | (g != "relu")  # units, (160, 4)
    only_live = p | {"W1": p["W1"] * live[:, :, None]}
    width = symmetry.effective_width(only_live, activation=g)
    apart = width == live.sum(axis=1)  # all live units are different, (160,)
    cells = []
    for k, (W1, W2, b1, b2) in enumerate(choices):
        seeds = slice(10 * k, 10 * k + 10)
        if not moved[seeds].any():
            measured = "S"
        elif width[seeds].max() <= 1:
            measured = "1"
        else:
            measured = "D" if apart[seeds].all() else "D?"
        speaks = b1 or g == "sigmoid"  # A1 is not 0 although W1 is
        error = b2 or Y.mean() != 0.5  # the mean of A2 - Y is not 0
        moves = W1 or (W2 and (speaks or g == "tanh")) or (speaks and error)
        differ = W1 or (b1 and W2) or ((b1 or W2) and g != "relu")
        predicted = "S" if not moves else "D" if differ else "1"
        right += measured == predicted
        some_dead = "+" if measured == "D" and not live[seeds].all() else ""
        cancels = "*" if measured == "S" and b1 and speaks and not W2 else ""
        cells.append(measured + some_dead + cancels)
    columns.append(cells)
total = len(choices) * len(columns)
print(f"measured as predicted: {right} of {total} cells")
fig = plots.verdict_map(
    np.transpose(columns),
    rows=[" + ".join(subset) or "nothing" for subset in subsets],
    columns=dict.fromkeys(["tanh", "sigmoid", "relu"], ["bal.", "unbal."]),
    title="What is random",
)
