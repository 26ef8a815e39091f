import re
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from unit_cases import UNITS, whole

from snippets.machine.examples import ROOT
from snippets.machine.figures import svg
from symbreak import datasets, initializers, logistic, network, plots
from symbreak.history import History
from symbreak.plots import COLORS
from symbreak.plots.grouping import groups_of, lasting, stretches, tied_at
from symbreak.plots.labels import spread
from symbreak.plots.ropes import Strand, _normals, strand
from symbreak.plots.style import number, panel, styled

CSS = ROOT / "docs" / "assets" / "figures.css"
PAGE = {"default": "#ffffff", "slate": "#14161a"}
# Machado, Oliveira, Fernandes (2009), severity 1, for linear RGB.
COLOR_BLIND = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("no_screen")


def history_of(*units, steps=101):
    """Return a history whose unit k follows units[k](t) for t from 0 to 1."""
    t = np.linspace(0, 1, steps)
    values = np.stack([np.broadcast_to(unit(t), t.shape) for unit in units], axis=1)[:, :, None]
    snapshots = {10 * k: {"W1": value} for k, value in enumerate(values)}
    return SimpleNamespace(
        snapshots=snapshots, weights=lambda name: (10 * np.arange(steps), values)
    )


def flower_history(start, num_iterations=100):
    X, Y = datasets.flower()
    return network.train(
        X, Y, start, learning_rate=1.2, num_iterations=num_iterations, activation="tanh",
        snapshots=range(0, num_iterations + 1, 2),
    )  # fmt: skip


def lines_of(fig):
    return [line for line in fig.axes[0].lines if line.get_label().startswith("unit")]


def linear(color):
    part = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(color, other):
    """Return the contrast ratio of WCAG 2."""
    dark, light = sorted(linear(c) @ [0.2126, 0.7152, 0.0722] for c in (color, other))
    return (light + 0.05) / (dark + 0.05)


def oklab(rgb):
    """Return Ottosson's perceptual coordinates, times 100, of linear RGB."""
    lms = np.cbrt(
        np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                  [0.2119034982, 0.6806995451, 0.1073969566],
                  [0.0883024619, 0.2817188376, 0.6299787005]]) @ np.clip(rgb, 0, 1)
    )  # fmt: skip
    return 100 * np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                           [1.9779984951, -2.4285922050, 0.4505937099],
                           [0.0259040371, 0.7827717662, -0.8086757660]]) @ lms  # fmt: skip


def scheme(name):
    """Return the variables of one scheme of figures.css."""
    rule = re.search(rf'\[data-md-color-scheme="{name}"\]\s*{{(.*?)}}', CSS.read_text(), re.DOTALL)
    return dict(re.findall(r"--sb-([\w-]+): (#[0-9a-f]{6});", rule[1]))


def test_units_that_start_at_zero_are_one_rope_in_picture_and_words():
    _, history = flower_history(initializers.zeros((2, 4, 1)))
    fig = plots.threads(history)
    lines = lines_of(fig)
    assert fig.alt == (
        "Line plot of W1[:, 0] over iterations 0 to 100: "
        "units 1, 2, 3 and 4 are one rope at 0 throughout."
    )
    assert [line.get_color() for line in lines] == [COLORS[f"unit-{k}"] for k in (1, 2, 3, 4)]
    assert [line.get_path_effects()[0].place for line in lines] == [0, 1, 2, 3]
    assert "4 units,\none rope" in [text.get_text() for text in fig.axes[0].texts]


def test_a_rope_from_random_numbers_frays_into_lone_threads():
    _, history = flower_history(initializers.normal((2, 4, 1), seed=4), num_iterations=300)
    fig = plots.threads(history, scale="sqrt")
    at_the_end = [line for line in lines_of(fig) if line.get_xdata()[-1] == 300]
    assert len(at_the_end) == 4
    assert not any(line.get_path_effects() for line in at_the_end)
    assert any(line.get_path_effects() for line in lines_of(fig))
    for line in at_the_end:  # a thread ends where its unit does
        unit = int(line.get_label()[-1]) - 1
        assert line.get_ydata()[-1] == history.snapshots[300]["W1"][unit, 0]


