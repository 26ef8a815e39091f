import doctest
import importlib
import pkgutil

import pytest

import symbreak

MODULES = ["symbreak"] + [
    module.name for module in pkgutil.walk_packages(symbreak.__path__, "symbreak.")
]
WITHOUT_EXAMPLES = {"symbreak", "symbreak.checks", "symbreak.paste"}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_run(name):
    module = importlib.import_module(name)
    results = doctest.testmod(module)
    assert results.failed == 0
    if name not in WITHOUT_EXAMPLES and not name.startswith("symbreak.plots"):
        assert results.attempted > 0


def test_all_modules_are_found():
    assert {"symbreak.network", "symbreak.symmetry", "symbreak.datasets"} <= set(MODULES)
