"""Labs without a build: sources, cells, pages, notebooks."""

import io
import logging
import re
import types
import zipfile
from types import SimpleNamespace

import matplotlib.pyplot as plt
import nbformat
import pytest
from mkdocs.structure.files import File, Files
from mkdocs_jupyter.plugin import NotebookFile
from small_lab import LAB

from snippets.machine import cache, examples, kept, labs, output, prose, record, run, verdict
from snippets.machine.examples import Cell
from snippets.machine.labs import Lab
from snippets.machine.run import Result
from snippets.machine.verdict import (
    DIFFERS,
    FAILED,
    OK,
    RECORDED,
    RUNNING,
    STALE,
    UNRECORDED,
    Verdict,
)
from snippets.mkdocs_site import downloads, embed, finish, labpages, tex


@pytest.fixture
def lab(tmp_path, monkeypatch):
    """Return the lab of `test_labs` in a folder of its own."""
    for module in (examples, record, run, cache):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    for module in (labs, prose):
        monkeypatch.setattr(module, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(cache, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(tex, "FORMULAS", tmp_path / "cache" / "formulas")
    (tmp_path / "docs" / "labs").mkdir(parents=True)
    return write(tmp_path, LAB)


def write(root, text, name="sums"):
    (root / "docs" / "labs" / f"{name}.py").write_text(text)
    return Lab(f"labs/{name}")


def result(**cells):
    return Result(
        "", cells={"first": [{"text": "total = 4\n"}], "predict": [], "check": []} | cells
    )


def test_a_lab_knows_its_title_cells_answers_and_what_to_fold(lab, tmp_path):
    assert labs.labs() == {"labs/sums": lab}
    assert lab.record == tmp_path / "docs" / "labs" / "sums.out"
    assert lab.place == "docs/labs/sums.py"
    assert lab.claim == "Sums"
    assert [cell.name for cell in lab.code] == ["first", "predict", "check"]
    assert lab.answers == {"predict": "guess = 42"}
    assert [cell.source for cell in lab.answered][1] == "guess = 42"
    assert [cell.line for cell in lab.answered] == [cell.line for cell in lab.code]
    assert lab.folded == {"check"}  # what would give the prediction away


def test_the_prose_of_a_lab_keeps_the_lines_of_its_source(lab):
    source, prose = (text.splitlines() for text in (lab.source, lab.prose))
    for text in ("# Sums", "## Your turn", "It is 42, because"):
        assert prose.index(text) == source.index(f"# {text}")
    assert "show" not in lab.prose


def test_the_key_of_a_lab_follows_code_and_answers_and_not_prose(lab, monkeypatch, tmp_path):
    keys = {lab.key()}

    def changed(old, new):
        return write(tmp_path, LAB.replace(old, new)).key()

    assert changed("Two and two.", "Two plus two.") in keys
    keys |= {changed("2 + 2", "2 + 3"), changed("guess = 42", "guess = 43")}
    assert changed("# For the machine.", "# limit: 2 s") in keys  # a failure runs again anyway
    keys.add(changed("# %% check", "# %% look"))  # its figures have other names
    assert len(keys) == 4
    for name in examples.EXECUTORS:
        (tmp_path / name).write_text("x = 1\n")
    monkeypatch.setattr(examples, "MACHINE", tmp_path)
    keys.add(lab.key())
    assert len(keys) == 5
    (tmp_path / "labs.py").write_text("x = 2\n")  # it says what the cells are
    keys.add(lab.key())
    assert len(keys) == 6


def test_what_is_wrong_with_a_lab_is_named(lab, tmp_path):
    assert list(labs.problems()) == []
    write(tmp_path, "# %%\nx = ...  # your answer\n", "Sums-")
    (tmp_path / "docs" / "labs" / "gone.out").write_text("")
    named = "docs/labs/Sums-.py: "
    assert list(labs.problems()) == [
        f"{named}a name is lower-case words joined by hyphens",
        f"{named}the first cell is Markdown and begins with '# <title>'",
        "docs/labs/Sums-.py:1: a code cell needs a name of its own,"
        " '# %% <lower-case-name>', got '# %%'",
        f"{named}cell 'unnamed-1' has a blank and no answer in <details> below",
        "docs/labs/gone.out: a record without an example; delete it",
    ]


def test_an_answer_without_a_blank_is_named(lab, tmp_path):
    write(tmp_path, LAB.replace("...  # your prediction", "41"))
    (problem,) = labs.problems()
    assert problem.startswith("docs/labs/sums.py: an answer without a blank")


def test_comments_for_the_machine_are_checked_above_the_first_cell(lab, tmp_path):
    text = LAB.replace("# For the machine.", "# limit: 2 min").replace("Two and", "# limit\n# and")
    write(tmp_path, text)
    assert list(labs.problems()) == [
        "docs/labs/sums.py:1: write '# limit: <whole number> s', got '# limit: 2 min'"
    ]


@pytest.mark.parametrize("status", [OK, DIFFERS, FAILED, UNRECORDED, RUNNING])
def test_a_number_in_the_prose_of_a_lab_comes_from_a_cell_of_a_lab_that_holds(
    lab, tmp_path, status
):
    lab = write(tmp_path, LAB.replace("Two and two.", "It is 4711."))
    found = list(prose.problems({lab.name: Verdict(lab, result(), status)}, {}))
    expected = "docs/labs/sums.py:8: no example of this page has the number '4711'"
    assert [f.startswith(expected) for f in found] == [True] * (status in (OK, RUNNING))


# Its cells ----------------------------------------------------------------------------------------


@pytest.fixture
def ran(lab, no_screen):
    """Run one cell after another, as the machine does."""
    module = types.ModuleType("__main__")
    numbers = iter(range(1, 1000))
    plt.close("all")  # what other tests left open

    def run_cell(cell):
        return run._run_cell(lab, cell, module, numbers)

    return run_cell


def cell_of(lab, source, name="first"):
    """Return a cell with a source, which stands in the lab from line 30 on."""
    cell = Cell(name, source, 30)
    lab.__dict__["cells"] = [cell]
    return cell


def fault(ran, cell):
    with pytest.raises(run._FailedError) as failed:
        ran(cell)
    return str(failed.value)


def test_an_error_says_in_which_cell_and_line_of_the_lab(lab, ran):
    said = fault(ran, cell_of(lab, "x = 1\n\nx + two"))
    assert said.startswith("docs/labs/sums.py: cell 'first' failed\nTraceback")
    assert 'File "docs/labs/sums.py", line 32, in <module>' in said
    assert said.endswith("NameError: name 'two' is not defined")


def test_an_error_of_an_answer_says_so_and_shows_its_line(lab, ran):
    said = fault(ran, Cell("predict", "guess = 1\nguess = six", 40))
    assert said.startswith("docs/labs/sums.py: cell 'predict' with the answer failed\n")
    assert 'File "docs/labs/sums.py, cell predict", line 2, in <module>' in said
    assert "guess = six" in said


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("import warnings\nwarnings.warn('beware')", "UserWarning: beware"),
        ("raise SystemExit(1)", "SystemExit: 1"),
        ("x = (", "SyntaxError"),
        ("assert 2 + 2 == 5, 'no'", "AssertionError: no"),
    ],
)
def test_a_cell_runs_to_its_end_without_a_warning(lab, ran, source, error):
    said = fault(ran, cell_of(lab, source))
    assert "cell 'first' failed" in said
    assert error in said


