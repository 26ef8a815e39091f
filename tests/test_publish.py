"""What a build refuses, what it says, and what it leaves behind."""

import re
import signal
import subprocess
import sys

import pytest
from waiting import processes, until


def published(site) -> str | None:
    page = site.root / "site" / "index.html"
    return page.read_text(encoding="utf-8") if page.exists() else None


def test_a_good_site_is_published_with_code_printout_and_figure(site):
    code, log = site.build("--strict")
    assert code == 0, log
    page = published(site)
    assert page.count('data-snippet="page/four"') == 1
    assert "total = 4" in page
    assert re.search(r'<svg role="img" aria-label="[^"]{20,}"', page)
    assert "<figcaption>Two and two make four.</figcaption>" in page
    assert "var(--sb-" in page
    assert 'class="katex"' in page
    assert 'href="snippets/page/four.py"' in page
    download = (site.root / "site" / "snippets" / "page" / "four.py").read_text()
    assert download.startswith(site.read("snippets/page/four.py"))
    assert "show_or_save" in download


# What is done to a good site, and what the failing build must say.
FAULTS = {
    "a typo": (
        ("snippets/page/four.py", "2 + 2", "2 + two"),
        ["snippets/page/four.py", "line 5", "NameError"],
    ),
    "a syntax error": (
        ("snippets/page/four.py", "(total=2 + 2)", "(total=2 + 2"),
        ["snippets/page/four.py", "line 5", "SyntaxError"],
    ),
    "a changed number": (
        ("snippets/page/four.py", "2 + 2", "2 + 3"),
        ["-total = 4", "+total = 5", "snippets/page/four.out"],
    ),
    "a changed figure": (
        ("snippets/page/four.py", "2.0, 1.0]", "2.5, 1.0]"),
        ["page/four: differs", "mean"],
    ),
    "a warning": (
        ("snippets/page/four.py", "total=2 + 2", "total=2 + 2 + 0 * np.log(0.0)"),
        ["snippets/page/four.py", "RuntimeWarning: divide by zero"],
    ),
    "an early exit": (
        ("snippets/page/four.py", "fig =", "raise SystemExit\nfig ="),
        ["snippets/page/four.py", "SystemExit"],
    ),
    "an endless loop": (
        ("snippets/page/four.py", "fig =", "# limit: 1 s\nwhile True:\n    pass\nfig ="),
        ["did not end within 1 s", 'snippets/page/four.py", line '],
    ),
    "a crash": (
        ("snippets/page/four.py", "fig =", "import os\nos._exit(3)\nfig ="),
        ["page/four: failed", "ended without a result"],
    ),
    "missing alt text": (
        ("snippets/page/four.py", "1.0])})", '1.0])})\nfig.alt = ""'),
        ["snippets/page/four.py: figure 1 has no alt text"],
    ),
    "a missing claim": (
        ("snippets/page/four.py", '"""Two and two make four."""', ""),
        ["snippets/page/four.py: the header docstring must state the claim"],
    ),
    "a tolerance without a reason": (
        ("snippets/page/four.py", "fig =", "# tolerance: 0.1\nfig ="),
        ["snippets/page/four.py:6: write '# tolerance: <number", "got '# tolerance: 0.1'"],
    ),
    "a tolerance that is no number": (
        ("snippets/page/four.py", "fig =", "# tolerance: 0,01 because x\nfig ="),
        ["snippets/page/four.py:6: write '# tolerance: <number", "got '# tolerance: 0,01 because"],
    ),
    "an unknown part": (
        ("docs/index.md", "page/four", "page/four match"),
        ["docs/index.md:3: 'match' is no part of a snippet"],
    ),
    "a broken formula": (
        ("docs/index.md", "$2 + 2 = 4$", r"$\frac{1$"),
        ["docs/index.md:5", r"\frac{1", "KaTeX parse error"],
    ),
    "an unknown snippet": (
        ("docs/index.md", "So", "@snippet page/fuor\n\nSo"),
        ["docs/index.md:5: unknown snippet 'page/fuor'"],
    ),
    "a number from nowhere": (
        ("docs/index.md", "So", "It is 4.25."),
        ["docs/index.md:5", "4.25"],
    ),
    "a package that computes something else": (
        (
            "symbreak/printing.py",
            "def show(",
            "def show(total):\n    print(5)\n\n\ndef show_(",
        ),
        ["page/four: differs", "-total = 4", "+5"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_the_build_and_leaves_the_good_site(site, fault):
    (file, old, new), messages = FAULTS[fault]
    if "np." in new:
        site.replace(file, "from symbreak", "import numpy as np\n\nfrom symbreak")
        site.run("-m", "snippets", "--update")
        assert site.build()[0] == 0
    good = published(site)
    assert "total = 4" in good
    site.replace(file, old, new)
    code, log = site.build()
    assert code != 0
    for message in messages:
        assert message in log
    assert str(site.root / "s") not in re.sub(r"Building documentation.*|INFO.*", "", log)
    assert published(site) == good
    assert [p.name for p in site.root.glob(".site-*")] == []


def test_a_broken_link_fails_the_strict_build_and_publishes_nothing(site):
    good = published(site)
    site.replace("docs/index.md", "So", "[there](nowhere.md) So")
    code, log = site.build("--strict")
    assert code != 0
    assert "'index.md' contains a link 'nowhere.md'" in log
    assert published(site) == good


def test_all_faults_are_reported_in_one_build(site):
    site.write("snippets/page/five.py", '"""Five."""\n\nprint(1 / 0)\n')
    site.replace("snippets/page/four.py", "2 + 2", "2 + 3")
    site.replace("docs/index.md", "$2 + 2 = 4$", r"@snippet" + "\n\n$\\nope$")
    _, log = site.build()
    for message in ["+total = 5", "ZeroDivisionError", r"\nope", "five.py: no page shows its code"]:
        assert message in log
    assert "not recorded" not in log


def test_an_unrecorded_snippet_fails_the_build_and_names_the_command(site):
    (site.root / "snippets/page/four.out").unlink()
    code, log = site.build()
    assert code != 0
    assert "python -m snippets --update page/four" in log


def test_nothing_runs_again_for_prose_and_one_for_an_edited_snippet(site):
    site.write("snippets/page/pure.py", '"""No package."""\n\nprint(7)\n')
    site.write("docs/index.md", "# Page\n\n@snippet page/four\n\n@snippet page/pure\n")
    site.run("-m", "snippets", "--update")
    assert site.build()[0] == 0
    before = site.results()
    site.write("docs/index.md", site.read("docs/index.md") + "\nMore prose.\n")
    assert site.build()[0] == 0
    assert site.results() == before
    site.write("snippets/page/pure.py", '"""No package."""\n\nprint(3 + 4)\n')
    assert site.build()[0] == 0
    after = site.results()
    assert after["page.four.json"] == before["page.four.json"]
    assert after["page.pure.json"] != before["page.pure.json"]
    site.write("symbreak/history.py", site.read("symbreak/history.py") + "\n# edited\n")
    assert site.build()[0] == 0
    assert site.results()["page.four.json"] != after["page.four.json"]
    assert site.results()["page.pure.json"] == after["page.pure.json"]


def test_two_builds_are_the_same_byte_for_byte(site):
    def tree():
        assert site.build()[0] == 0
        files = sorted(path for path in (site.root / "site").rglob("*") if path.is_file())
        return {path.relative_to(site.root): path.read_bytes() for path in files}

    first = tree()
    for path in (site.root / ".cache" / "results").iterdir():
        path.unlink()
    assert tree() == first


def test_a_damaged_result_is_computed_again(site):
    (kept,) = (site.root / ".cache" / "results").glob("*.json")
    kept.write_text(kept.read_text()[:100])
    code, log = site.build()
    assert code == 0
    assert "is damaged: made again" in log
    assert "total = 4" in published(site)


def test_a_killed_build_leaves_no_process_and_no_harm(site):
    body = '"""Slow."""\n\nimport time\n\n# limit: 600 s\ntime.sleep(600)\n'
    site.write("snippets/page/slow.py", body)
    build = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=site.root,
        env=site.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: len(processes(site, "snippets.run")) == 2)  # the runner and the example
    build.send_signal(signal.SIGKILL)
    build.wait()
    until(lambda: not processes(site, "snippets.run"))
    (site.root / "snippets/page/slow.py").unlink()
    assert site.build()[0] == 0
    assert "total = 4" in published(site)
    assert [p.name for p in site.root.glob(".site-*")] == []
