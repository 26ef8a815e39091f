"""`mkdocs serve` while somebody edits: a fault is shown where it stands, and mended in place."""

import os
import re
import shutil
import signal

import pytest
from waiting import PATIENCE, processes, reload_until, serving, until


@pytest.fixture
def served(site):
    with serving(site):
        yield site


def test_faults_show_where_they_stand_and_go_when_mended(served):
    page = reload_until(served, lambda page: "total = 4" in page)
    assert "admonition danger" not in page

    served.replace("snippets/page/four.py", "2 + 2", "2 + 3")
    page = reload_until(served, lambda page: "admonition danger" in page)
    assert "-total = 4" in page
    assert "So " in page  # the rest of the page is there

    served.replace("snippets/page/four.py", "2 + 3", "2 + (")
    page = reload_until(served, lambda page: "SyntaxError" in page)
    assert "snippets/page/four.py" in page

    served.replace("snippets/page/four.py", "2 + (", "2 + 2")
    page = reload_until(served, lambda page: "admonition danger" not in page)
    assert "total = 4" in page

    served.replace("docs/index.md", "So $2", "So $\\frac{ 2")
    reload_until(served, lambda page: "tex-error" in page)
    served.replace("docs/index.md", "\\frac{ 2", "2")
    reload_until(served, lambda page: "tex-error" not in page)

    (served.root / "snippets/page/four.out").unlink()
    page = reload_until(served, lambda page: "admonition warning" in page)
    assert "not recorded" in page
    assert "total = 4" in page


def test_live_reload_is_not_refused_by_a_policy(served):
    page = reload_until(served, lambda page: "total = 4" in page)
    assert "livereload(" in page
    assert "Content-Security-Policy" not in page
    assert "Content-Security-Policy" in served.read("site/index.html")  # as it was built


def test_editing_prose_runs_nothing_and_the_package_runs_what_uses_it(served):
    reload_until(served, lambda page: "total = 4" in page)
    before = served.results()
    served.replace("docs/index.md", "So ", "Therefore ")
    reload_until(served, lambda page: "Therefore" in page)
    assert served.results() == before
    served.replace("symbreak/printing.py", 'f"{name} = "', 'f"{name} := "')
    page = reload_until(served, lambda page: "+total := 4" in page)
    assert "admonition danger" in page
    assert served.results() != before


def test_an_edited_machine_is_named_and_the_pages_go_on(served):
    reload_until(served, lambda page: "total = 4" in page)
    path = "snippets/mkdocs_site/embed.py"
    served.write(path, served.read(path) + "\n(\n")
    until(lambda: "stop and start `mkdocs serve`" in served.log.read_text(), served.log.read_text)
    served.replace("snippets/page/four.py", "2 + 2", "2 + 3")
    reload_until(served, lambda page: "page/four: differs" in page)


ENDS = {
    "raises": ("raise ValueError('no')", "ValueError: no"),
    "exits": ("import sys\nsys.exit(1)", "SystemExit: 1"),
    "is interrupted": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "prints something else": ("print(5)", "+5"),
    "draws nothing": ("import matplotlib.pyplot as plt\nplt.close()", "draws nothing"),
}


def test_an_example_shown_by_its_figures_recovers_however_it_ends(served):
    served.replace("docs/index.md", "page/four", "page/four figures\n\n@snippet page/four code")
    reload_until(served, lambda page: "<svg role" in page and "danger" not in page)
    good = served.read("snippets/page/four.py")
    for line, said in ENDS.values():
        served.write("snippets/page/four.py", f"{good}{line}\n")
        page = reload_until(served, lambda page, said=said: said in page and "danger" in page)
        assert "So " in page  # the rest of the page is there
        served.write("snippets/page/four.py", good)
        reload_until(served, lambda page: "<svg role" in page and "danger" not in page)


def test_what_a_build_would_refuse_of_a_page_is_shown_on_it(served):
    reload_until(served, lambda page: "total = 4" in page)
    good = served.read("docs/index.md")
    for old, new, said in (
        ("# Page", "---\ntitle: [Page\n---\n\n# Page", "the front matter is not YAML"),
        (
            "So",
            '<iframe src="https://example.org"></iframe>\n\nSo',
            "&lt;iframe&gt; is not admitted",
        ),
        ("So", "It is 4.25. So", "4.25 is typed"),
    ):
        served.write("docs/index.md", good.replace(old, new))
        page = reload_until(served, lambda page, said=said: said in page)
        assert "A build would not publish this page" in page
        served.write("docs/index.md", good)
        reload_until(served, lambda page: "would not publish" not in page)


SLOW = """\
\"\"\"It takes its time.\"\"\"

import time

from symbreak import show

time.sleep({})
show(x={})
"""


def test_an_edit_ends_the_run_of_the_old_version(served):
    reload_until(served, lambda page: "total = 4" in page)
    served.write("docs/index.md", served.read("docs/index.md") + "\n@snippet page/slow\n")
    served.write("snippets/page/slow.py", SLOW.format(600, 1))
    until(lambda: len(processes(served, "snippets.machine.run")) == 2)
    served.write("snippets/page/slow.py", SLOW.format(0, 2))
    page = reload_until(served, lambda page: "x = 2" in page)
    assert "not recorded" in page


@pytest.fixture
def forgetful(site):
    """Serve a site whose cache is empty, with an example that takes its time."""
    for name, source in (("slow", SLOW.format(0, 7)), ("also", SLOW.format(0, 8))):
        site.write(f"snippets/page/{name}.py", source)
    body = "\n\n@snippet page/slow\n\n@snippet page/also\n"
    site.write("docs/index.md", site.read("docs/index.md") + body)
    site.run("-m", "snippets", "--update")
    site.replace("snippets/page/slow.py", "sleep(0)", "sleep(3)")
    shutil.rmtree(site.root / ".cache")
    with serving(site) as server:
        yield site, server


def test_on_an_empty_cache_pages_show_their_records_until_the_results_are_there(forgetful):
    site, _ = forgetful
    page = reload_until(site, lambda page: "Page" in page)
    assert page.count("Not checked yet") == 3
    assert "total = 4" in page and "x = 7" in page  # from the records
    size = re.search(r"--- figure 1, (\d+) x (\d+) ---", site.read("snippets/page/four.out"))
    assert f"width: {size[1]}px; aspect-ratio: {size[1]} / {size[2]}" in page
    assert "admonition danger" not in page
    page = reload_until(site, lambda page: "Not checked yet" not in page)
    assert "<svg role" in page and "Not drawn yet" not in page


def test_an_interrupted_server_ends_cleanly_and_the_next_goes_on_where_it_stopped(forgetful):
    site, server = forgetful
    until(lambda: len(site.results()) >= 2, site.log.read_text)
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(PATIENCE) == 0
    until(lambda: not processes(site, "snippets.machine.run"))
    assert "Traceback" not in site.log.read_text()
    before = site.results()
    with serving(site):
        reload_until(site, lambda page: page.count("Not checked yet") == 0)
    assert before <= site.results() and len(site.results()) == 3
