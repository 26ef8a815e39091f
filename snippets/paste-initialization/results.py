"""What the notebook on initialization prints with each box."""

from symbreak import (
    datasets,
    initializers,
    network,
    paste,
    show_table,
    symmetry,
)

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

start = initializers.stack(starts.values())  # seven runs in one call
p, history = network.train(
    X,
    Y,
    start,
    activation="relu",
    learning_rate=0.01,
    num_iterations=15_000,
    cost_every=1000,
)
accuracies = [
    network.accuracy(p, *data, activation="relu")
    for data in ((X, Y), (X_test, Y_test))
]
printed = [0, 1000, 5000, 14_000]  # some of the iterations it prints
rows = []
for run, name in enumerate(starts):
    one = {key: array[run] for key, array in p.items()}
    units = [
        len(symmetry.tied_groups(one, layer, kind="factor", rtol=1e-4))
        for layer in (1, 2)
    ]
    costs = [f"{history.costs[i // 1000, run]:.9f}"[:5] for i in printed]
    shares = [f"{accuracy[run]:.9f}"[:4] for accuracy in accuracies]
    check = "{}, {} different".format(*units)
    rows.append([name, *costs, *shares, check])
show_table(["box", *printed, "train", "test", "check"], rows)
