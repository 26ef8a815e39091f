"""Draw samples in the plane and the regions a classifier cuts it into."""

import numpy as np
from matplotlib.colors import to_rgb

from symbreak import checks

from .style import CLASS_MARKERS, COLORS, panel, styled

PIXELS = 160  # a side of the raster
# A raster cannot change with the page: mid-tones of both classes that let it shine through.
TINTS = (*to_rgb("#7d93ad"), 0.34), (*to_rgb("#cf9a3a"), 0.34)


@styled
def scatter(X, Y, *, title="Samples"):
    r"""Draw the samples of two classes.

    Parameters
    ----------
    X : ndarray of shape (2, m)
        Samples, one a column.
    Y : ndarray of shape (1, m)
        Labels 0 or 1.
    title : str
        Title of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If X or Y does not hold numbers.
    ValueError
        If X is not in the plane, a number is not finite, or Y does not hold a label 0 or 1 for
        each sample.

    Examples
    --------
    >>> fig = scatter(np.array([[0.0, 1, 2], [0, 1, 0]]), np.array([[0, 1, 1]]))
    >>> fig.alt
    'Scatter plot of 3 samples in the plane: 1 of class 0 (circles), 2 of class 1 (triangles).'
    """
    X = check_plane(X)
    Y = checks.labels(Y, 1, X.shape[1])
    fig, ax = _plane(title)
    _draw_samples(ax, X, Y)
    ax.set_aspect("equal", adjustable="datalim")
    fig.alt = (
        f"Scatter plot of {X.shape[1]} samples in the plane: {np.sum(Y == 0)} of class 0 "
        f"(circles), {np.sum(Y == 1)} of class 1 (triangles)."
    )
    return fig


@styled
def decision_regions(predict, X, Y, *, title="Decision regions"):
    r"""Draw the regions of the two classes, with the samples on top.

    Parameters
    ----------
    predict : callable
        Takes points of shape (2, k), returns labels (or probabilities) of shape (1, k).
    X : ndarray of shape (2, m)
        Samples, one a column.
    Y : ndarray of shape (1, m)
        Labels 0 or 1.
    title : str
        Title of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If X or Y does not hold numbers.
    ValueError
        If X is not in the plane, a number is not finite, Y does not hold a label 0 or 1 for each
        sample, or predict returns another shape.

    Notes
    -----
    A point belongs to class 1 where $\hat y > 1/2$.

    Examples
    --------
    >>> X, Y = np.array([[0.0, 1, 2], [0, 1, 0]]), np.array([[0, 1, 1]])
    >>> fig = decision_regions(lambda points: points[:1] > 0.5, X, Y)
    >>> fig.alt.split("and ")[-1]
    '100% of the samples lie in the region of their class.'
    """
    X = check_plane(X)
    Y = checks.labels(Y, 1, X.shape[1])
    low, high = window(X)
    points = raster(low, high, PIXELS)
    labels = np.asarray(predict(points)) > 0.5
    if labels.size != points.shape[1]:
        raise ValueError(f"predict must return shape (1, {points.shape[1]}), got {labels.shape}")
    labels = labels.reshape(PIXELS, PIXELS)

    fig, ax = _plane(title)
    ax.imshow(
        np.array(TINTS)[labels.astype(int)], extent=(low[0], high[0], low[1], high[1]),
        origin="lower", interpolation="none", aspect="auto",
    )  # fmt: skip
    _draw_samples(ax, X, Y)
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    right = np.mean((np.asarray(predict(X)).reshape(1, -1) > 0.5) == (Y > 0.5))
    fig.alt = (
        f"Decision regions of {X.shape[1]} samples in the plane: class 1 takes "
        f"{labels.mean():.0%} of the area shown, and {right:.0%} of the samples "
        "lie in the region of their class."
    )
    return fig


def check_plane(X):
    """Return X (2, m) as an array, or say what does not fit."""
    return checks.moderate("X", checks.data(X, 2)).astype(float)


def window(X):
    """Return the lowest and the highest corner (2,) of the plane around the samples."""
    low, high = X.min(axis=1), X.max(axis=1)
    margin = np.where(high > low, 0.08 * (high - low), np.maximum(1.0, 0.08 * np.abs(low)))
    return low - margin, high + margin


def raster(low, high, pixels):
    """Return the centers (2, pixels**2) of square pixels, row by row from below."""
    axes = [np.linspace(low[i], high[i], 2 * pixels + 1)[1::2] for i in (0, 1)]
    return np.stack(np.meshgrid(*axes)).reshape(2, -1)


def _plane(title):
    """Open a panel whose axes are the two features."""
    return panel(title, xlabel="x[0]", ylabel="x[1]", height=3.6)


def _draw_samples(ax, X, Y):
    """Draw each class with its color and its marker."""
    for label, marker in enumerate(CLASS_MARKERS):
        ax.plot(
            *X[:, Y[0] == label], marker, markersize=4.6 if marker == "o" else 5.2,
            color=COLORS[f"class-{label}"], markeredgecolor=COLORS["paper"],
            markeredgewidth=0.5, label=f"class {label}",
        )  # fmt: skip
