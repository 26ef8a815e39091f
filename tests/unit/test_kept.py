"""An example whose data or packages are not here is shown as it was recorded, and says so."""

import markdown
import pytest

from snippets import __main__ as command
from snippets.machine import examples, kept, output, record, verdict
from snippets.machine.examples import Example, package
from snippets.machine.run import Result
from snippets.mkdocs_site import embed

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
    assert kept.keep(example, RESULT)
    assert not kept.keep(example, RESULT)  # nothing new
    found = judged(example)
    assert found.status == verdict.RECORDED and found.holds
    assert (found.result.key, found.result.stdout) == ("", "12 pebbles\n")
    stamp = kept.stamp(example, RESULT.modules)
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
    kept.keep(example, Result("", modules=used, cells=RESULT.cells))

    def changed(name):
        monkeypatch.setattr(verdict, "package", lambda: package() | {name: "another"})
        return judged(example)

    assert changed("symbreak/theory.py").status == verdict.RECORDED
    found = changed("symbreak/network.py")
    assert found.status == verdict.STALE and found.holds
    assert "The code has changed since" in shown(found, "@snippet page/pebbles output")


def test_a_kept_result_is_stale_once_the_example_has_changed(example):
    kept.keep(example, RESULT)
    example.path.write_text(f"{SOURCE}# edited\n")
    assert judged(Example(example.name)).status == verdict.STALE


def test_a_kept_result_is_compared_with_its_record(example):
    kept.keep(example, Result("", cells={"": [{"text": "13 pebbles\n"}]}))
    assert judged(example).status == verdict.DIFFERS


@pytest.fixture
def needing(example):
    """Return what makes an example that needs packages."""

    def write(names):
        example.path.write_text(SOURCE.replace("# data: SYMBREAK_PEBBLES", f"# needs: {names}"))
        return Example(example.name)

    return write


def test_without_a_package_the_kept_result_is_shown_with_the_versions_that_made_it(
    needing, monkeypatch
):
    example = needing("numpy pebbles")
    assert (example.lacks, example.is_kept) == ("pebbles", True)
    found = judged(example)
    assert found.status == verdict.UNRECORDED and "It needs pebbles" in found.message
    versions = {"numpy": "2.1.0", "pebbles": "1.2.3+cpu"}
    monkeypatch.setattr(kept, "package_version", versions.__getitem__)
    kept.keep(example, RESULT)
    found = judged(example)
    assert found.status == verdict.RECORDED and found.holds
    page = shown(found, "@snippet page/pebbles output")
    made = f"code {kept.stamp(example, RESULT.modules)}, numpy 2.1.0, pebbles 1.2.3."
    assert f"As recorded: this build does without the packages. Computed with {made}" in page


def test_with_its_packages_an_example_runs_and_its_key_depends_on_their_versions(
    needing, monkeypatch
):
    example = needing("numpy markdown")
    assert (example.lacks, example.is_kept) == ("", True)
    keys = [example.key()]
    monkeypatch.setattr(examples, "package_version", lambda name: f"{name} 1")
    keys.append(example.key())
    assert len(set(keys)) == 2


@pytest.mark.parametrize("option", ["--data", "--needs"])
def test_the_command_that_is_to_run_what_is_kept_refuses_where_it_cannot(
    example, needing, monkeypatch, capsys, option
):
    lacking = {"--data": "SYMBREAK_PEBBLES=<folder>", "--needs": "pebbles"}[option]
    found = needing("pebbles") if option == "--needs" else example
    monkeypatch.setattr(command.verdict, "known", lambda: {found.name: found})
    assert command.main([option]) == 2
    assert capsys.readouterr().err == f"page/pebbles needs {lacking}\n"


@pytest.mark.parametrize("damage", ["{", "[]", "{}", '{"modules": [], "other": 1}'])
def test_a_damaged_kept_result_is_a_failure(example, damage):
    example.kept.write_text(damage)
    found = judged(example)
    assert found.status == verdict.FAILED and "pebbles.json" in found.message


def test_with_data_the_key_depends_on_the_files(example, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMBREAK_PEBBLES", str(tmp_path))
    assert not example.lacks
    (tmp_path / "a.h5").write_bytes(b"1")
    keys = [example.key()]
    (tmp_path / "a.h5").write_bytes(b"2")
    keys.append(example.key())
    (tmp_path / "a.h5").rename(tmp_path / "b.h5")
    keys.append(example.key())
    assert len(set(keys)) == 3


def shown(found, text):
    output.write({found.example.name: found}, {})
    return markdown.markdown(text, extensions=[embed.EmbedExtension(judged=True)])
