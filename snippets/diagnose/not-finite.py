"""Infinity at the start and NaN at the end have different causes."""

import numpy as np

from symbreak import datasets, diagnose, history, initializers, network

X, Y = datasets.flower()
large = initializers.normal((2, 4, 1), seed=3, scale=50)
_, run = network.train(
    X,
    Y,
    large,
    learning_rate=1.2,
    num_iterations=50,
    snapshots=range(0, 51, 10),
)
costs = []
for parameters in run.snapshots.values():
    A2, _ = network.forward(X, parameters)
    with np.errstate(divide="ignore", invalid="ignore"):  # the logarithm of 0
        logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    costs.append(-logprobs.mean())
print("=== large weights, cost from the logarithm of A2:", np.round(costs, 2))
print(diagnose(costs, Y, every=10).findings[0])

small = initializers.normal((2, 4, 1), seed=1)
try:
    network.train(
        X,
        Y,
        small,
        activation="relu",
        learning_rate=100,
        num_iterations=200,
        cost_every=10,
    )
except history.DivergenceError as error:
    costs = [*error.history.costs, np.nan]
print(f"\n=== rate 100: {costs[0]:.2f}, {costs[1]:.0e}, ..., {costs[-1]}")
print(diagnose(costs, Y).findings[0])
