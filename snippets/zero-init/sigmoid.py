"""Sigmoid units from zero, unbalanced labels: the rope moves as one."""

from symbreak import datasets, initializers, network, plots, show, symmetry

flower = datasets.flower()
unbalanced = datasets.unbalance(*flower, label=0, drop=120)
zeros = initializers.zeros((2, 4, 1))

for name, (X, Y) in {"balanced": flower, "unbalanced": unbalanced}.items():
    print(f"--- {name} labels, share of ones {Y.mean():.3f}")
    A2, cache = network.forward(X, zeros, activation="sigmoid")
    grads = network.backward(zeros, cache, X, Y, activation="sigmoid")
    show(dW2_at_the_start=grads["dW2"])
    parameters, history = network.train(
        X,
        Y,
        zeros,
        activation="sigmoid",
        learning_rate=1.2,
        num_iterations=1000,
        snapshots=range(0, 1001, 10),
    )
    show(parameters, decimals=3)
    last_cost = history.costs[-1]
    show(last_cost=last_cost, decimals=3)
    different = len(symmetry.tied_groups(parameters))
    copies = " (4 copies)" * (different == 1)
    print(f"different units: {different}{copies}")

fig = plots.threads(history, title="Sigmoid units, unbalanced labels")
