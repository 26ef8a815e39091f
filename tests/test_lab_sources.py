"""Labs without a kernel and without a build: sources, checks, pages, notebooks."""

import contextlib
import sys
import warnings
from types import SimpleNamespace

import matplotlib.pyplot as plt
import nbformat
import pytest
from test_labs import LAB

from snippets import catalog, kernel, labpages, labs, tex
from snippets.check import OK, Verdict
from snippets.labs import Lab, LabResult


@pytest.fixture
def lab(tmp_path, monkeypatch):
    """Return the lab of `test_labs` in a folder of its own."""
    monkeypatch.setattr(labs, "DOCS", tmp_path)
    monkeypatch.setattr(labs, "ROOT", tmp_path)
    monkeypatch.setattr(labs, "RESULTS", tmp_path / "cache" / "labs")
    (tmp_path / "labs").mkdir()
    (tmp_path / "labs" / "sums.py").write_text(LAB)
    return Lab("labs/sums")


def result(**cells):
    return LabResult("", "total = 4\n", cells={"first": [], "predict": [], "check": []} | cells)


def test_a_lab_knows_its_title_cells_answers_and_what_to_fold(lab, tmp_path):
    assert labs.labs() == {"labs/sums": lab}
    assert lab.record == tmp_path / "labs" / "sums.out"
    assert lab.claim == "Sums"
    assert list(lab.code) == ["first", "predict", "check"]
    assert lab.answers == {"predict": "guess = 42"}
    assert lab.folded == {"check"}  # what would give the prediction away


def test_the_prose_of_a_lab_keeps_the_lines_of_its_source(lab):
    source, prose = (text.splitlines() for text in (lab.source, lab.prose))
    for text in ("# Sums", "## Your turn", "It is 42, because"):
        assert prose.index(text) == source.index(f"# {text}")
    assert "show" not in lab.prose


def test_the_key_of_a_lab_follows_code_and_package_and_not_prose(lab, monkeypatch, tmp_path):
    keys = {lab.key()}

    def changed(old, new):
        (tmp_path / "labs" / "sums.py").write_text(LAB.replace(old, new))
        return Lab("labs/sums").key()

    assert changed("Two and two.", "Two plus two.") in keys
    keys |= {changed("2 + 2", "2 + 3"), changed("guess = 42", "guess = 43")}
    assert len(keys) == 3
    monkeypatch.setattr(catalog, "package_digest", lambda: b"other")
    keys.add(lab.key())
    assert len(keys) == 4
    for name in labs.EXECUTORS:
        (tmp_path / name).write_text("x = 1\n")
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    keys.add(lab.key())
    assert len(keys) == 5
    (tmp_path / "run.py").write_text("x = 2\n")  # its environment is that of the kernel
    keys.add(lab.key())
    assert len(keys) == 6


def test_what_is_wrong_with_a_lab_is_named(lab, tmp_path):
    good = {lab.name: Verdict(lab, result(), OK)}
    assert labs.problems(good) == []
    (tmp_path / "labs" / "Sums-.py").write_text("# %%\nx = ...  # your answer\n")
    (tmp_path / "labs" / "gone.out").write_text("")
    named = "docs/labs/Sums-.py: "
    assert labs.problems(good) == [
        f"{named}a name is lower-case words joined by hyphens",
        f"{named}the first cell is Markdown and begins with '# <title>'",
        "docs/labs/Sums-.py:1: a code cell needs a name of its own,"
        " '# %% <lower-case-name>', got '# %%'",
        f"{named}cell 'unnamed-1' has a blank and no answer in <details> below",
        "labs/gone.out: a record without a lab; delete it",
    ]


def test_comments_for_the_machine_are_checked_above_the_first_cell(lab, tmp_path):
    text = LAB.replace("# For the machine.", "# limit: 2 min").replace("Two and", "# limit\n# and")
    (tmp_path / "labs" / "sums.py").write_text(text)
    assert labs.problems({}) == [
        "docs/labs/sums.py:1: write '# limit: <whole number> s', got '# limit: 2 min'"
    ]


def test_a_number_in_the_prose_of_a_lab_comes_from_a_cell(lab, tmp_path):
    (tmp_path / "labs" / "sums.py").write_text(LAB.replace("Two and two.", "It is 4.25."))
    lab = Lab("labs/sums")
    found = labs.problems({lab.name: Verdict(lab, result(), OK)})
    assert found == ["docs/labs/sums.py:8: no cell of this lab has the number '4.25'"]
    assert labs.problems({lab.name: Verdict(lab, result(), "failed")}) == []


