"""Where figures put what they draw: cells, labels, ticks, windows."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from symbreak import initializers, network, plots
from symbreak.plots.traces import iteration_ticks

pytestmark = pytest.mark.usefixtures("no_screen")


def test_a_probability_of_one_half_is_class_0():
    X, Y = np.array([[-1.0, 1], [0, 0]]), np.array([[0, 1]])
    fig = plots.decision_regions(lambda points: np.full((1, points.shape[1]), 0.5), X, Y)
    assert "class 1 takes 0% of the area shown, and 50% of the samples" in fig.alt


def test_samples_in_one_place_have_room_around_them():
    def view(x):
        fig = plots.decision_regions(lambda points: points[:1] > x, [[x], [0]], [[0]])
        return fig.axes[0].get_xlim()

    assert view(1.0) == (0, 2)
    fig = plots.decision_regions(lambda points: points[:1] > 0, [[1, 3], [0, 1]], [[0, 1]])
    assert fig.axes[0].get_xlim() == pytest.approx((0.84, 3.16))
    assert view(1e20) == pytest.approx((0.92e20, 1.08e20))


def test_large_matrices_show_their_first_rows_and_the_last():
    def names(n_h):
        texts = plots.matrices(initializers.zeros((2, n_h, 1))).axes[0].texts
        return [t.get_text() for t in texts if t.get_text().startswith("unit")]

    assert names(12) == [f"unit {k}" for k in range(1, 13)]
    assert names(13) == [f"unit {k}" for k in [*range(1, 11), 13]]


def test_a_unit_keeps_its_color_when_rows_of_its_rope_are_not_shown():
    def colors(group):
        W1 = np.arange(13.0)[:, None] * [1, 1]
        W1[group] = -1
        start = initializers.constant((2, 13, 1)) | {"W1": W1}
        return {
            round(line.get_ydata()[0], 3): line.get_color()
            for line in plots.matrices(start).axes[0].lines
            if line.get_xdata()[-1] == -0.04  # ends beside the row of its unit
        }

    texts = plots.matrices(initializers.zeros((2, 13, 1))).axes[0].texts
    rows = {t.get_text(): round(t.get_position()[1], 3) for t in texts}
    expected = {rows[f"unit {k + 1}"]: plots.unit_color(k) for k in [*range(10), 12]}
    for group in ([10, 12], [10, 11, 12], [3, 11, 12], [3, 4, 11], [3, 4]):
        assert colors(group) == expected


def test_a_cell_is_tinted_by_its_size_and_stands_beside_its_unit():
    W1 = np.array([[0.0, 2.0], [-4.0, 0.0]])
    start = initializers.zeros((2, 2, 1)) | {"W1": W1}
    axes = plots.matrices(start).axes[0]
    tints = [p.get_alpha() for p in axes.patches if p.get_alpha() is not None]
    assert tints[:6] == pytest.approx([0, 0.11, 0, 0.22, 0, 0])  # [W1 | b1]
    assert not any(tints[6:])  # W2 and b2 are zero
    at = {text.get_text(): text.get_position()[1] for text in axes.texts}
    row = at["unit 1"] - at["unit 2"]
    assert (at["2.000"], at["-4.000"]) == (at["unit 1"], at["unit 2"])
    assert 0 < at["W1"] - at["unit 1"] < row  # the head is right above the first row


def test_numbers_too_long_for_their_cells_leave_the_cells_in_place():
    def place(value):
        fig = plots.matrices(initializers.constant((2, 3, 1), value))
        fig.draw_without_rendering()
        return fig.axes[0].get_position().bounds

    assert place(1e99) == pytest.approx(place(1.0))


def test_labels_stand_beside_the_ends_of_their_lines():
    fig = plots.costs({"a": ([0, 1, 2], [1.0, 0.7, 1.0]), "b": ([0, 1, 2], [1.0, 0.4, 0.0])})
    axes = fig.axes[0]
    low, high = axes.get_ylim()
    for text, end in zip(axes.texts, (1.0, 0.0)):
        assert text.xy == (2, end)
        x, y = text.get_position()
        assert x > 1  # right of the axes
        assert y == pytest.approx((end - low) / (high - low), abs=0.01)


def test_one_run_is_one_line_and_several_are_thin_ones_around_their_median():
    fig = plots.costs({"one": ([0, 1], [2, 1]), "runs": ([0, 1], [[3, 1, 2], [0, 0, 0]])})
    widths = [line.get_linewidth() for line in fig.axes[0].lines]
    assert widths == [1.8, 0.7, 0.7, 0.7, 1.8]
    assert fig.axes[0].lines[-1].get_ydata().tolist() == [2, 0]


def test_what_stays_at_zero_is_drawn_in_the_middle():
    start = initializers.zeros((2, 2, 1))
    _, history = network.train(
        [[1, 2], [1, 2]], [[0, 1]], start, learning_rate=0.1, num_iterations=2, snapshots=range(3)
    )
    assert plots.threads(history).axes[0].get_ylim() == (-1, 1)
    assert plots.threads(history, ylim=(0, 5)).axes[0].get_ylim() == (0, 5)


def test_an_axis_ends_where_it_is_told_to():
    curve = {"a": ([0, 1], [0.7, 0.6])}
    assert plots.costs(curve, ylim=(0, 5)).axes[0].get_ylim() == (0, 5)
    assert plots.costs(curve, ylim=(5, 0)).axes[0].get_ylim() == (5, 0)


def test_a_label_that_had_to_move_is_joined_to_its_line():
    def leaders(end):
        fig = plots.costs({"a": ([0, 1], [1.0, 0.5]), "b": ([0, 1], [1.0, end])})
        return [text for text in fig.axes[0].texts if not text.get_text()]

    assert len(leaders(0.5)) == 2
    assert leaders(0.0) == []


@pytest.mark.parametrize(
    ("scale", "ticks"), [("log", [0, 1, 10, 100]), ("sqrt", [0, 30, 75, 150, 300])]
)
def test_iterations_are_marked_where_the_scale_has_room(scale, ticks):
    assert iteration_ticks(0, 300, scale) == ticks


@pytest.mark.parametrize(
    ("scale", "t", "ticks"),
    [
        ("linear", (0, 2), [0, 1, 2]),
        ("linear", (0, 1500), [0, 500, 1000, 1500]),
        ("linear", (0, 0.5), [0, 0.2, 0.4]),
        ("sqrt", (0, 25), [0, 2, 6, 12, 25]),
        ("sqrt", (100, 200), [100, 110, 125, 150, 200]),
        ("sqrt", (0, 2), [0, 1, 2]),
        ("sqrt", (1.2, 3), [1.2, 2, 3]),
        ("log", (1, 1000), [1, 10, 100, 1000]),
        ("log", (5, 999), [10, 100]),
    ],
)
def test_iterations_that_are_marked_are_whole_if_there_are_such(scale, t, ticks):
    assert iteration_ticks(*t, scale) == pytest.approx(ticks)


@pytest.mark.parametrize("ends", [(200, 900), (5, 50)])
def test_an_axis_without_two_powers_of_ten_is_marked_at_its_ends(ends):
    assert iteration_ticks(*ends, "log") == list(ends)


def test_figures_are_shown_in_windows_where_there_is_a_screen(monkeypatch, tmp_path):
    shown = []
    plots.costs({"a": ([0, 1], [0, 1])})
    monkeypatch.setattr(plt, "get_backend", lambda: "QtAgg")
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.get_fignums()))
    assert plots.show_or_save(str(tmp_path / "figure")) == []
    assert len(shown) == 1
    assert list(tmp_path.iterdir()) == []
