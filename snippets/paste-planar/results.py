"""What the Week 3 notebook prints with each box: cost, accuracy, units."""

from symbreak import (
    datasets,
    initializers,
    network,
    paste,
    show_table,
    symmetry,
)

X, Y = datasets.flower()
dims = (2, 4, 1)
starts = {
    f"[{name}](#paste-planar-{name})": paste.start("planar", name, dims)
    for name in paste.NOTEBOOKS["planar"].experiments
}
starts["no box, older"] = initializers.normal(dims, seed=2)
starts["no box, newer"] = initializers.normal(dims, seed=3)

p, history = network.train(
    X,
    Y,
    initializers.stack(starts.values()),  # all runs at once
    activation="tanh",
    learning_rate=1.2,
    num_iterations=10_000,
    cost_every=1000,
)
accuracy = network.accuracy(p, X, Y, activation="tanh")
at_9000 = history.costs[9]  # one of each run

printed = (0, 1000, 2000, 5000, 9000)  # some of the iterations it prints
rows = []
for run, name in enumerate(starts):
    one = {key: array[run] for key, array in p.items()}
    units = len(symmetry.tied_groups(one, kind="sign", rtol=1e-4))
    costs = [f"{history.costs[i // 1000, run]:.9f}"[:5] for i in printed]
    share = f"{int(100 * accuracy[run])}%"
    rows.append([name, *costs, share, f"{units} different"])
show_table(["box", *printed, "accuracy", "check"], rows)
