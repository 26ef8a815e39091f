"""Draw the parameters of a network as annotated matrices."""

import numpy as np
from matplotlib.patches import Rectangle

from symbreak import checks
from symbreak.printing import format_matrix
from symbreak.symmetry import tied_groups

from .labels import join
from .ropes import draw_line
from .style import COLORS, panel, styled, unit_color

MAX_COLUMNS, MAX_ROWS = 6, 12
CELL, ROW = 0.56, 0.27  # inches


@styled
def matrices(parameters, *, title="Parameters"):
    r"""Draw W and b of every layer as cells, tied rows joined by a rope.

    Parameters
    ----------
    parameters : dict of str to ndarray
        "W1", "b1", ..., "WL", "bL" in the course's layout: W of shape (n_l, n_{l-1}),
        b of shape (n_l, 1).
    title : str
        Title of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If a parameter does not hold numbers.
    ValueError
        If a parameter is missing, if shapes do not fit, or if there are stacked runs.

    Notes
    -----
    Units i and j of a hidden layer are joined if `symbreak.symmetry.tied_groups` calls them
    equal: row i equals row j in $[W_l \mid b_l]$ and column i equals column j in $W_{l+1}$. The
    tint of a cell is its magnitude relative to the layer's largest. Of a large matrix, the first
    rows and columns and the last one are shown.

    Examples
    --------
    >>> parameters = {"W1": np.full((2, 1), 0.01), "b1": np.zeros((2, 1)),
    ...               "W2": np.full((1, 2), 0.01), "b2": np.zeros((1, 1))}
    >>> matrices(parameters).alt.split(": ")[1]
    'in layer 1 units 1 and 2 are tied.'
    """
    parameters = checks.one_run(parameters)
    L = len(parameters) // 2
    layers = [(parameters[f"W{layer}"], parameters[f"b{layer}"]) for layer in range(1, L + 1)]
    height = sum(len(_shown(len(W), MAX_ROWS)) * ROW + 0.42 for W, _ in layers) + 0.40
    fig, ax = panel(title, height=height)
    ax.axis("off")
    top, said = 0.0, []
    for layer, (W, b) in enumerate(layers, start=1):
        hidden = layer < L
        groups = tied_groups(parameters, layer) if hidden else []
        top = _draw_layer(ax, layer, W, b, groups, top, hidden)
        tied = [join([k + 1 for k in group]) for group in groups if len(group) > 1]
        said += [f"in layer {layer} units {units} are tied" for units in tied]
    columns = max(len(_shown(W.shape[1], MAX_COLUMNS)) for W, _ in layers)
    width = max(columns * CELL + 0.14 + CELL + 1.0, 4.2)
    ax.set(xlim=(-0.95, width - 0.95), ylim=(top - 0.05, 0.0))
    dims = "-".join(str(n) for n in [layers[0][0].shape[1], *(len(W) for W, _ in layers)])
    fig.alt = (
        f"Parameters of a network with layers {dims}, printed cell by cell: "
        f"{'; '.join(said) or 'no two hidden units are tied'}."
    )
    return fig


def _shown(n, most):
    """Return the indices to show; None stands for those left out."""
    return list(range(n)) if n <= most else [*range(most - 2), None, n - 1]


def _draw_layer(ax, layer, W, b, groups, top, hidden):
    """Draw [W | b] below `top`, in inches; return where the next layer starts."""
    rows, columns = _shown(len(W), MAX_ROWS), _shown(W.shape[1], MAX_COLUMNS)
    first = top - 0.40
    x_b = len(columns) * CELL + 0.14
    text = {"ha": "center", "va": "center", "fontsize": 9.5, "color": COLORS["ink"]}
    head = dict(text, va="bottom", color=COLORS["muted"])
    ax.text(len(columns) * CELL / 2, first + 0.07, f"W{layer}", **head)
    ax.text(x_b + CELL / 2, first + 0.07, f"b{layer}", **head)
    largest = max(np.abs(W).max(), np.abs(b).max())
    for i, row in enumerate(rows):
        y = first - (i + 0.5) * ROW
        for j, column in enumerate([*columns, "b"]):
            x = (x_b if column == "b" else j * CELL) + CELL / 2
            gone = row is None or column is None
            value = None if gone else b[row, 0] if column == "b" else W[row, column]
            tint = 0 if gone or largest == 0 else 0.22 * abs(value) / largest
            _draw_cell(ax, x, y, tint)
            # A number too long for its cell must not take the room of the cells.
            number = "…" if gone else format_matrix(value, decimals=3)
            ax.text(x, y, number, in_layout=False, **text)
        if row is not None:
            name = f"unit {row + 1}" if hidden else "output"
            ax.text(-0.33, y, name, **dict(text, ha="right"))
    _draw_ties(ax, groups, {row: first - (i + 0.5) * ROW for i, row in enumerate(rows)})
    return first - len(rows) * ROW


def _draw_cell(ax, x, y, tint):
    """Draw the frame of a cell and the tint of its magnitude."""
    box = (x - CELL / 2, y - ROW / 2), CELL, ROW
    ax.add_patch(Rectangle(*box, facecolor=COLORS["accent"], alpha=tint, linewidth=0))
    ax.add_patch(Rectangle(*box, fill=False, edgecolor=COLORS["grid"], linewidth=0.7))


def _draw_ties(ax, groups, heights):
    """Draw a thread for each unit, and a rope along tied ones, left of their rows."""
    for group in groups:
        shown = {unit: heights[unit] for unit in group if unit in heights}
        if len(shown) < 2:
            for unit, y in shown.items():
                draw_line(ax, [-0.27, -0.04], [y, y], [unit])
            continue
        top, bottom = max(shown.values()) + 0.09, min(shown.values()) - 0.09
        draw_line(ax, [-0.17] * 2, [top, bottom], group)
        for unit, y in shown.items():
            ax.plot([-0.13, -0.04], [y, y], color=unit_color(unit), linewidth=1.7)
