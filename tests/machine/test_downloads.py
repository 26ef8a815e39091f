"""What readers take away, and the cell that installs what it needs."""

import io
import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from types import SimpleNamespace

import nbformat
import pytest

import symbreak
from snippets.machine import cache
from snippets.machine.examples import ROOT, Example
from snippets.machine.run import Result
from snippets.machine.verdict import OK, Verdict
from snippets.mkdocs_site import downloads

WHEEL = f"symbreak-{symbreak.__version__}-py3-none-any.whl"


def test_every_example_comes_as_script_and_notebook_and_in_the_zip(template):
    folder = template.root / "site"
    for suffix in ("py", "ipynb"):
        assert f'href="snippets/page/four.{suffix}"' in (folder / "index.html").read_text()
    names = zipfile.ZipFile(folder / "downloads" / "symbreak-examples.zip").namelist()
    assert [name.removeprefix("symbreak-examples/") for name in names] == [
        "page/four.py",
        "page/four.ipynb",
        "README.txt",
        WHEEL,
    ]


def test_a_notebook_is_valid_and_installs_the_wheel_of_its_site(site):
    site.replace("mkdocs.yml", "site_name: small", "site_name: small\nsite_url: http://host/a/")
    assert site.build()[0] == 0
    path = site.root / "site" / "snippets" / "page" / "four.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    claim, install, example = (cell.source for cell in notebook.cells)
    assert claim == "Two and two make four."
    wheel = f"downloads/{WHEEL}"
    assert f'"symbreak[plots] @ http://host/a/{wheel}"' in install
    assert (site.root / "site" / wheel).exists()
    assert example == site.read("snippets/page/four.py").rstrip()


def test_the_wheel_holds_the_package_and_nothing_else(site):
    site.write("symbreak/new_module.py", "")
    assert site.build()[0] == 0
    (wheel,) = (site.root / "site" / "downloads").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "symbreak/new_module.py" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"symbreak"}


