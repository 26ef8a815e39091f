"""Whatever its start, logistic regression ends with the same predictions."""

import numpy as np

from symbreak import datasets, logistic, paste

# The digits of scikit-learn stand in for the cats: 1 if it is an 8.
X, Y, X_test, Y_test = datasets.load_digits(8)
n_x = X.shape[0]
starts = {"no box": {"w": np.zeros((n_x, 1)), "b": 0.0}}
for name in paste.NOTEBOOKS["logistic"].experiments:
    start = paste.start("logistic", name, (n_x, 1))
    starts[f"[{name}](#paste-logistic-{name})"] = start

print("| box | cost at 0 | at 100 | at 1900 | accuracy train, test ", end="")
print("| labels that differ from no box |\n|---|---|---|---|---|---|")
for name, start in starts.items():
    p, history = logistic.train(
        X, Y, start, learning_rate=0.5, num_iterations=2000, cost_every=100
    )
    labels = logistic.predict(**p, X=X_test)
    if name == "no box":
        first = labels
    c = history.costs
    costs = f"{c[0]:.6f} | {c[1]:.3f} | {c[19]:.3f}"
    train = logistic.accuracy(**p, X=X, Y=Y)
    test = logistic.accuracy(**p, X=X_test, Y=Y_test)
    print(f"| {name} | {costs} | {train:.2f}, {test:.2f} ", end="")
    print(f"| {np.sum(labels != first)} of {labels.size} |")
