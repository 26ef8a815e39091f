"""Constants in the tuning cell of the course: copies, and after a nudge."""

import numpy as np

from symbreak import datasets, initializers, network, show_table, symmetry

X, Y = datasets.flower()
X1 = np.vstack([X, np.ones_like(Y)])  # (3, m): x and a 1 for the bias
tiny, rows, decades = 1e-12, [], {}
for n_h in range(2, 6):
    start = initializers.constant((2, n_h, 1), 0.01)
    one, factors = symmetry.collapse(start)  # tied exactly: one unit
    rates = {name: 1.2 * factors[name] for name in factors}
    settings = dict(num_iterations=5000, snapshots=range(5000))
    p, history = network.train(X, Y, one, learning_rate=rates, **settings)
    cells = [n_h, f"{network.accuracy(p, X, Y):.0%}"]

    p = initializers.stack(history.snapshots.values())  # 5000 runs in one
    _, cache = network.forward(X, p)
    dZ1 = network.backward(p, cache, X, Y)["dZ1"]  # (5000, 1, m)
    C = X1 @ dZ1.swapaxes(1, 2) / 400 / p["W2"]  # (5000, 3, 1)
    # g'' = -2 A g' for tanh, and each of the tied units has its share of v.
    vM = (X1 * dZ1 * -2 * cache["A1"]) @ X1.T / 400 / n_h  # (5000, 3, 3)
    T = np.block([[vM, C], [C.swapaxes(1, 2), np.zeros((5000, 1, 1))]])
    product = np.eye(4)
    for step in np.eye(4) - 1.2 * T:
        product = step @ product
    decades[n_h] = growth = np.log10(np.linalg.norm(product, 2))
    # Beyond, the digits differ from processor to processor.
    cells.append(f"{growth:.1f}" if growth < 100 else "over 100")

    nudges = tiny * np.random.RandomState(0).randn(10, n_h, 2)
    nudges[:5, :-1] = 0  # in the first five runs, only the last unit
    runs = [start | {"W1": start["W1"] + nudge} for nudge in nudges]
    runs = initializers.stack(runs)
    p, _ = network.train(X, Y, runs, learning_rate=1.2, num_iterations=5000)
    for right in network.accuracy(p, X, Y).reshape(2, 5):
        cells += [f"{right.min():.0%} to {right.max():.0%}"]
    rows.append(cells)
columns = ["accuracy of copies", "largest growth, powers of ten"]
nudged = ["last unit nudged", "all units nudged"]
show_table(["n_h", *columns, *nudged], rows)
