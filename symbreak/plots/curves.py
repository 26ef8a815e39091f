"""Draw cost curves."""

import reprlib

import numpy as np

from symbreak import checks

from .inputs import by_label, ends, floats
from .labels import label_ends
from .style import COLORS, LOOKS, number, styled
from .traces import iteration_panel


@styled
def costs(curves, *, marks=None, scale="linear", ylim=None, title="Cost", ylabel="cost"):
    r"""Draw cost over iterations, each curve labeled at its end.

    Parameters
    ----------
    curves : dict of str to history or to (iterations, costs)
        Label of each curve and its values. A history has `iterations` of shape
        (n_recorded,), ascending, and `costs` of shape (n_recorded, ...runs); runs are drawn as
        thin lines around their median.
    marks : dict of str to float, optional
        Costs worth comparing with, drawn as horizontal lines, such as ``{"ln 2": 0.693}``.
    scale : {"linear", "sqrt", "log"}
        Spacing of the iterations, as in `threads`.
    ylim : tuple of float, optional
        Ends of the vertical axis.
    title, ylabel : str
        Title, and meaning of the vertical axis, with which `fig.alt` begins.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If `curves` or `marks` is no dictionary, or a curve is neither a history nor a pair.
    ValueError
        If there is no curve, the lengths differ, iterations do not ascend, a number is not
        finite, the scale does not exist, or `ylim` is not two different numbers.

    Examples
    --------
    >>> costs({"zeros": ([0, 10], [0.7, 0.7])}, marks={"ln 2": np.log(2)}).alt
    'Cost over iterations 0 to 10: zeros stays at 0.7. Marked: ln 2 at 0.693.'
    """
    data = {label: _read(label, curve) for label, curve in by_label("curves", curves).items()}
    if not data:
        raise ValueError("costs needs at least 1 curve, got none")
    marks, ylim = _read_marks(marks), ends("ylim", ylim)
    first, last = (pick(pick(t) for t, _ in data.values()) for pick in (min, max))
    fig, ax = iteration_panel(title, ylabel, scale, first, last)
    labels, said = [], []
    for (label, (t, runs)), (color, style) in zip(data.items(), LOOKS * len(data)):
        middle = np.median(runs, axis=1)
        if runs.shape[1] > 1:
            ax.plot(t, runs, color=color, linewidth=0.7, alpha=0.35)
        ax.plot(t, middle, color=color, linestyle=style, linewidth=1.8, label=label)
        labels.append((t[-1], middle[-1], label, color))
        start, end = number(middle[0]), number(middle[-1])
        said.append(
            f"{label} stays at {start}" if np.ptp(middle) < 1e-3 * abs(middle[0])
            else f"{label} goes from {start} to {end}"
        )  # fmt: skip
    for text, cost in marks.items():
        ax.axhline(cost, color=COLORS["muted"], linewidth=0.9, linestyle=(0, (2, 3)), zorder=0)
        labels.append((last, cost, text, COLORS["muted"]))
    ax.set_ylim(*(ylim or ax.get_ylim()))
    label_ends(fig, ax, labels)
    noted = ", ".join(f"{text} at {number(cost)}" for text, cost in marks.items())
    what, span = ylabel or title, f"{number(first)} to {number(last)}"
    fig.alt = f"{what[:1].upper()}{what[1:]} over iterations {span}: {'; '.join(said)}."
    fig.alt += f" Marked: {noted}." if noted else ""
    return fig


def _read(label, curve):
    """Return iterations (n,) and costs (n, n_runs) of a history or a pair."""
    if hasattr(curve, "iterations") and hasattr(curve, "costs"):
        curve = curve.iterations, curve.costs
    if not isinstance(curve, (tuple, list)) or len(curve) != 2:
        raise TypeError(
            f"curve {label!r} must be a history or a pair (iterations, costs), "
            f"got {reprlib.repr(curve)}"
        )
    t = floats(f"iterations of curve {label!r}", curve[0])
    values = floats(f"costs of curve {label!r}", curve[1])
    if t.ndim != 1 or len(t) < 2 or values.shape[:1] != t.shape:
        raise ValueError(
            f"curve {label!r} needs at least 2 iterations and as many costs, "
            f"got shapes {t.shape} and {values.shape}"
        )
    if t[0] < 0 or (np.diff(t) <= 0).any():
        raise ValueError(
            f"iterations of curve {label!r} must ascend, the first at least 0, "
            f"got {reprlib.repr(t.tolist())}"
        )
    return t, values.reshape(len(t), -1)


def _read_marks(marks):
    """Return the costs to mark, {} if there are none."""
    marks = by_label("marks", {} if marks is None else marks)
    return {text: checks.moderate_number(f"marks[{text!r}]", cost) for text, cost in marks.items()}