def test_threads_that_only_cross_are_no_rope():
    cross = history_of(lambda t: t, lambda t: 1 - t, steps=501)
    assert len(lines_of(plots.threads(cross))) == 2
    touch = history_of(lambda t: np.maximum(t, 0.5), lambda t: np.maximum(0.9 * t, 0.5))
    assert len(lines_of(plots.threads(touch))) == 4


def test_units_that_agree_in_one_column_only_are_no_rope():
    values = np.zeros((11, 2, 2))
    values[:, 1, 1] = 1
    assert tied_at(values).tolist() == [[0, 1]] * 11
    assert tied_at(values[:, :, :1]).tolist() == [[0, 0]] * 11


@pytest.mark.parametrize("case", UNITS)
def test_the_ropes_of_the_shared_cases_join_the_equal_units(case):
    units = UNITS[case]
    p, n = units.parameters(), len(units.rows)
    said = re.findall(r"units ([\d, and]+) are tied", plots.matrices(p).alt)
    groups = [[int(unit) - 1 for unit in re.findall(r"\d", group)] for group in said]
    assert whole(groups, n) == units.tied("equal")
    rows = np.hstack([p["W1"], p["b1"], p["W2"].T])
    eye = units.tied("equal") if units.to_the_eye is None else whole(units.to_the_eye, n)
    assert groups_of(tied_at(np.stack([rows, rows]))[-1]) == eye


def test_stretches_cover_every_unit_between_all_snapshots():
    group = np.array([[0, 0, 0, 3], [0, 0, 2, 2], [0, 0, 2, 2], [0, 1, 2, 3]])
    covered = np.zeros((3, 4), int)
    for first, last, members in stretches(group):
        covered[first:last, members] += 1
    assert (covered == 1).all()
    assert (1, 2, [2, 3]) in stretches(group)


@pytest.mark.parametrize("direction", [(1, 0), (0, 1), (-0.6, 0.8)])
def test_normals_stand_on_the_line_to_its_left(direction):
    along = np.array([0.0, 5.0, 10.0])
    normals = _normals(np.array([0.0, 5.0, 9.0]), along, along[:, None] * direction)
    np.testing.assert_allclose(normals, 3 * [[-direction[1], direction[0]]], atol=1e-12)


def test_a_figure_that_makes_pyplot_interactive_leaves_it_so():
    assert not plt.isinteractive()
    try:
        styled(plt.ion)()
        assert plt.isinteractive()
    finally:
        plt.ioff()


def test_the_name_of_a_matrix_stands_over_the_middle_of_its_columns():
    fig = plots.matrices({"W1": [[1.0, 2.0]], "b1": [[3.0]], "W2": [[4.0]], "b2": [[5.0]]})
    at = {text.get_text(): text.get_position()[0] for text in fig.axes[0].texts}
    assert at["W1"] == pytest.approx((at["1.000"] + at["2.000"]) / 2)
    assert at["b1"] == pytest.approx(at["3.000"])


def test_strands_paint_a_straight_rope_once():
    line = np.array([[0.0, 0], [40, 0], [100, 0]])
    middles = [
        piece[[0, 2, 3, 5], 0].mean()
        for place in range(3)
        for piece in strand(line, Strand(place, 3)).vertices.reshape(-1, 7, 2)
    ]
    inner = np.sort([middle for middle in middles if 10 < middle < 90])
    assert np.diff(inner) == pytest.approx(4.4, abs=0.02)
    piece = strand(line, Strand(1, 3)).vertices.reshape(-1, 7, 2)[1]
    assert np.ptp(piece[:3, 0]) == pytest.approx(4.4 - 0.45, abs=0.02)  # a gap between pieces
    assert np.abs(piece[[0, 2, 3, 5], 1]) == pytest.approx(5.5 / 2, abs=0.01)  # ROPE_WIDTH wide


