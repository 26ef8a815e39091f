"""Logistic regression: one unit, started at zero, moves at once."""

import numpy as np

from symbreak import datasets, initializers, logistic, network, plots

X, Y = datasets.flower()  # (2, 400), (1, 400)
settings = dict(learning_rate=1.2, num_iterations=500, snapshots=range(501))

zero = {"w": np.zeros((2, 1)), "b": 0.0}
_, history = logistic.train(X, Y, zero, **settings)
look = dict(scale="sqrt", ylim=(-0.01, 0.09))
pictures = [plots.threads(history, "w", title="1 unit, zero", **look)]

starts = {
    "zero": initializers.zeros((2, 4, 1)),
    "equal": initializers.constant((2, 4, 1), value=0.01),
    "random": initializers.normal((2, 4, 1), seed=4, scale=0.01),
}
for name, start in starts.items():
    _, history = network.train(X, Y, start, activation="tanh", **settings)
    if name == "random":
        look["ylim"] = None  # these units go much farther
    title = f"4 units, {name}"
    pictures.append(plots.threads(history, title=title, **look))

captions = [
    "Logistic regression, started at zero, moves at once.",
    "Four tanh units, started at zero: one rope, and it stays at zero.",
    "Four tanh units, started equal: the rope moves, and stays one rope.",
    "Four tanh units, started slightly different: the rope frays.",
]
for fig, fig.caption in zip(pictures, captions):
    fig.set_size_inches(2.4, 2)  # four in a row
    (ax,) = fig.axes
    ax.set(xticks=[0, 500], xlabel="iteration (sqrt scale)", ylabel="")
    ax.locator_params(axis="y", nbins=3)
