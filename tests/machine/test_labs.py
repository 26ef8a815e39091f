"""Labs: run twice, recorded, shown, taken away; and what a build refuses."""

import functools
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading

import nbformat
import pytest
from nbclient import NotebookClient
from small_lab import LAB
from waiting import free_port, processes, reload_until, serving, until

from snippets.machine import labs, record, run
from snippets.mkdocs_site import downloads

PLUGIN = """\
plugins:
  - mkdocs-jupyter:
      include: ["labs/*.ipynb"]
exclude_docs: |
  /labs/*.py
  /labs/*.out
"""


@pytest.fixture(scope="session")
def lab_template(template, tmp_path_factory):
    """Return the small site with a lab: built once, nothing to report."""
    site = template.copy(tmp_path_factory.mktemp("labs"))
    site.replace("mkdocs.yml", "plugins: []\n", PLUGIN)
    site.write(
        "docs/index.md", site.read("docs/index.md") + "\n## Four\n\n[lab](labs/sums.ipynb)\n"
    )
    site.write("docs/labs/sums.py", LAB)
    done = site.run("-m", "snippets", "--update", "labs/sums")
    assert done.returncode == 0, done.stdout + done.stderr
    code, log = site.build("--strict")
    assert code == 0, log
    return site


@pytest.fixture
def lab_site(lab_template, tmp_path):
    return lab_template.copy(tmp_path)


def page(site) -> str:
    return site.read("site/labs/sums/index.html")


def test_a_source_is_split_into_cells_that_know_their_lines():
    cells = labs.parse("# above\n\n# %% [markdown]\n# # T\n#\n# text\n\n# %% one\nx = 1\n\n\n")
    assert [(cell.name, cell.source, cell.line) for cell in cells] == [
        ("", "# T\n\ntext", 4),
        ("one", "x = 1", 9),
    ]


def test_the_source_is_jupytext_percent_format():
    import jupytext

    for name, lab in labs.labs().items():
        read = jupytext.reads(lab.source, fmt="py:percent").cells
        ours = [(bool(cell.name), cell.source) for cell in lab.cells]
        theirs = [(cell.cell_type == "code", cell.source) for cell in read]
        assert ours == theirs[-len(ours) :], name  # what stands above is a cell to jupytext


def test_the_record_holds_both_runs(lab_template):
    record = lab_template.read("docs/labs/sums.out")
    assert "=== first ===\ntotal = 4\n\n--- figure 1, 422 x 278 ---\nalt: " in record
    assert "=== check ===\nNot filled in yet\n" in record
    assert "=== check, answered ===\n42: True\n" in record
    assert record.count("total = 4") == 1


def test_a_page_has_the_markup_of_the_site(lab_template):
    html = page(lab_template)
    assert "jp-" not in html and "clipboard-copy" not in html
    assert html.count('class="katex-display"') == 1
    assert html.count('class="katex"') == 2
    assert re.search(r'<h2 id="your-turn">Your turn<a class="headerlink" href="#your-turn"', html)
    assert re.search(r'<svg role="img" aria-label="[^"]{20,}"[^>]*viewBox=', html)
    assert 'href="../../#four"' in html
    assert "<code>[code](../index.md)</code>" in html
    assert "<pre><span></span><code>" in html
    assert '<details class="lab-result"><summary>Result</summary>' in html
    assert 'href="labs/sums/"' in lab_template.read("site/index.html")
    assert not list((lab_template.root / "site" / "labs").glob("*.*"))


