"""With two layers, the boxes with different rows learn the course's images."""

# data: SYMBREAK_CATS
# tolerance: 0.0006 because the cost oscillates
# limit: 300 s
import os
from pathlib import Path

from symbreak import datasets, gram, initializers, network, paste, symmetry

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
boxes = paste.NOTEBOOKS["application"].experiments
print("| box | network | cost at 2500 | training % | test % ", end="")
print("| different units of layer 1 |\n" + "|---" * 6 + "|")
for dims in ((12288, 7, 1), (12288, 20, 7, 5, 1)):
    p, history = gram.train(
        X,
        Y,
        initializers.stack(
            paste.start("application", box, dims) for box in boxes
        ),
        learning_rate=0.0075,
        num_iterations=2500,
        activation="relu",
    )
    scores = [
        100 * network.accuracy(p, x, y, activation="relu")
        for x, y in ((X, Y), (X_test, Y_test))
    ]
    for k, box in enumerate(boxes):
        one = {name: array[k] for name, array in p.items()}
        units = len(symmetry.tied_groups(one, kind="factor", rtol=1e-4))
        print(f"| [{box}](#paste-application-{box}) ", end="")
        print(f"| {len(dims) - 1} layers | {history.costs[-1][k]:.4f} ", end="")
        print(f"| {scores[0][k]:.1f} | {scores[1][k]:.1f} ", end="")
        print(f"| {units} of {dims[1]} |")
