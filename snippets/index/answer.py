"""One unit may start from zero; a hidden layer needs units that differ."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

moons, flower = datasets.moons(m=200, seed=1, noise=0.2), datasets.flower()
settings = dict(learning_rate=1.2, num_iterations=10_000)
dims, scale, seeds = (2, 4, 1), 0.01, range(10)
starts = {
    "logistic regression, zero": [initializers.zeros((2, 1))],
    "4 tanh units, zero": [initializers.zeros(dims)],
    "4 tanh units, constant": [initializers.constant(dims, value=scale)],
    "4 tanh units, random": [
        initializers.normal(dims, seed=seed, scale=scale) for seed in seeds
    ],
}

rows, on_flower = [], {}
for name, runs in starts.items():
    start = initializers.stack(runs)  # all runs in one call
    p, _ = network.train(*flower, start, **settings)
    accuracy = network.accuracy(p, *flower)
    on_flower[name] = accuracy.min(), accuracy.max()

    p, _ = network.train(*moons, start, **settings)
    accuracy = network.accuracy(p, *moons)
    moved = "yes" if np.any(p["W1"] != start["W1"]) else "no"
    different = "-"
    if "W2" in p:
        each = [{k: v[run] for k, v in p.items()} for run in range(len(runs))]
        counts = [len(symmetry.tied_groups(one, kind="sign")) for one in each]
        fewest = min(counts)
        different = "1 (4 copies)" if fewest == 1 else fewest
    ends = dict.fromkeys([f"{accuracy.min():.0%}", f"{accuracy.max():.0%}"])
    model, of = name.split(", ")
    rows.append([model, of, moved, different, " to ".join(ends)])
show_table(["model", "start", "W moves", "different units", "accuracy"], rows)
