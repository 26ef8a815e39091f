"""The picture that a link to the site shows elsewhere."""

import io

import matplotlib.colors
import matplotlib.image
import numpy as np
import pytest

from snippets.machine import cache
from snippets.mkdocs_site import card
from symbreak.plots.style import COLORS, unit_color


def keep_in(folder, patch):
    patch.setattr(cache, "CACHE", folder)
    patch.setattr(card, "CARDS", folder / "cards")


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        keep_in(tmp_path_factory.mktemp("cards") / "cache", patch)
        first = card.card()
        patch.setattr(card, "_draw", lambda: pytest.fail("drawn twice"))
        assert card.card() == first
    return matplotlib.image.imread(io.BytesIO(first))[..., :3]


def test_the_card_is_drawn_again_when_its_colors_or_versions_may_have_changed(
    tmp_path, monkeypatch
):
    drawn = iter([b"first", b"second", b"third"])
    keep_in(tmp_path / "cache", monkeypatch)
    monkeypatch.setattr(card, "_draw", lambda: next(drawn))
    assert (card.card(), card.card()) == (b"first", b"first")
    monkeypatch.setattr(card, "package_digest", lambda: "other colors")
    assert card.card() == b"second"
    monkeypatch.setattr(card, "versions", lambda: "matplotlib 100")
    assert (card.card(), card.card()) == (b"third", b"third")


def where(picture, color):
    """Return rows and columns of the pixels of a color, in the units of the drawing."""
    wanted = np.array(matplotlib.colors.to_rgb(color))
    rows, columns = np.nonzero(np.abs(picture - wanted).max(axis=-1) < 0.02)
    return 6.3 - rows / 100, columns / 100


def test_on_the_card_a_rope_of_four_frays_from_left_to_right(picture):
    assert picture.shape == (630, 1200, 3)
    ends = []
    for k in range(4):
        y, x = where(picture, unit_color(k))
        assert np.abs(y[x < 6.5] - 1.3).max() < 0.2  # twisted
        ends.append(y[x > 11.95].mean())
    assert np.allclose(np.diff(ends), 0.62, atol=0.03)


def test_on_the_card_the_question_begins_at_the_left_margin(picture):
    y, x = where(picture, COLORS["ink"])
    assert 0.65 < x.min() < 0.85
    assert y.min() > 2.5  # clear of the rope
