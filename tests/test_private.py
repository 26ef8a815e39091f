"""An example whose data are not here is shown as it was recorded, and says so."""

import markdown
import pytest

from snippets import __main__ as command
from snippets import catalog, check, embed, offsite, record
from snippets.catalog import Snippet
from snippets.run import Result

SOURCE = '"""One claim."""\n# data: SYMBREAK_PEBBLES\nprint("12 pebbles")\n'


@pytest.fixture
def snippet(tmp_path, monkeypatch):
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    monkeypatch.setattr(catalog, "EXECUTORS", ())
    monkeypatch.setattr(catalog, "ROOT", tmp_path)
    monkeypatch.setattr(record, "ROOT", tmp_path)
    monkeypatch.delenv("SYMBREAK_PEBBLES", raising=False)
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "pebbles.py").write_text(SOURCE)
    (tmp_path / "page" / "pebbles.out").write_text("12 pebbles\n")
    return Snippet("page/pebbles")


def verdict(snippet):
    return check.check([snippet])[snippet.name]


def test_without_data_and_without_a_kept_result_it_is_not_recorded(snippet):
    found = verdict(snippet)
    assert found.status == check.UNRECORDED and not found.holds
    assert "SYMBREAK_PEBBLES=<folder>" in found.message


def test_without_data_the_kept_result_is_shown_with_its_stamp(snippet, monkeypatch):
    assert offsite.keep(snippet, Result("", "12 pebbles\n"))
    assert not offsite.keep(snippet, Result("", "12 pebbles\n"))  # nothing new
    found = verdict(snippet)
    assert found.status == check.RECORDED and found.holds
    assert (found.result.key, found.result.stamp) == ("", offsite.stamp(snippet))
    monkeypatch.setattr(embed, "verdicts", {snippet.name: found})
    page = shown("@snippet page/pebbles output")
    assert "As recorded" in page and offsite.stamp(snippet) in page and "has changed" not in page
    assert "As recorded" not in shown("@snippet page/pebbles code")


def test_the_command_says_what_it_kept_of_the_examples_that_ran_on_data(snippet, capsys):
    result = Result("", "12 pebbles\n")
    command._keep({snippet.name: check.Verdict(snippet, result, check.DIFFERS)})
    assert not snippet.kept.exists()
    found = {snippet.name: check.Verdict(snippet, result, check.OK)}
    command._keep(found)
    command._keep(found)  # nothing new
    kept = snippet.kept.relative_to(catalog.ROOT)
    assert capsys.readouterr().out == f"kept {kept}\n"


def test_a_kept_result_is_stale_once_the_package_has_changed(snippet, monkeypatch):
    offsite.keep(snippet, Result("", "12 pebbles\n"))
    monkeypatch.setattr(offsite, "package_digest", lambda: b"another package")
    found = verdict(snippet)
    assert found.status == check.STALE and found.holds
    monkeypatch.setattr(embed, "verdicts", {snippet.name: found})
    assert "The code has changed since" in shown("@snippet page/pebbles output")


def test_a_kept_result_is_compared_with_its_record(snippet):
    offsite.keep(snippet, Result("", "13 pebbles\n"))
    assert verdict(snippet).status == check.DIFFERS


def test_a_damaged_kept_result_is_a_failure(snippet):
    snippet.kept.write_text("{")
    found = verdict(snippet)
    assert found.status == check.FAILED and "pebbles.json is damaged" in found.message


def test_with_data_the_key_depends_on_the_files(snippet, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMBREAK_PEBBLES", str(tmp_path))
    assert not snippet.lacks_data
    (tmp_path / "a.h5").write_bytes(b"1")
    before = snippet.key()
    (tmp_path / "a.h5").write_bytes(b"2")
    changed = snippet.key()
    assert changed != before
    (tmp_path / "a.h5").rename(tmp_path / "b.h5")
    assert snippet.key() != changed


def shown(text):
    return markdown.markdown(text, extensions=["snippets.embed"])
