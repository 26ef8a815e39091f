"""Draw what each hidden unit makes of the plane, as small maps side by side."""

import math

import numpy as np
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.patches import Rectangle

from symbreak import checks
from symbreak.activations import ACTIVATIONS
from symbreak.network import forward
from symbreak.symmetry import RTOL, agreement

from .grouping import groups_of
from .inputs import floats
from .labels import name_units
from .regions import check_plane, raster, window
from .style import CLASS_MARKERS, COLORS, number, panel, styled, unit_color

PIXELS = 96  # a side of a map
UNITS, COLUMNS, DOTS = 24, 6, 80  # at most
DUST = 1e-9  # outputs that differ less than this, or than RTOL of the largest, are one
ROOM, LARGEST, GAP, HEAD, FOOT = 4.2, 1.2, 0.1, 0.3, 0.36  # inches
# A raster cannot change with the page: mid-tones of two signs that let it shine through.
NEGATIVE, POSITIVE, FULL = to_rgb("#4f8fd0"), to_rgb("#e0663f"), 0.8


@styled
def units(
    parameters, X, Y=None, *, layer=1, activation="tanh", title="What each hidden unit sees",
):  # fmt: skip
    r"""Draw the output of each unit of a hidden layer over the plane, a small map for each.

    Parameters
    ----------
    parameters : dict of str to ndarray
        "W1", "b1", ..., "WL", "bL" of one run, W1 of shape (n_1, 2).
    X : ndarray of shape (2, m)
        Samples, one a column: the maps reach as far as they do. At most 80 of them are drawn.
        Feature x[0] runs to the right, x[1] upwards.
    Y : ndarray of shape (1, m), optional
        Labels 0 or 1, which color the samples.
    layer : int, default 1
        The hidden layer, 1 to L - 1.
    activation : str, default "tanh"
        Key in `symbreak.activations.ACTIVATIONS`.
    title : str
        Title of the figure.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; `fig.alt` says what it shows.

    Raises
    ------
    TypeError
        If the layer is no integer, or an array does not hold numbers.
    ValueError
        If X or W1 is not for the plane, if there are stacked runs, if the layer is not hidden,
        if Y does not hold a label 0 or 1 for each sample, if the activation does not exist, or
        if an output is not finite.

    Notes
    -----
    Map k shows row k of $A_l$, framed in the color of unit k. All maps share one scale of colors:
    around 0 if the activation is odd (tanh), else from the smallest output to the largest. A
    map that nowhere differs from an earlier one by more than 1e-6 of the largest output is
    named after it, as in "= unit 1". Such units may still send different weights. Of a large
    layer the first 24 units are drawn.

    Examples
    --------
    >>> parameters = {"W1": np.ones((2, 2)), "b1": np.zeros((2, 1)),
    ...               "W2": np.ones((1, 2)), "b2": np.zeros((1, 1))}
    >>> units(parameters, [[-1, 1], [0, 1]]).alt.split(": ")[1]
    'units 1 and 2 are identical.'
    """
    parameters = checks.one_run(parameters)
    layer = checks.layer(parameters, layer, hidden=True)
    g = checks.known("activation", activation, ACTIVATIONS)
    X = check_plane(X)
    Y = None if Y is None else checks.labels(Y, 1, X.shape[1])
    if parameters["W1"].shape[1] != 2:
        raise ValueError(
            f"W1 must have shape (n_1, 2) for maps of the plane, got {parameters['W1'].shape}"
        )
    low, high = window(X)
    _, cache = forward(raster(low, high, PIXELS), parameters, activation=activation)
    A = floats(f"A{layer}", cache[f"A{layer}"])  # (n_l, PIXELS**2)
    n, A = len(A), A[:UNITS]
    room = max(RTOL * np.abs(A).max(), DUST)
    groups = groups_of(agreement([A], rtol=0, atol=room).argmax(axis=1))
    first = {unit: group[0] for group in groups for unit in group}
    flat = np.ptp(A, axis=1) <= room
    limits, colors = _scale(A, g.odd)

    rows = math.ceil(len(A) / COLUMNS)
    columns = math.ceil(len(A) / rows)  # the rows are about equally long
    size = min((ROOM + GAP) / columns - GAP, LARGEST)
    height = rows * (size + HEAD) + FOOT
    fig, ax = panel(title, height=height + 0.35)
    ax.axis("off")
    look = {"cmap": colors, "vmin": limits[0], "vmax": limits[1], "interpolation": "none"}
    dots = np.random.RandomState(0).permutation(X.shape[1])[:DOTS]
    place = ((X[:, dots].T - low) / (high - low)).T  # (2, n_dots), from 0 to 1
    for unit, values in enumerate(A):
        row, column = divmod(unit, columns)
        x, y = column * (size + GAP), -(row + 1) * (size + HEAD)
        pixels, box = values.reshape(PIXELS, PIXELS), (x, x + size, y, y + size)
        ax.imshow(pixels, extent=box, origin="lower", **look)
        _draw_dots(ax, [[x], [y]] + size * place, None if Y is None else Y[:, dots])
        _draw_frame(ax, box, unit_color(unit), 2)
        name = f"unit {unit + 1}" if first[unit] == unit else f"= unit {first[unit] + 1}"
        _write(ax, x + size / 2, y + size + 0.05, name)
    _draw_key(ax, 0.1 - height, look, limits)
    ax.set(xlim=(-0.02, ROOM + 0.02), ylim=(-height, 0), aspect="equal", anchor="W")
    fig.alt = _words(A, flat, n, layer, groups)
    return fig


