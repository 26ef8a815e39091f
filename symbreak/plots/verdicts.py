"""Draw what became of many starts as a grid of verdicts."""

from itertools import groupby

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from symbreak import checks

from .inputs import by_label, texts
from .labels import join
from .style import COLORS, panel, styled

VERDICTS = {"S": "weights stuck", "1": "one effective unit", "D": "distinct units"}
# The worse, the fuller: failures stand out, in any scheme and without seeing color.
FILLS = {"S": ("accent", 1), "1": ("accent", 0.22), "D": ("grid", 0.3)}
INKS = {"S": "paper", "1": "ink", "D": "ink"}
CELL, ROW, GAP = 0.46, 0.26, 0.09  # inches
LETTER = 0.07  # inches: about the mean width of a letter of 9.5 pt


@styled
def verdict_map(verdicts, *, rows, columns, title="Verdicts"):
    r"""Draw a grid of verdicts: S, 1 or D.

    Parameters
    ----------
    verdicts : array_like of str, of shape (n_rows, n_columns)
        Each starts with "S" (weights stuck: none ever moves), "1" (one effective unit) or "D"
        (distinct units). What follows is shown as it is, as in "D+": the caption explains it.
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
    columns = {
        group: texts(f"columns[{group!r}]", names)
        for group, names in by_label("columns", columns).items()
    }
    cells = _checked(verdicts, rows, columns)
    x = _places(columns)
    left = LETTER * max(map(len, rows)) + 0.15
    right = max(x[-1] + CELL, 4.25 - left)  # leaves room for the key
    top, bottom = (1 + any(columns)) * ROW, -(len(rows) + 2) * ROW
    fig, ax = panel(title, height=top - bottom + 0.35, width=left + right + 0.1)
    ax.axis("off")
    _draw_cells(ax, cells, x)
    _draw_labels(ax, rows, columns, x)
    _draw_key(ax, -left, bottom + 0.5 * ROW)
    ax.set(xlim=(-left, right), ylim=(bottom, top))
    fig.alt = _words(cells, rows, columns)
    return fig


def _checked(verdicts, rows, columns):
    cells = checks.rectangular("verdicts", verdicts).astype(str)
    shape = len(rows), sum(map(len, columns.values()))
    if 0 in shape:
        raise ValueError(f"verdict_map needs at least 1 cell, got labels for {shape}")
    if cells.shape != shape:
        raise ValueError(f"verdicts must have shape {shape}, got {cells.shape}")
    for cell in cells.flat:
        checks.known("a verdict", cell[:1], VERDICTS)
    return cells


def _places(columns):
    """Return the left ends of the columns, with a gap between groups."""
    x, left = [], 0.0
    for names in columns.values():
        x += [left + CELL * j for j in range(len(names))]
        left += CELL * len(names) + GAP
    return x


def _box(x, y):
    return Rectangle((x + 0.02, y + 0.02), CELL - 0.04, ROW - 0.04)


def _fill(ax, boxes, kind):
    name, alpha = FILLS[kind]
    look = {"facecolor": COLORS[name], "alpha": alpha, "linewidth": 0}
    ax.add_collection(PatchCollection(boxes, label=kind, **look))


def _draw_cells(ax, cells, x):
    boxes = {kind: [] for kind in VERDICTS}
    for i, row in enumerate(cells):
        for left, cell in zip(x, row):
            boxes[cell[0]].append(_box(left, -(i + 1) * ROW))
            _write(ax, left + CELL / 2, -(i + 0.5) * ROW, str(cell), color=COLORS[INKS[cell[0]]])
    for kind in VERDICTS:
        if boxes[kind]:
            _fill(ax, boxes[kind], kind)


def _draw_labels(ax, rows, columns, x):
    for i, name in enumerate(rows):
        _write(ax, -0.08, -(i + 0.5) * ROW, name, ha="right")
    places = iter(x)
    for group, names in columns.items():
        lefts = [next(places) for _ in names]
        if group:
            _write(ax, np.mean(lefts) + CELL / 2, 1.4 * ROW, group)
        for left, name in zip(lefts, names):
            _write(ax, left + CELL / 2, 0.5 * ROW, name, color=COLORS["muted"], fontsize=9)


def _draw_key(ax, left, y):
    for kind, meaning in VERDICTS.items():
        _fill(ax, [Rectangle((left, y - 0.09), 0.22, 0.18)], kind)
        _write(ax, left + 0.11, y, kind, color=COLORS[INKS[kind]], fontsize=9)
        _write(ax, left + 0.28, y, meaning, ha="left", color=COLORS["muted"], fontsize=9)
        left += 0.4 + LETTER * len(meaning)


def _write(ax, x, y, text, **look):
    look = {"ha": "center", "va": "center", "fontsize": 9.5, "color": COLORS["ink"], **look}
    ax.text(x, y, text, **look)


def _words(cells, rows, columns):
    heads = [f"{group} {name}".strip() for group, names in columns.items() for name in names]
    said = []
    for row, same in groupby(zip(rows, map(tuple, cells.tolist())), key=lambda pair: pair[1]):
        verdicts = f"all {row[0]}" if len(set(row)) == 1 else ", ".join(row)
        said.append(f"{join([_quoted(name) for name, _ in same])}: {verdicts}")
    kinds = ", ".join(f"{kind} {meaning}" for kind, meaning in VERDICTS.items())
    columns = ", ".join(heads).rstrip(".")
    return f"Grid of verdicts: {kinds}. Columns: {columns}. Rows: {'; '.join(said)}."


def _quoted(name):
    """Keep a label together that has a comma of its own."""
    return f"“{name}”" if "," in name else name
