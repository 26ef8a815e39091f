"""A figure twice: as an SVG that follows the page's colours, and as text for the record."""

import io
import math
import re

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Text


def publish(figure: Figure, *, salt: str) -> dict:
    """Return what the page and the record need: alt text, caption, size, SVG and summary.

    An example sets `fig.alt` (what is shown; the functions of `symbreak.plots` do) and, if its
    header docstring is not the conclusion of this very figure, `fig.caption`.
    """
    return {
        "alt": " ".join(getattr(figure, "alt", "").split()),
        "caption": " ".join(getattr(figure, "caption", "").split()),
        "size": [round(96 * inches) for inches in figure.get_size_inches()],  # in CSS pixels
        "svg": svg(figure, salt=salt),
        "summary": summary(figure),
    }


def png(figure: Figure) -> bytes:
    """Return the figure as a picture for a notebook, which has one color scheme."""
    from symbreak.plots.style import COLORS

    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=110, facecolor=COLORS["paper"])
    return file.getvalue()


# One font, and what the browser has: matplotlib would name nine others in every text.
DRAWN = {"svg.fonttype": "none", "font.sans-serif": ["DejaVu Sans", "sans-serif"]}
# matplotlib sets it for every element of the page that the figure stands in.
STYLE = re.compile(r"<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>\s*")

# SVG ------------------------------------------------------------------------------------------


def svg(figure: Figure, *, salt: str) -> str:
    """Return the figure as an `<svg>` element for a page, the same bytes at every call.

    Text stays text, and the colours of `symbreak.plots` become CSS variables, so that one
    picture serves the light and the dark scheme.
    """
    file = io.BytesIO()
    with matplotlib.rc_context(DRAWN | {"svg.hashsalt": salt}):
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    return _shrink(_themed(_element(file.getvalue().decode())))


def _element(text: str) -> str:
    """Drop the prologue, the metadata and the size in points; keep the view box."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    style = STYLE.search(text)
    view_box = re.search(r'viewBox="([^"]+)"', text)[1]
    width, height = (float(number) * 4 / 3 for number in view_box.split()[2:])  # pt -> px
    head = (
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{view_box}" '
        f'width="{width:.0f}" height="{height:.0f}" xmlns="http://www.w3.org/2000/svg" '
        f'style="{style[1] if style else ""}">'
    )
    return head + STYLE.sub("", text[text.index(">") + 1 :]).strip()


def _themed(text: str) -> str:
    from symbreak.plots.style import COLORS

    variables = {value.lower(): f"var(--sb-{name})" for name, value in COLORS.items()}
    return re.sub(
        r"#[0-9a-fA-F]{6}\b", lambda found: variables.get(found[0].lower(), found[0]), text
    )


def _shrink(text: str) -> str:
    """Round coordinates to a tenth of a point and drop the ids that nothing refers to."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", text)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r'(?<= )(?:d|x|y)="[^"]*"', _round, text)
    text = re.sub(r"\n\s*", "\n", text)
    text = re.sub(r" ?\n(?=[A-Z] )", " ", text)  # one path, one line
    return MARKERS.sub(_markers, text)


# Eight or more markers of one shape and style: all points of a scatter plot, no ticks.
MARKERS = re.compile(
    r'<use xlink:href="#(\w+)" x="\S+" y="\S+"( style="[^"]*")/>\n'
    r'(?:<use xlink:href="#\1" x="\S+" y="\S+"\2/>\n){7,}'
)


def _markers(found: re.Match) -> str:
    """Draw them as the corners of one line without a stroke: a quarter of the text."""
    points = re.findall(r'x="(\S+)" y="(\S+)"', found[0])
    name = f"{found[1]}-{found.start()}"
    return (
        f'<marker id="{name}" overflow="visible" markerUnits="userSpaceOnUse">'
        f'<use xlink:href="#{found[1]}"{found[2]}/></marker>\n'
        f'<polyline style="fill: none; marker: url(#{name})" points="'
        + " ".join(",".join(point) for point in points)
        + '"/>\n'
    )


def _round(attribute: re.Match) -> str:
    return re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.1f}", attribute[0])


# Text -----------------------------------------------------------------------------------------


def summary(figure: Figure) -> str:
    """Describe titles, axes and every artist by a few numbers that survive another CPU."""
    return "\n".join(
        line for number, axes in enumerate(figure.axes, start=1) for line in _axes(axes, number)
    )


def _axes(axes: Axes, number: int) -> list[str]:
    titles = [axes.get_title(loc) for loc in ("left", "center", "right")]
    lines, spans = [f"axes {number}: {' '.join(filter(None, titles))!r}"], []
    for letter, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        low, high = map(float, axis.get_view_interval())
        spans.append(span := abs(high - low) or 1.0)
        label = f" {axis.get_label_text()!r}" if axis.get_label_text() else ""
        lines.append(f"  {letter}{label} {axis.get_scale()} {_at(low, span)} .. {_at(high, span)}")
    lines += [
        f"  {text}"
        for artist in axes.get_children()
        if artist.get_visible() and not isinstance(artist, Spine) and artist is not axes.patch
        if (text := _artist(artist, *spans)) not in ("", *(f"text {t!r}" for t in titles))
    ]
    legend = axes.get_legend()
    if legend:
        lines.append(f"  legend {[text.get_text() for text in legend.get_texts()]}")
    return lines


def _artist(artist, x_span: float, y_span: float) -> str:
    match artist:
        case Line2D():
            x, y = (np.asarray(data, dtype=float) for data in artist.get_data(orig=False))
            color = matplotlib.colors.to_hex(artist.get_color())
            width = f"{artist.get_linewidth():.2g} pt"
            said = f"line{_label(artist)} {color} {width}, {len(x)} points"
            return f"{said}: x {_series(x, x_span)}; y {_series(y, y_span)}"
        case PathCollection():
            x, y = np.ma.filled(artist.get_offsets(), math.nan).T
            said = f"points{_label(artist)} {len(x)}"
            return f"{said}: x {_series(x, x_span)}; y {_series(y, y_span)}"
        case Collection():
            return f"{type(artist).__name__}{_label(artist)} of {len(artist.get_paths())} paths"
        case AxesImage():
            data = np.ma.filled(artist.get_array(), math.nan).astype(float)
            return f"image {'x'.join(map(str, data.shape))}: mean {np.nanmean(data):.2f}"
        case Patch():
            return f"{type(artist).__name__}{_label(artist)}"
        case Text() if artist.get_text():
            return f"text {artist.get_text()!r}"
    return ""


def _label(artist) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") or not label else f" {label!r}"


def _series(values: np.ndarray, span: float) -> str:
    values = values[np.isfinite(values)]
    if not values.size:
        return "none"
    named = {
        "first": values[0],
        "last": values[-1],
        "min": values.min(),
        "max": values.max(),
        "mean": values.mean(),
    }
    return ", ".join(f"{name} {_at(value, span)}" for name, value in named.items())


def _at(value: float, span: float) -> str:
    """Print with about four digits of the axis: what is smaller cannot be seen and may be noise."""
    decimals = min(max(3 - math.floor(math.log10(span)), 1), 12)
    return f"{round(float(value), decimals) + 0.0:.{decimals}f}"
