"""What the Week 4 notebook prints with four layers, for each box."""

# data: SYMBREAK_CATS
# limit: 300 s
import os
from pathlib import Path

from symbreak import (
    datasets,
    gram,
    initializers,
    network,
    paste,
    show_table,
    symmetry,
)

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
dims = (12288, 20, 7, 5, 1)
starts = {
    f"[{box}](#paste-application-{box})": paste.start("application", box, dims)
    for box in paste.NOTEBOOKS["application"].experiments
}
starts["no box"] = initializers.sqrt_n(dims, seed=1)
p, history = gram.train(
    X,
    Y,
    initializers.stack(starts.values()),
    learning_rate=0.0075,
    num_iterations=2500,
    activation="relu",
    cost_every=1,
)
shares = [
    network.accuracy(p, x, y, activation="relu")
    for x, y in ((X, Y), (X_test, Y_test))
]

printed = (0, 100, 1000, 2400, 2499)  # some of the iterations it prints
rows = []
for k, name in enumerate(starts):
    costs = [f"{history.costs[i][k]:.9f}"[:5] for i in printed]
    accuracies = [f"{share[k]:.9f}"[:4] for share in shares]
    one = {key: array[k] for key, array in p.items()}
    units = [
        len(symmetry.tied_groups(one, layer, kind="factor", rtol=1e-4))
        for layer in (1, 2, 3)
    ]
    check = f"{', '.join(map(str, units))} different"
    rows.append([name, *costs, *accuracies, check])
show_table(["box", *printed, "train", "test", "check"], rows)