def test_what_a_cell_writes_to_stderr_is_a_fault(lab, ran):
    said = fault(ran, cell_of(lab, "import sys\nprint('beware', file=sys.stderr)"))
    assert said == "docs/labs/sums.py: cell 'first' wrote to stderr\nbeware"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("1 + 1", "2\n"),
        ("1 + 1;", ""),
        ("None", ""),
        ("print(3)\n'text'", "3\n'text'\n"),
        ("x = 1", ""),
        ("for x in (1, 2):\n    x", ""),
        ("", ""),
    ],
)
def test_as_in_a_notebook_the_value_at_the_end_of_a_cell_is_printed(lab, ran, source, printed):
    assert ran(cell_of(lab, source)) == ([{"text": printed}] if printed else [])


def test_figures_follow_the_text_of_their_cell_and_are_closed(lab, ran):
    source = (
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfig.alt = 'A line.'\nprint(1)"
    )
    text, figure = ran(cell_of(lab, source))
    assert text == {"text": "1\n"}
    assert figure["alt"] == "A line."
    assert figure["svg"].startswith("<svg") and len(figure["png"]) > 1000
    assert figure["size"] == [614, 461]
    assert plt.get_fignums() == []


def test_cells_share_their_names_and_figures_have_ids_of_their_own(lab, ran):
    source = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([y, 1]);"
    ran(cell_of(lab, "y = 0", "before"))
    (one,) = ran(cell_of(lab, source, "one"))
    (two,) = ran(cell_of(lab, source, "two"))
    assert one["summary"] == two["summary"]
    assert one["svg"] != two["svg"]


