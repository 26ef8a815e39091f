"""A learning rate that is too large, seen well and seen badly."""

from symbreak import datasets, diagnose, initializers, network

X, Y = datasets.flower()
small = initializers.normal((2, 4, 1), seed=1)
_, history = network.train(
    X, Y, small, learning_rate=12, num_iterations=60, cost_every=1
)
print("=== rate 12")
print(diagnose(history.costs, Y, every=1).findings[0])

X, Y = datasets.unbalance(X, Y, label=0, drop=120)
zeros = initializers.zeros((2, 4, 1))
_, history = network.train(
    X, Y, zeros, learning_rate=12, num_iterations=40, cost_every=1
)
costs = history.costs[20:]
print("\n=== only b2 moves, at rate 12:", costs[:4].round(4))
print(*diagnose(costs, Y).names)
print("\n=== the same run, every second cost:", costs[:7:2].round(4))
print(diagnose(costs[::2], Y).findings[0])
