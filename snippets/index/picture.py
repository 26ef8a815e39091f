"""Logistic regression: one unit, started at zero, moves at once."""

import numpy as np

from symbreak import datasets, initializers, logistic, network, plots

X, Y = datasets.flower()  # (2, 400), (1, 400)
settings = dict(learning_rate=1.2, num_iterations=500, snapshots=range(501))

zero = {"w": np.zeros((2, 1)), "b": 0.0}
_, history = logistic.train(X, Y, zero, **settings)
pictures = [plots.threads(history, "w", scale="sqrt", title="1 unit, zero")]

starts = {
    "zero": initializers.zeros((2, 4, 1)),
    "equal": initializers.constant((2, 4, 1), value=0.01),
    "random": initializers.normal((2, 4, 1), seed=4, scale=0.01),
}
for name, start in starts.items():
    _, history = network.train(X, Y, start, activation="tanh", **settings)
    title = f"4 units, {name}"
    pictures.append(plots.threads(history, scale="sqrt", title=title))

captions = [
    "Logistic regression, started at zero, moves at once.",
    "Four tanh units, started at zero: one rope, and it stays at zero.",
    "Four tanh units, started equal: the rope moves, and stays one rope.",
    "Four tanh units, started slightly different: the rope frays.",
]
for fig, fig.caption in zip(pictures, captions):
    fig.set_size_inches(2.4, 2)  # four in a row
    (ax,) = fig.axes
    if fig is not pictures[-1]:
        ax.set_ylim(-0.01, 0.09)  # the last one goes much farther
    ax.set(xticks=[0, 500], xlabel="iteration (sqrt scale)", ylabel="")
    ax.locator_params(axis="y", nbins=3)
