"""A nudge of 1e-12 grows as predicted: fast with tanh, slowly with sigmoid."""

import numpy as np

from symbreak import datasets, hessian, initializers, network, plots, symmetry

X, Y = datasets.flower()
tied = initializers.constant((2, 4, 1), 0.01)
nudged = initializers.constant((2, 4, 1), 0.01)
nudge, rate = 1e-12, 1.2
nudged["W1"][0, 0] += nudge

t = np.arange(401)
settings = dict(learning_rate=rate, num_iterations=400, snapshots=t.tolist())
measured, predicted = {}, {}
for g in ("tanh", "sigmoid", "relu"):
    _, history = network.train(X, Y, nudged, activation=g, **settings)
    spreads = [symmetry.row_spread(p) for p in history.snapshots.values()]
    measured[g] = np.array(spreads)

unit, other = [0, 1, 8, 12], [2, 3, 9, 13]  # w, b, v of units 1 and 2
for g in ("tanh", "sigmoid"):
    _, history = network.train(X, Y, tied, activation=g, **settings)
    delta, sizes = np.array([nudge, 0, 0, 0]), []  # unit 1 - unit 2
    for p in history.snapshots.values():
        sizes.append(np.abs(delta[:3]).max())
        H = hessian.hessian(p, X, Y, activation=g)  # (17, 17)
        T = H[unit][:, unit] - H[unit][:, other]
        delta = delta - rate * T @ delta
    predicted[g] = np.array(sizes)
    for k in (50, 100, 150):
        print(f"{g}, iteration {k}: spread {measured[g][k]:.0e},", end="")
        print(f" measured / predicted = {measured[g][k] / predicted[g][k]:.2f}")
tanh = predicted["tanh"]
tenfold = 100 / np.log10(tanh[200] / tanh[100])
print(f"tanh, 100 to 200: a factor of ten in {tenfold:.1f} iterations")

fig = plots.costs(
    {g: (t, np.log10(measured[g])) for g in measured},
    title="One weight of W1 off by 1e-12",
    ylabel="log10 of the row spread",
    ylim=(-12.5, 2.5),
)
for g in predicted:
    dots = np.log10(predicted[g][::20])
    fig.axes[0].plot(t[::20], dots, ".", color=plots.COLORS["ink"])
fig.alt += " Dots show the prediction for tanh and sigmoid."