# What is done to a lab, and what the failing build must say of it.
FAULTS = {
    "an error": (
        "2 + 2)",
        "2 + two)",
        ["docs/labs/sums.py: cell 'first' failed", 'labs/sums.py", line 19', "NameError", "two"],
    ),
    "a syntax error": (
        "2 + 2)",
        "2 + 2",
        ["docs/labs/sums.py: cell 'first' failed", 'labs/sums.py", line 19', "SyntaxError"],
    ),
    "a changed number": ("2 + 2)", "2 + 3)", ["labs/sums: differs", "-total = 4", "+total = 5"]),
    "a warning": (
        "2 + 2)",
        "2 + 2 + 0 * np.log(0.0))",
        ["docs/labs/sums.py: cell 'first' failed", "RuntimeWarning: divide by zero"],
    ),
    "something on stderr": (
        "2 + 2)",
        "2 + 2)\nimport sys\n\nsys.stderr.write('beware')",
        ["docs/labs/sums.py: cell 'first' wrote to stderr\nbeware"],
    ),
    "an endless loop": (
        "show(total=2 + 2)",
        "while True: pass",
        ["It did not end within 4 s:", 'docs/labs/sums.py", line 19 in <module>'],
    ),
    "an endless loop in an answer": (
        "guess = 42",
        "while True: pass",
        ["It did not end within 4 s:", "docs/labs/sums.py, cell predict", "line 1 in <module>"],
    ),
    "a crash": (
        "show(total",
        "import os\n\nos._exit(3)\nshow(total",
        ["labs/sums: failed\nThe process ended without a result."],
    ),
    "no alt text": (
        "1.0])})",
        '1.0])})\nfig.alt = ""',
        ["docs/labs/sums.py: cell 'first': figure 1 has no alt text"],
    ),
    "a wrong answer": (
        "guess = 42",
        "guess = 41",
        ["labs/sums: differs", "-42: True", "+41: False"],
    ),
    "an answer that fails": (
        "guess = 42",
        "guess = six",
        ["docs/labs/sums.py: cell 'predict' with the answer failed"],
    ),
    "a broken formula": ("$a_1 + b_1$", r"$\\frac{1$", ["labs/sums.py:12: KaTeX parse error"]),
    "a number from nowhere": ("Two and two.", "4.25", ["docs/labs/sums.py:8", "4.25 is typed"]),
    "a mistyped cell": (
        "# %% first",
        "# %% [first",
        ["docs/labs/sums.py:14: a code cell needs a name of its own", "got '# %% [first'"],
    ),
    "a cell twice": (
        "# %% check",
        "# %% first",
        ["docs/labs/sums.py:28: a code cell needs a name of its own", "got '# %% first'"],
    ),
    "no title": (
        "# # Sums",
        "# Sums",
        ["docs/labs/sums.py: the first cell is Markdown and begins with"],
    ),
}


def own(text, fault):
    """Put the lab of a fault in the place of that of the small site."""
    return text.replace("labs/sums", f"labs/{fault.replace(' ', '-')}")


@pytest.fixture(scope="module")
def faulty(lab_template, tmp_path_factory):
    """Return the small site with a lab of its own for each fault."""
    site = lab_template.copy(tmp_path_factory.mktemp("faulty"))
    for fault, (old, new, _) in FAULTS.items():
        for name in ("docs/labs/sums.py", "docs/labs/sums.out"):
            site.write(own(name, fault), lab_template.read(name))
        if "endless" in fault:
            site.replace(own("docs/labs/sums.py", fault), "# For the machine.", "# limit: 4 s")
        site.replace(own("docs/labs/sums.py", fault), old, new)
    site.write("docs/labs/other.out", "")
    return site


@pytest.fixture(scope="module")
def refused(faulty):
    return faulty.refused()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_problem_that_says_what_is_wrong_and_where(refused, fault):
    messages = [own(message, fault) for message in FAULTS[fault][2]]
    found = [text for text in refused[0] if all(message in text for message in messages)]
    assert len(found) == 1, refused[1]


def test_all_faults_are_reported_and_leave_the_good_pages(lab_template, faulty, refused):
    problems, log = refused
    places = [re.search(r"labs/([\w-]+)", problem)[1] for problem in problems]
    assert {*places} == {*(fault.replace(" ", "-") for fault in FAULTS), "other"}
    assert problems[places.index("other")].rstrip().endswith("record without an example; delete it")
    assert str(faulty.root / "s") not in re.sub(r"Building documentation.*|INFO.*", "", log)
    assert faulty.tree() == lab_template.tree()


def test_a_broken_link_fails_the_strict_build(lab_site):
    lab_site.replace("docs/labs/sums.py", "index.md#four", "nowhere.md")
    code, log = lab_site.build("--strict")
    assert code != 0
    assert "'labs/sums.ipynb' contains a link '../nowhere.md'" in log


