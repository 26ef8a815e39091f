"""Logistic regression: one unit, started at zero, moves at once."""

import numpy as np

from symbreak import datasets, initializers, logistic, network, plots

X, Y = datasets.flower()  # (2, 400), (1, 400)
settings = dict(learning_rate=1.2, num_iterations=500, snapshots=range(501))

zero = {"w": np.zeros((2, 1)), "b": 0.0}
_, history = logistic.train(X, Y, zero, **settings)
fig = plots.threads(
    history, "w", scale="sqrt", title="Logistic regression from zero"
)

starts = {
    "zero": initializers.zeros((2, 4, 1)),
    "a constant": initializers.constant((2, 4, 1), value=0.01),
    "random numbers": initializers.normal((2, 4, 1), seed=4, scale=0.01),
}
captions = [
    "Four tanh units, started at zero: one rope, and it stays at zero.",
    "Four tanh units, started equal: the rope moves, and stays one rope.",
    "Four tanh units, started slightly different: the rope frays.",
]
for (name, start), caption in zip(starts.items(), captions):
    _, history = network.train(X, Y, start, activation="tanh", **settings)
    fig = plots.threads(history, scale="sqrt", title=f"Network from {name}")
    fig.caption = caption
