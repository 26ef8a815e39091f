"""`mkdocs serve` while somebody edits: a fault is shown where it stands, and mended in place."""

import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def served(site):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = site.root / "serve.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            cwd=site.root,
            env=site.environment(),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    site.url, site.log = f"http://127.0.0.1:{port}/", log
    yield site
    server.terminate()
    server.wait(10)


def wait_for(site, condition, seconds=20):
    """Reload the page until the condition holds, and return it."""
    end = time.monotonic() + seconds
    page = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(site.url, timeout=5) as answer:
                page = answer.read().decode()
            if condition(page):
                return page
        except OSError:  # not up yet
            pass
        time.sleep(0.1)
    pytest.fail(f"not seen within {seconds} s:\n{page[-1500:]}\n{site.log.read_text()[-1500:]}")


def test_faults_show_where_they_stand_and_go_when_mended(served):
    page = wait_for(served, lambda page: "total = 4" in page)
    assert "admonition danger" not in page

    served.replace("snippets/page/four.py", "2 + 2", "2 + 3")
    page = wait_for(served, lambda page: "admonition danger" in page)
    assert "-total = 4" in page
    assert "So " in page  # the rest of the page is there

    served.replace("snippets/page/four.py", "2 + 3", "2 + (")
    page = wait_for(served, lambda page: "SyntaxError" in page)
    assert "snippets/page/four.py" in page

    served.replace("snippets/page/four.py", "2 + (", "2 + 2")
    page = wait_for(served, lambda page: "admonition danger" not in page)
    assert "total = 4" in page

    served.replace("docs/index.md", "So $2", "So $\\frac{ 2")
    wait_for(served, lambda page: "tex-error" in page)
    served.replace("docs/index.md", "\\frac{ 2", "2")
    wait_for(served, lambda page: "tex-error" not in page)

    (served.root / "snippets/page/four.out").unlink()
    page = wait_for(served, lambda page: "admonition warning" in page)
    assert "not recorded" in page
    assert "total = 4" in page


def test_live_reload_is_not_refused_by_a_policy(served):
    page = wait_for(served, lambda page: "total = 4" in page)
    assert "livereload(" in page
    assert "Content-Security-Policy" not in page
    assert "Content-Security-Policy" in served.read("site/index.html")  # as it was built


def test_editing_prose_runs_nothing_and_the_package_runs_what_uses_it(served):
    wait_for(served, lambda page: "total = 4" in page)
    before = served.results()
    served.replace("docs/index.md", "So ", "Therefore ")
    wait_for(served, lambda page: "Therefore" in page)
    assert served.results() == before
    served.replace("symbreak/printing.py", 'f"{name} = "', 'f"{name} := "')
    page = wait_for(served, lambda page: "+total := 4" in page)
    assert "admonition danger" in page
    assert served.results() != before


def test_an_edited_machine_starts_the_server_again(served):
    wait_for(served, lambda page: "total = 4" in page)
    served.replace("snippets/embed.py", ": {verdict.status}", " is called {verdict.status}")
    wait_for(served, lambda page: "starting again" in served.log.read_text().lower())
    served.replace("snippets/page/four.py", "2 + 2", "2 + 3")
    wait_for(served, lambda page: "page/four is called differs" in page)
