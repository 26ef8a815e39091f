"""Equal units stay one rope; units that differ fray into threads."""

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
dims, rate = (2, 4, 1), 1.2
starts = {
    "All zero": initializers.zeros(dims),
    "Constant": initializers.constant(dims),
    "W random, b zero": initializers.normal(dims, seed=1),
    "W zero, b random": initializers.random_biases(dims, seed=1),
}
for name, start in starts.items():
    p, history = network.train(
        X,
        Y,
        start,
        learning_rate=rate,
        num_iterations=500,
        snapshots=range(0, 501, 10),
    )
    units = len(symmetry.tied_groups(p, kind="sign"))
    fig = plots.threads(history, scale="sqrt", title=name)
    fig.caption = f"{name}: different units after 500 iterations: {units} of 4."
    print(f"{name}: cost {history.costs[-1]:.3f}, different units {units} of 4")
