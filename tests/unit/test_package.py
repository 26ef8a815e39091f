import re
import subprocess
import sys
from pathlib import Path

import symbreak

ROOT = Path(symbreak.__file__).parent.parent


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, symbreak; print('matplotlib' in sys.modules, symbreak.network.__name__)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "False symbreak.network\n"


def test_version_is_the_same_everywhere():
    version = symbreak.__version__
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text()
    (newest, *_) = re.findall(
        r"(?m)^## (\S+), \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text()
    )
    assert newest == version
    assert f"symbreak-{version}-py3-none-any.whl[plots]" in (ROOT / "docs" / "api.md").read_text()


def test_all_names_are_there():
    assert all(hasattr(symbreak, name) for name in symbreak.__all__)
