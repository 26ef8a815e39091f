"""Write labels beside the ends of lines, and lists in words."""

import numpy as np

from .style import COLORS


def spread(positions, gap, low: float, high: float):
    """Return the positions (n,), moved apart until labels of size `gap` do not overlap."""
    wanted = np.asarray(positions, dtype=float)
    size = np.broadcast_to(np.asarray(gap, dtype=float), wanted.shape)
    order = np.argsort(wanted, kind="stable")
    y, half = wanted[order].copy(), size[order] / 2
    for _ in range(200):
        y = np.clip(y, low + half, np.maximum(high - half, low + half))
        overlap = np.maximum(0, half[1:] + half[:-1] - np.diff(y))
        if overlap.max(initial=0) < 1e-3 * size.max(initial=1):
            break
        y[1:] += overlap / 2
        y[:-1] -= overlap / 2
    placed = np.empty_like(y)
    placed[order] = y
    return placed


def label_ends(fig, ax, ends: list[tuple]):
    """Return labels written right of the axes, beside the ends (x, y, text, color) of lines."""
    labels = [
        ax.annotate(
            text, (x, y), xytext=(1.04, 0.5), textcoords="axes fraction", va="center",
            color=COLORS["ink"], fontsize=10, linespacing=1.1,
        )
        for x, y, text, _ in ends
    ]  # fmt: skip
    fig.draw_without_rendering()  # for the places; the limits of the axes must be final
    box = ax.get_window_extent()
    low, high = sorted(ax.get_ylim())
    ends = [(x, min(max(y, low), high), *rest) for x, y, *rest in ends]
    at = ax.transData.transform([(x, y) for x, y, *_ in ends])
    wanted = (at[:, 1] - box.y0) / box.height
    sizes = [label.get_window_extent().height * 1.08 / box.height for label in labels]
    for label, y, goal, end in zip(labels, spread(wanted, sizes, -0.02, 1.02), wanted, ends):
        label.set_position((1.04, y))
        if abs(y - goal) * box.height > 3:  # a leader joins a label that had to move to its line
            ax.annotate(
                "", end[:2], xytext=(1.035, y), textcoords="axes fraction", annotation_clip=False,
                arrowprops={
                    "arrowstyle": "-", "color": end[3], "lw": 0.8, "shrinkA": 0, "shrinkB": 1
                },
            )  # fmt: skip
    return labels


def join(names) -> str:
    """Write a list of at least one name in words: 1, 2 and 3."""
    words = [str(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def name_units(units) -> str:
    """Write units counted from 0 as "unit 1" or "units 1 and 2"."""
    return f"unit{'s' * (len(units) > 1)} {join(unit + 1 for unit in units)}"
