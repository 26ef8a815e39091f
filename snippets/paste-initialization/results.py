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

printed = (0, 1000, 5000, 14_000)  # some of the iterations it prints
rows = []
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
    costs = [f"{history.costs[i // 1000]:.9f}"[:5] for i in printed]
    shares = [
        f"{network.accuracy(p, *data, activation='relu'):.9f}"[:4]
        for data in ((X, Y), (X_test, Y_test))
    ]
    units = [
        len(symmetry.tied_groups(p, layer, kind="factor", rtol=1e-4))
        for layer in (1, 2)
    ]
    rows.append([name, *costs, *shares, "{}, {} different".format(*units)])
show_table(["box", *printed, "train", "test", "check"], rows)
