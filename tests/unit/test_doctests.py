import doctest
import importlib
import pkgutil
import re
import tomllib
from inspect import isclass, isfunction

import pytest

import symbreak
from snippets.machine.examples import DOCS, ROOT

MODULES = ["symbreak"] + [
    module.name for module in pkgutil.walk_packages(symbreak.__path__, "symbreak.")
]
PAGE = re.findall("^::: (symbreak.+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)


def defined(name):
    """Return the public functions and classes that a module defines."""
    objects = vars(importlib.import_module(name)).items()
    objects = [(key, x) for key, x in objects if (isfunction(x) or isclass(x)) and key[0] != "_"]
    return {f"{name}.{key}" for key, x in objects if x.__module__ == name}


def shown():
    """Return the functions and classes on the page of the API, where they are defined."""
    objects = [getattr(module, key) for module in packages() for key in module.__all__]
    objects = [x for x in objects if isfunction(x) or isclass(x)]
    return {f"{x.__module__}.{x.__name__}" for x in objects}.union(*map(defined, PAGE))


def packages():
    modules = [importlib.import_module(name) for name in PAGE if name != "symbreak"]
    return [module for module in modules if hasattr(module, "__all__")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
    assert results.attempted > 0 or not defined(name) & shown()


def test_all_modules_are_found():
    assert {"symbreak.network", "symbreak.symmetry", "symbreak.datasets"} <= set(MODULES)


def test_the_lint_of_docstrings_reads_what_the_page_of_the_api_shows():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    exclude = "|".join(settings["tool"]["numpydoc_validation"]["exclude"])
    names = set().union(*map(defined, MODULES))
    linted = {name for name in names if not re.search(exclude, ".".join(name.split(".")[-2:]))}
    assert linted == shown() and len(linted) > 50
