"""Which examples there are, what their headers say, and what their results depend on."""

import dataclasses
import re
from importlib.metadata import PackageNotFoundError

import pytest

import snippets.machine
import snippets.mkdocs_site
from snippets.machine import examples
from snippets.machine.examples import DOCS, FOLDER, Example


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of examples with one of them, page/one, beside a package."""
    for constant in ("FOLDER", "ROOT"):
        monkeypatch.setattr(examples, constant, tmp_path)
    monkeypatch.setattr(examples, "MACHINE", tmp_path / "_machine")
    for name in examples.EXECUTORS:
        write(tmp_path, f"_machine/{name}", "x = 1\n")
    write(tmp_path, "page/one.py", '"""One."""\n# files: points.csv\nimport symbreak\n')
    write(tmp_path, "page/points.csv", "1\n")
    write(tmp_path, "symbreak/__init__.py")
    write(tmp_path, "symbreak/core.py", "x = 1\n")
    return tmp_path


def write(folder, name, text=""):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_an_example_cannot_be_changed_and_can_be_a_key():
    one = Example("page/one")
    assert {one: 1}[Example("page/one")] == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "page/two"


def test_an_example_knows_its_files_and_its_claim(folder):
    one = Example("page/one")
    assert one.place == "snippets/page/one.py"
    assert (one.record, one.kept) == (folder / "page/one.out", folder / "page/one.json")
    assert one.claim == "One."
    write(folder, "page/two.py", '"""A claim\n    in two lines."""\n')
    assert Example("page/two").claim == "A claim in two lines."
    write(folder, "page/three.py", '"""A claim."""\nprint(')
    assert Example("page/three").claim == ""


def test_comments_state_tolerance_limit_files_and_data(folder, monkeypatch):
    write(folder, "page/two.py", "print(1)\n")
    two = Example("page/two")
    assert (two.tolerance, two.limit, two.files, two.data) == (0.0, 60, [], "")
    assert (two.needs, two.lacks, two.is_kept) == ([], "", False)
    comments = "tolerance: 0.05 in figures because of noise", "limit: 90 s", "files: a.csv b.csv"
    write(folder, "page/two.py", "".join(f"# {c}\n" for c in (*comments, "data: SYMBREAK_BEES")))
    two = Example("page/two")
    assert (two.tolerance, two.limit, two.data) == (0.05, 90, "SYMBREAK_BEES")
    assert two.files == [folder / "page/a.csv", folder / "page/b.csv"]
    monkeypatch.delenv("SYMBREAK_BEES", raising=False)
    assert (two.lacks, two.is_kept) == ("SYMBREAK_BEES=<folder>", True)
    monkeypatch.setenv("SYMBREAK_BEES", str(folder))
    assert (two.lacks, two.is_kept) == ("", True)


def test_a_slow_machine_may_take_longer(folder, monkeypatch):
    monkeypatch.setattr(examples, "PATIENCE", 4)
    write(folder, "page/two.py", "# limit: 90 s\n")
    assert (Example("page/one").limit, Example("page/two").limit) == (240, 360)


CHANGES = {
    "its source": ("page/one.py", '"""One."""\n# files: points.csv\nimport symbreak as s\n'),
    "its limit": (
        "page/one.py",
        '"""One."""\n# limit: 9 s\n# files: points.csv\nimport symbreak\n',
    ),
    "a file that it names": ("page/points.csv", "2\n"),
    "what finds it": ("_machine/examples.py", "x = 2\n"),
    "what parses labs": ("_machine/labs.py", "x = 2\n"),
    "what runs it": ("_machine/run.py", "x = 2\n"),
    "what draws it": ("_machine/figures.py", "x = 2\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_key_changes_with(folder, change):
    before = Example("page/one").key()
    assert Example("page/one").key() == before
    write(folder, *CHANGES[change])
    assert Example("page/one").key() != before


@pytest.mark.parametrize(
    "name",
    [
        "page/two.py", "page/two.out", "page/one.out", "page/other.csv", "symbreak/core.py",
        "symbreak/new.py", "_machine/verdict.py", "page/.one.py.swp", "page/4913", "page/one.py~",
    ],
)  # fmt: skip
def test_a_key_does_not_change_with(folder, name):
    before = Example("page/one").key()
    write(folder, name, "x = 2\n")
    assert Example("page/one").key() == before


def test_a_key_changes_with_the_arithmetic_that_somebody_sets(folder, monkeypatch):
    for name in examples.ARITHMETIC:
        monkeypatch.delenv(name, raising=False)
    keys = {Example("page/one").key()}
    for name, value in examples.ARITHMETIC.items():
        monkeypatch.setenv(name, value)
        assert Example("page/one").key() in keys  # that is what it is anyway
    for name in examples.ARITHMETIC:
        monkeypatch.setenv(name, "2")
        keys.add(Example("page/one").key())
    assert len(keys) == 1 + len(examples.ARITHMETIC)


def test_a_key_changes_with_the_name_of_a_file_and_when_there_is_none(folder):
    keys = {Example("page/one").key()}
    source = (folder / "page/one.py").read_text()
    (folder / "page/points.csv").rename(folder / "page/dots.csv")
    keys.add(Example("page/one").key())  # it names a file that is not there
    write(folder, "page/one.py", source.replace("points.csv", "dots.csv"))
    keys.add(Example("page/one").key())
    assert len(keys) == 3


def test_a_digest_knows_contents_places_and_what_follows_what(tmp_path):
    def digest(**contents):
        for name, text in contents.items():
            write(tmp_path, name, text)
        return examples.digest([tmp_path / name for name in contents], tmp_path)

    digests = {digest(a="1", b="2"), digest(a="2", b="1"), digest(a="12", b="")}
    digests |= {digest(a="1", c="2"), digest(b="2", a="1")}
    assert len(digests) == 5
    assert digest(a="1", b="2") in digests


def test_the_package_is_hashed_module_by_module_and_by_their_names(folder):
    before = examples.package()
    assert set(before) == {examples.NAMES, "symbreak/__init__.py", "symbreak/core.py"}
    write(folder, "symbreak/core.py", "x = 2\n")
    edited = examples.package()
    assert {name for name in before if before[name] != edited[name]} == {"symbreak/core.py"}
    write(folder, "symbreak/more/core.py", "x = 2\n")
    write(folder, "symbreak/notes.txt", "no module")
    grown = examples.package()
    assert set(grown) - set(edited) == {"symbreak/more/core.py"}
    assert {name for name in edited if edited[name] != grown[name]} == {examples.NAMES}
    (folder / "symbreak/more").rename(folder / "symbreak/other")
    assert examples.package()[examples.NAMES] != grown[examples.NAMES]


def test_the_digest_of_the_package_follows_every_module(folder):
    digests = {examples.package_digest()}
    write(folder, "symbreak/core.py", "x = 2\n")
    digests.add(examples.package_digest())
    (folder / "symbreak/core.py").rename(folder / "symbreak/center.py")
    digests.add(examples.package_digest())
    assert len(digests) == 3


def test_a_key_names_the_versions_of_what_computes_draws_and_brings_the_digits(monkeypatch):
    versions = examples.versions.__wrapped__
    for name in ("Python", "numpy", "matplotlib", "scikit-learn"):
        assert re.search(rf"\b{name} \d+\.\d+", versions()), name

    def missing(name):
        if name == "scikit-learn":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(examples, "version", missing)
    assert versions().endswith("numpy 1.0, matplotlib 1.0, scikit-learn not installed")


def test_a_key_changes_with_the_versions(folder, monkeypatch):
    before = Example("page/one").key()
    monkeypatch.setattr(examples, "versions", lambda: "numpy 1.0")
    assert Example("page/one").key() != before


# What is wrong with the files ---------------------------------------------------------------------

TOLERANCE = "# tolerance: <number such as 0.01> in figures because <reason>"


@pytest.mark.parametrize(
    "number", ["0,01", "inf", "1 of costs", "nan", "1e400", "-1", "1_0", "5 %", ".5", ""]
)
def test_a_tolerance_is_a_plain_number(folder, number):
    comment = f"# tolerance: {number} in figures because x"
    write(folder, "page/two.py", f"# tolerance: 0.5 in figures because y\n  {comment}\n{comment}\n")
    two = Example("page/two")
    assert examples.problems() == [
        f"snippets/page/two.py:{line}: write {TOLERANCE!r}, got {comment!r}" for line in (2, 3)
    ]
    assert two.tolerance == 0.5  # and what is wrong stops no command
    write(folder, "page/two.py", comment)
    assert Example("page/two").tolerance == 0
    write(folder, "page/two.py", "# tolerance: 1e-3 in figures because y")
    assert Example("page/two").tolerance == 0.001


def test_what_is_wrong_with_the_files_is_named(folder):
    (folder / "symbreak/__init__.py").touch()
    assert examples.problems() == []
    for name in ("page/Two.py", "page/random.py", "page/gone.out"):
        write(folder, name, '"""A."""\n')
    write(folder, "page/loose.py", "# tolerance: 0.1\n# limit: soon\n# files:\n# data: CATS\n")
    write(folder, "page/reads.py", "# files: points.csv none.csv\n")
    assert examples.problems() == [
        "snippets/page/Two.py: a name is lower-case words joined by hyphens",
        f"snippets/page/loose.py:1: write {TOLERANCE!r}, got '# tolerance: 0.1'",
        "snippets/page/loose.py:2: write '# limit: <whole number> s', got '# limit: soon'",
        "snippets/page/loose.py:3: write '# files: <name beside the example> ...', got '# files:'",
        "snippets/page/loose.py:4: write '# data: SYMBREAK_<NAME>', got '# data: CATS'",
        "snippets/page/random.py: the name hides Python's own module 'random'",
        "snippets/page/reads.py: '# files:' names none.csv, which is not in its folder",
        "page/gone.out: a record without an example; delete it",
    ]


def test_a_limit_or_a_tolerance_without_its_colon_is_named(folder):
    write(folder, "page/loose.py", '"""A."""\n# limit 5 s\n# tolerance 0.1\n# data of two kinds\n')
    limit, tolerance = examples.problems()
    assert limit.endswith("got '# limit 5 s'") and tolerance.endswith("got '# tolerance 0.1'")


# Which examples there are -------------------------------------------------------------------------


def test_the_examples_are_those_on_disk_and_no_package_is_a_page(folder):
    write(folder, "_private/two.py")
    write(folder, "other/two.py")
    write(folder, "loose.py")
    assert list(examples.examples()) == ["other/two", "page/one"]
    write(folder, "other/__init__.py")
    assert list(examples.examples()) == ["page/one"]


def test_files_of_editors_are_neither_examples_nor_data(folder):
    before = examples.examples(), Example("page/one").key()
    for name in (".one.py.swp", "4913", "one.py~", "#one.py#", ".hidden.py", "_draft.py"):
        write(folder, f"page/{name}", '"""One."""\nprint(1)\n')
    (folder / "page/.#one.py").symlink_to("user@host.123:456")  # leads nowhere
    write(folder, ".git/hook.py")
    assert (examples.examples(), Example("page/one").key()) == before
    assert examples.problems() == []


def test_files_of_editors_are_no_modules_of_the_package(folder):
    before = examples.package()
    for name in (".core.py.swp", "4913", "core.py~", "#core.py#", ".hidden.py"):
        write(folder, f"symbreak/{name}", "x = 2\n")
    (folder / "symbreak/.#core.py").symlink_to("user@host.123:456")  # leads nowhere
    assert examples.package() == before
    write(folder, "symbreak/_own.py", "x = 2\n")
    assert "symbreak/_own.py" in examples.package()


def test_the_examples_of_this_checkout_are_found_and_the_machine_is_none():
    found = examples.examples()
    assert found["zero-init/tanh"] == Example("zero-init/tanh")
    assert not {name.partition("/")[0] for name in found} & {"machine", "mkdocs_site"}
    assert DOCS.name == "docs" and (DOCS / "index.md").exists()


def test_every_module_of_the_machine_and_of_the_site_is_described():
    move = (DOCS / "contributing.md").read_text(encoding="utf-8")
    move = move.partition("## When Material ends")[2]
    assert "`snippets/machine`" in move and "`snippets/mkdocs_site`" in move
    for package in (snippets.machine, snippets.mkdocs_site):
        name = package.__name__.rpartition(".")[2]
        modules = {path.stem for path in (FOLDER / name).glob("[!_]*.py")}
        described = re.findall(r"^(\w+) +\w", package.__doc__, re.MULTILINE)
        described = {word for word in described if word in modules}
        assert described == modules
        assert {module for module in modules if f"`{module}`" not in move} == set()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("zero-init/growth", "; did you mean 'rounding/growth'?"),
        ("rounding/groth", "; did you mean 'rounding/growth'?"),
        ("qqqq", "; see --list"),
    ],
)
def test_a_name_that_is_not_known_may_be_one_of_another_page_or_one_alike(name, hint):
    assert examples.near(name, ["rounding/growth", "zero-init/tanh"], "; see --list") == hint
