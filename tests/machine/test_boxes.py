"""The boxes to paste come from the package as it is on disk, also while a server runs."""

from types import SimpleNamespace

import pytest

from snippets.machine import boxes
from symbreak import paste


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Keep the boxes elsewhere, and count how often the package is asked."""
    monkeypatch.setattr(boxes, "KEPT", tmp_path / "boxes")
    calls, run = [], boxes.subprocess.run

    def counted(command, **options):
        calls.append(command)
        return run(command, **options)

    monkeypatch.setattr(boxes.subprocess, "run", counted)
    return calls


def test_every_box_and_check_of_the_package_is_there_and_asked_for_once(asked):
    found = boxes.boxes()
    for notebook, host in paste.NOTEBOOKS.items():
        for experiment in host.experiments:
            assert found[f"{notebook} {experiment}"] == paste.box(notebook, experiment)
        assert found[f"{notebook} check"] == paste.check_box(notebook)
    assert boxes.boxes() == found
    assert len(asked) == 1


def test_they_are_asked_for_again_when_the_package_has_changed(asked, monkeypatch):
    boxes.boxes()
    monkeypatch.setattr(boxes, "package_digest", lambda: "another")
    boxes.boxes()
    assert len(asked) == 2


def test_code_that_cannot_be_read_is_named(asked, monkeypatch, tmp_path):
    texts = {
        "snippets/machine/boxes.py": "from symbreak import paste\n",
        "symbreak/paste.py": "(\n",
    }
    texts |= dict.fromkeys(("snippets/__init__.py", "snippets/machine/__init__.py"), "")
    for name, text in (texts | {"symbreak/__init__.py": ""}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(boxes, "ROOT", tmp_path)
    with pytest.raises(ValueError, match=r'File "symbreak/paste.py", line 1[\s\S]*SyntaxError'):
        boxes.boxes()


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("planer zeros", ["planar zeros"], "did you mean 'planar zeros'?"),
        ("x", ["planar zeros", "planar check"], "there are planar zeros, planar check"),
        ("planar zeros", [], "the code in symbreak/paste cannot be read"),
    ],
)
def test_an_unknown_box_is_named_with_what_may_be_meant(name, known, said):
    assert said in boxes.unknown(name, dict.fromkeys(known, ""))


def test_a_process_that_says_no_line_is_quoted_whole(asked, monkeypatch):
    done = SimpleNamespace(returncode=1, stderr="Killed\n")
    monkeypatch.setattr(boxes.subprocess, "run", lambda command, **options: done)
    with pytest.raises(ValueError, match=r"cannot be read:\nKilled$"):
        boxes.boxes()
