"""The gradient promises a fall, the costs do not show it: a lost update."""

from symbreak import datasets, diagnose, initializers, network

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 1), seed=1, scale=0.5)
costs = []
for i in range(500):
    A2, cache = network.forward(X, parameters)
    grads = network.backward(parameters, cache, X, Y)
    network.update(parameters, grads, learning_rate=0.5)  # <- result not kept
    if i % 100 == 0:
        costs.append(network.compute_cost(cache["Z2"], Y))

print(
    diagnose(
        costs,
        Y,
        parameters,
        X=X,
        activation="tanh",
        learning_rate=0.5,
        every=100,
    )
)
