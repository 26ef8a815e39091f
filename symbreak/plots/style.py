"""Define the colors, the page size and the text that every figure shares."""

import functools

import matplotlib.pyplot as plt

from symbreak import checks

# The light scheme. docs/assets/figures.css holds the same names for light and dark pages.
COLORS = {
    "ink": "#1f2328",
    "muted": "#5c6570",
    "grid": "#d5d9de",
    "paper": "#ffffff",
    "unit-1": "#2b4faf",
    "unit-2": "#dd721c",
    "unit-3": "#349788",
    "unit-4": "#9c2a67",
    "unit-5": "#866bb5",
    "unit-6": "#8f5d33",
    "unit-7": "#084c11",
    "unit-8": "#1097ea",
    "class-0": "#5a6b7d",
    "class-1": "#b07d22",
    "accent": "#b0160f",
}
CLASS_MARKERS = ("o", "^")
# Curves and paths compare runs, not units: no color of a unit here.
LOOKS = [(COLORS[name], style) for style in ("-", "--", ":") for name in ("accent", "ink", "muted")]
WIDTH = 4.4  # inches: two figures side by side on a page, one on a phone
RC = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "axes.titlesize": 11,
    "svg.fonttype": "none",
    "svg.hashsalt": "symbreak",
    "figure.max_open_warning": 0,  # the caller collects the open figures
}


def styled(draw):
    """Return the drawing function, run under the settings of RC."""

    @functools.wraps(draw)
    def _draw_styled(*args, **kwargs):
        with plt.rc_context(RC):
            drawn = draw(*args, **kwargs)
            interactive = plt.isinteractive()
        # In a notebook the first figure loads what shows all of them, which switches this on.
        plt.interactive(interactive)
        return drawn

    return _draw_styled


def unit_color(unit):
    """Return the color of a hidden unit.

    Parameters
    ----------
    unit : int
        Index k of the unit, counted from 0. Unit k and unit k + 8 share a color.

    Returns
    -------
    str
        Hexadecimal color of the light scheme.

    Raises
    ------
    TypeError
        If `unit` is no integer.
    ValueError
        If it is negative.

    Examples
    --------
    >>> unit_color(0) == COLORS["unit-1"] == unit_color(8)
    True
    """
    return COLORS[f"unit-{checks.integer('unit', unit, 0) % 8 + 1}"]


def panel(title, *, xlabel="", ylabel="", height=2.9):
    """Make a transparent figure with one set of axes, in the look of the site.

    Parameters
    ----------
    title, xlabel, ylabel : str
        Title, and meanings of the axes.
    height : float
        In inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    matplotlib.axes.Axes
        Its axes.

    Examples
    --------
    >>> fig, ax = panel("Cost", xlabel="iteration")
    >>> ax.get_xlabel()
    'iteration'
    """
    fig, ax = plt.subplots(figsize=(WIDTH, height), layout="constrained")
    fig.patch.set_alpha(0)
    ax.patch.set_alpha(0)
    ax.set_title(title, color=COLORS["ink"], loc="left")
    ax.set_xlabel(xlabel, color=COLORS["muted"])
    ax.set_ylabel(ylabel, color=COLORS["muted"])
    ax.tick_params(
        which="both", color=COLORS["muted"], labelcolor=COLORS["muted"], labelsize=9.5, width=0.7
    )
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set(color=COLORS["muted"], linewidth=0.7)
    return fig, ax


def number(value: float) -> str:
    """Write a finite number with 3 significant digits for alt text."""
    if abs(value) < 1e-9:
        return "0"
    rounded = float(f"{value:.2e}")
    return f"{rounded:.15g}" if 1e-4 <= abs(rounded) < 1e6 else f"{rounded:.3g}"


def show_or_save(stem):
    """Show all open figures in windows, or save them where there is no screen.

    Parameters
    ----------
    stem : str
        Name of the files, without a suffix: figure 2 becomes ``<stem>-2.png``.

    Returns
    -------
    list of str
        The files that were written; empty if the figures were shown.
    """
    if plt.get_backend().lower() not in ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template"):
        plt.show()
        return []
    names = [f"{stem}-{number}.png" for number in plt.get_fignums()]
    for number, name in zip(plt.get_fignums(), names):
        plt.figure(number).savefig(name, dpi=200, facecolor=COLORS["paper"])
    if names:
        print("saved", *names)
    return names