def test_a_lab_whose_process_dies_says_so_and_leaves_no_log(lab, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", "false")
    verdict = labs.check([lab])[lab.name]
    assert verdict.status == "failed"
    assert verdict.message == "The process ended without a result."
    assert list((tmp_path / "cache" / "labs").iterdir()) == []


def test_a_valid_result_is_not_computed_again(lab, monkeypatch):
    labs.store(lab, LabResult(lab.key(), "total = 4\n"))
    monkeypatch.setattr(labs, "_start", lambda lab: pytest.fail("ran"))
    lab.record.write_text("total = 4\n")
    monkeypatch.setattr("snippets.record.ROOT", labs.ROOT)
    assert labs.check([lab], again=True)[lab.name].status == OK


# The kernel ------------------------------------------------------------------------------------


def test_an_error_says_in_which_cell_and_whether_with_the_answer(lab, monkeypatch):
    said = []
    monkeypatch.setattr(kernel, "_one", lambda client, cell, n, what, end, lab: said.append(what))
    monkeypatch.setattr(kernel, "_die_with_parent", lambda pid: None)
    client = SimpleNamespace(
        setup_kernel=lambda **options: contextlib.nullcontext(),
        km=SimpleNamespace(provisioner=SimpleNamespace(pid=0)),
    )
    code = lab.code | lab.answers
    cells = [SimpleNamespace(source=source) for source in code.values()]
    kernel._execute_all(client, lab, code, None, cells)
    assert said == [
        "the hidden setup", "cell 'first'", "cell 'predict', with the answer,", "cell 'check'"
    ]  # fmt: skip


def test_in_a_cell_warnings_are_errors_and_figures_are_published(monkeypatch):
    events, shown = {}, []
    shell = SimpleNamespace(
        run_line_magic=lambda *words: None,
        events=SimpleNamespace(register=events.setdefault),
    )
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)  # pyplot registers with it, too
    monkeypatch.setattr("IPython.display.publish_display_data", shown.append)
    plt.close("all")  # what other tests left open
    filters = list(warnings.filters)
    kernel.prepare("labs/sums")
    events["post_execute"]()
    assert warnings.filters == filters
    warnings.simplefilter("ignore")
    events["pre_execute"]()
    with pytest.raises(UserWarning):
        warnings.warn("beware", stacklevel=1)
    figure, axes = plt.subplots()
    axes.plot([0, 1])
    figure.alt = "A line."
    events["post_execute"]()
    assert plt.get_fignums() == []
    (data,) = shown
    assert data["text/plain"] == data[kernel.FIGURE]["alt"] == "A line."
    assert set(data) == {kernel.FIGURE, "image/png", "text/plain"}


def test_outputs_are_figures_and_the_text_between_them(lab):
    figure = {"alt": "A line."}
    shown = {"data": {kernel.FIGURE: figure, "image/png": "png"}}
    said = [{"text": "a"}, {"data": {"text/plain": "b"}}, shown, {"text": "c"}, {"text": "d"}]
    assert kernel._outputs(SimpleNamespace(outputs=said)) == [
        {"text": "ab"}, {"alt": "A line.", "png": "png"}, {"text": "cd"}
    ]  # fmt: skip


def test_the_kernel_keeps_a_result_unless_its_files_changed_meanwhile(monkeypatch):
    kept, keys = [], iter(["one", "one", "one", "two"])
    lab = SimpleNamespace(key=lambda: next(keys))
    monkeypatch.setattr(kernel, "Lab", lambda name: lab)
    monkeypatch.setattr(kernel, "execute", lambda lab: LabResult(lab.key()))
    monkeypatch.setattr(kernel, "store", lambda lab, result: kept.append(result.key))
    kernel.main("labs/sums")
    assert kept == ["one"]
    kernel.main("labs/sums")
    assert kept == ["one"]


# The page --------------------------------------------------------------------------------------

CELLS = """\
<style>.jp-Cell {color: red}</style>
<div class="jp-Cell" id="cell-id=text-0"><div class="jp-RenderedMarkdown">
<h1>Sums<a class="anchor-link" href="#Sums">¶</a></h1><p>Here $a_1$ and <code>$b$</code>,
<a href="../index.md#four">four</a>, <a href="#your-turn">below</a>,
<a href="http://host/">elsewhere</a>, <a href="../gone.md">gone</a>.</p>
<pre>plain</pre><pre><code>marked</code></pre>
<h2>Your turn</h2><h2>Your turn</h2><details><summary>Answer</summary>42</details>
</div></div>
<div class="jp-Cell" id="cell-id=first"><div class="highlight-ipynb"><pre>show(<b>2</b>)</pre></div>
<div class="jp-OutputArea-output"><pre>total = 4</pre></div>
<div class="jp-OutputArea-output"><div data-figure="1"></div></div></div>
<div class="jp-Cell" id="cell-id=predict"><div class="highlight-ipynb"><pre>guess</pre></div></div>
<div class="jp-Cell" id="cell-id=check"><div class="highlight-ipynb"><pre>print()</pre></div>
<div class="jp-OutputArea-output"><pre>Not yet</pre></div></div>
"""


