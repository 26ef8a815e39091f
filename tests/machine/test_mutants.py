"""Break the mathematics, and the examples of the site must notice."""

import shutil

import pytest
from conftest import ROOT, Site

EXAMPLES = ["index/picture", "zero-init/sigmoid"]
MUTANTS = {
    "a flipped gradient sign": (
        "symbreak/network.py",
        "np.subtract(at.A[L], Y, out=at.dZ[L])",
        "np.subtract(Y, at.A[L], out=at.dZ[L])",
    ),
    "a dropped 1/m": ("symbreak/network.py", "dW /= m", "dW /= 1"),
    "tanh' = 1 - a": (
        "symbreak/activations.py",
        "np.multiply(A, A, out=out)",
        "np.multiply(A, 1, out=out)",
    ),
    "sigmoid' = a": (
        "symbreak/activations.py",
        "np.multiply(A, out, out=out)",
        "np.multiply(A, 1, out=out)",
    ),
    "b left out": ("symbreak/network.py", "np.ones((*A.shape[:-2]", "np.zeros((*A.shape[:-2]"),
    "a changed seed": ("snippets/index/picture.py", "seed=4", "seed=5"),
    "another data set": ("symbreak/datasets.py", "seed=1", "seed=2"),
}


@pytest.fixture
def copy(tmp_path):
    for folder in ("symbreak", "snippets"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Site(tmp_path)


def test_the_copy_is_good_as_it_is(copy):
    done = copy.run("-m", "snippets", *EXAMPLES)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_fails_with_a_diff(copy, mutant):
    file, old, new = MUTANTS[mutant]
    copy.replace(file, old, new)
    done = copy.run("-m", "snippets", *EXAMPLES)
    assert done.returncode == 1
    assert "differs" in done.stdout
    assert "\n-" in done.stdout
    assert "\n+" in done.stdout
