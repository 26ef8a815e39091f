"""On its way back, the error meets A1, W2, the slope at A1, and X."""

import numpy as np
from matplotlib.patches import Rectangle

from symbreak import datasets, initializers, network, plots

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 1), seed=1, scale=0.5)
A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")
arrays = {"X": X, **parameters, **cache, **grads}

at = {"X": (0, 4), "W1": (1, 4), "A1": (2, 4), "W2": (3, 4), "A2": (4, 4)}
at |= {"dZ1": (1.7, 2), "dZ2": (4, 2), "dW1": (1, 0), "dW2": (3, 0)}
arrows = {
    "ink": ["X W1", "W1 A1", "A1 W2", "W2 A2"],
    "muted": ["A2 dZ2", "dZ2 dZ1", "dZ2 dW2", "dZ1 dW1"],
    "accent": ["A1 dW2", "W2 dZ1", "A1 dZ1", "X dW1"],
}
fig, ax = plots.panel("Forward in the top row, back below", height=3.7)
frames = {}
k, units = np.arange(4) - 1.5, [plots.unit_color(unit) for unit in range(4)]
COLORS = plots.COLORS
for name, (x, y) in at.items():
    rows, columns = arrays[name].shape
    high, wide = 0.17 * rows, min(0.09 * columns, 0.5)
    color = units if 4 in (rows, columns) else COLORS["muted"]
    look = {"color": color, "edgecolor": color, "linewidth": 0.5}
    if columns == 4:  # unit k is a column of W2 and dW2, else a row
        ax.bar(x + k * wide / 4, high, wide / 4, y - high / 2, **look)
    else:
        ax.barh(y - k * high / 4, wide, high / 4, x - wide / 2, **look)
    text = {"ha": "center", "color": COLORS["ink"]}
    ax.text(x, y + high / 2 + 0.08, name, va="bottom", **text)
    ax.text(x, y - high / 2 - 0.08, (rows, columns), va="top", size=8, **text)
    frame = (x - 0.36, y - high / 2 - 0.36), 0.72, high + 0.78
    frames[name] = ax.add_patch(Rectangle(*frame, visible=False))
for color, pairs in arrows.items():
    for start, end in map(str.split, pairs):
        style = {"arrowstyle": "->", "color": COLORS[color], "linewidth": 1.4}
        style |= {"patchA": frames[start], "patchB": frames[end]}
        ax.annotate("", at[end], at[start], arrowprops=style)
ax.text(4.1, 3.1, "\N{MINUS SIGN} Y", color=COLORS["ink"])
ax.set(xlim=(-0.5, 4.5), ylim=(-0.9, 4.9))
ax.axis("off")
fig.alt = """Arrays of a 2-4-1 network with their shapes. In the top row,
arrows run from X over W1, A1 and W2 to A2. Gray arrows run from A2 to dZ2,
from dZ2 to dW2 and dZ1, from dZ1 to dW1. Red arrows join A1 to dW2 and dZ1,
W2 to dZ1, X to dW1. Each hidden unit has one color in W1, A1, W2, dZ1, dW1
and dW2."""
fig.caption = """Top row: forward. Gray: the error A2 \N{MINUS SIGN} Y flows
back. Red: the factors it meets, A1 in dW2, W2 and the slope of A1 in dZ1, X
in dW1."""
