"""The command `python -m snippets`: what it understands, says, writes and returns."""

import subprocess
import sys
from contextlib import nullcontext

import pytest
from test_run import make

from snippets import __main__ as command
from snippets.machine import examples, labs, values, verdict
from snippets.machine.examples import ROOT, Example
from snippets.machine.run import Result, find
from snippets.machine.verdict import DIFFERS, FAILED, OK, RECORDED, STALE, UNRECORDED, Verdict

PAGE = {name for name in examples.examples() if name.startswith("zero-init/")}


class Calls(list):
    """What the command would have done, while `status` is that of all examples."""

    status = OK

    def check(self, chosen, asked, **options):
        names = [example.name for example in chosen]
        self.append(("check", *names, *options))
        message = "" if self.status == OK else "-1\n+2"
        result = Result("", seconds=1.5)
        return {name: Verdict(find(name), result, self.status, message) for name in names}

    def lock(self):
        self.append(("lock",))
        return nullcontext()


@pytest.fixture
def calls(monkeypatch):
    """Run nothing, lock nothing and write nothing; return what would have been done."""
    calls = Calls()
    monkeypatch.setattr(command.cache, "lock", calls.lock)
    monkeypatch.setattr(command.verdict, "check", calls.check)
    monkeypatch.setattr(command.kept, "keep", lambda *a: False)
    monkeypatch.setattr(command.output, "write", lambda v, texts: calls.append(("write", texts)))
    monkeypatch.setattr(command.prose, "asked", dict)
    monkeypatch.setattr(command.prose, "judge", lambda v: ({"box": "text"}, ["problem of pages"]))
    return calls


def test_the_command_names_what_it_does_not_know(calls, capsys):
    assert command.main(["zero-init/tan"]) == 2
    said = "unknown example or page 'zero-init/tan'; did you mean 'zero-init/tanh'?\n"
    assert capsys.readouterr().err == said
    assert command.main(["zero-int"]) == 2
    assert "did you mean 'zero-init'?" in capsys.readouterr().err
    assert command.main(["zero-init/tanh", "qqqq", "labz"]) == 2
    assert capsys.readouterr().err == (
        "unknown example or page 'qqqq'; see --list\n"
        "unknown example or page 'labz'; did you mean 'labs'?\n"
    )
    assert calls == []


@pytest.mark.parametrize("option", ["--lists", "--update=all"])
def test_the_command_refuses_options_that_it_does_not_know(calls, capsys, option):
    with pytest.raises(SystemExit) as refused:
        command.main([option])
    assert refused.value.code == 2 and calls == []
    assert "usage: python -m snippets" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["zero-init/tanh"], ["zero-init/tanh"]),
        (["zero-init"], sorted(PAGE)),
        (["zero-init/"], sorted(PAGE)),
        (["labs"], sorted(labs.labs())),
        (["labs/planar", "zero-init/tanh"], ["labs/planar", "zero-init/tanh"]),
        (["zero-init/tanh", "zero-init"], ["zero-init/tanh", *sorted(PAGE - {"zero-init/tanh"})]),
    ],
)
def test_a_name_is_that_of_an_example_a_lab_or_a_page(calls, names, chosen):
    assert command.main(names) == 0
    assert calls == [("lock",), ("check", *chosen, "again")]