def test_logistic_regression_is_one_unit_whose_entries_are_features():
    X, Y = datasets.flower()
    zero = {"w": np.zeros((2, 1)), "b": 0.0}
    _, history = logistic.train(
        X, Y, zero, learning_rate=0.1, num_iterations=20, snapshots=range(21)
    )
    fig = plots.threads(history, "w", column=1)
    (line,) = lines_of(fig)
    assert line.get_ydata()[-1] == history.snapshots[20]["w"][1, 0]
    assert fig.alt.startswith("Line plot of w[1] over iterations 0 to 20: unit 1 goes from 0 to ")


def test_unit_nine_has_the_color_of_unit_one():
    fig = plots.threads(history_of(*[lambda t, k=k: k * t for k in range(9)]))
    color = {line.get_label(): line.get_color() for line in lines_of(fig)}
    assert color["unit 9"] == color["unit 1"] == COLORS["unit-1"]
    assert color["unit 2"] == COLORS["unit-2"]


@pytest.mark.parametrize("group", [[0, 1, 2, 3], [0, 2]])
def test_matrices_join_tied_units_and_only_them(group):
    W1, W2 = np.arange(8.0).reshape(4, 2), np.ones((1, 4))
    W1[group] = W1[group[0]]
    fig = plots.matrices({"W1": W1, "b1": np.zeros((4, 1)), "W2": W2, "b2": [[-1e-9]]})
    ropes = [line for line in lines_of(fig) if line.get_path_effects()]
    assert [line.get_label() for line in ropes] == [f"unit {k + 1}" for k in group]
    assert all(-0.27 < x < -0.04 for rope in ropes for x in rope.get_xdata())  # names, then cells
    cells = [text.get_text() for text in fig.axes[0].texts]
    assert {"W1", "b1", "W2", "b2"} <= set(cells)
    assert cells.count("1.000") == 4 + np.sum(W1 == 1)
    assert cells.count("0.000") == 5 + np.sum(W1 == 0)


def test_matrices_do_not_join_equal_rows_that_send_different_weights():
    parameters = {"W1": np.ones((2, 2)), "b1": np.zeros((2, 1)), "W2": [[1, 2]], "b2": [[0]]}
    assert plots.matrices(parameters).alt.endswith("no two hidden units are tied.")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cells_have_three_decimals_and_zero_no_sign(dtype):
    start = {"W1": np.array([[0.25, -0.001, -1e-9]], dtype), "b1": np.zeros((1, 1), dtype)}
    texts = [text.get_text() for text in plots.matrices(start).axes[0].texts]
    assert [text for text in texts if "." in text] == ["0.250", "-0.001", "0.000", "0.000"]


def test_decision_regions_say_how_many_samples_are_right():
    X = np.array([[-1.0, -1, 1, 1], [-1, 1, -1, 1]])
    fig = plots.decision_regions(lambda points: points[:1] > 0, X, np.array([[0, 1, 1, 1]]))
    assert "class 1 takes 50% of the area shown, and 75% of the samples" in fig.alt
    raster = fig.axes[0].images[0].get_array()
    assert max(raster.shape[:2]) <= 200
    left, right = raster[80, 10], raster[80, -10]
    assert not np.array_equal(left, right)
    assert {line.get_marker() for line in fig.axes[0].lines} == {"o", "^"}


def test_costs_label_curves_and_marks():
    fig = plots.costs(
        {"one": ([0, 1], [2, 1]), "runs": ([0, 1], [[3, 1, 2], [0, 0, 0]])}, marks={"half": 0.5}
    )
    labels = [text.get_text() for text in fig.axes[0].texts if text.get_text()]
    assert labels == ["one", "runs", "half"]
    assert fig.alt == (
        "Cost over iterations 0 to 1: one goes from 2 to 1; runs goes from 2 to 0. "
        "Marked: half at 0.5."
    )


