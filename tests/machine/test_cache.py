"""The folder `.cache/`: one command at a time, whole files, and nothing of others is touched."""

import os
import subprocess
import sys
import time

import pytest
from filelock import FileLock, Timeout

from snippets.machine import cache
from snippets.machine.examples import ROOT

HOLD = """
import sys
from pathlib import Path
from snippets.machine import cache
cache.CACHE = Path(sys.argv[1])
with cache.lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "ROOT", tmp_path)
    monkeypatch.setattr(cache, "CACHE", tmp_path / ".cache")
    return tmp_path / ".cache"


@pytest.fixture
def said(monkeypatch):
    said = []
    monkeypatch.setattr(cache, "say", said.append)
    return said


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# Whose folder it is -------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [None, "empty", "created"])
def test_a_new_an_empty_and_an_own_folder_are_used(tmp_path, monkeypatch, there):
    place = tmp_path / "some" / "where"
    monkeypatch.setattr(cache, "CACHE", place)
    if there:
        place.mkdir(parents=True)
    if there == "created":
        cache.create()
        cache.write(place / "results" / "a", "text")
    cache.create()
    assert (place / cache.TAG).read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_the_folder_of_the_checkout_is_used_whatever_an_earlier_version_left_there(folder):
    folder.mkdir()
    (folder / "seal.json").write_text("{}")
    cache.create()
    assert files(folder) == {"seal.json", cache.TAG}


TAKEN = {
    "files of others": {"thesis.tex": "text", "results/page.one/a": "text", "aside/1-a": "text"},
    "the cache of another program": {cache.TAG: "Signature: 8a477f597d28d172789f06886806bc55\n"},
}


@pytest.mark.parametrize("taken", TAKEN)
def test_a_folder_of_others_is_refused_and_stays_as_it_is(tmp_path, monkeypatch, taken):
    place = tmp_path / "home"
    for name, text in TAKEN[taken].items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    monkeypatch.setattr(cache, "CACHE", place)
    for use in (
        cache.create,
        lambda: cache.write(place / "a", "a"),
        lambda: cache.lock().__enter__(),
    ):
        with pytest.raises(FileExistsError, match="must be a folder of its own") as refused:
            use()
        assert str(place) in str(refused.value) and "SYMBREAK_CACHE" in str(refused.value)
    assert {name: (place / name).read_text() for name in files(place)} == TAKEN[taken]


def test_the_variable_names_the_folder(tmp_path):
    code = "from snippets.machine import examples; print(examples.CACHE)"

    def named(**variables):
        environment = {k: v for k, v in os.environ.items() if k != "SYMBREAK_CACHE"} | variables
        command = [sys.executable, "-c", code]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    assert named() == named(SYMBREAK_CACHE="") == str(ROOT / ".cache")
    assert named(SYMBREAK_CACHE=str(tmp_path / "other")) == str(tmp_path / "other")


# One command at a time ----------------------------------------------------------------------------


def is_free(folder):
    try:
        with FileLock(folder / "lock").acquire(timeout=0):
            return True
    except Timeout:
        return False


def test_a_command_holds_the_cache_until_it_ends(folder):
    with cache.lock():
        assert not is_free(folder)
        assert (folder / "holder").read_text() == f"{os.getpid()}\n"
    assert is_free(folder)
    with pytest.raises(KeyboardInterrupt), cache.lock():
        raise KeyboardInterrupt
    assert is_free(folder)


@pytest.fixture
def other(folder):
    """Return another command, which holds the cache until its input ends."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as other:
        assert other.stdout.readline() == b"held\n"
        yield other
        other.stdin.close()


@pytest.mark.parametrize("end", ["it ends", "it is killed"])
def test_a_command_that_waits_says_for_which_process_and_goes_on(folder, other, monkeypatch, end):
    said = []

    def say(text):
        said.append(text)
        assert not is_free(folder)
        other.stdin.close() if end == "it ends" else other.kill()

    monkeypatch.setattr(cache, "say", say)
    with cache.lock():
        assert said == [f"Waiting for process {other.pid}, which is at work here"]
        assert (folder / "holder").read_text() == f"{os.getpid()}\n"


def test_a_command_that_need_not_wait_says_nothing(folder, said):
    folder.mkdir()
    (folder / "holder").write_text("1234567\n")  # of a command that is over
    (folder / "lock").touch()
    with cache.lock():
        assert said == []


def test_what_a_stopped_command_left_is_removed_after_a_while_and_nothing_else(folder):
    kept = {"aside/new", "results/page.one/a", "12-a"}
    for name in kept | {"aside/old"}:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
        if name != "aside/new":
            long_ago = time.time() - 2 * cache.HOUR
            os.utime(folder / name, (long_ago, long_ago))
    with cache.lock():
        assert files(folder) == {*kept, "lock", "holder", cache.TAG}


# Whole files --------------------------------------------------------------------------------------


def test_what_is_kept_is_read_unless_it_is_damaged(folder, said):
    cache.write(folder / "a" / "b", "text")
    assert cache.read(folder / "a" / "b") == b"text"
    assert cache.read(folder / "none") is None and said == []
    path = folder / "a" / "b"
    path.write_bytes(path.read_bytes().replace(b"text", b"next"))
    assert cache.read(path) is None and not path.exists()
    assert said == [".cache/a/b is damaged: made again"]


@pytest.mark.parametrize("content", [b"", b"text\n", b"a\n\nb", bytes(range(256))])
def test_any_content_is_read_as_it_was_written(folder, content):
    cache.write(folder / "a", content)
    assert cache.read(folder / "a") == content


@pytest.mark.parametrize("damage", [b"", b"\n", b"text", b"0" * 64 + b"\ntext"])
def test_any_other_file_is_damaged(folder, said, damage):
    folder.mkdir()
    (folder / "a").write_bytes(damage)
    assert cache.read(folder / "a") is None
    assert len(said) == 1


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_file_that_cannot_be_written_whole_stays_as_it_was(folder, monkeypatch, error):
    cache.write(folder / "a", "old")

    def fail(source, target):
        assert source != str(folder / "a")
        raise error

    monkeypatch.setattr(cache.os, "replace", fail)
    with pytest.raises(type(error)):
        cache.write(folder / "a", "new")
    assert cache.read(folder / "a") == b"old"
    assert list((folder / "aside").iterdir()) == []


def test_a_file_that_has_the_content_is_not_written_again(folder):
    path = folder / "a"

    def written(content):
        cache.write_changed(path, content)
        assert path.read_bytes() == content
        return path.stat().st_ino, path.stat().st_mtime_ns

    first = written(b"one")
    assert written(b"one") == first
    assert written(b"two") != first


def test_what_is_made_is_kept_under_what_it_was_made_of(folder):
    keys = iter(["old", "new", "new", "new", "new"])  # an edit while it is made the first time
    made = []

    def make() -> str:
        made.append(f"version {len(made)}")
        return made[-1]

    assert cache.made(folder / "made", lambda: next(keys), make) == b"version 1"
    assert cache.made(folder / "made", lambda: "new", make) == b"version 1"
    assert made == ["version 0", "version 1"]
    assert [path.name for path in (folder / "made").iterdir()] == ["new"]


def test_the_latest_files_of_a_folder_are_kept(folder):
    for number in range(cache.VERSIONS + 2):
        cache.write(folder / "few" / str(number), "text")
        os.utime(folder / "few" / str(number), (number, number))
    os.utime(folder / "few" / "0")  # in use again
    cache.keep_few(folder / "few")
    kept = sorted(int(path.name) for path in (folder / "few").iterdir())
    assert kept == [0, *range(3, cache.VERSIONS + 2)]
