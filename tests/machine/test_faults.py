"""Builds that are killed, meet, or find a damaged cache; a server while somebody edits at random.

`make faults` runs the full counts and writes them down; otherwise there is a short form of each.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import results
from test_labs import LAB, PLUGIN
from waiting import PATIENCE, serving, until

FULL = bool(os.environ.get("SYMBREAK_FAULTS"))
KILLS, EDITS = (20, 200) if FULL else (3, 10)
SEED = 1
LEFT = "left by a build that was stopped"
OTHER = "---\ntitle: Other\nhide: [toc]\n---\n\n# Other\n\nSo $a_1^2$.\n"

counts = {}  # fault -> how often it was made, and how often the next build was right


def count(fault, times, right=None):
    row = counts.setdefault(fault, {"times": 0, "right": 0})
    row["times"] += times
    row["right"] = right or row["right"] + times


@pytest.fixture(scope="module", autouse=True)
def table(request):
    yield
    if FULL:
        print("", *counts.items(), sep="\n")
        session = request.session
        results.write_whole("checked/faults", lambda: counts, session.config, session.testsfailed)


@pytest.fixture(scope="module")
def whole(template, tmp_path_factory):
    """Return the small site with a second page and a lab, and what a clean build publishes."""
    site = template.copy(tmp_path_factory.mktemp("whole"))
    site.replace("mkdocs.yml", "plugins: []\n", PLUGIN.replace("plugins:", "plugins:\n  - search"))
    site.write("docs/index.md", site.read("docs/index.md") + "\n## Four\n\n[l](labs/sums.ipynb)\n")
    site.write("docs/other.md", OTHER)
    site.write("docs/labs/sums.py", LAB)
    done = site.run("-m", "snippets", "--update", "labs/sums")
    assert done.returncode == 0, done.stdout + done.stderr
    began = time.monotonic()
    site.good = built_anew(site, tmp_path_factory.mktemp("anew"))
    cold = time.monotonic() - began
    assert site.build()[0] == 0
    assert site.tree() == site.good
    began = time.monotonic()
    assert site.build()[0] == 0
    site.seconds = {"cold": cold, "warm": time.monotonic() - began}
    return site


@pytest.fixture
def faulty(whole, tmp_path):
    site = whole.copy(tmp_path)
    site.good, site.seconds = whole.good, whole.seconds
    return site


def built_anew(site, folder, config=""):
    """Build a copy of the sources alone, and return what is published."""
    root = folder / "site"
    shutil.copytree(site.root, root, symlinks=True, ignore=shutil.ignore_patterns(".cache", "site"))
    anew = type(site)(root)
    anew.write("mkdocs.yml", anew.read("mkdocs.yml") + config)
    code, log = anew.build()
    assert code == 0, log
    return anew.tree()


def start(site, *command):
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=site.root,
        env=site.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


BUILD = ("-m", "mkdocs", "build")


def check_next_build(site, left):
    """Build once more: it is right, and says what the last build has left."""
    code, log = site.build()
    assert code == 0, log
    assert site.tree() == site.good
    assert re.findall(rf"Removing (\S+), {LEFT}", log) == left
    assert [path.name for path in site.root.glob(".site-*")] == []


def left_by(site):
    return [path.name for path in site.root.glob(".site-*")]


def test_after_a_kill_at_any_moment_the_next_build_is_right(faulty):
    rng = random.Random(SEED)
    for k in rng.sample(range(KILLS), KILLS):
        state = rng.choice(["cold", "warm"])  # warm: what the build before has left
        moment = faulty.seconds[state] * (k + rng.random()) / KILLS
        while not killed(faulty, state, moment):  # it was done already
            moment *= 0.8
        check_next_build(faulty, left_by(faulty))
    count("a build killed at a random moment", KILLS)


def killed(site, state, moment):
    if state == "cold":
        shutil.rmtree(site.root / ".cache")
    build = start(site, *BUILD)
    time.sleep(moment)
    build.kill()
    build.stdout.close()
    return build.wait() == -signal.SIGKILL


KILL = """
import os, sys
def hook(event, arguments):
    global left
    if event in ("os.rename", "shutil.rmtree"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
left = int(sys.argv.pop())
sys.addaudithook(hook)
from mkdocs.__main__ import cli
cli(["build"])
"""


def test_after_a_kill_before_any_move_or_removal_the_next_build_is_right(faulty):
    moment = 0 if FULL else 2
    while True:
        moment += 1
        build = start(faulty, "-c", KILL, str(moment))
        said = build.communicate()[0]
        left = left_by(faulty)
        if build.returncode == 0:
            break
        assert build.returncode == -signal.SIGKILL, said
        check_next_build(faulty, left)
    assert moment > 3  # the seal, two moves, a removal
    count("killed before it moves or removes a file", moment - 1)


def test_what_a_process_of_the_same_number_left_is_no_obstacle(faulty):
    # In a container every build may have the same number.
    hook = "import os; os.getpid = lambda: 17; from mkdocs.__main__ import cli; cli(['build'])"
    for name in (".site-17", ".site-17-old"):
        faulty.write(f"{name}/left.html", "left")
    build = start(faulty, "-c", hook)
    said = build.communicate()[0]
    assert build.returncode == 0, said
    assert said.count(LEFT) == 2
    assert faulty.tree() == faulty.good


@pytest.mark.parametrize("cold", [True, False] if FULL else [True])
def test_two_builds_at_once_are_both_right_and_one_says_that_it_waits(faulty, cold):
    if cold:
        shutil.rmtree(faulty.root / ".cache")
    builds = [start(faulty, *BUILD) for _ in range(2)]
    said = [build.communicate()[0] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], said
    waited = [re.search(r"Waiting for process (\d+), which is at work here", s) for s in said]
    (found,) = filter(None, waited)
    assert int(found[1]) in [build.pid for build in builds]
    assert faulty.tree() == faulty.good
    assert left_by(faulty) == []
    count("two builds at once, from an empty and from a full cache", 1)


DAMAGES = {
    "cut": lambda content: content[: len(content) // 2],
    "emptied": lambda content: b"",
    "zeros": lambda content: bytes(len(content)),
    "one bit": lambda content: (
        content[: len(content) // 2]
        + bytes([content[len(content) // 2] ^ 1])
        + content[len(content) // 2 + 1 :]
    ),
}
KINDS = ("results", "formulas", "wheels", "cards", "pages", "pasted")


@pytest.mark.parametrize("damage", DAMAGES if FULL else ["one bit"])
def test_damaged_files_of_the_cache_are_made_again_and_named(faulty, damage):
    folder = faulty.root / ".cache"
    found = {kind: [*folder.glob(f"{kind}/**/*"), *folder.glob(kind)] for kind in KINDS}
    files = {kind: [path for path in sorted(found[kind]) if path.is_file()] for kind in KINDS}
    assert all(files.values()), files
    groups = [[kind] for kind in KINDS] if FULL else [KINDS]
    for group in groups:
        damaged = [random.Random(SEED).choice(files[kind]) for kind in group]
        for path in damaged:
            path.write_bytes(DAMAGES[damage](path.read_bytes()))
        for path in {*files["pages"]} - {*damaged}:
            path.unlink(missing_ok=True)  # a page that is kept needs no other file
        code, log = faulty.build()
        assert code == 0, log
        for path in damaged:
            assert f"{path.relative_to(faulty.root)} is damaged: made again" in log
        assert faulty.tree() == faulty.good
    assert "is damaged" not in faulty.build()[1]
    done = "cut, emptied, overwritten with zeros, or one bit changed"
    count(f"files of the cache {done}: {len(KINDS)} kinds of files", len(groups))


# Serve ----------------------------------------------------------------------------------------


def change(old, new):
    return lambda text: text.replace(old, new)


# What is edited, and how. Each edit starts from the good text.
FOUR, OUT, LAB_PY = "snippets/page/four.py", "snippets/page/four.out", "docs/labs/sums.py"
TEXTS = [
    (FOUR, change("2 + 2", "2 + (")),
    (FOUR, change("2 + 2", "2 + 3")),
    (FOUR, change("fig =", "raise SystemExit\nfig =")),
    (FOUR, lambda text: ""),
    (OUT, change("total", "sum")),
    ("snippets/page/five.py", lambda text: '"""Five."""\n\nprint(5)\n'),
    ("docs/index.md", change("So", "@snippet page/nowhere\n\nSo")),
    ("docs/index.md", change("So $2", "So $\\frac{2")),
    ("docs/index.md", change("So", "[there](nowhere.md) 4.25 So")),
    ("docs/other.md", change("[toc]", "[toc")),
    ("docs/other.md", change("[toc]", "toc")),
    ("docs/other.md", change("[toc]", "[many]")),
    ("docs/other.md", change("hide: [toc]", "hide:")),
    ("docs/other.md", change("title: Other", "title: [Other]")),
    ("docs/other.md", change("title: Other", "- title")),
    ("docs/other.md", lambda text: "\n\n---\n: {{ \x00 ---\n"),
    (LAB_PY, change("2 + 2", "2 + two")),
    (LAB_PY, change("# %% [markdown]", "# %% [markdown")),
    (LAB_PY, change("# %% check", "# %% first")),
    (LAB_PY, change("# %% first", "# %%")),
    (LAB_PY, change("```python", "```")),
    ("symbreak/printing.py", lambda text: text + "\n# edited\n"),
    ("symbreak/printing.py", lambda text: text + "\n(\n"),
    ("symbreak/paste/__init__.py", lambda text: text + "\n# edited\n"),
    ("symbreak/paste/boxes.py", lambda text: text + "\n(\n"),
    ("snippets/mkdocs_site/embed.py", lambda text: text + "\n# edited\n"),
    ("snippets/machine/record.py", lambda text: text + "\n(\n"),
    ("snippets/machine/run.py", lambda text: text + "\n(\n"),
    ("snippets/mkdocs_site/embed.py", lambda text: text + "\n(\n"),
]
REMOVED = (FOUR, OUT, "docs/other.md", LAB_PY, "docs/labs/sums.out")
MOVED = (("docs/other.md", "docs/moved.md"), (FOUR, "snippets/page/fore.py"))


class Editor:
    """Somebody who edits, removes, moves and touches files, and now and then mends them."""

    def __init__(self, site):
        self.site, self.rng, self.dirty = site, random.Random(SEED), set()
        names = {name for name, _ in TEXTS} | {*REMOVED, *sum(MOVED, ())}
        self.good = {name: self._text(name) for name in sorted(names)}

    def _text(self, name):
        path = self.site.root / name
        return path.read_text(encoding="utf-8") if path.exists() else None

    def edit(self):
        kind = self.rng.choice(["text", "text", "text", "remove", "move", "touch", "mend", "mend"])
        if kind == "text":
            name, new = self.rng.choice(TEXTS)
            self.dirty.add(name)
            self.site.write(name, new(self.good[name] or ""))
        elif kind == "remove":
            name = self.rng.choice(REMOVED)
            self.dirty.add(name)
            (self.site.root / name).unlink(missing_ok=True)
        elif kind == "move":
            old, new = self.rng.choice(MOVED)
            if (self.site.root / old).exists():
                self.dirty |= {old, new}
                (self.site.root / old).rename(self.site.root / new)
        elif kind == "touch":
            paths = [p for n in self.good if (p := self.site.root / n).exists()]
            self.rng.choice(paths).touch()
        else:
            self.mend(self.rng.sample(sorted(self.dirty), len(self.dirty) // 2))
        return kind

    def mend(self, names):
        for name in names:
            self.dirty.discard(name)
            if self.good[name] is None:
                (self.site.root / name).unlink(missing_ok=True)
            else:
                self.site.write(name, self.good[name])


LIVE = re.compile(rb"<script>\s*var livereload = .*?</script>", re.DOTALL)
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


class Server:
    """`mkdocs serve` in a folder; a page that does not come is a failure, with the reason."""

    def __init__(self, site, process):
        self.url, self.log, self.process = site.url, site.log, process

    def fetch(self, name=""):
        """Return a page as it was built. While the server starts again, nobody answers."""
        return until(lambda: self._answers(name), lambda: self.log.read_text()[-3000:])[0]

    def _answers(self, name):
        """Return the answer in a list, which is empty as long as there is none."""
        try:
            with urllib.request.urlopen(self.url + name, timeout=PATIENCE) as answer:
                return [LIVE.sub(b"", answer.read())]
        except urllib.error.HTTPError as error:
            return [str(error).encode()]
        except OSError:
            said = self.log.read_text()
            assert self.process.poll() is None, f"the server has ended:\n{said[-3000:]}"
            last = said.rpartition("Building documentation")[2]
            assert "appear stuck" not in last, f"the server is stuck:\n{said[-3000:]}"
            return []

    def different(self, wanted):
        return [name for name, content in wanted.items() if self.fetch(name) != content]


@pytest.fixture
def server(faulty):
    with serving(faulty) as process:
        yield Server(faulty, process)


def test_a_server_that_sees_random_edits_ends_as_a_clean_build(faulty, server, tmp_path):
    server.fetch()
    editor = Editor(faulty)
    for _ in range(EDITS):
        editor.edit()
        time.sleep(editor.rng.choice([0, 0.2, 0.7]))
        if editor.rng.random() < 0.5:  # the page comes, whatever is broken
            assert b"Page" in server.fetch()
    editor.mend(sorted(editor.dirty))
    (faulty.root / "docs/other.md").rename(faulty.root / "docs/moved.md")
    faulty.replace("docs/index.md", "So ", "Therefore ")
    clean = built_anew(faulty, tmp_path / "anew", f"\nsite_url: {server.url}\n")
    assert "moved/index.html" in clean
    wanted = {name: POLICY.sub(b"", content) for name, content in clean.items()}
    del wanted["assets/card.png"]  # for links to the published site alone
    # Edits take a moment to arrive.
    until(
        lambda: not server.different(wanted),
        lambda: f"{server.different(wanted)}\n{server.log.read_text()[-3000:]}",
    )
    fault = "random edits while serving (broken, removed, renamed and mended files)"
    count(fault, EDITS, right="the end equals a clean build")