def test_costs_say_in_words_what_their_axis_says():
    fig = plots.costs({"a": ([0, 1], [2, 1])}, ylabel="log10 of the row spread")
    assert fig.alt == "Log10 of the row spread over iterations 0 to 1: a goes from 2 to 1."
    assert fig.axes[0].get_ylabel() == "log10 of the row spread"


def test_a_curve_is_a_history_or_a_pair():
    t, costs = np.arange(3), np.array([3.0, 2.0, 1.0])
    curves = History(t, costs), (t, costs), [t.tolist(), costs.tolist()]
    alts = {plots.costs({"a": curve}).alt for curve in curves}
    assert alts == {"Cost over iterations 0 to 2: a goes from 3 to 1."}


def test_labels_keep_their_distance_their_order_and_their_room():
    placed = spread([0.9, 0.91, 0.1, 0.95], 0.2, 0, 1)
    assert np.argsort(placed).tolist() == [2, 0, 1, 3]
    assert np.diff(np.sort(placed)).min() > 0.199
    assert placed[2] == 0.1
    assert placed.max() <= 0.9


def figures():
    t, (X, Y) = np.arange(2), datasets.flower()
    yield plots.threads(history_of(lambda t: t, lambda t: t, lambda t: -t, np.zeros_like))
    yield plots.matrices(initializers.constant((12, 20, 3, 1)))
    yield plots.decision_regions(lambda points: points[:1] > 0, X, Y)
    yield plots.scatter(X, Y)
    yield plots.costs({"a": (t, t), "a longer label": (t, t)}, marks={"ln 2": np.log(2)})


def test_every_figure_is_one_narrow_transparent_panel_with_nothing_cut_off():
    for fig in figures():
        assert fig.number in plt.get_fignums()
        assert len(fig.axes) == 1
        assert fig.get_figwidth() <= 4.4
        assert fig.patch.get_alpha() == 0
        assert fig.alt.endswith(".")
        fig.draw_without_rendering()
        drawn = fig.get_tightbbox()  # inches
        assert min(drawn.x0, drawn.y0) > -0.01
        assert drawn.x1 < fig.get_figwidth() + 0.01
        assert drawn.y1 < fig.get_figheight() + 0.01
        assert min(text.get_fontsize() for text in fig.findobj(matplotlib.text.Text)) >= 9


def test_svg_is_the_same_twice_and_has_no_color_without_a_name():
    first = [svg(fig, salt="figure") for fig in figures()]
    second = [svg(fig, salt="figure") for fig in figures()]
    assert first == second
    for text in first:
        assert re.findall(r"#[0-9a-f]{6}\b", text) == []  # each became a CSS variable
        assert set(re.findall(r"var\(--sb-([\w-]+)\)", text)) <= set(COLORS)
        assert "<text" in text


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    before = dict(matplotlib.rcParams)
    plots.costs({"a": ([0, 1], [0, 1])})
    assert dict(matplotlib.rcParams) == before


def test_figures_are_saved_where_there_is_no_screen(tmp_path, capsys):
    plots.costs({"a": ([0, 1], [0, 1])})
    (name,) = plots.show_or_save(str(tmp_path / "figure"))
    assert Path(name).read_bytes().startswith(b"\x89PNG")
    assert name in capsys.readouterr().out


def test_the_style_sheet_has_every_color_in_both_schemes():
    assert len(set(COLORS.values())) == len(COLORS)
    assert scheme("default") == COLORS
    assert list(scheme("slate")) == list(COLORS)
    assert re.search(r':root,\s*\[data-md-color-scheme="default"\]', CSS.read_text())


