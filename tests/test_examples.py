"""The catalog of examples, the verdict on each, the command, and when an example runs again."""

import dataclasses
import os
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import snippets
from snippets import __main__ as command
from snippets import catalog, check, labs, pages, run
from snippets.catalog import Snippet
from snippets.check import DIFFERS, FAILED, OK, UNRECORDED, Verdict
from snippets.run import Result

FIGURE = {"alt": "A line.", "caption": "", "svg": "<svg/>", "summary": "axes"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of examples with one of them, page/one."""
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    monkeypatch.setattr(catalog, "ROOT", tmp_path)
    monkeypatch.setattr("snippets.record.ROOT", tmp_path)
    for name in catalog.EXECUTORS:
        (tmp_path / name).write_text("x = 1\n")
    write(tmp_path, "page/one.py", '"""One."""\n\nimport symbreak\n')
    write(tmp_path, "symbreak/core.py", "x = 1\n")
    return tmp_path


def write(folder, name, text=""):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_an_example_cannot_be_changed_and_can_be_a_key():
    one = Snippet("page/one")
    assert {one: 1}[Snippet("page/one")] == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "page/two"


def test_comments_state_tolerance_and_limit(folder):
    assert (Snippet("page/one").tolerance, Snippet("page/one").limit) == (0.0, 60)
    write(folder, "page/two.py", "# tolerance: 0.05 because of noise\n# limit: 90 s\n")
    assert (Snippet("page/two").tolerance, Snippet("page/two").limit) == (0.05, 90)


CHANGES = {
    "its source": ("page/one.py", '"""One."""\n\nimport symbreak as s\n'),
    "data beside it": ("page/data.csv", "1\n"),
    "the package": ("symbreak/core.py", "x = 2\n"),
    "what runs it": ("run.py", "x = 2\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_key_changes_with(folder, change):
    before = Snippet("page/one").key()
    assert Snippet("page/one").key() == before
    write(folder, *CHANGES[change])
    assert Snippet("page/one").key() != before


def test_a_key_changes_with_the_arithmetic_and_not_with_other_examples(folder, monkeypatch):
    before = Snippet("page/one").key()
    write(folder, "page/two.py", "x = 1\n")
    write(folder, "page/two.out", "1\n")
    assert Snippet("page/one").key() == before
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    assert Snippet("page/one").key() != before


def test_a_key_changes_with_the_names_of_modules_and_data(folder):
    write(folder, "symbreak/a.py", "x = 3\n")
    write(folder, "page/a.csv", "1\n")
    keys = [Snippet("page/one").key()]
    for name in ("symbreak/a.py", "page/a.csv"):
        (folder / name).rename((folder / name).with_stem("b"))  # sorted as before
        keys.append(Snippet("page/one").key())
    assert len(set(keys)) == 3


def test_a_key_names_the_versions_of_what_computes_draws_and_brings_the_digits(monkeypatch):
    versions = catalog.versions.__wrapped__
    for name in ("Python", "numpy", "matplotlib", "scikit-learn"):
        assert re.search(rf"\b{name} \d+\.\d+", versions()), name

    def missing(name):
        if name == "scikit-learn":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(catalog, "version", missing)
    assert versions().endswith("numpy 1.0, matplotlib 1.0, scikit-learn not installed")


def test_an_example_without_the_package_does_not_depend_on_it(folder):
    write(folder, "page/pure.py", '"""Pure."""\nprint(1)\n')
    before = Snippet("page/pure").key()
    write(folder, "symbreak/core.py", "x = 2\n")
    assert Snippet("page/pure").key() == before


TOLERANCE = "# tolerance: <number such as 0.01 or 1e-3> because <reason>"


@pytest.mark.parametrize("number", ["0,01", "inf", "nan", "1e400", "-1", "1_0", "5 %", ".5", ""])
def test_a_tolerance_is_a_plain_number(folder, number):
    comment = f"# tolerance: {number} because x"
    write(folder, "page/two.py", f"# tolerance: 0.5 because y\n  {comment}\n{comment}\n")
    two = Snippet("page/two")
    assert catalog.problems() == [
        f"snippets/page/two.py:{line}: write {TOLERANCE!r}, got {comment!r}" for line in (2, 3)
    ]
    assert two.tolerance == 0.5  # and what is wrong stops no command
    write(folder, "page/two.py", comment)
    assert Snippet("page/two").tolerance == 0
    write(folder, "page/two.py", "# tolerance: 1e-3 because y")
    assert Snippet("page/two").tolerance == 0.001


def test_what_is_wrong_with_the_files_is_named(folder):
    assert catalog.problems() == []
    for name in ("page/Two.py", "page/random.py", "page/gone.out"):
        write(folder, name, '"""A."""\n')
    write(folder, "page/loose.py", "# tolerance: 0.1\n# limit: soon\n")
    assert catalog.problems() == [
        "snippets/page/Two.py: a name is lower-case words joined by hyphens",
        f"snippets/page/loose.py:1: write {TOLERANCE!r}, got '# tolerance: 0.1'",
        "snippets/page/loose.py:2: write '# limit: <whole number> s', got '# limit: soon'",
        "snippets/page/random.py: the name hides Python's own module 'random'",
        "page/gone.out: a record without a snippet; delete it",
    ]


def test_the_catalog_lists_the_examples_on_disk_and_no_machine(folder):
    write(folder, "_private/two.py")
    assert list(catalog.snippets()) == ["page/one", "symbreak/core"]
    assert catalog.DOCS.name == "docs"
    assert (catalog.DOCS / "index.md").exists()


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (Result("", error="NameError: x"), "NameError: x"),
        (Result(""), "it prints nothing and draws nothing"),
        (Result("", "1\n", [FIGURE | {"alt": ""}]), "figure 1 has no alt text"),
        (Result("", "1\n", [FIGURE, FIGURE]), "two figures share the claim as caption"),
    ],
)
def test_an_example_fails_that_cannot_be_published(folder, result, message):
    verdict = check.judge(Snippet("page/one"), result)
    assert verdict.status == FAILED
    assert message in verdict.message


def test_an_example_without_a_claim_fails(folder):
    write(folder, "page/two.py", "print(1)\n")
    verdict = check.judge(Snippet("page/two"), Result("", "1\n"))
    assert (verdict.status, "must state the claim" in verdict.message) == (FAILED, True)


def test_an_example_is_unrecorded_then_ok_then_differs(folder):
    one = Snippet("page/one")
    assert check.judge(one, Result("", "1\n")).status == UNRECORDED
    write(folder, "page/one.out", "1\n")
    assert check.judge(one, Result("", "1\n", [])).status == OK
    verdict = check.judge(one, Result("", "2\n"))
    assert (verdict.status, "+2" in verdict.message) == (DIFFERS, True)


def test_every_example_gets_a_verdict(folder, monkeypatch):
    write(folder, "page/two.py", '"""Two."""\n')
    results = {"page/one": Result("", "1\n"), "page/two": Result("", error="NameError: x")}
    monkeypatch.setattr(check, "bring_up_to_date", lambda snippets, **options: results)
    verdicts = check.check([Snippet("page/one"), Snippet("page/two")], again=True)
    assert {name: verdict.status for name, verdict in verdicts.items()} == {
        "page/one": UNRECORDED, "page/two": FAILED
    }  # fmt: skip


# When an example runs --------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch):
    """Start no runner, and return what each would have been asked to run."""
    started = []
    monkeypatch.setattr(run, "_start_runner", lambda names, progress: started.append(names))
    return started


def test_what_may_take_longest_starts_first(folder, started):
    write(folder, "page/long.py", "# limit: 300 s\n")
    write(folder, "page/short.py", "# limit: 2 s\n")
    run.bring_up_to_date(map(Snippet, ("page/short", "page/one", "page/long")))
    assert started == [["page/long", "page/one", "page/short"]]


def test_a_kept_failure_is_run_again_only_on_request(folder, started, monkeypatch):
    monkeypatch.setattr(run, "load", lambda snippet, package=None: Result("", error="NameError"))
    assert run.bring_up_to_date([Snippet("page/one")])["page/one"].error == "NameError"
    assert started == []
    run.bring_up_to_date([Snippet("page/one")], again=True)
    assert started == [["page/one"]]


@pytest.fixture
def runner(folder, monkeypatch):
    """Return the runner of examples, in this process."""
    monkeypatch.setattr(run, "ROOT", catalog.DOCS.parent)
    monkeypatch.setattr(run, "RESULTS", folder / "results")
    alive, end = os.pipe()  # this end stays open, as that of a living build does
    with os.fdopen(alive) as stdin, os.fdopen(end, "w"):
        monkeypatch.setattr(run.sys, "stdin", stdin)
        yield run._runner


def test_a_runner_reports_results_errors_and_crashes(folder, runner):
    write(folder, "page/good.py", '"""Good."""\nprint("four")\n')
    write(folder, "page/bad.py", '"""Bad."""\nprint(two)\n')
    write(folder, "page/crash.py", '"""Crash."""\nimport os\nos._exit(3)\n')
    names = ["page/good", "page/bad", "page/crash"]
    runner(names)
    good, bad, crash = (run.load(Snippet(name)) for name in names)
    assert (good.stdout, good.error) == ("four\n", None)
    assert "NameError: name 'two' is not defined" in bad.error
    assert crash.error == "The process ended without a result."
    assert not list((folder / "results").glob("*.log"))


EDITED = """\
\"\"\"Edited while it runs.\"\"\"
import os, pathlib, time
# limit: 1 s
path = pathlib.Path(__file__)
path.write_text(path.read_text().replace("limit: 1 s", "limit: 90 s"))
"""


@pytest.mark.parametrize("end", ["os._exit(3)", "time.sleep(60)", "print(two)", "print(2)"])
def test_what_became_of_old_code_is_not_kept_for_the_new(folder, runner, end):
    write(folder, "page/edited.py", f"{EDITED}{end}\n")
    runner(["page/edited"])
    assert "90 s" in Snippet("page/edited").source
    assert run.load(Snippet("page/edited")) is None
    assert list((folder / "results").iterdir()) == []


def test_examples_read_the_byte_code_of_packages_and_leave_none(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    own = tmp_path / "own.py"
    own.write_text("import numpy; print(numpy.__cached__)")
    command = [sys.executable, "-c", "import own"]
    done = subprocess.run(
        command, cwd=tmp_path, env=run.environment(), capture_output=True, text=True, check=True
    )
    read = Path(done.stdout.strip())
    assert read.exists()
    assert read.is_relative_to(sysconfig.get_path("platlib"))
    assert list(tmp_path.iterdir()) == [own]


# The command -----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def locked(monkeypatch):
    """Count how often the cache is locked; the tests of it are in test_keep.py."""
    calls = []
    monkeypatch.setattr(command.keep, "lock", lambda: calls.append("lock"))
    return calls


def verdict(name="zero-init/tanh", status=OK):
    return {name: Verdict(Snippet(name), Result("", seconds=1.5), status, "-1\n+2")}


def test_the_command_names_what_it_does_not_know(capsys):
    assert command.main(["zero-init/tan"]) == 2
    said = "unknown snippet 'zero-init/tan'; did you mean zero-init/tanh?\n"
    assert capsys.readouterr().err == said
    assert command.main(["qqqq"]) == 2
    assert capsys.readouterr().err == "unknown snippet 'qqqq'; see --list\n"


def test_the_command_needs_nothing_of_the_site():
    site = {"mkdocs", "material", "markdown", "pymdownx", "jinja2", "mkdocs_jupyter"}
    code = "import sys, snippets.__main__; print(*{name.split('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=catalog.ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "symbreak" in loaded and loaded & site == set()


def test_every_module_of_the_machine_is_described():
    move = (catalog.DOCS / "contributing.md").read_text(encoding="utf-8")
    move = move.partition("## When Material ends")[2].replace("`snippets/", "`")
    for path in catalog.FOLDER.glob("[!_]*.py"):
        assert re.search(rf"^{path.stem} +\w", snippets.__doc__, re.MULTILINE), path
        assert f"`{path.name}`" in move, path


def test_the_command_lists_names_and_claims_and_runs_nothing(capsys, monkeypatch, locked):
    monkeypatch.setattr(command, "_check", lambda *a, **k: pytest.fail("ran"))
    assert command.main(["--list", "zero-init/tanh"]) == 0
    assert locked == []
    name, claim = capsys.readouterr().out.strip().split(maxsplit=1)
    assert (name, claim) == ("zero-init/tanh", Snippet("zero-init/tanh").claim)


@pytest.mark.parametrize(("status", "code"), [(OK, 0), (DIFFERS, 1), (FAILED, 1), (UNRECORDED, 1)])
def test_the_command_returns_whether_all_holds(capsys, monkeypatch, locked, status, code):
    monkeypatch.setattr(command, "_check", lambda *a, **k: verdict(status=status))
    assert command.main(["zero-init/tanh"]) == code
    assert locked == ["lock"]
    out = capsys.readouterr().out
    assert f"1.50 s  {status}\n{1 - code} of 1 ok\n" in out
    assert (f"zero-init/tanh: {status}\n-1\n+2" in out) == bool(code)


def test_the_command_judges_the_pages_only_with_all_examples_at_hand(capsys, monkeypatch):
    monkeypatch.setattr(command, "_check", lambda *a, **k: verdict())
    for module, word in ((catalog, "catalog"), (pages, "pages"), (labs, "labs")):
        monkeypatch.setattr(module, "problems", lambda *a, word=word: [f"problem of {word}"])
    assert command.main([]) == 1
    out = capsys.readouterr().out
    assert [f"problem of {word}" in out for word in ("catalog", "pages", "labs")] == [True] * 3
    assert command.main(["zero-init/tanh"]) == 1
    out = capsys.readouterr().out
    assert [f"problem of {word}" in out for word in ("catalog", "pages", "labs")] == [
        False, False, True,
    ]  # fmt: skip


def test_update_writes_only_what_differs_or_is_new(folder, capsys):
    found = {}
    for name, status in (("a", OK), ("b", DIFFERS), ("c", UNRECORDED), ("d", FAILED)):
        snippet = Snippet(f"page/{name}")
        snippet.path.parent.mkdir(exist_ok=True)
        snippet.path.write_text(f'print("{name}")\n')
        found |= {name: Verdict(snippet, Result("", f"{name}\n"), status)}
    command._update(found)
    assert sorted(path.name for path in folder.glob("page/*.out")) == ["b.out", "c.out"]
    assert capsys.readouterr().out == "recorded page/b.out\nrecorded page/c.out\n"
