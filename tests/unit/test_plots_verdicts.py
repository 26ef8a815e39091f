import re

import matplotlib
import pytest
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_hex
from test_plots import PAGE, contrast, scheme

from snippets.machine.figures import svg
from symbreak import plots
from symbreak.plots import COLORS
from symbreak.plots.verdicts import FILLS, INKS

COLUMNS = {"tanh": ["bal.", "unbal."], "relu": ["bal.", "unbal."]}


pytestmark = pytest.mark.usefixtures("no_screen")


def example():
    cells = [["S*", "S", "S", "S"], ["D", "D", "1", "1"], ["D", "D", "1", "1"], ["D"] * 4]
    return plots.verdict_map(cells, rows=["nothing", "b", "b1, b2", "W"], columns=COLUMNS)


def centers(fig, kind):
    """Return where the boxes of a kind are, rounded."""
    (found,) = [c for c in fig.axes[0].collections if c.get_label() == kind]
    assert isinstance(found, PatchCollection)
    boxes = [path.get_extents() for path in found.get_paths()]
    return {(round((b.x0 + b.x1) / 2, 3), round((b.y0 + b.y1) / 2, 3)) for b in boxes}


def test_the_alt_states_every_verdict():
    assert example().alt == (
        "Grid of verdicts: S weights stuck, 1 one unit, D different units. "
        "Columns: tanh bal., tanh unbal., relu bal., relu unbal. "
        "Rows: nothing: S*, S, S, S; b and “b1, b2”: D, D, 1, 1; W: all D."
    )


def test_each_cell_has_its_letter_on_the_fill_of_its_kind():
    fig = example()
    letters = {
        kind: {
            tuple(round(float(v), 3) for v in text.get_position())
            for text in fig.axes[0].texts
            if text.get_text() in (kind, f"{kind}*")
        }
        for kind in "S1D"
    }
    assert {kind: len(at) for kind, at in letters.items()} == {"S": 4, "1": 4, "D": 8}
    for kind, at in letters.items():
        assert centers(fig, kind) == at


def test_the_key_explains_the_letters_even_those_not_used():
    fig = plots.verdict_map([["D"]], rows=["W"], columns={"": ["tanh"]})
    (key,) = fig.legends
    said = dict(text.get_text().split(": ") for text in key.get_texts())
    assert said == plots.verdicts.VERDICTS
    for kind, box in zip(said, key.get_patches()):
        fill, alpha = FILLS[kind]
        assert (to_hex(box.get_facecolor()), box.get_alpha()) == (COLORS[fill], alpha)


def test_labels_stand_beside_their_rows_and_above_their_columns():
    ax = example().axes[0]
    rows = [(tick.get_position()[1], tick.get_text()) for tick in ax.get_yticklabels()]
    assert rows == list(enumerate(["nothing", "b", "b1, b2", "W"]))
    assert ax.yaxis_inverted()
    heads = {
        minor: [(t.get_position()[0], t.get_text()) for t in ax.get_xticklabels(minor=minor)]
        for minor in (False, True)
    }
    assert [name for _, name in heads[False]] == ["bal.", "unbal."] * 2
    x = sorted({x for kind in "S1D" for x, _ in centers(ax.figure, kind)})
    assert [place for place, _ in heads[False]] == pytest.approx(x)
    middle = [(x[0] + x[1]) / 2, (x[2] + x[3]) / 2]
    assert [name for _, name in heads[True]] == ["tanh", "relu"]
    assert [place for place, _ in heads[True]] == pytest.approx(middle)


def test_the_group_of_a_single_column_stands_above_it():
    fig = plots.verdict_map([["D", "S"]], rows=["W"], columns={"tanh": ["bal."], "": ["relu"]})
    fig.draw_without_rendering()
    boxes = {
        label.get_text(): label.get_window_extent()
        for minor in (False, True)
        for label in fig.axes[0].get_xticklabels(minor=minor)
    }
    assert boxes["tanh"].y0 > boxes["bal."].y1
    assert boxes["tanh"].x0 + boxes["tanh"].x1 == pytest.approx(
        boxes["bal."].x0 + boxes["bal."].x1, abs=1
    )


def test_a_verdict_map_is_one_narrow_transparent_panel_with_nothing_cut_off():
    wide = {g: ["bal.", "unbal."] for g in ("tanh", "sigmoid", "relu")}
    many = plots.verdict_map([["D"] * 6] * 16, rows=["W1 + W2 + b1 + b2"] * 16, columns=wide)
    for fig in (example(), many):
        assert len(fig.axes) == 1
        assert fig.get_figwidth() <= 4.4
        assert fig.patch.get_alpha() == 0
        fig.draw_without_rendering()
        rows = fig.axes[0].get_window_extent().height / fig.dpi / len(fig.axes[0].get_yticks())
        assert 0.2 < rows < 0.35  # inches, of a line of text
        drawn = fig.get_tightbbox()  # inches
        assert min(drawn.x0, drawn.y0) > -0.01
        assert drawn.x1 < fig.get_figwidth() + 0.01
        assert drawn.y1 < fig.get_figheight() + 0.01
        assert min(text.get_fontsize() for text in fig.findobj(matplotlib.text.Text)) >= 9


def test_svg_has_only_colors_of_the_schemes():
    text = svg(example(), salt="figure")
    assert re.findall(r"#[0-9a-f]{6}\b", text) == []  # each became a CSS variable
    used = set(re.findall(r"var\(--sb-([\w-]+)\)", text))
    assert {name for name, _ in FILLS.values()} | set(INKS.values()) <= used <= set(COLORS)


@pytest.mark.parametrize("name", PAGE)
def test_letters_can_be_read_on_their_fills(name):
    colors = scheme(name)
    assert colors.keys() == COLORS.keys()
    for kind, (fill, alpha) in FILLS.items():
        behind = mix(colors[fill], PAGE[name], alpha)
        assert contrast(colors[INKS[kind]], behind) > 4.5


def mix(color, other, alpha):
    pairs = [(int(color[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(alpha * a + (1 - alpha) * b):02x}" for a, b in pairs)


@pytest.mark.parametrize(
    ("verdicts", "message"),
    [
        ([["S"]], r"verdicts must have shape \(1, 2\), got \(1, 1\)"),
        ([["S", "stuck"]], "a verdict must be one of .*, got 's'"),
        ([["S", ""]], "a verdict must be one of .*, got ''"),
        ([["S"], ["S", "S"]], "verdicts must be a rectangular array, got rows of unequal length"),
    ],
)
def test_bad_verdicts_are_refused(verdicts, message):
    with pytest.raises(ValueError, match=message):
        plots.verdict_map(verdicts, rows=["b2"], columns={"tanh": ["bal.", "unbal."]})


def test_a_map_without_cells_is_refused():
    with pytest.raises(ValueError, match=r"at least 1 cell, got labels for \(0, 0\)"):
        plots.verdict_map([], rows=[], columns={})


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({"rows": "b"}, "rows must be a collection, got 'b'"),
        ({"rows": [2]}, "rows must hold texts, got 2"),
        ({"columns": ["a"]}, "columns must be a dictionary with labels as keys, got list"),
        ({"columns": {"a": [None]}}, r"columns\['a'\] must hold texts, got None"),
    ],
)
def test_labels_that_are_no_texts_are_refused(labels, message):
    with pytest.raises(TypeError, match=message):
        plots.verdict_map([["D"]], **{"rows": ["b"], "columns": {"": ["a"]}, **labels})
