"""What tests/bench.py builds and visits: copies of this site, and others with the same content."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from snippets.machine import examples
from snippets.mkdocs_site import downloads

# One quick example each of twelve pages. Their times have the mean that is the median of all.
EXAMPLES = (
    "breaking-symmetry/first-steps",
    "claims/logistic",
    "constant/rows",
    "equal-rows/corollaries",
    "logistic/flower",
    "map/criterion",
    "mystery/saturation",
    "plateau/hessian",
    "rounding/bend",
    "ties/adam",
    "two-layers/picture",
    "zero-init/stuck",
)
NOTEBOOKS = """\
site_name: notebooks
theme: {name: material, font: false}
plugins: [search, mkdocs-jupyter: {execute: true}]
"""
MATHJAX = "mathjax@3.2.2"
SETTINGS = r"""
window.MathJax = {
  tex: {inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]]},
  options: {ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex"},
};
"""


class Projects(tempfile.TemporaryDirectory):
    """A copy of the checkout, and two small projects: with the examples as notebooks, and empty."""

    def __enter__(self):
        self.root = Path(super().__enter__())
        self.cache = self.root / "cache"
        self.checkout = copy_of_checkout(self.root / "checkout")
        self.notebooks = small_project(self.root / "notebooks", EXAMPLES)
        self.empty = small_project(self.root / "empty", ())
        return self

    def run_examples(self):
        shutil.rmtree(self.cache, ignore_errors=True)
        run(self.checkout, self.cache, "snippets", *EXAMPLES)

    def build_notebooks(self):
        shutil.rmtree(self.notebooks / ".cache", ignore_errors=True)  # what it executed before
        run(self.notebooks, self.cache, "mkdocs", "build")

    def build_without_notebooks(self):
        run(self.empty, self.cache, "mkdocs", "build")

    def build_cold(self):
        shutil.rmtree(self.cache, ignore_errors=True)
        self.build()

    def build(self):
        run(self.checkout, self.cache, "mkdocs", "build")

    def build_after(self, name, addition):
        with (self.checkout / name).open("a", encoding="utf-8") as file:
            file.write(addition)
        self.build()


def copy_of_checkout(folder):
    """Copy what a build needs, with the records this machine computes: last digits may differ."""
    left_out = (".git", ".venv", ".cache", "site", ".site-*", "node_modules", "__pycache__")
    shutil.copytree(examples.ROOT, folder, ignore=shutil.ignore_patterns(*left_out))
    (folder / "node_modules").symlink_to(examples.ROOT / "node_modules")
    run(folder, examples.CACHE, "snippets", "--update")
    return folder


def small_project(folder, names):
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(NOTEBOOKS, encoding="utf-8")
    (docs / "index.md").write_text("# Notebooks\n", encoding="utf-8")
    for name in names:
        text = downloads.notebook(examples.Example(name), downloads.first_cell(""))
        (docs / f"{name.replace('/', '-')}.ipynb").write_text(text, encoding="utf-8")
    return folder


def run(folder, cache, *module):
    """Run a module of Python in a folder."""
    settings = {"SYMBREAK_CACHE": str(cache), "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(module)} failed:\n{done.stdout}{done.stderr}")


# The weight of a page ---------------------------------------------------------------------------


def weights(page):
    """Return the bytes of a first visit in Chromium, with our formulas and with MathJax."""
    with tempfile.TemporaryDirectory() as root:
        ours, theirs = copy_of_checkout(Path(root, "ours")), Path(root, "theirs")
        shutil.copytree(ours, theirs, symlinks=True)
        use_mathjax(theirs, Path(root, "npm"))
        for checkout in (ours, theirs):
            run(checkout, examples.CACHE, "mkdocs", "build")
        return transferred(ours / "site", page), transferred(theirs / "site", page)


def use_mathjax(checkout, npm):
    """Set the formulas in the browser, as Material's documentation proposes."""
    npm.mkdir()
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", npm, MATHJAX]
    subprocess.run(command, check=True)
    assets, config = checkout / "docs" / "assets", checkout / "mkdocs.yml"
    shutil.copytree(npm / "node_modules" / "mathjax" / "es5", assets / "mathjax")
    (assets / "mathjax.js").write_text(SETTINGS, encoding="utf-8")
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^  - .*(mkdocs_site\.tex|katex\.min\.css|copy-tex\.js).*\n", "", text)
    scripts = "extra_javascript:\n  - assets/mathjax.js\n  - assets/mathjax/tex-mml-chtml.js"
    config.write_text(text.replace("extra_javascript:", scripts), encoding="utf-8")


def transferred(site, page):
    sys.path.append(str(Path(__file__).parent / "browser"))
    from test_loading import Gzipped, first_visit
    from visits import chromium, serve

    with serve(site, Gzipped) as address, chromium() as browser:
        return first_visit(browser, address + page, width=1280)["bytes"]
