"""A cost that falls to the label entropy has learned the share of ones."""

from symbreak import datasets, diagnose, initializers, network

X, Y = datasets.unbalance(*datasets.flower(), label=0, drop=120)
start = initializers.zeros((2, 4, 1))
parameters, history = network.train(
    X, Y, start, learning_rate=0.01, num_iterations=2500, cost_every=100
)
costs = history.costs
print("every fifth cost:", costs[::5].round(4))

print("\n=== the costs alone")
print(diagnose(costs))

print("\n=== all there is")
print(diagnose(costs, Y, parameters, X=X, activation="tanh", start=start))
