"""Data flow forward, errors flow back; A1, W2 and X enter the gradients."""

from matplotlib.patches import Rectangle

from symbreak import datasets, initializers, network
from symbreak.plots.style import COLORS, panel, unit_color

X, Y = datasets.flower()
parameters = initializers.normal((2, 4, 1), seed=1, scale=0.5)
A2, cache = network.forward(X, parameters, activation="tanh")
grads = network.backward(parameters, cache, X, Y, activation="tanh")
arrays = {"X": X, **parameters, **cache, **grads}

at = {"X": (0, 4), "W1": (1, 4), "A1": (2, 4), "W2": (3, 4), "A2": (4, 4)}
at |= {"dZ1": (2, 2), "dZ2": (4, 2), "dW1": (1, 0), "dW2": (3, 0)}
back = [("A2", "dZ2"), ("dZ2", "dZ1"), ("dZ2", "dW2"), ("dZ1", "dW1")]
factors = [("X", "dW1"), ("A1", "dW2"), ("W2", "dZ1")]
forward = [("X", "W1"), ("W1", "A1"), ("A1", "W2"), ("W2", "A2")]

fig, ax = panel("Forward (top) and back", height=3.6)
for arrows, color in zip((forward, back, factors), ("ink", "muted", "accent")):
    for start, end in arrows:
        style = {"arrowstyle": "->", "color": COLORS[color], "shrinkA": 22}
        style |= {"shrinkB": 22, "linewidth": 1.4}
        ax.annotate("", at[end], at[start], arrowprops=style)
for name, (x, y) in at.items():
    rows, columns = arrays[name].shape
    wide, high = min(0.09 * columns, 0.5), 0.18 * rows
    for k in range(4):  # hidden unit k keeps its color: a row, or a column
        color = unit_color(k) if 4 in (rows, columns) else COLORS["muted"]
        left, low = (x - wide / 2, y + high / 2 - (k + 1) * high / 4)
        box = ((left, low), wide, high / 4)
        if columns == 4:
            box = ((left + k * wide / 4, y - high / 2), wide / 4, high)
        ax.add_patch(Rectangle(*box, color=color))
    ax.text(x, y + high / 2 + 0.1, name, ha="center", va="bottom")
    ax.text(x, y - high / 2 - 0.1, (rows, columns), ha="center", va="top")
ax.set(xlim=(-0.5, 4.5), ylim=(-1, 5))
ax.axis("off")
fig.alt = "x"
