"""Draw the figures of the site in one picture language.

Hidden unit k always has the color `unit_color(k)`, class 0 and class 1 always theirs. Units
that run together are drawn as one rope; when symmetry breaks, the rope frays into threads.
Every function returns a figure with one panel and an `alt` that says what it shows.
"""

try:
    import matplotlib  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "symbreak.plots draws with matplotlib, which is not installed: pip install matplotlib"
    ) from error

from .curves import costs
from .regions import decision_regions, scatter
from .ropes import draw_line
from .style import COLORS, panel, show_or_save, unit_color
from .traces import threads
from .verdicts import verdict_map
from .weights import matrices

__all__ = [
    "COLORS",
    "costs",
    "decision_regions",
    "draw_line",
    "matrices",
    "panel",
    "scatter",
    "show_or_save",
    "threads",
    "unit_color",
    "verdict_map",
]