# The page --------------------------------------------------------------------------------------

CELLS = """\
<style>.jp-Cell {color: red}</style>
<div class="jp-Cell" id="cell-id=text-0"><div class="jp-RenderedMarkdown">
<h1>Sums<a class="anchor-link" href="#Sums">¶</a></h1><p>Here $a_1$ and <code>$b$</code>,
<a href="../index.md#four">four</a>, <a href="#your-turn">below</a>,
<a href="http://host/">elsewhere</a>, <a href="../gone.md">gone</a>.</p>
<div class="highlight"><pre>$<b>c</b>$ $d$</pre></div><pre><code>marked</code></pre>
<h2>Your turn</h2><h2>Your turn</h2><details><summary>Answer</summary>42</details>
</div></div>
<div class="jp-Cell" id="cell-id=first"><div class="highlight-ipynb"><pre>show(<b>2</b>)</pre></div>
<div class="jp-OutputArea-output"><pre>total = 4</pre></div>
<div class="jp-OutputArea-output"><div data-figure="1"></div></div></div>
<div class="jp-Cell" id="cell-id=predict"><div class="highlight-ipynb"><pre>guess</pre></div></div>
<div class="jp-Cell" id="cell-id=check"><div class="highlight-ipynb"><pre>print()</pre></div>
<div class="jp-OutputArea-output"><pre>Not yet</pre></div></div>
"""


FIGURE = {
    "alt": "A line.",
    "caption": "It falls: a < b & c.",
    "svg": "<svg viewBox='0'></svg>",
    "size": [300, 200],
    "summary": "axes 1",
}


CONFIG = SimpleNamespace(
    use_directory_urls=True,
    validation=SimpleNamespace(links=SimpleNamespace(not_found=logging.WARNING)),
)


def page_of(judged, content):
    """Return the page of a lab, on a site with one more page."""
    lab, index = (File(uri, "docs", "site", True) for uri in ("labs/sums.ipynb", "index.md"))
    lab = NotebookFile(lab, use_directory_urls=True, site_dir="site")
    page = SimpleNamespace(url=lab.url, file=lab)
    files = Files([lab, index])
    page.content = labpages.to_page(content, output.shown(judged), page, files, CONFIG)
    return page


@pytest.fixture
def page(lab, monkeypatch):
    monkeypatch.setattr(tex, "render", lambda source, display: f"<i>{source}</i>")
    return page_of(Verdict(lab, result(first=[{"text": "total = 4\n"}, FIGURE]), OK), CELLS)


def test_headings_get_ids_of_their_own_and_a_table_of_contents(page):
    for anchor in ("sums", "your-turn", "your-turn_1"):
        assert page.content.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}" title="Permanent link"' in page.content
    (top,) = page.toc
    assert (top.title, [entry.id for entry in top.children]) == (
        "Sums",
        ["your-turn", "your-turn_1"],
    )
    assert "anchor-link" not in page.content


def test_links_lead_to_pages_and_their_anchors_are_left_for_mkdocs_to_check(page):
    assert 'href="../../#four"' in page.content
    assert 'href="http://host/"' in page.content
    found = {file.src_uri: anchors for file, anchors in page.links_to_anchors.items()}
    assert found == {
        "index.md": {"four": "../index.md#four"},
        "labs/sums.ipynb": {"your-turn": "#your-turn"},
    }


def test_a_link_that_leads_nowhere_is_a_warning_of_mkdocs(lab, caplog):
    page_of(Verdict(lab, result(first=OUTPUTS["first"]), OK), CELLS)
    assert caplog.messages == [
        "Doc file 'labs/sums.ipynb' contains a link '../gone.md', "
        "but the target 'gone.md' is not found among documentation files."
    ]


def test_code_outputs_and_figures_look_like_the_examples_of_other_pages(page):
    assert "<style" not in page.content
    assert embed.colored("show(2)") in page.content
    assert '<svg role="img" aria-label="A line." viewBox=\'0\'>' in page.content
    assert "<figcaption>It falls: a &lt; b &amp; c.</figcaption>" in page.content
    assert '<span class="arithmatex"><i>a_1</i></span>' in page.content
    assert "<code>$b$</code>" in page.content
    assert "<pre><code>$<b>c</b>$ $d$</code></pre>" in page.content
    assert "<pre><code>marked</code></pre>" in page.content
    assert '<details class="question">' in page.content
    assert 'lab-blank" id="cell-predict"' in page.content


