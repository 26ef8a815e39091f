"""From the constant 0.01, predictions are exactly 1 after a few updates."""

# data: SYMBREAK_CATS
import os
from pathlib import Path

from symbreak import datasets, gram, initializers, network

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
_, history = gram.train(
    X,
    Y,
    initializers.constant((12288, 7, 1), 0.01),
    learning_rate=0.0075,
    num_iterations=10,
    activation="relu",
    cost_every=1,
    snapshots=range(11),
)
print("cost at iteration 0:", f"{history.costs[0]:.9f}"[:5])
for t, p in history.snapshots.items():
    A2, _ = network.forward(X, p, activation="relu")
    one = A2 == 1
    if one.any():
        print(f"after {t} updates {one.sum()} of {A2.size} predictions are 1,")
        print(f"{one[Y == 1].sum()} of them for cats")
        break
