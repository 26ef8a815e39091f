"""Draw what became of many starts as a grid of verdicts."""

from itertools import groupby

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Patch, Rectangle

from symbreak import checks

from .grouping import groups_of
from .inputs import by_label, texts
from .labels import join
from .style import COLORS, panel, styled

VERDICTS = {"S": "weights stuck", "1": "one unit", "D": "different units"}
# The worse, the fuller: failures stand out, in any scheme and without seeing color.
FILLS = {"S": ("accent", 1), "1": ("accent", 0.22), "D": ("grid", 0.3)}
INKS = {"S": "paper", "1": "ink", "D": "ink"}
ROW, GAP = 0.26, 0.2  # inches; widths of a column
KEY = {"frameon": False, "fontsize": 9, "handlelength": 1, "columnspacing": 1, "borderpad": 0}


@styled
def verdict_map(verdicts, *, rows, columns, title="Verdicts"):
    r"""Draw a grid of verdicts: S, 1 or D.

    Parameters
    ----------
    verdicts : array_like of str, of shape (n_rows, n_columns)
        Each starts with "S" (weights stuck: none ever moves), "1" (one unit) or "D"
        (different units). What follows is shown as it is, as in "D+": the caption explains it.
    rows : list of str
        Label of each row.
    columns : dict of str to list of str
        Groups of columns: label of the group, labels of its columns.
    title : str
        Title of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` states every verdict.

    Raises
    ------
    TypeError
        If `columns` is no dictionary, or a label no text.
    ValueError
        If a verdict is of no such kind, or the numbers of labels do not fit.

    Examples
    --------
    >>> fig = verdict_map([["S", "S"], ["S", "1"]], rows=["zeros", "b2"],
    ...                   columns={"tanh": ["even"], "sigmoid": ["even"]})
    >>> fig.alt.split(" Rows: ")[1]
    'zeros: all S; b2: S, 1.'
    """
    rows = texts("rows", rows)
    heads = [
        (group, name)
        for group, names in by_label("columns", columns).items()
        for name in texts(f"columns[{group!r}]", names)
    ]
    cells = _checked(verdicts, rows, heads)
    groups = groups_of(group for group, _ in heads)
    x = np.array([j + GAP * k for k, members in enumerate(groups) for j in members])
    fig, ax = panel(title, height=(len(rows) + 4) * ROW)
    key = []
    for kind, (name, alpha) in FILLS.items():
        look = {"facecolor": COLORS[name], "alpha": alpha, "linewidth": 0}
        where = np.argwhere(np.char.startswith(cells, kind))
        boxes = [Rectangle((x[j] - 0.46, i - 0.46), 0.92, 0.92) for i, j in where]
        ax.add_collection(PatchCollection(boxes, label=kind, **look))
        key.append(Patch(label=f"{kind}: {VERDICTS[kind]}", **look))
    for (i, j), cell in np.ndenumerate(cells):
        ax.text(x[j], i, cell, ha="center", va="center", color=COLORS[INKS[cell[0]]])
    ax.set_xticks(x, [name for _, name in heads])
    ax.xaxis.remove_overlapping_locs = False  # the group of one column stands above it
    ax.set_xticks([x[j].mean() for j in groups], [heads[j[0]][0] for j in groups], minor=True)
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(which="both", length=0, labeltop=True, labelbottom=False)
    ax.tick_params(which="minor", pad=18)
    ax.spines[:].set_visible(False)
    ax.set(xlim=(-0.5, x[-1] + 0.5), ylim=(len(rows) - 0.5, -0.5))
    fig.legend(handles=key, loc="outside lower left", ncols=3, labelcolor=COLORS["muted"], **KEY)
    fig.alt = _words(cells, rows, [" ".join(head).strip() for head in heads])
    return fig


def _checked(verdicts, rows, columns):
    cells = checks.rectangular("verdicts", verdicts).astype(str)
    shape = len(rows), len(columns)
    if 0 in shape:
        raise ValueError(f"verdict_map needs at least 1 cell, got labels for {shape}")
    if cells.shape != shape:
        raise ValueError(f"verdicts must have shape {shape}, got {cells.shape}")
    for cell in cells.flat:
        checks.known("a verdict", cell[:1], VERDICTS)
    return cells


def _words(cells, rows, columns):
    said = []
    for row, same in groupby(zip(rows, map(tuple, cells.tolist())), key=lambda pair: pair[1]):
        verdicts = f"all {row[0]}" if len(set(row)) == 1 else ", ".join(row)
        said.append(f"{join([_quoted(name) for name, _ in same])}: {verdicts}")
    kinds = ", ".join(f"{kind} {meaning}" for kind, meaning in VERDICTS.items())
    columns = ", ".join(columns).rstrip(".")
    return f"Grid of verdicts: {kinds}. Columns: {columns}. Rows: {'; '.join(said)}."


def _quoted(name):
    """Keep a label together that has a comma of its own."""
    return f"“{name}”" if "," in name else name