@pytest.mark.parametrize("name", PAGE)
def test_colors_stand_out_from_the_page(name):
    ratios = {color: contrast(value, PAGE[name]) for color, value in scheme(name).items()}
    assert {c: r for c, r in ratios.items() if c in ("ink", "muted", "accent") and r < 4.5} == {}
    low = {c: round(r, 2) for c, r in ratios.items() if r < 3}
    assert set(low) == {"grid", "paper"}  # by design: they only decorate


@pytest.mark.parametrize("vision", COLOR_BLIND)
@pytest.mark.parametrize("name", PAGE)
def test_the_color_blind_tell_units_and_classes_apart(name, vision):
    seen = {
        color: oklab(np.array(COLOR_BLIND[vision]) @ linear(value))
        for color, value in scheme(name).items()
    }

    def nearest(names):
        return min(np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(names, 2))

    assert nearest([f"unit-{k}" for k in range(1, 5)]) > 10
    assert nearest([f"unit-{k}" for k in range(1, 9)]) > 4
    assert nearest(["class-0", "class-1"]) > 15


def test_numbers_have_three_digits_and_no_dust():
    assert [number(x) for x in (1e-9, 0.99e-9)] == ["1e-09", "0"]
    assert [number(x) for x in (1e-4, 0.99e-4, 999999, 1e6)] == [
        "0.0001",
        "9.9e-05",
        "1e+06",
        "1e+06",
    ]
    assert [number(x) for x in (0.3124, 1e-17, -1234.5, 2e-5)] == ["0.312", "0", "-1230", "2e-05"]


GOOD = history_of(lambda t: t, lambda t: -t)
FLAT = initializers.zeros((2, 1))
PAIR, PATH = {"a": ([0, 1], [0.7, 0.6])}, {"a": [[0, 1], [1, 0]]}


