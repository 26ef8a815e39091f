"""The picture that a link to the site shows elsewhere: a rope that frays, and the question."""

import io
from pathlib import Path

from snippets.machine import cache
from snippets.machine.examples import CACHE, joint, package_digest, versions

CARDS = CACHE / "cards"
QUESTION = "Why can logistic regression\nstart from zero when\na neural network cannot?"


def card() -> bytes:
    """Return the picture as PNG, 1200 x 630."""
    return cache.made(CARDS, _key, _draw)


def _key() -> str:
    return joint(
        [Path(__file__).read_bytes(), package_digest().encode(), versions().encode()]
    ).hex()


def _draw() -> bytes:
    import numpy as np  # only when there is something to draw
    from matplotlib.figure import Figure

    from symbreak.plots.style import COLORS, unit_color

    figure = Figure(figsize=(12, 6.3), facecolor=COLORS["paper"])
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 12), ylim=(0, 6.3))
    axes.axis("off")
    x = np.linspace(0, 12, 600)
    free = np.clip((x - 6.5) / 5.5, 0, 1) ** 2  # 0: twisted, 1: apart
    for k in range(4):
        twist = 0.13 * np.sin(3.2 * x + k * np.pi / 2) * (1 - free)
        axes.plot(x, 1.3 + twist + free * (k - 1.5) * 0.62, color=unit_color(k), linewidth=7)
    axes.text(0.7, 5.6, QUESTION, fontsize=38, va="top", color=COLORS["ink"], linespacing=1.25)
    axes.text(11.3, 5.62, "symbreak", fontsize=22, ha="right", va="top", color=COLORS["muted"])
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=100, metadata={"Software": None})
    return png.getvalue()
