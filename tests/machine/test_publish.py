"""What a build refuses, what it says, and what it leaves behind."""

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest
from waiting import PATIENCE, processes, until


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


# What is done to an example or its page, and what the failing build must say of it.
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
        ("snippets/page/four.py", "printing.s", "import numpy as np\n\nnp.log(0.0)\nprinting.s"),
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
    "an unknown part": (
        ("docs/index.md", "page/four", "page/four code match"),
        ["docs/index.md:3: 'match' is no part of an example"],
    ),
    "a broken formula": (
        ("docs/index.md", "$2 + 2 = 4$", r"$\frac{1$"),
        ["docs/index.md:5", r"\frac{1", "KaTeX parse error"],
    ),
    "an unknown example": (
        ("docs/index.md", "So", "@snippet page/fuor\n\nSo"),
        ["docs/index.md:5: unknown example 'page/fuor'"],
    ),
    "a part that it does not have": (
        ("docs/index.md", "page/four", "page/four code table"),
        ["docs/index.md:3: the printout of page/four is no Markdown table"],
    ),
    "front matter that is not YAML": (
        ("docs/index.md", "# Page", "---\ntitle: [Page\n---\n\n# Page"),
        ["docs/index.md:3: the front matter is not YAML"],
    ),
    "a picture of another host": (
        ("docs/index.md", "So", "![x](https://example.org/x.png) So"),
        ['docs/index.md: <img src="https://example.org/x.png"> is not admitted by the policy'],
    ),
    "a file that the header does not name": (
        ("snippets/page/four.py", "fig =", "open('docs/index.md').read()\nfig ="),
        ["It opens docs/index.md, which its header does not name"],
    ),
    "a number from nowhere": (
        ("docs/index.md", "So", "It is 4.25."),
        ["docs/index.md:5", "4.25"],
    ),
    "a reference that a line break cuts": (
        ("docs/index.md", "So", "{=page/four total\nd} So"),
        ["docs/index.md:5: write {=<example> <value> <format>} on one line"],
    ),
    "a fence without end": (
        ("docs/index.md", "So", "```python run it\n\n{=page/four total d} So"),
        ["docs/index.md: '```python run it' is shown as it was typed"],
    ),
    "a directive that is not whole": (
        ("docs/index.md", "So", "@paste planar\n\nSo"),
        ["docs/index.md: '@paste planar' is shown as it was typed"],
    ),
    "an example in a list": (
        ("docs/index.md", "So", "- @snippet page/four code\n\nSo"),
        ["docs/index.md: 1 lines '@snippet ...', but 2 shown"],
    ),
    "a package that computes something else": (
        ("symbreak/sums.py", "4", "5"),
        ["page/four: differs", "-total = 4", "+total = 5"],
    ),
    "no record": (
        ("snippets/page/four.out", None, None),
        ["page/four: not recorded", "python -m snippets --update page/four"],
    ),
    "no page with its code": (
        ("docs/index.md", "@snippet page/four", "Nothing"),
        ["snippets/page/four.py: no page shows its code"],
    ),
}
# What becomes of an example that a page shows by its figures alone.
ENDS = {
    "raises": ("raise ValueError('no')", "ValueError: no"),
    "exits": ("import sys\nsys.exit(1)", "SystemExit: 1"),
    "is interrupted": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "prints something else": ("print(5)", "+5"),
    "draws nothing": ("import matplotlib.pyplot as plt\nplt.close()", "differs"),
}
FAULTS |= {
    f"a figure that {end}": (
        ("snippets/page/four.py", "1.0])})\n", f"1.0])}})\n{line}\n"),
        ["page/four: ", said],
    )
    for end, (line, said) in ENDS.items()
}


def own(text: str, fault: str) -> str:
    """Put the example and the page of a fault in the place of those of the small site."""
    name = fault.lower().replace(" ", "-")
    return text.replace("page/four", f"page/{name}").replace("docs/index.md", f"docs/{name}.md")


@pytest.fixture(scope="module")
def faulty(template, tmp_path_factory):
    """Return the small site with an example and a page of its own for each fault."""
    site = template.copy(tmp_path_factory.mktemp("faulty"))
    site.write("symbreak/sums.py", "total = 4\n")
    for fault, ((file, old, new), _) in FAULTS.items():
        for name in ("snippets/page/four.py", "snippets/page/four.out", "docs/index.md"):
            site.write(own(name, fault), own(template.read(name), fault))
        if fault.removeprefix("a figure that ") in ENDS:
            figures = own("page/four figures\n\n@snippet page/four code", fault)
            site.replace(own("docs/index.md", fault), own("page/four", fault), figures)
        if "package" in fault:
            site.replace(own("snippets/page/four.py", fault), "printing\n", "printing, sums\n")
            site.replace(own("snippets/page/four.py", fault), "2 + 2", "sums.total")
        if new is None:
            (site.root / own(file, fault)).unlink()
        else:
            site.replace(own(file, fault), own(old, fault), own(new, fault))
    site.write("snippets/page/five.py", '"""Five."""\n\nprint(1 / 0)\n')
    return site


