"""What the Week 2 notebook prints with each box, on the course's images."""

# data: SYMBREAK_CATS
import os
from pathlib import Path

import numpy as np

from symbreak import datasets, logistic, paste, show_table

folder = Path(os.environ.get("SYMBREAK_CATS", "datasets"))
X, Y, X_test, Y_test = datasets.load_cats(
    folder / "train_catvnoncat.h5", folder / "test_catvnoncat.h5"
)
starts = {"no box": {"w": np.zeros((12288, 1)), "b": 0.0}}
for box in paste.NOTEBOOKS["logistic"].experiments:
    start = paste.start("logistic", box, (12288, 1))
    starts[f"[{box}](#paste-logistic-{box})"] = start

printed = (0, 100, 500, 1000, 1900)  # some of the iterations it prints
rows = []
for name, start in starts.items():
    p, history = logistic.train(
        X, Y, start, learning_rate=0.005, num_iterations=2000, cost_every=100
    )
    costs = [f"{history.costs[i // 100]:.9f}"[:5] for i in printed]
    shares = [
        f"{100 * logistic.accuracy(**p, X=x, Y=y):.9f}"[:4]
        for x, y in ((X, Y), (X_test, Y_test))
    ]
    rows.append([name, *costs, *shares])
show_table(["box", *printed, "train", "test"], rows)
