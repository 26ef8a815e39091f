"""In 150,000 iterations some networks with two hidden layers do leave."""
# limit: 120 s
# tolerance: 0.1 in figures because rounding decides how low a drop has come

import numpy as np

from symbreak import datasets, initializers, network, plots, theory

X, Y = datasets.flower()
X, Y = X[:, ::10], Y[:, ::10]  # every tenth sample: m = 40
iterations, rate, scale, seeds = 150_000, 1.2, 0.01, 12
start = initializers.stack(
    initializers.random_biases((2, 4, 4, 1), seed=seed, scale=scale)
    for seed in range(seeds)
)
_, history = network.train(
    X, Y, start, learning_rate=rate, num_iterations=iterations, cost_every=1000
)
fallen = history.costs < theory.label_entropy(Y) - 0.01  # (151, 24)
ever = fallen.any(axis=0)
waits = np.sort(history.iterations[fallen.argmax(axis=0)[ever]])
leave, stayed = ever.sum(), (~ever).sum()
first, last = waits[0], waits[-1]
print(f"{leave} of {seeds} leave, at iteration", *waits)

labels = {"xlabel": "iteration", "ylabel": "cost"}
fig, ax = plots.panel("Two hidden layers, random biases", **labels)
for costs in history.costs.T:
    low = costs < 0.6  # drawn until here
    n = low.argmax() + 1 if low.any() else len(costs)
    ax.plot(history.iterations[:n], costs[:n], color=plots.COLORS["accent"])
ax.set(ylim=(0, 0.75), xticks=[0, 50_000, 100_000, 150_000])
fig.alt = f"""{seeds} cost curves over {iterations} iterations. All begin at
ln 2. {leave} of them drop, the first at {first}; the others stay level."""
fig.caption = f"""{leave} of {seeds} runs leave ln 2, the first after {first}
iterations, and are drawn until they drop. The others lie on one line."""