def _scale(A, odd):
    """Return the ends of the scale, and its colors: transparent at 0, or at the lowest output."""
    low, high = float(A.min()), float(A.max())
    up = [(*POSITIVE, alpha) for alpha in np.linspace(0, FULL, 32)]
    if odd:
        reach = max(-low, high)
        reach = reach if reach > DUST else 1.0
        down = [(*NEGATIVE, alpha) for *_, alpha in up[:0:-1]]
        return (-reach, reach), ListedColormap(down + up)
    if high - low <= DUST:
        low, high = min(0.0, low), max(1.0, high)
    return (low, high), ListedColormap(up)


def _draw_dots(ax, points, Y):
    """Draw samples as dots, in the colors of their classes if there are labels."""
    kinds = [(points, CLASS_MARKERS[0], "muted")]
    if Y is not None:
        kinds = [
            (points[:, Y[0] == label], marker, f"class-{label}")
            for label, marker in enumerate(CLASS_MARKERS)
        ]
    for some, marker, name in kinds:
        ax.plot(
            *some, marker, color=COLORS[name], markersize=2.1,
            markeredgecolor=COLORS["paper"], markeredgewidth=0.2,
        )  # fmt: skip


def _draw_frame(ax, box, color, linewidth):
    x0, x1, y0, y1 = box
    look = {"edgecolor": color, "linewidth": linewidth, "fill": False}
    ax.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, **look))


def _draw_key(ax, y, look, limits):
    """Draw the scale of colors and write its ends."""
    box = (0, 1, y, y + 0.13)
    ax.imshow(np.linspace(*limits, PIXELS)[None], extent=box, **look)
    _draw_frame(ax, box, COLORS["muted"], 0.7)
    ends = f"output, from {number(limits[0])} to {number(limits[1])}"
    _write(ax, 1.1, y + 0.06, ends, COLORS["muted"], ha="left", va="center_baseline")


def _write(ax, x, y, text, color=COLORS["ink"], *, ha="center", va="bottom"):
    ax.text(x, y, text, color=color, ha=ha, va=va, fontsize=9.5)


def _words(A, flat, n, layer, groups):
    """Say how many maps there are, and which are identical or the same everywhere."""
    said = [] if len(A) == 1 or len(groups) < len(A) else ["no two are identical"]
    for group in groups:
        value = f"{number(A[group[0], 0])} everywhere" if flat[group[0]] else ""
        if len(group) > 1:
            said.append(f"{name_units(group)} are identical{value and f', {value}'}")
        elif value:
            said.append(f"{name_units(group)} is {value}")
    what = f"{n} hidden unit{'s' * (n > 1)}"
    if len(A) < n:
        what = f"the first {len(A)} of {what}"
    span = (
        "" if flat.all() and len(groups) == 1 else f", from {number(A.min())} to {number(A.max())}"
    )
    found = f": {'; '.join(said)}" if said else ""
    maps = f"Map{'s' * (len(A) > 1)} of the output"
    return f"{maps} of {what} of layer {layer} over the plane{span}{found}."
