"""Draw paths of gradient descent on a loss of two parameters."""

import numpy as np

from .inputs import by_label, floats
from .style import COLORS, LOOKS, number, panel, styled

LEVELS = 12  # contour lines


@styled
def loss_surface(loss_function, paths, *, xlabel="w[0]", ylabel="w[1]", title="Loss"):
    r"""Draw contour lines of a loss of two parameters, and the paths taken on it.

    Parameters
    ----------
    loss_function : callable
        Takes two arrays of one shape, returns the loss at each pair.
    paths : dict of str to ndarray of shape (n_steps, 2)
        Label of each path and its points, first to last.
    xlabel, ylabel, title : str
        Names of the two parameters, title of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If `paths` is no dictionary, or a path does not hold numbers.
    ValueError
        If there is no path, or if a path is empty, has another shape or is not finite.

    Notes
    -----
    The axes reach around all paths. The contour lines enclose equal shares of the plane shown.

    Examples
    --------
    >>> path = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, 1.5]])
    >>> fig = loss_surface(lambda a, b: (a - 1) ** 2 + b**2, {"zeros": path})
    >>> fig.alt
    'Contour lines of a loss: zeros goes from (0, 0), loss 1, to (1, 1.5), loss 2.25.'
    """
    paths = {label: _read(label, path) for label, path in by_label("paths", paths).items()}
    if not paths:
        raise ValueError("loss_surface needs at least 1 path, got none")
    points = np.concatenate(list(paths.values()))
    least = 1e-3 * np.maximum(np.abs(points).max(axis=0), 1)
    margin = 0.25 * np.maximum(np.ptp(points, axis=0), least)
    (x0, y0), (x1, y1) = points.min(axis=0) - margin, points.max(axis=0) + margin
    a, b = np.meshgrid(np.linspace(x0, x1, 101), np.linspace(y0, y1, 101))
    loss = np.broadcast_to(loss_function(a, b), a.shape)

    fig, ax = panel(title, xlabel=xlabel, ylabel=ylabel, height=3.4)
    levels = np.unique(np.quantile(loss, np.linspace(0, 1, LEVELS + 2)[1:-1]))
    if np.ptp(loss) > 0:
        ax.contour(a, b, loss, levels=levels, colors=COLORS["muted"], linewidths=0.6, alpha=0.6)
    said = []
    for (label, path), (color, style) in zip(paths.items(), LOOKS * len(paths)):
        ax.plot(*path.T, color=color, linestyle=style, linewidth=1.8, label=label)
        ax.plot(*path[0], "o", color=COLORS["paper"], markeredgecolor=color, markersize=6)
        ax.plot(*path[-1], "o", color=color, markeredgecolor=COLORS["paper"], markersize=6.5)
        _label_start(ax, path, label, right=path[0, 0] < (x0 + x1) / 2)
        said.append(f"{label} goes from {_place(path[0], loss_function)}, to "
                    f"{_place(path[-1], loss_function)}")  # fmt: skip
    ax.set(xlim=(x0, x1), ylim=(y0, y1))
    fig.alt = f"Contour lines of a loss: {'; '.join(said)}."
    return fig


def _read(label, path):
    """Return the points of a path (n_steps, 2)."""
    name = f"path {label!r}"
    path = floats(name, path)
    if path.ndim != 2 or path.shape[1] != 2:
        raise ValueError(f"{name} must have shape (n_steps, 2), got {path.shape}")
    return path


def _label_start(ax, path, label, right):
    """Write a label at the start of a path, on the far side of its first steps."""
    up = path[0, 1] >= path[-1, 1]
    ax.annotate(
        label, path[0], xytext=(5 if right else -5, 6 if up else -6), fontsize=10,
        textcoords="offset points", ha="left" if right else "right",
        va="bottom" if up else "top", color=COLORS["ink"],
    )  # fmt: skip


def _place(point, loss_function):
    """Write a point and its loss."""
    a, b = (np.array(float(value)) for value in point)
    return f"({number(a)}, {number(b)}), loss {number(np.squeeze(loss_function(a, b)))}"
