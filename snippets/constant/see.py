"""From a constant start all units give one output, from a random one four."""

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
starts = {
    "From 0.01 everywhere": initializers.constant((2, 4, 1), 0.01),
    "From random W1 and W2": initializers.normal((2, 4, 1), seed=3),
}
for name, start in starts.items():
    p, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=500)
    n = len(symmetry.tied_groups(p))
    units = "1 (4 copies)" if n == 1 else n
    print(f"{name}: different units: {units}")
    fig = plots.units(p, X, Y, title=name)
    outputs = "the same output" if n == 1 else f"{n} different outputs"
    fig.caption = f"{name}: after 500 iterations the units compute {outputs}."
