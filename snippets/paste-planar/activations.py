"""In place of tanh: sigmoid and ReLU, from the notebook's start, 10 seeds."""

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
rows = []
for activation, n_h in (("tanh", 4), ("sigmoid", 4), ("relu", 4), ("relu", 20)):
    start = initializers.stack(
        initializers.normal((2, n_h, 1), seed=seed) for seed in range(10)
    )
    p, _ = network.train(
        X,
        Y,
        start,
        activation=activation,
        learning_rate=1.2,
        num_iterations=5000,
    )
    accuracy = network.accuracy(p, X, Y, activation=activation)
    units = symmetry.effective_width(p, activation=activation)
    rows.append([activation, n_h, (accuracy > 0.88).sum(), units.min()])
columns = ["runs of ten above 88%", "different, at least"]
show_table(["activation", "units", *columns], rows)
