"""Draw hidden units as threads, and tied units as one rope."""

import numpy as np
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.transforms import IdentityTransform

from .style import unit_color

ROPE_WIDTH = 5.5  # points
THREAD_WIDTH = 1.7
BULGE = 0.16  # how far a strand bulges out of the cord, as a part of its width


# The line is cut into slanted pieces. The strand at `place` paints the pieces place, place + count,
# ... so that all strands together cover the line once.
class Strand(AbstractPathEffect):
    """Draw a line as strand `place` of `count` of a twisted cord, `width` points wide."""

    def __init__(self, place: int, count: int, width: float = ROPE_WIDTH):
        super().__init__()
        self.place, self.count, self.width = place, count, width

    def draw_path(self, renderer, gc, tpath, affine, rgbFace=None):
        """Replace the path by the pieces of this strand."""
        color = gc.get_rgb()
        unit = renderer.points_to_pixels(1.0)
        pieces = strand(affine.transform_path(tpath).vertices / unit, self)
        if pieces is None:
            return
        pieces = Path(pieces.vertices * unit, pieces.codes)
        fill = renderer.new_gc()
        fill.copy_properties(gc)
        fill.set_linewidth(0)
        renderer.draw_path(fill, pieces, IdentityTransform(), color)
        fill.restore()


# In points: each piece takes `pitch`, with `gap` of it empty; its upper edge is `slant` ahead.
def strand(vertices, cord, pitch=4.4, slant=3.8, gap=0.45) -> Path | None:
    """Return the closed pieces of one strand along a line (n, 2) in points; None without length."""
    keep = np.r_[True, np.hypot(*np.diff(vertices, axis=0).T) > 1e-9]
    line = vertices[keep]
    if len(line) < 2:
        return None
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(line, axis=0).T))]
    starts = np.arange(cord.place - cord.count, along[-1] / pitch + 1, cord.count) * pitch
    # Corners of a piece, counterclockwise from the lower start; between the two lower and the
    # two upper ones a control point outside the cord lets the strand bulge.
    edge = np.array([0, 0.5, 1]) * (pitch - gap)
    offset = np.r_[edge, edge[::-1] + slant] - slant / 2
    side = np.array([-0.5, -0.5 - BULGE, -0.5, 0.5, 0.5 + BULGE, 0.5]) * cord.width
    at = np.clip(starts[:, None] + offset, 0, along[-1])
    at = at[np.ptp(at, axis=1) > 0]
    corners = _at_length(at, along, line) + _normals(at, along, line) * side[:, None]
    closed = np.concatenate([corners, corners[:, :1]], axis=1).reshape(-1, 2)
    codes = [Path.MOVETO, *[Path.CURVE3] * 2, Path.LINETO, *[Path.CURVE3] * 2, Path.CLOSEPOLY]
    return Path(closed.round(2), np.tile(codes, len(corners)))


def _at_length(at, along, line):
    """Return the points of a line at lengths `at`, of shape (*at.shape, 2)."""
    return np.stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)], axis=-1)


def _normals(at, along, line, reach=2.0):
    """Return unit normals at lengths `at`, of the chord that reaches both ways."""
    ahead = _at_length(np.minimum(at + reach, along[-1]), along, line)
    chord = ahead - _at_length(np.maximum(at - reach, 0), along, line)
    turned = np.stack([-chord[..., 1], chord[..., 0]], axis=-1)
    return turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-12)


def draw_line(ax, x, y, units, **kwargs):
    """Draw a thread for one unit, a rope for several.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    x, y : array_like of shape (n,)
        The points of the line.
    units : list of int
        The units, counted from 0.
    **kwargs
        Passed on to ``ax.plot``.

    Returns
    -------
    list of matplotlib.lines.Line2D
        A line for each unit, in its color.

    Examples
    --------
    >>> from symbreak.plots import panel
    >>> _, ax = panel("Tied")
    >>> [line.get_label() for line in draw_line(ax, [0, 1], [0, 0], [0, 2])]
    ['unit 1', 'unit 3']
    """
    lines = []
    for place, unit in enumerate(units):
        (line,) = ax.plot(
            x, y, color=unit_color(unit), linewidth=THREAD_WIDTH, label=f"unit {unit + 1}",
            solid_capstyle="round", **kwargs,
        )  # fmt: skip
        if len(units) > 1:
            line.set_path_effects([Strand(place, len(units))])
        lines.append(line)
    return lines
