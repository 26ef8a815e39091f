"""Each ten times smaller start waits the same number of iterations longer."""

import numpy as np

from symbreak import datasets, initializers, network, plots, show_table, theory

X, Y = datasets.flower()
scales = 10.0 ** -np.arange(1, 12)  # 0.1 ... 1e-11: ten decades
runs = [initializers.normal((2, 4, 1), seed=3, scale=s) for s in scales]
start = initializers.stack(runs)
C = theory.signal(X, Y)[:2]
s = np.linalg.norm(C)
c = (start["W1"] @ C)[..., 0] / s  # (11 runs, n_h)
size = np.linalg.norm((c - start["W2"][:, 0]) / np.sqrt(2), axis=1)
low = theory.label_entropy(Y) - 0.01
labels = {"xlabel": "scale of the start", "ylabel": "iteration"}
fig, ax = plots.panel("Wait before the cost falls", **labels)
waits = {}
for rate in (1.2, 0.6, 0.3):
    grown = np.log(np.sqrt(2 * 0.01 / s) / size)
    predicted = grown / np.log(1 + rate * s)
    _, history = network.train(
        X, Y, start, learning_rate=rate, num_iterations=600, cost_every=1
    )
    measured = (history.costs < low).argmax(axis=0)
    waits[rate] = predicted, measured
    ax.plot(scales, predicted, color=plots.COLORS["accent"])
    ink = {"color": plots.COLORS["ink"]}
    ax.plot(scales, measured, "o", markersize=4.5, **ink)
    ax.text(1e-12, predicted[-1], f"rate {rate}", va="center", **ink)
ax.set(xscale="log", xlim=(0.3, 3e-12), xticks=[1e-2, 1e-5, 1e-8, 1e-11])

predicted, measured = waits[1.2]
rows = []
for k, scale in enumerate(scales):
    cells = (f"{p[k]:.0f} / {m[k]}" for p, m in waits.values())
    rows.append([f"{scale:.0e}", *cells])
rates = [f"rate {rate}: predicted / measured" for rate in waits]
show_table(["scale", *rates], rows)
fig.alt = """Iterations until the cost is 0.01 below ln 2, against the scale
of the start from 0.1 to 1e-11. For learning rates 1.2, 0.6 and 0.3 the
measured points follow straight predicted lines."""
fig.caption = """Lines: predicted from the data, nothing fitted. Points:
measured. Flower, layers 2-4-1, tanh, seed 3."""
