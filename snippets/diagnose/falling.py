"""Two costs that fall: one has waited, the other comes from tied rows."""

from symbreak import datasets, diagnose, initializers, network

X, Y = datasets.flower()
settings = dict(activation="tanh", learning_rate=1.2)

small = initializers.normal((2, 4, 4, 4, 1), seed=0)
_, history = network.train(
    X, Y, small, num_iterations=7000, cost_every=500, **settings
)
print("=== small random weights, three hidden layers")
print(diagnose(history.costs, Y, every=500).findings[0])

constant = initializers.constant((2, 4, 1))
parameters, history = network.train(
    X, Y, constant, num_iterations=2500, cost_every=100, **settings
)
last = history.costs[-1]
print("\n=== constant weights")
found = diagnose(history.costs, Y, parameters, X=X, activation="tanh")
print(*found.findings, sep="\n\n")
