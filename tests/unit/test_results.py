"""The files of results have the form that examples read; a part of a command replaces no whole."""

import json
import re
from types import SimpleNamespace

import bench
import machines
import mutate
import pytest
import results
from oracles import compare

WORDS = "--hypothesis-profile", "many", "tests/unit/test_bad_input.py"
ORACLES = {"comparisons": 3, "kinds": {}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a place for the files that is not the checkout."""
    monkeypatch.setattr(results, "place", lambda name: tmp_path / f"{name.partition('/')[2]}.json")
    return tmp_path


@pytest.mark.parametrize("name", results.FILES)
def test_each_file_has_its_form_and_an_example_that_reads_it(name):
    assert results.read(name)
    page, _, file = name.partition("/")
    sources = [path.read_text() for path in (results.ROOT / "snippets" / page).glob("*.py")]
    assert any(re.search(rf"^# files:.* {file}\.json\b", source, re.M) for source in sources)


@pytest.mark.parametrize("name", results.FILES)
def test_the_makefile_has_the_commands(name):
    makefile = (results.ROOT / "Makefile").read_text()
    target = results.FILES[name][0].removeprefix("make ")
    recipe = re.search(rf"^{target}: .*\n((?:\t.*\n)+)", makefile, re.M)[1]
    assert ("pytest" in recipe) == (name in results.PYTEST)
    if name in results.PYTEST:
        assert recipe.endswith(f"pytest {results.PYTEST[name]}\n")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (None, "No such file"),
        ("{", "Expecting property name"),
        ("[]", "it must be of the form"),
        ('{"comparisons": 3}', "it must have the names ['comparisons', 'kinds'], got ['compar"),
        ('{"comparisons": "3", "kinds": {}}', "it['comparisons'] must be of the form <class 'int'"),
        ('{"comparisons": 3, "kinds": {"a": {}}}', "it['kinds']['a'] must have the names"),
    ],
)
def test_another_form_is_an_error_that_names_the_command(folder, text, fault):
    if text is not None:
        (folder / "oracles.json").write_text(text)
    with pytest.raises(ValueError, match=re.escape(fault)) as error:
        results.read("checked/oracles")
    assert str(error.value).startswith("snippets/checked/oracles.json: ")
    assert "`make oracles` writes it anew" in str(error.value)


def test_an_item_of_a_list_has_its_form(folder):
    kind = {"with": "a", "what": "b", "number": 1, "allowed": [1e-9], "largest": 0.5}
    results.write("checked/oracles", ORACLES | {"kinds": {"one": kind}})
    assert results.read("checked/oracles")["kinds"]["one"] == kind
    with pytest.raises(ValueError, match=re.escape("['allowed'][1] must be of the form")):
        results.write(
            "checked/oracles", ORACLES | {"kinds": {"one": kind | {"allowed": [0.1, ""]}}}
        )
    assert results.read("checked/oracles")["kinds"]["one"] == kind


@pytest.mark.parametrize(
    ("arguments", "failed", "written"),
    [
        (("tests/oracles",), 0, True),
        (("tests/oracles",), 1, False),
        (("tests/oracles", "-k", "torch"), 0, False),
        (("tests",), 0, False),
    ],
)
def test_only_the_whole_command_writes(folder, capsys, arguments, failed, written):
    config = SimpleNamespace(invocation_params=SimpleNamespace(args=arguments))
    results.write_whole("checked/oracles", lambda: ORACLES, config, failed)
    assert (folder / "oracles.json").exists() == written
    said = "is written" if written else "is as it was: `make oracles` writes it"
    assert said in capsys.readouterr().out


def test_patterns_of_a_command_are_those_of_the_shell(folder):
    args = *WORDS, *(f"tests/unit/test_properties{end}.py" for end in ("", "_reading", "_training"))
    config = SimpleNamespace(invocation_params=SimpleNamespace(args=args))
    results.write_whole("checked/properties", lambda: {"inputs": 7}, config, 0)
    assert results.read("checked/properties") == {"inputs": 7}


def test_the_kinds_that_the_page_shows_are_compared(monkeypatch):
    sources = [path.read_text() for path in (results.ROOT / "tests" / "oracles").glob("test_*.py")]
    kinds = re.findall(r'insist\(\s*f?"([^"]+)"', "\n".join(sources))
    steps = [kind.replace("{step:3d}", f"{n:3d}") for kind in kinds for n in (1, 10, 100)]
    monkeypatch.setattr(compare, "LARGEST", {kind: [2, 1e-12, 1e-15] for kind in steps})
    found = compare.shown()
    assert found["comparisons"] == 2 * len({*steps})
    assert [found["kinds"][name]["number"] for name in ("1 step", "mpmath", "theory")] == [2, 8, 4]
    kept = results.read("checked/oracles")["kinds"]
    for name, kind in found["kinds"].items():
        assert (kind["with"], kind["what"]) == (kept[name]["with"], kept[name]["what"])


# make bench -----------------------------------------------------------------------------------


def measure(monkeypatch, *arguments):
    """Call `make bench` with groups that take no time."""
    row = bench.Row("new", "p", "a", "b", 2.0, at_least=3)
    monkeypatch.setattr(bench, "GROUPS", {name: lambda: [row] for name in bench.GROUPS})
    monkeypatch.setattr(bench, "machine", lambda: "another")
    monkeypatch.setattr("sys.argv", ["bench.py", *arguments])
    return bench.main()


def test_rows_that_were_not_measured_stay(folder, monkeypatch):
    before = results.ROOT / "snippets" / "bench" / "bench.json"
    (folder / "bench.json").write_text(before.read_text())
    old = json.loads(before.read_text())
    assert measure(monkeypatch, "wide", "planar") == 1
    new = results.read("bench/bench")
    assert list(new) == list(old) == list(bench.GROUPS)
    assert [name for name in old if new[name] != old[name]] == ["planar", "wide"]
    (row,) = new["wide"]["rows"]
    assert (row["name"], row["target"], row["holds"]) == ("new", "at least 3", "no")
    assert new["wide"]["machine"] == "another"
    measure(monkeypatch)
    assert all(group["machine"] == "another" for group in results.read("bench/bench").values())


def test_a_trial_with_other_rounds_writes_nothing(folder, monkeypatch, capsys):
    measure(monkeypatch, "--rounds", "2")
    assert not (folder / "bench.json").exists()
    assert "is as it was" in capsys.readouterr().out


def test_a_part_needs_a_whole_that_it_can_read(folder, monkeypatch):
    (folder / "bench.json").write_text("{}\n| a |")
    with pytest.raises(ValueError, match="`make bench` writes it anew"):
        measure(monkeypatch, "wide")


# make mutants, make machines ------------------------------------------------------------------


def test_a_sample_of_mutants_stands_beside_those_of_other_seeds(folder, capsys):
    usual, part = ({"sample": k, "of": 9, "killed": 1} for k in (4, 2))
    seed = mutate.SEED
    mutate.keep(seed, usual, {})
    mutate.keep("2", part, mutate.known("2"))
    mutate.keep(seed, part, mutate.known(seed))
    assert "is as it was" in capsys.readouterr().out
    assert results.read("checked/mutants") == {seed: usual, "2": part}
    (folder / "mutants.json").write_text("[]")
    assert mutate.known(seed) == {}
    with pytest.raises(ValueError, match="`make mutants` writes it anew"):
        mutate.known("2")


@pytest.mark.parametrize(
    ("arguments", "written"), [((), True), (("--only", "newest"), False), (("page",), False)]
)
def test_all_machines_and_all_records_are_the_whole(folder, monkeypatch, arguments, written):
    said = "page/one   0.1 s  ok\npage/two   0.1 s  differs\n"
    monkeypatch.setattr(machines, "machines", lambda: {"the newest": ({}, [])})
    monkeypatch.setattr(machines, "run", lambda *_: said)
    monkeypatch.setattr("sys.argv", ["machines.py", *arguments])
    assert machines.main() == 1
    assert (folder / "machines.json").exists() == written
    if written:
        assert results.read("checked/machines") == {"the newest": {"agree": 1, "of": 2}}
