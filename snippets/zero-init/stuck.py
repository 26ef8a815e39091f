"""Four tanh units from zero: after 10,000 iterations, one rope at zero."""

from symbreak import datasets, initializers, network, plots, show

X, Y = datasets.flower()  # 200 samples of each class
parameters, history = network.train(
    X,
    Y,
    initializers.zeros((2, 4, 1)),
    activation="tanh",
    learning_rate=1.2,
    num_iterations=10_000,
    snapshots=range(0, 10_001, 100),
)
show(parameters)
show(first_cost=history.costs[0], last_cost=history.costs[-1])
print(f"accuracy {network.accuracy(parameters, X, Y):.1%}")

fig = plots.threads(history, title="tanh units, balanced labels")
