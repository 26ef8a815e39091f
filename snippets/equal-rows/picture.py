"""Swap two hidden units with all their wires: the output cannot tell."""

from symbreak import plots

units, COLORS = 4, plots.COLORS
drawings = {"before": [0, 1, 2, 3], "after": [1, 0, 2, 3]}
fig, ax = plots.panel("Units 1 and 2 change places", height=2.7)
dot = {"marker": "o", "markersize": 15, "linestyle": ""}
text = {"ha": "center", "va": "center", "zorder": 4}
for left, (name, order) in zip((0, 3), drawings.items()):
    for place, unit in enumerate(order):
        y = 1.5 - place
        for y_in in (-0.6, 0.6):
            plots.draw_line(ax, [left, left + 1], [y_in, y], [unit])
        plots.draw_line(ax, [left + 1, left + 2], [y, 0], [unit])
        ax.plot(left + 1, y, color=COLORS[f"unit-{unit + 1}"], **dot)
        ax.text(left + 1, y, unit + 1, color=COLORS["paper"], **text)
    ends = {"x1": (left, 0.6), "x2": (left, -0.6), "A2": (left + 2, 0)}
    for label, (x, y) in ends.items():
        ax.plot(x, y, color=COLORS["muted"], **dot)
        ax.text(x, y, label, color=COLORS["paper"], size=8, **text)
    ax.text(left + 1, -2.15, name, color=COLORS["ink"], **text)
ax.set(xlim=(-0.25, 5.25), ylim=(-2.4, 1.9))
ax.axis("off")
fig.alt = f"""Two drawings of a network with 2 inputs, {units} hidden units
and one output, each unit with its wires in its own color. From top to bottom
the units are 1, 2, 3, 4 on the left, and 2, 1, 3, 4 on the right. Every unit
has kept its wires."""
fig.caption = """Swap two units with all their wires: the sum that reaches
the output has the same terms in another order."""
