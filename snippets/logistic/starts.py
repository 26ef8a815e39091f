"""Five starts, zero among them, end at one optimum."""

import numpy as np

from symbreak import datasets, logistic, plots

X, Y = datasets.moons(seed=1, noise=0.2)
X = X[:1]  # one feature, (1, 200): now w and b are all there is
starts = {"zero": (0, 0), "A": (4, 2), "B": (4, -4)}
starts |= {"C": (-2, -3), "D": (-2, 2)}

paths, histories, ends = {}, {}, {}
for name, (w, b) in starts.items():
    _, history = logistic.train(
        X,
        Y,
        {"w": np.array([[float(w)]]), "b": float(b)},
        learning_rate=1.0,
        num_iterations=500,
        snapshots=range(501),
    )
    path = [(p["w"].item(), p["b"]) for p in history.snapshots.values()]
    paths[name], histories[name] = np.array(path), history
    ends[name] = w, b, J = *path[-1], history.costs[-1]
    print(f"{name:5} ends at w = {w:.4f}, b = {b:.4f}, cost {J:.4f}")

fig = plots.threads(
    histories["zero"], "w", scale="log", title="The one unit, from zero"
)
fig.caption = "The one unit leaves zero at the first step."

w, b = np.meshgrid(np.linspace(-3.5, 5.5, 101), np.linspace(-5.5, 3.5, 101))
_, costs = logistic.propagate(w[..., None, None], b[..., None, None], X, Y)
labels = {"xlabel": "w", "ylabel": "b", "height": 3.4}
fig, ax = plots.panel("The cost, and five paths on it", **labels)
levels = np.quantile(costs, np.linspace(0, 1, 14)[1:-1])
look = {"colors": plots.COLORS["muted"], "linewidths": 0.6, "alpha": 0.6}
ax.contour(w, b, costs, levels, **look)
for name, path in paths.items():
    color = plots.COLORS["accent" if name == "zero" else "ink"]
    ax.plot(*path.T, color=color)
    ax.plot(*path[-1], "o", color=color)
    x, y = path[0]
    side, gap = ("right", -0.15) if x < path[-1, 0] else ("left", 0.15)
    ax.text(x + gap, y, name, ha=side, va="center", color=color)
fig.alt = f"""Contour lines of the cost over w and b. Five paths, from zero, A,
B, C and D, all end at w = {path[-1, 0]:.2f}, b = {path[-1, 1]:.2f}."""
