"""The folder `.cache/`: one command at a time, whole files, and no file of a stopped command."""

import fcntl
import os
import subprocess
import sys

import pytest

from snippets import keep, publish

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
file.write("12345\\n")
file.flush()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(keep, "ROOT", tmp_path)
    monkeypatch.setattr(keep, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(keep, "SEAL", tmp_path / ".cache" / "seal.json")
    monkeypatch.setattr(keep, "_lock", None)
    yield tmp_path / ".cache"
    keep.unlock()


def is_free(cache):
    with (cache / "lock").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_command_holds_the_cache_until_it_unlocks_it(cache):
    keep.lock()
    keep.lock()  # held already
    assert not is_free(cache)
    keep.unlock()
    keep.unlock()  # free already
    assert is_free(cache)
    keep.lock()
    assert not is_free(cache)


def test_the_lock_says_which_process_holds_it_and_no_other(cache):
    cache.mkdir()
    (cache / "lock").write_text("1234567\n")
    keep.lock()
    assert (cache / "lock").read_text() == f"{os.getpid()}\n"


def test_a_command_that_waits_says_for_which_process(cache, monkeypatch):
    cache.mkdir()
    command = [sys.executable, "-c", HOLD, str(cache / "lock")]
    said = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:

        def say(text):
            said.append(text)
            other.stdin.close()  # ends the other command

        monkeypatch.setattr(keep, "say", say)
        assert other.stdout.readline() == b"held\n"
        keep.lock()
    assert said == ["Waiting for process 12345, which is building here"]
    assert (cache / "lock").read_text() == f"{os.getpid()}\n"


def test_what_a_stopped_command_left_is_removed_and_nothing_else(cache):
    kept = ["results/a.json", "results/a.b", "wheels/symbreak.whl", "12", "notebooks/labs/b.ipynb"]
    left = ["seal.4711", "results/a.1", "labs/b.2", "formulas/c.3", "run.log", "wheels/w-1/x.whl"]
    left += ["notebooks/labs/b.5"]
    for name in kept + left:
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_text(name)
    keep.lock()
    found = {p.relative_to(cache).as_posix() for p in cache.rglob("*") if p.is_file()}
    assert found == {*kept, "lock"}


def test_a_build_locks_the_cache_before_it_reads_it(monkeypatch):
    """Under `mkdocs serve` too, which gives the cache back between its builds."""

    def lock():
        raise TimeoutError("locked")

    monkeypatch.setattr(keep, "lock", lock)
    monkeypatch.setattr(keep, "open_sealed", lambda: pytest.fail("read before it was locked"))
    with pytest.raises(TimeoutError, match="locked"):
        publish.on_pre_build(None)


def test_what_is_kept_is_read_unless_it_is_damaged(cache, capsys):
    keep.write(cache / "a", "text")
    assert keep.read(cache / "a") == b"text"
    assert keep.read(cache / "b") is None and capsys.readouterr().err == ""
    (cache / "a").write_bytes((cache / "a").read_bytes().replace(b"text", b"next"))
    assert keep.read(cache / "a") is None
    assert capsys.readouterr().err == ".cache/a is damaged: made again\n"


def test_a_file_of_others_is_removed_unless_the_last_build_sealed_it(cache, capsys):
    for name in ("templates/a", "templates/b", "results/c"):
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_text(name)
    keep.seal()
    (cache / "templates/b").write_text("damaged")
    (cache / "templates/d").write_text("not sealed: its build was stopped")
    keep.open_sealed()
    found = {p.relative_to(cache).as_posix() for p in cache.rglob("*") if p.is_file()}
    assert found == {"templates/a", "results/c", "seal.json"}
    assert capsys.readouterr().err == ".cache/templates/b is damaged: made again\n"
