"""An example whose data are not here is shown as it was recorded, and says so."""

import markdown
import pytest

from snippets import __main__ as command
from snippets.machine import examples, output, private, record, verdict
from snippets.machine.examples import Example, package
from snippets.machine.run import Result

SOURCE = '"""One claim."""\n# data: SYMBREAK_PEBBLES\nprint("12 pebbles")\n'


@pytest.fixture
def example(tmp_path, monkeypatch):
    monkeypatch.setattr(examples, "FOLDER", tmp_path)
    monkeypatch.setattr(record, "ROOT", tmp_path)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(output, "VERDICTS", tmp_path / "verdicts")
    monkeypatch.setattr(output, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(output, "BOXES", tmp_path / "boxes.json")
    monkeypatch.delenv("SYMBREAK_PEBBLES", raising=False)
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "pebbles.py").write_text(SOURCE)
    (tmp_path / "page" / "pebbles.out").write_text("12 pebbles\n")
    return Example("page/pebbles")


RESULT = Result("", modules=package(), cells={"": [{"text": "12 pebbles\n"}]})


def judged(example):
    return verdict.check([example])[example.name]


def test_without_data_and_without_a_kept_result_it_is_not_recorded(example):
    found = judged(example)
    assert found.status == verdict.UNRECORDED and not found.holds
    assert "SYMBREAK_PEBBLES=<folder>" in found.message


def test_without_data_the_kept_result_is_shown_with_its_stamp(example):
    assert private.keep(example, RESULT)
    assert not private.keep(example, RESULT)  # nothing new
    found = judged(example)
    assert found.status == verdict.RECORDED and found.holds
    assert (found.result.key, found.result.stdout) == ("", "12 pebbles\n")
    stamp = private.stamp(example, RESULT.modules)
    assert found.result.stamp == stamp
    page = shown(found, "@snippet page/pebbles output")
    assert "As recorded" in page and stamp in page and "has changed" not in page
    assert "As recorded" not in shown(found, "@snippet page/pebbles code")


def test_the_command_says_what_it_kept_of_the_examples_that_ran_on_data(example, capsys):
    command._keep({example.name: verdict.Verdict(example, RESULT, verdict.DIFFERS)})
    assert not example.kept.exists()
    found = {example.name: verdict.Verdict(example, RESULT, verdict.OK)}
    command._keep(found)
    command._keep(found)  # nothing new
    assert capsys.readouterr().out == "kept page/pebbles.json\n"


def test_a_kept_result_is_stale_once_a_module_that_it_used_has_changed(example, monkeypatch):
    used = {name: RESULT.modules[name] for name in ("symbreak/network.py", examples.NAMES)}
    private.keep(example, Result("", modules=used, cells=RESULT.cells))

    def changed(name):
        monkeypatch.setattr(verdict, "package", lambda: package() | {name: "another"})
        return judged(example)

    assert changed("symbreak/theory.py").status == verdict.RECORDED
    found = changed("symbreak/network.py")
    assert found.status == verdict.STALE and found.holds
    assert "The code has changed since" in shown(found, "@snippet page/pebbles output")


def test_a_kept_result_is_stale_once_the_example_has_changed(example):
    private.keep(example, RESULT)
    example.path.write_text(f"{SOURCE}# edited\n")
    assert judged(Example(example.name)).status == verdict.STALE


def test_a_kept_result_is_compared_with_its_record(example):
    private.keep(example, Result("", cells={"": [{"text": "13 pebbles\n"}]}))
    assert judged(example).status == verdict.DIFFERS


@pytest.mark.parametrize("damage", ["{", "[]", "{}", '{"modules": [], "other": 1}'])
def test_a_damaged_kept_result_is_a_failure(example, damage):
    example.kept.write_text(damage)
    found = judged(example)
    assert found.status == verdict.FAILED and "pebbles.json" in found.message


def test_with_data_the_key_depends_on_the_files(example, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMBREAK_PEBBLES", str(tmp_path))
    assert not example.lacks_data
    (tmp_path / "a.h5").write_bytes(b"1")
    keys = [example.key()]
    (tmp_path / "a.h5").write_bytes(b"2")
    keys.append(example.key())
    (tmp_path / "a.h5").rename(tmp_path / "b.h5")
    keys.append(example.key())
    assert len(set(keys)) == 3


def shown(found, text):
    output.write({found.example.name: found}, {})
    return markdown.markdown(text, extensions=["snippets.mkdocs_site.embed"])
