"""What the Week 4 notebook prints with each box, on the course's images."""

# data: SYMBREAK_CATS
# tolerance: 0.0011 because the costs are cut, and some of them oscillate
# limit: 300 s
import os
from pathlib import Path

from symbreak import datasets, gram, initializers, network, paste, symmetry

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
printed = (0, 100, 1000, 2400, 2499)  # some of the iterations it prints


def table(title, dims, own_start):
    starts = {
        f"[{box}](#paste-application-{box})": paste.start(
            "application", box, dims
        )
        for box in paste.NOTEBOOKS["application"].experiments
    }
    starts["no box"] = own_start
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
    print(f"| {title} |", *(f"{i} |" for i in printed), "train | test | check |")
    print("|---|" + "---|" * len(printed) + "---|---|---|")
    for k, name in enumerate(starts):
        costs = [f"{history.costs[i][k]:.9f}"[:5] for i in printed]
        cells = costs + [f"{share[k]:.9f}"[:4] for share in shares]
        one = {key: array[k] for key, array in p.items()}
        units = len(symmetry.tied_groups(one, kind="factor", rtol=1e-4))
        print(f"| {name} |", " | ".join(cells), end=" ")
        print(f"| {dims[1]} units, {units} different |")


two, four = (12288, 7, 1), (12288, 20, 7, 5, 1)
table("two layers", two, initializers.normal(two, seed=1))
print()
table("four layers", four, initializers.sqrt_n(four, seed=1))