class _File(SimpleNamespace):
    __hash__ = object.__hash__


@pytest.fixture
def page(lab, monkeypatch):
    """Return the page, its MkDocs page and the problems."""
    monkeypatch.setattr(tex, "render", lambda source, display: {"html": f"<i>{source}</i>"})
    index = _File(url_relative_to=lambda other: "../../")
    files = SimpleNamespace(get_file_from_path={"index.md": index}.get)
    page = SimpleNamespace(url="labs/sums/", file=_File(src_uri="labs/sums.ipynb"))
    figure = {"alt": "A line.", "caption": "It falls: a < b & c.", "svg": "<svg viewBox='0'></svg>"}
    verdict = Verdict(lab, result(first=[{"text": "total = 4\n"}, figure]), OK)
    problems = []
    html = labpages.on_content(CELLS, verdict, page, files, problems)
    return SimpleNamespace(html=html, page=page, problems=problems, index=index)


def test_headings_get_ids_of_their_own_and_a_table_of_contents(page):
    for anchor in ("sums", "your-turn", "your-turn_1"):
        assert page.html.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}" title="Permanent link"' in page.html
    (top,) = page.page.toc
    assert (top.title, [entry.id for entry in top.children]) == (
        "Sums",
        ["your-turn", "your-turn_1"],
    )
    assert "anchor-link" not in page.html


def test_links_lead_to_pages_and_their_anchors_are_left_for_mkdocs_to_check(page):
    assert 'href="../../#four"' in page.html
    assert 'href="http://host/"' in page.html
    links = page.page.links_to_anchors
    assert links[page.index] == {"four": "../index.md#four"}
    assert links[page.page.file] == {"your-turn": "#your-turn"}
    (problem,) = page.problems
    assert problem.endswith("link to '../gone.md', which is no page of this site")


def test_code_outputs_and_figures_look_like_the_examples_of_other_pages(page):
    assert "<style" not in page.html
    assert "<pre><span></span><code>show(<b>2</b>)</code></pre>" in page.html
    assert '<svg role="img" aria-label="A line." viewBox=\'0\'>' in page.html
    assert "<figcaption>It falls: a &lt; b &amp; c.</figcaption>" in page.html
    assert '<span class="arithmatex"><i>a_1</i></span>' in page.html
    assert "<code>$b$</code>" in page.html
    assert "<pre><span></span><code>plain</code></pre>" in page.html
    assert "<pre><code>marked</code></pre>" in page.html
    assert '<details class="question">' in page.html
    assert 'lab-blank" id="cell-predict"' in page.html


def test_only_what_follows_a_prediction_and_says_something_is_folded(page):
    first, predict, check = (
        page.html.index(f'id="cell-{n}"') for n in ("first", "predict", "check")
    )
    assert page.html.count('<details class="lab-result">') == 1
    assert first < predict < check < page.html.index('<details class="lab-result">')


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
    assert labpages._absolute(link, lab, "http://host/a/") == target


class _OneCell(SimpleNamespace):
    def __init__(self, text):
        super().__init__(name="labs/one", cells=[labs.Cell("", text, 1)])


def test_without_an_address_links_become_text_and_code_is_left_alone():
    text = "[a](b.md) `[c](d.md)`\n{0}\n[e](f.md)\n{0}\n[a\nb](c.md)\n"
    for fence in ("```", "~~~", "````"):
        plain = labpages._takeaway(_OneCell(text.format(fence)), "", "", {})
        (cell, _) = nbformat.reads(plain, as_version=4).cells
        assert cell.source == f"a `[c](d.md)`\n{fence}\n[e](f.md)\n{fence}\na\nb\n"


def test_a_lab_is_taken_away_with_and_without_its_outputs(lab):
    figure = {"alt": "A line.", "png": "AAAA"}
    verdict = Verdict(lab, result(first=[{"text": "total = 4\n"}, figure]), OK)
    found = labpages.files({lab.name: verdict}, "%pip install symbreak", "")
    assert list(found) == [
        "downloads/labs/sums.ipynb", "downloads/labs/sums-with-outputs.ipynb"
    ]  # fmt: skip
    plain, full = (nbformat.reads(text, as_version=4).cells for text in found.values())
    assert [cell.source for cell in plain] == [cell.source for cell in full]
    assert plain[1].source == "%pip install symbreak"
    assert not any(cell.get("outputs") for cell in plain)
    text, drawn = full[2].outputs
    assert text.text == "total = 4\n"
    assert drawn.data == {"image/png": "AAAA", "text/plain": "A line."}
