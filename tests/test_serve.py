"""`mkdocs serve` while somebody edits: a fault is shown where it stands, and mended in place."""

import pytest
from waiting import reload_until, serving, until


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


def test_an_edited_machine_starts_the_server_again(served):
    reload_until(served, lambda page: "total = 4" in page)
    served.replace("snippets/embed.py", ": {verdict.status}", " is called {verdict.status}")
    until(lambda: "starting again" in served.log.read_text().lower(), served.log.read_text)
    served.replace("snippets/page/four.py", "2 + 2", "2 + 3")
    reload_until(served, lambda page: "page/four is called differs" in page)
