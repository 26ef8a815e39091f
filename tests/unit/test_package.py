import subprocess
import sys
import tomllib
from pathlib import Path

import symbreak

ROOT = Path(symbreak.__file__).parent.parent


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, symbreak; print('matplotlib' in sys.modules, symbreak.network.__name__)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "False symbreak.network\n"


def test_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert symbreak.__version__ == project["version"]


def test_all_names_are_there():
    assert all(hasattr(symbreak, name) for name in symbreak.__all__)
