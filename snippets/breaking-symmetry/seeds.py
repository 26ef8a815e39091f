"""How many of 200 random starts train, and how many end in a poor place."""

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
seeds = range(200)
start = initializers.stack(
    initializers.normal((2, 4, 1), seed=seed, scale=0.01) for seed in seeds
)
p, history = network.train(
    X, Y, start, learning_rate=1.2, num_iterations=1000, cost_every=1000
)
units = symmetry.effective_width(p, activation="tanh")
last = history.costs[-1]
runs, level = len(seeds), 0.4
four = int((units == 4).sum())
trained = int((last < level).sum())
poor = runs - trained
show_table(
    ["runs", "4 different units", f"cost below {level}", "cost above"],
    [[runs, four, trained, poor]],
)
