import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat

from snippets import downloads


def test_every_example_comes_as_script_and_notebook_and_in_the_zip(site):
    assert site.build()[0] == 0
    folder = site.root / "site"
    for suffix in ("py", "ipynb"):
        assert f'href="snippets/page/four.{suffix}"' in (folder / "index.html").read_text()
    names = zipfile.ZipFile(folder / "downloads" / "symbreak-examples.zip").namelist()
    assert [name.removeprefix("symbreak-examples/") for name in names] == [
        "page/four.py",
        "page/four.ipynb",
        "README.txt",
        "symbreak-0.1.0-py3-none-any.whl",
    ]


def test_a_notebook_is_valid_and_installs_the_wheel_of_its_site(site):
    site.replace("mkdocs.yml", "site_name: small", "site_name: small\nsite_url: http://host/a/")
    assert site.build()[0] == 0
    path = site.root / "site" / "snippets" / "page" / "four.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    claim, install, example = (cell.source for cell in notebook.cells)
    assert claim == "Two and two make four."
    wheel = "downloads/symbreak-0.1.0-py3-none-any.whl"
    assert f'"symbreak[plots] @ http://host/a/{wheel}"' in install
    assert (site.root / "site" / wheel).exists()
    assert example == site.read("snippets/page/four.py").rstrip()


def test_without_an_address_the_wheel_is_looked_for_nearby():
    assert "--find-links . --find-links .. symbreak[plots]" in downloads.install("")


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


def test_the_wheel_does_not_depend_on_the_day(site, tmp_path):
    (built,) = (site.root / ".cache" / "wheels").glob("*/*.whl")
    before = built.read_bytes()
    shutil.rmtree(site.root / ".cache" / "wheels")
    environment = site.environment() | {"SOURCE_DATE_EPOCH": "1800000000"}
    command = "from snippets import downloads; print(downloads.wheel())"
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=site.root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).read_bytes() == before