def test_archives_of_the_same_contents_are_the_same():
    contents = {"a/b.py": "x = 1\n", "c.bin": b"\0"}
    assert downloads.archive(contents) == downloads.archive(contents)
    with zipfile.ZipFile(io.BytesIO(downloads.archive(contents))) as file:
        assert file.read("symbreak-examples/a/b.py") == b"x = 1\n"


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """Keep wheels in a folder of the test's own."""
    monkeypatch.setattr(cache, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(downloads, "WHEELS", tmp_path / "cache" / "wheels")
    return tmp_path / "cache" / "wheels"


def test_the_wheel_does_not_depend_on_the_day(wheels, monkeypatch):
    found = []
    for day in ("1700000000", "1800000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        found.append(downloads.wheel())
        (kept,) = wheels.iterdir()
        kept.unlink()
    assert found[0] == found[1]


def test_the_wheel_is_built_once_until_the_package_changes(wheels, monkeypatch):
    built = []

    def build(command, **options):
        built.append(options["cwd"])
        with open(f"{command[-1]}/symbreak-{len(built)}.whl", "wb") as file:
            file.write(b"content\nof it")

    monkeypatch.setattr(downloads.subprocess, "run", build)
    first = downloads.wheel()
    assert downloads.wheel() == first == ("symbreak-1.whl", b"content\nof it")
    monkeypatch.setattr(downloads, "package_digest", lambda: "other")
    assert downloads.wheel()[0] == "symbreak-2.whl"
    assert built == [ROOT, ROOT]


def test_a_damaged_wheel_is_built_again(wheels, monkeypatch):
    first = downloads.wheel()
    (kept,) = wheels.iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert downloads.wheel() == first


# What is made of an example -----------------------------------------------------------------------

NAME = "symbreak-1-py3-none-any.whl"


@pytest.fixture
def wheel(monkeypatch):
    monkeypatch.setattr(downloads, "wheel", lambda: (NAME, b"wheel"))


def test_each_example_is_a_script_a_notebook_and_in_the_zip(wheel):
    one = Example("zero-init/tanh")
    figure = {"alt": "A.", "caption": "", "svg": "", "summary": "", "size": [1, 1]}
    verdict = Verdict(one, Result("", cells={"": [{"text": "1\n"}, figure]}), OK)
    found = downloads.files([verdict], "")
    archive = found["downloads/symbreak-examples.zip"]
    assert list(found) == [
        "snippets/zero-init/tanh.py",
        "snippets/zero-init/tanh.ipynb",
        f"downloads/{NAME}",
        "downloads/symbreak-examples.zip",
    ]
    script = found["snippets/zero-init/tanh.py"]
    assert script.startswith(one.source)
    assert script.endswith("plots.show_or_save('tanh')\n")
    notebook = found["snippets/zero-init/tanh.ipynb"]
    assert notebook.endswith("}\n")
    assert json.loads(notebook)["metadata"]["kernelspec"]["name"] == "python3"
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        names = [name.removeprefix("symbreak-examples/") for name in file.namelist()]
        assert file.read(f"symbreak-examples/{NAME}") == b"wheel"
        assert (
            f'pip install "./{NAME}[plots]"' in file.read("symbreak-examples/README.txt").decode()
        )
    assert names == ["zero-init/tanh.py", "zero-init/tanh.ipynb", "README.txt", NAME]
    without_figure = Verdict(one, Result("", cells={"": [{"text": "1\n"}]}), OK)
    assert downloads.script(without_figure) == one.source


def test_the_files_that_an_example_reads_are_beside_it(wheel):
    one = Example("checked/counts")
    found = downloads.files([Verdict(one, Result(""), OK)], "")
    assert [path.name for path in one.files] == ["mutants.json", "properties.json"]
    for path in one.files:
        assert found[f"snippets/checked/{path.name}"] == path.read_text()
    assert '__file__ = \\"counts.ipynb\\"' in found["snippets/checked/counts.ipynb"]
    with zipfile.ZipFile(io.BytesIO(found["downloads/symbreak-examples.zip"])) as file:
        assert "symbreak-examples/checked/mutants.json" in file.namelist()


# The first cell of notebooks ----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "http://host/a", "http://host/a/"])
def test_no_index_is_ever_asked_for_the_name_alone(wheel, address):
    cell = downloads.first_cell(address)
    (install,) = [line.strip() for line in cell.splitlines() if "pip install" in line]
    wanted = re.fullmatch(r'%pip install --quiet "(.+)"', install)[1]
    if address:
        assert wanted == f"symbreak[plots] @ http://host/a/downloads/{NAME}"
    else:
        assert wanted == "{wheel}[plots]"  # a path
        assert cell.count(NAME) == 3  # beside, one folder up, and in the sentence
    assert "find-links" not in cell


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Return a Python that finds numpy, IPython and pip where this one does, but no symbreak.

    symbreak is installed here by a `.pth` file, which counts only where it lies.
    """
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


EXECUTE = """
import sys
from IPython.core.interactiveshell import InteractiveShell

ran = InteractiveShell.instance().run_cell(sys.stdin.read())
ran.raise_error()
import symbreak
print(symbreak.__file__)
"""


def execute(python, cell, folder):
    """Run a cell as a notebook of a folder does, without an index of packages."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment |= {"PIP_ROOT_USER_ACTION": "ignore", "IPYTHONDIR": str(folder / "ipython")}
    done = subprocess.run(
        [python, "-c", EXECUTE],
        input=cell,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return SimpleNamespace(code=done.returncode, said=done.stdout + done.stderr)


@pytest.mark.slow
def test_without_an_address_the_file_nearby_is_installed_or_the_reader_told_where_it_is(
    fresh, tmp_path
):
    name, content = downloads.wheel()
    cell = downloads.first_cell("")
    folder = tmp_path / "with blanks" / "labs"
    folder.mkdir(parents=True)
    done = execute(fresh, cell, folder)
    assert done.code != 0
    assert f"FileNotFoundError: Put {name} beside this notebook. It is in symbreak-ex" in done.said
    assert "ModuleNotFoundError" not in done.said  # which says nothing of what to do
    assert "Requirement" not in done.said and "ERROR" not in done.said  # pip was not asked
    (folder.parent / name).write_bytes(content)  # as in the archive: labs/ beside the wheel
    done = execute(fresh, cell, folder)
    assert done.code == 0, done.said
    assert str(fresh.parents[1]) in done.said  # where symbreak was found
    (folder.parent / name).unlink()
    assert execute(fresh, cell, folder).code == 0  # it is there now
