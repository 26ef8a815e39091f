"""What each hidden unit outputs over the plane: maps, names, colors, words."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from test_plots import COLOR_BLIND, PAGE, contrast, linear, oklab

from snippets.machine.figures import svg
from symbreak import initializers, network, plots
from symbreak.plots.maps import FULL, NEGATIVE, PIXELS, POSITIVE, UNITS

pytestmark = pytest.mark.usefixtures("no_screen")

X, Y = np.array([[-1.0, 0, 1, 1], [-1, 2, -1, 3]]), np.array([[0, 1, 1, 0]])


def layer(W1, b1=0, W2=1):
    """Return the parameters of a network with one hidden layer and the rows W1."""
    W1 = np.array(W1, dtype=float)
    b1, W2 = np.broadcast_to(b1, len(W1)), np.broadcast_to(W2, len(W1))
    return {"W1": W1, "b1": b1.reshape(-1, 1), "W2": W2.reshape(1, -1), "b2": [[0]]}


def maps(fig):
    """Return the images (n_h, PIXELS, PIXELS) without the key."""
    return np.array([image.get_array() for image in fig.axes[0].images[:-1]])


def frames(fig):
    return [to_hex(frame.get_edgecolor()) for frame in fig.axes[0].patches[:-1]]


def names(fig):
    return [text.get_text() for text in fig.axes[0].texts[:-1]]


def key(fig):
    return fig.axes[0].texts[-1].get_text()


def pixels(fig):
    """Return the colors (n_h, PIXELS, PIXELS, 4) that a page gets."""
    return np.array([i.cmap(i.norm(i.get_array())) for i in fig.axes[0].images[:-1]])


def test_a_map_is_the_output_of_its_unit_over_the_plane_around_the_samples():
    W1 = [[1, 0.5], [0, -2]]
    fig = plots.units(layer(W1, [0.1, 0.2]), X)
    A1 = maps(fig)
    assert A1.shape == (2, PIXELS, PIXELS)
    assert {i.origin for i in fig.axes[0].images[:-1]} == {"lower"}  # row 0 is the lowest
    # The samples reach from -1 to 1 and from -1 to 3; 8 % of that lie around them.
    (x, y), pixel = (-1.16, -1.32), np.array([2.32, 4.64]) / PIXELS
    for row, column in ((0, 0), (95, 0), (10, 70)):
        point = [x + (column + 0.5) * pixel[0], y + (row + 0.5) * pixel[1]]
        expected = np.tanh(np.array(W1) @ point + [0.1, 0.2])
        assert A1[:, row, column] == pytest.approx(expected)


def test_the_maps_of_a_deeper_layer_are_its_outputs():
    parameters = initializers.normal((2, 3, 4, 1), seed=1, scale=1)
    fig = plots.units(parameters, X, layer=2)
    corner = np.array([[-1.16 + 1.16 / PIXELS], [-1.32 + 2.32 / PIXELS]])
    A2 = network.forward(corner, parameters)[1]["A2"]
    assert maps(fig)[:, 0, 0] == pytest.approx(A2[:, 0])
    assert "4 hidden units of layer 2" in fig.alt


def test_identical_units_have_one_name_and_each_its_color():
    fig = plots.units(layer([[1, 2], [3, 0], [1, 2], [1, 2], [3, 0]]), X)
    assert names(fig) == ["unit 1", "unit 2", "= unit 1", "= unit 1", "= unit 2"]
    assert frames(fig) == [plots.unit_color(k) for k in range(5)]
    assert fig.alt == (
        "Maps of the output of 5 hidden units of layer 1 over the plane, from -0.999 to 1: "
        "units 1, 3 and 4 are identical; units 2 and 5 are identical."
    )


def test_units_see_the_same_whatever_they_send():
    assert names(plots.units(layer([[1, 2], [1, 2]], W2=[1, 5]), X)) == ["unit 1", "= unit 1"]


@pytest.mark.parametrize(("nudge", "other"), [(1e-8, "= unit 1"), (1e-4, "unit 2")])
def test_maps_are_identical_if_they_agree_in_six_digits(nudge, other):
    fig = plots.units(layer([[1, 2], [1 + nudge, 2]]), X)
    assert names(fig)[1] == other
    assert fig.alt.endswith("no two are identical.") == (other == "unit 2")


def test_small_units_are_compared_by_their_own_size():
    fig = plots.units(layer([[1e-6, 0], [0, 1e-6]]), X)
    assert names(fig) == ["unit 1", "unit 2"]
    assert key(fig) == "output, from -3.3e-06 to 3.3e-06"


def test_outputs_on_both_sides_of_zero_have_two_hues_that_vanish_at_zero():
    fig = plots.units(layer([[1, 0], [2, 0]]), [[-1, 1], [0, 0]])
    assert key(fig) == "output, from -0.98 to 0.98"
    for colors in pixels(fig):
        assert colors[:, 0, :3] == pytest.approx(np.tile(NEGATIVE, (PIXELS, 1)))
        assert colors[:, -1, :3] == pytest.approx(np.tile(POSITIVE, (PIXELS, 1)))
        assert colors[0, PIXELS // 2 - 1 : PIXELS // 2 + 1, 3].max() < 0.05
    weak, strong = pixels(fig)[:, 0, -1, 3]
    assert weak < strong == FULL  # one scale for all


def test_other_outputs_have_one_hue_from_the_lowest_to_the_highest():
    fig = plots.units(layer([[1, 0]], 2), [[-1, 1], [0, 0]], activation="sigmoid")
    colors = pixels(fig)[0, 0]
    assert (colors[:, :3] == POSITIVE).all()
    assert (colors[0, 3], colors[-1, 3]) == (0, FULL)
    assert (np.diff(colors[:, 3]) >= 0).all()
    assert key(fig) == "output, from 0.701 to 0.959"


def test_a_dead_unit_is_an_empty_map():
    fig = plots.units(layer([[0, 1], [0, 1], [0, 0]], [0, -50, -1]), X, activation="relu")
    assert not pixels(fig)[1:, :, :, 3].any()
    assert names(fig) == ["unit 1", "unit 2", "= unit 2"]
    assert fig.alt.endswith("from 0 to 3.3: units 2 and 3 are identical, 0 everywhere.")
    one = plots.units(layer([[0, 1], [0, 1]], [0, -50]), X, activation="relu")
    assert one.alt.endswith("no two are identical; unit 2 is 0 everywhere.")


@pytest.mark.parametrize(
    ("activation", "value", "ends"),
    [("tanh", "0", "-1 to 1"), ("relu", "0", "0 to 1"), ("sigmoid", "0.5", "0 to 1")],
)
def test_a_layer_of_zeros_is_the_same_everywhere(activation, value, ends):
    fig = plots.units(initializers.zeros((2, 2, 1)), X, activation=activation)
    assert fig.alt == (
        "Maps of the output of 2 hidden units of layer 1 over the plane: "
        f"units 1 and 2 are identical, {value} everywhere."
    )
    assert key(fig) == f"output, from {ends}"
    assert np.ptp(pixels(fig)) < 1
    assert np.isfinite(pixels(fig)).all()


def test_one_unit_is_one_map():
    fig = plots.units(layer([[1, 0]]), [[-1, 1], [0, 0]])
    where = "over the plane, from -0.817 to 0.817."  # tanh(1.148), the last pixel's center
    assert fig.alt == f"Map of the output of 1 hidden unit of layer 1 {where}"
    assert names(fig) == ["unit 1"]


@pytest.mark.parametrize(("n_h", "columns"), [(4, 4), (6, 6), (7, 4), (8, 4), (13, 5), (24, 6)])
def test_maps_are_squares_in_rows_of_nearly_equal_length(n_h, columns):
    fig = plots.units(initializers.normal((2, n_h, 1), seed=1), X)
    left, right, low, high = np.array([i.get_extent() for i in fig.axes[0].images[:-1]]).T
    assert right - left == pytest.approx(high - low)
    assert len(set(left)) == columns
    assert len(set(low)) == -(-n_h // columns)
    assert fig.axes[0].get_aspect() == 1


def test_of_a_large_layer_the_first_units_are_shown_and_the_words_say_so():
    fig = plots.units(initializers.normal((2, UNITS + 1, 1), seed=1), X)
    assert len(maps(fig)) == UNITS
    assert fig.alt.startswith("Maps of the output of the first 24 of 25 hidden units of layer 1 ")


def test_samples_lie_where_their_pixels_are_and_have_the_colors_of_their_classes():
    fig = plots.units(layer([[1, 0], [0, 1]]), X, Y)
    for unit, image in enumerate(fig.axes[0].images[:-1]):
        left, right, low, high = image.get_extent()
        for label, line in enumerate(fig.axes[0].lines[2 * unit : 2 * unit + 2]):
            x, y = X[:, Y[0] == label]
            at = left + (x + 1.16) / 2.32 * (right - left), low + (y + 1.32) / 4.64 * (high - low)
            order = np.lexsort(at)
            drawn = np.array(line.get_data())
            assert drawn[:, np.lexsort(drawn)] == pytest.approx(np.array(at)[:, order])
            assert line.get_color() == plots.COLORS[f"class-{label}"]


def test_samples_without_labels_are_gray_and_many_are_thinned_out():
    fig = plots.units(layer([[1, 0]]), np.random.RandomState(1).randn(2, 1000))
    (line,) = fig.axes[0].lines
    assert line.get_color() == plots.COLORS["muted"]
    assert len(line.get_xdata()) == 80


@pytest.mark.parametrize("bg", PAGE.values(), ids=PAGE)
def test_both_signs_are_read_on_both_pages_also_by_the_color_blind(bg):
    page = np.array([int(bg[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    full = [to_hex(FULL * np.array(hue) + (1 - FULL) * page) for hue in (NEGATIVE, POSITIVE)]
    assert min(contrast(color, bg) for color in full) > 2.5
    for vision in COLOR_BLIND.values():
        seen = [oklab(np.array(vision) @ linear(color)) for color in (*full, bg)]
        assert np.linalg.norm(seen[0] - seen[1]) > 15
        assert min(np.linalg.norm(color - seen[2]) for color in seen[:2]) > 15


def test_frames_texts_and_dots_follow_the_scheme_of_the_page():
    text = svg(plots.units(layer([[1, 0], [0, 1]]), X, Y), salt="a")
    used = set(re.findall(r"var\(--sb-([\w-]+)\)", text))
    assert used == {"ink", "muted", "paper", "unit-1", "unit-2", "class-0", "class-1"}
    assert text.count("<image") == 3


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"X": np.ones((3, 2))}, r"X must have shape \(n_x = 2, m\), got \(3, 2\)"),
        ({"X": np.ones((4, 2))}, r"got \(4, 2\); X.T would fit"),
        ({"X": [[0, np.nan], [0, 1]]}, "X must be finite, got NaN"),
        ({"Y": [[0, 1, 2, 0]]}, "the labels 0 and 1, got 2"),
        ({"Y": [[0, 1]]}, r"Y must have shape \(n_y = 1, m = 4\), got \(1, 2\)"),
        ({"parameters": layer(np.ones((2, 3)))}, r"W1 must have shape \(n_1, 2\).*got \(2, 3\)"),
        ({"parameters": initializers.stack([layer([[1, 0]])] * 3)}, r"one run.*pick a run r"),
        ({"parameters": initializers.zeros((2, 1))}, r"hidden layer \(none here\), got 1"),
        ({"parameters": layer([[1e200, 0]]), "activation": "relu"}, "A1 must hold numbers of size"),
        ({"layer": 2}, r"layer must be a hidden layer \(1 to 1\), got 2"),
        ({"layer": 0}, "layer must be at least 1, got 0"),
        ({"activation": "tan"}, "activation must be one of .*did you mean 'tanh'"),
    ],
)
def test_errors_state_the_rule_and_what_was_received(changed, message):
    with pytest.raises(ValueError, match=message):
        plots.units(**({"parameters": layer([[1, 0]]), "X": X} | changed))
    assert plt.get_fignums() == []


def test_a_layer_that_is_no_integer_is_an_error_of_type():
    with pytest.raises(TypeError, match="layer must be an integer"):
        plots.units(layer([[1, 0]]), X, layer=1.5)
