"""From a constant start four units see one thing, from a random one four."""

from symbreak import datasets, initializers, network, plots, symmetry

X, Y = datasets.flower()
starts = {
    "From 0.01 everywhere": initializers.constant((2, 4, 1), 0.01),
    "From random W1 and W2": initializers.normal((2, 4, 1), seed=3),
}
for name, start in starts.items():
    p, _ = network.train(X, Y, start, learning_rate=1.2, num_iterations=500)
    n = len(symmetry.tied_groups(p))
    print(f"{name}: {n} different unit{'s' * (n > 1)} of 4")
    fig = plots.units(p, X, Y, title=name)
    fig.caption = f"""{name}: after 500 iterations the four units see
{"one thing" if n == 1 else f"{n} different things"}."""
