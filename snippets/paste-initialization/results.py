"""What the notebook on initialization prints with each box."""

from symbreak import datasets, initializers, network, paste, symmetry

X, Y = datasets.circles(300, seed=1)
X_test, Y_test = datasets.circles(100, seed=2)
dims = (2, 10, 5, 1)
starts = {
    f"[{name}](#paste-initialization-{name})": paste.start(
        "initialization", name, dims
    )
    for name in paste.NOTEBOOKS["initialization"].experiments
}
starts["no box, zeros"] = initializers.zeros(dims)
starts["no box, he"] = initializers.he(dims, seed=3)

print("| box | cost at 0 | at 1000 | at 14000 | accuracy train, test ", end="")
print("| different units | layers alive |\n|---|---|---|---|---|---|---|")
for name, start in starts.items():
    p, history = network.train(
        X,
        Y,
        start,
        activation="relu",
        learning_rate=0.01,
        num_iterations=15_000,
        cost_every=1000,
    )
    train, test = (
        network.accuracy(p, *data, activation="relu")
        for data in ((X, Y), (X_test, Y_test))
    )
    units, alive = [], 0
    for layer in (1, 2):
        groups = symmetry.tied_groups(p, layer, kind="factor", rtol=1e-4)
        units.append(len(groups))
        # alive: some unit depends on the input
        alive += symmetry.effective_width(p, layer, activation="relu", X=X) > 0
    costs = " | ".join(f"{history.costs[i]:.3f}" for i in (0, 1, 14))
    print(f"| {name} | {costs} | {train:.2f}, {test:.2f} ", end="")
    print("| {} of 10, {} of 5".format(*units), f"| {alive} of 2 |")
