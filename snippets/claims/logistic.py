"""Logistic regression starts from zero unless the two classes cancel."""

import numpy as np

from symbreak import datasets, logistic, show_table

zero = {"w": np.zeros((2, 1)), "b": 0.0}
dw, fall = [], []
for X, Y in datasets.moons(seed=1, noise=0.2), datasets.xor(4, seed=0, noise=0):
    grads, _ = logistic.propagate(**zero, X=X, Y=Y)
    _, history = logistic.train(
        X, Y, zero, learning_rate=1.0, num_iterations=100
    )
    dw.append(np.abs(grads["dw"]).max())
    fall.append(history.costs[0] - history.costs[-1])

X, Y = datasets.moons(seed=1, noise=0.2)
w, b = np.array([[0.3], [-0.7]]), 0.2
h = np.array([[1e-5], [0]])
slope = (
    logistic.propagate(w + h, b, X, Y)[1]
    - logistic.propagate(w - h, b, X, Y)[1]
) / 2e-5
first = logistic.propagate(w, b, X, Y)[0]["dw"].item(0)

page = "[logistic regression](logistic.md#claim-s{})".format
rows = [  # claim, whether it held in each setting, the settings, the numbers
    (
        "<span id='s1'></span>From $w = 0$, $b = 0$, `dw` is not zero, and "
        "gradient descent learns.",
        [d > 0.1 and f > 0.1 for d, f in zip(dw, fall)],
        "two half moons; the corners of XOR, where the classes cancel; 100 "
        "iterations",
        f"`dw` {dw[0]:.3f} and {dw[1]:.3f}, the cost falls by {fall[0]:.3f} "
        f"and {fall[1]:.3f}",
        page(1),
    ),
    (
        "<span id='s2'></span>$dw = \\frac1m X (A - Y)^T$.",
        [abs(slope - first) < 1e-8],
        "two half moons, one $w$ and $b$",
        f"first entry {first:.6f}, slope of the cost {slope:.6f}",
        page(2),
    ),
]
said = "does not hold", "holds with a condition", "holds"
show_table(
    ["claim", "verdict", "tried on", "measured", "derived in"],
    [(c, said[any(held) + all(held)], *rest) for c, held, *rest in rows],
)
