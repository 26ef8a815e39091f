"""From zero, ReLU blocks twice: A1 = 0, and its slope at 0 is taken as 0."""

from symbreak import datasets, initializers, network, show

X, Y = datasets.unbalance(*datasets.flower(), label=0, drop=120)
parameters, history = network.train(
    X,
    Y,
    initializers.zeros((2, 4, 1)),
    activation="relu",
    learning_rate=1.2,
    num_iterations=10_000,
)
print("not zero:", *(name for name, p in parameters.items() if p.any()))
show(b2=parameters["b2"], last_cost=history.costs[-1])