def still(W1):
    """Return the history of a parameter that does not move."""
    return History([], [], {t: {"W1": W1} for t in range(2)})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.threads(SimpleNamespace(snapshots={})), "got 0: pass snapshots="),
        (lambda: plots.threads(GOOD, "W7"), "^name must be one of W1, got 'W7'"),
        (lambda: plots.threads(still(0.5)), r"rows of a matrix, got W1 of shape \(\)"),
        (lambda: plots.threads(still(np.ones(2))), r"rows of a matrix, got W1 of shape \(2,\)"),
        (lambda: plots.threads(still(np.ones((3, 4, 2)))), r"one run, got W1 of shape "
         r"\(3, 4, 2\); pick a run r of each snapshot"),
        (lambda: plots.threads(still([[np.nan]])), "W1 must be finite, got NaN"),
        (lambda: plots.threads(still([[1e101]])), r"at most 1e\+100, got 1e\+101"),
        (lambda: plots.threads(GOOD, column=1), "column of W1 must be at most 0, got 1"),
        (lambda: plots.threads(GOOD, column=-1), "column of W1 must be at least 0, got -1"),
        (lambda: plots.threads(GOOD, scale="cubic"), "scale must be one of .*, got 'cubic'"),
        (lambda: plots.costs(PAIR, ylim=(0,)), r"ylim must be two numbers, got \[0.0\]"),
        (lambda: plots.costs(PAIR, ylim=(0, 0)), "ylim must be two different numbers, got 0 twice"),
        (lambda: plots.costs(PAIR, ylim=(0, 1e101)), r"ylim must .* at most 1e\+100, got 1e\+101"),
        (lambda: plots.costs(PAIR, marks={"half": np.nan}), "marks.'half'. must be a finite"),
        (lambda: plots.costs(PAIR, scale="cubic"), "scale must be one of .*, got 'cubic'"),
        (lambda: plots.costs({}), "at least 1 curve, got none"),
        (lambda: plots.costs({"a": ([0, 1], [1])}), r"got shapes \(2,\) and \(1,\)"),
        (lambda: plots.costs({"a": ([0], [1])}), r"at least 2 iterations .* got shapes \(1,\)"),
        (lambda: plots.costs({"a": ([0, 1], [1, np.nan])}), "^costs of curve 'a' must be finite, "
         "got NaN"),
        (lambda: plots.costs({"a": ([0, np.inf], [1, 1])}), "^iterations of curve 'a' must be "
         "finite, got infinity"),
        (lambda: plots.costs({"a": ([0, 1], [1, 1e101])}), r"at most 1e\+100, got 1e\+101"),
        (lambda: plots.costs({"a": ([-1, 1], [1, 1])}), r"at least 0, got \[-1.0, 1.0\]"),
        (lambda: plots.costs({"a": ([0, 1, 1], [1, 1, 1])}), r"must ascend, .*\[0.0, 1.0, 1.0\]"),
        (lambda: plots.scatter(np.ones((3, 2)), np.ones((1, 2))), r"n_x = 2, m\), got \(3, 2\)"),
        (lambda: plots.scatter(np.ones((2, 2)), np.ones(2)), r"n_y = 1, m = 2\), got \(2,\)"),
        (lambda: plots.scatter(np.ones((2, 3)), [[0, 2, 5]]), "the labels 0 and 1, got 2"),
        (lambda: plots.scatter([[1, 2], [3]], [[0, 1]]), "X must be a rectangular array, got rows"),
        (lambda: plots.scatter(np.full((2, 1), 1e101), [[0]]), r"at most 1e\+100, got 1e\+101"),
        (lambda: plots.decision_regions(len, [[0], [np.nan]], [[0]]), "X must be finite, got NaN"),
        (lambda: plots.decision_regions(len, np.ones((2, 0)), [[]]), "X must not be empty, got"),
        (lambda: plots.decision_regions(lambda points: points, np.ones((2, 2)), [[0, 1]]),
         r"predict must return shape \(1, [0-9]+\), got \(2, "),
        (lambda: plots.unit_color(-1), "unit must be at least 0, got -1"),
        (lambda: plots.matrices({"W1": [[1]], "b1": [1]}), "b1"),
        (lambda: plots.matrices(
            initializers.stack([initializers.zeros((2, 1)), initializers.zeros((2, 1))])
        ), r"one run, got W1 of shape \(2, 1, 2\); pick a run r"),
    ],
)  # fmt: skip
def test_errors_state_the_rule_and_what_was_received(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.threads(GOOD, 1), "name must be one of W1, got 1"),
        (lambda: plots.threads(GOOD, column="a"), "column of W1 must be an integer, got 'a'"),
        (lambda: plots.threads(GOOD, column=0.5), "column of W1 must be an integer, got 0.5"),
        (lambda: plots.threads(GOOD, scale=["log"]), r"scale must be one of .*, got \['log'\]"),
        (lambda: plots.costs(PAIR, marks=0.5), "marks must be a dictionary .*, got float"),
        (lambda: plots.costs(PAIR, ylim="01"), "ylim must hold real numbers, got dtype"),
        (lambda: plots.costs(GOOD), "curves must be a dictionary .*, got SimpleNamespace"),
        (lambda: plots.costs({"a": [0.7, 0.6, 0.5]}), r"curve 'a' must be a history or a pair "
         r"\(iterations, costs\), got \[0.7, 0.6, 0.5\]"),
        (lambda: plots.costs({"a": SimpleNamespace(iterations=[0, 1])}), "a history or a pair"),
        (lambda: plots.costs({"a": {0: 1, 1: 2}}), r"a pair .*, got \{0: 1, 1: 2\}"),
    ],
)  # fmt: skip
def test_errors_of_type_state_the_rule_and_what_was_received(call, message):
    with pytest.raises(TypeError, match=message):
        call()
    assert plt.get_fignums() == []


def test_a_stretch_as_long_as_the_shortest_is_kept():
    close = np.array([True, True, True, False, True])
    assert lasting(close, np.arange(5.0), 2).tolist() == [True, True, True, False, False]


def test_a_panel_names_its_axes():
    _, ax = panel("Cost", xlabel="iteration", ylabel="cost")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("iteration", "cost")
