"""Zero W with random b trains one hidden layer; with more, it often waits."""
# tolerance: 0.001 in figures because rounding moves the median run

import numpy as np

from symbreak import datasets, initializers, network, plots, show_table

X, Y = datasets.flower()
X, Y = X[:, ::4], Y[:, ::4]  # every fourth sample: m = 100
seeds, curves, rows = range(20), {}, []
level, trained, lowest, left = 0.85, {}, {}, []
for dims in ((2, 4, 1), (2, 4, 4, 1), (2, 4, 4, 4, 1)):
    starts = (
        (initializers.random_biases, 0.01),
        (initializers.random_biases, 1),
        (initializers.normal, 0.01),
    )
    runs = [f(dims, seed=k, scale=s) for f, s in starts for k in seeds]
    start = initializers.stack(runs)  # 60 runs in one call
    p, history = network.train(
        X, Y, start, activation="tanh", learning_rate=1.2, num_iterations=3000
    )
    name = "-".join(map(str, dims))
    middle = np.median(history.costs[:, :20], axis=1)
    curves[name] = history.iterations, middle
    when = [*history.iterations[middle < 0.68], None][0]
    when = f"at iteration {when}" if when else "not within 3000 iterations"
    left.append(f"with layers {name} {when}")
    costs = history.costs[-1].reshape(3, 20)
    good = (network.accuracy(p, X, Y) > level).reshape(3, 20)
    trained[name], lowest[name] = good.sum(axis=1), costs.min(axis=1)
    cells = [f"{c.min():.2f} ({g.sum()})" for c, g in zip(costs, good)]
    rows.append([name, *cells])
columns = ["b random, 0.01", "b random, 1", "W random, 0.01"]
show_table(["layers", *columns], rows)

fig = plots.costs(
    curves,
    marks={"ln 2": np.log(2)},
    scale="log",
    title="W zero, b random, scale 0.01",
)
fig.caption = (
    f"Random biases of scale 0.01. The median of {len(seeds)} seeds falls "
    f"below 0.68: {', '.join(left)}."
)