def test_the_command_lists_names_and_claims_and_runs_nothing(calls, capsys):
    assert command.main(["--list", "zero-init/tanh"]) == 0
    name, claim = capsys.readouterr().out.strip().split(maxsplit=1)
    assert (name, claim) == ("zero-init/tanh", Example("zero-init/tanh").claim)
    assert command.main(["--list"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == list(verdict.known())
    assert calls == []


@pytest.mark.parametrize(("option", "name"), [("data", "images/cats"), ("needs", "pytorch/starts")])
def test_the_command_can_be_told_to_take_only_what_needs_data_or_a_package(
    calls, capsys, option, name
):
    assert command.main([f"--{option}", "--list"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == [n for n, example in verdict.known().items() if getattr(example, option)]
    assert name in listed


@pytest.mark.parametrize(
    ("status", "code"),
    [(OK, 0), (RECORDED, 0), (STALE, 0), (DIFFERS, 1), (FAILED, 1), (UNRECORDED, 1)],
)
def test_the_command_returns_whether_all_holds(calls, capsys, status, code):
    calls.status = status
    assert command.main(["zero-init/tanh"]) == code
    out = capsys.readouterr().out
    assert f"1.50 s  {status}\n{1 - code} of 1 ok\n" in out
    assert (f"zero-init/tanh: {status}\n-1\n+2" in out) == bool(code)


def test_the_command_judges_the_pages_only_with_all_examples_at_hand(calls, capsys, monkeypatch):
    monkeypatch.setattr(labs, "problems", lambda: ["problem of labs"])
    assert command.main([]) == 1
    assert "\nproblem of pages\n" in capsys.readouterr().out
    assert calls[-1] == ("write", {"box": "text"})  # for a renderer
    assert command.main(["zero-init/tanh"]) == 1
    out = capsys.readouterr().out
    assert "problem of pages" not in out and "\nproblem of labs\n" in out
    assert calls[-1][0] == "check"


def test_an_update_checks_again_what_it_has_written(calls, monkeypatch):
    written = []
    monkeypatch.setattr(command, "_update", written.append)
    assert command.main(["--update", "zero-init/tanh"]) == 0
    checks = ("check", "zero-init/tanh", "again"), ("check", "zero-init/tanh")
    assert calls == [("lock",), *checks]
    assert [list(verdicts) for verdicts in written] == [["zero-init/tanh"]]


def test_update_writes_only_what_differs_or_is_new(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(examples, "FOLDER", tmp_path)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.delenv("SYMBREAK_BEES", raising=False)
    (tmp_path / "page").mkdir()
    found = {}
    for name, status in (
        ("a", OK),
        ("b", DIFFERS),
        ("c", UNRECORDED),
        ("d", FAILED),
        ("e", DIFFERS),
    ):
        example = Example(f"page/{name}")
        data = "# data: SYMBREAK_BEES\n" if name == "e" else ""  # was not run
        example.path.write_text(f'{data}print("{name}")\n')
        result = Result("", cells={"": [{"text": f"{name}\n"}]})
        found |= {name: Verdict(example, result, status)}
    command._update(found)
    assert sorted(path.name for path in tmp_path.glob("page/*.out")) == ["b.out", "c.out"]
    assert capsys.readouterr().out == "recorded page/b.out\nrecorded page/c.out\n"


def test_the_command_needs_nothing_of_the_site():
    site = {"mkdocs", "material", "markdown", "pymdownx", "jinja2", "mkdocs_jupyter"}
    code = (
        "import sys, snippets.__main__ as command; command.main(['--list', 'labs']);"
        "print('loaded', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.rpartition("loaded")[2].split())
    assert "snippets.machine.verdict" in modules
    assert {name.split(".")[0] for name in modules} & site == set()
    assert not any(name.startswith("snippets.mkdocs_site") for name in modules)


# As a process -------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    project = make(tmp_path, monkeypatch)
    project.example("page/four", "from symbreak import theory\nprint('total', theory.FOUR)")
    project.example("page/two", "print(2)")
    project.write("symbreak/paste.py", "NOTEBOOKS = {}\n")
    project.write("docs/index.md", "# Page\n\n@snippet page/four\n\n@snippet page/two\n")
    return project


def called(project, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "snippets", *arguments],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_from_a_new_example_to_a_record_that_holds_and_one_that_does_not(project):
    done = called(project)
    assert done.returncode == 1
    assert "not recorded\n0 of 2 ok\n" in done.stdout
    done = called(project, "--update")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "recorded snippets/page/four.out\nrecorded snippets/page/two.out\n" in done.stdout
    assert (project.root / "snippets/page/four.out").read_text() == "total 4\n"
    assert (project.root / ".cache/verdicts/page.four.json").exists()
    done = called(project)
    assert (done.returncode, done.stderr) == (0, "")  # nothing ran
    project.write("symbreak/numbers.py", "TWO = 3\n")
    done = called(project, "page")
    assert done.returncode == 1
    assert "-total 4\n+total 9\n" in done.stdout and "1 of 2 ok\n" in done.stdout
    assert "page/two" not in done.stderr  # it imports nothing, and was not run


def test_a_folder_with_other_files_is_refused_as_cache_in_a_sentence(
    project, tmp_path, monkeypatch
):
    home = tmp_path / "home"
    (home / "results").mkdir(parents=True)
    (home / "results" / "thesis.tex").write_text("text")
    monkeypatch.setenv("SYMBREAK_CACHE", str(home))
    done = called(project, "page/two")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    (said,) = (line for line in done.stderr.splitlines() if str(home) in line)
    assert "must be a folder of its own" in said and "SYMBREAK_CACHE" in said
    assert [p.relative_to(home).as_posix() for p in home.rglob("*")] == [
        "results",
        "results/thesis.tex",
    ]
    assert not (project.root / ".cache/results").exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("SYMBREAK_CACHE", str(empty))
    assert called(project, "--update", "page/two").returncode == 0
    assert (empty / "results" / "page.two").exists()
    assert not (project.root / ".cache/results").exists()


def test_a_reference_that_names_nothing_is_a_problem_also_of_a_few_examples(
    calls, monkeypatch, capsys
):
    asked = list(values.references("{=tanh cost .3f}", "zero-init", "docs/zero-init.md"))
    monkeypatch.setattr(command.prose, "asked", lambda: {"zero-init/tanh": asked})
    assert command.main(["zero-init/tanh"]) == 1
    assert "docs/zero-init.md:1: zero-init/tanh keeps no 'cost'" in capsys.readouterr().out