def test_a_broken_anchor_fails_the_strict_build(lab_site):
    lab_site.replace("mkdocs.yml", "absolute_links", "anchors: warn, absolute_links")
    lab_site.replace("docs/labs/sums.py", "index.md#four", "index.md#five")
    code, log = lab_site.build("--strict")
    assert code != 0
    assert "does not contain an anchor '#five'" in log
    lab_site.replace("docs/labs/sums.py", "index.md#five", "index.md#four")
    lab_site.replace("docs/index.md", "sums.ipynb", "sums.ipynb#your-turn")
    code, log = lab_site.build("--strict")
    assert code == 0, log


def test_prose_runs_nothing_and_the_package_runs_everything(lab_site):
    before = lab_site.results()
    lab_site.replace("docs/labs/sums.py", "Two and two.", "Two plus two.")
    assert lab_site.build()[0] == 0
    assert lab_site.results() == before
    assert "Two plus two." in page(lab_site)
    lab_site.write("symbreak/history.py", lab_site.read("symbreak/history.py") + "\n# edited\n")
    assert lab_site.build()[0] == 0
    new = lab_site.results() - before
    assert len(new) == 2  # the lab and the example


def test_two_builds_are_the_same_byte_for_byte(lab_site):
    first = lab_site.tree()
    for name in ("results", "verdicts", "notebooks", "pages", "formulas"):
        shutil.rmtree(lab_site.root / ".cache" / name)
    assert lab_site.build()[0] == 0
    assert lab_site.tree() == first


def test_the_command_names_a_wrong_lab_and_judges_a_right_one(lab_site):
    done = lab_site.run("-m", "snippets", "labs/sum")
    assert done.returncode == 2
    assert "did you mean 'labs/sums'?" in done.stderr
    lab_site.replace("docs/labs/sums.py", "2 + 2", "2 + 3")
    done = lab_site.run("-m", "snippets", "labs/sums")
    assert done.returncode == 1
    assert "+total = 5" in done.stdout


# Taken away -----------------------------------------------------------------------------------


def notebooks(site):
    folder = site.root / "site" / "downloads" / "labs"
    for name in ("sums", "sums-with-outputs"):
        found = nbformat.read(folder / f"{name}.ipynb", as_version=4)
        nbformat.validate(found)
        yield found


def test_links_of_a_notebook_point_at_the_site_or_are_text(lab_site):
    for notebook in notebooks(lab_site):
        assert "and the page, `[code](../index.md)`." in notebook.cells[0].source
    lab_site.replace("mkdocs.yml", "site_name: small", "site_name: small\nsite_url: http://host/a/")
    assert lab_site.build()[0] == 0
    for notebook in notebooks(lab_site):
        assert "and [the page](http://host/a/#four), `" in notebook.cells[0].source
        assert '"symbreak[plots] @ http://host/a/downloads/symbreak' in notebook.cells[1].source


def test_one_notebook_has_the_outputs_and_the_other_has_none(lab_template):
    plain, full = notebooks(lab_template)
    assert not any(cell.get("outputs") for cell in plain.cells)
    (first,) = [cell for cell in full.cells if cell.id == "first"]
    assert first.outputs[0].text == "total = 4\n"
    assert len(first.outputs[1].data["image/png"]) > 1000
    assert "svg" not in json.dumps(full)


def test_a_lab_is_served_again_when_edited_and_a_fault_is_shown_on_its_page(lab_site):
    def seen(condition):
        return reload_until(lab_site, condition, "labs/sums/")

    with serving(lab_site):
        seen(lambda html: "total = 4" in html and "danger" not in html)
        lab_site.replace("docs/labs/sums.py", "Two and two.", "Two plus two.")
        seen(lambda html: "Two plus two." in html)
        lab_site.replace("docs/labs/sums.py", "2 + 2)", "2 + two)")
        html = seen(lambda html: "NameError" in html)
        assert "admonition danger" in html
        assert "Two plus two." in html
        lab_site.replace("docs/labs/sums.py", "2 + two)", "2 + 2)")
        seen(lambda html: "total = 4" in html and "danger" not in html)


