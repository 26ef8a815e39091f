"""Draw how the weights of the hidden units move."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from symbreak import checks

from .grouping import groups_of, stretches, tied_at
from .inputs import ends, floats
from .labels import label_ends, name_units
from .ropes import draw_line
from .style import COLORS, number, panel, styled, unit_color

# name -> how an iteration becomes a position on the axis, and back
SCALES = {
    "linear": (lambda t: t, lambda x: x),
    "sqrt": (lambda t: np.sqrt(np.maximum(t, 0)), np.square),
    "log": (lambda t: np.log1p(np.maximum(t, 0)), np.expm1),
}


@styled
def threads(history, name="W1", column=0, *, scale="linear", ylim=None, title=None):
    r"""Draw one entry of every hidden unit over the iterations, tied units as one rope.

    Parameters
    ----------
    history : object
        What `train` returns when it is called with ``snapshots=...``: it has `snapshots`
        and `weights(name)`, which returns iterations of shape (n_snapshots,) and values of
        shape (n_snapshots, n_units, n_entries).
    name : str
        Name of the parameter. The vector "w" of logistic regression, of shape (n_x, 1), is
        read as the one row of a single unit.
    column : int
        Which entry of each unit: $W_{k,\mathrm{column}}$.
    scale : {"linear", "sqrt", "log"}
        Spacing of the iterations; "log" is $\log(1 + t)$ and so has a place for 0.
    ylim : tuple of float, optional
        Ends of the vertical axis, for pictures that are to be compared.
    title : str, optional
        Title; the entry's name without it.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If the name or the scale is no text, or the column no integer.
    ValueError
        If the history holds fewer than 2 snapshots or stacked runs, if the name, the column
        or the scale does not exist, if the parameter is no matrix, or if `ylim` is not two
        different numbers.

    Notes
    -----
    Units form a rope while *all* their entries in this parameter are closer than 1.2 % of
    the entry's range over all units and snapshots, for at least 4 % of the axis. A rope
    says that the picture cannot tell the units apart, not that they are equal to the last
    bit.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> history = SimpleNamespace(
    ...     snapshots={0: {"W1": 0}, 10: {"W1": 0}},
    ...     weights=lambda name: ([0, 10], np.array([[[0.0], [0.0]], [[0.5], [0.5]]])),
    ... )
    >>> threads(history).alt
    'Line plot of W1[:, 0] over iterations 0 to 10: units 1 and 2 are one rope from 0 to 0.5.'
    """
    forward, _ = checks.known("scale", scale, SCALES)
    t, values = _entries(history, name)
    ylim = ends("ylim", ylim)
    column = checks.integer(f"column of {name}", column, 0, values.shape[-1] - 1)
    group = tied_at(values, x=forward(t))
    entry = f"w[{column}]" if name == "w" else f"{name}[:, {column}]"
    fig, ax = iteration_panel(title or entry, entry, scale, t[0], t[-1])
    ax.set_ylim(*(ylim or _limits(values[:, :, column])))
    ax.axhline(0, color=COLORS["grid"], linewidth=0.9, zorder=0)
    for first, last, members in stretches(group):
        y = values[first : last + 1, members, column].mean(axis=1)
        draw_line(ax, t[first : last + 1], y, members, clip_on=ylim is not None)
    final = groups_of(group[-1])
    inside = values[:, :, column].clip(*sorted(ax.get_ylim()))
    label_ends(fig, ax, [_end_label(t, inside, g) for g in final])
    fig.alt = _describe(entry, t, values[:, :, column], group)
    return fig


def _entries(history, name):
    """Return the iterations (n_snapshots,) and a parameter (n_snapshots, n_units, n_entries)."""
    snapshots = getattr(history, "snapshots", None) or {}
    if len(snapshots) < 2:
        raise ValueError(
            "threads needs a history with at least 2 snapshots, "
            f"got {len(snapshots)}: pass snapshots=range(...) to train"
        )
    checks.known("name", name, next(iter(snapshots.values())))
    t, values = history.weights(name)
    t, values = np.asarray(t, dtype=float), floats(name, values)
    if values.ndim < 3:
        raise ValueError(f"threads draws rows of a matrix, got {name} of shape {values.shape[1:]}")
    if values.ndim > 3:
        raise ValueError(
            f"history must be that of one run, got {name} of shape {values.shape[1:]}; "
            "pick a run r of each snapshot: {name: array[r] for name, array in snapshot.items()}"
        )
    if name == "w":
        values = values.transpose(0, 2, 1)
    return t, values


def _end_label(t, values, members):
    """Return x, y, text and leader color of the label of one group."""
    text = f"unit {members[0] + 1}"
    if len(members) > 1:
        text = f"{len(members)} units,\none rope"
    return t[-1], values[-1, members].mean(), text, unit_color(members[0])


def _limits(values):
    """Return the range of the values with a margin, and (-1, 1) when nothing moves off zero."""
    low, high = values.min(), values.max()
    if max(abs(low), abs(high)) < 1e-9:
        return -1.0, 1.0
    margin = 0.06 * (high - low) or 0.5 * abs(high)
    return low - margin, high + margin


def iteration_panel(title, ylabel, scale, first, last):
    """Make a panel whose horizontal axis is the iterations from first to last."""
    functions = checks.known("scale", scale, SCALES)
    spacing = "" if scale == "linear" else f" ({scale} scale)"
    fig, ax = panel(title, xlabel=f"iteration{spacing}", ylabel=ylabel)
    ax.set_xscale("function", functions=functions)
    ax.set_xlim(first, last)
    ax.set_xticks(iteration_ticks(float(first), float(last), scale))
    return fig, ax


def iteration_ticks(first: float, last: float, scale: str) -> list[float]:
    """Return the iterations to mark on an axis, not crowded."""
    if scale == "linear":
        ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10], integer=True).tick_values(first, last)
    elif scale == "sqrt":  # the ends and whole ones between them
        between = [round(first + (last - first) * part) for part in (0.1, 0.25, 0.5)]
        ticks = [first, *between, last]
    else:  # 0 and powers of ten
        ticks = [0, *(10**power for power in range(len(str(int(last)))))]
    ticks = sorted({float(tick) for tick in ticks if first <= tick <= last})
    return ticks if len(ticks) > 1 else [first, last]


def _describe(entry, t, values, group):
    """Write the alt text from the groups at the first and the last snapshot."""
    final = groups_of(group[-1])
    ropes = [g for g in groups_of(group[0]) if len(g) > 1 and g not in final]
    parts = [f"{name_units(g)} start as one rope" for g in ropes]
    for members in final:
        start, end = (number(v) for v in values[[0, -1]][:, members].mean(axis=1))
        path = f"at {start} throughout" if np.ptp(values[:, members]) < 1e-9 else (
            f"from {start} to {end}")  # fmt: skip
        kind = "goes" if len(members) == 1 else "are one rope"
        parts.append(f"{name_units(members)} {kind} {path}".replace("goes at", "stays at"))
    span = f"{number(t[0])} to {number(t[-1])}"
    return f"Line plot of {entry} over iterations {span}: {'; '.join(parts)}."
