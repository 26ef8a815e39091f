"""Constants in the tuning cell of the course: tied, and after a nudge."""
# limit: 180 s

import numpy as np

from symbreak import datasets, initializers, network, symmetry
from symbreak.hessian import hessian_across

X, Y = datasets.flower()
print("| n_h | tied | growth | last unit nudged |", end="")
print(" all units nudged |\n|---|---|---|---|---|")
for n_h in range(2, 6):
    start = initializers.constant((2, n_h, 1), 0.01)
    one, factors = symmetry.collapse(start)  # tied exactly: one unit
    rates = {name: 1.2 * factors[name] for name in factors}
    settings = dict(num_iterations=5000, snapshots=range(5000))
    p, history = network.train(X, Y, one, learning_rate=rates, **settings)
    cells = [f"{network.accuracy(p, X, Y):.2f}"]

    product = np.eye(4)
    for p in history.snapshots.values():
        wide = {name: np.tile(p[name], (n_h, 1)) for name in ("W1", "b1")}
        wide |= {"W2": np.tile(p["W2"] / n_h, n_h), "b2": p["b2"]}
        product = product - 1.2 * hessian_across(wide, X, Y) @ product
    growth = np.log10(np.linalg.norm(product, 2))
    # Beyond, the digits differ from processor to processor.
    cells += [f"{growth:.1f} decades" if growth < 100 else "over 100 decades"]

    nudges = 1e-12 * np.random.RandomState(0).randn(10, n_h, 2)
    nudges[:5, :-1] = 0  # in the first five runs, only the last unit
    runs = [start | {"W1": start["W1"] + nudge} for nudge in nudges]
    runs = initializers.stack(runs)
    p, _ = network.train(X, Y, runs, learning_rate=1.2, num_iterations=5000)
    for right in network.accuracy(p, X, Y).reshape(2, 5):
        cells += [f"{right.min():.2f} to {right.max():.2f}"]
    print(f"| {n_h} |", " | ".join(cells), "|")
