"""A figure as SVG for a page, and as text for the record."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from snippets.machine import figures
from symbreak.plots.style import COLORS


@pytest.fixture
def figure():
    fig, ax = plt.subplots()
    ax.plot([0, 1, 2], [0.0, 0.0123, 0.0246], color=COLORS["unit-1"], label="unit 1")
    ax.scatter([0, 1], [0.01, 0.02], label="samples")
    ax.imshow(np.zeros((3, 4)), extent=(0, 2, 0, 0.025), aspect="auto")
    ax.set(title="Growth", xlabel="iteration", ylabel="w", yticks=[0.005, 0.015])
    fig.alt = "A line  that\ngrows."
    yield fig
    plt.close(fig)


def test_svg_keeps_every_digit_of_its_text(figure):
    text = figures.svg(figure, salt="a")
    assert ">0.005<" in text
    assert ">0.015<" in text


def test_svg_has_no_size_date_or_unused_id_and_takes_the_colors_of_the_page(figure):
    text = figures.svg(figure, salt="a")
    assert text.startswith("<svg ")
    assert "<metadata" not in text
    assert ' width="614" height="461" ' in text  # 6.4 x 4.8 inches of 96 pixels
    assert "var(--sb-unit-1)" in text
    assert COLORS["unit-1"] not in text
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))
    assert set(re.findall(r' id="([^"]+)"', text)) == used


def test_svg_sets_nothing_for_the_rest_of_the_page_and_keeps_how_its_lines_are_joined(figure):
    text = figures.svg(figure, salt="a")
    assert "<style" not in text
    head = text[: text.index(">")]
    assert re.search(r' style="[^"]*stroke-linejoin: round', head)


def test_a_figure_is_the_same_whatever_stands_before_it_on_a_page(figure):
    """Two figures of a page share no rule: the first would set it for the second."""
    first, second = (figures.svg(figure, salt=salt) for salt in "ab")
    assert re.findall(r"\*\s*\{", first + second) == []


def test_many_markers_are_the_corners_of_one_line():
    fig, ax = plt.subplots()
    ax.scatter(range(50), range(50), color="red")
    text = figures.svg(fig, salt="a")
    assert text.count("<marker ") == 1
    (points,) = re.findall(
        r'<polyline style="fill: none; marker: url\(#\S+\)" points="([^"]*)"', text
    )
    assert len(points.split()) == 50
    plt.close(fig)


def test_svg_is_the_same_twice_and_its_ids_differ_from_those_of_another_figure(figure):
    first, again, other = (figures.svg(figure, salt=salt) for salt in "aab")
    assert first == again
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (first, other)]
    assert not ids[0] & ids[1]


def test_summary_names_what_is_drawn_and_its_numbers(figure):
    text = figures.summary(figure)
    assert "axes 1: 'Growth'" in text
    assert "x 'iteration' linear" in text
    assert "line 'unit 1' #" in text
    assert "last 0.02460" in text
    assert "points 'samples' 2" in text
    assert "image 3x4: mean 0.00" in text


def test_summary_counts_the_paths_of_other_collections():
    fig, ax = plt.subplots()
    ax.add_collection(PatchCollection([Rectangle((0, 0), 1, 1)] * 3, label="S"))
    assert "  PatchCollection 'S' of 3 paths" in figures.summary(fig).split("\n")
    plt.close(fig)


def test_summary_hides_noise_that_cannot_be_seen(figure):
    line = figure.axes[0].lines[0]
    before = figures.summary(figure)
    line.set_ydata(line.get_ydata() + 1e-9)
    assert figures.summary(figure) == before
    line.set_ydata(line.get_ydata() + 1e-3)
    assert figures.summary(figure) != before


def test_publish_collects_alt_and_caption_in_one_line_each(figure):
    published = figures.publish(figure, salt="a")
    assert published["alt"] == "A line that grows."
    assert published["caption"] == ""
    assert published["size"] == [614, 461]  # as the SVG says, for a box in its place
    assert published["svg"] == figures.svg(figure, salt="a")
    assert published["summary"] == figures.summary(figure)


def test_a_notebook_gets_a_picture_on_paper(figure):
    assert figures.png(figure).startswith(b"\x89PNG")
