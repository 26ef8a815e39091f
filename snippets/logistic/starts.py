"""Five starts, zero among them, end at one optimum."""

import numpy as np

from symbreak import datasets, logistic, plots

X, Y = datasets.moons(seed=1)
X = X[:1]  # one feature, (1, 200): now w and b are all there is
starts = {"zero": (0, 0), "A": (4, 2), "B": (4, -4)}
starts |= {"C": (-2, -3), "D": (-2, 2)}

paths, histories = {}, {}
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
    w, b, J = *path[-1], history.costs[-1]
    print(f"{name:5} ends at w = {w:.4f}, b = {b:.4f}, cost {J:.4f}")

fig = plots.threads(
    histories["zero"], "w", scale="log", title="The one unit, from zero"
)
fig.caption = "The one unit leaves zero at the first step."


def cost(w, b):
    w, b = w[..., None, None], b[..., None, None]  # run axes
    return logistic.propagate(w, b, X, Y)[1]


title = "The cost, and five paths on it"
fig = plots.loss_surface(cost, paths, xlabel="w", ylabel="b", title=title)