def test_only_what_follows_a_prediction_and_says_something_is_folded(page):
    first, predict, check = (
        page.content.index(f'id="cell-{n}"') for n in ("first", "predict", "check")
    )
    assert page.content.count('<details class="lab-result">') == 1
    assert first < predict < check < page.content.index('<details class="lab-result">')


def test_a_formula_that_cannot_be_read_is_named_with_its_line(lab, tmp_path):
    lab = write(tmp_path, LAB.replace("$a_1 + b_1$", r"$a < \b{$"))
    content = CELLS.replace("$a_1$", r"$a &lt; \b{$")
    html = page_of(Verdict(lab, result(first=OUTPUTS["first"]), OK), content).content
    (problem,) = finish.problems(html)
    assert problem.startswith("docs/labs/sums.py:12: KaTeX parse error")
    assert 'class="tex-error"' in html


# Its page in every state --------------------------------------------------------------------------

OUTPUTS = {"first": [{"text": "total = 4\n"}, FIGURE], "predict": [], "check": [{"text": "no\n"}]}
KEPT = "# data: SYMBREAK_NOWHERE\n"
PACKAGE = {"symbreak/one.py": "hash"}


def recorded(root, text=LAB):
    lab = write(root, text)
    made = Result("", PACKAGE, OUTPUTS)
    record.write(lab, made, {})
    return lab, made


def judge_ok(root):
    return verdict.judge(*recorded(root))


def judge_failed(root):
    lab, _ = recorded(root)
    return verdict.judge(lab, Result("", error="NameError: <two>"))


def judge_different(root):
    lab, made = recorded(root)
    lab.record.write_text(lab.record.read_text().replace("= 4", "= 5"))
    return verdict.judge(lab, made)


def judge_unrecorded(root):
    return verdict.judge(write(root, LAB), Result("", cells=OUTPUTS))


def judge_kept(root):
    lab, made = recorded(root, KEPT + LAB)
    kept.keep(lab, made)
    return verdict._judge_kept(lab, PACKAGE)


def judge_stale(root):
    judge_kept(root)
    return verdict._judge_kept(Lab("labs/sums"), {"symbreak/one.py": "another"})


def judge_without_data(root):
    return verdict._judge_kept(write(root, KEPT + LAB), PACKAGE)


def judge_running(root):
    return verdict.judge(recorded(root)[0], None)


def judge_new(root):
    return verdict.judge(write(root, LAB), None)


# How a lab gets into a state; what the state is, the box with a word of its message, how the note
# begins, and whether there are outputs to show.
STATES = {
    "ok": (judge_ok, OK, "", "", True),
    "failed": (judge_failed, FAILED, "danger NameError: &lt;two&gt;", "", False),
    "differs": (judge_different, DIFFERS, "danger -total = 5", "", True),
    "not recorded": (judge_unrecorded, UNRECORDED, "warning --update labs/sums", "", True),
    "shown as recorded": (judge_kept, RECORDED, "", "As recorded: the data are not", True),
    "recorded with other code": (judge_stale, STALE, "", "As recorded: the data are not", True),
    "no data and nothing kept": (
        judge_without_data, UNRECORDED, "warning SYMBREAK_NOWHERE=", "", False
    ),
    "not checked yet": (judge_running, RUNNING, "", "Not checked yet", True),
    "not checked yet and not recorded": (judge_new, RUNNING, "", "Not checked yet", False),
}  # fmt: skip


def test_the_states_are_those_that_the_machine_knows():
    known = {OK, DIFFERS, FAILED, UNRECORDED, RECORDED, STALE, RUNNING}
    assert {status for _, status, *_ in STATES.values()} == known


