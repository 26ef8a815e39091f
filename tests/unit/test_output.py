"""What a renderer reads: a file for each verdict, a notebook for each lab, the boxes."""

import json

import nbformat
import pytest

from snippets.machine import cache, examples, labs, output
from snippets.machine.examples import Example
from snippets.machine.labs import Lab
from snippets.machine.run import Result
from snippets.machine.verdict import DIFFERS, OK, PARTS, Verdict

LAB = """\
# %% [markdown]
# # Sums
#
# Two and two.

# %% first
2 + 2

# %% guess
guess = ...  # your prediction

# %% check
print(guess)

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# guess = 4
# ```
#
# </details>
"""
FIGURE = {
    "alt": "A line.", "caption": "", "size": [4, 3], "svg": "<svg/>", "summary": "axes",
    "png": "iVBORw0KGgo=",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder of what is written; there are an example and a lab."""
    place = tmp_path / "cache"
    monkeypatch.setattr(examples, "FOLDER", tmp_path)
    monkeypatch.setattr(labs, "DOCS", tmp_path)
    monkeypatch.setattr(cache, "CACHE", place)
    monkeypatch.setattr(output, "VERDICTS", place / "verdicts")
    monkeypatch.setattr(output, "NOTEBOOKS", place / "notebooks")
    monkeypatch.setattr(output, "BOXES", place / "boxes.json")
    for name, text in {"page/one.py": '"""One é."""\nprint(1)\n', "labs/sums.py": LAB}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return place


def one(text="1\n", status=OK, message=""):
    result = Result("key", cells={"": [{"text": text}, FIGURE]}, seconds=1.5, stamp="abc")
    return Verdict(Example("page/one"), result, status, message, {"cost .3f": "0.644"})


def sums():
    cells = {"first": [{"text": "4\n"}], "guess": [], "check": [{"text": "Ellipsis\n"}, FIGURE]}
    return Verdict(Lab("labs/sums"), Result("", cells=cells), OK)


def written(folder):
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.read_text(encoding="utf-8"))
        for path in folder.rglob("*")
        if path.is_file() and path.name != cache.TAG
    }


def test_a_verdict_is_read_as_it_was_written(folder):
    output.write({"page/one": one("1\n", DIFFERS, "-1\n+2")}, {})
    assert output.read("page/one") == {
        "name": "page/one",
        "place": "snippets/page/one.py",
        "claim": "One é.",
        "code": '"""One é."""\nprint(1)\n',
        "status": DIFFERS,
        "message": "-1\n+2",
        "holds": False,
        "stamp": "abc",
        "versions": [],
        "lacks": {
            "output": "",
            "figures": "",
            "table": "the printout of page/one is no Markdown table",
        },
        "output": "1\n",
        "numbers": {"cost .3f": "0.644"},
        "figures": [{"alt": "A line.", "caption": "", "size": [4, 3], "svg": "<svg/>"}],
    }


def test_what_is_no_example_is_not_there(folder):
    assert output.read("page/one") is None
    output.write({"page/one": one()}, {})
    assert output.read("page/two") is None


def test_a_page_is_told_of_every_part_whether_an_example_lacks_it(folder):
    assert {*output.shown(one())["lacks"], "code"} == set(PARTS)  # code has every one


def test_the_verdict_on_a_lab_has_what_its_page_and_its_notebooks_need(folder):
    output.write({"labs/sums": sums()}, {})
    lab = output.read("labs/sums")
    assert lab["claim"] == "Sums" and lab["place"] == "docs/labs/sums.py"
    assert lab["cells"] == sums().result.cells  # the notebook to take away shows the PNG
    assert (lab["folded"], lab["blanks"]) == (["check"], ["guess"])
    assert lab["prose"].splitlines()[1] == "# Sums"  # where it is in the source
    assert "2 + 2" not in lab["prose"]
    assert "cells" not in output.shown(one())


def test_boxes_are_read_as_they_were_written(folder):
    assert output.read_boxes() == {}
    output.write({}, {"planar zeros": "W1 = 0\n"})
    assert output.read_boxes() == {"planar zeros": "W1 = 0\n"}


def test_only_what_has_changed_is_written(folder):
    output.write({"page/one": one(), "labs/sums": sums()}, {"box": "text"})
    before = written(folder)
    names = {"boxes.json", "verdicts/page.one.json", "verdicts/labs.sums.json"}
    assert set(before) == names | {"notebooks/labs/sums.ipynb"}
    output.write({"page/one": one(), "labs/sums": sums()}, {"box": "text"})
    assert written(folder) == before
    output.write({"page/one": one("2\n"), "labs/sums": sums()}, {"box": "text"})
    after = written(folder)
    assert {name for name in after if after[name] != before[name]} == {"verdicts/page.one.json"}


def test_how_long_a_run_took_changes_no_file(folder):
    output.write({"page/one": one()}, {})
    before = written(folder)
    result = Result("other key", cells=one().result.cells, seconds=9.9, stamp="abc")
    same = Verdict(Example("page/one"), result, OK, numbers=one().numbers)
    output.write({"page/one": same}, {})
    assert written(folder) == before


def test_what_is_no_example_any_more_is_removed(folder):
    output.write({"page/one": one(), "labs/sums": sums()}, {})
    output.write({"page/one": one()}, {})
    assert set(written(folder)) == {"boxes.json", "verdicts/page.one.json"}
    output.write({}, {})
    assert set(written(folder)) == {"boxes.json"}


def test_the_notebook_of_a_lab_is_valid_and_has_marks_for_figures(folder):
    output.write({"labs/sums": sums()}, {})
    read = nbformat.read(folder / "notebooks/labs/sums.ipynb", as_version=4)
    nbformat.validate(read)
    assert [(cell.cell_type, cell.id) for cell in read.cells] == [
        ("markdown", "text-0"), ("code", "first"), ("code", "guess"), ("code", "check"),
        ("markdown", "text-4"),
    ]  # fmt: skip
    _, first, guess, check, _ = read.cells
    assert first.source == "2 + 2" and first.outputs[0].text == "4\n"
    assert guess.outputs == []
    assert [sorted(cell) for cell in check.outputs] == [
        ["name", "output_type", "text"], ["data", "metadata", "output_type"]
    ]  # fmt: skip
    assert check.outputs[1].data == {"text/html": '<div data-figure="1"></div>'}
    assert "<svg" not in (folder / "notebooks/labs/sums.ipynb").read_text()


def test_a_notebook_may_show_drawings_and_texts_in_its_own_way(folder):
    verdict = sums()
    cells = output.lab_cells(
        verdict.example,
        verdict.result.cells,
        lambda drawing, place: {"image/png": drawing["png"]},
        str.upper,
    )
    text = output.notebook(cells)
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert json.loads(text)["cells"][0]["source"] == "# SUMS\n\nTWO AND TWO."
    assert cells[3]["outputs"][1]["data"] == {"image/png": FIGURE["png"]}


def test_a_lab_that_did_not_run_has_a_page_with_its_code(folder):
    failed = Verdict(Lab("labs/sums"), Result("", error="NameError: x"), "failed", "NameError: x")
    output.write({"labs/sums": failed}, {})
    read = nbformat.read(folder / "notebooks/labs/sums.ipynb", as_version=4)
    assert next(cell.source for cell in read.cells if cell.cell_type == "code") == "2 + 2"
    assert not any(cell.outputs for cell in read.cells if cell.cell_type == "code")
    assert output.read("labs/sums")["message"] == "NameError: x"
