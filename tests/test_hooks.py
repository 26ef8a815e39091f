"""The parts of the build that need no build: hooks, downloads, the card."""

import io
import json
import shutil
import sys
import zipfile
from types import SimpleNamespace

import matplotlib.colors
import matplotlib.image
import numpy as np
import pytest

from snippets import accessible, card, downloads, policy, publish, tex
from snippets.catalog import ROOT, Snippet
from snippets.check import OK, Verdict
from snippets.run import Result
from symbreak.plots.style import COLORS, unit_color

# Hooks -----------------------------------------------------------------------------------------


def test_the_digest_of_the_machine_follows_its_files(tmp_path, monkeypatch):
    assert publish._machine() == publish.MACHINE
    found = {publish.MACHINE}
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    monkeypatch.setattr(publish, "FOLDER", tmp_path / "snippets")
    for name in ("snippets/tex.js", "snippets/new.py", "symbreak/paste/new.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
        found.add(publish._machine())
    (tmp_path / name).rename(tmp_path / "symbreak/paste/newer.py")
    found.add(publish._machine())
    assert len(found) == 5


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Return a copy of the machine and the package, which this process has just loaded."""
    for folder, pattern in (("snippets", "*.*"), ("symbreak", "**/*.py")):
        for path in (ROOT / folder).glob(pattern):
            (tmp_path / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, tmp_path / path.relative_to(ROOT))
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    monkeypatch.setattr(publish, "FOLDER", tmp_path / "snippets")
    return tmp_path


@pytest.fixture
def started(monkeypatch):
    """Return what would have been started in place of this process."""
    commands = []
    monkeypatch.setattr(publish.os, "execv", lambda *command: commands.append(command))
    return commands


FAULTS = {
    "a bracket left open in the boxes": ("symbreak/paste/boxes.py", "(", "SyntaxError"),
    "an unknown name in the boxes": ("symbreak/paste/boxes.py", "nobody", "NameError"),
    "a bracket left open in the machine": ("snippets/embed.py", "(", "SyntaxError"),
    "one in the package, as the machine changes": ("symbreak/printing.py", "(", "SyntaxError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_goes_on_as_it_is_while_its_code_cannot_be_loaded(copied, started, caplog, fault):
    name, text, error = FAULTS[fault]
    for changed, line in (("snippets/tex.py", "# edited"), (name, text)):
        with (copied / changed).open("a") as file:
            file.write(f"\n{line}\n")
    publish._restart_if_changed()
    assert started == []
    assert f'File "{name}", line ' in caplog.text and f"{error}: " in caplog.text
    assert "Going on with the machine as it was" in caplog.text


def test_a_server_starts_again_when_its_code_has_changed(copied, started):
    publish._restart_if_changed()
    assert started == []  # nothing has
    with (copied / "symbreak/paste/boxes.py").open("a") as file:
        file.write("# edited\n")
    publish._restart_if_changed()
    assert started == [(sys.executable, [sys.executable, *sys.orig_argv[1:]])]


def test_the_search_reads_no_formulas_and_the_page_keeps_them():
    whole = f"<p>So {tex.OPEN}<span>x</span>{tex.CLOSE} it is.</p>"
    page = SimpleNamespace(content=whole, meta={})
    assert publish._hide_from_search("context", page, None, None) == "context"
    assert page.content == "<p>So  it is.</p>"
    publish._show_again("context", page, None, None)
    assert page.content == whole


def test_navigations_of_the_same_name_get_different_ones():
    nav = '<nav class="md-nav" aria-label="{}">'
    page = nav.format("History") + nav.format("history") + nav.format("Other")
    head = policy.CHARSET
    improved = publish.on_post_page(head + page, None, None)
    assert improved == policy.protect(head + accessible.improve(page))
    improved = accessible.improve(page)
    assert improved == nav.format("History") + nav.format("history (2)") + nav.format("Other")
    search = '<div data-md-component="search" role="dialog">'
    assert 'role="dialog" aria-label="Search">' in accessible.improve(search)


def test_a_staged_site_replaces_the_old_one_only_when_it_is_complete(tmp_path, monkeypatch):
    def shut_down(complete):
        (tmp_path / ".site-1").mkdir()
        (tmp_path / ".site-1" / "index.html").write_text("new")
        for name, value in (
            ("final", tmp_path / "site"), ("staging", tmp_path / ".site-1"), ("complete", complete)
        ):  # fmt: skip
            monkeypatch.setattr(publish._Build, name, value)
        publish.on_shutdown()
        return (tmp_path / "site" / "index.html").read_text()

    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    assert shut_down(complete=False) == "old"
    assert shut_down(complete=True) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_katex_the_error_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(tex, "KATEX", tmp_path / "none")
    with pytest.raises(RuntimeError, match="run `make install`"):
        tex._node.__wrapped__()


# Downloads -------------------------------------------------------------------------------------


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    path = tmp_path / "symbreak-1-py3-none-any.whl"
    path.write_bytes(b"wheel")
    monkeypatch.setattr(downloads, "wheel", lambda: path)
    return path


def test_the_first_cell_installs_from_the_site_if_it_has_an_address(wheel):
    url = f"http://host/a/downloads/{wheel.name}"
    assert f'"symbreak[plots] @ {url}"' in downloads.first_cell("http://host/a/")
    assert "--find-links ." in downloads.first_cell("")


def test_each_example_is_a_script_a_notebook_and_in_the_zip(wheel):
    one = Snippet("zero-init/tanh")
    figure = {"alt": "A.", "caption": "", "svg": "", "summary": ""}
    verdicts = {one.name: Verdict(one, Result("", "1\n", [figure]), OK)}
    found = downloads.files(verdicts, "", {"downloads/labs/a.ipynb": "{}\n"})
    archive = found["downloads/symbreak-examples.zip"]
    assert list(found) == [
        "downloads/labs/a.ipynb",
        "snippets/zero-init/tanh.py",
        "snippets/zero-init/tanh.ipynb",
        f"downloads/{wheel.name}",
        "downloads/symbreak-examples.zip",
    ]
    script = found["snippets/zero-init/tanh.py"]
    assert script.startswith(one.source)
    assert script.endswith("plots.show_or_save('tanh')\n")
    notebook = found["snippets/zero-init/tanh.ipynb"]
    assert notebook.endswith("}\n")
    assert json.loads(notebook)["metadata"]["kernelspec"]["name"] == "python3"
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        names = [name.removeprefix("symbreak-examples/") for name in file.namelist()]
        assert file.read(f"symbreak-examples/{wheel.name}") == b"wheel"
    assert names == [
        "labs/a.ipynb", "zero-init/tanh.py", "zero-init/tanh.ipynb", "README.txt", wheel.name
    ]  # fmt: skip
    assert downloads.script(Verdict(one, Result("", "1\n"), OK)) == one.source
    assert "downloads/labs/a.ipynb" not in downloads.files(verdicts, "")


def test_the_wheel_is_built_once_until_the_package_changes(tmp_path, monkeypatch):
    built = []

    def build(command, **options):
        built.append(options["cwd"])
        command[-1].mkdir(parents=True)
        (command[-1] / "symbreak.whl").write_bytes(b"")

    monkeypatch.setattr(downloads, "CACHE", tmp_path)
    monkeypatch.setattr(downloads.subprocess, "run", build)
    first = downloads.wheel()
    assert downloads.wheel() == first == next(tmp_path.glob("wheels/*/symbreak.whl"))
    monkeypatch.setattr(downloads, "package_digest", lambda: b"other")
    assert downloads.wheel() != first
    assert built == [ROOT, ROOT]
    assert len(list(tmp_path.glob("wheels/*"))) == 1  # the older one is gone


# The card --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(card, "CACHE", tmp_path_factory.mktemp("cards") / "cache")
        first = card.card()
        patch.setattr(card, "_draw", lambda: pytest.fail("drawn twice"))
        assert card.card() == first
    return matplotlib.image.imread(io.BytesIO(first))[..., :3]


def test_the_card_is_drawn_again_when_its_colors_or_versions_may_have_changed(
    tmp_path, monkeypatch
):
    drawn = iter([b"first", b"second", b"third"])
    monkeypatch.setattr(card, "CACHE", tmp_path)
    monkeypatch.setattr(card, "_draw", lambda: next(drawn))
    assert (card.card(), card.card()) == (b"first", b"first")
    monkeypatch.setattr(card, "package_digest", lambda: b"other colors")
    assert card.card() == b"second"
    monkeypatch.setattr(card, "versions", lambda: "matplotlib 100")
    assert card.card() == b"third"
    assert len(list(tmp_path.iterdir())) == 1  # the older ones are gone


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
