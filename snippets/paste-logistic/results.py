"""Whatever its start, logistic regression ends with the same predictions."""

import numpy as np

from symbreak import datasets, logistic, paste, show_table

# The digits of scikit-learn in place of the cats: 1 if it is an 8.
X, Y, X_test, Y_test = datasets.load_digits(8)
n_x, rate = X.shape[0], 0.5
size = paste.NOTEBOOKS["logistic"].constant
starts = {"no box": {"w": np.zeros((n_x, 1)), "b": 0.0}}
for name in paste.NOTEBOOKS["logistic"].experiments:
    start = paste.start("logistic", name, (n_x, 1))
    starts[f"[{name}](#paste-logistic-{name})"] = start

rows = []
for name, start in starts.items():
    p, history = logistic.train(
        X, Y, start, learning_rate=rate, num_iterations=2000, cost_every=100
    )
    labels = logistic.predict(**p, X=X_test)
    if name == "no box":
        first = labels
    costs = [f"{history.costs[i]:.9f}"[:5] for i in (0, 1, 19)]
    shares = [
        f"{100 * logistic.accuracy(**p, X=x, Y=y):.9f}"[:4]
        for x, y in ((X, Y), (X_test, Y_test))
    ]
    like = f"{np.sum(labels == first)} of {labels.size}"
    rows.append([name, *costs, *shares, like])
columns = ["box", 0, 100, 1900, "train", "test", "labels like no box"]
show_table(columns, rows)