@pytest.fixture(scope="module")
def refused(faulty):
    return faulty.refused()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_problem_that_says_what_is_wrong_and_where(refused, fault):
    messages = [own(message, fault) for message in FAULTS[fault][1]]
    found = [text for text in refused[0] if all(message in text for message in messages)]
    assert len(found) == 1, refused[1]


def test_all_faults_are_reported_once_and_leave_the_good_site(template, faulty, refused):
    problems, log = refused
    new = [text for text in problems if "page/five" in text]
    assert ["ZeroDivisionError" in text for text in new] == [True, False]
    assert "five.py: no page shows its code" in new[1]  # and not that it is not recorded
    # What draws nothing is named at its page, too.
    assert len(problems) == len(FAULTS) + len(new) + 1, log
    assert "UnboundLocalError" not in log
    assert str(faulty.root / "s") not in re.sub(r"Building documentation.*|INFO.*", "", log)
    assert faulty.tree() == template.tree()
    assert [p.name for p in faulty.root.glob(".site-*")] == []


def test_a_broken_link_fails_the_strict_build_and_publishes_nothing(site):
    good = published(site)
    site.replace("docs/index.md", "So", "[there](nowhere.md) So")
    code, log = site.build("--strict")
    assert code != 0
    assert "'index.md' contains a link 'nowhere.md'" in log
    assert published(site) == good


def test_a_renderer_that_does_not_run_the_hooks_publishes_no_page(site):
    site.replace("mkdocs.yml", "hooks: [snippets/mkdocs_site/hooks.py]\n", "")
    code, log = site.build()
    assert code != 0
    assert "A page is shown only after the examples were judged" in log
    assert published(site) is None


def check(site):
    """Do what a build does with the examples, and leave the pages."""
    done = site.run("-m", "snippets")
    assert done.returncode == 0, done.stdout + done.stderr
    return site.results()


def test_nothing_runs_again_for_prose_and_one_for_an_edited_example(site):
    site.write("snippets/page/pure.py", '"""No package."""\n\nprint(7)\n')
    site.write("docs/index.md", "# Page\n\n@snippet page/four\n\n@snippet page/pure\n")
    site.run("-m", "snippets", "--update")
    before = site.results()
    site.write("docs/index.md", site.read("docs/index.md") + "\nMore prose.\n")
    assert site.build()[0] == 0
    assert site.results() == before
    site.write("snippets/page/pure.py", '"""No package."""\n\nprint(3 + 4)\n')
    assert len(check(site) - before) == 1
    before = site.results()
    site.write("symbreak/theory.py", site.read("symbreak/theory.py") + "\n# edited\n")
    assert check(site) == before  # nothing here imports it
    site.write("symbreak/printing.py", site.read("symbreak/printing.py") + "\n# edited\n")
    assert site.build()[0] == 0
    assert len(site.results() - before) == 1


def test_going_back_to_an_earlier_version_runs_nothing(site):
    before = site.results()
    for name in ("snippets/page/four.py", "symbreak/printing.py"):
        good = site.read(name)
        site.write(name, f"{good}\n# edited\n")
        edited = check(site)
        assert len(edited - before) == 1
        site.write(name, good)
        assert check(site) == edited
        before = edited


def test_two_builds_are_the_same_byte_for_byte(site):
    first = site.tree()
    for name in ("results", "pages", "verdicts"):
        shutil.rmtree(site.root / ".cache" / name)
    assert site.build()[0] == 0
    assert site.tree() == first


def test_a_damaged_result_is_computed_again(site):
    (kept,) = (site.root / ".cache" / "results").glob("*/*")
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
    until(lambda: len(processes(site, "snippets.machine.run")) == 2)  # the runner and the example
    build.send_signal(signal.SIGKILL)
    build.wait()
    until(lambda: not processes(site, "snippets.machine.run"))
    (site.root / "snippets/page/slow.py").unlink()
    assert site.build()[0] == 0
    assert "total = 4" in published(site)
    assert [p.name for p in site.root.glob(".site-*")] == []


def test_an_interrupted_build_ends_cleanly_and_keeps_no_result_of_what_it_interrupted(site):
    waits = "import time\n\n# limit: 600 s\ntime.sleep(600)\n"
    site.write("snippets/page/slow.py", f'"""Slow."""\n\n{waits}')
    before = site.results()
    build = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=site.root,
        env=site.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # as in a terminal, all of its group is interrupted
    )
    until(lambda: len(processes(site, "snippets.machine.run")) == 2)
    os.killpg(build.pid, signal.SIGINT)
    said = build.communicate(timeout=PATIENCE)[0]
    assert build.returncode == 1
    assert "Aborted!" in said and "Traceback" not in said
    assert not processes(site, "snippets.machine.run")
    assert site.results() == before
    assert [p.name for p in site.root.glob(".site-*")] == []


def test_a_copied_checkout_does_not_show_the_results_of_the_original(site, tmp_path):
    """Its commands still import the original, where that is installed."""
    other = tmp_path / "original"
    shutil.copytree(site.root, other, symlinks=True)
    hook = (
        "import sys; sys.path[0] = sys.argv.pop(); from mkdocs.__main__ import cli; cli(['build'])"
    )
    done = site.run("-c", hook, str(other))
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "must be built with the code of its own checkout" in said
    assert "rm -rf .venv && make install" in said