@pytest.fixture(scope="module")
def convert():
    """Return what makes HTML of the notebook of a lab, as the site does."""
    from mkdocs_jupyter.convert import nb2html

    return nb2html


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_a_lab_shows_its_state_and_what_there_is(lab, tmp_path, convert, state):
    judge, status, box, note, has_outputs = STATES[state]
    judged = judge(tmp_path)
    assert judged.status == status
    notebook = tmp_path / "sums.ipynb"
    notebook.write_text(output._page(judged, {}))
    html = page_of(judged, convert(str(notebook))).content
    kind, _, message = box.partition(" ")
    assert html.count('class="admonition ') == bool(box)
    if box:
        head = f'<div class="admonition {kind}"><p class="admonition-title">labs/sums: {status}<'
        assert html.index("</h1>") < html.index(head) < html.index('id="cell-first"')
        assert message in html
    kind = "example-pending" if status == RUNNING else "example-recorded"
    assert len(re.findall('class="example-(pending|recorded)"', html)) == bool(note)
    assert f'<p class="{kind}">{note}' in html or not note
    for name in ("first", "predict", "check"):
        assert html.count(f'id="cell-{name}"') == 1
    assert ("total = 4\n</code>" in html) == has_outputs
    assert ("no\n</code>" in html) == has_outputs
    drawn = has_outputs and status != RUNNING
    assert html.count('<svg role="img" aria-label="A line."') == drawn
    pending = '<div class="figure-pending" role="img" aria-label="A line." style="width: 300px;'
    assert html.count(pending) == (has_outputs and not drawn)
    assert html.count("<figcaption>It falls: a &lt; b &amp; c.</figcaption>") == has_outputs
    assert html.count('<details class="lab-result">') == has_outputs
    assert "data-figure" not in html
    assert html.count("with outputs</a>") == 1


# Notebooks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[a](../index.md#four)", "[a](http://host/a/#four)"),
        ("[a](../ties.md)", "[a](http://host/a/ties/)"),
        ("[a](deep.ipynb)", "[a](http://host/a/labs/deep/)"),
        ("[a](http://other/b)", "[a](http://other/b)"),
        ("[a](#here)", "[a](#here)"),
    ],
)
def test_links_of_a_notebook_point_at_the_site(lab, link, target):
    assert downloads.absolute(link, lab, "http://host/a/") == target


class _OneCell(SimpleNamespace):
    def __init__(self, text):
        super().__init__(name="labs/one", cells=[Cell("", text, 1)])


def test_without_an_address_links_become_text_and_code_is_left_alone():
    text = "[a](b.md) `[c](d.md)`\n{0}\n[e](f.md)\n{0}\n[a\nb](c.md)\n"
    for fence in ("```", "~~~", "````"):
        plain = downloads.lab_notebook(_OneCell(text.format(fence)), "", "", {})
        (cell, _) = nbformat.reads(plain, as_version=4).cells
        assert cell.source == f"a `[c](d.md)`\n{fence}\n[e](f.md)\n{fence}\na\nb\n"


def test_a_lab_is_taken_away_with_and_without_its_outputs(lab):
    drawn = FIGURE | {"png": "AAAA"}
    verdict = Verdict(lab, result(first=[{"text": "total = 4\n"}, drawn]), OK)
    found = downloads.files([verdict], "")
    names = ["downloads/labs/sums.ipynb", "downloads/labs/sums-with-outputs.ipynb"]
    assert list(found)[:2] == names
    with zipfile.ZipFile(io.BytesIO(found["downloads/symbreak-examples.zip"])) as file:
        assert "symbreak-examples/labs/sums.ipynb" in file.namelist()
    plain, full = (nbformat.reads(found[name], as_version=4).cells for name in names)
    assert [cell.source for cell in plain] == [cell.source for cell in full]
    assert plain[1].source == downloads.first_cell("")
    assert not any(cell.get("outputs") for cell in plain)
    text, drawn = full[2].outputs
    assert text.text == "total = 4\n"
    assert drawn.data == {"image/png": "AAAA", "text/plain": "A line."}


def test_a_figure_that_is_not_drawn_yet_is_its_alt_text_in_a_notebook(lab):
    made = Verdict(lab, result(first=[FIGURE | {"svg": ""}]), RUNNING)
    full = downloads.files([made], "")["downloads/labs/sums-with-outputs.ipynb"]
    (drawn,) = nbformat.reads(full, as_version=4).cells[2].outputs
    assert drawn.data == {"text/plain": "A line."}


def test_what_stands_behind_the_answer_is_not_folded():
    answer = "# <details><summary>Answer</summary>\n#\n# ```python\n# x = 1\n# ```\n# </details>"
    cells = [
        "# %% [markdown]\n# # T",
        "# %% predict\nx = ...  # your prediction",
        "# %% run\nprint(x)",
    ]
    cells += [f"# %% [markdown]\n{answer}", "# %% later\nprint(2)"]
    lab = labs.Lab("labs/folded")
    lab.__dict__["source"] = "\n\n".join(cells) + "\n"
    assert lab.folded == {"run"}