def test_a_killed_build_leaves_no_process(lab_site):
    lab_site.replace("docs/labs/sums.py", "# For the machine.", "# limit: 600 s")
    lab_site.replace("docs/labs/sums.py", "show(total=2 + 2)", "while True:\n    pass")
    build = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=lab_site.root,
        env=lab_site.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = functools.partial(processes, lab_site, "snippets.machine.run")
    until(lambda: len(running()) == 3)  # the runner, the lab and its answers, which run first
    build.send_signal(signal.SIGKILL)
    build.wait()
    until(lambda: not running())


FRESH = [
    "borrowed",
    pytest.param(
        "installed",
        marks=pytest.mark.skipif("CI" not in os.environ, reason="downloads packages: in CI only"),
    ),
]


@pytest.mark.parametrize("packages", FRESH)
def test_a_downloaded_lab_runs_to_its_end_elsewhere(lab_site, tmp_path, packages):
    """Its first cell installs the wheel of the site into an environment without symbreak.

    "borrowed" finds numpy and Jupyter where this test does, but not symbreak, which is installed
    here by a `.pth` file; "installed" is an environment of its own.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    lab_site.replace("mkdocs.yml", "site_name: small", f"site_name: small\nsite_url: {url}")
    assert lab_site.build()[0] == 0
    fresh = tmp_path / "fresh"
    pip = ["--without-pip"] if packages == "borrowed" else []  # it is borrowed, too
    subprocess.run([sys.executable, "-m", "venv", *pip, fresh], check=True)
    python = fresh / "bin" / "python"
    if packages == "borrowed":
        (folder,) = fresh.glob("lib/python*/site-packages")
        (folder / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    else:
        command = [python, "-m", "pip", "install", "--quiet", "nbclient", "ipykernel"]
        subprocess.run(command, check=True)
    site = lab_site.root / "site"
    handler = functools.partial(_Quiet, directory=site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        shutil.copy(site / "downloads" / "labs" / "sums.ipynb", tmp_path / "sums.ipynb")
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
        done = subprocess.run(
            [python, "-c", RUN],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.shutdown()
        server.server_close()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "total = 4" in done.stdout
    assert str(fresh) in done.stdout  # where symbreak was found


RUN = """
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read("sums.ipynb", 4)
notebook.cells.append(nbformat.v4.new_code_cell("import symbreak; print(symbreak.__file__)"))
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
print(*(out.get("text", "") for cell in notebook.cells for out in cell.get("outputs", [])))
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


# The real labs --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", labs.labs())
def test_the_answers_of_a_lab_are_right(name):
    record = labs.Lab(name).record.read_text(encoding="utf-8")
    answered = "".join(re.findall(r"=== [\w-]+, answered ===\n(?:(?!===).*\n?)*", record))
    assert answered
    assert "Not filled in" not in answered
    assert "but the result is" not in answered
    assert "Right" in answered or "As predicted" in answered


def said(cell):
    """Return the lines that a cell prints in Jupyter, and how many figures it shows."""
    texts, figures = [], 0
    for out in cell.outputs:
        if out.output_type == "stream":
            texts.append(out.text)
        elif "image/png" in out.data:
            figures += 1
        else:
            texts.append(f"{out.data['text/plain']}\n")
    return lines("".join(texts)), figures


def lines(text):
    return [line.rstrip() for line in text.rstrip().splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("name", labs.labs())
def test_a_lab_says_in_jupyter_what_its_record_says(name, tmp_path):
    """The machine runs labs without Jupyter; readers do not."""
    lab = labs.Lab(name)
    notebook = nbformat.reads(downloads.lab_notebook(lab, "", "", {}), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "install"]
    paths = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources=paths)
    environment = {k: v for k, v in run.environment().items() if k != "MPLBACKEND"}
    client.execute(env=environment | {"PYTHONPATH": str(run.ROOT)})
    recorded = dict(record.shown(lab, run.Result(""))[0].cells)
    assert recorded
    for cell in notebook.cells:
        if cell.cell_type == "code":
            printed, figures = said(cell)
            outputs = recorded.pop(cell.id, [])
            expected = lines("".join(output.get("text", "") for output in outputs))
            assert len(printed) == len(expected), cell.id
            for new, old in zip(printed, expected):
                assert record.agree(old, new), cell.id
            assert figures == sum("alt" in output for output in outputs), cell.id
    assert not recorded.keys() - {f"{cell.id}, answered" for cell in notebook.cells}
